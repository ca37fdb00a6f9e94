"""What every yardstick answers, and what of it must be the same as ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from indexer.search.port import FacetCount, ResultPage

Table = Literal["words", "pairs"]
"""What a yardstick looks into: the words of our segmenter, or every two neighbouring characters."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How many match, the ids of the page, and the counts of the facets. `ordered`: reports of equal worth as we order them."""

    total: int
    ids: tuple[str, ...]
    facets: Mapping[str, tuple[FacetCount, ...]]
    ordered: bool = True


def find_faults(page: ResultPage, answer: Answer, *, ordered: bool) -> Iterator[str]:
    """Yield what differs: the total, a facet, or, where the order is `ordered` by contract, the reports of the page."""
    if page.total != answer.total:
        yield f"total {page.total}, not {answer.total}"
    for name, counts in answer.facets.items():
        if page.facets[name] != counts:
            yield f"facet {name} {page.facets[name]}, not {counts}"
    ids = tuple(hit.id for hit in page.hits)
    if ordered and answer.ordered and ids != answer.ids:
        yield f"reports {ids}, not {answer.ids}"
