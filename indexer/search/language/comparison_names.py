"""Where the name of a comparison begins in the text before its sign, and what it can take."""

from __future__ import annotations

import re

from indexer.search.catalogue.facets import facets, find_facet, find_value
from indexer.search.catalogue.figure_names import figure_called
from indexer.search.catalogue.place_names import PLACE_FACETS
from indexer.search.catalogue.statuses import find_status
from indexer.search.language.comparison_patterns import JOIN, YEAR
from indexer.search.language.comparison_wordings import NUMBER
from indexer.search.language.condition_names import is_known, unavailable
from indexer.search.language.spoken_places import find_place


def split_name(name: str) -> tuple[int, str]:
    """Return how much text stands before a name, and the word that joins the two, if any.

    >>> split_name("拆迁且行政诉讼"), split_name("行政诉讼"), split_name("四川乡镇行政诉讼")
    ((3, '且'), (0, ''), (4, ''))
    """
    if not name or is_known(name) or is_number(name):
        return 0, ""
    for match in re.finditer(JOIN, name):
        if is_known(name[match.end() :]) and len(name) - match.end() > 1:
            return match.end(), match[0]
    for at in range(1, len(name) - 1):
        if _names_number(name[at:]) and _are_labels(name[:at]):
            return at, ""
    return 0, ""


def takes_value(name: str, value: str) -> bool:
    """Say whether a value in words is one of the facet or figure of this name."""
    facet = find_facet(name) if len(name) > 1 else None
    if facet and facet.name in PLACE_FACETS:
        return find_place(value) is not None
    if facet and (facet.values or facet.name == "year"):
        return find_value(facet, value) is not None
    return bool(figure_called(name) and find_status(value))


def ends_in_figure(name: str) -> bool:
    """Say whether a name ends in a figure's."""
    return any(figure_called(name[at:]) for at in range(1, len(name) - 1))


def is_number(text: str) -> bool:
    """Say whether a text is a number with its unit, and nothing else."""
    return bool(text) and re.fullmatch(NUMBER, text) is not None


def _names_number(name: str) -> bool:
    return bool(figure_called(name) or unavailable(name))


def _are_labels(text: str) -> bool:
    """Say whether a text is made of names of places, levels and years."""
    if not text:
        return True
    beginnings = (text[:at] for at in range(len(text), 0, -1))
    return any(
        _is_label(begun) and _are_labels(text[len(begun) :].removeprefix("的"))
        for begun in beginnings
    )


def _is_label(text: str) -> bool:
    place = find_place(text)
    level = find_value(facets()["level"], text) if len(text) > 1 else None
    return bool(level or YEAR.fullmatch(text) or (place and place.sure))
