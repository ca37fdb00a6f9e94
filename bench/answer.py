"""What every engine answers, and what of it must be the same as ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from indexer.search.catalogue.facet_matching import order_counts
from indexer.search.port import Found, ResultPage

Table = Literal["words", "pairs"]
"""What a yardstick looks into: the words of our segmenter, or every two neighbouring characters."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a yardstick answers: how many match, the ids of the page, and for each facet how many reports have which value."""

    total: int
    ids: tuple[str, ...]
    facets: Mapping[str, Mapping[str, int]]


def find_faults(ours: Found | ResultPage, other: Answer, *, ordered: bool) -> Iterator[str]:
    """Yield what differs: the total, a facet, or, where the order is `ordered` by contract, the reports of the page."""
    if ours.total != other.total:
        yield f"total {ours.total}, not {other.total}"
    for name, counts in other.facets.items():
        if ours.facets[name] != order_counts(counts):
            yield f"facet {name} {ours.facets[name]}, not {counts}"
    ids = ours.ids if isinstance(ours, Found) else tuple(hit.id for hit in ours.hits)
    if ordered and ids != other.ids:
        yield f"reports {ids}, not {other.ids}"
