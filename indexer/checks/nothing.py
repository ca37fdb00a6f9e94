"""Sentences that say there was none: 未收到政府信息公开申请, 没有因政府信息公开引发的行政复议."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.checks.claim import Claim
from indexer.checks.prose import Sentence

_NONE = r"(?:未曾?|没有|尚未|暂未|从未|(?<![有毫])无(?![论法需偿效故]))"
_WHOSE = r"(?:任何|公民|法人|其[他它]组织|社会公众|群众|公众|申请人|单位和?个人|相关|有关|书面|提出|提交|要求|关于|本年度|、|和|或|及|的)"
_NO_REQUESTS = re.compile(
    rf"{_NONE}(?:收到|接到|受理|接收|过|到|出现|产生)*{_WHOSE}{{0,10}}"
    r"(?:(?:政府信息公开|信息公开|公开政府信息|政务公开)(?:政府信息|信息|的|类|相关){0,3}申请|依申请公开(?:政府信息|信息)?的?(?:申请|请求)?)"
    r"(?:件|事项|情况|的情况)?(?=[，,。；;、！]|$)"
)
_NO_DISPUTES = re.compile(
    rf"{_NONE}(?P<cause>[^，,。；;\d]{{0,30}}?)"
    r"(?P<kinds>行政(?:复议|诉讼)(?:案件|申请|案)?(?:(?:、|和|及|与|或|以及)(?:被?提起)?(?:行政)?诉讼(?:案件|案)?)?)"
    r"(?:的|情况|案件|事件|事项|案例|申请|现象|发生|等)*(?=[，,。；;！]|$)"
)
_OF_AN_OUTCOME = re.compile(
    r"败|纠|撤|维持|超期|逾期|结|不当|不服|履行|应诉|重大|重复|复议|诉讼|规定|参加|责任|判|申请人(?!因)|对|向|经"
)


def find_denials(sentence: Sentence) -> Iterator[Claim]:
    """Yield what a sentence says there was none of."""
    for match in _NO_REQUESTS.finditer(sentence.text):
        yield _denial(sentence, match, "narrative.received", "收到申请", ("requests.received.total",))
    if sentence.section != "disputes" and not re.search(r"信息公开|依申请公开", sentence.text):
        return
    for match in _NO_DISPUTES.finditer(sentence.text):
        if not _OF_AN_OUTCOME.search(match["cause"]):
            kinds = [kind for kind in ("复议", "诉讼") if kind in match["kinds"]]
            rows = ("reconsideration",) if "复议" in kinds else ()
            if "诉讼" in kinds:
                rows = (*rows, "litigation_direct", "litigation_after_reconsideration")
            what = "和".join(f"行政{kind}" for kind in kinds)
            yield _denial(sentence, match, "narrative.disputes", what, tuple(f"disputes.{row}.total" for row in rows))


def _denial(sentence: Sentence, match: re.Match[str], rule: str, what: str, keys: tuple[str, ...]) -> Claim:
    start = sentence.start + match.start()
    return Claim(rule, what, keys, sentence, None, start, sentence.start + match.end())
