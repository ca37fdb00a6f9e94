"""The documents to be indexed, drawn anew for every reading so that a corpus of any size passes through."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.generator import generate_reports
from indexer.search.documents import build_document
from indexer.search.port import IndexDocument


@dataclass(slots=True)
class Corpus:
    """The documents of a seed. `seconds` is what drawing them took so far, to be taken off an engine's time."""

    reports: int
    seed: int
    seconds: float = field(default=0.0, init=False)

    def __iter__(self) -> Iterator[IndexDocument]:
        reports = generate_reports(self.reports, self.seed)
        while True:
            started = time.perf_counter()
            report = next(reports, None)
            document = build_document(report) if report else None
            self.seconds += time.perf_counter() - started
            if document is None:
                return
            yield document
