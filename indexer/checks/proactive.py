"""The rules over the table of proactive disclosure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.checks.reported_figures import ReportedFigures
from indexer.checks.rules import CheckedReport, rule
from indexer.records import Finding, Identity, Message, Param, Severity

_DISCLOSED = "proactive.disclosed"
_SEVERITIES: dict[str, Severity] = {"disclosed": "contradiction", "made": "doubt"}
"""How grave it is that more were disclosed or made this year than are disclosed in total: what was
made need not be disclosed."""
_DOCUMENTS = ("regulations", "normative_documents")
_MINISTRY = re.compile("^(?:国家|中国|中华|国务院|海关总署)|(?:部|总局|审计署|总署)$")
_ITEMS = ("licensing", "other_services", "penalties", "coercion", "fees")


@rule(_DISCLOSED, "公开数量")
def check_disclosed(checked: CheckedReport) -> list[Finding]:
    """Check that no more documents were made or disclosed this year than are disclosed in total."""
    figures = checked.figures
    findings: list[Finding] = []
    unjudged: list[str] = []
    for row in _DOCUMENTS:
        keys = [f"proactive.{row}.{column}" for column in ("made", "disclosed", "disclosed_total")]
        if figures.has(keys[-1]):
            findings += _compare_with_total(row, figures)
            unjudged += keys if figures.values(keys) is None else []
    if unjudged:
        findings.append(figures.unjudged(_DISCLOSED, unjudged, "documents"))
    return findings


def _compare_with_total(row: str, figures: ReportedFigures) -> Iterator[Finding]:
    total_key = f"proactive.{row}.disclosed_total"
    total = figures.value(total_key)
    for column, severity in _SEVERITIES.items():
        key = f"proactive.{row}.{column}"
        value = figures.value(key)
        if total is not None and value is not None and value > total:
            params: dict[str, Param] = {"row": _row(row), column: value, "total": total}
            message = Message.of(f"finding.proactive.{column}", **params)
            yield Finding(_DISCLOSED, severity, message, (key, total_key), total, value)


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


def _may_not_issue_regulations(identity: Identity) -> bool:
    """Say whether a body is a township, or a department that is none of the State Council."""
    is_ministry = identity.parent_level is None and _MINISTRY.search(identity.body or "")
    return identity.level in ("township", "department") and not is_ministry


@rule("proactive.township_regulations", "乡镇规章")
def check_regulations(checked: CheckedReport) -> list[Finding]:
    """Check that only bodies that may issue regulations report any."""
    name, figures, identity = (
        "proactive.township_regulations",
        checked.figures,
        checked.report.identity,
    )
    if not _may_not_issue_regulations(identity):
        return []
    keys = [key for key in figures.cells if key.startswith("proactive.regulations.")]
    printed = {key: value for key in keys if (value := figures.value(key))}
    if printed:
        numbers = tuple(printed.values())
        message = Message.of(f"finding.proactive.{identity.level}_regulations", numbers=numbers)
        return [Finding(name, "doubt", message, tuple(printed), 0, numbers[0])]
    return [figures.unjudged(name, keys, "regulations")] if figures.values(keys) is None else []
