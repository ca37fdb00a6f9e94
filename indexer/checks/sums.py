"""The sums that the forms themselves demand: over applicants, over dispositions, over outcomes, and the balance of a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.checks.reported_figures import Figures, terms_written, written
from indexer.forms.form import FormRow, FormTable
from indexer.records import Finding


@dataclass(frozen=True, slots=True)
class _Sum:
    """`parts` must add up to `total`; `what` names the figure in a message."""

    rule: str
    what: str
    parts: tuple[str, ...]
    total: str


def check_requests(table: FormTable, figures: Figures) -> list[Finding]:
    """Check the request table: row sums, disposition sums, and the balance of the year."""
    return [
        *_check_sums(list(_row_sums(table, "requests.row_sum")), "申请表各行的合计", figures),
        *_check_sums(list(_disposed_sums(table)), "申请表各办理结果之和", figures),
        *_check_balance(table, figures),
    ]


def check_disputes(table: FormTable, figures: Figures) -> list[Finding]:
    """Check that in each of the three rows the four outcomes add up to the total."""
    return _check_sums(list(_row_sums(table, "disputes.row_sum")), "复议和诉讼表的合计", figures)


def _row_sums(table: FormTable, rule: str) -> Iterator[_Sum]:
    for row in table.rows:
        keys = [table.key(row, column) for column in table.columns]
        yield _Sum(rule, f"「{row.label}」一行各项", tuple(keys[:-1]), keys[-1])


def _disposed_sums(table: FormTable) -> Iterator[_Sum]:
    parts = [
        row
        for row in table.rows
        if row.key not in ("received", "carried_in", "disposed", "carried_out")
    ]
    disposed = _row(table, "disposed")
    for column in table.columns:
        what = f"「{column.label}」一列各办理结果"
        yield _Sum(
            "requests.disposed_sum",
            what,
            tuple(table.key(row, column) for row in parts),
            table.key(disposed, column),
        )


def _check_sums(sums: Sequence[_Sum], what: str, figures: Figures) -> list[Finding]:
    """Return a contradiction for each sum that does not hold, and one unjudged finding for all that cannot be judged."""
    findings: list[Finding] = []
    unjudged: dict[str, None] = {}
    for each in sums:
        keys = (*each.parts, each.total)
        parts, total = figures.values(each.parts), figures.value(each.total)
        if parts is None or total is None:
            unjudged.update(dict.fromkeys(keys))
        elif sum(parts) != total:
            terms = terms_written([written(part) for part in parts if part])
            message = (
                f"{each.what}相加是 {written(sum(parts))}{terms}，总计印的是 {written(total)}。"
            )
            findings.append(Finding(each.rule, "contradiction", message, keys, sum(parts), total))
    if unjudged:
        findings.append(figures.unjudged(sums[0].rule, tuple(unjudged), what))
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
            message = (
                f"「{column.label}」一列：新收 {written(received)}＋上年结转 {written(carried_in)}＝{written(came)}，"
                f"办理结果总计 {written(disposed)}＋结转下年 {written(carried_out)}＝{written(went)}，两边不等。"
            )
            findings.append(Finding(rule, "contradiction", message, keys, came, went))
    if unjudged:
        findings.append(figures.unjudged(rule, unjudged, "申请表的勾稽关系"))
    return findings


def _row(table: FormTable, key: str) -> FormRow:
    return next(row for row in table.rows if row.key == key)
