"""Measures how long a changed report takes until a search finds it."""

from __future__ import annotations

import gc
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.bars import FTS5, TANTIVY
from bench.costs import Cost
from bench.fts5.searcher import Searcher
from bench.fts5.writer import open_database, replace_report
from bench.generator import generate_report
from bench.rates import OURS
from bench.stopwatch import Stopwatch
from bench.tantivy_.searcher import open_searcher
from bench.tantivy_.writer import build_row, open_writer
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.search.documents import build_document
from indexer.search.port import IndexDocument
from indexer.search.query import Phrase, Query

_TIMES = 20
_MOST_MS = 15
_NUMBER = 0
"""The report that is changed."""
_MARK = "甲乙丙丁改"


def measure_changes(paths: Mapping[str, Path], seed: int) -> Cost:
    """Change a report repeatedly in copies of the indexes; return the median seconds."""
    document = build_document(generate_report(_NUMBER, seed))
    milliseconds = {}
    for name, change in ((OURS, _change_ours), (TANTIVY, _change_tantivy), (FTS5, _change_fts5)):
        with TemporaryDirectory(prefix="nianbao-bench-") as folder:
            copy = Path(shutil.copytree(paths[name], Path(folder, "index")))
            gc.collect()
            milliseconds[name] = median(change(copy, document)) * 1000
    met = milliseconds[OURS] <= _MOST_MS
    return Cost("a changed report found, ms", milliseconds, f"≤ {_MOST_MS}", met)


def _change_ours(folder: Path, document: IndexDocument) -> Iterator[float]:
    with closing(WhooshEngine(folder, 60.0)) as engine:

        def change(changed: IndexDocument) -> None:
            with engine.change() as draft:
                draft.put(changed)

        yield from _timed(document, change, lambda query: engine.find(query).ids)


def _change_tantivy(folder: Path, document: IndexDocument) -> Iterator[float]:
    """The writer stays open between changes, as tantivy recommends; merging runs beside it."""
    searcher = open_searcher(folder)
    writer = open_writer(searcher.index)

    def change(changed: IndexDocument) -> None:
        writer.delete_documents_by_term("id", changed.id)
        writer.add_document(build_row(changed, _NUMBER, Stopwatch()))
        writer.commit()
        searcher.index.reload()

    yield from _timed(document, change, lambda query: searcher.find(query, "pairs").ids)
    writer.wait_merging_threads()


def _change_fts5(folder: Path, document: IndexDocument) -> Iterator[float]:
    """SQLite runs with a write-ahead log, its faster mode for small changes."""
    with closing(open_database(folder / "fts5.db")) as database:
        database.execute("PRAGMA journal_mode = WAL").fetchall()
        searcher, old = Searcher(database), [document]

        def change(changed: IndexDocument) -> None:
            replace_report(database, _NUMBER + 1, old.pop(), changed)
            old.append(changed)

        yield from _timed(document, change, lambda query: searcher.find(query, "pairs").ids)


def _timed(
    document: IndexDocument,
    change: Callable[[IndexDocument], None],
    find: Callable[[Query], tuple[str, ...]],
) -> Iterator[float]:
    """Yield the seconds of each change, after one untimed change that opens files."""
    for number in range(_TIMES + 1):
        mark = f"{_MARK}{number:03}"
        changed = replace(
            document,
            texts={**document.texts, "problems": f"{document.texts.get('problems', '')}{mark}。"},
        )
        started = time.perf_counter()
        change(changed)
        found = find(Query(root=Phrase(mark), size=10))
        took = time.perf_counter() - started
        if found != (document.id,):
            raise RuntimeError(f"a changed report is not found: {found}")
        if number:
            yield took
