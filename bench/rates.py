"""Indexing rates, by core seconds; the time to generate the reports is subtracted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.corpus import Corpus
from bench.fts5.writer import CUTTING, PAIRS, STORED, WORDS, open_database, write_reports
from bench.stopwatch import Stopwatch, spent_seconds
from bench.tantivy_.writer import open_index, write_documents
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.stored_report import pack_report
from indexer.search.analysis.segmenter import tokens
from indexer.search.port import IndexDocument, SearchEngine
from indexer.text.folding import fold

OURS = "ours"
OURS_UNPACKED = "ours, packing of reports taken off"
FTS5_READY = "FTS5, words, cut beforehand"
FTS5_STORED = "FTS5, words, pairs, stored reports"
TANTIVY_STORED = "tantivy, words, pairs, stored reports"
TANTIVY_READY = "tantivy, words and pairs, cut beforehand"
_PACKING = "pack reports for storing"


@dataclass(frozen=True, slots=True)
class Rate:
    """A stage of indexing: how many reports in how many seconds."""

    label: str
    reports: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Reports a second."""
        return self.reports / self.seconds


def write_index(engine: SearchEngine, documents: Iterable[IndexDocument]) -> None:
    """Write documents into a new index in one transaction."""
    with engine.change(fresh=True) as draft:
        for document in documents:
            draft.put(document)


def index_ours(folder: Path, corpus: Corpus) -> Iterator[Rate]:
    """Index the corpus with our engine in one transaction."""
    with closing(WhooshEngine(folder)) as engine:
        yield _rate(OURS, corpus, lambda: write_index(engine, corpus))


def index_fts5(folder: Path, corpus: Corpus) -> Iterator[Rate]:
    """Index the corpus with FTS5: the sum of the stages of one run."""
    watch = Stopwatch()
    with closing(open_database(folder / "fts5.db")) as database:
        write_reports(database, corpus, watch)
    stages = {
        FTS5_READY: (WORDS,),
        "FTS5, words": (CUTTING, WORDS),
        "FTS5, words and pairs": (CUTTING, WORDS, PAIRS),
        FTS5_STORED: (CUTTING, WORDS, PAIRS, STORED),
    }
    for label, needed in stages.items():
        yield Rate(label, corpus.reports, sum(watch.seconds[stage] for stage in needed))


def index_tantivy(folder: Path, corpus: Corpus) -> Iterator[Rate]:
    """Index the corpus with tantivy: words, bigrams and stored reports."""
    index = open_index(folder)
    yield _rate(TANTIVY_STORED, corpus, lambda: write_documents(index, folder, corpus, Stopwatch()))


def measure_parts(corpus: Corpus) -> Iterator[Rate]:
    """Measure stages alone: segmentation, packing, tantivy without stored reports."""
    watch = Stopwatch()
    tuple(tokens(fold("政府信息公开")))
    for document in corpus:
        with watch.stage(CUTTING):
            for text in document.texts.values():
                for _ in tokens(fold(text)):
                    pass
        with watch.stage(_PACKING):
            pack_report(document.report)
    yield Rate("fold and cut into words", corpus.reports, watch.seconds[CUTTING])
    yield Rate(_PACKING, corpus.reports, watch.seconds[_PACKING])
    watch = Stopwatch()
    with TemporaryDirectory(prefix="nianbao-bench-") as name:
        index = open_index(Path(name))
        work = _rate(
            "", corpus, lambda: write_documents(index, Path(name), corpus, watch, stored=False)
        )
    yield Rate("tantivy, words and pairs", work.reports, work.seconds)
    yield Rate(TANTIVY_READY, work.reports, work.seconds - watch.seconds[CUTTING])


def without_packing(rates: Iterable[Rate]) -> Rate:
    """Return our rate as if packing a report took no time."""
    known = {rate.label: rate for rate in rates}
    ours, packing = known[OURS], known[_PACKING]
    return Rate(OURS_UNPACKED, ours.reports, ours.seconds - ours.reports / packing.per_second)


def best_of(rates: Iterable[Rate]) -> Rate:
    """Return the fastest of several measurements: interference only ever makes work slower."""
    return min(rates, key=lambda rate: rate.seconds)


def _rate(label: str, corpus: Corpus, work: Callable[[], None]) -> Rate:
    drawing, started = corpus.seconds, spent_seconds()
    work()
    return Rate(label, corpus.reports, spent_seconds() - started - (corpus.seconds - drawing))
