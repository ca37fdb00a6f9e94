"""Shapes what plain words may mean, and which part finds nothing, for pages and JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.messages import render
from indexer.search.suggest.empty_parts import CountedPart
from indexer.search.suggest.meant_conditions import MeantSearch
from webapp.arguments.printing import build_search
from webapp.negotiation import language
from webapp.permalinks import search_path


@dataclass(frozen=True, slots=True)
class OfferShape:
    """A search to offer above the hits: its conditions in words, its address, what it finds."""

    text: str
    url: str
    total: int
    unjudged: int


def shape_offers(offers: Sequence[MeantSearch]) -> tuple[OfferShape, ...]:
    """Return the offers as the page draws them."""
    return tuple(
        OfferShape(
            render(one.text, language()),
            search_path(build_search(one.query)),
            one.found.total,
            one.found.unjudged,
        )
        for one in offers
    )


def offers_to_list(
    offers: Sequence[MeantSearch], address: Callable[[str], str]
) -> list[dict[str, Any]]:
    """Return the published list: conditions, the text left in the box, address and counts."""
    listed = []
    for one in offers:
        pairs = build_search(one.query)
        listed.append(
            {
                "text": render(one.text),
                "q": dict(pairs).get("q", ""),
                "url": address(search_path(pairs, ".json")),
                "total": one.found.total,
                "unjudged": one.found.unjudged,
            }
        )
    return listed


def parts_to_list(parts: Sequence[CountedPart]) -> list[dict[str, Any]]:
    """Return the published list of what each part of a search finds by itself."""
    return [
        {"text": part.text, "total": part.found.total, "unjudged": part.found.unjudged}
        for part in parts
    ]
