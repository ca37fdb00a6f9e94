"""Which blank lines are empty cells, by the one evidence there is: the reading by which the rows have the form's cells.

Where no reading gives that, no blank line is a cell; rows are short then, and later stages trust none of their numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

from indexer.report.tables.streams.cutting import CutRow
from indexer.report.tables.streams.form_words import column_count, group_count

_ENOUGH = 4
"""So many rows are needed before their counts prove anything."""
_MOST = 0.9
"""So many of the rows concerned must have the empty cells that a mark of merged cells would leave."""
_WIDTH = 3
"""The first table has so many columns for figures; some of its rows have fewer figures."""
_FORMS = {
    "2021": frozenset({"issued", "repealed", "in_force"}),
    "2019": frozenset(
        {"made", "disclosed", "disclosed_total", "items_last_year", "items_change", "items"}
    ),
}


@dataclass(frozen=True, slots=True)
class BlankConvention:
    """How blanks are read: `spacing` blank lines stand between any two cells, and others are cells.

    `leads`: a merged group leaves empty cells before the labels it spans; `spares`: a label over several columns leaves some
    behind it; `pads`: so does a figure over several columns.
    """

    spacing: int = 0
    leads: bool = False
    spares: bool = False
    pads: bool = False

    def cells(self, blanks: int) -> int | None:
        """Count the empty cells in so many blanks; None if they do not come out even."""
        count, rest = divmod(blanks - self.spacing, self.spacing + 1)
        return count if rest == 0 and count >= 0 else None


@dataclass(frozen=True, slots=True)
class EmptyCellCounts:
    """The empty cells of a row: before each of its figures, and after the last one."""

    before: tuple[int, ...]
    after: int

    def total(self) -> int:
        """Count all cells of the row."""
        return len(self.before) + sum(self.before) + self.after


def find_form(heads: Sequence[str]) -> str | None:
    """Return the form whose columns' heads stand over the first table; None if none or both do."""
    found = [form for form, keys in _FORMS.items() if keys & set(heads)]
    return found[0] if len(found) == 1 else None


def count_cells(
    row: CutRow, following: CutRow | None, reading: BlankConvention, form: str | None
) -> EmptyCellCounts | None:
    """Return the empty cells of a row by a reading; None where the reading cannot be right."""
    counts = _count_blanks(row, reading)
    if counts is None:
        return None
    before, after = list(counts.before), counts.after
    spare = _spare(row) if reading.spares else 0
    if before:
        before[0] -= spare
    else:
        after -= spare
    after -= _lead(following) if reading.leads else 0
    after -= _pad(row, form) if reading.pads else 0
    if after < 0 or any(gap < 0 for gap in before):
        return None
    return EmptyCellCounts(tuple(before), after)


