"""Reads from the wording around a number which figure of the tables it gives.

A wording that is not certainly about a figure of the form claims nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.checks.claim import ProseClaim, make_claim, named, totals
from indexer.checks.disposition_claims import disposition_claims
from indexer.checks.dispute_claims import SETTLED, dispute_claims
from indexer.checks.prose_numbers import ProseCount, ProseSentence
from indexer.checks.received_claims import received_claims
from indexer.checks.reported_figures import ReportedFigures
from indexer.records import Message

_APPLICATIONS = ("件", "件次", "条", "份", "起", "例", "宗", "项")
_CASES = ("件", "起", "例", "宗", "项")
_NOT_THESE = re.compile(r"提案|建议|信访|工单|留言|信箱|来信|热线|投诉|咨询|来电")
_HANDLED = re.compile(
    r"(?P<verb>已?办结|办理|处理|答复)(?:完毕|完成|了|回复)?(?:政府信息公开|信息公开|(?:政府信息)?依申请公开)?的?(?:申请件?|事项|件)?(?:共计?|合计|总数|为)*$"
)
_FOR_OTHERS = re.compile(r"协助|配合|指导|督促|会同|代为|交办|转办|参与|委托")
_CARRIED_IN = re.compile(
    r"(?:上年度?|上一年度?|去年|(?P<year>20\d\d)年度?)结转(?:至?本年度?|政府信息公开|办理|的|申请|数量|为|共)*$"
)
_CARRIED_OUT = re.compile(
    r"(?:结转|转结|转入)(?:至|到|入)?(?:下一?年度?|明年|次年|(?P<year>20\d\d)年度?)(?:继续|办理|的|申请|处理|为|共)*$"
)
_IS_CARRIED_OUT = re.compile(
    r"^(?:的?申请)?(?:将|已|需|按规定|依法)*(?:结转|转结|转入|转|顺延)(?:至|到|入)?(?:下一?年度?|明年|次年|(?P<year>20\d\d)年度?)"
    r"(?:继续)?(?:办理|处理|答复|办结)?(?=[，,。；;、（(]|$)"
)
_IS_CARRIED_IN = re.compile(
    r"^(?:的?申请)?(?:是|为|系)(?:上年度?|上一年度?|去年|(?P<year>20\d\d)年度?)结转(?:而来|的?申请|件)?(?=[，,。；;、（(]|$)"
)
"""Wording after the number itself: 余8件转2023年度办理."""

_NORMATIVE = re.compile(r"(?P<verb>制发|废止|现行有效)的?行政规范性文件(?:共计?|数量|为|的)*$")
_NORMATIVE_COLUMNS = {"制发": "issued", "废止": "repealed", "现行有效": "in_force"}
_DECISIONS = re.compile(
    r"(?:作出|做出)行政(?P<kind>许可|处罚|强制)(?:处理)?决定(?:共计?|数量|为|的)*$"
)
_DECISION_ROWS = {"许可": "licensing", "处罚": "penalties", "强制": "coercion"}


def find_claims(
    sentence: ProseSentence, figures: ReportedFigures, year: int | None
) -> Iterator[ProseClaim]:
    """Yield the claims of a sentence, at most one a number."""
    for count in sentence.counts:
        if count.each:
            continue
        found = next(_of_count(sentence, count, figures, year), None)
        if found:
            yield found


def _of_count(
    sentence: ProseSentence, count: ProseCount, figures: ReportedFigures, year: int | None
) -> Iterator[ProseClaim]:
    if count.unit in _APPLICATIONS:
        yield from _carried(sentence, count, year)
        yield from received_claims(sentence, count, figures)
        yield from disposition_claims(sentence, count, figures)
        yield from _handled(sentence, count, figures)
    if count.unit in _CASES:
        yield from dispute_claims(sentence, count)
    yield from _published(sentence, count)


def _carried(sentence: ProseSentence, count: ProseCount, year: int | None) -> Iterator[ProseClaim]:
    if "申请" not in sentence.context:
        return
    before, after = sentence.before(count), sentence.after(count)
    for leads, follows, row, step in (
        (_CARRIED_OUT, _IS_CARRIED_OUT, "carried_out", 1),
        (_CARRIED_IN, _IS_CARRIED_IN, "carried_in", -1),
    ):
        match = leads.search(before) or follows.match(after)
        if match and (
            not match["year"] or (year is not None and int(match["year"]) == year + step)
        ):
            yield make_claim(sentence, count, "narrative.received", named(row), totals(row))


def _handled(
    sentence: ProseSentence, count: ProseCount, figures: ReportedFigures
) -> Iterator[ProseClaim]:
    """Yield claims on requests dealt with; most may count new, old or finished requests."""
    match = _HANDLED.search(sentence.before(count))
    about = re.search(r"信息公开[^，,。；;]{0,8}申请|依申请公开|收到申请|受理申请", sentence.text)
    if (
        not match
        or not about
        or _NOT_THESE.search(sentence.text)
        or SETTLED.search(sentence.text.replace("办结", ""))
    ):
        return
    others = (
        (named("new_requests"), totals("received")),
        (named("new", "carried_in"), totals("received", "carried_in")),
    )
    handled = Message.of("finding.narrative.figure.disposed", verb=match["verb"])
    claim = make_claim(sentence, count, "narrative.disposition", handled, totals("disposed"))
    most = figures.values(totals("received", "carried_in"))
    alone = match["verb"] in ("办理", "处理") and not _FOR_OTHERS.search(sentence.text)
    beyond = alone and most is not None and count.value > sum(most)
    yield replace(claim, others=others, loose=not beyond and not match["verb"].endswith("办结"))


def _published(sentence: ProseSentence, count: ProseCount) -> Iterator[ProseClaim]:
    before = sentence.before(count)
    match = _NORMATIVE.search(before)
    if match and count.unit in ("件", "份", "个", "项"):
        column = _NORMATIVE_COLUMNS[match["verb"]]
        key = f"proactive.normative_documents.{column}"
        yield make_claim(sentence, count, "narrative.disclosed", named(column), (key,))
    match = _DECISIONS.search(before)
    if match and count.unit in _CASES:
        row = _DECISION_ROWS[match["kind"]]
        key = f"proactive.{row}.decisions"
        claim = make_claim(sentence, count, "narrative.disclosed", named(row), (key,))
        yield replace(claim, loose=True)
