"""The figure filter: which figure, its distribution, the range in force, the sum and the median."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TypeAlias

from indexer.records import STATUSES, Message, Status
from indexer.search.catalogue.figures import FigureField, figures
from indexer.search.language.query_text import number_text
from indexer.search.port import Histogram, ResultPage
from indexer.search.query import FigureFilter, Query
from indexer.serialise.messages import number_to_json
from webapp.arguments.option_arguments import is_range
from webapp.arguments.printing import build_search
from webapp.arguments.query_steps import with_figure, with_unjudged
from webapp.arguments.record import Pairs
from webapp.names import (
    Text,
    column_name,
    figure_name,
    in_both,
    label_of,
    one_of,
    short_figure_name,
)
from webapp.permalinks import search_path
from webapp.shapes.form_cells import format_number

UNJUDGED: tuple[Status, ...] = tuple(status for status in STATUSES if status != "reported")
Bins: TypeAlias = tuple[tuple[float, float, int], ...]

_MYRIADS = ((100_000_000, "亿"), (10_000, "万"))


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the histogram. `kind` is the class of its rectangle; `width` of 100."""

    label: Text
    count: int
    width: float
    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures under one heading of the list to choose from: keys and names."""

    label: Text
    options: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class FigurePanel:
    """The form of the figure filter. `unjudged` counts the undecided reports.

    `kept` are the arguments in force with the shown range, which stays where the form sets the
    range of another figure.
    """

    key: str
    name: Text
    groups: tuple[FigureGroup, ...]
    caption: Text
    bars: tuple[Bar, ...]
    low: str
    high: str
    summary: Text
    unjudged: int
    listed: bool
    kept: Pairs
    further: tuple[str, ...]
    """The figures that are looked at besides."""


def shape_figures(page: ResultPage) -> FigurePanel:
    """Return the figure filter of a page: that of the first histogram that was asked for."""
    query = page.query
    key = query.histograms[0]
    histogram = page.histograms[key]
    in_force = next(
        (one for one in query.figures if one.key == key and is_range(one)), FigureFilter(key)
    )
    plain = with_unjudged(query, False)
    return FigurePanel(
        key=key,
        name=figure_name(key),
        groups=_groups(),
        caption=Message.of("page.figure.caption", count=_counted(histogram)),
        bars=_bars(histogram, query, in_force),
        low=_bound_text(key, in_force.low, 1 if in_force.low_open else 0),
        high=_bound_text(key, in_force.high, -1 if in_force.high_open else 0),
        summary=_summary(page, histogram),
        unjudged=page.unjudged,
        listed=query.include_unjudged,
        kept=tuple(pair for pair in build_search(plain) if pair[0] not in ("page", "figure")),
        further=query.histograms[1:],
    )


def condition_words(figure: FigureFilter) -> Text:
    """Return a condition in words.

    >>> from indexer.messages import render
    >>> render(condition_words(FigureFilter("x", low=1)))
    '≥ 1'
    >>> render(condition_words(FigureFilter("x", low=0, high=9)))
    '0 至 9'
    >>> render(condition_words(FigureFilter("x", low=0, low_open=True)))
    '> 0'
    >>> render(condition_words(FigureFilter("x", statuses=("blank",))))
    '空'
    """
    if figure.statuses:
        return one_of(label_of("status", status) for status in figure.statuses)
    return _range_condition(figure)


def _range_condition(figure: FigureFilter) -> Message:
    prefix = "page.condition.not_" if figure.negated else "page.condition."
    if figure.low is not None and figure.high is not None:
        low, high = short_number(figure.low), short_number(figure.high)
        if low == high:
            return Message.of(f"{prefix}equal", value=low)
        return Message.of(f"{prefix}between", low=low, high=high)
    if figure.low is not None:
        sign, bound = ">" if figure.low_open else "≥", figure.low
    elif figure.high is not None:
        sign, bound = "<" if figure.high_open else "≤", figure.high
    else:
        return Message.of("page.condition.any")
    return Message.of(f"{prefix}bound", sign=sign, value=short_number(bound))


def short_number(value: float) -> Text:
    """Return a bound as a person says it: in Chinese 10,000 and more in 万 and 亿 where exact.

    >>> from indexer.messages import render
    >>> [render(short_number(value)) for value in (448000000, 9999, 0.5)]
    ['4.48亿', '9,999', '0.5']
    """
    plain = format_number(value)
    for multiple, unit in _MYRIADS:
        if abs(value) >= multiple and value * 100 % multiple == 0:
            return in_both(f"{format_number(value / multiple)}{unit}", plain)
    return plain


def _bound_text(key: str, bound: float | None, inwards: int) -> str:
    """Return a bound as the form shows it.

    The form knows closed ranges only: `> 0` of a count is the same as `≥ 1`.
    """
    if bound is None:
        return ""
    return number_text(
        bound + inwards if bound == int(bound) and not figures()[key].amount else bound
    )


def _bars(histogram: Histogram, query: Query, in_force: FigureFilter) -> tuple[Bar, ...]:
    highest = max([count for _, _, count in histogram.bins] + [histogram.unjudged, 1])
    bars = [
        Bar(
            label=_range_words(low, high),
            count=count,
            width=round(100 * count / highest, 1),
            kind="b1" if _inside(in_force, low, high) else "b2",
            url=_path(with_figure(query, FigureFilter(histogram.key, low, high))) if count else "",
        )
        for low, high, count in _telling(histogram.bins)
    ]
    unreported = histogram.unjudged - histogram.undecided
    unknown = (
        _path(with_figure(query, FigureFilter(histogram.key, statuses=UNJUDGED)))
        if unreported
        else ""
    )
    bars.append(
        Bar(
            Message.of("page.cannot_judge"),
            unreported,
            round(100 * unreported / highest, 1),
            "b4",
            unknown,
        )
    )
    if histogram.undecided:
        width = round(100 * histogram.undecided / highest, 1)
        bars.append(Bar(Message.of("page.figure.undecided"), histogram.undecided, width, "b4", ""))
    return tuple(bars)


def _telling(bins: Bins) -> Bins:
    """The bins without the empty ones just above zero: of amounts there are many, from a fen on."""
    first = next((low for low, _, count in bins if count and low > 0), 0.0)
    return tuple(one for one in bins if one[2] or not 0 < one[0] < first)


def _range_words(low: float, high: float) -> Text:
    if low == high:
        return short_number(low)
    whole = float(low).is_integer() and float(high).is_integer()
    upper = short_number(high if whole else round(high, 1))
    return Message.of("page.figure.range", low=short_number(low), high=upper)


def _inside(figure: FigureFilter, low: float, high: float) -> bool:
    """Say whether a bar has anything to do with the range in force."""
    return (figure.low is None or high >= figure.low) and (
        figure.high is None or low <= figure.high
    )


def _counted(histogram: Histogram) -> int:
    return sum(count for _, _, count in histogram.bins) + histogram.unjudged


def _summary(page: ResultPage, histogram: Histogram) -> Message:
    statuses = tuple(
        label_of("status", status)
        for figure in page.query.figures
        if figure.key == histogram.key
        for status in figure.statuses
    )
    if page.total and not histogram.count and statuses:
        return Message.of("page.figure.no_values", count=page.total, statuses=statuses)
    if not histogram.count:
        return Message.of("page.figure.nothing_to_sum")
    amount = figures()[histogram.key].amount
    return Message.of(
        "page.figure.sum_of_yuan" if amount else "page.figure.sum",
        count=histogram.count,
        total=format_number(number_to_json(histogram.total)),
        median=format_number(histogram.median),
    )


@cache
def _groups() -> tuple[FigureGroup, ...]:
    """Return all figures, those most asked for first.

    These are the totals of the requests, then the disputes, then what was published.
    """
    ordered = sorted(figures().values(), key=_rank)
    return tuple(
        FigureGroup(name, tuple((field.key, _option(field)) for field in members))
        for name, members in groupby(ordered, key=_group)
    )


def _group(field: FigureField) -> Message:
    if field.section == "requests":
        return Message.of("page.figure.requests", column=column_name(field))
    if field.section == "disputes":
        return Message.of("page.figure.disputes")
    return Message.of("page.figure.proactive", forms=field.forms)


def _rank(field: FigureField) -> tuple[int, str]:
    """Return what sorts totals of requests before disputes, publications, other requests."""
    if field.section == "requests":
        return (0, "") if field.key.endswith(".total") else (3, field.column)
    return (1, "") if field.section == "disputes" else (2, "".join(reversed(field.forms)))


def _option(field: FigureField) -> Text:
    total = field.section == "requests" and field.key.endswith(".total")
    name = short_figure_name(field.key) if total else figure_name(field.key)
    if field.amount:
        name = Message.of("page.figure.in_yuan", figure=name)
    return Message.of("page.figure.derived", figure=name) if field.derived else name


def _path(query: Query) -> str:
    return search_path(build_search(query))
