"""What a search that finds nothing would find with one condition less."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.errors import QueryError
from indexer.records import Message
from indexer.search.port import SearchEngine
from webapp.shapes.chips import Chip

MAX_RELAXED = 6
"""The conditions that are tried."""
RELAXING_MS = 1000
"""The time that trying may take; the search itself was answered."""


@dataclass(frozen=True, slots=True)
class RelaxedSearch:
    """A search with one condition less, and what it would find."""

    text: Message
    url: str
    total: int
    unjudged: int


def relax(engine: SearchEngine, chips: tuple[Chip, ...]) -> list[RelaxedSearch]:
    """Return the searches with one condition less, the one that finds most first."""
    relaxed: list[RelaxedSearch] = []
    spent = 0.0
    for chip in chips[:MAX_RELAXED] if len(chips) > 1 else ():
        bare = replace(chip.without, size=1, facets=(), histograms=(), include_unjudged=False)
        try:
            found = engine.search(bare)
        except QueryError:  # it took too long
            break
        spent += found.took_ms
        if spent > RELAXING_MS:
            break
        relaxed.append(RelaxedSearch(chip.named, chip.url, found.total, found.unjudged))
    return sorted(relaxed, key=lambda one: (-one.total, -one.unjudged))
