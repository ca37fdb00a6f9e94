"""Tells whose number a sentence gives: the body's in its year, a wider one's, or another's."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from indexer.checks.prose_numbers import ProseSentence

Scope: TypeAlias = Literal["own", "unsure", "foreign"]

_CLAUSE = re.compile(r"[，,：:（()）]")
_WIDER = re.compile(
    r"全[市区县省州国旗盟系]|各[级乡镇街部单地区县市委办科直]|所属|下属|基层|市县|本级|累计|历年|截至|截止"
)
_AREA = re.compile(_WIDER.pattern.replace("|累计|历年|截至|截止", ""))
"""Where there was none, there was none up to a day or in all years either."""
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*(?:年|[-－—–~～至]|[、和及]\s*20\d\d|[两三]年)")
_LEADING_YEAR = re.compile(
    r"^\s*(?:在|自|从|其中)?(?:20\d\d\s*(?:年|[-－—–~～至、和及]\s*20\d\d)|今年|本年|去年|上年|上一年|前年|往年)"
)
_THIS_YEAR = re.compile(r"今年|本年|全年|年内|一年来")
_OTHER_YEAR = re.compile(
    r"去年|上年|上一年|前年|往年|同期|明年|下年|次年|近[两二三四五六七八九十\d]+年|[两二三四五六七八九十]年来|施行以来|实施以来|[五”]期间"
)
_PART_OF_YEAR = re.compile(r"半年|季度|(?<!\d)\d{1,2}月|当月|本月|每月|上月")
_WHOLE_YEAR = re.compile(
    r"12月(?:底|末|31日)|1月1日.{0,14}12月31日|(?<!\d)1\s*月?\s*[-－—–~～至]\s*12\s*月"
)
_DIFFERENCE = re.compile(
    r"(?:增加|减少|增长|下降|上升|增多|降低|提高|增|减|多|少)了?(?:到|至|为)?\s*$"
)
_CARRIED, _COMPARED = re.compile(r"结转|转结|转入"), re.compile(r"比|较|相较|同期")
_NORM = re.compile(
    r"应当|应在|应于|必须|不得|须在|如果|(?<!例)如有|倘若|^若|如需|凡是|^凡|计划|预计|力争|目标|不超过|不少于|不低于|以内|例如|比如|假如"
)
_ORGAN = re.compile(
    r"(?:^|[，,：:；;、]|由|年|年度|对)(?P<name>[一-龥]{2,14}?(?:局|办公室|委员会|委|中心|街道|乡|镇|部门|单位|处|站|所|科|院|系统|机构)|(?<![一-龥])部门|[一-龥]{0,12}政府)"
    r"(?:(?:共|累计|一共|总共|全年|年内)*)(?:新收|收到|受理|接收|接到|办理|办结|处理)"
)
_AREA_NAMED = re.compile(
    r"(?:^|[，,：:；;、]|年|年度)(?P<name>[一-龥]{1,9}?[省市县区旗州盟])(?:共|累计|一共|总共|全年|年内)*"
    r"(?:新收|收到|受理|接收|接到|办理|办结|处理)"
)
"""A whole place that is said to have had the requests: 我市收到, 宜春市共收到."""

_GOVERNS = re.compile("政府(?:办公室|办公厅)?$|公署$|管理?委(?:员会|会)$")
_OWN = re.compile(r"[我本全该]|机关")
_SHORT = re.compile("人民政府")


def scope_of(
    sentence: ProseSentence, at: int, year: int | None, body: str | None, none: bool = False
) -> Scope:
    """Return whose number stands at this offset of the paragraph.

    `foreign` is one of another year, a difference, or no fact at all; `unsure` may count another
    scope. `none` says that the sentence denies that there was any.
    """
    before = sentence.text[: at - sentence.start]
    parts = _CLAUSE.split(before)
    clauses = [clause for clause in parts[:-1] if clause.strip()] + parts[-1:]
    if (
        _DIFFERENCE.search(before)
        or _NORM.search(clauses[-1].strip())
        or _of_another_year(clauses, year)
    ):
        return "foreign"
    if (_AREA if none else _WIDER).search(sentence.text) or _is_of_another(
        f"{before}收到" if none else before, body
    ):
        return "unsure"
    return "own"


def _of_another_year(clauses: list[str], year: int | None) -> bool:
    """Say whether the last clause speaks of another time.

    A time that an earlier clause states holds until another clause states one.
    """
    other = False
    for clause in clauses[:-1]:
        if not _CARRIED.search(clause) and _states_time(clause):
            other = _is_other(clause, year)
    last = clauses[-1]
    states_year = any(pattern.search(last) for pattern in (_YEAR, _OTHER_YEAR, _THIS_YEAR))
    return _is_other(last, year) or (other and not states_year)


def _states_time(clause: str) -> bool:
    if _LEADING_YEAR.search(clause) or _THIS_YEAR.search(clause):
        return True
    return _is_time(clause)


def _is_time(clause: str) -> bool:
    return (
        len(clause) <= 20
        and bool(_PART_OF_YEAR.search(clause) or _OTHER_YEAR.search(clause))
        and not _COMPARED.search(clause)
    )


def _is_other(clause: str, year: int | None) -> bool:
    years = {int(found) for found in _YEAR.findall(clause)}
    if (year is not None and years - {year}) or _OTHER_YEAR.search(clause):
        return True
    return bool(_PART_OF_YEAR.search(clause)) and not _WHOLE_YEAR.search(clause)


def _is_of_another(before: str, body: str | None) -> bool:
    return _another_organ(before, body) or _another_place(before, body)


def _another_organ(before: str, body: str | None) -> bool:
    """Say whether an organ other than the reporting body is said to have had the requests."""
    found = list(_ORGAN.finditer(before))
    if not found:
        return False
    name, own = (_SHORT.sub("政府", printed) for printed in (found[-1]["name"], body or ""))
    return not _OWN.search(name) and name not in own and (own or "\0") not in name


def _another_place(before: str, body: str | None) -> bool:
    """Say whether a place that the body does not govern is said to have had the requests."""
    found = list(_AREA_NAMED.finditer(before))
    if not found or not body:
        return False
    name = found[-1]["name"]
    return not _GOVERNS.search(body) or not (_OWN.match(name) or name in body)
