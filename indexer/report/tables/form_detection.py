"""Which of the official forms a report's tables are printed in, by all that they say."""

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
_WHOLE = 3
"""With so many heads of its own a form is printed whole, and not in a row that another took over."""
_ADJECTIVE = "行政规范性文件"


def find_requests_form(readings: Sequence[ParsedGrid]) -> str | None:
    """Return the form of the requests' table, None if its rows do not tell."""
    keys = {row.key for row in iter_rows(readings, "requests")}
    if keys & _ONLY_2021:
        return "2021"
    return "2019" if "other" in keys else None


def find_proactive_form(readings: Sequence[ParsedGrid]) -> str | None:
    """Return the form of the first table, None if nothing of it tells: its heads, its rows, how many cells they have."""
    votes = dict.fromkeys(read_forms(), 0)
    heads = {key for reading in readings for key, _ in reading.heads}
    for name, form in read_forms().items():
        votes[name] += 4 * sum(1 for key in _own_columns(form) if f"proactive.{key}" in heads)
        votes[name] += 2 * _own_rows(form, readings)
        votes[name] += _fragments(name, readings)
    best = max(votes, key=lambda name: votes[name])
    return best if votes[best] and list(votes.values()).count(votes[best]) == 1 else None


def is_mixed(blocks: Sequence[PrintedBlock], readings: Sequence[ParsedGrid]) -> bool:
    """Return whether a block is printed in both forms: no one can tell which of them is this report's.

    Where the heads do not show it, many heads of both forms beside a row that stands twice do.
    """
    if any(block.is_disputed for block in blocks):
        return True
    heads = {key for reading in readings for key, _ in reading.heads}
    known = [
        sum(f"proactive.{key}" in heads for key in _own_columns(form))
        for form in read_forms().values()
    ]
    keys = [row.key for row in iter_rows(readings, "proactive")]
    return sum(count >= _WHOLE for count in known) > 1 and len(set(keys)) < len(keys)


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
    """Count the rows that only this form has, or that only in it have so many cells."""
    widths = _widths(form)
    others = [_widths(other) for other in read_forms().values() if other.name != form.name]
    count = 0
    for row in iter_rows(readings, "proactive"):
        width = len([cell for cell in row.values if clean(cell.text)])
        mine = row.key in widths and (
            width == widths[row.key] or all(row.key not in other for other in others)
        )
        count += mine and all(other.get(row.key) != widths[row.key] for other in others)
    return count


def _widths(form: Form) -> dict[str, int]:
    return {
        row.key: len(table.columns) for table in form.tables_of("proactive") for row in table.rows
    }


def _fragments(name: str, readings: Sequence[ParsedGrid]) -> int:
    """Count what is left of this form's heads where they are cut short, and its own name for 规范性文件."""
    rows = list(iter_rows(readings, "proactive"))
    heads = {plain(head.cell.text) for row in rows for head in row.heads.heads}
    named = any(plain(row.label) == _ADJECTIVE for row in rows)
    return sum(any(word in head for word in _FRAGMENTS[name]) for head in heads) + (
        named and name == "2021"
    )
