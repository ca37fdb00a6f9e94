"""Says where an unknown place or level leaves a filter undecided, the same for every engine.

A place that is known to be elsewhere answers no: a report of 江西 whose county is unknown is not in
成都.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from indexer.bodies.localities import Locality, parse_locality
from indexer.places.gazetteer import Area, AreaLevel, gazetteer
from indexer.places.resolver import find_by_code
from indexer.records import REGION_LEVELS
from indexer.search.catalogue.facet_matching import facet_holding, key_asked_for, value_keys
from indexer.search.catalogue.facets import LOCALITY
from indexer.search.catalogue.place_names import (
    ANY_PLACE,
    PLACE_FACETS,
    UNKNOWN,
    code_level,
    is_code,
    plain_code,
)
from indexer.text.folding import fold, fold_all

_LEVELS: tuple[AreaLevel, ...] = ("province", "prefecture", "county", "zone", "township")
_BY_SUFFIX: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("自治区", ("province",)),
    ("自治州", ("prefecture",)),
    ("开发区", ("zone",)),
    ("省", ("province",)),
    ("市", ("province", "prefecture", "county")),
    ("盟", ("prefecture",)),
    ("县", ("county",)),
    ("旗", ("county",)),
    ("区", ("county", "zone")),
    ("镇", ("township",)),
    ("乡", ("township",)),
    ("街道", ("township",)),
)
"""The possible levels of a place that the tables lack; the first suffix counts."""
_CACHED_PLACES, _CACHED_LOCALITIES = 256, 1 << 14


def unknown_values_field(field: str) -> str | None:
    """Return the keyword field that says where a filter on `field` cannot be judged, or None."""
    if field == "level":
        return "level"
    return LOCALITY if field in PLACE_FACETS else None


def may_match(field: str, stored: str, asked: str) -> bool:
    """Say whether a report with `stored` in `unknown_values_field(field)` may have the asked value.

    Only of use where the report is not known to have it.
    """
    if asked == UNKNOWN:
        return False
    if field == "level":
        return stored == UNKNOWN
    return _may_lie_in(_parsed(stored), field, asked)


def _may_lie_in(locality: Locality, field: str, asked: str) -> bool:
    areas = _areas_named(key_asked_for(facet_holding(field, asked), asked))
    levels = REGION_LEVELS if field == ANY_PLACE else (field,)
    for level in locality.unknown.intersection(levels):
        here = [area for area in areas if area.level == level]
        if any(_fits(area, locality) for area in here):
            return True
        if not here and level in _levels_of(asked, areas, level if field != ANY_PLACE else None):
            return True
    return False


def _fits(area: Area, locality: Locality) -> bool:
    """Return whether a locality may lie in an area: no level above is known to differ."""
    for level in _LEVELS[: _LEVELS.index(area.level)]:
        above = area.at(level)
        if level == "zone" or level in locality.unknown:
            continue
        if fold(above.name if above else "") != fold(locality.names[level] or ""):
            return False
    return True


def _levels_of(asked: str, areas: Iterable[Area], level: str | None) -> Iterable[str]:
    """Return the levels at which a place may be that the tables know at no level asked for."""
    if level is not None:
        return (level,)
    if any(areas):
        return ()
    if is_code(asked):
        return (code_level(asked),)
    return next(
        (levels for suffix, levels in _BY_SUFFIX if fold(asked).endswith(suffix)), REGION_LEVELS
    )


@lru_cache(_CACHED_PLACES)
def _areas_named(key: str) -> tuple[Area, ...]:
    """Return the divisions of the tables that are found by a name or by a code."""
    if is_code(key):
        area = find_by_code(plain_code(key))
        return (area,) if area else ()
    near = (
        area for area, name in zip(gazetteer().areas, _folded_names(), strict=True) if key in name
    )
    return tuple(area for area in near if key in value_keys(ANY_PLACE, area.name))


@cache
def _folded_names() -> tuple[str, ...]:
    """Return the folded names of all divisions, sharing strings that folding leaves alone."""
    names = [area.name for area in gazetteer().areas]
    return tuple(
        name if name == folded else folded
        for name, folded in zip(names, fold_all(names), strict=True)
    )


@lru_cache(_CACHED_LOCALITIES)
def _parsed(stored: str) -> Locality:
    return parse_locality(stored)
