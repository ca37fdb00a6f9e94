"""The sums that the forms demand: over applicants, dispositions and outcomes, and the balance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.checks.reported_figures import ReportedFigures, terms_of_sum
from indexer.checks.rules import CheckedReport, rule
from indexer.forms.form import FormRow, FormTable
from indexer.records import Finding, Message


@dataclass(frozen=True, slots=True)
class RequiredSum:
    """A rule's demand that the cells `parts` add up to the cell `total`.

    `code` is that of the sentence where they do not, and `line` the row or column in it.
    """

    rule: str
    code: str
    line: tuple[str, Message]
    parts: tuple[str, ...]
    total: str


@rule("requests.row_sum", "申请横向合计", result=".total")
def check_request_rows(checked: CheckedReport) -> list[Finding]:
    """Check that in every row of the requests table the applicants add up to the total."""
    table = checked.table("requests")
    if table is None:
        return []
    sums = list(_row_sums(table, "requests.row_sum"))
    return _check_sums(sums, "request_rows", checked.figures)


@rule("requests.disposed_sum", "办理结果合计", result=".disposed.")
def check_dispositions(checked: CheckedReport) -> list[Finding]:
    """Check that in every column the dispositions add up to the number of requests disposed of."""
    table = checked.table("requests")
    if table is None:
        return []
    return _check_sums(list(_disposed_sums(table)), "dispositions", checked.figures)


@rule("requests.balance", "勾稽关系", "勾稽")
def check_balance(checked: CheckedReport) -> list[Finding]:
    """Check that in every column received + carried in = disposed + carried out."""
    table = checked.table("requests")
    return _check_balance(table, checked.figures) if table else []


@rule("disputes.row_sum", "复议诉讼合计", result=".total")
def check_dispute_rows(checked: CheckedReport) -> list[Finding]:
    """Check that in each of the three rows the four outcomes add up to the total."""
    table = checked.table("disputes")
    if table is None:
        return []
    sums = list(_row_sums(table, "disputes.row_sum"))
    return _check_sums(sums, "dispute_rows", checked.figures)


def _row_sums(table: FormTable, name: str) -> Iterator[RequiredSum]:
    for row in table.rows:
        keys = [table.key(row, column) for column in table.columns]
        line = ("row", Message.of("form.row", key=f"{table.section}.{row.key}"))
        yield RequiredSum(name, "finding.sum.row", line, tuple(keys[:-1]), keys[-1])


def _disposed_sums(table: FormTable) -> Iterator[RequiredSum]:
    parts = [
        row
        for row in table.rows
        if row.key not in ("received", "carried_in", "disposed", "carried_out")
    ]
    disposed = _row(table, "disposed")
    for column in table.columns:
        yield RequiredSum(
            "requests.disposed_sum",
            "finding.sum.dispositions",
            ("column", Message.of("form.column", key=f"requests.*.{column.key}")),
            tuple(table.key(row, column) for row in parts),
            table.key(disposed, column),
        )


def _check_sums(
    sums: Sequence[RequiredSum], subject: str, figures: ReportedFigures
) -> list[Finding]:
    """Return a contradiction for each sum that does not hold.

    All that cannot be judged are one unjudged finding, about `subject`.
    """
    findings: list[Finding] = []
    unjudged: dict[str, None] = {}
    for each in sums:
        keys = (*each.parts, each.total)
        parts, total = figures.values(each.parts), figures.value(each.total)
        if parts is None or total is None:
            unjudged.update(dict.fromkeys(keys))
        elif sum(parts) != total:
            message = Message.of(
                each.code,
                **dict([each.line]),
                sum=sum(parts),
                terms=terms_of_sum([part for part in parts if part]),
                total=total,
            )
            findings.append(Finding(each.rule, "contradiction", message, keys, sum(parts), total))
    if unjudged:
        findings.append(figures.unjudged(sums[0].rule, tuple(unjudged), subject))
    return findings


def _check_balance(table: FormTable, figures: ReportedFigures) -> list[Finding]:
    name = "requests.balance"
    rows = [_row(table, key) for key in ("received", "carried_in", "disposed", "carried_out")]
    findings: list[Finding] = []
    unjudged: list[str] = []
    for column in table.columns:
        keys = tuple(table.key(row, column) for row in rows)
        values = figures.values(keys)
        if values is None:
            unjudged += keys
            continue
        received, carried_in, disposed, carried_out = values
        came, went = received + carried_in, disposed + carried_out
        if came != went:
            message = Message.of(
                "finding.sum.balance",
                column=Message.of("form.column", key=f"requests.*.{column.key}"),
                received=received,
                carried_in=carried_in,
                came=came,
                disposed=disposed,
                carried_out=carried_out,
                went=went,
            )
            findings.append(Finding(name, "contradiction", message, keys, came, went))
    if unjudged:
        findings.append(figures.unjudged(name, unjudged, "balance"))
    return findings


def _row(table: FormTable, key: str) -> FormRow:
    return next(row for row in table.rows if row.key == key)
