"""What a condition on a facet means: `层级:乡镇`, `年份:2019..2020`, `地区:河南省濮阳市`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NoReturn

from indexer.errors import QueryError
from indexer.records import Message
from indexer.search.catalogue.facets import (
    Facet,
    facets,
    find_value,
    misplaced_code,
    value_label,
)
from indexer.search.catalogue.name_matching import nearest
from indexer.search.language.place_conditions import other_level, read_path
from indexer.search.language.typed_condition import ParsedCondition, TypedCondition
from indexer.search.language.typed_numbers import is_date
from indexer.search.query import And, FacetFilter, InSections, Node, Not, Or
from indexer.text.folding import fold

LISTED = re.compile(r"[,，、;；]")
"""What stands between several values."""
BETWEEN = re.compile(r"\.\.+|…+|[～~至到]")
"""What stands between the ends of a range."""
_BETWEEN_YEARS = re.compile(rf"{BETWEEN.pattern}|[-－\u2010-\u2015]+")
"""Between years a stroke can be nothing else; before a number it may be its sign."""
_MAX_YEARS_LISTED = 30
"""A closed range up to this long is spelled out, so that each year can be taken back by itself."""
_LAST_YEAR = 9999


def read_facet(facet: Facet, condition: TypedCondition) -> ParsedCondition:
    """Return what `facet:value` means; QueryError for a value that the facet does not have."""
    repairs = list(colon_repairs(condition))
    values = [
        value
        for name in LISTED.split(condition.value)
        if name.strip()
        for value in _read_values(facet, condition, name.strip(), repairs)
    ]
    if not values:
        raise condition.error(
            "query.empty_facet", condition.name, name=condition.name, example=_example(facet)
        )
    return ParsedCondition(_facet_node(facet, tuple(dict.fromkeys(values))), tuple(repairs))


def compare_facet(facet: Facet, sign: str, condition: TypedCondition) -> Node:
    """Return what `facet>value` and its like mean; only years can be greater or less."""
    if sign in ("=", "!="):
        return _equal_facet(facet, sign, condition)
    if facet.name != "year":
        fits = facet.values and find_value(facet, condition.value)
        example = f"{condition.name}:{condition.value}" if fits else _example(facet)
        raise condition.error("query.not_comparable", example, name=condition.name, example=example)
    year = find_value(facet, condition.value)
    if year is None:
        dated = is_date(condition.value)
        example = f"年份{sign}{fold(condition.value)[:4]}" if dated else _example(facet)
        raise condition.error(
            "query.no_year_to_compare", example, value=condition.value, example=example
        )
    first = int(year) + {">": 1, "<": -1}.get(sign, 0)
    bound = f"{min(max(first, 0), _LAST_YEAR):04d}"
    return FacetFilter("year", (f"{bound}.." if ">" in sign else f"..{bound}",))


def colon_repairs(condition: TypedCondition) -> tuple[Message, ...]:
    """Return what was mended in the colon of a condition."""
    return (Message.of("query.repair.wide_colon"),) if condition.sign == "：" else ()


def section_error(condition: TypedCondition) -> QueryError:
    """Return the error for a section used as a condition where a search within it is meant."""
    field = "section" if condition.name.isascii() else "章节"
    right = f"{field}:{condition.name} {condition.value}"
    return condition.error(
        "query.section_as_condition",
        right,
        name=condition.name,
        value=condition.value,
        right=right,
    )


def _equal_facet(facet: Facet, sign: str, condition: TypedCondition) -> Node:
    node = read_facet(facet, condition).node
    assert node is not None
    if isinstance(node, FacetFilter):
        return replace(node, excluded=sign == "!=")
    return Not(node) if sign == "!=" else node


def _facet_node(facet: Facet, values: tuple[str, ...]) -> Node:
    places = tuple(
        read_path(facet.name, value) or FacetFilter(facet.name, (value,)) for value in values
    )
    if any(isinstance(place, And) for place in places):
        return Or(places) if len(places) > 1 else places[0]
    return InSections(values) if facet.name == "section" else FacetFilter(facet.name, values)


def _read_values(
    facet: Facet, condition: TypedCondition, name: str, repairs: list[Message]
) -> list[str]:
    if facet.name == "year":
        return list(_read_years(condition, name, repairs))
    value = find_value(facet, name)
    if value is None:
        _refuse_value(facet, condition, name)
    level = other_level(facet.name, name)
    if level:
        right = f"{facets()[level].aliases[0]}:{name}"
        raise condition.error(
            "query.place_of_other_level",
            right,
            value=name,
            facet=Message.of(f"label.facet.{facet.name}"),
            level=Message.of(f"label.facet.{level}"),
            right=right,
        )
    return [value]


def _refuse_value(facet: Facet, condition: TypedCondition, name: str) -> NoReturn:
    """Raise the error for a value that a facet does not have; it names what is near."""
    other = misplaced_code(facet, name)
    if other:
        right = f"{other.aliases[0]}:{name}"
        raise condition.error(
            "query.code_of_other_level",
            right,
            value=name,
            facet=Message.of(f"label.facet.{facet.name}"),
            right=right,
        )
    is_section = find_value(facets()["section"], condition.name) is not None
    if facet.name == "finding" and is_section and not nearest(name, facet.values, contained=False):
        raise section_error(condition)
    names = _shown_values(facet)
    better = nearest(name, (*names, *facet.values))
    if better:
        raise condition.error(
            "query.unknown_value_near",
            f"{condition.name}:{better}",
            name=condition.name,
            value=name,
            nearest=better,
        )
    raise condition.error(
        "query.unknown_value",
        condition.as_phrase,
        name=condition.name,
        value=name,
        values=tuple(names),
    )


def _shown_values(facet: Facet) -> list[str]:
    values = dict.fromkeys(facet.values.values())
    return [value_label(facet.name, value) for value in values]


def _example(facet: Facet) -> str:
    values = [value for value in _shown_values(facet) if "（" not in value]
    fallback = "2019" if facet.name == "year" else "江西省"
    return f"{facet.aliases[0]}:{values[0] if values else fallback}"


# ── years ───────────────────────────────────────────────────────────────────────────────────────


def _read_years(condition: TypedCondition, name: str, repairs: list[Message]) -> Iterator[str]:
    """Yield the years of `2019` or `2019..2020`; an open or a very long range is one value."""
    year = facets()["year"]
    ends = _BETWEEN_YEARS.split(name)
    years = [find_value(year, end) for end in ends]
    if len(ends) == 1 and years[0]:
        yield years[0]
        return
    if not _is_range(ends, years):
        raise _no_year(condition, name)
    low, high = years
    if low and high and low > high:
        repairs.append(Message.of("query.repair.years_reversed", first=high, last=low))
        low, high = high, low
    yield from _year_range(low or "", high or "")


def _no_year(condition: TypedCondition, name: str) -> QueryError:
    example = f"{condition.name}:{fold(name)[:4] if is_date(name) else 2019}"
    return condition.error("query.no_year", example, value=name)


def _year_range(low: str, high: str) -> Iterator[str]:
    if low and high and int(high) - int(low) < _MAX_YEARS_LISTED:
        yield from (f"{number:04d}" for number in range(int(low), int(high) + 1))
    else:
        yield f"{low}..{high}"


def _is_range(ends: list[str], years: list[str | None]) -> bool:
    """Say whether two ends are years, one of which may be left open."""
    if len(ends) != 2 or not any(ends):
        return False
    return all(found or not end for end, found in zip(ends, years, strict=True))
