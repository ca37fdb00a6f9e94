"""Lays the cells of a printed row on the columns of the form, and doubts what is not certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Literal, TypeAlias

from indexer.forms.form import FormColumn
from indexer.records import LOST, Cell, GridCell, Message
from indexer.report.tables.column_heads import ColumnHeads
from indexer.text.amounts import ParsedAmount, clean, read_amount, read_count

Order: TypeAlias = Literal["heads", "form", "unknown"]
_MISPLACED = Message.of("explain.doubt.misplaced")
_OTHER_COLUMNS = Message.of("explain.doubt.other_columns")
_NUMBERS = re.compile(r"\d[\d.,，．]*")


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row recognised in a table: its `section` and `key`, its label, the cells behind it.

    `heads` are those over its columns, `unit` is the one its label prints. The figures of a
    `shared` row may be those of the row beside it.
    """

    section: str
    key: str
    label: str
    values: tuple[GridCell, ...]
    heads: ColumnHeads = field(default_factory=ColumnHeads)
    unit: str | None = None
    shared: bool = False
    order: Order = "heads"
    """The order of the cells if heads and form differ, as `column_order` decides it."""


@dataclass(frozen=True, slots=True)
class FittedRow:
    """The cells of a row by the form's columns; `doubt` is the reason not to trust them."""

    cells: tuple[GridCell | None, ...]
    doubt: Message | None = None


def merge_repeated(
    values: tuple[GridCell, ...], heads: ColumnHeads, widths: frozenset[int]
) -> tuple[GridCell, ...]:
    """Return the cells of a row without those that a converter repeats for a merged one.

    It repeats them under repeated heads. `widths` are the numbers of columns that the row has in
    the forms.
    """
    counts = heads.repeats()
    if not counts or len(counts) not in widths or len(values) != sum(counts):
        return values
    starts = [sum(counts[:at]) for at in range(len(counts))]
    runs = [values[start : start + count] for start, count in zip(starts, counts, strict=True)]
    if any(len({clean(cell.text) for cell in run}) > 1 for run in runs):
        return values
    return tuple(run[0] for run in runs)


def read_row(row: FoundRow, columns: Sequence[FormColumn]) -> list[Cell]:
    """Return the cells of a row, one a column.

    A row of exactly the form's cells is taken literally. In one with fewer, or with a number left
    over or merged into the next row, or in a request row that has slipped by one, every printed
    number is `suspect`, at its place from the left.
    """
    fit = fit_row(row, columns)
    cells: list[Cell] = []
    for at, column in enumerate(columns):
        key = f"{row.section}.{row.key}.{column.key}"
        printed = fit.cells[at] if at < len(fit.cells) else None
        if printed is None:
            cells.append(Cell(key, None, "missing", None))
            continue
        reading = _read(printed.text, column, row)
        cells.append(
            Cell(
                key,
                reading.value,
                reading.status,
                printed.text,
                reading.unit,
                printed.place,
                reading.as_printed,
            )
        )
    slipped = row.section == "requests" and _has_slipped(cells)
    if fit.doubt or row.shared or slipped or _may_have_lost_a_mark(row):
        return distrust(cells)
    return cells


def _may_have_lost_a_mark(row: FoundRow) -> bool:
    """Return whether a lost mark of a text may have joined two cells.

    A row without blank cells shows it by being short. A damaged byte may have made another
    character of the mark: 140乶141.
    """
    texts = [cell.text for cell in row.values]
    torn = any(LOST in text or _holds_two_numbers(text) for text in texts)
    return not row.heads.spans_known and torn and "" in texts


def _holds_two_numbers(text: str) -> bool:
    """Return whether a cell prints several numbers, and not one with a remark."""
    return len(_NUMBERS.findall(text)) > 1 and read_count(text).status == "unreadable"


def distrust(cells: Sequence[Cell]) -> list[Cell]:
    """Return the cells with every printed number `suspect`."""
    return [
        replace(cell, status="suspect") if cell.status == "reported" else cell for cell in cells
    ]


def missing_row(section: str, row: str, columns: Sequence[FormColumn]) -> list[Cell]:
    """Return the cells of a row that is not printed."""
    return [Cell(f"{section}.{row}.{column.key}", None, "missing", None) for column in columns]


def fit_row(row: FoundRow, columns: Sequence[FormColumn]) -> FittedRow:
    """Lay the cells of a row on the columns of the form."""
    literal = fit_by_count(row.values, len(columns))
    placed = _fit_by_place(row, columns)
    order = row.heads.order(columns)
    if order and order != [column.key for column in columns] and row.order != "form":
        return _fit_in_order(row, literal, placed or _in_order(literal, order, columns))
    of_label = _count_label_cells(row, columns)
    if of_label and len(row.values) - of_label < len(columns):
        return fit_by_count(row.values[of_label:], len(columns))
    if placed is None:
        doubt = _doubt_without_place(row, literal, columns)
        return replace(literal, doubt=literal.doubt or doubt)
    return _fit_with_place(row, literal, placed, len(columns))


def _fit_in_order(row: FoundRow, literal: FittedRow, named: FittedRow) -> FittedRow:
    """Return a row whose heads have another order than the form, `named` by them."""
    if row.order == "heads" or _say_alike(named, literal):
        return named
    return replace(literal, doubt=literal.doubt or _OTHER_COLUMNS)


def _fit_with_place(row: FoundRow, literal: FittedRow, placed: FittedRow, count: int) -> FittedRow:
    """Return the layout by count or by place; where both are possible and differ, in doubt."""
    if len(row.values) == count or _printed(literal) == _printed(placed):
        return placed if literal.doubt else literal
    if len(row.values) > count and literal.doubt:
        return placed
    return replace(literal, doubt=literal.doubt or _MISPLACED)


