"""Tells which blank lines are empty cells, by the convention that gives each row its form's cells.

That is the only evidence there is. Where no convention gives that, no blank line is a cell; rows
are short then, and later stages trust none of their numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import TypeAlias

from indexer.report.tables.streams.cutting import CutRow
from indexer.report.tables.streams.word_roles import column_count, group_count

_MIN_ROWS = 4
"""Rows whose counts prove a convention; fewer may fit one by chance."""
_MIN_SHARE = 0.9
"""The share of the rows concerned that have the empty cells which merged cells would leave."""
_PROACTIVE_COLUMNS = 3
"""Columns of figures in the first table, some of whose rows have fewer figures."""
_FORMS = {
    "2021": frozenset({"issued", "repealed", "in_force"}),
    "2019": frozenset(
        {"made", "disclosed", "disclosed_total", "items_last_year", "items_change", "items"}
    ),
}

_Entry: TypeAlias = tuple[CutRow, CutRow | None, int]
"""A row, the next row, and its number of columns."""


@dataclass(frozen=True, slots=True)
class BlankConvention:
    """The way a text prints empty cells, beside `spacing` blank lines between any two cells.

    Merged cells leave empty ones too: with `leads`, a group before the labels that it spans; with
    `spares`, a label over several columns behind itself; with `pads`, a figure likewise.
    """

    spacing: int = 0
    leads: bool = False
    spares: bool = False
    pads: bool = False

    def cells(self, blanks: int) -> int | None:
        """Return the number of empty cells in a gap of blanks, None if it is not whole.

        `n` empty cells take `n` blanks for themselves and `n + 1` gaps of `spacing` blanks.
        """
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
    """Return the form whose columns' heads are over the first table; None if none or both are."""
    found = [form for form, keys in _FORMS.items() if keys & set(heads)]
    return found[0] if len(found) == 1 else None


def count_cells(
    row: CutRow, following: CutRow | None, convention: BlankConvention, form: str | None
) -> EmptyCellCounts | None:
    """Return the empty cells of a row by a convention, None if it cannot be right."""
    counts = _count_blanks(row, convention)
    if counts is None:
        return None
    before, after = list(counts.before), counts.after
    # Blanks behind the label come before the first figure, or behind a row without figures.
    spare = _spare(row) if convention.spares else 0
    if before:
        before[0] -= spare
    else:
        after -= spare
    after -= _lead(following) if convention.leads else 0
    after -= _pad(row, form) if convention.pads else 0
    if after < 0 or any(gap < 0 for gap in before):
        return None
    return EmptyCellCounts(tuple(before), after)


def _count_blanks(row: CutRow, convention: BlankConvention) -> EmptyCellCounts | None:
    """Return all empty cells of a row, those of merged cells too; None for an odd gap."""
    gaps = [convention.cells(value.before) for value in row.values]
    after = convention.cells(row.after)
    if row.is_last:
        # Blank lines behind a table need not come out even: some only separate it from the text.
        after = max(0, (row.after - convention.spacing) // (convention.spacing + 1))
    before = tuple(gap for gap in gaps if gap is not None)
    return (
        EmptyCellCounts(before, after) if after is not None and len(before) == len(gaps) else None
    )


def _lead(row: CutRow | None) -> int:
    """Count the empty cells that spanning groups leave before a row's first printed cell."""
    if row is None or row.section != "requests" or row.key is None:
        return 0
    return max(0, group_count("requests", row.key) - (len(row.heads) - 1))


def _spare(row: CutRow) -> int:
    """Count the empty cells behind a label of requests that spans several label columns."""
    return 2 - group_count("requests", row.key or "") if row.section == "requests" else 0


def _pad(row: CutRow, form: str | None) -> int:
    """Count the columns that the figures of a row of the first table leave over."""
    if row.section != "proactive":
        return 0
    columns = column_count("proactive", row.key or "", form) or _PROACTIVE_COLUMNS
    return _PROACTIVE_COLUMNS - columns


def find_convention(
    tables: Sequence[Sequence[CutRow]], form: str | None, *, explicit: bool
) -> BlankConvention | None:
    """Return the convention that the rows of some tables prove, or None.

    It is the one by which every row of the form has exactly its cells. Where there is none, blank
    lines are no cells. Marked cells (`explicit`) are, but for all that merged cells may have left:
    too few make a row suspect, too many could hide a gap.
    """
    by_table = [_judge(rows, form) for rows in tables]
    judged = list(chain.from_iterable(by_table))
    spacing = 0 if explicit else _least_gap(judged)
    fullest = _find_fullest(_main_rows(by_table), BlankConvention(spacing), form)
    # The plainest convention comes first: each mark is tried without before with.
    marks = product(*((False, True) if mark else (False,) for mark in fullest))
    tried = (BlankConvention(spacing, *chosen) for chosen in marks)
    fallback = BlankConvention(spacing, *fullest) if explicit else None
    if len(judged) < _MIN_ROWS:
        return fallback
    return next(
        (one for one in tried if _gives_all(judged, one, form, explicit=explicit)), fallback
    )


def _least_gap(judged: Sequence[_Entry]) -> int:
    return min((value.before for row, _, _ in judged for value in row.values), default=0)


def _gives_all(
    judged: Sequence[_Entry], convention: BlankConvention, form: str | None, *, explicit: bool
) -> bool:
    """Return whether all rows have exactly their cells, and blank lines are proven to be cells."""
    if not all(_is_exact(entry, convention, form, explicit=explicit) for entry in judged):
        return False
    return explicit or _is_proven(judged, convention, form)


def _judge(rows: Sequence[CutRow], form: str | None) -> list[_Entry]:
    """Return the rows of a form, each with the next row and its number of columns."""
    return [
        (row, following, count)
        for row, following in zip(rows, [*rows[1:], None], strict=True)
        if row.is_judged
        and (count := column_count(row.section or "", row.key or "", form)) is not None
    ]


def _main_rows(tables: Sequence[Sequence[_Entry]]) -> list[_Entry]:
    """Return the rows of the tables with many of a section; a few may be in another table."""
    main: list[_Entry] = []
    for section in ("proactive", "requests"):
        rows = [[entry for entry in table if entry[0].section == section] for table in tables]
        most = max(map(len, rows), default=0)
        main += [entry for entries in rows if 2 * len(entries) >= most for entry in entries]
    return main


def _find_fullest(
    judged: Sequence[_Entry], plain: BlankConvention, form: str | None
) -> tuple[bool, bool, bool]:
    """Return whether groups, labels and figures may have left the empty cells of merged cells."""
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
    return bool(found) and sum(found) >= _MIN_SHARE * len(found)


def _is_proven(judged: Sequence[_Entry], convention: BlankConvention, form: str | None) -> bool:
    """Return whether an empty cell within a table proves that blank lines are cells.

    Only then may those behind a table be cells.
    """
    counts = [
        count_cells(row, following, convention, form)
        for row, following, _ in judged
        if not row.is_last
    ]
    return any(found and found.total() > len(found.before) for found in counts)


def _is_exact(
    entry: _Entry, convention: BlankConvention, form: str | None, *, explicit: bool
) -> bool:
    """Return whether a row has exactly the form's cells; blanks behind a table prove nothing."""
    row, following, count = entry
    counts = count_cells(row, following, convention, form)
    if counts is None:
        return False
    if row.is_last and not explicit:
        # Any number of the last blanks may belong to the text behind the table.
        return count - counts.after <= len(row.values) + sum(counts.before) <= count
    return counts.total() == count
