"""Builds one index in its own process on one core, to measure its rate and peak memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.bars import FTS5, TANTIVY
from bench.child import answer_parent
from bench.corpus import Corpus
from bench.generator import generate_report
from bench.memory import peak_megabytes
from bench.rates import OURS, Rate, index_fts5, index_ours, index_tantivy, measure_parts
from bench.stopwatch import one_core
from indexer.search.analysis.segmenter import tokens
from indexer.text.folding import fold

PARTS = "parts"
"""No index: what indexing consists of, measured alone."""
_PARTS_OF = 10_000
"""Of more reports than these the parts take no other time."""
_BUILDERS: Mapping[str, Callable[[Path, Corpus], Iterator[Rate]]] = {
    OURS: index_ours,
    FTS5: index_fts5,
    TANTIVY: index_tantivy,
    PARTS: lambda folder, corpus: measure_parts(
        Corpus(min(corpus.reports, _PARTS_OF), corpus.seed)
    ),
}


def build(engine: str, folder: str, reports: str, seed: str) -> dict[str, Any]:
    """Build an index; return its rates, its peak memory, and the memory before the first report."""
    generate_report(0, int(seed))
    tuple(tokens(fold("政府信息公开")))
    before = peak_megabytes()
    with one_core():
        rates = [
            asdict(rate)
            for rate in _BUILDERS[engine](Path(folder), Corpus(int(reports), int(seed)))
        ]
    return {"rates": rates, "peak_mb": peak_megabytes(), "before_mb": before}


if __name__ == "__main__":
    answer_parent(build)
