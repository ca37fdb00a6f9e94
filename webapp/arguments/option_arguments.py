"""The arguments that say how results are ordered, cut and drawn, and those of the figure form."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace

from indexer.messages import LANGUAGES
from indexer.records import Message
from indexer.search.catalogue.figures import figures
from indexer.search.catalogue.name_matching import nearest
from indexer.search.query import FigureFilter, Query, Sort
from webapp.arguments.condition_arguments import parse_bound
from webapp.arguments.record import (
    ArgumentChip,
    ArgumentError,
    GivenArgument,
    Pairs,
    SearchReading,
    UrlArgument,
)
from webapp.names import figure_name

DEFAULT_FIGURE = "requests.received.total"
MAX_FIGURES = 12
"""The figures that one search may show."""
MAX_SIZE = 100
MAX_PAGE = 1_000_000
_ORDERS = ("relevance", "year", "-year")
_DEFAULT = Query()


def default_figure(query: Query) -> str:
    """Return the figure whose distribution is shown unless another is asked for.

    That is the first one in force, else 新收申请.
    """
    in_force = [figure.key for figure in query.figures]
    return next(iter([*in_force, *_sort_figure(query)]), DEFAULT_FIGURE)


def is_range(figure: FigureFilter) -> bool:
    """Say whether the figure form can show a condition: negated ranges and statuses it cannot."""
    return not figure.statuses and not figure.negated


def is_form(pairs: Iterable[tuple[str, str]]) -> bool:
    """Say whether the pairs come from the figure form, which redirects to the address they mean."""
    return any(name in ("min", "max") for name, _ in pairs)


def _sort_figure(query: Query) -> list[str]:
    return [query.sort.by] if query.sort.by in figures() else []


# ── the figure form ─────────────────────────────────────────────────────────────────────────────


def _parse_box(given: GivenArgument) -> float | None:
    figure = next((value for name, value in given.pairs if name == "figure"), "")
    if not figure:
        raise ArgumentError(
            "argument.box_without_figure",
            given.pairs,
            given.at,
            (FIGURE.near,),
            argument=given.called,
        )
    return parse_bound(given) if figure in figures() else None  # `figure` is refused by itself


def _apply_boxes(reading: SearchReading) -> None:
    """Hand the boxes on to the arguments of their figure, in place of every range that it had."""
    key = reading.value("figure")
    for end in ("min", "max"):
        if end in reading.given:
            reading.given[f"{key}_{end}"] = reading.given.pop(end)
    kept = (one for one in reading.query.figures if one.key != key or not is_range(one))
    reading.query = replace(reading.query, figures=tuple(kept))


FORM_ARGUMENTS = tuple(
    UrlArgument(
        name,
        Message.of(f"argument.meaning.box_{name}"),
        example,
        group="form",
        parse=_parse_box,
        apply=_apply_boxes,
    )
    for name, example in (("min", "1"), ("max", "10"))
)


# ── order and distribution ──────────────────────────────────────────────────────────────────────


def _parse_sort(given: GivenArgument) -> Sort:
    value = given.value
    by = value.removeprefix("-")
    if value in _ORDERS or by in figures():
        return Sort(by, value != by) if by != "relevance" else Sort()
    near = difflib.get_close_matches(value, (*_ORDERS, *figures()), 1, 0.3)
    return given.refuse("argument.no_order", SORT.meaning, next(iter(near), "relevance"))


def _apply_sort(reading: SearchReading) -> None:
    reading.query = replace(reading.query, sort=reading.value("sort"))


def _print_sort(query: Query) -> Pairs:
    if query.sort == _DEFAULT.sort:
        return ()
    return (("sort", ("-" if query.sort.descending else "") + query.sort.by),)


def _parse_figure(given: GivenArgument) -> str:
    key = given.value
    earlier = sum(name == "figure" for name, _ in given.pairs[: given.at])
    if earlier >= MAX_FIGURES:
        given.refuse("argument.too_many_figures", FIGURE.meaning, DEFAULT_FIGURE, most=MAX_FIGURES)
    if key and key not in figures():
        guess = nearest(key, figures()) or DEFAULT_FIGURE
        named = Message.of("argument.figure_key", figure=figure_name(guess))
        given.refuse("argument.no_figure", named, guess)
    return key


def _apply_figures(reading: SearchReading) -> None:
    first, *further = reading.values("figure")
    keys = (first or default_figure(reading.query), *filter(None, further))
    reading.query = replace(reading.query, histograms=tuple(dict.fromkeys(keys)))


def _print_figures(query: Query) -> Pairs:
    if query.histograms in ((), (default_figure(query),)):
        return ()
    return tuple(("figure", key) for key in query.histograms)


# ── what is listed ──────────────────────────────────────────────────────────────────────────────


def _parse_unjudged(given: GivenArgument) -> bool:
    if given.value not in ("", "0", "1"):
        given.refuse("argument.not_a_choice", UNJUDGED.meaning, "1", choices=("1", "0"))
    return given.value == "1"


def _apply_unjudged(reading: SearchReading) -> None:
    reading.query = replace(reading.query, include_unjudged=reading.value("unjudged"))


def _unjudged_chip(query: Query) -> ArgumentChip | None:
    if not query.include_unjudged:
        return None
    without = replace(query, include_unjudged=False, page=1)
    return ArgumentChip(Message.of("page.chip.also"), Message.of("page.chip.unjudged"), without)


def _parse_whole(default: int, largest: int) -> Callable[[GivenArgument], int]:
    """Return a parser of whole numbers from 1 to `largest`; `default` stands for an empty value."""

    def parse(given: GivenArgument) -> int:
        plain = unicodedata.normalize("NFKC", given.value).strip()
        if not plain:
            return default
        if not re.fullmatch(r"[0-9]{1,9}", plain) or not 1 <= int(plain) <= largest:
            guess = largest if re.fullmatch(r"0*[1-9][0-9]*", plain) else default
            meaning = Message.of(f"argument.meaning.{given.name}", largest=largest)
            given.refuse("argument.not_in_range", meaning, str(guess), largest=largest)
        return int(plain)

    return parse


def _apply_size(reading: SearchReading) -> None:
    reading.query = replace(reading.query, size=reading.value("size"))


def _apply_page(reading: SearchReading) -> None:
    reading.query = replace(reading.query, page=reading.value("page"))


SORT = UrlArgument(
    "sort",
    Message.of("argument.meaning.sort"),
    "-year",
    parse=_parse_sort,
    apply=_apply_sort,
    prints=_print_sort,
)
UNJUDGED = UrlArgument(
    "unjudged",
    Message.of("argument.meaning.unjudged"),
    "1",
    parse=_parse_unjudged,
    apply=_apply_unjudged,
    prints=lambda query: (("unjudged", "1"),) if query.include_unjudged else (),
    chip=_unjudged_chip,
)
FIGURE = UrlArgument(
    "figure",
    Message.of("argument.meaning.figure"),
    DEFAULT_FIGURE,
    repeatable=True,
    parse=_parse_figure,
    apply=_apply_figures,
    prints=_print_figures,
)
SIZE = UrlArgument(
    "size",
    Message.of("argument.meaning.size", largest=MAX_SIZE),
    "20",
    parse=_parse_whole(_DEFAULT.size, MAX_SIZE),
    apply=_apply_size,
    prints=lambda query: (("size", str(query.size)),) if query.size != _DEFAULT.size else (),
)
PAGE = UrlArgument(
    "page",
    Message.of("argument.meaning.page", largest=MAX_PAGE),
    "1",
    parse=_parse_whole(1, MAX_PAGE),
    apply=_apply_page,
    prints=lambda query: (("page", str(query.page)),) if query.page != 1 else (),
)
OPTION_ARGUMENTS = (SORT, UNJUDGED, FIGURE, SIZE, PAGE)


# ── the site and its pages ──────────────────────────────────────────────────────────────────────


def _parse_language(given: GivenArgument) -> str:
    if given.value not in LANGUAGES:
        given.refuse("argument.not_a_choice", LANGUAGE.meaning, "en", choices=tuple(LANGUAGES))
    return given.value


LANGUAGE = UrlArgument(
    "lang",
    Message.of("argument.meaning.lang"),
    "en",
    group="site",
    pages=("search", "report", "all"),
    parse=_parse_language,
)
CELLS = UrlArgument(
    "cells", Message.of("argument.meaning.cells"), "links", group="site", pages=("report",)
)
SITE_ARGUMENTS = (LANGUAGE, CELLS)
