"""How many were found, how many could not be judged, and what that means: in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.search.catalogue.facets import value_label
from indexer.search.catalogue.figures import figures
from indexer.search.catalogue.place_names import PLACE_FACETS
from indexer.search.port import ResultPage
from indexer.search.query import And, FigureFilter, InSections, Node, Not, Or, Query, Sort
from webapp.arguments.printing import build_search
from webapp.arguments.query_steps import chosen, with_page, with_sort
from webapp.permalinks import search_path
from webapp.shapes.chips import Chip
from webapp.shapes.figure_panel import condition_words
from webapp.shapes.search_json import listed_total

_AROUND = 2


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of a result page in words. `found` is empty where nothing was found, `unjudged_why` where all is judged."""

    title: str
    found: str
    unjudged: str
    unjudged_why: str
    unjudged_count: int
    judged: str
    verdict: str
    took: str


@dataclass(frozen=True, slots=True)
class Order:
    """An order to choose."""

    name: str
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
    words = "，".join(chip.title or f"{chip.kind} {chip.text}" for chip in chips)
    asked = tuple(figures_asked(page.query))
    return Summary(
        title=(words or "全部报告")
        if page.total
        else f"没有报告符合{'：' if words else ''}{words}",
        found=f"{page.total:,} 份报告" if listed_total(page) else "",
        unjudged=f"另有 {page.unjudged:,} 份{unjudged_words(page)}" if page.unjudged else "",
        unjudged_why=_why_unjudged(page),
        unjudged_count=page.unjudged,
        judged=f"其余条件下 {page.judged + page.unjudged:,} 份里能判断 {page.judged:,} 份"
        if asked
        else "",
        verdict=_verdict(page, asked),
        took=f"用时 {max(1, round(page.took_ms)):,} 毫秒",
    )


def unjudged_words(page: ResultPage) -> str:
    """Return what is the matter with the unjudged reports: 地区不能确定 where it is the place alone, 无法判断 for a figure."""
    names = tuple(_unjudged_facets(page))
    alone = len(names) == 1 and not any(name in figures() for name in page.unjudged_by)
    return f"{names[0]}不能确定" if alone else "无法判断"


def _why_unjudged(page: ResultPage) -> str:
    """Return why the unjudged reports could not be judged."""
    kinds = [f"{name}不能确定" for name in _unjudged_facets(page)]
    if any(name in figures() for name in page.unjudged_by):
        kinds.append("数不能定")
    return f"只是{'，或'.join(kinds)}" if kinds else ""


def _unjudged_facets(page: ResultPage) -> Iterator[str]:
    if "level" in page.unjudged_by:
        yield "层级"
    if any(name in page.unjudged_by for name in PLACE_FACETS):
        yield "地区"


def figures_asked(query: Query) -> Iterator[FigureFilter]:
    """Yield every condition on a figure, wherever in the query it stands."""
    yield from query.figures
    if query.root:
        yield from _figures_in(query.root)


def shape_orders(query: Query) -> tuple[Order, ...]:
    """Return the orders to choose from: by relevance, by year, by every figure that is asked for."""
    keys = dict.fromkeys([*(figure.key for figure in figures_asked(query)), *query.histograms])
    if query.sort.by in figures():
        keys.setdefault(query.sort.by)
    choices = [("相关", Sort()), ("年份 ↓", Sort("year", True)), ("年份 ↑", Sort("year", False))]
    for key in keys:
        name = figures()[key].label.removesuffix("·总计")
        choices += [(f"{name} ↓", Sort(key, True)), (f"{name} ↑", Sort(key, False))]
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


def _verdict(page: ResultPage, asked: tuple[FigureFilter, ...]) -> str:
    """Say what it means that nothing was found: that none is so, or that it is not known."""
    if page.total or not asked:
        return ""
    levels = chosen(page.query, "level")
    noun = f"{value_label('level', levels[0])}报告" if len(levels) == 1 else "报告"
    what = "、".join(f"「{figures()[one.key].label} {condition_words(one)}」" for one in asked)
    if page.unjudged:
        judged = f"能判断的 {page.judged:,} 份都不符合{what}，" if page.judged else ""
        whose = "符合或可能符合" if any(_unjudged_facets(page)) else "符合"
        return f"{whose}其余条件的 {page.judged + page.unjudged:,} 份{noun}里，{judged}{page.unjudged:,} 份无法判断。"
    if page.judged:
        return f"在 {page.judged:,} 份{noun}里没有{what}的：{page.judged:,} 份全部能判断。"
    return f"没有{noun}符合其余条件，{what}没有用上。"


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
