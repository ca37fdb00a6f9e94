"""Claims on how requests were disposed of, as a whole or for one of the form's reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.checks.claim import ProseClaim, make_claim, named, totals
from indexer.checks.prose_numbers import ProseCount, ProseSentence
from indexer.checks.reported_figures import ReportedFigures
from indexer.forms.form import read_forms

_RULE = "narrative.disposition"
_WORDS = {
    "granted": r"(?<![不部分])予以公开",
    "partially_granted": r"部分(?:予以)?公开",
    "denied": r"不予公开",
    "unavailable": r"无法提供",
    "rejected": r"不予处理",
    "other": r"其[他它]处理",
}
_WORD = re.compile("|".join(f"(?P<{row}>{pattern})" for row, pattern in _WORDS.items()))
_TAIL = re.compile(r"的?[^，,。；;、：:\d]{0,3}")
_SORT = re.compile(r"保密|审查|栏目|主动公开的|年限|网站")
_SORTED = re.compile(r"主动公开[^。]*依申请公开[^。]*不予公开|公开属性|源头认定")
"""Where documents are classified for publication, 不予公开 is no answer to a request."""

_REQUESTS_IN_TIAO = re.compile(r"(?<!依)申请[^，,。；;]{0,12}\d+\s*条")
_CLAUSE = re.compile(r"[，,。；;：:（(）)]")

_REASONS = {
    "denied_state_secret": r"国家秘密",
    "denied_prohibited_by_law": r"法律、?行政法规禁止(?:公开)?",
    "denied_security_stability": r"三安全一稳定",
    "denied_third_party": r"第三方(?:合法)?权益",
    "denied_internal_affairs": r"内部(?:管理)?事务",
    "denied_deliberative": r"过程性",
    "denied_enforcement_file": r"行政执法案卷",
    "denied_administrative_query": r"行政查询",
    "unavailable_not_held": r"不掌握",
    "unavailable_must_create": r"没有现成|无现成|需要?另行制作",
    "unavailable_unclear": r"内容仍?不明确",
    "rejected_petition": (
        r"(?:信访|举报|投诉)(?:[、]?(?:信访|举报|投诉))*类?(?:的?(?:政府信息公开)?申请)"
    ),
    "rejected_repeat": r"重复申请",
    "rejected_publication": r"公开出版物",
    "rejected_excessive": r"大量反复申请|大量、反复申请",
    "rejected_confirmation": r"确认或者?重新出具",
}
_REASON = re.compile("|".join(f"(?P<{row}>{pattern})" for row, pattern in _REASONS.items()))
_SUBORDINATE = re.compile(r"其中|涉及|因|由于|保护")
"""Words after which a reason explains the answer before it: 部分公开2件，涉及第三方权益1件."""

_JOINER = re.compile("、|和|或者?|以及|与")
_BEFORE_REASON = re.compile(
    "(?:其中|对|因|由于|涉及|涉|属于?|为|有|的|等|类|相关|有关|政府|申请|信息|不予公开|无法提供|不予处理)*"
)
_AFTER_REASON = re.compile(
    r"(?:的|类|等|而|且|并|申请|政府|信息|事项|情形|相关|有关|内容|决定|数量|答复|告知|公开|已?获取|不予公开|不予处理|无法提供|共计?|合计|为|有|是)*"
)


def disposition_claims(
    sentence: ProseSentence, count: ProseCount, figures: ReportedFigures
) -> Iterator[ProseClaim]:
    """Yield claims on the answers to requests: 不予公开3件, 不予公开和无法提供共5件."""
    before = sentence.before(count)
    if "申请" not in sentence.context or _SORT.search(before) or _SORTED.search(sentence.text):
        return
    if count.unit == "条" and not _REQUESTS_IN_TIAO.search(sentence.text):
        return
    clause = _CLAUSE.split(before)[-1]
    yield from (
        _by_reason(sentence, count, clause)
        if _REASON.search(clause)
        else _by_word(sentence, count, clause, figures)
    )


def _by_word(
    sentence: ProseSentence, count: ProseCount, clause: str, figures: ReportedFigures
) -> Iterator[ProseClaim]:
    """Yield claims by the names of the form's groups; several that are joined count together."""
    found = list(_WORD.finditer(clause))
    if not found or not _TAIL.fullmatch(clause[found[-1].end() :]):
        return
    rows = [str(match.lastgroup) for match in found]
    keys = tuple(key for row in dict.fromkeys(rows) for key in _row_keys(row, figures))
    claim = make_claim(sentence, count, _RULE, named(*dict.fromkeys(rows)), keys)
    partly = ("granted", "partially_granted")
    yield (
        replace(claim, others=((named(*partly), totals(*partly)),))
        if rows == ["granted"]
        else claim
    )


def _by_reason(sentence: ProseSentence, count: ProseCount, clause: str) -> Iterator[ProseClaim]:
    """Yield claims for reasons of one group; loose where that group is not named before them."""
    found = list(_REASON.finditer(clause))
    rows, groups = _reasons(found)
    if len(groups) != 1 or not _AFTER_REASON.fullmatch(clause[found[-1].end() :]):
        return
    group = groups.pop()
    told = sentence.whole[: count.start].rpartition("。")[2]
    answers = [match.lastgroup for match in _WORD.finditer(told)]
    answer = answers[-1] if answers else None
    if answer is None and "申请" not in told:
        return
    if answer not in (None, group) and _SUBORDINATE.search(sentence.before(count)):
        return
    claim = make_claim(sentence, count, _RULE, named(*rows), totals(*rows))
    yield replace(claim, loose=answer != group or _is_with_another(clause, found))


def _reasons(found: Iterable[re.Match[str]]) -> tuple[tuple[str, ...], set[str]]:
    """Return the rows of the reasons found, each once, and the groups they belong to."""
    rows = tuple(dict.fromkeys(str(match.lastgroup) for match in found))
    return rows, {row.split("_")[0] for row in rows}


def _is_with_another(clause: str, found: list[re.Match[str]]) -> bool:
    """Say whether a reason is counted together with none of the form's: 个人隐私、国家秘密2件."""
    ends = [0, *(match.end() for match in found)]
    before = "".join(clause[end : match.start()] for end, match in zip(ends, found, strict=False))
    return not all(map(_BEFORE_REASON.fullmatch, _JOINER.split(before)[:-1]))


def _row_keys(row: str, figures: ReportedFigures) -> tuple[str, ...]:
    """Return the cell, or the cells, in which the report's form has a disposition."""
    if figures.has(f"requests.{row}.total"):
        return totals(row)
    derived = (
        one
        for form in read_forms().values()
        for one in form.derived
        if one.key == f"requests.{row}.total"
    )
    return next((one.operands for one in derived), totals(row))
