"""One row of a form → its cells: which numbers are printed, and whether their columns can be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.amounts import Reading, clean, read_amount, read_count
from indexer.forms.form import Column
from indexer.records import Cell, GridCell


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row recognised in a table: its `section` and row `key`, the cells printed after its label, and where columns lie.

    `first` and `last` are the grid columns of the first and last value column where the table's heads tell, else None.
    `units` are the units that the heads of this row's columns print, by column key.
    """

    section: str
    key: str
    label: str
    values: tuple[GridCell, ...]
    first: int | None = None
    last: int | None = None
    units: tuple[tuple[str, str], ...] = ()


def read_row(row: FoundRow, columns: Sequence[Column]) -> list[Cell]:
    """Return the cells of a row, one a column.

    A row of exactly the form's cells is taken literally. In one with fewer, or with a number left over, or in a request row
    that has slipped by one, every printed number is `suspect`, and stands at its place from the left.
    """
    fitted, trusted = _fit(_within(row), len(columns))
    units = dict(row.units)
    cells: list[Cell] = []
    for at, column in enumerate(columns):
        key = f"{row.section}.{row.key}.{column.key}"
        if at >= len(fitted):
            cells.append(Cell(key, None, "missing", None))
            continue
        reading = _read(fitted[at].text, column, units.get(column.key))
        cells.append(Cell(key, reading.value, reading.status, fitted[at].text, reading.unit, fitted[at].place))
    if trusted and not (row.section == "requests" and _has_slipped(cells)):
        return cells
    return distrust(cells)


def distrust(cells: Sequence[Cell]) -> list[Cell]:
    """Return the cells with every printed number `suspect`."""
    return [replace(cell, status="suspect") if cell.status == "reported" else cell for cell in cells]


def missing_row(section: str, row: str, columns: Sequence[Column]) -> list[Cell]:
    """Return the cells of a row that is not there at all."""
    return [Cell(f"{section}.{row}.{column.key}", None, "missing", None) for column in columns]


def _read(raw: str, column: Column, unit: str | None) -> Reading:
    return read_amount(raw, unit) if column.amount else read_count(raw)


def _within(row: FoundRow) -> list[GridCell]:
    """Return the values without the empty cells that lie, by the table's heads, before the first or after the last column."""
    return [
        cell
        for cell in row.values
        if clean(cell.text)
        or not (
            (row.first is not None and cell.column < row.first) or (row.last is not None and cell.column > row.last)
        )
    ]


def _fit(values: list[GridCell], count: int) -> tuple[list[GridCell], bool]:
    """Return as many values as the form has columns, or fewer, and whether their columns are certain.

    Empty cells too many, at the end or between label and values, are read through where only one reading is left.
    """
    extra = len(values) - count
    if extra <= 0:
        return values, extra == 0
    empty = [not clean(cell.text) for cell in values]
    lead = empty.index(False) if False in empty else len(values)
    trail = empty[::-1].index(False) if False in empty else len(values)
    if all(empty):
        return values[:count], True
    starts = range(max(0, extra - trail), min(lead, extra) + 1)
    if len(starts) == 1:
        return values[starts[0] : starts[0] + count], True
    return values[:count], False


def _has_slipped(cells: Sequence[Cell]) -> bool:
    """Say whether a row's total stands one cell too far left: the last cell blank, the number before it the sum of the rest."""
    numbers = [cell.value for cell in cells if cell.status == "reported" and cell.value is not None]
    return cells[-1].status == "blank" and len(numbers) > 1 and numbers[-1] > 0 and numbers[-1] == sum(numbers[:-1])
