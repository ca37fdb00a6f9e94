"""The counts of a result page → facets to choose from and exclude, the regions as a tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from indexer.records import SECTION_KEYS
from indexer.search.catalogue.facet_matching import matches_value
from indexer.search.catalogue.facets import facets, shown_facets
from indexer.search.catalogue.place_names import PLACE_LEVELS, UNKNOWN, is_code
from indexer.search.port import FacetCount, ResultPage
from indexer.search.query import Query
from webapp.arguments.printing import build_search
from webapp.arguments.query_steps import choose_place, chosen, is_chosen, toggle
from webapp.names import Text, facet_name, value_name
from webapp.permalinks import search_path

_OPEN = 12
_Path = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value to choose.

    `url` chooses it or undoes that; `exclude` excludes it, and is empty where nothing is left.
    """

    value: str
    label: Text
    count: int
    selected: bool
    excluded: bool
    url: str
    exclude: str
    children: tuple[FacetValue, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetShape:
    """A facet: the values to show at once, and those behind a fold."""

    name: str
    label: Text
    values: tuple[FacetValue, ...]
    folded: tuple[FacetValue, ...] = ()


def shape_facets(
    page: ResultPage, corpus: Mapping[str, tuple[FacetCount, ...]]
) -> tuple[FacetShape, ...]:
    """Return the facets of a page, without those that have nothing to choose.

    `corpus` holds the values of the short facets that occur at all: they count as nothing where
    nothing is left of them. A value of which nothing is left is shown only where it is in force.
    """
    shapes = [_tree(page)]
    for facet in shown_facets():
        values = _telling(_values(page, facet.name, corpus.get(facet.name, ())))
        shapes.append(FacetShape(facet.name, facet_name(facet.name), *_fold(values)))
    return tuple(shape for shape in shapes if shape.values)


def facets_to_dict(
    page: ResultPage, address: Callable[[str], str]
) -> dict[str, list[dict[str, object]]]:
    """Return the counts of all facets asked for, with the address that chooses each value."""
    return {
        name: [
            {
                "value": one.value,
                "label": one.label,
                "count": one.count,
                "selected": one.selected,
                "excluded": one.excluded,
                "url": address(one.url),
            }
            for one in _values(page, name)
        ]
        for name in page.facets
    }


def _values(
    page: ResultPage, name: str, corpus: tuple[FacetCount, ...] = ()
) -> tuple[FacetValue, ...]:
    counts = _counts(page, name)
    for one in corpus:
        counts.setdefault(one.value, 0)
    if name == "year":
        order = sorted(counts, reverse=True)
    elif name == "section":
        order = sorted(counts, key=_section_place)
    elif facets()[name].values:
        order = sorted(counts, key=list(dict.fromkeys(facets()[name].values.values())).index)
    else:
        order = list(counts)
    return tuple(_value(page.query, name, value, counts[value]) for value in order)


def _counts(page: ResultPage, name: str) -> dict[str, int]:
    """Return the counts by value, with those in force of which nothing is left.

    A code of a place is no value of a facet.
    """
    counts = {one.value: one.count for one in page.facets.get(name, ())}
    asked = [*chosen(page.query, name), *chosen(page.query, name, excluded=True)]
    for value in asked:
        if (
            ".." not in value
            and not is_code(value)
            and not any(matches_value(name, stored, value) for stored in counts)
        ):
            counts[value] = 0
    return counts


def _value(query: Query, name: str, value: str, count: int) -> FacetValue:
    excluded = is_chosen(query, name, value, excluded=True)
    return FacetValue(
        value=value,
        label=value_name(name, value),
        count=count,
        selected=is_chosen(query, name, value),
        excluded=excluded,
        url=_path(toggle(query, name, value, excluded)),
        exclude=_excluding(query, name, value, count) if not excluded else "",
    )


def _excluding(query: Query, name: str, value: str, count: int) -> str:
    """Return what excludes a value; empty where there is nothing to exclude."""
    return _path(toggle(query, name, value, excluded=True)) if count else ""


def _tree(page: ResultPage) -> FacetShape:
    """Provinces; below the one in force its prefectures; below the one in force its counties."""
    return FacetShape(
        "region", facet_name("region"), *_fold(_telling(_branch(page, PLACE_LEVELS, ())))
    )


def _branch(page: ResultPage, levels: tuple[str, ...], path: _Path) -> tuple[FacetValue, ...]:
    name, below = levels[0], levels[1:]
    counts = _counts(page, name)
    if not counts and below:
        return _branch(page, below, path)
    opened = _opened(page, name, counts)
    order = sorted(counts, key=UNKNOWN.__eq__)  # the unknown last
    return tuple(
        _place(page, (*path, (name, value)), counts[value], below if value == opened else ())
        for value in order
    )


def _opened(page: ResultPage, name: str, counts: Mapping[str, int]) -> str | None:
    """Return the place whose places to show: the one in force, or the only one with reports."""
    inside = {value for value in counts if is_chosen(page.query, name, value)}
    inside = inside or {value for value in counts if value != UNKNOWN and counts[value]}
    return next(iter(inside)) if len(inside) == 1 and UNKNOWN not in inside else None


def _place(page: ResultPage, path: _Path, count: int, below: tuple[str, ...]) -> FacetValue:
    query, (name, value) = page.query, path[-1]
    excluded = is_chosen(query, name, value, excluded=True)
    return FacetValue(
        value=value,
        label=value_name(name, value),
        count=count,
        selected=is_chosen(query, name, value),
        excluded=excluded,
        url=_path(toggle(query, name, value, excluded) if excluded else choose_place(query, path)),
        exclude=_excluding(query, name, value, count) if not excluded else "",
        children=_telling(_branch(page, below, path)) if below else (),
    )


def _telling(values: tuple[FacetValue, ...]) -> tuple[FacetValue, ...]:
    """Return the values that lead somewhere, or are in force."""
    return tuple(one for one in values if one.count or one.selected or one.excluded)


def _fold(values: tuple[FacetValue, ...]) -> tuple[tuple[FacetValue, ...], tuple[FacetValue, ...]]:
    """Show the first dozen, and whatever is in force."""
    first = tuple(
        one
        for at, one in enumerate(values)
        if at < _OPEN or one.selected or one.excluded or one.children
    )
    return (
        (values, ())
        if len(values) <= _OPEN + 2
        else (first, tuple(one for one in values if one not in first))
    )


def _section_place(key: str) -> int:
    return SECTION_KEYS.index(key) if key in SECTION_KEYS else -1


def _path(query: Query) -> str:
    return search_path(build_search(query))
