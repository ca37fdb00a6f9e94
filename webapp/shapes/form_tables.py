"""The form's tables as a report has them: official order, printed wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from indexer.forms.form import Form, FormColumn, FormRow, FormTable, read_forms
from indexer.records import Cell, Message, Report
from webapp.names import Text, in_both
from webapp.shapes.finding_notes import Note, Placement
from webapp.shapes.form_cells import CellShape, shape_cell, with_gloss


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """The head over one column, or over `span` columns.

    `group` heads have the heads of their columns below them.
    """

    label: Text
    span: int = 1
    group: bool = False


@dataclass(frozen=True, slots=True)
class RowHead:
    """A head to the left of `span` rows, notes included.

    `kept`: some of its rows are not all zero.
    """

    label: Text
    depth: int
    span: int
    kept: bool


@dataclass(frozen=True, slots=True)
class RowShape:
    """A row: the heads that begin in it, its label, its cells, and the notes below it."""

    key: str
    label: Text
    depth: int
    heads: tuple[RowHead, ...]
    cells: tuple[CellShape, ...]
    notes: tuple[Note, ...]
    zero: bool
    opens: bool
    """It begins a body of rows; no head joins it to the row before."""


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table of the form: the printed heads in two lines, and its rows."""

    section: str
    caption: Text
    note: Text
    upper: tuple[ColumnHead, ...]
    lower: tuple[ColumnHead, ...]
    columns: tuple[Text, ...]
    rows: tuple[RowShape, ...]

    @property
    def zeros(self) -> int:
        """The number of rows in which every figure is a reported zero and no finding is."""
        return sum(row.zero for row in self.rows)

    @property
    def bodies(self) -> tuple[tuple[RowShape, ...], ...]:
        """The rows, cut where a body of rows opens."""
        cuts = [index for index, row in enumerate(self.rows) if row.opens]
        return tuple(
            self.rows[start:end]
            for start, end in zip(cuts, [*cuts[1:], len(self.rows)], strict=True)
        )


def shape_tables(
    report: Report, section: str, placement: Placement, all_linked: bool = False
) -> tuple[TableShape, ...]:
    """Return the tables of one section in the printed order; none without its cells."""
    cells = {cell.key: cell for cell in report.cells if cell.key.startswith(f"{section}.")}
    labels = {label.key: label.text for label in report.labels}
    tables = _tables(report, section, cells) if cells else ()
    return tuple(
        _TableBuilder(table, cells, labels, placement, all_linked).build() for table in tables
    )


def _tables(report: Report, section: str, cells: Mapping[str, Cell]) -> tuple[FormTable, ...]:
    forms = read_forms()
    if report.form in forms:
        return forms[report.form].tables_of(section)
    ranked = sorted(forms.values(), key=lambda form: -len(cells.keys() & set(form.keys())))
    if section == "requests":
        return (_merged(ranked, cells),)
    return tuple(_restricted(ranked, section, cells))


def _merged(forms: list[Form], cells: Mapping[str, Cell]) -> FormTable:
    """One table of the rows of all forms that the report has, in the order of its cells."""
    tables = [table for form in forms for table in form.tables_of("requests")]
    rows = {row.key: row for table in tables for row in table.rows}
    order = dict.fromkeys(key.split(".")[1] for key in cells)
    return replace(tables[0], rows=tuple(rows[key] for key in order if key in rows))


def _restricted(forms: list[Form], section: str, cells: Mapping[str, Cell]) -> Iterator[FormTable]:
    """Return the forms' tables, cut to the rows and columns the report has, without repeats.

    They follow the order of the report's cells; of two for the same cells the one that lacks fewer
    comes first.
    """
    left = set(cells)
    place = {key: at for at, key in enumerate(cells)}

    def rank(table: FormTable) -> tuple[int, int]:
        keys = set(table.keys())
        return min(place[key] for key in keys if key in place), len(keys - cells.keys())

    tables = [table for form in forms for table in form.tables_of(section)]
    for table in sorted((table for table in tables if left & set(table.keys())), key=rank):
        cut = _cut(table, left)
        if cut.rows:
            left.difference_update(cut.keys())
            yield cut


