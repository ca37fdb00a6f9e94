"""“Did you mean”: the search that may have been meant, and what it would find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from indexer.errors import QueryError
from indexer.search.port import ResultPage, SearchEngine
from indexer.search.suggest.spelling_correction import Correction, correct
from webapp.arguments.printing import build_search
from webapp.permalinks import search_path


@dataclass(frozen=True, slots=True)
class CorrectionShape:
    """A search to propose: the text of its box, its address, what it would find."""

    text: str
    url: str
    total: int
    unjudged: int


def find_correction(page: ResultPage, engine: SearchEngine) -> Correction | None:
    """Return what may have been meant by a search; None also where telling would take too long."""
    try:
        return correct(page, engine)
    except QueryError:  # it took too long; the search itself was answered
        return None


def shape_correction(correction: Correction | None) -> CorrectionShape | None:
    """Return the correction as the page draws it."""
    if correction is None:
        return None
    pairs = build_search(correction.query)
    text = next((value for name, value in pairs if name == "q"), "") or "、".join(
        new for _, new in correction.replaced
    )
    return CorrectionShape(
        text, search_path(pairs), correction.found.total, correction.found.unjudged
    )


def correction_to_dict(
    correction: Correction | None, address: Callable[[str], str]
) -> dict[str, Any] | None:
    """Return the published dict: the text, what was replaced, its counts and address."""
    shape = shape_correction(correction)
    if correction is None or shape is None:
        return None
    return {
        "q": shape.text,
        "replaced": [{"from": old, "to": new} for old, new in correction.replaced],
        "total": shape.total,
        "unjudged": shape.unjudged,
        "url": address(search_path(build_search(correction.query), ".json")),
    }
