"""What a name before a sign may mean: a figure, a facet, the body, or a rate or date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.records import Message
from indexer.search.catalogue.facets import find_facet
from indexer.search.catalogue.figure_names import figure_called, figure_name, figure_names
from indexer.search.catalogue.name_matching import nearest, squash

_BODY_NAMES = ("机构", "body", "单位", "发布机构")

_TELLING_WORDS = {
    "败诉": "disputes.litigation.corrected",
    "胜诉": "disputes.litigation.upheld",
    "纠错": "disputes.reconsideration.corrected",
    "纠正": "disputes.reconsideration.corrected",
    "申请": "requests.received.total",
    "受理": "requests.received.total",
    "收件": "requests.received.total",
    "办结": "requests.disposed.total",
    "答复": "requests.disposed.total",
    "官司": "disputes.litigation.total",
    "起诉": "disputes.litigation.total",
    "应诉": "disputes.litigation.total",
    "被告": "disputes.litigation.total",
    "上诉": "disputes.litigation.total",
    "诉讼": "disputes.litigation.total",
    "复议": "disputes.reconsideration.total",
    "积压": "requests.carried_out.total",
    "结转": "requests.carried_in.total",
    "不公开": "requests.denied.total",
    "拒绝": "requests.denied.total",
    "收费": "proactive.fees.amount_yuan",
    "采购": "proactive.procurement.amount_yuan",
    "处罚": "proactive.penalties.decisions",
    "许可": "proactive.licensing.decisions",
    "强制": "proactive.coercion.decisions",
    "信访": "requests.rejected_petition.total",
}
"""Words that say which figure a name is near, the more telling first."""

_RATE = re.compile(r".+(?:率|占比|比例|比重|比率|增幅|同比|环比|起诉比|处罚比|废立比|争议数)$")
_NUMERATORS = (
    ("不予公开率", "requests.denied.total"),
    ("无法提供率", "requests.unavailable.total"),
    ("不予处理率", "requests.rejected.total"),
    ("不掌握", "requests.unavailable_not_held.total"),
    ("信访", "requests.rejected_petition.total"),
    ("结转率", "requests.carried_out.total"),
    ("诉讼纠错", "disputes.litigation.corrected"),
    ("败诉", "disputes.litigation.corrected"),
    ("胜诉", "disputes.litigation.upheld"),
    ("纠错", "disputes.reconsideration.corrected"),
    ("纠正", "disputes.reconsideration.corrected"),
    ("起诉比", "disputes.litigation_direct.total"),
    ("起诉率", "disputes.litigation_after_reconsideration.total"),
    ("公开率", "requests.granted.total"),
)
"""Of the rates that people ask for, the figure that is divided."""
_PUBLISHED = re.compile(
    r"(?:(?:发布|公布|公开|发文|成文|印发|生成|落款|上网|更新|收录|刊发)"
    r"(?:日期|时间|日|月份?|年[份度月]?|季度|天数)"
    r"|日期|月份|发布|published|publish(?:_?date)?|date|month)"
)


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Why a name is no figure or facet, and the name of the figure to ask for instead, if any.

    `dated` means that it is a date.
    """

    why: Message
    instead: str | None = None
    dated: bool = False


def is_known(name: str) -> bool:
    """Say whether a condition can begin with this name, or people expect that it can."""
    return bool(figure_called(name) or find_facet(name) or unavailable(name) or is_body(name))


def is_body(name: str) -> bool:
    """Say whether the name asks for the publishing body."""
    return squash(name) in _BODY_NAMES


# ── rates and dates ─────────────────────────────────────────────────────────────────────────────


def unavailable(name: str) -> Unavailable | None:
    """Return why a rate or a date cannot be asked for, None for any other name.

    >>> unavailable("复议纠错率").instead, unavailable("发布日期").instead, unavailable("行政诉讼")
    ('行政复议·结果纠正', None, None)
    """
    plain = squash(name)
    if figure_called(name):
        return None
    if _PUBLISHED.fullmatch(plain):
        return Unavailable(Message.of("query.unavailable_name.date"), dated=True)
    key = _divided_figure(name)
    if key is None and not _RATE.fullmatch(plain):
        return None
    key = key or next((key for word, key in _NUMERATORS if word in plain), None)
    if key is None:
        return Unavailable(Message.of("query.unavailable_name.rate"))
    divided = figure_name(key)
    return Unavailable(Message.of("query.unavailable_name.rate_of", figure=divided), divided)


def _divided_figure(name: str) -> str | None:
    """Return the key of the first figure of a ratio such as 行政诉讼/新收申请."""
    above, _, below = name.partition("/")
    divided = figure_called(above) if below and figure_called(below) else None
    return divided.key if divided else None


# ── the nearest figure ──────────────────────────────────────────────────────────────────────────


def nearest_figure(name: str) -> str | None:
    """Return the name of the figure that an unknown name comes nearest to in meaning.

    >>> nearest_figure("申请办理量"), nearest_figure("行政诉颂"), nearest_figure("平均气温")
    ('新收申请', '行政诉讼', None)
    """
    slip = nearest(name, figure_names(), contained=False)
    if slip:
        return slip
    plain = squash(name)
    rows = [row for row in figure_names() if "·" not in row and not row.isascii()]
    return (
        _longest_row_within(plain, rows)
        or _figure_of_a_word(plain)
        or _only_row_around(plain, rows)
        or next((label for label in figure_names() if label.startswith(f"{name}·")), None)
    )


def _longest_row_within(plain: str, rows: Sequence[str]) -> str | None:
    return max((row for row in rows if squash(row) in plain), key=len, default=None)


def _figure_of_a_word(plain: str) -> str | None:
    key = next((key for word, key in _TELLING_WORDS.items() if word in plain), None)
    return figure_name(key) if key else None


def _only_row_around(plain: str, rows: Sequence[str]) -> str | None:
    around = [row for row in rows if plain and plain in squash(row)]
    return around[0] if len(around) == 1 else None
