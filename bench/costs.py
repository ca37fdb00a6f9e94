"""The costs of an index and their bars: core seconds to build, disk space, memory to build and
serve.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.bars import FTS5, TANTIVY
from bench.child import run_child
from bench.kept import Built
from bench.rates import FTS5_READY, FTS5_STORED, OURS, TANTIVY_READY, TANTIVY_STORED, Rate
from bench.sizes import Size, size_of_fts5, size_of_ours, size_of_tantivy
from indexer.search.query import Query

_LEAST_RATE = 1800
_MOST_SIZE = 1.3
_MOST_BUILDING, _MOST_SERVING = 1024, 250


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost of each engine, None where unknown, and the bar for ours, if any."""

    what: str
    values: Mapping[str, float]
    bar: str = ""
    met: bool | None = None


def costs_of_building(built: Mapping[str, Built], rates: Sequence[Rate]) -> Iterator[Cost]:
    """Yield the rates that have bars, and the peak memory."""
    known = {rate.label: rate.per_second for rate in rates}
    ours = known[OURS]
    stored = {OURS: ours, TANTIVY: known[TANTIVY_STORED], FTS5: known[FTS5_STORED]}
    yield Cost("text to searchable, reports/s", stored, f"≥ {_LEAST_RATE}", ours >= _LEAST_RATE)
    ready = {OURS: ours, TANTIVY: known[TANTIVY_READY], FTS5: known[FTS5_READY]}
    yield Cost("theirs on words cut beforehand", ready, "≥ FTS5's", ours >= ready[FTS5])
    peaks = {name: built[name].peak_mb for name in (OURS, TANTIVY, FTS5)}
    yield Cost(
        "peak of memory to build, MB", peaks, f"≤ {_MOST_BUILDING}", peaks[OURS] <= _MOST_BUILDING
    )
    yield Cost("of it there before, MB", {name: built[name].before_mb for name in peaks})


def costs_of_room(paths: Mapping[str, Path]) -> Iterator[Cost]:
    """Yield the sizes on disk."""
    sizes: dict[str, Size] = {
        OURS: size_of_ours(paths[OURS]),
        TANTIVY: size_of_tantivy(paths[TANTIVY]),
        FTS5: size_of_fts5(paths[FTS5]),
    }
    yield Cost("index, MB", {name: size.all for name, size in sizes.items()})
    bare = {name: size.bare for name, size in sizes.items()}
    met = bare[OURS] <= _MOST_SIZE * bare[TANTIVY]
    yield Cost("without stored reports and texts, MB", bare, f"≤ {_MOST_SIZE:g} tantivy's", met)


def costs_of_serving(index: Path, queries: Sequence[Query]) -> Iterator[Cost]:
    """Yield the memory of a process that opens our index and answers these queries."""
    with TemporaryDirectory(prefix="nianbao-bench-") as folder:
        asked = Path(folder, "queries")
        asked.write_bytes(pickle.dumps(list(queries)))
        told = run_child("bench.serving", str(index), str(asked))
    bar, met = f"≤ {_MOST_SERVING}", told["own_mb"] <= _MOST_SERVING
    yield Cost("worker's memory of its own, MB", {OURS: told["own_mb"]}, bar, met)
    yield Cost("with what is mapped of the index, MB", {OURS: told["resident_mb"]})
