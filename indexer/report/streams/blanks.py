"""Which blank lines are empty cells, by the one evidence there is: the reading by which the rows have the form's cells.

Where no reading gives that, no blank line is a cell; rows are short then, and later stages trust none of their numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from indexer.report.streams.cutting import CutRow
from indexer.report.streams.words import column_count, group_count

_ENOUGH = 4
"""So many rows are needed before their counts prove anything."""
_WIDTH = 3
"""The first table has so many columns for figures; some of its rows have fewer figures."""
_FORMS = {
    "2021": frozenset({"issued", "repealed", "in_force"}),
    "2019": frozenset({"made", "disclosed", "disclosed_total", "items_last_year", "items_change", "items"}),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """How blanks are read: `spacing` blank lines stand between any two cells, and others are cells.

    `leads`: a merged group leaves empty cells before the labels it spans; `spares`: a label over several columns leaves some
    behind it; `pads`: so does a figure over several columns; `closes`: each row ends with a mark that looks like an empty cell.
    """

    spacing: int = 0
    leads: bool = False
    spares: bool = False
    pads: bool = False
    closes: bool = False

    def cells(self, blanks: int) -> int | None:
        """Count the empty cells in so many blanks; None if they do not come out even."""
        count, rest = divmod(blanks - self.spacing, self.spacing + 1)
        return count if rest == 0 and count >= 0 else None


@dataclass(frozen=True, slots=True)
class Counts:
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


def count_cells(row: CutRow, following: CutRow | None, reading: Reading, form: str | None) -> Counts | None:
    """Return the empty cells of a row by a reading; None where the reading cannot be right."""
    gaps = [reading.cells(value.before) for value in row.values]
    after = (
        reading.cells(row.after) if not row.is_last else max(0, (row.after - reading.spacing) // (reading.spacing + 1))
    )
    if after is None or None in gaps:
        return None
    before = [gap for gap in gaps if gap is not None]
    spare = 2 - group_count("requests", row.key or "") if reading.spares and row.section == "requests" else 0
    if before:
        before[0] -= spare
    else:
        after -= spare
    after -= _lead(following) if reading.leads else 0
    after -= 1 if reading.closes else 0
    if reading.pads and row.section == "proactive":
        after -= _WIDTH - (column_count("proactive", row.key or "", form) or _WIDTH)
    if after < 0 or any(gap < 0 for gap in before):
        return None
    return Counts(tuple(before), after)


def _lead(row: CutRow | None) -> int:
    """Count the empty cells that the groups spanning a row leave before its first printed cell."""
    if row is None or row.section != "requests" or row.key is None:
        return 0
    return max(0, group_count("requests", row.key) - (len(row.heads) - 1))


def find_reading(tables: Sequence[Sequence[CutRow]], form: str | None, *, explicit: bool) -> Reading | None:
    """Return the reading that the rows of some tables prove, or None.

    `explicit`: the empty cells are marked, and only what merged cells leave is in question; most rows must agree then. Blank
    lines are cells only if every row of the form has exactly its cells by them.
    """
    judged = [
        (row, following, count)
        for rows in tables
        for row, following in zip(rows, [*rows[1:], None], strict=True)
        if row.is_judged and (count := column_count(row.section or "", row.key or "", form)) is not None
    ]
    spacing = 0
    if not explicit:
        spacing = min((value.before for row, _, _ in judged for value in row.values), default=0)
    best: tuple[int, Reading] | None = None
    for marks in product((False, True), repeat=4):
        reading = Reading(spacing, *marks)
        if (reading.closes and not explicit) or (any(marks) and len(judged) < _ENOUGH):
            continue
        exact = _count_exact(judged, reading, form, explicit=explicit)
        if best is None or exact > best[0]:
            best = (exact, reading)
    if best is None or not judged:
        return None
    if explicit:
        return best[1] if best[0] * 2 > len(judged) else None
    return best[1] if best[0] == len(judged) >= _ENOUGH else None


def _count_exact(
    judged: Sequence[tuple[CutRow, CutRow | None, int]], reading: Reading, form: str | None, *, explicit: bool
) -> int:
    """Count the rows that have exactly the form's cells. Blank lines behind a table prove nothing."""
    exact = 0
    for row, following, count in judged:
        counts = count_cells(row, following, reading, form)
        if counts is None:
            continue
        if row.is_last and not explicit:
            exact += count - counts.after <= len(row.values) + sum(counts.before) <= count
        else:
            exact += counts.total() == count
    return exact
