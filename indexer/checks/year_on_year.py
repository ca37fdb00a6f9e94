"""The rules across years: what one year carries over, the next must have taken in. Pure functions over reports of one body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.checks.reported_figures import Figures
from indexer.forms.form import read_forms
from indexer.records import Finding, Message, Number, Report

_DOCUMENTS = ("regulations", "normative_documents")
_ITEMS = ("licensing", "other_services", "penalties", "coercion", "fees")
_CARRIED, _IN_FORCE, _KEPT_ITEMS = "years.carried", "years.in_force", "years.items"


@dataclass(frozen=True, slots=True)
class _Step:
    """From one year to the next: the cells `before` of the one and `change` of the other make `now` of the other.

    The last of `minus` cells of `change` are taken away. `line` is the row or column in the
    sentence of the finding.
    """

    rule: str
    line: Message
    now: str
    before: tuple[str, ...]
    change: tuple[str, ...] = ()
    minus: int = 0


def slim(report: Report) -> Report:
    """Return the report with only what the rules across years look at, to be kept by the thousand."""
    kept = {key for step in _STEPS for key in (step.now, *step.before, *step.change)}
    cells = tuple(cell for cell in report.cells if cell.key in kept)
    return replace(report, cells=cells, sections=(), labels=(), findings=())


def is_across_years(finding: Finding) -> bool:
    """Say whether a finding comes of these rules."""
    return finding.rule.startswith("years.")


def check_years(report: Report, before: Report) -> tuple[Finding, ...]:
    """Check a report against its body's report for the year before, which each finding names."""
    findings: list[Finding] = []
    for rule in (_CARRIED, _IN_FORCE, _KEPT_ITEMS):
        steps = [step for step in _STEPS if step.rule == rule]
        if _applies(rule, steps, report, before):
            findings += _check(steps, report, before)
    return tuple(replace(finding, reports=(before.id,)) for finding in findings)


def _applies(rule: str, steps: Sequence[_Step], report: Report, before: Report) -> bool:
    """Say whether the rule can hold at all: the report's form has the figures, and the form has not changed between."""
    figures, past = Figures.of(report), Figures.of(before)
    if not any(figures.has(step.now) for step in steps):
        return False
    return (
        rule == _CARRIED
        or before.form == "none"
        or any(past.has(key) for step in steps for key in step.before)
    )


def _check(steps: Sequence[_Step], report: Report, before: Report) -> Iterator[Finding]:
    figures, past = Figures.of(report), Figures.of(before)
    unjudged: list[str] = []
    for step in steps:
        now, change, came = (
            figures.value(step.now),
            figures.values(step.change),
            past.values(step.before),
        )
        if now is None or change is None or came is None:
            unjudged += [step.now, *step.change]
            continue
        expected = sum(came) + sum(change) - 2 * sum(change[len(change) - step.minus :])
        if now != expected:
            message = _message(step, before.identity.year or 0, (*came, *change), expected, now)
            cells = (step.now, *step.change)
            yield Finding(step.rule, "contradiction", message, cells, expected, now)
    if unjudged:
        yield _unjudged(steps[0].rule, unjudged, before)


def _unjudged(rule: str, keys: Sequence[str], before: Report) -> Finding:
    subject = {
        _CARRIED: "carried_in",
        _IN_FORCE: "in_force",
        _KEPT_ITEMS: "items_last_year",
    }[rule]
    message = Message.of(
        "finding.year.unjudged",
        subject=Message.of(f"finding.subject.{subject}"),
        year=before.identity.year or 0,
        count=len(keys),
    )
    return Finding(rule, "unjudged", message, tuple(dict.fromkeys(keys)))


def _message(
    step: _Step, year: int, terms: Sequence[Number], expected: Number, found: Number
) -> Message:
    match step.rule:
        case "years.carried":
            return Message.of(
                "finding.year.carried",
                column=step.line,
                year=year,
                expected=expected,
                found=found,
            )
        case "years.in_force":
            before, issued, repealed = terms
            return Message.of(
                "finding.year.in_force",
                row=step.line,
                year=year,
                before=before,
                issued=issued,
                repealed=repealed,
                expected=expected,
                found=found,
            )
    before, change = terms
    return Message.of(
        "finding.year.items",
        row=step.line,
        year=year,
        before=before,
        change=change,
        expected=expected,
        found=found,
    )


def _carried_steps() -> Iterator[_Step]:
    table = next(table for form in read_forms().values() for table in form.tables_of("requests"))
    for column in table.columns:
        now, out = (f"requests.{row}.{column.key}" for row in ("carried_in", "carried_out"))
        line = Message.of("form.column", key=f"requests.*.{column.key}")
        yield _Step(_CARRIED, line, now, (out,))


def _steps() -> Iterator[_Step]:
    yield from _carried_steps()
    for row in _DOCUMENTS:
        now, issued, repealed = (
            f"proactive.{row}.{column}" for column in ("in_force", "issued", "repealed")
        )
        yield _Step(_IN_FORCE, _row(row, "2021"), now, (now,), (issued, repealed), minus=1)
    for row in _ITEMS:
        now, change = (
            f"proactive.{row}.{column}" for column in ("items_last_year", "items_change")
        )
        yield _Step(_KEPT_ITEMS, _row(row, "2019"), now, (now, change))


def _row(row: str, form: str) -> Message:
    return Message.of("form.row", key=f"proactive.{row}", form=form)


_STEPS = tuple(_steps())
