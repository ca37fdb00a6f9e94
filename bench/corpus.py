"""The documents to index, generated lazily so that a corpus of any size fits in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.generator import generate_reports
from bench.stopwatch import Stopwatch
from indexer.search.documents import build_document
from indexer.search.port import IndexDocument

_DRAWING = "drawing"


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents of a seed. `watch` measures the time to draw them, which rates subtract."""

    reports: int
    seed: int
    watch: Stopwatch = field(default_factory=Stopwatch)

    @property
    def seconds(self) -> float:
        """The seconds spent so far on drawing."""
        return self.watch.seconds.get(_DRAWING, 0.0)

    def __iter__(self) -> Iterator[IndexDocument]:
        reports = generate_reports(self.reports, self.seed)
        while True:
            with self.watch.stage(_DRAWING):
                report = next(reports, None)
                document = build_document(report) if report else None
            if document is None:
                return
            yield document
