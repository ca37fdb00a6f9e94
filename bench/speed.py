"""Our engine against SQLite's FTS5 and tantivy: the same reports, the same queries, in one run."""

from __future__ import annotations

import gc
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench.corpus import Corpus
from bench.fts5.searcher import Searcher
from bench.fts5.writer import open_database
from bench.kept import build_once, key_of
from bench.latencies import OURS, Ask, Row, Timing, build_rows, measure_latencies
from bench.questions import Question, draw_questions
from bench.rates import Rate, measure_fts5, measure_ours, measure_segmentation, measure_tantivy, size_of
from bench.tantivy_.searcher import Searcher as TantivySearcher
from bench.tantivy_.writer import open_index
from indexer.engines.whoosh_engine.engine import WhooshEngine
from indexer.engines.whoosh_engine.schema import index_format
from indexer.search.port import ResultPage
from indexer.search.query import Query
from indexer.search.segment import fingerprint

_PAGES = {"a page of 20 hits": 20, "the best hit alone": 1}
_QUERY_SECONDS = 60.0
"""The engine's limit for a query: out of the way, so that a slow answer is measured and not given up."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What to measure: how many reports of which seed, indexed how often, and how many queries a kind, asked how often."""

    reports: int
    seed: int
    index_rounds: int
    queries: int
    rounds: int


def measure_speed(folder: Path, measure: Measure) -> int:
    """Measure and print; 1 if any two answers differ. Indexes that the folder holds already are taken as they are."""
    paths = _paths(folder, measure)
    corpus = Corpus(measure.reports, measure.seed)
    rates = [measure_segmentation(corpus)]
    rates += build_once(paths[OURS], lambda path: _index_ours(path, corpus), measure.index_rounds)
    rates += build_once(paths["FTS5"], lambda path: _index_fts5(path, corpus), measure.index_rounds)
    rates += build_once(paths["tantivy"], lambda path: _index_tantivy(path, corpus), measure.index_rounds)
    print_rates(rates)
    print("\n".join(f"{f'index, {name}':40}{size_of(path) / 1_000_000:>10.1f} MB" for name, path in paths.items()))
    timings = list(_measure_pages(paths, measure))
    return _print_faults(timings)


def print_rates(rates: Sequence[Rate]) -> None:
    """Print a line a rate, and how ours relates to it."""
    ours = next((rate for rate in rates if rate.label == OURS), None)
    print(f"\n{'rate':40}{'reports/s':>10}{'ours/this':>11}")
    for rate in rates:
        related = f"{ours.per_second / rate.per_second:>11.2f}" if ours else ""
        print(f"{rate.label:40}{rate.per_second:>10.1f}{related}")


def _paths(folder: Path, measure: Measure) -> dict[str, Path]:
    """Return where each engine keeps its index of these reports; another name for whatever would make another index."""
    reports, words = f"{measure.reports}-{measure.seed}", fingerprint()[:8]
    fts5 = f"{key_of('fts5/writer.py')}-{words}-{sqlite3.sqlite_version}"
    tantivy = f"{key_of('fts5/writer.py', 'tantivy_/writer.py')}-{words}-{version('tantivy')}"
    return {
        OURS: folder / f"ours-{reports}-{key_of()}-{index_format()}",
        "FTS5": folder / f"fts5-{reports}-{fts5}",
        "tantivy": folder / f"tantivy-{reports}-{tantivy}",
    }


def _index_ours(path: Path, corpus: Corpus) -> Iterable[Rate]:
    with closing(WhooshEngine(path)) as engine:
        return (measure_ours(engine, corpus),)


def _index_fts5(path: Path, corpus: Corpus) -> Iterable[Rate]:
    with closing(open_database(path / "fts5.db")) as database:
        return measure_fts5(database, corpus)


def _index_tantivy(path: Path, corpus: Corpus) -> Iterable[Rate]:
    return (measure_tantivy(open_index(path), corpus),)


def _measure_pages(paths: dict[str, Path], measure: Measure) -> Iterator[Timing]:
    with ExitStack() as stack:
        fts5 = Searcher(stack.enter_context(closing(open_database(paths["FTS5"] / "fts5.db"))))
        tantivy = TantivySearcher(open_index(paths["tantivy"]))
        questions = draw_questions(fts5, measure.reports, measure.seed, measure.queries)
        others: dict[str, Ask] = {
            "FTS5": lambda question: fts5.search(question.query, question.table),
            "tantivy": lambda question: tantivy.search(question.query, question.table),
        }
        for title, size in _PAGES.items():
            asked = [question.with_size(size) for question in questions]
            with closing(_open_ours(paths[OURS])) as engine:
                timings = measure_latencies(_asks(engine), others, asked, measure.rounds)
            _print_rows(title, list(build_rows(timings)))
            yield from timings


def _asks(engine: WhooshEngine) -> Callable[[Question], ResultPage]:
    return lambda question: engine.search(question.query)


def _open_ours(folder: Path) -> WhooshEngine:
    """Open the index as a server does, and print how long it is until the first answer is there.

    What the benchmark itself holds by now, the division tables above all, is kept from the garbage collector, which would
    else walk through it while queries are timed.
    """
    gc.collect()
    gc.freeze()
    started = time.perf_counter()
    engine = WhooshEngine(folder, _QUERY_SECONDS)
    engine.search(Query(size=1))
    print(f"\nours opened, with a first answer, in {(time.perf_counter() - started) * 1000:.0f} ms")
    return engine


def _print_rows(title: str, rows: Sequence[Row]) -> None:
    others = [name for name in rows[0].times if name != OURS]
    heads = [OURS, *others, *(f"{OURS}/{name}" for name in others)]
    print(f"{f'milliseconds, {title}':<37}{'first':>9}" + "".join(f"{head:^18}" for head in heads))
    print(f"{'':28}{'queries':>9}{'p50':>9}" + f"{'p50':>9}{'p95':>9}" * len(heads))
    for row in rows:
        pairs = [*row.times.values(), *map(row.ratios, others)]
        times = "".join(f"{half:>9.2f}{most:>9.2f}" for half, most in pairs)
        print(f"{row.kind:28}{row.questions:>9}{row.first:>9.2f}{times}")


def _print_faults(timings: Sequence[Timing]) -> int:
    """Say whether all answers were equal, and which were not."""
    wrong = [timing for timing in timings if timing.faults]
    print(f"\n{len(timings)} queries, {len(wrong)} with answers that differ")
    for timing in wrong[:20]:
        print(f"{timing.question.query}\n  {timing.faults[0]}", file=sys.stderr)
    return 1 if wrong else 0
