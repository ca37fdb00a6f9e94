"""Tells in which form a report's tables are printed, by all signs together."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.forms.form import Form, read_forms
from indexer.report.tables.form_blocks import PrintedBlock
from indexer.report.tables.form_grids import ParsedGrid, iter_rows
from indexer.report.tables.label_matching import plain
from indexer.text.amounts import clean

_ONLY_2021 = frozenset({"other_uncorrected", "other_unpaid", "other_misc"})
_FRAGMENTS = {
    "2019": ("公开数量", "制作", "公开总", "上一年", "增减", "采购"),
    "2021": ("废止", "有效", "制发", "收费"),
}
_MIN_OWN_HEADS = 3
"""Heads that one form alone has, from which on it is printed whole, not one row of it."""
_ADJECTIVE = "行政规范性文件"


def find_requests_form(readings: Sequence[ParsedGrid]) -> str | None:
    """Return the form of the requests' table, None if its rows do not tell."""
    keys = {row.key for row in iter_rows(readings, "requests")}
    if keys & _ONLY_2021:
        return "2021"
    return "2019" if "other" in keys else None


def find_proactive_form(readings: Sequence[ParsedGrid]) -> str | None:
    """Return the form of the first table by heads, rows and their widths; None if they tie."""
    votes = dict.fromkeys(read_forms(), 0)
    heads = {key for reading in readings for key, _ in reading.heads}
    for name, form in read_forms().items():
        own = sum(1 for key in _own_columns(form) if f"proactive.{key}" in heads)
        # A whole head is the best evidence, a row may be taken over, a fragment may be anything.
        votes[name] = 4 * own + 2 * _own_rows(form, readings) + _fragments(name, readings)
    best = max(votes, key=lambda name: votes[name])
    return best if votes[best] and list(votes.values()).count(votes[best]) == 1 else None


def is_mixed(blocks: Sequence[PrintedBlock], readings: Sequence[ParsedGrid]) -> bool:
    """Return whether a block is printed in both forms, so that either may be the report's.

    Where the heads do not show it, many heads of both forms beside a repeated row do.
    """
    if any(block.is_disputed for block in blocks):
        return True
    heads = {key for reading in readings for key, _ in reading.heads}
    known = [
        sum(f"proactive.{key}" in heads for key in _own_columns(form))
        for form in read_forms().values()
    ]
    keys = [row.key for row in iter_rows(readings, "proactive")]
    return sum(count >= _MIN_OWN_HEADS for count in known) > 1 and len(set(keys)) < len(keys)


def _own_columns(form: Form) -> set[str]:
    others = {
        column.key
        for other in read_forms().values()
        if other.name != form.name
        for table in other.tables
        for column in table.columns
    }
    return {
        column.key for table in form.tables_of("proactive") for column in table.columns
    } - others


def _own_rows(form: Form, readings: Sequence[ParsedGrid]) -> int:
    """Count the rows that only this form has, or that have its number of cells alone."""
    widths = _widths(form)
    others = [_widths(other) for other in read_forms().values() if other.name != form.name]
    count = 0
    for row in iter_rows(readings, "proactive"):
        wanted = widths.get(row.key)
        elsewhere = {other.get(row.key) for other in others}
        if wanted is None or wanted in elsewhere:
            continue
        is_as_wide = sum(1 for cell in row.values if clean(cell.text)) == wanted
        count += is_as_wide or elsewhere == {None}
    return count


def _widths(form: Form) -> dict[str, int]:
    return {
        row.key: len(table.columns) for table in form.tables_of("proactive") for row in table.rows
    }


def _fragments(name: str, readings: Sequence[ParsedGrid]) -> int:
    """Count the fragments of this form's heads, and its own name of 规范性文件."""
    rows = list(iter_rows(readings, "proactive"))
    heads = {plain(head.cell.text) for row in rows for head in row.heads.heads}
    named = any(plain(row.label) == _ADJECTIVE for row in rows)
    return sum(any(word in head for word in _FRAGMENTS[name]) for head in heads) + (
        named and name == "2021"
    )
