"""The rules across years: what one year carries over, the next year of the body must take in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.checks.reported_figures import ReportedFigures
from indexer.checks.rules import CheckedReport, rule
from indexer.forms.form import read_forms
from indexer.records import Finding, Message, Number, Report

_DOCUMENTS = ("regulations", "normative_documents")
_ITEMS = ("licensing", "other_services", "penalties", "coercion", "fees")
_SUBJECTS = {
    "years.carried": "carried_in",
    "years.in_force": "in_force",
    "years.items": "items_last_year",
}
"""What a rule is about, in the sentence that it could not be judged."""


@dataclass(frozen=True, slots=True)
class YearStep:
    """A figure that follows from the year before: `now` = sum of `before` + `plus` - `minus`.

    `before` are cells of the earlier report, `now`, `plus` and `minus` of the later one. `line` is
    the row or column in the sentence of the finding.
    """

    line: Message
    now: str
    before: tuple[str, ...]
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()

    @property
    def change(self) -> tuple[str, ...]:
        """The cells of the later report that change the figure."""
        return (*self.plus, *self.minus)


def _cells(steps: Sequence[YearStep]) -> tuple[str, ...]:
    return tuple(key for step in steps for key in (step.now, *step.before, *step.change))


def _row(row: str, form: str) -> Message:
    return Message.of("form.row", key=f"proactive.{row}", form=form)


def _carried_steps() -> Iterator[YearStep]:
    table = next(table for form in read_forms().values() for table in form.tables_of("requests"))
    for column in table.columns:
        line = Message.of("form.column", key=f"requests.*.{column.key}")
        before = f"requests.carried_out.{column.key}"
        yield YearStep(line, f"requests.carried_in.{column.key}", (before,))


def _in_force_steps() -> Iterator[YearStep]:
    for row in _DOCUMENTS:
        now, issued, repealed = (
            f"proactive.{row}.{column}" for column in ("in_force", "issued", "repealed")
        )
        yield YearStep(_row(row, "2021"), now, (now,), (issued,), (repealed,))


def _item_steps() -> Iterator[YearStep]:
    for row in _ITEMS:
        now, change = (
            f"proactive.{row}.{column}" for column in ("items_last_year", "items_change")
        )
        yield YearStep(_row(row, "2019"), now, (now, change))


_CARRIED = tuple(_carried_steps())
_IN_FORCE = tuple(_in_force_steps())
_KEPT_ITEMS = tuple(_item_steps())


@rule("years.carried", "跨年结转", scope="years", cells=_cells(_CARRIED))
def check_carried(checked: CheckedReport) -> Iterator[Finding]:
    """Check that a year takes in what the year before carried out, whatever their forms."""
    if any(checked.figures.has(step.now) for step in _CARRIED):
        yield from _check("years.carried", _CARRIED, checked)


@rule("years.in_force", "跨年有效件数", scope="years", cells=_cells(_IN_FORCE))
def check_in_force(checked: CheckedReport) -> Iterator[Finding]:
    """Check the documents in force against the year before and what was issued and repealed."""
    if _both_have(_IN_FORCE, checked):
        yield from _check("years.in_force", _IN_FORCE, checked)


@rule("years.items", "跨年项目数", scope="years", cells=_cells(_KEPT_ITEMS))
def check_items(checked: CheckedReport) -> Iterator[Finding]:
    """Check the items of last year against what the report for that year came to."""
    if _both_have(_KEPT_ITEMS, checked):
        yield from _check("years.items", _KEPT_ITEMS, checked)


def _both_have(steps: Sequence[YearStep], checked: CheckedReport) -> bool:
    """Say whether both forms have the figures; a report without tables is taken to have them."""
    before = checked.before
    if before is None or not any(checked.figures.has(step.now) for step in steps):
        return False
    past = ReportedFigures.of(before)
    return before.form == "none" or any(past.has(key) for step in steps for key in step.before)


def _check(name: str, steps: Sequence[YearStep], checked: CheckedReport) -> Iterator[Finding]:
    before = checked.before
    if before is None:
        return
    figures, past = checked.figures, ReportedFigures.of(before)
    unjudged: list[str] = []
    for step in steps:
        now, came = figures.value(step.now), past.values(step.before)
        plus, minus = figures.values(step.plus), figures.values(step.minus)
        if now is None or came is None or plus is None or minus is None:
            unjudged += [step.now, *step.change]
            continue
        expected = sum(came) + sum(plus) - sum(minus)
        if now != expected:
            results = {"year": before.identity.year or 0, "expected": expected, "found": now}
            message = _message(name, step.line, (*came, *plus, *minus), results)
            cells = (step.now, *step.change)
            yield Finding(name, "contradiction", message, cells, expected, now)
    if unjudged:
        yield _unjudged(name, unjudged, before)


def _unjudged(name: str, keys: Sequence[str], before: Report) -> Finding:
    message = Message.of(
        "finding.year.unjudged",
        subject=Message.of(f"finding.subject.{_SUBJECTS[name]}"),
        year=before.identity.year or 0,
        count=len(keys),
    )
    return Finding(name, "unjudged", message, tuple(dict.fromkeys(keys)))


def _message(
    name: str, line: Message, terms: Sequence[Number], results: Mapping[str, Number]
) -> Message:
    if name == "years.carried":
        return Message.of("finding.year.carried", column=line, **results)
    if name == "years.in_force":
        operands = dict(zip(("before", "issued", "repealed"), terms, strict=True))
        return Message.of("finding.year.in_force", row=line, **operands, **results)
    before, change = terms
    return Message.of("finding.year.items", row=line, before=before, change=change, **results)
