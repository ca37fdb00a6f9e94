"""What the contract tests share: an engine of each kind, and what they ask of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from indexer.engines.memory.engine import MemoryEngine
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.records import Finding
from indexer.search.documents import build_document
from indexer.search.language.parser import parse_query
from indexer.search.port import SearchEngine
from indexer.search.query import Sort, Synonym
from indexer.search.ranking import RANKING, Ranking
from tests.saying import SOMETHING
from tests.strategies import make_report

ENGINES: dict[str, Callable[[Path, Ranking], SearchEngine]] = {
    "memory": lambda folder, ranking: MemoryEngine(ranking=ranking),
    "whoosh": lambda folder, ranking: WhooshEngine(
        folder / "index", query_seconds=60, ranking=ranking
    ),
}
OTHERS = [name for name in ENGINES if name != "memory"]
COMMISSION = (Synonym("发改委", "发展和改革委员会"),)


@contextmanager
def new_engine(name: str, ranking: Ranking = RANKING) -> Iterator[SearchEngine]:
    with tempfile.TemporaryDirectory() as folder:
        engine = ENGINES[name](Path(folder), ranking)
        yield engine
        engine.close()


def page_of(engine, query):
    return replace(engine.search(query), took_ms=0.0)


def facts_of(engine):
    return replace(engine.stats(), generation="", updated="")


def make_documents(random, count):
    return [build_document(make_report(random)) for _ in range(count)]


def reworded(document):
    """The same report with another finding and another title, as a change may revise it."""
    report = document.report
    identity = replace(report.identity, title="改过的年度报告")
    return build_document(
        replace(report, identity=identity, findings=(Finding("years.carried", "doubt", SOMETHING),))
    )


def found_by(engine, query):
    return {hit.id for hit in engine.search(replace(query, size=100)).hits}


def ids(engine, text, sort=Sort()):
    return [hit.id for hit in engine.search(replace(parse_query(text), sort=sort, size=100)).hits]


def ids_of(engine, query):
    return [hit.id for hit in engine.search(query).hits]
