"""Matches values of facets with those asked for and orders counts, the same in every engine."""

from __future__ import annotations

import re
from collections.abc import Mapping

from indexer.search.catalogue.place_names import (
    PLACE_FACETS,
    is_code,
    is_named_like_a_province,
    plain_code,
    short_name,
)
from indexer.search.port import FacetCount
from indexer.text.folding import fold

_RANGE = re.compile(r"(\d{0,4})\.\.(\d{0,4})")


def facet_holding(field: str, value: str) -> str:
    """Return the facet in which a filter on `field` finds this value.

    Rules may be asked for among the findings. The codes of places are values of `region`, whatever
    their level; the facets of one level hold names.
    """
    if field in PLACE_FACETS and is_code(value):
        return "region"
    return "rule" if field == "finding" and "." in value else field


def value_keys(field: str, stored: str) -> tuple[str, ...]:
    """Return the names by which a value of a facet is found.

    A place is also found without 省, 市, 县 …, a code by its short form. A place called like a
    province for short is not found by that among all places: 河南 is the province, not 河南街道.

    >>> value_keys("region", "宜春市"), value_keys("region", "360983000000")
    (('宜春市', '宜春'), ('360983',))
    >>> value_keys("level", "county")
    ('county',)
    """
    if field not in PLACE_FACETS:
        return (fold(stored),) if field == "body" else (stored,)
    if is_code(stored):
        return (plain_code(stored),)
    if field == "region" and is_named_like_a_province(stored):
        return (fold(stored),)
    return tuple(dict.fromkeys((fold(stored), fold(short_name(stored)))))


def key_asked_for(field: str, asked: str) -> str:
    """Return what a value asked for must be among the keys of the stored value."""
    if field not in PLACE_FACETS:
        return fold(asked) if field == "body" else asked
    name = fold(asked)
    return plain_code(name) if is_code(name) else name


def matches_value(field: str, stored: str, asked: str) -> bool:
    """Say whether a stored value is one that is asked for: by name, or by a range of years.

    >>> matches_value("year", "2020", "2019.."), matches_value("region", "高安市", "高安")
    (True, True)
    >>> matches_value("level", "county", "township")
    False
    """
    years = _RANGE.fullmatch(asked) if field == "year" else None
    if years:
        return int(years[1] or 0) <= int(stored) <= int(years[2] or 9999)
    return key_asked_for(field, asked) in value_keys(field, stored)


def order_counts(counts: Mapping[str, int]) -> tuple[FacetCount, ...]:
    """Return the values that any report has, by count, then value."""
    present = ((value, count) for value, count in counts.items() if count)
    return tuple(
        FacetCount(value, count)
        for value, count in sorted(present, key=lambda item: (-item[1], item[0]))
    )
