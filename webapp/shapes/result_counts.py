"""How many were found, how many could not be judged, and what that means: in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.records import Message, Param
from indexer.search.catalogue.figures import figures
from indexer.search.catalogue.place_names import PLACE_FACETS
from indexer.search.port import ResultPage
from indexer.search.query import And, FigureFilter, InSections, Node, Not, Or, Query, Sort
from webapp.arguments.printing import build_search
from webapp.arguments.query_steps import chosen, with_page, with_sort
from webapp.names import Text, figure_name, short_figure_name, value_name
from webapp.permalinks import search_path
from webapp.shapes.chips import Chip
from webapp.shapes.figure_panel import condition_words
from webapp.shapes.search_json import listed_total

_AROUND = 2


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of a result page in words.

    `found` is empty where nothing was found, `unjudged_why` where every report was judged.
    """

    title: Text
    found: Text
    unjudged: Text
    unjudged_why: Text
    unjudged_count: int
    unjudged_words: Text
    judged: Text
    verdict: Text
    took: Text


@dataclass(frozen=True, slots=True)
class Order:
    """An order to choose."""

    name: Text
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page to go to; without an address and not current it stands for those left out."""

    number: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a search around the present one."""

    previous: str
    next: str
    numbers: tuple[PageLink, ...]
    last: int
    last_url: str


def shape_summary(page: ResultPage, chips: tuple[Chip, ...]) -> Summary:
    """Return the counts of a page in words."""
    asked = tuple(figures_asked(page.query))
    unjudged = unjudged_words(page)
    others = page.judged + page.unjudged
    return Summary(
        title=_title(page, chips),
        found=_counted("found", page.total) if listed_total(page) else "",
        unjudged=_counted("unjudged", page.unjudged, why=unjudged) if page.unjudged else "",
        unjudged_why=_why_unjudged(page),
        unjudged_count=page.unjudged,
        unjudged_words=unjudged,
        judged=_counted("judged", page.judged, others=others) if asked else "",
        verdict=_verdict(page, asked),
        took=_counted("took", max(1, round(page.took_ms))),
    )


def _counted(code: str, count: int, **params: Param) -> Message:
    return Message.of(f"page.counts.{code}", count=count, **params)


def _title(page: ResultPage, chips: tuple[Chip, ...]) -> Message:
    words = Message.of("page.comma", parts=tuple(chip.titled for chip in chips))
    if page.total:
        return words if chips else Message.of("page.counts.all_reports")
    if not chips:
        return Message.of("page.counts.no_report")
    return Message.of("page.counts.none_is", conditions=words)


def unjudged_words(page: ResultPage) -> Message:
    """Return what is the matter with the unjudged reports.

    That is 地区不能确定 where it is the place alone, 无法判断 where it is a figure.
    """
    names = tuple(_unjudged_facets(page))
    alone = len(names) == 1 and not any(name in figures() for name in page.unjudged_by)
    return names[0] if alone else Message.of("page.cannot_judge")


def _why_unjudged(page: ResultPage) -> Text:
    """Return why the unjudged reports could not be judged."""
    kinds = list(_unjudged_facets(page))
    if any(name in figures() for name in page.unjudged_by):
        kinds.append(Message.of("page.unknown.figure"))
    return Message.of("page.counts.only", kinds=tuple(kinds)) if kinds else ""


def _unjudged_facets(page: ResultPage) -> Iterator[Message]:
    if "level" in page.unjudged_by:
        yield Message.of("page.unknown.level")
    if any(name in page.unjudged_by for name in PLACE_FACETS):
        yield Message.of("page.unknown.place")


def figures_asked(query: Query) -> Iterator[FigureFilter]:
    """Yield every condition on a figure, wherever in the query it stands."""
    yield from query.figures
    if query.root:
        yield from _figures_in(query.root)


def shape_orders(query: Query) -> tuple[Order, ...]:
    """Return the orders to choose from: relevance, year, and every figure asked for."""
    keys = dict.fromkeys([*(figure.key for figure in figures_asked(query)), *query.histograms])
    if query.sort.by in figures():
        keys.setdefault(query.sort.by)
    choices: list[tuple[Text, Sort]] = [
        (Message.of("page.order.relevance"), Sort()),
        *_both_ways(Message.of("page.order.year"), "year"),
    ]
    for key in keys:
        choices += _both_ways(short_figure_name(key), key)
    return tuple(
        Order(name, _path(with_sort(query, sort)), sort == query.sort) for name, sort in choices
    )


def shape_pages(page: ResultPage) -> Pages:
    """Return the pages around the present one."""
    query = page.query
    last = max(1, -(-listed_total(page) // query.size))
    shown = sorted(
        {1, last, *range(max(1, query.page - _AROUND), min(last, query.page + _AROUND) + 1)}
    )
    links: list[PageLink] = []
    for number in shown:
        if links and number > links[-1].number + 1:
            links.append(PageLink(number - 1, "", False))
        links.append(PageLink(number, _path(with_page(query, number)), number == query.page))
    return Pages(
        previous=_path(with_page(query, min(query.page - 1, last))) if query.page > 1 else "",
        next=_path(with_page(query, query.page + 1)) if query.page < last else "",
        numbers=tuple(links),
        last=last,
        last_url=_path(with_page(query, last)),
    )


def _both_ways(name: Text, by: str) -> list[tuple[Text, Sort]]:
    return [
        (Message.of("page.order.descending", name=name), Sort(by, True)),
        (Message.of("page.order.ascending", name=name), Sort(by, False)),
    ]


def _verdict(page: ResultPage, asked: tuple[FigureFilter, ...]) -> Text:
    """Say what it means that nothing was found: that none is so, or that it is not known."""
    if page.total or not asked:
        return ""
    what = tuple(
        Message.of(
            "page.verdict.condition", figure=figure_name(one.key), condition=condition_words(one)
        )
        for one in asked
    )
    noun = _noun(page)
    if page.unjudged:
        place_unknown = any(_unjudged_facets(page))
        return Message.of(
            "page.verdict.may_be" if place_unknown else "page.verdict.unknown",
            total=page.judged + page.unjudged,
            reports=noun,
            judged=Message.of("page.verdict.judged", count=page.judged, what=what)
            if page.judged
            else "",
            unjudged=page.unjudged,
        )
    code = "page.verdict.none" if page.judged else "page.verdict.unused"
    return Message.of(code, count=page.judged, reports=noun, what=what)


def _noun(page: ResultPage) -> Message:
    levels = chosen(page.query, "level")
    if len(levels) != 1:
        return Message.of("page.verdict.reports")
    return Message.of("page.verdict.reports_of", level=value_name("level", levels[0]))


def _figures_in(node: Node) -> Iterator[FigureFilter]:
    match node:
        case FigureFilter():
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from _figures_in(part)
        case Not(part):
            yield from _figures_in(part)
        case InSections(_, part) if part:
            yield from _figures_in(part)


def _path(query: Query) -> str:
    return search_path(build_search(query))
