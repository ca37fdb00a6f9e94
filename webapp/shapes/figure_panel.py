"""The figure filter: which figure, its distribution, the range in force, the sum and the median."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TypeAlias

from indexer.messages import label
from indexer.records import STATUSES, Status
from indexer.search.catalogue.figures import FigureField, figures
from indexer.search.language.query_text import number_text
from indexer.search.port import Histogram, ResultPage
from indexer.search.query import FigureFilter, Query
from indexer.serialise.messages import number_to_json
from webapp.arguments.option_arguments import is_range
from webapp.arguments.printing import build_search
from webapp.arguments.query_steps import with_figure, with_unjudged
from webapp.arguments.record import Pairs
from webapp.permalinks import search_path
from webapp.shapes.form_cells import format_number

UNJUDGED: tuple[Status, ...] = tuple(status for status in STATUSES if status != "reported")
Bins: TypeAlias = tuple[tuple[float, float, int], ...]

_MYRIADS = ((100_000_000, "亿"), (10_000, "万"))


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the histogram. `kind` is the class of its rectangle; `width` of 100."""

    label: str
    count: int
    width: float
    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures under one heading of the list to choose from: keys and names."""

    label: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FigurePanel:
    """The form of the figure filter. `unjudged` counts the undecided reports.

    `kept` are the arguments in force, the shown range too: it holds on where the form sets the range of another figure.
    """

    key: str
    name: str
    groups: tuple[FigureGroup, ...]
    caption: str
    bars: tuple[Bar, ...]
    low: str
    high: str
    summary: str
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
        name=figures()[key].label,
        groups=_groups(),
        caption=f"其余条件下 {sum(count for _, _, count in histogram.bins) + histogram.unjudged:,} 份的分布",
        bars=_bars(histogram, query, in_force),
        low=_bound_text(key, in_force.low, 1 if in_force.low_open else 0),
        high=_bound_text(key, in_force.high, -1 if in_force.high_open else 0),
        summary=_summary(page, histogram),
        unjudged=page.unjudged,
        listed=query.include_unjudged,
        kept=tuple(pair for pair in build_search(plain) if pair[0] not in ("page", "figure")),
        further=query.histograms[1:],
    )


def condition_words(figure: FigureFilter) -> str:
    """Return a condition in words.

    >>> condition_words(FigureFilter("x", low=1)), condition_words(FigureFilter("x", low=0, high=9))
    ('≥ 1', '0 至 9')
    >>> condition_words(FigureFilter("x", low=0, low_open=True)), condition_words(FigureFilter("x", statuses=("blank",)))
    ('> 0', '空')
    """
    if figure.statuses:
        return " 或 ".join(label("status", status) for status in figure.statuses)
    low = None if figure.low is None else short_number(figure.low)
    high = None if figure.high is None else short_number(figure.high)
    if low is not None and low == high:
        return f"不是 {low}" if figure.negated else f"= {low}"
    if low is not None and high is not None:
        return f"{'不在 ' if figure.negated else ''}{low} 至 {high}"
    sign, bound = (
        ("<" if figure.high_open else "≤", high)
        if low is None
        else (">" if figure.low_open else "≥", low)
    )
    return f"{'不' if figure.negated else ''}{sign} {bound}" if bound is not None else "任何数"


def short_number(value: float) -> str:
    """Return a bound as a person says it: 10,000 and more in 万 and 亿 where that is exact.

    >>> short_number(448000000), short_number(9999), short_number(0.5)
    ('4.48亿', '9,999', '0.5')
    """
    for multiple, unit in _MYRIADS:
        if abs(value) >= multiple and value * 100 % multiple == 0:
            return f"{format_number(value / multiple)}{unit}"
    return format_number(value)


def _bound_text(key: str, bound: float | None, inwards: int) -> str:
    """A bound as the form shows it. The form knows closed ranges only: `> 0` of a count is the same as `≥ 1`."""
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
    bars.append(Bar("无法判断", unreported, round(100 * unreported / highest, 1), "b4", unknown))
    if histogram.undecided:
        width = round(100 * histogram.undecided / highest, 1)
        bars.append(Bar("不知是否在内", histogram.undecided, width, "b4", ""))
    return tuple(bars)


def _telling(bins: Bins) -> Bins:
    """The bins without the empty ones just above zero: of amounts there are many, from a fen on."""
    first = next((low for low, _, count in bins if count and low > 0), 0.0)
    return tuple(one for one in bins if one[2] or not 0 < one[0] < first)


def _range_words(low: float, high: float) -> str:
    if low == high:
        return short_number(low)
    whole = float(low).is_integer() and float(high).is_integer()
    return f"{short_number(low)}–{short_number(high if whole else round(high, 1))}"


def _inside(figure: FigureFilter, low: float, high: float) -> bool:
    """Say whether a bar has anything to do with the range in force."""
    return (figure.low is None or high >= figure.low) and (
        figure.high is None or low <= figure.high
    )


def _summary(page: ResultPage, histogram: Histogram) -> str:
    statuses = [
        label("status", one)
        for figure in page.query.figures
        if figure.key == histogram.key
        for one in figure.statuses
    ]
    if page.total and not histogram.count and statuses:
        return f"{page.total:,} 份这一格都是“{'”或“'.join(statuses)}”，没有数可以合计"
    if not histogram.count:
        return "没有可以合计的数"
    unit = " 元" if figures()[histogram.key].amount else ""
    total, median = format_number(number_to_json(histogram.total)), format_number(histogram.median)
    unnamed = "；没有印单位的照印出的数计入" if unit else ""
    return f"范围内 {histogram.count:,} 份：合计 {total}{unit}，中位数 {median}{unit}{unnamed}"


@cache
def _groups() -> tuple[FigureGroup, ...]:
    """All figures, those most asked for first: the totals of the requests, the disputes, what was published."""
    ordered = sorted(figures().values(), key=_rank)
    return tuple(
        FigureGroup(name, tuple((field.key, _name(field)) for field in members))
        for name, members in _grouped(ordered)
    )


def _grouped(ordered: Iterable[FigureField]) -> Iterable[tuple[str, list[FigureField]]]:
    return ((name, list(members)) for name, members in groupby(ordered, key=_group))


def _group(field: FigureField) -> str:
    if field.section == "requests":
        return f"申请·{field.column}"
    if field.section == "disputes":
        return "复议与诉讼"
    return f"主动公开（{'、'.join(field.forms)} 版）"


def _rank(field: FigureField) -> tuple[int, str]:
    """Totals of requests, then disputes, then what was published, then the requests by applicant."""
    if field.section == "requests":
        return (0, "") if field.key.endswith(".total") else (3, field.column)
    return (1, "") if field.section == "disputes" else (2, "".join(reversed(field.forms)))


def _name(field: FigureField) -> str:
    name = (
        field.label.removesuffix("·总计")
        if field.section == "requests" and field.key.endswith(".total")
        else field.label
    )
    unit = "（元）" if field.amount else ""
    return f"{name}{unit}{'（合成）' if field.derived else ''}"


def _path(query: Query) -> str:
    return search_path(build_search(query))
