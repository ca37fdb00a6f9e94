"""Applies every rule to a report."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.checks.damaged_text import check_damage
from indexer.checks.date_rules import check_dates
from indexer.checks.narrative import check_narrative
from indexer.checks.proactive import check_proactive
from indexer.checks.reported_figures import Figures
from indexer.checks.sums import check_disputes, check_requests
from indexer.forms.form import FormTable, read_forms
from indexer.records import Finding, Report


def check_report(report: Report) -> tuple[Finding, ...]:
    """Return all findings, in the order of the rules. One without the forms' tables is checked for its prose and dates alone."""
    figures = Figures.of(report)
    tables = _tables(report)
    findings = [*check_proactive(report, figures)] if report.cells else []
    if "requests" in tables:
        findings += check_requests(tables["requests"], figures)
    if "disputes" in tables:
        findings += check_disputes(tables["disputes"], figures)
    return (
        *findings,
        *check_narrative(report, figures),
        *check_dates(report),
        *check_damage(report),
    )


def _tables(report: Report) -> Mapping[str, FormTable]:
    """Return the request and dispute tables that this report's cells belong to, whichever form they come from."""
    keys = {cell.key for cell in report.cells}
    return {
        table.section: table
        for form in read_forms().values()
        for table in form.tables
        if table.section != "proactive" and set(table.keys()) <= keys
    }
