"""The rules over the table of proactive disclosure."""

from __future__ import annotations

import re

from indexer.checks.rules import CheckedReport, rule
from indexer.records import Finding, Message, Report

_DOCUMENTS = ("regulations", "normative_documents")
_MINISTRY = re.compile("^(?:国家|中国|中华|国务院|海关总署)|(?:部|总局|审计署|总署)$")
_ITEMS = ("licensing", "other_services", "penalties", "coercion", "fees")


@rule("proactive.disclosed", "公开数量")
def check_disclosed(checked: CheckedReport) -> list[Finding]:
    """Check that no more documents were made or disclosed this year than are disclosed in total."""
    name, figures = "proactive.disclosed", checked.figures
    findings: list[Finding] = []
    unjudged: list[str] = []
    for row in _DOCUMENTS:
        keys = tuple(
            f"proactive.{row}.{column}" for column in ("made", "disclosed", "disclosed_total")
        )
        if not figures.has(keys[2]):
            continue
        made, disclosed, total = (figures.value(key) for key in keys)
        if total is None or made is None or disclosed is None:
            unjudged += keys
        if total is not None and disclosed is not None and disclosed > total:
            message = Message.of(
                "finding.proactive.disclosed", row=_row(row), disclosed=disclosed, total=total
            )
            findings.append(Finding(name, "contradiction", message, keys[1:], total, disclosed))
        if total is not None and made is not None and made > total:
            message = Message.of("finding.proactive.made", row=_row(row), made=made, total=total)
            findings.append(Finding(name, "doubt", message, (keys[0], keys[2]), total, made))
    if unjudged:
        findings.append(figures.unjudged(name, unjudged, "documents"))
    return findings


@rule("proactive.items", "项目数量")
def check_items(checked: CheckedReport) -> list[Finding]:
    """Check that no change of items leaves fewer than none."""
    name, figures = "proactive.items", checked.figures
    findings: list[Finding] = []
    unjudged: list[str] = []
    for row in _ITEMS:
        keys = (f"proactive.{row}.items_last_year", f"proactive.{row}.items_change")
        if not figures.has(keys[0]):
            continue
        values = figures.values(keys)
        if values is None:
            unjudged += keys
        elif sum(values) < 0:
            message = Message.of(
                "finding.proactive.items", row=_row(row), last_year=values[0], change=values[1]
            )
            findings.append(Finding(name, "contradiction", message, keys, 0, sum(values)))
    if unjudged:
        findings.append(figures.unjudged(name, unjudged, "items"))
    return findings


def _row(row: str) -> Message:
    """Return the name of a row in the 2019 form, which alone has these columns."""
    return Message.of("form.row", key=f"proactive.{row}", form="2019")


def _is_ministry(report: Report) -> bool:
    """Say whether the body is a department of the State Council, which may issue regulations."""
    identity = report.identity
    return identity.parent_level is None and bool(_MINISTRY.search(identity.body or ""))


@rule("proactive.township_regulations", "乡镇规章")
def check_regulations(checked: CheckedReport) -> list[Finding]:
    """Check that only bodies that may issue regulations report any."""
    name, figures = "proactive.township_regulations", checked.figures
    level = checked.report.identity.level
    if level not in ("township", "department") or _is_ministry(checked.report):
        return []
    keys = [key for key in figures.cells if key.startswith("proactive.regulations.")]
    printed = [(key, value) for key in keys if (value := figures.value(key))]
    if printed:
        numbers = tuple(value for _, value in printed)
        message = Message.of(f"finding.proactive.{level}_regulations", numbers=numbers)
        return [Finding(name, "doubt", message, tuple(key for key, _ in printed), 0, printed[0][1])]
    doubtful = [key for key in keys if figures.value(key) is None]
    return [figures.unjudged(name, keys, "regulations")] if doubtful else []
