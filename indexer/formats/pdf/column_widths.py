"""Measures the room for text in a table's columns by heads broken over lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.formats.pdf.geometry import CELL
from indexer.formats.pdf.glyph_assignment import FIGURE
from indexer.formats.pdf.lattice import Lattice, LatticeCell
from indexer.formats.pdf.text_lines import TextLine


@dataclass(frozen=True, slots=True)
class ColumnRoom:
    """A column: its edges, its widest line of words, and its longest figure on one line."""

    x0: float
    x1: float
    words: float = 0.0
    digits: int = 0

    def is_same(self, x0: float, x1: float) -> bool:
        """Say whether these are the edges of the same column."""
        return abs(self.x0 - x0) <= CELL.same_column and abs(self.x1 - x1) <= CELL.same_column


@dataclass(frozen=True, slots=True)
class ColumnRooms:
    """The columns of a table, those known from the pages before among them."""

    columns: tuple[ColumnRoom, ...] = field(default=())

    def holds_no_more(self, line: TextLine, x0: float, x1: float, digit: float) -> bool:
        """Say whether a figure cannot have gone on for one digit of this width.

        In the columns of figures that are as wide as its own, words break before they are so wide,
        and no figure is longer on a line.
        """
        alike = [
            column
            for column in self.columns
            if column.digits and abs((column.x1 - column.x0) - (x1 - x0)) <= CELL.same_column
        ]
        words = max((column.words for column in alike), default=0.0)
        longest = max((column.digits for column in alike), default=0)
        return 0.0 < words < line.box.x1 - line.box.x0 + digit and len(line.text) >= longest


NO_ROOMS = ColumnRooms()


def measure_rooms(
    lattice: Lattice, lines: Mapping[LatticeCell, Sequence[TextLine]], above: ColumnRooms
) -> ColumnRooms:
    """Return the rooms of a part of a table together with those known from the parts above."""
    found = [
        column
        for column in above.columns
        if lattice.box.x0 - CELL.same_column <= column.x0
        and column.x1 <= lattice.box.x1 + CELL.same_column
    ]
    for slot, printed in lines.items():
        box = lattice.box_of(slot)
        words = _widest(printed)
        digits = max((len(line.text) for line in printed if _is_figure(line)), default=0)
        if slot.right - slot.left == 1 and (words or digits):
            _note(found, ColumnRoom(box.x0, box.x1, words, digits))
    return ColumnRooms(tuple(found))


def _note(found: list[ColumnRoom], measured: ColumnRoom) -> None:
    """Add what was measured in a cell to its column, which may be a new one."""
    for at, known in enumerate(found):
        if known.is_same(measured.x0, measured.x1):
            words, digits = max(known.words, measured.words), max(known.digits, measured.digits)
            found[at] = ColumnRoom(known.x0, known.x1, words, digits)
            return
    found.append(measured)


def _widest(lines: Sequence[TextLine]) -> float:
    """Return the width of the widest line of words that are broken over lines."""
    widths = [line.box.x1 - line.box.x0 for line in _words(lines)]
    return max(widths) if len(widths) > 1 else 0.0


def _words(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    return (
        line
        for line in lines
        if not _is_figure(line) and not any(glyph.turn for glyph in line.glyphs)
    )


def _is_figure(line: TextLine) -> bool:
    return set(line.text) <= FIGURE
