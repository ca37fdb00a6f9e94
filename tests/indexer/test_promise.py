"""A quoted string misses nothing, in reports of every format, as `nianbao read --json` prints."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from indexer.engines.whoosh.engine import WhooshEngine
from indexer.formats.registry import read_document
from indexer.records import Report, SourceFile
from indexer.report.build import build_report
from indexer.search.documents import build_document
from indexer.search.language.parser import parse_query
from indexer.search.port import Hit, SearchEngine
from indexer.serialise.report_json import report_to_dict
from tests.changes import change_index
from tests.golden import CORPUS_CASES, GOLDEN_CASES, ROOT, source_of
from tests.strategies import compared

STRINGS = 200


def read(path: Path) -> Report:
    data = path.read_bytes()
    source = SourceFile(path.name, hashlib.sha256(data).hexdigest(), len(data))
    return build_report(read_document(data, path.name), source)


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    golden = [source for case in GOLDEN_CASES if (source := source_of(case))]
    corpus = [next((ROOT / "corpus").glob(f"{case.name}.*")) for case in CORPUS_CASES]
    found = (read(path) for path in (*golden, *corpus))
    return {report.id: report for report in found}


@pytest.fixture(scope="module")
def engine(
    reports: dict[str, Report], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SearchEngine]:
    engine = WhooshEngine(tmp_path_factory.mktemp("promise") / "index")
    change_index(engine, (build_document(report) for report in reports.values()))
    yield engine
    engine.close()


def printed(report: Report) -> list[str]:
    """What is published of the report: its title, its body's name, the text of each section."""
    data = report_to_dict(report)
    texts: list[str] = [
        data["title"] or "",
        data["body"] or "",
        *(section["text"] for section in data["sections"]),
    ]
    return [text for text in texts if text]


def strings_of(reports: dict[str, Report]) -> Iterator[str]:
    random = Random(20)
    texts = [text for report in reports.values() for text in printed(report)]
    for _ in range(STRINGS):
        text = random.choice(texts)
        start = random.randrange(len(text))
        string = text[start : start + random.randint(2, 12)]
        if compared(string) and not set(string) & set('"“”「」『』＂\\'):
            yield string


def test_every_string_of_every_report_is_found_wherever_it_stands_and_nowhere_else(
    engine: SearchEngine, reports: dict[str, Report]
) -> None:
    texts = {key: [compared(text) for text in printed(report)] for key, report in reports.items()}
    for string in strings_of(reports):
        found = engine.search(replace(parse_query(f'"{string}"'), size=100))
        expected = {
            key for key, lines in texts.items() if any(compared(string) in line for line in lines)
        }
        assert {hit.id for hit in found.hits} == expected, string
        assert found.total == len(expected)


def test_what_is_marked_is_what_was_sought(
    engine: SearchEngine, reports: dict[str, Report]
) -> None:
    for string in strings_of(reports):
        for hit in engine.search(replace(parse_query(f'"{string}"'), size=3)).hits:
            marks = list(marked(hit))
            report = reports[hit.id]
            texts = [compared(text) for text in printed(report) if text != report.identity.body]
            assert bool(marks) == any(compared(string) in text for text in texts), string
            assert {compared(mark) for mark in marks} <= {compared(string)}


def marked(hit: Hit) -> Iterator[str]:
    """Every marked piece of printed text of a hit."""
    title = hit.report.identity.title or ""
    yield from (title[start:end] for start, end in hit.title_marks)
    for section in hit.sections:
        for snippet in section.snippets:
            yield from (snippet.text[start:end] for start, end in snippet.marks)
