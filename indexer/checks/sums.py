"""The sums that the forms themselves demand: over applicants, over dispositions, over outcomes, and the balance of a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.checks.reported_figures import Figures, terms_of_sum
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


def check_requests(table: FormTable, figures: Figures) -> list[Finding]:
    """Check the request table: row sums, disposition sums, and the balance of the year."""
    return [
        *_check_sums(list(_row_sums(table, "requests.row_sum")), "request_rows", figures),
        *_check_sums(list(_disposed_sums(table)), "dispositions", figures),
        *_check_balance(table, figures),
    ]


def check_disputes(table: FormTable, figures: Figures) -> list[Finding]:
    """Check that in each of the three rows the four outcomes add up to the total."""
    return _check_sums(list(_row_sums(table, "disputes.row_sum")), "dispute_rows", figures)


def _row_sums(table: FormTable, rule: str) -> Iterator[RequiredSum]:
    for row in table.rows:
        keys = [table.key(row, column) for column in table.columns]
        line = ("row", Message.of("form.row", key=f"{table.section}.{row.key}"))
        yield RequiredSum(rule, "finding.sum.row", line, tuple(keys[:-1]), keys[-1])


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


def _check_sums(sums: Sequence[RequiredSum], subject: str, figures: Figures) -> list[Finding]:
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


def _check_balance(table: FormTable, figures: Figures) -> list[Finding]:
    rule = "requests.balance"
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
            findings.append(Finding(rule, "contradiction", message, keys, came, went))
    if unjudged:
        findings.append(figures.unjudged(rule, unjudged, "balance"))
    return findings


def _row(table: FormTable, key: str) -> FormRow:
    return next(row for row in table.rows if row.key == key)
