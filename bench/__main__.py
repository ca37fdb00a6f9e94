"""Runs the benchmarks named on the command line, or all of them."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path

from bench.contests import Asking
from bench.judged.run import measure_quality
from bench.judged.table import print_tables
from bench.reading import measure_reading
from bench.speed import Measure, measure_pages, measure_speed
from bench.tables import print_rates

_KINDS = ("reading", "speed", "http", "judged")
_PAGES_READ = (250, 1000)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print the benchmarks; return 1 if two engines disagree."""
    options = _parse(arguments)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    versions = ", ".join(f"{package} {version(package)}" for package in ("whoosh3", "tantivy"))
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}")
    print(
        f"{os.cpu_count()} cores, load before the run {os.getloadavg()[0]:.1f}, seed {options.seed}"
    )
    with tempfile.TemporaryDirectory(prefix="nianbao-bench-") as folder:
        statuses = [_run(kind, options, Path(folder)) for kind in options.kinds or _KINDS]
    print(f"load at the end {os.getloadavg()[0]:.1f}, 1 of it this run")
    return max(statuses)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("kinds", nargs="*", type=_kind, metavar="KIND", help=", ".join(_KINDS))
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="what reports and queries are drawn by (1)"
    )
    parser.add_argument(
        "--sizes", type=_counts, default=(2000,), metavar="N,N", help="reports of `speed` (2000)"
    )
    parser.add_argument(
        "--queries", type=_count, default=200, metavar="K", help="queries of each kind (200)"
    )
    parser.add_argument(
        "--rounds", type=_count, default=3, metavar="R", help="how often each query is asked (3)"
    )
    parser.add_argument(
        "--index-rounds", type=_count, default=1, metavar="R", help="how often all is indexed (1)"
    )
    parser.add_argument(
        "--folder",
        type=Path,
        metavar="F",
        help="where indexes of `speed` are kept for the next run",
    )
    parser.add_argument(
        "--judged-reports", type=_count, default=600, metavar="N", help="reports of `judged` (600)"
    )
    return parser.parse_args(arguments)


def _kind(text: str) -> str:
    if text not in _KINDS:
        raise ValueError(text)
    return text


def _count(text: str) -> int:
    if int(text) < 1:
        raise ValueError(text)
    return int(text)


def _counts(text: str) -> tuple[int, ...]:
    return tuple(map(_count, text.split(",")))


def _run(kind: str, options: argparse.Namespace, folder: Path) -> int:
    print(f"\n── {kind} ──")
    match kind:
        case "reading":
            print_rates(
                [
                    measure_reading(folder / f"pages-{count}", count, options.seed)
                    for count in _PAGES_READ
                ]
            )
        case "judged":
            print(f"{options.judged_reports} reports\n")
            print_tables(measure_quality(folder / "judged", options.judged_reports, options.seed))
        case _:
            asking = Asking(options.queries, options.rounds, options.seed)
            measure = Measure(options.sizes, options.index_rounds, asking)
            if kind == "speed":
                print(f"{options.queries} queries a kind, {options.rounds} rounds")
                return measure_speed((options.folder or folder).resolve(), measure)
            measure_pages((options.folder or folder).resolve(), measure)
    return 0


if __name__ == "__main__":
    sys.exit(main())
