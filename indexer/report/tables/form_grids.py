"""Recognises the rows of the forms in the tables of a document; everything else is kept as notes.

A table is the form's if its heads say so; or if it continues the form's table before it, or stands
under the form's heading and has the form's labels; or if, alone, it has several of them. A row of
heads that no form knows makes it another table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from indexer.records import Block, Grid, GridCell
from indexer.report.sections.openings import find_openings
from indexer.report.tables.column_heads import HEAD_ONLY, ColumnHeadReader, is_frame, is_unit_row
from indexer.report.tables.column_order import settle_order
from indexer.report.tables.disputes_table import (
    OUTCOMES,
    DisputesReader,
    find_part,
    is_empty_part,
    is_numbering,
)
from indexer.report.tables.label_matching import column_heads, find_head, plain, vocabulary
from indexer.report.tables.row_cells import FoundRow, Order, merge_repeated
from indexer.report.tables.row_labels import RowLabel, find_row_head, one_line
from indexer.report.tables.table_kinds import (
    MIN_LABELS,
    SECTIONS,
    SIGNS,
    belongs,
    find_section,
    has_foreign_heads,
    is_as_wide,
)
from indexer.report.tables.torn_labels import TornRows, are_figures, is_bare
from indexer.text.amounts import clean, is_number, is_value

_THIRD = re.compile(r"[（(]?[3３](?:[）).．、]|(?=\D))")
"""The number before the last of the three rows of 其他处理."""
_SUMS = frozenset({"总计", "合计", "总数", "其他"})
"""Labels that any table may have, without the form's numbering."""

Recognised: TypeAlias = Literal["heads", "continued", "heading", "labels", "foreign", "unknown"]


@dataclass(frozen=True, slots=True)
class ParsedGrid:
    """A table, parsed: the rows of forms, and as notes all that is no part of a form."""

    rows: tuple[FoundRow, ...] = ()
    notes: tuple[str, ...] = ()
    heads: tuple[tuple[str, str], ...] = ()
    """The key of each column with its section, and its printed head: (``requests.total``, 合计)."""
    scrambled: bool = False
    """The results of disputes are printed in another order than the form's."""
    why: Recognised = "unknown"
    """The sign by which it was taken for a form's table, or for none."""
    unread: tuple[tuple[str, str], ...] = ()
    """The section and text of each row of figures without a label of the form."""

    @property
    def is_form(self) -> bool:
        """Return whether any part of a form was recognised in it."""
        return bool(self.rows or self.heads)


def read_grids(blocks: Sequence[Block]) -> list[ParsedGrid]:
    """Return each table among the blocks, parsed, in their order."""
    openings = {opening.at: opening.heading.key for opening in find_openings(blocks)}
    readings: list[ParsedGrid] = []
    under: str | None = None
    before: _GridScan | None = None
    for at, block in enumerate(blocks):
        if at in openings:
            under, before = openings[at], None
        if isinstance(block, Grid):
            scan = _GridScan(block, under, before)
            readings.append(scan.read())
            before = scan if readings[-1].is_form else before
    return _settle(readings)


def _settle(readings: Sequence[ParsedGrid]) -> list[ParsedGrid]:
    """Settle the order of columns over all tables, for a table may have been cut."""
    # The sums of all rows together are the evidence, whichever table they are in.
    rows = iter(settle_order([row for reading in readings for row in reading.rows]))
    return [replace(reading, rows=tuple(next(rows) for _ in reading.rows)) for reading in readings]


