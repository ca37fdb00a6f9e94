"""What a typed place means where it is a path, as 河南省濮阳市, or is of another level."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.places.gazetteer import Area, gazetteer
from indexer.places.resolver import find_areas
from indexer.search.catalogue.facet_matching import matches_value
from indexer.search.catalogue.place_names import PLACE_LEVELS, UNKNOWN, is_code, short_name
from indexer.search.query import And, FacetFilter
from indexer.text.folding import fold

_ANY_PLACE = "region"


def read_path(field: str, typed: str) -> And | None:
    """Return the conditions of a place typed after those it lies in; None unless it is one place.

    >>> [one.values for one in read_path("region", "河南省濮阳市").parts]
    [('河南省',), ('濮阳市',)]
    >>> read_path("region", "濮阳市")
    """
    areas = [area for area in _areas(field, typed) if _begins_above(fold(typed), area)]
    if len(areas) != 1 or any(matches_value(_ANY_PLACE, area.name, typed) for area in areas):
        return None
    places = [*(area for area in _above(areas[0]) if area.level != "zone"), areas[0]]
    return And(tuple(FacetFilter(_ANY_PLACE, (area.name,)) for area in places))


def other_level(field: str, typed: str) -> str | None:
    """Return the level of a place that is asked for as one of another; None where it may be right.

    >>> other_level("province", "绵阳"), other_level("prefecture", "绵阳")
    ('prefecture', None)
    """
    areas = _areas(field, typed) if field in PLACE_LEVELS else ()
    levels = [level for level in PLACE_LEVELS if any(area.level == level for area in areas)]
    if not levels or any(
        area.level == field and matches_value(field, area.name, typed) for area in gazetteer().areas
    ):
        return None
    return levels[0]


def _areas(field: str, typed: str) -> tuple[Area, ...]:
    if field not in (*PLACE_LEVELS, _ANY_PLACE) or typed == UNKNOWN or is_code(typed):
        return ()
    return tuple(area for area in find_areas(fold(typed)) if area.level != "zone")


def _begins_above(typed: str, area: Area) -> bool:
    """Say whether a place is typed with one that it lies in before it."""
    names = (fold(area.name), fold(short_name(area.name)))
    return typed not in names and any(
        typed.startswith(fold(short_name(one.name))) for one in _above(area)
    )


def _above(area: Area) -> Iterator[Area]:
    """Yield the places that an area lies in, from the province down."""
    if area.parent is not None:
        yield from _above(area.parent)
        yield area.parent
