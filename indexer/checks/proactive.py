"""The rules over the table of proactive disclosure."""

from __future__ import annotations

import re

from indexer.checks.reported_figures import Figures, written
from indexer.records import Finding, Report

_DOCUMENTS = {"regulations": "规章", "normative_documents": "规范性文件"}
_MINISTRY = re.compile("^(?:国家|中国|中华|国务院|海关总署)|(?:部|总局|审计署|总署)$")
_ITEMS = ("licensing", "other_services", "penalties", "coercion", "fees")
_ITEM_LABELS = ("行政许可", "其他对外管理服务事项", "行政处罚", "行政强制", "行政事业性收费")


def check_proactive(report: Report, figures: Figures) -> list[Finding]:
    """Check disclosed documents, items carried from year to year, and who may issue regulations at all."""
    return [
        *_check_disclosed(figures),
        *_check_items(figures),
        *_check_regulations(report, figures),
    ]


def _check_disclosed(figures: Figures) -> list[Finding]:
    rule = "proactive.disclosed"
    findings: list[Finding] = []
    unjudged: list[str] = []
    for row, label in _DOCUMENTS.items():
        keys = tuple(
            f"proactive.{row}.{column}" for column in ("made", "disclosed", "disclosed_total")
        )
        if not figures.has(keys[2]):
            continue
        made, disclosed, total = (figures.value(key) for key in keys)
        if total is None or made is None or disclosed is None:
            unjudged += keys
        if total is not None and disclosed is not None and disclosed > total:
            message = (
                f"「{label}」本年新公开 {written(disclosed)}，多于对外公开总数 {written(total)}。"
            )
            findings.append(Finding(rule, "contradiction", message, keys[1:], total, disclosed))
        if total is not None and made is not None and made > total:
            message = f"「{label}」本年新制作 {written(made)}，多于对外公开总数 {written(total)}。"
            findings.append(Finding(rule, "doubt", message, (keys[0], keys[2]), total, made))
    if unjudged:
        findings.append(figures.unjudged(rule, unjudged, "文件的公开数"))
    return findings


def _check_items(figures: Figures) -> list[Finding]:
    rule = "proactive.items"
    findings: list[Finding] = []
    unjudged: list[str] = []
    for row, label in zip(_ITEMS, _ITEM_LABELS, strict=True):
        keys = (f"proactive.{row}.items_last_year", f"proactive.{row}.items_change")
        if not figures.has(keys[0]):
            continue
        values = figures.values(keys)
        if values is None:
            unjudged += keys
        elif sum(values) < 0:
            message = f"「{label}」上一年 {written(values[0])} 项，本年增减 {written(values[1])}，得数小于 0。"
            findings.append(Finding(rule, "contradiction", message, keys, 0, sum(values)))
    if unjudged:
        findings.append(figures.unjudged(rule, unjudged, "项目数量的增减"))
    return findings


def _is_ministry(report: Report) -> bool:
    """Whether the body is a department of the State Council, which may issue regulations."""
    identity = report.identity
    return identity.parent_level is None and bool(_MINISTRY.search(identity.body or ""))


def _check_regulations(report: Report, figures: Figures) -> list[Finding]:
    rule = "proactive.township_regulations"
    level = report.identity.level
    if level not in ("township", "department") or _is_ministry(report):
        return []
    keys = [key for key in figures.cells if key.startswith("proactive.regulations.")]
    who = "乡镇和街道" if level == "township" else "部门"
    printed = [(key, value) for key in keys if (value := figures.value(key))]
    if printed:
        numbers = "、".join(written(value) for _, value in printed)
        message = f"「规章」印作 {numbers}；{who}无权制定规章，可能是把规范性文件填在了这里。"
        return [Finding(rule, "doubt", message, tuple(key for key, _ in printed), 0, printed[0][1])]
    doubtful = [key for key in keys if figures.value(key) is None]
    return [figures.unjudged(rule, keys, "规章数")] if doubtful else []