@dataclass
class _GridScan:
    """A pass over the rows of one table, `under` a heading, which may continue the one `before`."""

    grid: Grid
    under: str | None
    before: _GridScan | None
    section: str | None = None
    group: str = ""
    last: str | None = None
    heads: ColumnHeadReader = field(default_factory=lambda: ColumnHeadReader("", False))
    disputes: DisputesReader = field(default_factory=DisputesReader)
    rows: list[FoundRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    printed: dict[str, str] = field(default_factory=dict)
    strangers: int = 0
    """The number of rows with figures behind a label that no form knows."""
    unread: list[tuple[str, str]] = field(default_factory=list)
    torn: TornRows = field(default_factory=TornRows)
    why: Recognised = "unknown"

    def read(self) -> ParsedGrid:
        """Return the table, parsed."""
        self._open()
        for row in self.grid.rows:
            said = [plain(cell.text) for cell in row]
            sign = find_section(row)
            if sign and sign != self.section:
                self._enter(sign, "heads")
            self._read_row(row, said)
        self.rows = self.torn.doubt(self.rows)
        if self._is_of_others():
            return ParsedGrid(
                notes=tuple(note for row in self.grid.rows if (note := _say(row))), why="foreign"
            )
        heads, scrambled = tuple(self.printed.items()), self.disputes.scrambled
        return ParsedGrid(
            tuple(self.rows), tuple(self.notes), heads, scrambled, self.why, tuple(self.unread)
        )

    def _is_of_others(self) -> bool:
        """Return whether bodies or applicants are counted: only their sum is a word of the form."""
        return (
            self.strangers > 0 and bool(self.rows) and all(row.label in _SUMS for row in self.rows)
        )

    def _open(self) -> None:
        """Decide what the table is, before its own heads are read."""
        if has_foreign_heads(self.grid):
            self.why = "foreign"
            return
        before = self.before
        signed = next(filter(None, map(find_section, self.grid.rows)), None)
        if signed:
            self._enter(signed, "heads")
            if before and before.section == signed:
                self.group, self.last = before.group, before.last
        elif before and before.section and belongs(self.grid, before.section, 1):
            self._continue(before)
        elif self.under in SECTIONS and belongs(self.grid, self.under, 1):
            self._enter(self.under, "heading")
        else:
            self._enter_by_labels()

    def _enter_by_labels(self) -> None:
        section = next((s for s in SECTIONS[:2] if belongs(self.grid, s, MIN_LABELS)), None)
        self._enter(section, "labels" if section else "unknown")

    def _enter(self, section: str | None, why: Recognised) -> None:
        self.section, self.why = section, why
        self.heads = ColumnHeadReader(section or "", self.grid.spans_known)
        self.disputes = DisputesReader(self.grid.spans_known)

    def _continue(self, before: _GridScan) -> None:
        """Continue a table that was cut; its heads' places hold only if this one is as wide."""
        self._enter(before.section, "continued")
        self.group, self.last = before.group, before.last
        self.disputes = replace(before.disputes, first=None)
        self.heads = before.heads.go_on(
            self.grid.spans_known and is_as_wide(self.grid, before.grid)
        )

    def _read_row(self, row: tuple[GridCell, ...], said: list[str]) -> None:
        if self.section is None:
            self._note(row)
        elif self.section == "disputes":
            self._read_dispute(row, said)
        elif not any(said):
            return
        elif self._is_head(self.section, row, said):
            self._read_heads(self.section, row)
        else:
            self._read_labelled(self.section, row)

    def _is_head(self, section: str, row: tuple[GridCell, ...], said: list[str]) -> bool:
        """Return whether a row has the heads of columns or what frames them, and no figures."""
        figures = row if len(row) == 1 else row[1:]
        if any(is_number(cell.text) for cell in figures):
            return False
        if is_unit_row(row) and self.heads.frozen is None:
            return True
        keys = {find_head(section, cell.text) for cell in row} - {None}
        if len(keys) >= 2:
            return True
        has_label = not vocabulary(section).rows.keys().isdisjoint(said)
        return not has_label and (bool(keys) or any(map(is_frame, said)))

    def _read_heads(self, section: str, row: tuple[GridCell, ...]) -> None:
        self.heads.read(row)
        for cell in row:
            key = find_head(section, cell.text)
            if key:
                self.printed.setdefault(f"{section}.{key}", one_line(cell.text))

    def _read_labelled(self, section: str, row: tuple[GridCell, ...]) -> None:
        head = find_row_head(row, vocabulary(section))
        if head.groups:
            self.group = head.groups[-1]
        key = self._resolve_other(head)
        # Repeated cells are merged before they are counted.
        values = self._merge(section, key, row[head.end :])
        if key is None:
            self._read_unknown(section, row, head, values)
            return
        width = max(vocabulary(section).widths[key])
        if len(values) < width:
            self._note_shared(row)
        if not values:
            self.torn.note("label", len(self.rows))
            return
        if sum(1 for cell in values if clean(cell.text)) > width:
            self._note(row)
        self.last = key
        order: Order = "heads" if self.grid.rows_marked else "unknown"
        heads = self.heads.freeze()
        self.rows.append(FoundRow(section, key, head.label, values, heads, head.unit, order=order))
        if is_bare(values):
            self.torn.note("label", len(self.rows))

    def _read_unknown(
        self,
        section: str,
        row: tuple[GridCell, ...],
        head: RowLabel,
        values: tuple[GridCell, ...],
    ) -> None:
        """Keep a row without a label of the form as a note, and count it if it has figures."""
        if not head.label and self._lost_its_label(section, values):
            self.torn.note("figures", len(self.rows))
        if any(is_number(cell.text) for cell in values):
            self.strangers += not head.groups
            self._note_unread(row, values)
        if not head.groups or not is_bare(values):
            self._note(row)

    def _merge(
        self, section: str, key: str | None, values: tuple[GridCell, ...]
    ) -> tuple[GridCell, ...]:
        """Return the cells of a row without those that a converter repeats for a merged one."""
        widths = vocabulary(section).widths[key] if key else frozenset[int]()
        if not values or len(values) <= min(widths, default=len(values)):
            return values
        return merge_repeated(values, self.heads.freeze(), widths)

    def _note_unread(self, row: tuple[GridCell, ...], values: Sequence[GridCell]) -> None:
        """Keep a row of figures without a known label, unless it numbers the columns."""
        if not is_numbering([cell for cell in values if clean(cell.text)]):
            self.unread.append((self.section or "", _say(row)))

    def _lost_its_label(self, section: str, values: Sequence[GridCell]) -> bool:
        """Return whether these are the figures of a row without a label.

        Numbers right below the heads may number the columns.
        """
        printed = [cell for cell in values if clean(cell.text)]
        if self.heads.frozen is None and is_numbering(printed):
            return False
        return are_figures(values, min(map(min, vocabulary(section).widths.values())))

    def _note_shared(self, row: tuple[GridCell, ...]) -> None:
        """Mark the row above if a figure of it spans this row, which lacks figures."""
        at = row[0].place.row
        if self.rows and at and any(_reaches(cell, at) for cell in self.rows[-1].values):
            self.rows[-1] = replace(self.rows[-1], shared=True)

    def _resolve_other(self, head: RowLabel) -> str | None:
        """Return the row's key; the rows above distinguish 3.其他 and 3.其他处理 from namesakes."""
        if head.key == "other" and self.last == "other_unpaid" and _THIRD.match(head.label):
            return "other_misc"
        return head.key if head.key != "other_misc" or self._is_other_handling() else None

    def _is_other_handling(self) -> bool:
        """Return whether 其他 is a row of （六）其他处理: below its head or its other rows."""
        return self.group == "其他处理" or self.last in (
            "other_uncorrected",
            "other_unpaid",
            "other_misc",
        )

    def _read_dispute(self, row: tuple[GridCell, ...], said: list[str]) -> None:
        # A row can be empty where a cell spans it: only one that looks like a head is taken apart.
        if _is_dispute_head(row, said) and not (self.disputes.outcomes and is_empty_part(row)):
            self._read_dispute_heads(row)
            return
        found = self.disputes.read(row)
        if not found:
            self._note(row)
            if any(is_number(cell.text) for cell in row):
                self._note_unread(row, row)
            return
        if found[0].key and len(found[0].values) < OUTCOMES:
            self._note_shared(row)
        self.rows += found
        if is_numbering(found[0].values):
            self._note(row)

    def _read_dispute_heads(self, row: tuple[GridCell, ...]) -> None:
        self.disputes.read_heads(row)
        for cell in row:
            key = column_heads("disputes").get(plain(cell.text))
            if key:
                self.printed.setdefault(f"disputes.{key}", one_line(cell.text))

    def _note(self, row: tuple[GridCell, ...]) -> None:
        text = _say(row)
        if text:
            self.notes.append(text)


def _say(row: Sequence[GridCell]) -> str:
    return "\t".join(one_line(cell.text) for cell in row if clean(cell.text))


def _reaches(cell: GridCell, row: int) -> bool:
    """Return whether a cell with a number spans this row of the table too."""
    return (
        cell.rowspan > 1 and (cell.place.row or row) + cell.rowspan > row and is_number(cell.text)
    )


def _is_dispute_head(row: Sequence[GridCell], said: Sequence[str]) -> bool:
    """Return whether a row of the disputes' table has heads and no value."""
    if any(clean(cell.text) and is_value(cell.text) for cell in row):
        return False
    heads = column_heads("disputes")
    named = any(text in heads or text in SIGNS["disputes"] or text in HEAD_ONLY for text in said)
    return named or (len(row) < 5 and any(find_part(cell.text) for cell in row))


def iter_rows(readings: Sequence[ParsedGrid], section: str) -> Iterator[FoundRow]:
    """Return the rows of one section over all tables."""
    return (row for reading in readings for row in reading.rows if row.section == section)
