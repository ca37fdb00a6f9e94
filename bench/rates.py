"""How fast reports are indexed: ours, FTS5, and what cutting them into words takes alone."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import Corpus
from bench.fts5.writer import write_pairs, write_reports
from bench.tantivy_.writer import open_index, write_documents
from indexer.search.port import Change, SearchEngine
from indexer.search.segment import tokens
from indexer.text import fold


@dataclass(frozen=True, slots=True)
class Rate:
    """What was done to how many reports in how many seconds."""

    label: str
    reports: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Reports a second."""
        return self.reports / self.seconds


def measure_segmentation(corpus: Corpus) -> Rate:
    """Fold every text and cut it into words. Comes first, so that the dictionary is loaded for what follows."""
    tuple(tokens(fold("政府信息公开")))
    return _measure("fold and cut into words", corpus, lambda: _cut(corpus))


def measure_ours(engine: SearchEngine, corpus: Corpus) -> Rate:
    """Index the corpus with our engine in one change, from nothing."""
    return _measure("ours", corpus, lambda: engine.apply(Change(replaced=corpus, fresh=True)))


def measure_fts5(database: sqlite3.Connection, corpus: Corpus) -> tuple[Rate, Rate]:
    """Index the corpus with FTS5: with words alone, and with pairs of characters as well."""
    words = _measure("FTS5, words only", corpus, lambda: write_reports(database, corpus))
    pairs = _measure("", corpus, lambda: write_pairs(database, corpus))
    return words, Rate("FTS5, words and pairs", corpus.reports, words.seconds + pairs.seconds)


def measure_tantivy(folder: Path, corpus: Corpus) -> Rate:
    """Index the corpus with tantivy, words and pairs."""
    return _measure("tantivy, words and pairs", corpus, lambda: write_documents(open_index(folder), folder, corpus))


def best_of(rates: Iterable[Rate]) -> Rate:
    """Return the fastest of several measurements of the same work: what disturbs one only ever makes it slower."""
    return min(rates, key=lambda rate: rate.seconds)


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of all files below a folder."""
    return sum(file.stat().st_size for file in [path, *path.rglob("*")] if file.is_file())


def _measure(label: str, corpus: Corpus, work: Callable[[], None]) -> Rate:
    drawing, started = corpus.seconds, time.perf_counter()
    work()
    return Rate(label, corpus.reports, time.perf_counter() - started - (corpus.seconds - drawing))


def _cut(corpus: Corpus) -> None:
    for document in corpus:
        for text in document.texts.values():
            for _ in tokens(fold(text)):
                pass
