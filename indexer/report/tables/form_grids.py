"""Tables as found → rows of the forms, recognised by what they say; what is no part of a form is kept as notes.

A table is the form's if its heads say so; or if it goes on from the form's table before it, or stands under the form's heading
and has the form's labels; or if, alone, it has several of them. A row of heads that no form knows makes it another table.
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
    ENOUGH,
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
"""Labels as any table may have them, without the form's numbering."""


Recognised: TypeAlias = Literal["heads", "continued", "heading", "labels", "foreign", "unknown"]


@dataclass(frozen=True, slots=True)
class ParsedGrid:
    """What a table holds: the rows of forms, and as notes what is no part of one. `heads` are the columns' printed heads."""

    rows: tuple[FoundRow, ...] = ()
    notes: tuple[str, ...] = ()
    heads: tuple[tuple[str, str], ...] = ()
    """(``requests.total``, 合计): a column's key behind its section's, and its head as printed."""
    scrambled: bool = False
    """Return whether it prints the results of disputes in another order than the form's."""
    why: Recognised = "unknown"
    """By what it was taken for the form's, or for none of it."""
    unread: tuple[tuple[str, str], ...] = ()
    """The rows of figures that none of the form's labels stands before, each behind its section."""

    @property
    def is_form(self) -> bool:
        """Return whether any part of a form was recognised in it."""
        return bool(self.rows or self.heads)


def read_grids(blocks: Sequence[Block]) -> list[ParsedGrid]:
    """Return what each table among the blocks holds, in their order."""
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
    """Return the readings with the order of columns settled; a table that was cut counts as one."""
    rows = iter(settle_order([row for reading in readings for row in reading.rows]))
    return [replace(reading, rows=tuple(next(rows) for _ in reading.rows)) for reading in readings]


