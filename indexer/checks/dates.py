"""The rules over years: title, period and publication agree, and the form is the one in force."""

from __future__ import annotations

import re

from indexer.forms.form import read_forms
from indexer.records import Finding, Report


def check_dates(report: Report) -> list[Finding]:
    """Check the year of a report against what else it prints of years."""
    return [*_check_year(report), *_check_form(report)]


def _check_year(report: Report) -> list[Finding]:
    identity = report.identity
    findings: list[Finding] = []
    if identity.year is None:
        return []
    if identity.period and identity.period[1].year != identity.year:
        message = f"报告的年度是 {identity.year} 年，统计期限却到 {identity.period[1].isoformat()} 为止。"
        findings.append(Finding("identity.year", "contradiction", message, (), identity.year, identity.period[1].year))
    if identity.published and identity.published.year != identity.year + 1:
        message = f"{identity.year} 年的报告应在次年发布，落款或页面的日期却是 {identity.published.isoformat()}。"
        findings.append(Finding("identity.year", "doubt", message, (), identity.year + 1, identity.published.year))
    return findings


def _check_form(report: Report) -> list[Finding]:
    year = report.identity.year
    if year is None or report.form == "none":
        return []
    in_force = next((form for form in read_forms().values() if form.years[0] <= year <= form.years[1]), None)
    if in_force is None or in_force.name == report.form:
        return []
    printed = (
        "两版混用的表"
        if report.form == "hybrid"
        else f"{read_forms()[report.form].title}（{read_forms()[report.form].document}）"
    )
    message = f"{year} 年应用{in_force.title}（{in_force.document}），报告用的是{printed}。"
    return [Finding("form.year", "doubt", re.sub(r"\s+", " ", message), ())]
