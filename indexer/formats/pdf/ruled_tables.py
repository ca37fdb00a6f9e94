"""The tables of a page: which glyph stands in which cell, and what the cells say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.formats.pdf.column_widths import NO_ROOMS, ColumnRooms, measure_rooms
from indexer.formats.pdf.geometry import CELL
from indexer.formats.pdf.glyph_assignment import (
    FIGURE,
    share_among_cells,
    share_among_tables,
    take_overflow,
)
from indexer.formats.pdf.lattice import Lattice, LatticeCell, find_lattices
from indexer.formats.pdf.printed_page import Glyph, PrintedPage, Rectangle
from indexer.formats.pdf.text_lines import TextLine, read_lines
from indexer.formats.pdf.unruled import (
    UnruledTable,
    find_boxed_lattices,
    find_unruled_tables,
    is_crowded,
)
from indexer.limits import Limits


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell: its sides on the page, its first row and the number of rows it spans.

    It is `full` if its last line is a number without room for one digit more: the number may
    continue on the next page.
    """

    x0: float
    x1: float
    row: int
    rowspan: int
    text: str
    page: int
    full: bool = False


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table, or the part of one on a page. `heights` are those of its rows."""

    page: int
    box: Rectangle
    cells: tuple[RuledCell, ...]
    heights: tuple[float, ...]
    open_top: bool
    open_bottom: bool
    rooms: ColumnRooms = NO_ROOMS


def read_tables(
    page: PrintedPage, above: Sequence[RuledTable | UnruledTable], limits: Limits
) -> tuple[list[RuledTable | UnruledTable], list[Glyph]]:
    """Return the tables of a page from the top, and the glyphs in none.

    A table without text is none. `above` are the tables of the page before.
    """
    lattices = _find_all_lattices(page, limits)
    held, free = share_among_tables(lattices, page.glyphs)
    for lattice, inside in zip(lattices, held, strict=True):
        below = take_overflow(lattice, free)
        inside += below
        free = [glyph for glyph in free if glyph not in below] if below else free
    last = above[-1] if above else None
    rooms = last.rooms if isinstance(last, RuledTable) else NO_ROOMS
    tables = [
        _read_table(page.number, lattice, inside, rooms)
        for lattice, inside in zip(lattices, held, strict=True)
    ]
    printed = [table for table in tables if any(cell.text for cell in table.cells)]
    spans = last.spans if isinstance(last, UnruledTable) else ()
    unruled, free = find_unruled_tables(page, free, spans, limits)
    return sorted([*printed, *unruled], key=lambda table: (table.box.y0, table.box.x0)), free


def _find_all_lattices(page: PrintedPage, limits: Limits) -> list[Lattice]:
    """Return the tables that lines draw, then boxes outside of these, the smallest first.

    A table within another has its glyphs, so the smaller is asked first.
    """
    ruled = [
        lattice
        for lattice in find_lattices(page, limits)
        if not is_crowded(lattice, page.glyphs, CELL.max_shared_figures)
    ]
    boxed = [
        lattice
        for lattice in find_boxed_lattices(page, limits)
        if not any(_meet(lattice.box, other.box) for other in ruled)
        and not is_crowded(lattice, page.glyphs, 0.0)
    ]
    return sorted([*ruled, *boxed], key=lambda lattice: _area(lattice.box))


def _meet(one: Rectangle, other: Rectangle) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1


def _area(box: Rectangle) -> float:
    return (box.x1 - box.x0) * (box.y1 - box.y0)


def _read_table(
    page: int, lattice: Lattice, glyphs: Sequence[Glyph], above: ColumnRooms
) -> RuledTable:
    held = share_among_cells(lattice, glyphs)
    printed = {slot: read_lines(inside) for slot, inside in held.items()}
    rooms = measure_rooms(lattice, printed, above)
    padding = _find_padding(lattice, held)
    cells: list[RuledCell] = []
    for slot in lattice.slots:
        box = lattice.box_of(slot)
        is_space = (
            box.x1 - box.x0 < CELL.min_width
            or box.y1 - box.y0 < CELL.min_height
            or slot in lattice.holes
        )
        if held[slot] or not is_space:
            lines, width = printed[slot], box.x1 - box.x0 - 2 * padding
            text = _join(lines, _CellRoom(box.x0, box.x1, width, rooms))
            full = bool(lines) and _is_full(lines[-1], lines[-1].glyphs[-1], width)
            cells.append(
                RuledCell(box.x0, box.x1, slot.top, slot.bottom - slot.top, text, page, full)
            )
    heights = tuple(below - above for above, below in pairwise(lattice.ys))
    return RuledTable(
        page, lattice.box, tuple(cells), heights, lattice.open_top, lattice.open_bottom, rooms
    )


def _find_padding(lattice: Lattice, held: dict[LatticeCell, list[Glyph]]) -> float:
    """Return how near to a cell's sides text comes in this table."""
    gaps = [
        gap
        for slot, glyphs in held.items()
        for box in [lattice.box_of(slot)]
        for glyph in glyphs
        if not glyph.text.isspace()
        for gap in (glyph.box.x0 - box.x0, box.x1 - glyph.box.x1)
    ]
    return min(max(min(gaps, default=0.0), 0.0), CELL.max_padding)


@dataclass(frozen=True, slots=True)
class _CellRoom:
    """The room in a cell: its sides, its width without padding, and the table's columns."""

    x0: float
    x1: float
    width: float
    rooms: ColumnRooms

    def ends(self, line: TextLine, digit: Glyph) -> bool:
        """Say whether a figure leaves no room for this digit behind it."""
        if _is_full(line, digit, self.width):
            return True
        alone = set(line.text) <= FIGURE and not digit.turn
        return alone and self.rooms.holds_no_more(
            line, self.x0, self.x1, digit.box.x1 - digit.box.x0
        )


def _join(lines: Sequence[TextLine], room: _CellRoom) -> str:
    """Return a cell's text; a line break within a number that had no room is dropped."""
    text = ""
    for at, line in enumerate(lines):
        if at and not _is_broken_number(lines[at - 1], line, room):
            text += "\n"
        text += line.text
    return text


def _is_broken_number(above: TextLine, below: TextLine, room: _CellRoom) -> bool:
    """Say whether a number continues in the next line: the line above has no room for a digit."""
    if not set(below.text) <= FIGURE or not below.text:
        return False
    as_long = len(above.text) >= len(below.text) and abs(above.size - below.size) < CELL.broken_size
    pitch = below.base - above.base
    near = CELL.min_pitch * above.size < pitch < CELL.max_pitch * above.size
    return as_long and near and room.ends(above, below.glyphs[0])


def _is_full(line: TextLine, digit: Glyph, width: float) -> bool:
    """Say whether a line is a figure that leaves no room for this digit behind it."""
    if not line.text or not set(line.text) <= FIGURE or digit.turn:
        return False
    return width - (line.box.x1 - line.box.x0) < digit.box.x1 - digit.box.x0 - CELL.rounding
