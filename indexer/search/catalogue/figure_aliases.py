"""What people call the figures of the form, beside the words that the form prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FigureAliases:
    """Further names of one figure, by how surely each means it.

    `names` mean it as the printed words do. `everyday` mean it too, and the answer says so.
    `in_context` mean it only beside a level, a place or a comparison; alone they are text.
    """

    names: tuple[str, ...] = ()
    everyday: tuple[str, ...] = ()
    in_context: tuple[str, ...] = ()


NO_ALIASES = FigureAliases()


def _outcomes(dispute: tuple[str, ...], words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{kind}{word}" for kind in dispute for word in words)


_LITIGATION, _RECONSIDERATION = ("行政诉讼", "诉讼"), ("行政复议", "复议")

FIGURE_ALIASES: Mapping[str, FigureAliases] = {
    "requests.received.total": FigureAliases(
        names=("申请", "新收"),
        everyday=(
            "收到申请",
            "新增申请",
            "受理申请",
            "收到的申请",
            "收到信息公开申请",
            "收到政府信息公开申请",
            "政府信息公开申请",
            "信息公开申请",
        ),
    ),
    "requests.denied.total": FigureAliases(in_context=("不公开", "拒绝公开")),
    "requests.carried_out.total": FigureAliases(in_context=("积压",)),
    "disputes.litigation.total": FigureAliases(
        names=("诉讼",),
        everyday=("被诉", "被起诉", "打官司", "官司", "民告官"),
        in_context=("起诉", "应诉", "被告"),
    ),
    "disputes.litigation.corrected": FigureAliases(
        everyday=(
            *_outcomes(_LITIGATION, ("纠正", "被纠正")),
            "败诉",
            "诉讼败诉",
            "行政诉讼败诉",
            "诉讼纠错",
            "行政诉讼纠错",
        ),
        in_context=("结果纠正",),
    ),
    "disputes.litigation.upheld": FigureAliases(
        everyday=(*_outcomes(_LITIGATION, ("维持",)), "胜诉"), in_context=("结果维持",)
    ),
    "disputes.litigation.pending": FigureAliases(everyday=_outcomes(_LITIGATION, ("未审结",))),
    "disputes.reconsideration.total": FigureAliases(names=("复议",), everyday=("被复议",)),
    "disputes.reconsideration.corrected": FigureAliases(
        everyday=(
            *_outcomes(_RECONSIDERATION, ("纠正", "被纠正")),
            "复议纠错",
            "行政复议纠错",
        ),
        in_context=("纠错", "被纠错"),
    ),
    "disputes.reconsideration.upheld": FigureAliases(
        everyday=_outcomes(_RECONSIDERATION, ("维持",))
    ),
    "disputes.reconsideration.pending": FigureAliases(
        everyday=_outcomes(_RECONSIDERATION, ("未审结",))
    ),
    "proactive.fees.amount_yuan": FigureAliases(names=("收费金额",), in_context=("收费",)),
    "proactive.procurement.amount_yuan": FigureAliases(names=("采购金额",), in_context=("采购",)),
    "proactive.penalties.decisions": FigureAliases(in_context=("处罚",)),
    "proactive.licensing.decisions": FigureAliases(in_context=("许可",)),
    "proactive.coercion.decisions": FigureAliases(in_context=("强制",)),
}
