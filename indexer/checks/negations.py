"""Sentences that say there was none: 未收到政府信息公开申请, 没有因政府信息公开引发的行政复议."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.checks.claim import HEADING_NUMBER, ON_REQUESTS, ProseClaim, named
from indexer.checks.prose_numbers import ProseSentence
from indexer.records import Param

_NONE = r"(?:未曾?|没有|尚未|暂未|从未|(?<![有毫])无(?![论法需偿效故]))"
_WHOSE = (
    r"(?:任何(?:形式|单位|个人|渠道|方式)?|公民|个人|法人|其[他它](?:社会)?组织|组织|社会各界|社会公众|群众|公众|申请人|单位和?个人|相关|有关|书面|其[他它]形式|以|来自|人(?=申请|提出|要求)"
    r"|提出|提交|递交|发来|要求|对|关于|本年度|向(?:我|本)[局镇乡县市区委办厅]|向本(?:机关|单位|部门)|、|和|或者?|及|以及|与|的)"
)
_VERB = r"(?:收到|收悉|接到|受理|接收|(?<=[到理收])处理|过|到|出现|产生|发生|收|有)"
_INFORMATION = r"(?:政府|政务)?信息"
_OBJECT = (
    rf"(?:(?:{_INFORMATION}公开|公开{_INFORMATION}|政务公开)(?:政府信息|信息|的|类|相关){{0,3}}申请(?:件|表|书|事项|要求|请求)?"
    rf"|(?:{_INFORMATION})?依申请(?:公开|信息公开|公开信息公开)(?:政府信息|信息)?的?(?:申请|请求)?(?:办理|受理)?(?:申请|件数?|事项|要求|业务)?(?:申请|请求)?"
    rf"|依申请件|(?:申请|要求)公开{_INFORMATION}的?(?:要求|申请|事项|件)?|申请{_INFORMATION}公开的?(?:件|事项)?|{_INFORMATION}公开的?依申请件?)"
)
_NO_REQUESTS = re.compile(
    rf"{_NONE}(?P<verb>{_VERB}*)(?:(?:和|并|及|、)?(?:处理|办理))?(?P<whose>{_WHOSE}{{0,16}})(?P<what>{_OBJECT})(?:件|事项|情况|的情况|等情况)?"
    r"(?=[，,。；;、！）)]|$|及|和(?:行政|投诉|举报)|也|，?没有|无(?!法))"
)
_NO_BARE_REQUESTS = re.compile(
    rf"{_NONE}{_VERB}+(?P<whose>{_WHOSE}{{0,16}})申请(?:件|事项|要求|的情况|情况)?(?=[，,。；;！）)]|$)"
)
_NUMBER_OF_NONE = re.compile(
    rf"(?:^|[，,：:；;。度局镇乡关位府委道])(?:收到|受理)?的?(?:{_OBJECT})(?:总?数量|总?量|总?件数|数)?(?:为|是)?(?:零|〇|0)"
    r"(?=[，,。；;、）)]|$)"
)
_ZERO_REQUESTS = re.compile(r"零申请(?![材表费资])|“□申请”")
"""Numerals within quotation marks are blanked: “零申请”."""

_DOCUMENTS = re.compile(rf"(?:{_INFORMATION})?依申请公开的?{_INFORMATION}")
"""What may be documents that are published on request: 没有依申请公开信息."""
_TOPIC_HEAD = re.compile(
    rf"{HEADING_NUMBER}(?:政府信息)?依申请公开[^，,。；;：:]{{0,10}}[。：:，,]"
)
_NO_DISPUTES = re.compile(
    rf"{_NONE}(?P<cause>[^，,。；;\d]{{0,30}}?)"
    r"(?P<kinds>行政(?:复议|诉讼)(?:案件|申请|案)?(?:(?:、|和|及|与|或|以及)(?:被?提起)?(?:行政)?诉讼(?:案件|案)?)?)"
    r"(?:的|情况|案件|事件|事项|案例|申请|现象|发生|等)*(?=[，,。；;！]|$)"
)
_DISPUTES = {
    "复议": ("reconsideration", ("reconsideration",)),
    "诉讼": ("litigation", ("litigation_direct", "litigation_after_reconsideration")),
}
"""The figure that a word names in a message, and the rows that it is the sum of."""
_OF_AN_OUTCOME = re.compile(
    r"败|纠|撤|维持|超期|逾期|结|不当|不服|履行|应诉|重大|重复|复议|诉讼|规定|参加|责任|判|申请人(?!因)|对|向|经"
)


def find_denials(sentence: ProseSentence) -> Iterator[ProseClaim]:
    """Yield the claims of a sentence that there was none of something."""
    yield from _denied_requests(sentence)
    if sentence.section == "disputes" or re.search(r"信息公开|依申请公开", sentence.text):
        yield from _denied_disputes(sentence)


def _denied_requests(sentence: ProseSentence) -> Iterator[ProseClaim]:
    for match in _no_requests(sentence):
        said = match.groupdict(default="")
        documents = not said.get("verb") and bool(_DOCUMENTS.fullmatch(said.get("what", "")))
        denial = _denial(
            sentence, match, "narrative.received", named("received"), ("requests.received.total",)
        )
        yield replace(denial, loose=documents or _is_of_some(said.get("whose", "")))


def _denied_disputes(sentence: ProseSentence) -> Iterator[ProseClaim]:
    for match in _NO_DISPUTES.finditer(sentence.text):
        if _OF_AN_OUTCOME.search(match["cause"]):
            continue
        kinds = [kind for kind in _DISPUTES if kind in match["kinds"]]
        figure = named("_and_".join(_DISPUTES[kind][0] for kind in kinds))
        rows = [row for kind in kinds for row in _DISPUTES[kind][1]]
        keys = tuple(f"disputes.{row}.total" for row in rows)
        yield _denial(sentence, match, "narrative.disputes", figure, keys)


def _no_requests(sentence: ProseSentence) -> Iterator[re.Match[str]]:
    """Yield where a sentence says that no request came in."""
    found = [
        match
        for match in _NO_REQUESTS.finditer(sentence.text)
        if match["verb"] or match[0][0] != "未"
    ]
    found += _NUMBER_OF_NONE.finditer(sentence.text)
    if not re.search("复议|诉讼", sentence.text):
        if not found and (ON_REQUESTS.search(sentence.text) or _is_under_topic(sentence)):
            found += _NO_BARE_REQUESTS.finditer(sentence.text)
        if not found and ON_REQUESTS.search(sentence.text):
            found += _ZERO_REQUESTS.finditer(sentence.text)
    yield from found


def _is_of_some(whose: str) -> bool:
    """Say whether only some applicants or written requests are denied."""
    people, others = (
        re.search("公民|个人|自然人|公众|群众", whose),
        re.search("法人|组织|单位|企业", whose),
    )
    in_writing = "书面" in whose and not re.search("书面(?:或|和|、|及|与)", whose)
    return bool(people) != bool(others) or in_writing


def _is_under_topic(sentence: ProseSentence) -> bool:
    """Say whether a sentence is the first one below （二）依申请公开情况."""
    head = _TOPIC_HEAD.match(sentence.whole)
    return head is not None and sentence.start <= head.end()


def _denial(
    sentence: ProseSentence, match: re.Match[str], rule: str, figure: Param, keys: tuple[str, ...]
) -> ProseClaim:
    start = sentence.start + match.start()
    return ProseClaim(rule, figure, keys, sentence, None, start, sentence.start + match.end())
