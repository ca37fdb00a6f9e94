"""Our engine against SQLite's FTS5: the same reports, the same queries, in one run. `python -m bench --help`."""

from __future__ import annotations

import argparse
import gc
import os
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from bench.corpus import Corpus
from bench.fts5.searcher import Searcher
from bench.fts5.writer import open_database
from bench.latencies import Row, Timing, build_rows, measure_latencies
from bench.questions import draw_questions
from bench.rates import Rate, best_of, measure_fts5, measure_ours, measure_segmentation, size_of
from bench.reading import measure_reading
from indexer.engines.whoosh_engine.engine import WhooshEngine
from indexer.search.query import Query

_PAGES = {"a page of 20 hits": 20, "the best hit alone": 1}
_QUERY_SECONDS = 60.0
"""The engine's limit for a query: out of the way, so that a slow answer is measured and not given up."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print it; 1 if any two answers differ."""
    options = _parse(arguments)
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, whoosh3 {version('whoosh3')}")
    print(f"{options.reports} reports, seed {options.seed}, {options.queries} queries a kind, {options.rounds} rounds")
    print(f"{os.cpu_count()} cores, load before the run {os.getloadavg()[0]:.1f}\n")
    with tempfile.TemporaryDirectory(prefix="nianbao-bench-") as folder:
        status = _run(Path(folder), options)
    print(f"load at the end {os.getloadavg()[0]:.1f}, 1 of it this run")
    return status


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--reports", type=_count, default=2000, metavar="N", help="reports to index (2000)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="what reports and queries are drawn by (1)")
    parser.add_argument("--queries", type=_count, default=50, metavar="K", help="queries of each kind (50)")
    parser.add_argument("--rounds", type=_count, default=3, metavar="R", help="how often each query is asked (3)")
    parser.add_argument("--index-rounds", type=_count, default=2, metavar="R", help="how often all is indexed (2)")
    return parser.parse_args(arguments)


def _count(text: str) -> int:
    if int(text) < 1:
        raise ValueError(text)
    return int(text)


def _run(folder: Path, options: argparse.Namespace) -> int:
    corpus = Corpus(options.reports, options.seed)
    reading = [measure_reading(folder / f"pages-{count}", count, options.seed) for count in (250, 1000)]
    segmentation = measure_segmentation(corpus)
    rates = [_index(folder / str(number), corpus) for number in range(options.index_rounds)]
    _print_rates([*reading, segmentation, *(best_of(column) for column in zip(*rates, strict=True))])
    kept = folder / str(options.index_rounds - 1)
    print(f"{'index, ours and FTS5':40}{_megabytes(kept / 'ours')} and {_megabytes(kept / 'fts5.db')}\n")
    with closing(open_database(kept / "fts5.db")) as database:
        searcher = Searcher(database)
        questions = draw_questions(searcher, options.reports, options.seed, options.queries)
        timings: list[Timing] = []
        for title, size in _PAGES.items():
            asked = [question.with_size(size) for question in questions]
            with closing(_open_ours(kept / "ours")) as engine:
                timings += measure_latencies(engine, searcher, asked, options.rounds)
            _print_rows(title, build_rows(timings[-len(asked) :]))
    return _print_faults(timings)


def _index(folder: Path, corpus: Corpus) -> tuple[Rate, ...]:
    """Index the corpus in a new folder, with ours and with FTS5 one after the other."""
    folder.mkdir()
    with closing(WhooshEngine(folder / "ours")) as engine, closing(open_database(folder / "fts5.db")) as database:
        return (measure_ours(engine, corpus), *measure_fts5(database, corpus))


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
    print(f"ours opened, with a first answer, in {(time.perf_counter() - started) * 1000:.0f} ms")
    return engine


def _print_rates(rates: Sequence[Rate]) -> None:
    ours = next(rate for rate in rates if rate.label == "ours")
    print(f"{'index rate':40}{'reports/s':>10}{'ours/this':>11}")
    for rate in rates:
        print(f"{rate.label:40}{rate.per_second:>10.1f}{ours.per_second / rate.per_second:>11.2f}")


def _print_rows(title: str, rows: Iterable[Row]) -> None:
    print(f"{f'milliseconds, {title}':<40}{'ours':^27}{'FTS5':^18}{'ours/FTS5':^18}")
    print(f"{'':28}{'queries':>9}{'first':>9}" + f"{'p50':>9}{'p95':>9}" * 3)
    for row in rows:
        times = "".join(f"{time:>9.2f}" for time in (row.first, *row.ours, *row.fts5, *row.ratios))
        print(f"{row.kind:28}{row.questions:>9}{times}")
    print()


def _print_faults(timings: Sequence[Timing]) -> int:
    """Say whether all answers were equal, and which were not."""
    wrong = [timing for timing in timings if timing.faults]
    print(f"{len(timings)} queries, {len(wrong)} with answers that differ")
    for timing in wrong[:20]:
        print(f"{timing.question.query}\n  {timing.faults[0]}", file=sys.stderr)
    return 1 if wrong else 0


def _megabytes(path: Path) -> str:
    return f"{size_of(path) / 1_000_000:.1f} MB"


if __name__ == "__main__":
    sys.exit(main())