@dataclass
class _GridScan:
    """A pass over the rows of one table, `under` a section's heading, perhaps going on from the table `before`."""

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
    """How many rows have figures under a label that no form knows."""
    unread: list[tuple[str, str]] = field(default_factory=list)
    torn: TornRows = field(default_factory=TornRows)
    why: Recognised = "unknown"

    def read(self) -> ParsedGrid:
        """Return what the table holds."""
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
        """Return whether the rows are bodies, applicants or what else is counted: of the form's words only their sum's is there."""
        return (
            self.strangers > 0 and bool(self.rows) and all(row.label in _SUMS for row in self.rows)
        )

    def _open(self) -> None:
        """Decide what the table is before its own heads say so."""
        signed = next((sign for row in self.grid.rows if (sign := find_section(row))), None)
        if has_foreign_heads(self.grid):
            self.why = "foreign"
        elif signed:
            self._enter(signed, "heads")
            if self.before and self.before.section == signed:
                self.group, self.last = self.before.group, self.before.last
        elif self.before and self.before.section and belongs(self.grid, self.before.section, 1):
            self._continue(self.before)
        elif self.under in SECTIONS and belongs(self.grid, self.under, 1):
            self._enter(self.under, "heading")
        else:
            section = next((s for s in SECTIONS[:2] if belongs(self.grid, s, ENOUGH)), None)
            self._enter(section, "labels" if section else "unknown")

    def _enter(self, section: str | None, why: Recognised) -> None:
        self.section, self.why = section, why
        self.heads = ColumnHeadReader(section or "", self.grid.spans_known)
        self.disputes = DisputesReader(self.grid.spans_known)

    def _continue(self, before: _GridScan) -> None:
        """Go on from a table that was cut: its section, its group, its heads; their places only where it is as wide."""
        self._enter(before.section, "continued")
        self.group, self.last, self.disputes = (
            before.group,
            before.last,
            replace(before.disputes, first=None),
        )
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
        """Return whether this is a row of heads: no numbers but its own, and heads of columns or what frames them."""
        if any(is_number(cell.text) for cell in row[1:]) or (
            len(row) == 1 and is_number(row[0].text)
        ):
            return False
        if is_unit_row(row) and self.heads.frozen is None:
            return True
        known = [find_head(section, cell.text) for cell in row]
        labels = [text for text in said if text in vocabulary(section).rows]
        if len({key for key in known if key}) >= 2:
            return True
        framed = any(is_frame(text) for text in said)
        return (framed or any(known)) and not labels

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
        values = self._merge(section, key, row[head.end :])
        if key and len(values) < max(vocabulary(section).widths[key]):
            self._note_shared(row)
        if key and not values:
            self.torn.note("label", len(self.rows))
            return
        if key is None:
            if not head.label and self._lost_its_label(section, values):
                self.torn.note("figures", len(self.rows))
            if any(is_number(cell.text) for cell in values):
                self.strangers += not head.groups
                self._note_unread(row, values)
            if any(clean(cell.text) for cell in values) or not head.groups:
                self._note(row)
            return
        if sum(1 for cell in values if clean(cell.text)) > max(vocabulary(section).widths[key]):
            self._note(row)
        self.last = key
        order: Order = "heads" if self.grid.rows_marked else "unknown"
        self.rows.append(
            FoundRow(section, key, head.label, values, self.heads.freeze(), head.unit, order=order)
        )
        if is_bare(values):
            self.torn.note("label", len(self.rows))

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
        """Return whether these are the figures of a row without a label; numbers of the columns right below the heads are none."""
        if self.heads.frozen is None and is_numbering(
            [cell for cell in values if clean(cell.text)]
        ):
            return False
        return are_figures(values, min(map(min, vocabulary(section).widths.values())))

    def _note_shared(self, row: tuple[GridCell, ...]) -> None:
        """Mark the row above if a figure of it reaches down into this one, which has another label and lacks figures."""
        at = row[0].place.row
        if self.rows and at and any(_reaches(cell, at) for cell in self.rows[-1].values):
            self.rows[-1] = replace(self.rows[-1], shared=True)

    def _resolve_other(self, head: RowLabel) -> str | None:
        """Return the row's key; the rows above tell 3.其他 and 3.其他处理 from others of that name."""
        if head.key == "other" and self.last == "other_unpaid" and _THIRD.match(head.label):
            return "other_misc"
        return head.key if head.key != "other_misc" or self._is_other_handling() else None

    def _is_other_handling(self) -> bool:
        """Return whether 其他 is that of （六）其他处理: below its head, or after the row before it."""
        return self.group == "其他处理" or self.last in (
            "other_uncorrected",
            "other_unpaid",
            "other_misc",
        )

    def _read_dispute(self, row: tuple[GridCell, ...], said: list[str]) -> None:
        if _is_dispute_head(row, said) and not (self.disputes.outcomes and is_empty_part(row)):
            self.disputes.read_heads(row)
            for cell in row:
                key = column_heads("disputes").get(plain(cell.text))
                if key:
                    self.printed.setdefault(f"disputes.{key}", one_line(cell.text))
            return
        found = self.disputes.read(row)
        if found and found[0].key and len(found[0].values) < OUTCOMES:
            self._note_shared(row)
        self.rows += found
        if not found or is_numbering(found[0].values):
            self._note(row)
        if not found and any(is_number(cell.text) for cell in row):
            self._note_unread(row, row)

    def _note(self, row: tuple[GridCell, ...]) -> None:
        text = _say(row)
        if text:
            self.notes.append(text)


def _say(row: Sequence[GridCell]) -> str:
    return "\t".join(one_line(cell.text) for cell in row if clean(cell.text))


def _reaches(cell: GridCell, row: int) -> bool:
    """Return whether a cell holds a number and stands in this row of the table too."""
    return (
        cell.rowspan > 1 and (cell.place.row or row) + cell.rowspan > row and is_number(cell.text)
    )


def _is_dispute_head(row: Sequence[GridCell], said: Sequence[str]) -> bool:
    """Return whether a row of the disputes' table is one of heads: what it names, and not a single value."""
    if any(clean(cell.text) and is_value(cell.text) for cell in row):
        return False
    heads = column_heads("disputes")
    named = any(text in heads or text in SIGNS["disputes"] or text in HEAD_ONLY for text in said)
    return named or (len(row) < 5 and any(find_part(cell.text) for cell in row))


def iter_rows(readings: Sequence[ParsedGrid], section: str) -> Iterator[FoundRow]:
    """The rows of one section over all tables."""
    return (row for reading in readings for row in reading.rows if row.section == section)
