"""The rules that compare numbers of the prose with the tables and with their own parts.

They find a contradiction only where no plausible reading reconciles the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from indexer.checks.claim import ProseClaim
from indexer.checks.claims import find_claims
from indexer.checks.listed_parts import PartList, read_list
from indexer.checks.negations import find_denials
from indexer.checks.prose_numbers import ProseCount, ProseSentence, find_sentences
from indexer.checks.reported_figures import ReportedFigures, terms_of_sum
from indexer.checks.rules import CheckedReport, rule
from indexer.checks.scope import Scope, scope_of
from indexer.records import Finding, Identity, Message, Number, Param, Severity

_DISCLOSED = re.compile(r"(?:公开|发布)[^，,。；;]{0,14}$")
_REQUESTS = re.compile(
    r"(?:(?:信息公开|依申请公开|收到|受理)[^，,。；;]{0,12}申请|依申请公开(?:政府信息)?(?:件|事项)?|申请(?:公开)?政府信息(?:公开)?)[^，,。；;]{0,6}$"
)
_DISPUTES = re.compile(r"(?:复议|诉讼)[^，,。；;]{0,6}$")
_WAYS = re.compile(
    r"网|信函|信件|来信|书面|快递|线上|线下|邮|传真|当面|现场|窗口|平台|自然人|法人|企业|公民|个人|组织|机构"
)
_DISPOSED = re.compile(r"公开|提供|处理|答复|补正|办结|结转")
_ANSWERS = re.compile(r"公开|提供|不予处理|其[他它]|结转")
_CASES = re.compile(r"复议|诉讼")
_RESULTS = re.compile(r"维持|纠正|撤销|未?审结|未审理|审理中|终止|其[他它]|驳回")
_OVERLAPPING = ("撤销", "纠正")
"""Outcomes that one case may have both: what is annulled is corrected."""
_ROUNDING = 1.02
"""A rounded list may exceed its total by this factor."""
MAX_TERMS = 3
"""A sum of the tables is written out with its terms if it has no more."""
_SETTLED = re.compile(r"(?<!未)审结|(?<!尚未)办结|胜诉|败诉")
"""Said of the same cases as their results, so that both together exceed the total."""


@rule("narrative.disclosed", "正文公开数")
@rule("narrative.disputes", "正文复议诉讼")
@rule("narrative.disposition", "正文办理结果")
@rule("narrative.received", "正文申请数")
def check_narrative(checked: CheckedReport) -> list[Finding]:
    """Check the numbers of the prose against the tables, and totals against the parts they list."""
    findings: list[Finding] = []
    identity, figures = checked.report.identity, checked.figures
    for sentence in find_sentences(checked.report):
        for claim in (*find_claims(sentence, figures, identity.year), *find_denials(sentence)):
            findings += _compare(claim, figures, identity)
        for count in sentence.counts:
            findings += _check_parts(sentence, count, identity, figures)
    return list({(f.rule, f.message): f for f in findings}.values())


def _compare(claim: ProseClaim, figures: ReportedFigures, identity: Identity) -> Iterator[Finding]:
    """Yield the finding that a claim does not hold, where every one of its cells is reported."""
    values = figures.values(claim.keys)
    if values is None or claim.allows(sum(values)):
        return
    scope = _scope_of_claim(claim, identity)
    if scope == "foreign" and not claim.is_carried:
        return
    reading = _other_reading(claim, values, figures)
    if reading and claim.loose:
        return
    message = Message.of(
        "finding.narrative.differs",
        claim=_worded(claim),
        table=_sum_printed(values),
        reason=reading or _why_unsure(claim, scope),
    )
    doubtful = any((reading, claim.loose, scope != "own", claim.is_approximate))
    severity: Severity = "doubt" if doubtful else "contradiction"
    passage = claim.sentence.passage(claim.start, claim.end)
    yield Finding(claim.rule, severity, message, claim.keys, sum(values), claim.value, (passage,))


def _scope_of_claim(claim: ProseClaim, identity: Identity) -> Scope:
    at = claim.count.start if claim.count and not claim.is_carried else claim.start
    return scope_of(claim.sentence, at, *_who(identity), none=claim.count is None)


def _who(identity: Identity) -> tuple[int | None, str | None]:
    return identity.year, identity.body


def _why_unsure(claim: ProseClaim, scope: Scope) -> Message | str:
    if scope == "unsure":
        return Message.of("finding.narrative.other_scope")
    return Message.of("finding.narrative.other_thing") if claim.loose else ""


def _worded(claim: ProseClaim) -> Message:
    if claim.count is None:
        return Message.of("finding.narrative.none", figure=claim.figure)
    return Message.of("finding.narrative.claim", figure=claim.figure, number=claim.count.said)


def _sum_printed(values: Sequence[Number]) -> Message:
    terms = tuple(values) if 1 < len(values) <= MAX_TERMS else ()
    code = "finding.narrative.table_sum" if terms else "finding.narrative.table_number"
    return Message.of(code, **({"terms": terms} if terms else {}), sum=sum(values))


def _other_reading(
    claim: ProseClaim, values: Sequence[Number], figures: ReportedFigures
) -> Message | str:
    """Return the reading under which the number would be right, or an empty text."""
    said = claim.value
    for names, keys in claim.others:
        others = figures.values(keys)
        if others and sum(others) == said:
            return _reading(
                said,
                [
                    Message.of("finding.narrative.term", figure=name, value=value)
                    for name, value in zip(names, others, strict=True)
                ],
            )
    if claim.rule == "narrative.disputes" and claim.count:
        for size in range(len(values) - 1, 0, -1):
            for some in combinations(values, size):
                if sum(some) == said:
                    return _reading(said, some)
    return ""


def _reading(number: int, terms: Sequence[Param]) -> Message:
    return Message.of("finding.narrative.reading", number=number, terms=tuple(terms))


def _check_parts(
    sentence: ProseSentence, total: ProseCount, identity: Identity, figures: ReportedFigures
) -> Iterator[Finding]:
    """Yield the finding that a total is not the sum of the parts that are listed as all of it."""
    if total.each or scope_of(sentence, total.start, *_who(identity)) == "foreign":
        return
    listed = read_list(sentence, total)
    if listed is None or listed.can_be(total):
        return
    judged = _judge_list(sentence, total, listed, figures)
    if judged is None:
        return
    name, severity = judged
    several = severity == "doubt" and listed.by_channel
    message = Message.of(
        "finding.narrative.parts",
        total=total.said,
        sum=listed.found,
        or_more=Message.of("finding.narrative.or_more") if listed.is_rough else "",
        terms=terms_of_sum([part.printed for part in listed.parts]),
        reason=Message.of("finding.narrative.several_places") if several else "",
    )
    passage = sentence.passage(total.start, listed.parts[-1].end)
    yield Finding(name, severity, message, (), listed.found, total.value, (passage,))


def _judge_list(
    sentence: ProseSentence, total: ProseCount, listed: PartList, figures: ReportedFigures
) -> tuple[str, Severity] | None:
    """Return the rule that a list breaks and how grave that is; None where it says nothing."""
    before = sentence.before(total)
    name = _rule_of_list(before, listed)
    if name is not None:
        severity = _severity(listed, total)
    else:
        name = _rule_of_outcomes(sentence, before, listed)
        severity = _excess(listed, total, name, figures) if name else None
    return (name, severity) if name and severity else None


def _rule_of_list(before: str, listed: PartList) -> str | None:
    """Return the rule by which parts must add up to a total; None where they need not."""
    for total, parts, name in (
        (_DISPUTES, _CASES, "narrative.disputes"),
        (_REQUESTS, _WAYS, "narrative.received"),
    ):
        if total.search(before):
            kinds = [
                bool(parts.search(label)) and not _DISPOSED.search(label) for label in listed.labels
            ]
            return name if all(kinds) else None
    return "narrative.disclosed" if _DISCLOSED.search(before) else None


def _rule_of_outcomes(sentence: ProseSentence, before: str, listed: PartList) -> str | None:
    """Return the rule on parts that are outcomes of requests or disputes; no case has two."""
    if _REQUESTS.search(before):
        return "narrative.disposition" if all(map(_ANSWERS.search, listed.labels)) else None
    about = sentence.section == "disputes" or re.search("信息公开|依申请公开", sentence.text)
    if about and _DISPUTES.search(before) and not any(map(_SETTLED.search, listed.labels)):
        return "narrative.disputes" if all(map(_RESULTS.search, listed.labels)) else None
    return None


def _excess(
    listed: PartList, total: ProseCount, name: str, figures: ReportedFigures
) -> Severity | None:
    """Return how grave it is that outcomes come to more than their total, None if it is not.

    Fewer may leave others unsaid.
    """
    excess = listed.found - total.value
    is_rough = total.approximate or listed.is_rough
    if excess <= 0 or is_rough or len(listed.parts) < 2:
        return None
    if name == "narrative.disputes":
        overlapping = all(any(word in label for label in listed.labels) for word in _OVERLAPPING)
        return "doubt" if overlapping else "contradiction"
    return _excess_of_requests(listed, excess, figures)


def _excess_of_requests(listed: PartList, excess: int, figures: ReportedFigures) -> Severity | None:
    """Return how grave an excess of outcomes of requests is.

    They are also those of last year's requests, and one request may be answered in parts.
    """
    carried = figures.value("requests.carried_in.total")
    if carried is None:
        return "doubt"
    if excess <= carried:
        return None
    parted = sum(
        part.value
        for label, part in zip(listed.labels, listed.parts, strict=True)
        if "部分" in label
    )
    return "doubt" if excess <= parted else "contradiction"


def _severity(listed: PartList, total: ProseCount) -> Severity | None:
    """Return how grave it is that a list does not come to its total, None if it is not."""
    is_rough = total.approximate or listed.is_rough
    if listed.found < total.value:
        return None if is_rough else _severity_of_shortfall(listed, total)
    if is_rough and listed.found <= total.value * _ROUNDING:
        return None
    exceeds = any(part.value > total.value for part in listed.parts)
    in_several_places = listed.by_channel and len(listed.parts) > 1
    return "doubt" if any((is_rough, exceeds, in_several_places)) else "contradiction"


def _severity_of_shortfall(listed: PartList, total: ProseCount) -> Severity | None:
    if not listed.is_whole(total):
        return None
    return "doubt" if listed.by_channel else "contradiction"