def _cut(table: FormTable, keys: set[str]) -> FormTable:
    """Return the table without the rows and columns that have none of `keys`."""

    def has(row: FormRow, column: FormColumn) -> bool:
        return table.key(row, column) in keys

    rows = tuple(row for row in table.rows if any(has(row, one) for one in table.columns))
    columns = tuple(one for one in table.columns if any(has(row, one) for row in rows))
    return replace(table, rows=rows, columns=columns)


@dataclass(frozen=True, slots=True)
class _TableBuilder:
    """What it takes to shape one table."""

    table: FormTable
    cells: Mapping[str, Cell]
    labels: Mapping[str, str]
    placement: Placement
    all_linked: bool

    def build(self) -> TableShape:
        upper, lower = self._heads()
        return TableShape(
            section=self.table.section,
            caption=in_both(self.table.caption, self.table.caption_en),
            note=in_both(self.table.note, self.table.note_en or "") if self.table.note else "",
            upper=upper,
            lower=lower,
            columns=tuple(
                self._column_label(column.key, column.label) for column in self.table.columns
            ),
            rows=tuple(self._row(index) for index in range(len(self.table.rows))),
        )

    def _heads(self) -> tuple[tuple[ColumnHead, ...], tuple[ColumnHead, ...]]:
        upper: list[ColumnHead] = []
        lower: list[ColumnHead] = []
        for group, members in groupby(self.table.columns, key=_group):
            heads = [ColumnHead(self._column_label(column.key, column.label)) for column in members]
            upper.extend([ColumnHead(group, len(heads), True)] if group else heads)
            lower.extend(heads if group else ())
        return tuple(upper), tuple(lower)

    def _column_label(self, key: str, label: str) -> Text:
        key = f"{self.table.section}.*.{key}"
        return in_both(self.labels.get(key, label), Message.of("form.column", key=key))

    def _row_label(self, row: FormRow) -> Text:
        key = f"{self.table.section}.{row.key}"
        return in_both(self.labels.get(key, row.label), Message.of("form.row", key=key))

    def _row(self, index: int) -> RowShape:
        row = self.table.rows[index]
        before = self.table.rows[index - 1].groups if index else ()
        heads = tuple(
            self._row_head(index, depth)
            for depth in range(len(row.groups))
            if before[: depth + 1] != row.groups[: depth + 1]
        )
        return RowShape(
            key=row.key,
            label=self._row_label(row),
            depth=len(row.groups),
            heads=heads,
            cells=tuple(self._cell(self.table.key(row, column)) for column in self.table.columns),
            notes=self._notes(row),
            zero=self._zero(row),
            opens=not row.groups or any(head.depth == 0 for head in heads),
        )

    def _row_head(self, index: int, depth: int) -> RowHead:
        first = self.table.rows[index]
        prefix = first.groups[: depth + 1]
        label = in_both(prefix[-1], first.groups_en[depth])
        held = []
        for row in self.table.rows[index:]:
            if row.groups[: depth + 1] != prefix:
                break
            held.append(row)
        span = len(held) + sum(len(self._notes(row)) for row in held)
        return RowHead(label, depth, span, not all(self._zero(row) for row in held))

    def _cell(self, key: str) -> CellShape:
        cell = self.cells.get(key, Cell(key, None, "missing", None))
        shape = shape_cell(cell, self.placement.at_cell.get(key, ()), self.all_linked)
        return with_gloss(shape) if self.all_linked else shape

    def _notes(self, row: FormRow) -> tuple[Note, ...]:
        return self.placement.at_row.get(f"{self.table.section}.{row.key}", ())

    def _zero(self, row: FormRow) -> bool:
        keys = [self.table.key(row, column) for column in self.table.columns]
        found = [self.cells.get(key) for key in keys]
        return not self._notes(row) and all(
            cell is not None
            and cell.status == "reported"
            and not cell.value
            and not self.placement.at_cell.get(cell.key)
            for cell in found
        )


def _group(column: FormColumn) -> Text:
    return in_both(column.group, column.group_en or "") if column.group else ""
