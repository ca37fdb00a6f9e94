"""Maps what people call figures to the figures, and explains what is none yet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.search.catalogue.facets import find_facet
from indexer.search.catalogue.figure_names import figure_called, figure_name, figure_names
from indexer.search.catalogue.name_matching import nearest, squash

_NEAR = {
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
    r"(?:(?:发布|公布|公开|发文|成文|印发|生成|落款|上网|更新|收录|刊发)(?:日期|时间|日|月份?|年[份度月]?|季度|天数)"
    r"|日期|月份|发布|published|publish(?:_?date)?|date|month)"
)


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Why a name is no figure or facet, and the figure to ask for instead, if any.

    `dated` means that it is a date.
    """

    why: str
    instead: str | None = None
    dated: bool = False


def is_known(name: str) -> bool:
    """Say whether a condition can begin with this name, or people expect that it can."""
    return bool(figure_called(name) or find_facet(name) or unavailable(name) or is_body(name))


def is_body(name: str) -> bool:
    """Say whether the name asks for the publishing body."""
    return squash(name) in ("机构", "body", "单位", "发布机构")


def unavailable(name: str) -> Unavailable | None:
    """Return why a rate or a date cannot be asked for, None for any other name.

    >>> unavailable("复议纠错率").instead, unavailable("发布日期").instead, unavailable("行政诉讼")
    ('行政复议·结果纠正', None, None)
    """
    plain = squash(name)
    if figure_called(name):
        return None
    if _PUBLISHED.fullmatch(plain):
        why = "还不能按发布日期检索；可以按报告的年度检索，如“年份:2021”，它不是发布的年份"
        return Unavailable(why, dated=True)
    above, _, below = name.partition("/")
    numerator = figure_called(above) if below and figure_called(below) else None
    if numerator:
        divided = figure_name(numerator.key)
        return Unavailable(f"比率还不能作条件或排序；分子是指标“{divided}”", divided)
    if _RATE.fullmatch(plain):
        key = next((key for word, key in _NUMERATORS if word in plain), None)
        instead = figure_name(key) if key else None
        parts = f"；分子是指标“{instead}”" if instead else "；请用构成它的指标"
        return Unavailable(f"比率还不能作条件或排序{parts}", instead)
    return None


def nearest_figure(name: str) -> str | None:
    """Return the name of the figure that a name that is none comes nearest to in meaning.

    >>> nearest_figure("申请办理量"), nearest_figure("行政诉颂"), nearest_figure("平均气温")
    ('新收申请', '行政诉讼', None)
    """
    slip = nearest(name, figure_names(), contained=False)
    if slip:
        return slip
    plain = squash(name)
    rows = [row for row in figure_names() if "·" not in row and not row.isascii()]
    inside = [row for row in rows if squash(row) in plain]
    if inside:
        return max(inside, key=len)
    key = next((key for word, key in _NEAR.items() if word in plain), None)
    around = [row for row in rows if plain and plain in squash(row)]
    if key or len(around) == 1:
        return figure_name(key) if key else around[0]
    return next((label for label in figure_names() if label.startswith(f"{name}·")), None)
