"""Applies the registered rules to a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module

from indexer.checks.rules import CheckedReport, Rule, RuleScope, UnreadRow, registered_rules
from indexer.records import Finding, Report, SourcePlace

for _family in (
    "sums",
    "proactive",
    "date_rules",
    "unread_tables",
    "narrative",
    "year_on_year",
    "damaged_text",
):
    # Importing a family registers its rules; this is the order in which they are listed.
    import_module(f"indexer.checks.{_family}")

_ORDER_OF_FINDINGS = (
    "proactive",
    "requests",
    "disputes",
    "narrative",
    "identity",
    "form",
    "source",
)
"""Rules are applied by the first part of their name in this order, others at the end."""


def rules() -> Mapping[str, Rule]:
    """Return all rules by name, in the order in which to list them."""
    return registered_rules()


def check_report(report: Report) -> tuple[Finding, ...]:
    """Return the findings of the rules on a report alone, in the order of the rules."""
    return tuple(_apply("report", CheckedReport.of(report)))


def check_reading(
    report: Report, unread_rows: Sequence[UnreadRow], pictures: Sequence[SourcePlace]
) -> tuple[Finding, ...]:
    """Return the findings on a report that has just been read, those on its reading last."""
    checked = CheckedReport.of(report, unread_rows, pictures)
    return (*_apply("report", checked), *_apply("reading", checked))


def check_years(report: Report, before: Report) -> tuple[Finding, ...]:
    """Check a report against its body's report for the year before, which each finding names."""
    found = _apply("years", CheckedReport.of(report, before=before))
    return tuple(replace(finding, reports=(before.id,)) for finding in found)


def slim(report: Report) -> Report:
    """Return a report with only what the rules across years look at, to be kept by the thousand."""
    kept = {key for rule in rules().values() if rule.scope == "years" for key in rule.cells}
    cells = tuple(cell for cell in report.cells if cell.key in kept)
    return replace(report, cells=cells, sections=(), labels=(), findings=())


def is_across_years(finding: Finding) -> bool:
    """Say whether a finding comes of a rule across years."""
    rule = rules().get(finding.rule)
    return rule is not None and rule.scope == "years"


def _apply(scope: RuleScope, checked: CheckedReport) -> Iterator[Finding]:
    functions = {rule.check: rule for rule in rules().values() if rule.scope == scope}
    for check in sorted(functions, key=lambda check: _place(functions[check])):
        yield from check(checked)


def _place(rule: Rule) -> int:
    family = rule.name.partition(".")[0]
    known = family in _ORDER_OF_FINDINGS
    return _ORDER_OF_FINDINGS.index(family) if known else len(_ORDER_OF_FINDINGS)
