"""The searches that facets, chips, sort links and page numbers lead to, from page 1."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from indexer.search.catalogue.facet_matching import matches_value
from indexer.search.catalogue.place_names import ANY_PLACE, PLACE_LEVELS
from indexer.search.query import FacetFilter, FigureFilter, Query, Sort
from indexer.search.unknown_values import unknown_values_field
from indexer.text.folding import fold


def chosen(query: Query, field: str, excluded: bool = False) -> tuple[str, ...]:
    """Return the values of a facet that are chosen, or those that are excluded."""
    filters = [one for one in query.filters if one.field == field and one.excluded == excluded]
    return tuple([value for one in filters for value in one.values])


def toggle(query: Query, field: str, value: str, excluded: bool = False) -> Query:
    """Choose or exclude a value of a facet, or undo that, whatever name it goes by."""
    if _named(query, field, value, excluded):
        return toggle(query, ANY_PLACE, value, excluded)
    if _named(query, field, value, not excluded):
        query = toggle(query, ANY_PLACE, value, not excluded)
    here, other = chosen(query, field, excluded), chosen(query, field, not excluded)
    others = _others(field, value, here)
    values = (*here, value) if len(others) == len(here) else others
    opposite = _others(field, value, other)
    changed = (FacetFilter(field, values, excluded), FacetFilter(field, opposite, not excluded))
    kept = _kept_filters(query, field, excluded)
    filters = [*kept, *sorted((one for one in changed if one.values), key=lambda one: one.excluded)]
    return replace(query, filters=tuple(filters), page=1)


def _kept_filters(query: Query, field: str, excluded: bool) -> list[FacetFilter]:
    """Return the filters of other facets, without the places below one that is chosen anew."""
    levels = PLACE_LEVELS if field in PLACE_LEVELS and not excluded else ()
    below = levels[levels.index(field) + 1 :] if levels else ()
    others = [one for one in query.filters if one.field != field]
    return [one for one in others if one.field not in below or one.excluded]


def is_chosen(query: Query, field: str, value: str, excluded: bool = False) -> bool:
    """Say whether a value is chosen or excluded, be it by a short name, in a range, as `地区:`."""
    asked = chosen(query, field, excluded)
    return any(matches_value(field, value, one) for one in asked) or _named(
        query, field, value, excluded
    )


def choose_place(query: Query, path: Iterable[tuple[str, str]]) -> Query:
    """Choose the last place of a path with those it lies in, or undo that choice."""
    places = list(path)
    field, value = places[-1]
    if is_chosen(query, field, value):
        return toggle(query, field, value)
    for upper, name in places[:-1]:
        if not is_chosen(query, upper, name):
            query = toggle(query, upper, name)
    return toggle(query, field, value)


def without_filter(query: Query, field: str, excluded: bool) -> Query:
    """Let go of all that is chosen, or excluded, in a facet; of the places below it too."""
    for value in chosen(query, field, excluded):
        query = toggle(query, field, value, excluded)
    return query


def with_figure(query: Query, figure: FigureFilter) -> Query:
    """Set the condition on a figure, in place of all conditions it had."""
    others = tuple(one for one in query.figures if one.key != figure.key)
    return _judged_anew(replace(query, figures=(*others, figure)))


def without_figure(query: Query, key: str) -> Query:
    """Let go of every condition on a figure."""
    return _judged_anew(
        replace(query, figures=tuple(one for one in query.figures if one.key != key))
    )


def with_sort(query: Query, sort: Sort) -> Query:
    """Ask for another order."""
    return replace(query, sort=sort, page=1)


def with_page(query: Query, page: int) -> Query:
    """Ask for another page of the same search."""
    return replace(query, page=page)


def with_unjudged(query: Query, listed: bool) -> Query:
    """List the reports that cannot be judged, or not."""
    return replace(query, include_unjudged=listed, page=1)


def without_synonym(query: Query, also: str) -> Query:
    """Switch a synonym off, `ALL_SYNONYMS` all of them, whatever words come."""
    return replace(query, refused=tuple(dict.fromkeys((*query.refused, also))), page=1)


def with_synonym(query: Query, also: str) -> Query:
    """Switch a synonym on again.

    `ALL_SYNONYMS` switches on all but those that are refused by name.
    """
    return replace(
        query, refused=tuple(one for one in query.refused if fold(one) != fold(also)), page=1
    )


def _named(query: Query, field: str, value: str, excluded: bool) -> bool:
    """Say whether a place of the tree is asked for as `地区:`, without its level."""
    return field in PLACE_LEVELS and is_chosen(query, ANY_PLACE, value, excluded)


def _others(field: str, value: str, asked: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in asked if one != value and not matches_value(field, value, one))


def may_be_unjudged(query: Query) -> bool:
    """Say whether a search has conditions that cannot be judged for some reports."""
    return bool(query.figures) or any(unknown_values_field(one.field) for one in query.filters)


def _judged_anew(query: Query) -> Query:
    listed = query.include_unjudged and may_be_unjudged(query)
    shown = query.histograms if len(query.histograms) > 1 else ()
    return replace(query, page=1, include_unjudged=listed, histograms=shown)
