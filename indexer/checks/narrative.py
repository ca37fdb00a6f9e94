"""The numbers of the prose against the tables, and against their own parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from indexer.checks.figures import Figures, sum_written, terms_written, written
from indexer.checks.prose import Count, Sentence, find_sentences, split_list, written_count
from indexer.forms.form import read_forms
from indexer.records import Finding, Number, Report, Severity

_RECEIVED = re.compile(
    r"(?:收到|受理|接收|接到|新收)[^，,。；;：:]{0,16}(?:信息公开|公开信息|依申请公开)[^，,。；;：:]{0,8}申请[^，,。；;：:]{0,8}$"
)
_DISPOSITIONS = {
    "granted": re.compile(r"(?<![不部])予以公开的?[^，,。；;\d]{0,3}$"),
    "partially_granted": re.compile(r"部分公开的?[^，,。；;\d]{0,3}$"),
    "denied": re.compile(r"不予公开的?[^，,。；;\d]{0,3}$"),
    "unavailable": re.compile(r"无法提供的?[^，,。；;\d]{0,3}$"),
    "rejected": re.compile(r"不予处理的?[^，,。；;\d]{0,3}$"),
}
_LABELS = {
    "granted": "予以公开",
    "partially_granted": "部分公开",
    "denied": "不予公开",
    "unavailable": "无法提供",
    "rejected": "不予处理",
}
_DISPUTES = re.compile(r"行政复议(?:案件)?(?:和|、|及|以及|或|与)(?:行政)?诉讼[^，,。；;\d]{0,6}$")
_RECONSIDERATION = re.compile(r"行政复议(?:申请|案件)?[^，,。；;\d和、及与]{0,4}$")
_LITIGATION = re.compile(r"行政诉讼(?:案件)?[^，,。；;\d和、及与]{0,4}$")
_DISCLOSED = re.compile(r"公开[^，,。；;]{0,14}$")
_WIDER = re.compile(r"全[市区县省州]|各[级乡镇街部单]|累计|历年|截至")
_DISPUTE_PARTS: tuple[str, ...] = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
_LISTED = 4
"""With so many parts a list is meant to be whole, if its sum is near the total."""
_NEAR = 0.1


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a number of the prose says: that it is the sum of the cells `keys`, which a message calls `what`."""

    rule: str
    what: str
    keys: tuple[str, ...]
    sentence: Sentence
    count: Count


def check_narrative(report: Report, figures: Figures) -> list[Finding]:
    """Check every number that the prose gives for a figure of the tables, and every total against the parts it lists."""
    findings: list[Finding] = []
    for sentence in find_sentences(report):
        for count in sentence.counts:
            findings += _check_requests(sentence, count, figures)
            findings += _check_disputes(sentence, count, figures)
            findings += _check_parts(sentence, count)
    return list({(f.rule, f.message): f for f in findings}.values())


def _check_requests(sentence: Sentence, count: Count, figures: Figures) -> Iterable[Finding]:
    before = sentence.before(count, 40)
    if count.unit not in ("件", "条", "份", "起", "例", "宗"):
        return
    if _RECEIVED.search(before):
        keys: tuple[str, ...] = ("requests.received.total",)
        yield from _compare(_Claim("narrative.received", "收到申请", keys, sentence, count), figures)
    elif "申请" in sentence.text:
        for row, pattern in _DISPOSITIONS.items():
            if pattern.search(before):
                keys = _request_keys(row)
                yield from _compare(_Claim("narrative.disposition", _LABELS[row], keys, sentence, count), figures)


def _request_keys(row: str) -> tuple[str, ...]:
    for form in read_forms().values():
        for derived in form.derived:
            if derived.key == f"requests.{row}.total":
                return derived.operands
    return (f"requests.{row}.total",)


def _check_disputes(sentence: Sentence, count: Count, figures: Figures) -> Iterable[Finding]:
    before = sentence.before(count, 40)
    if "信息公开" not in sentence.text or count.unit not in ("件", "起", "例", "宗"):
        return
    parts = _DISPUTE_PARTS
    if _DISPUTES.search(before):
        rows, what = parts, "复议和诉讼"
    elif _RECONSIDERATION.search(before):
        rows, what = parts[:1], "行政复议"
    elif _LITIGATION.search(before):
        rows, what = parts[1:], "行政诉讼"
    else:
        return
    keys = tuple(f"disputes.{row}.total" for row in rows)
    yield from _compare(_Claim("narrative.disputes", what, keys, sentence, count), figures)


def _compare(claim: _Claim, figures: Figures) -> Iterable[Finding]:
    """Yield the finding that a claim does not hold, where every one of its cells is reported."""
    count, sentence = claim.count, claim.sentence
    values = figures.values(claim.keys)
    if values is None or sum(values) == count.value or (count.approximate and _may_be(count, sum(values))):
        return
    reading = _other_reading(claim.rule, count, values, figures)
    severity: Severity = "doubt" if reading or count.approximate or _WIDER.search(sentence.text) else "contradiction"
    table = sum_written(values) + f"＝{written(sum(values))}" if 1 < len(values) < 4 else written(sum(values))
    message = f"正文写{claim.what} {written_count(count)}{count.unit}，表中是 {table}{reading}。"
    said = sentence.before(count, 14).lstrip("，,、：:")
    passage = sentence.passage(count.start - len(said), count.end)
    yield Finding(claim.rule, severity, message, claim.keys, sum(values), count.value, (passage,))


def _may_be(count: Count, value: Number) -> bool:
    """Say whether an approximate number can mean this one."""
    return count.value * 0.9 <= value <= count.value * 1.2


def _other_reading(rule: str, count: Count, values: Sequence[Number], figures: Figures) -> str:
    """Return the reading under which the number would be right, as our message tells it, or nothing."""
    if rule == "narrative.received":
        received, carried = (figures.value(f"requests.{row}.total") for row in ("received", "carried_in"))
        if received is not None and carried and received + carried == count.value:
            return f"（{count.value}＝新收 {written(received)}＋上年结转 {written(carried)}）"
    elif rule == "narrative.disputes":
        for size in (2, 1):
            for some in combinations(values, size):
                if sum(some) == count.value and len(values) > size:
                    return f"（{count.value}＝{sum_written(some)}）"
    return ""


def _check_parts(sentence: Sentence, total: Count) -> Iterable[Finding]:
    """Yield the finding that a total of disclosed items is not the sum of the parts that the same sentence lists.

    A list too short, or too far below its total, to be meant as whole is no finding.
    """
    parts = split_list(sentence, total)
    before = sentence.text[: total.start - sentence.start]
    if not parts or (not _DISCLOSED.search(before) and not re.search(r"发布[^，,。；;]{0,14}$", before)):
        return
    found = sum(part.value for part in parts)
    rough = total.approximate or any(part.approximate for part in parts)
    short = found < total.value
    whole = (
        len(parts) >= _LISTED
        and found >= total.value * (1 - _NEAR)
        and not re.search(r"等[^，。；]{0,6}$", sentence.text[:-1])
    )
    if found == total.value or (short and (rough or not whole)) or (rough and found <= total.value * 1.02):
        return
    listed = terms_written([written_count(part) for part in parts])
    message = f"正文写 {written_count(total)}{total.unit}，所列各项相加是 {found}{'以上' if rough else ''}{listed}。"
    severity: Severity = "doubt" if rough else "contradiction"
    passage = sentence.passage(total.start, parts[-1].end)
    yield Finding("narrative.disclosed", severity, message, (), found, total.value, (passage,))