def _count_label_cells(row: FoundRow, columns: Sequence[FormColumn]) -> int:
    """Count the empty cells before the first column's head, which are the label's.

    There are none in a row that adds up as it stands.
    """
    places = row.heads.positions(columns)
    if not places or not any(clean(cell.text) for cell in row.values) or _adds_up(row.values):
        return 0
    first = min(head.cell.column for head in places.values())
    of_label = takewhile(
        lambda cell: not clean(cell.text) and cell.column + cell.colspan <= first, row.values
    )
    return len(list(of_label))


def _adds_up(values: Sequence[GridCell]) -> bool:
    """Return whether the last cell is the positive sum of the others, so that none has slipped."""
    numbers = [
        reading.value for cell in values if (reading := read_count(cell.text)).status == "reported"
    ]
    last = read_count(values[-1].text).value
    return bool(last) and sum(number or 0 for number in numbers[:-1]) == last


def _doubt_without_place(
    row: FoundRow, literal: FittedRow, columns: Sequence[FormColumn]
) -> Message | None:
    """Return why the heads contradict a row that fits by the number of its cells; else None.

    If all cells print the same, the order of the columns makes no difference.
    """
    alike = len({clean(value.text) for value in row.values}) == 1
    if row.heads.contradict(columns, proven=alike or row.order == "form"):
        return _OTHER_COLUMNS
    skipped = bool(literal.cells) and literal.cells[0] is not row.values[0]
    return _MISPLACED if skipped and row.heads.positions(columns) else None


def fit_by_count(values: Sequence[GridCell], count: int) -> FittedRow:
    """Fit by the number of cells alone.

    Extra empty cells, at the end or behind the label, are dropped where only one way is left.
    """
    extra = len(values) - count
    if extra < 0:
        doubt = Message.of("explain.doubt.too_few", cells=len(values), columns=count)
        return FittedRow(tuple(values), doubt)
    empty = [not clean(cell.text) for cell in values]
    if extra == 0 or all(empty):
        return FittedRow(tuple(values[:count]))
    lead, trail = empty.index(False), empty[::-1].index(False)
    # The form's cells may begin where no printed cell is cut off on either side.
    starts = range(max(0, extra - trail), min(lead, extra) + 1)
    # More than one beginning would shift the figures by a column.
    if len(starts) == 1:
        return FittedRow(tuple(values[starts[0] : starts[0] + count]))
    doubt = Message.of("explain.doubt.too_many", cells=len(values), columns=count)
    return FittedRow(tuple(values[:count]), doubt)


def _fit_by_place(row: FoundRow, columns: Sequence[FormColumn]) -> FittedRow | None:
    """Fit by the heads above, if each column has its head and each printed cell is under one."""
    places = row.heads.positions(columns)
    if not places or not row.values:
        return None
    heads = [places[column.key].cell for column in columns]
    first = min(head.column for head in heads)
    if row.values[0].column > first:
        return None
    cells: list[GridCell | None] = [None] * len(columns)
    if not all(_put(cells, value, heads, first) for value in row.values):
        return None
    return None if None in cells else FittedRow(tuple(cells))


def _put(
    cells: list[GridCell | None], value: GridCell, heads: Sequence[GridCell], first: int
) -> bool:
    """Put a cell in the columns under whose heads it is.

    False is returned for a cell that begins before the `first` column, and for a printed one
    without a column of its own.
    """
    if value.column < first < value.column + value.colspan:
        return False
    above = [at for at, head in enumerate(heads) if _overlap(value, head)]
    if not clean(value.text):
        for at in above:
            cells[at] = cells[at] or value
        return True
    if len(above) != 1 or clean(_text(cells[above[0]])):
        return False
    cells[above[0]] = value
    return True


def _in_order(literal: FittedRow, order: Sequence[str], columns: Sequence[FormColumn]) -> FittedRow:
    """Return the cells of a row whose heads stand in another order than the form's."""
    if literal.doubt:
        return literal
    by_key = dict(zip(order, literal.cells, strict=True))
    return FittedRow(tuple(by_key[column.key] for column in columns))


def _say_alike(one: FittedRow, other: FittedRow) -> bool:
    """Return whether two layouts of a row give every column the same text."""
    if one.doubt or other.doubt:
        return False
    return [clean(_text(cell)) for cell in one.cells] == [
        clean(_text(cell)) for cell in other.cells
    ]


def _printed(fit: FittedRow) -> list[tuple[int, int]]:
    """Return for each printed cell the column of the form and its own."""
    return [
        (at, cell.column)
        for at, cell in enumerate(fit.cells)
        if cell is not None and clean(cell.text)
    ]


def _overlap(one: GridCell, other: GridCell) -> bool:
    return one.column < other.column + other.colspan and other.column < one.column + one.colspan


def _text(cell: GridCell | None) -> str:
    return cell.text if cell else ""


def _read(raw: str, column: FormColumn, row: FoundRow) -> ParsedAmount:
    return read_amount(raw, row.unit or row.heads.unit()) if column.amount else read_count(raw)


def _has_slipped(cells: Sequence[Cell]) -> bool:
    """Return whether a row's total is one cell too far left.

    The last cell is blank, and the number before it is the sum of the rest.
    """
    numbers = [cell.value for cell in cells if cell.status == "reported" and cell.value is not None]
    return (
        cells[-1].status == "blank"
        and len(numbers) > 1
        and numbers[-1] > 0
        and numbers[-1] == sum(numbers[:-1])
    )