def _count_blanks(row: CutRow, reading: BlankConvention) -> EmptyCellCounts | None:
    """Return all empty cells of a row, those of merged cells too; None where blanks do not come out even."""
    gaps = [reading.cells(value.before) for value in row.values]
    after = reading.cells(row.after)
    if row.is_last:
        after = max(0, (row.after - reading.spacing) // (reading.spacing + 1))
    before = tuple(gap for gap in gaps if gap is not None)
    return (
        EmptyCellCounts(before, after) if after is not None and len(before) == len(gaps) else None
    )


def _lead(row: CutRow | None) -> int:
    """Count the empty cells that the groups spanning a row leave before its first printed cell."""
    if row is None or row.section != "requests" or row.key is None:
        return 0
    return max(0, group_count("requests", row.key) - (len(row.heads) - 1))


def _spare(row: CutRow) -> int:
    """Count the empty cells behind a label of requests that spans several of the label columns."""
    return 2 - group_count("requests", row.key or "") if row.section == "requests" else 0


def _pad(row: CutRow, form: str | None) -> int:
    """Count the columns that the figures of a row of the first table leave over."""
    return (
        _WIDTH - (column_count("proactive", row.key or "", form) or _WIDTH)
        if row.section == "proactive"
        else 0
    )


def find_reading(
    tables: Sequence[Sequence[CutRow]], form: str | None, *, explicit: bool
) -> BlankConvention | None:
    """Return the reading that the rows of some tables prove, or None.

    It is the one by which every row of the form has exactly its cells. Where there is none, blank lines are no cells; marked
    cells (`explicit`) are, but for all that merged cells may have left: too few make a row suspect, too many could hide a gap.
    """
    by_table = [_judge(rows, form) for rows in tables]
    judged = [entry for entries in by_table for entry in entries]
    spacing = (
        0
        if explicit
        else min((value.before for row, _, _ in judged for value in row.values), default=0)
    )
    fullest = _find_fullest(_main_rows(by_table), BlankConvention(spacing), form)
    if len(judged) >= _ENOUGH:
        for marks in product(*((False, True) if mark else (False,) for mark in fullest)):
            reading = BlankConvention(spacing, *marks)
            if all(_is_exact(entry, reading, form, explicit=explicit) for entry in judged) and (
                explicit or _is_proven(judged, reading, form)
            ):
                return reading
    return BlankConvention(spacing, *fullest) if explicit else None


_Entry: TypeAlias = tuple[CutRow, CutRow | None, int]


def _judge(rows: Sequence[CutRow], form: str | None) -> list[_Entry]:
    """Return the rows of a form, each with the one after it and how many columns the form has for it."""
    return [
        (row, following, count)
        for row, following in zip(rows, [*rows[1:], None], strict=True)
        if row.is_judged
        and (count := column_count(row.section or "", row.key or "", form)) is not None
    ]


def _main_rows(tables: Sequence[Sequence[_Entry]]) -> list[_Entry]:
    """Return the rows of the tables that have many of a section: a few may stand in a table that is no form's at all."""
    main: list[_Entry] = []
    for section in ("proactive", "requests"):
        rows = [[entry for entry in table if entry[0].section == section] for table in tables]
        most = max(map(len, rows), default=0)
        main += [entry for entries in rows if 2 * len(entries) >= most for entry in entries]
    return main


def _find_fullest(
    judged: Sequence[_Entry], plain: BlankConvention, form: str | None
) -> tuple[bool, bool, bool]:
    """Say which empty cells of merged cells there may be: of groups, of labels, of figures."""
    leads: list[bool] = []
    spares: list[bool] = []
    pads: list[bool] = []
    for row, following, _ in judged:
        counts = _count_blanks(row, plain)
        after = counts.after if counts else 0
        first = (counts.before[0] if counts.before else counts.after) if counts else 0
        leads += [after >= lead] if (lead := _lead(following)) else []
        spares += [first >= spare] if (spare := _spare(row)) else []
        pads += [after >= pad] if (pad := _pad(row, form)) else []
    return _mostly(leads), _mostly(spares), _mostly(pads)


def _mostly(found: Sequence[bool]) -> bool:
    return bool(found) and sum(found) >= _MOST * len(found)


def _is_proven(judged: Sequence[_Entry], reading: BlankConvention, form: str | None) -> bool:
    """Return whether an empty cell within a table shows that blank lines are cells: only then may those behind one be."""
    counts = [
        count_cells(row, following, reading, form)
        for row, following, _ in judged
        if not row.is_last
    ]
    return any(found and found.total() > len(found.before) for found in counts)


def _is_exact(entry: _Entry, reading: BlankConvention, form: str | None, *, explicit: bool) -> bool:
    """Return whether a row has exactly the form's cells. Blank lines behind a table prove nothing."""
    row, following, count = entry
    counts = count_cells(row, following, reading, form)
    if counts is None:
        return False
    if row.is_last and not explicit:
        return count - counts.after <= len(row.values) + sum(counts.before) <= count
    return counts.total() == count
