"""The rule that a report since 2019 prints the form's tables and that all their rows are read."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.checks.rules import CheckedReport, UnreadRow, rule
from indexer.records import Finding, Identity, Message

RULE = "form.unread"
_SINCE = 2019
"""The first year for which there is a form."""
_EXEMPT = frozenset({"institution"})
"""Levels that no form is prescribed for."""
_TABLES = ("proactive", "requests", "disputes")
MAX_ROWS_SHOWN = 3
MAX_ROW_LENGTH = 40


@rule(RULE, "表格未读", "表未读", scope="reading")
def check_unread(checked: CheckedReport) -> list[Finding]:
    """Return one finding on missing tables and unread rows; an empty list if all was read."""
    report, rows = checked.report, checked.unread_rows
    if not _is_due(report.identity):
        return []
    printed = {cell.key.split(".")[0] for cell in report.cells if cell.status != "missing"}
    absent = [section for section in _TABLES if section not in printed]
    if not absent and not rows:
        return []
    passages = tuple(row.passage for row in rows if row.passage)
    message = _message(absent, rows, pictured=bool(checked.pictures))
    return [Finding(RULE, "unjudged", message, passages=passages[:MAX_ROWS_SHOWN])]


def _is_due(identity: Identity) -> bool:
    """Say whether a form is prescribed for the body and year."""
    return (identity.year or 0) >= _SINCE and identity.level not in _EXEMPT


def _message(absent: Sequence[str], rows: Sequence[UnreadRow], *, pictured: bool) -> Message:
    if not rows:
        return _on_tables(absent, pictured=pictured)
    if not absent:
        return _on_rows(rows)
    return Message.of(
        "finding.unread.tables_and_rows",
        tables=_on_tables(absent, pictured=pictured),
        rows=_on_rows(rows),
    )


def _on_tables(absent: Sequence[str], *, pictured: bool) -> Message:
    where = Message.of("finding.unread.pictured") if pictured else ""
    if len(absent) == len(_TABLES):
        return Message.of("finding.unread.all_tables", pictured=where)
    tables = tuple(Message.of(f"finding.unread.table.{section}") for section in absent)
    return Message.of("finding.unread.tables", tables=tables, pictured=where)


def _on_rows(rows: Sequence[UnreadRow]) -> Message:
    code = "finding.unread.more_rows" if len(rows) > MAX_ROWS_SHOWN else "finding.unread.rows"
    shown = tuple(
        Message.of("finding.unread.row", text=_shorten(row.text)) for row in rows[:MAX_ROWS_SHOWN]
    )
    return Message.of(code, count=len(rows), rows=shown)


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MAX_ROW_LENGTH else f"{line[:MAX_ROW_LENGTH]}…"
