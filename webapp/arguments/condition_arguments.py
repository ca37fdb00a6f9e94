"""The arguments that say a condition: the values of facets, the ranges and statuses of figures."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import NoReturn

from indexer.records import Message, Status
from indexer.search.catalogue.facets import Facet, facets, find_value, misplaced_code
from indexer.search.catalogue.figures import FigureField, figures
from indexer.search.catalogue.name_matching import nearest
from indexer.search.catalogue.statuses import find_status
from indexer.search.language.query_text import number_text
from indexer.search.language.typed_numbers import read_number
from indexer.search.query import FacetFilter, FigureFilter
from webapp.arguments.record import (
    ArgumentError,
    Condition,
    GivenArgument,
    NearArgument,
    Pairs,
    SearchReading,
    UrlArgument,
    with_name,
    with_value,
)
from webapp.names import facet_name, figure_name

FIGURE_SUFFIXES = ("min", "max", "status")
MAX_PROPOSED_VALUES = 9
"""The values of a facet that a message lists."""


def condition_arguments() -> Iterator[UrlArgument]:
    """Yield two arguments for each facet (`level`, `-level`) and three for each figure."""
    for facet in facets().values():
        yield _facet_argument(facet, excluded=False)
        yield _facet_argument(facet, excluded=True)
    for figure in figures().values():
        yield from _figure_arguments(figure)


# ── facets ──────────────────────────────────────────────────────────────────────────────────────


def _facet_argument(facet: Facet, excluded: bool) -> UrlArgument:
    name = f"-{facet.name}" if excluded else facet.name

    def parse(given: GivenArgument) -> str:
        return _parse_value(given, facet)

    def apply(reading: SearchReading) -> None:
        values = tuple(dict.fromkeys(reading.values(name)))
        chosen = FacetFilter(facet.name, values, excluded)
        reading.query = replace(reading.query, filters=(*reading.query.filters, chosen))

    def says(condition: Condition) -> Pairs | None:
        if not isinstance(condition, FacetFilter):
            return None
        if (condition.field, condition.excluded) != (facet.name, excluded):
            return None
        if any(find_value(facet, value) != value for value in condition.values):
            return None  # a range of years
        return tuple((name, value) for value in condition.values)

    code = "argument.meaning.excluded" if excluded else "argument.meaning.facet"
    return UrlArgument(
        name,
        Message.of(code, facet=facet_name(facet.name)),
        next(iter(facet.values.values()), "2019"),
        group="condition",
        repeatable=True,
        parse=parse,
        apply=apply,
        says=says,
    )


def _parse_value(given: GivenArgument, facet: Facet) -> str:
    found = find_value(facet, given.value)
    if found is not None:
        return found
    other = misplaced_code(facet, given.value)
    if other:
        _refuse_code(given, facet, other)
    known = tuple(facet.values.values()) or ("2019",)
    guess = facet.values.get(nearest(given.value, facet.values) or "") or known[0]
    named = facet_name(facet.name)
    meaning = Message.of("argument.values", facet=named, values=known[:MAX_PROPOSED_VALUES])
    return given.refuse("argument.no_value", meaning, guess, facet=named)


def _refuse_code(given: GivenArgument, facet: Facet, other: Facet) -> NoReturn:
    """Refuse the code of a place of another level, with the argument that takes it."""
    name = f"-{other.name}" if given.name.startswith("-") else other.name
    meaning = Message.of("argument.name_or_code", facet=facet_name(other.name))
    raise ArgumentError(
        "argument.misplaced_code",
        given.pairs,
        given.at,
        (NearArgument(name, meaning, given.value),),
        with_name(given.pairs, given.at, name),
        argument=Message.of("argument.named", name=given.name),
        value=given.quoted,
        facet=facet_name(facet.name),
    )


# ── figures ─────────────────────────────────────────────────────────────────────────────────────


def _figure_arguments(figure: FigureField) -> Iterator[UrlArgument]:
    key, named = figure.key, figure_name(figure.key)
    yield UrlArgument(
        f"{key}_min",
        Message.of("argument.meaning.figure_min", figure=named),
        "1",
        group="condition",
        parse=parse_bound,
        apply=lambda reading: _apply_range(reading, key),
        says=lambda condition: _say_range(condition, key),
    )
    yield UrlArgument(
        f"{key}_max",
        Message.of("argument.meaning.figure_max", figure=named),
        "10",
        group="condition",
        parse=parse_bound,
        apply=lambda reading: _apply_upper_bound(reading, key),
    )
    yield UrlArgument(
        f"{key}_status",
        Message.of("argument.meaning.figure_status", figure=named),
        "blank",
        group="condition",
        repeatable=True,
        parse=_parse_status,
        apply=lambda reading: _apply_statuses(reading, key),
        says=lambda condition: _say_statuses(condition, key),
    )


def parse_bound(given: GivenArgument) -> float | None:
    """Return the number that bounds a figure; None for a box left empty."""
    if not given.value.strip():
        return None
    bound = read_number(given.value)
    if bound is None or math.isinf(bound):
        key = given.name.rpartition("_")[0]
        if key not in figures():  # a box of the figure form
            key = next(value for name, value in given.pairs if name == "figure")
        meaning = Message.of("argument.number_of", figure=figure_name(key))
        given.refuse("argument.not_a_number", meaning, "1")
    return bound


def _apply_range(reading: SearchReading, key: str) -> None:
    low, high = (reading.filled(f"{key}_{end}") for end in ("min", "max"))
    if low and high and low.parsed > high.parsed:
        _refuse_reversed(key, low, high)
    if low or high:
        wanted = FigureFilter(key, low.parsed if low else None, high.parsed if high else None)
        reading.query = replace(reading.query, figures=(*reading.query.figures, wanted))


def _apply_upper_bound(reading: SearchReading, key: str) -> None:
    if f"{key}_min" not in reading.given:  # else it was applied with the lower bound
        _apply_range(reading, key)


def _refuse_reversed(key: str, low: GivenArgument, high: GivenArgument) -> NoReturn:
    pairs = with_value(low.pairs, low.at, high.value)
    pairs = with_value(pairs, high.at, low.value)
    called = (
        Message.of("argument.figure", figure=figure_name(key))
        if low.name == "min"
        else Message.of("argument.named", name=low.name)
    )
    near = (
        NearArgument(low.name, Message.of("argument.meaning.min"), high.value),
        NearArgument(high.name, Message.of("argument.meaning.max"), low.value),
    )
    raise ArgumentError(
        "argument.reversed",
        low.pairs,
        low.at,
        near,
        pairs,
        argument=called,
        low=low.value,
        high=high.value,
    )


def _parse_status(given: GivenArgument) -> Status:
    status = find_status(given.value)
    if status is None:
        given.refuse("argument.no_status", Message.of("argument.statuses"), "blank")
    return status


def _apply_statuses(reading: SearchReading, key: str) -> None:
    statuses = tuple(dict.fromkeys(reading.values(f"{key}_status")))
    wanted = FigureFilter(key, statuses=statuses)
    reading.query = replace(reading.query, figures=(*reading.query.figures, wanted))


def _say_range(condition: Condition, key: str) -> Pairs | None:
    if not isinstance(condition, FigureFilter) or condition.key != key or condition.statuses:
        return None
    if condition.negated or condition.low_open or condition.high_open:
        return None
    bounds = (("min", condition.low), ("max", condition.high))
    return tuple((f"{key}_{end}", number_text(bound)) for end, bound in bounds if bound is not None)


def _say_statuses(condition: Condition, key: str) -> Pairs | None:
    if not isinstance(condition, FigureFilter) or condition.key != key or condition.negated:
        return None
    return tuple((f"{key}_status", status) for status in condition.statuses) or None
