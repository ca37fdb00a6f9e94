"""Our engine against SQLite's FTS5 and tantivy: the same reports, the same queries, in one run."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench.contests import Asking, run_contests
from bench.corpus import Corpus
from bench.fts5.writer import open_database
from bench.kept import build_once, key_of
from bench.latencies import OURS
from bench.rates import Rate, measure_fts5, measure_ours, measure_segmentation, measure_tantivy, size_of
from bench.tables import print_contests, print_rates
from indexer.engines.whoosh_engine.engine import WhooshEngine
from indexer.engines.whoosh_engine.schema import index_format
from indexer.search.segment import fingerprint


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
    return print_contests(run_contests(paths, Asking(measure.queries, measure.rounds, measure.seed)))


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
    return (measure_tantivy(path, corpus),)
