"""The answer of a yardstick, and its comparison with ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from indexer.search.catalogue.facet_matching import order_counts
from indexer.search.port import ResultIds, ResultPage

Table = Literal["words", "pairs"]
"""What a yardstick looks into: the words of our segmenter, or every two neighbouring characters."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a yardstick returns: the total, the ids of the page, and for each facet its counts."""

    total: int
    ids: tuple[str, ...]
    facets: Mapping[str, Mapping[str, int]]


def find_faults(ours: ResultIds | ResultPage, other: Answer, *, ordered: bool) -> Iterator[str]:
    """Yield the differences from our answer: in the total, a facet, or, where the contract fixes
    the order (`ordered`), in the ids of the page.
    """
    if ours.total != other.total:
        yield f"total {ours.total}, not {other.total}"
    for name, counts in other.facets.items():
        if ours.facets[name] != order_counts(counts):
            yield f"facet {name} {ours.facets[name]}, not {counts}"
    ids = ours.ids if isinstance(ours, ResultIds) else tuple(hit.id for hit in ours.hits)
    if ordered and ids != other.ids:
        yield f"reports {ids}, not {other.ids}"
