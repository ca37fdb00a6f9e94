"""Claims on reconsiderations and lawsuits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from indexer.checks.claim import ProseClaim, make_claim, named
from indexer.checks.prose_numbers import ProseCount, ProseSentence

_RULE = "narrative.disputes"
_BOTH = re.compile(
    r"复议(?:案件|申请)?(?:和|、|及|以及|或|与)(?:被?提起)?(?:行政)?诉讼(?:案件|案)?(?:的|共计?|数量|合计|为|有)*$"
)
_ONE = re.compile(
    r"行政(?P<kind>复议|诉讼)(?:申请|案件|案|事项)?(?:的|共计?|数量|合计|为|有|数|发生|收到)*$"
)
_FOLLOWING = re.compile(
    r"^(?:涉及|因)?(?:政府)?(?:信息公开)?(?:的|类|引发的|相关|领域)*行政(?P<kind>复议|诉讼)(?:申请|案件|案)?(?=[，,。；;]|$)"
)
_ARISING = re.compile(r"(?:发生|收到|受理|涉及|引发|共有|存在|新增|产生|接到)(?:了|共)*$")
SETTLED = re.compile(
    r"审结|办结|维持|纠正|驳回|撤销|撤回|终止|败诉|胜诉|应诉|出庭|结案|不予受理|和解|调解|结转|未结"
)
_OUTCOME = re.compile(
    r"(?:结果)?(?:被|予以|原行政行为)?(?P<outcome>维持|纠正|尚未审结|未审结|未审理完毕)(?:原行政行为|结果|的|案件|决定|共|为)*$"
)
_ROUTE = re.compile(
    r"(?P<route>(?:未经复议)?直接(?:起诉|提起(?:行政)?诉讼)|复议后(?:再)?(?:起诉|提起(?:行政)?诉讼))(?:的|案件|案|共计?|数量|为)*$"
)
_KIND = re.compile(
    r"复议后(?:再)?(?:起诉|提起(?:行政)?诉讼)|(?:未经复议)?直接(?:起诉|提起(?:行政)?诉讼)|诉讼|复议"
)
_OUTCOMES = {
    "维持": "upheld",
    "纠正": "corrected",
    "尚未审结": "pending",
    "未审结": "pending",
    "未审理完毕": "pending",
}
_DISPUTE_ROWS: Mapping[str, tuple[str, ...]] = {
    "复议": ("reconsideration",),
    "诉讼": ("litigation_direct", "litigation_after_reconsideration"),
}


def dispute_claims(sentence: ProseSentence, count: ProseCount) -> Iterator[ProseClaim]:
    """Yield claims on reconsiderations and lawsuits, or on those with one outcome."""
    if sentence.section != "disputes" and not re.search(r"信息公开|依申请公开", sentence.text):
        return
    before = sentence.before(count)
    outcome, route = _OUTCOME.search(before), _ROUTE.search(before)
    if outcome:
        yield from _outcome(sentence, count, _OUTCOMES[outcome["outcome"]], outcome["outcome"])
    elif route and "复议" not in before[: route.start()]:
        row = "litigation_after_reconsideration" if "后" in route[0] else "litigation_direct"
        yield make_claim(sentence, count, _RULE, route["route"], (f"disputes.{row}.total",))
    elif not SETTLED.search(before):
        yield from _of_kind(sentence, count)


def _of_kind(sentence: ProseSentence, count: ProseCount) -> Iterator[ProseClaim]:
    """Yield claims on all reconsiderations, all lawsuits, or both."""
    before = sentence.before(count)
    follows = _FOLLOWING.match(sentence.after(count)) if _ARISING.search(before) else None
    match = _ONE.search(before) or follows
    if _BOTH.search(before):
        keys = _dispute_keys("复议", "诉讼")
        yield make_claim(sentence, count, _RULE, named("disputes"), keys)
    elif match and not re.search(rf"(?:和|、|及|与|或)(?:行政)?{match['kind']}", before[-12:]):
        figure = "reconsideration" if match["kind"] == "复议" else "litigation"
        yield make_claim(sentence, count, _RULE, named(figure), _dispute_keys(match["kind"]))


def _dispute_keys(*kinds: str, column: str = "total") -> tuple[str, ...]:
    return tuple(f"disputes.{row}.{column}" for kind in kinds for row in _DISPUTE_ROWS[kind])


def _outcome(
    sentence: ProseSentence, count: ProseCount, column: str, word: str
) -> Iterator[ProseClaim]:
    """Yield an outcome of the kind named last; nothing where both are named together."""
    before = sentence.whole[sentence.start : count.start]
    kinds = [match[0] for match in _KIND.finditer(before)]
    if (
        not kinds
        or re.search(r"复议[^，,。；;\d]{0,6}(?:和|、|及|与|或)[^，,。；;\d]{0,6}诉讼", before)
        or "分别" in before
    ):
        return
    last = kinds[-1]
    if "后" in last or "直接" in last:
        row = "litigation_after_reconsideration" if "后" in last else "litigation_direct"
        keys: tuple[str, ...] = (f"disputes.{row}.{column}",)
    else:
        keys = _dispute_keys(last, column=column)
    yield make_claim(sentence, count, _RULE, f"{last}{word}", keys)
