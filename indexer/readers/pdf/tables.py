"""The tables of a page: which glyph stands in which cell, and what the cells say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.readers.pdf.cells import TextLine, read_lines
from indexer.readers.pdf.lattice import Lattice, Slot, find_lattices
from indexer.readers.pdf.page import UNKNOWN, Box, Glyph, Page

_FIGURE = frozenset("0123456789０１２３４５６７８９.,，．")
_TOUCHING = 0.1
_NARROWEST = 6.0
_LOWEST = 5.0
"""A cell narrower or lower than these, and empty, is the space between two borders."""
_WIDEST_PADDING = 9.0


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell where it begins: its left and right edge on the page, its row and how many rows it takes."""

    x0: float
    x1: float
    row: int
    rowspan: int
    text: str
    page: int


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table, or the part of one on a page. `heights` are those of its rows."""

    page: int
    box: Box
    cells: tuple[TableCell, ...]
    heights: tuple[float, ...]
    open_top: bool
    open_bottom: bool


def read_tables(page: Page) -> tuple[list[PageTable], list[Glyph]]:
    """Return the tables of a page from the top, and the glyphs that stand in none."""
    lattices = sorted(find_lattices(page), key=lambda lattice: _area(lattice.box))
    held: list[list[Glyph]] = [[] for _ in lattices]
    free: list[Glyph] = []
    for glyph in page.glyphs:
        at = next((at for at, lattice in enumerate(lattices) if lattice.box.holds(*glyph.middle)), None)
        (free if at is None else held[at]).append(glyph)
    tables = [_read_table(page.number, lattice, inside) for lattice, inside in zip(lattices, held, strict=True)]
    return sorted((table for table in tables if table.cells), key=lambda table: (table.box.y0, table.box.x0)), free


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.y1 - box.y0)


def _read_table(page: int, lattice: Lattice, glyphs: Sequence[Glyph]) -> PageTable:
    held = _share_out(lattice, glyphs)
    padding = _find_padding(lattice, held)
    cells: list[TableCell] = []
    for slot in lattice.slots:
        box = lattice.box_of(slot)
        is_space = box.x1 - box.x0 < _NARROWEST or box.y1 - box.y0 < _LOWEST or slot in lattice.holes
        if held[slot] or not is_space:
            text = _join(read_lines(held[slot]), box.x1 - box.x0 - 2 * padding)
            cells.append(TableCell(box.x0, box.x1, slot.top, slot.bottom - slot.top, text, page))
    heights = tuple(below - above for above, below in pairwise(lattice.ys))
    return PageTable(page, lattice.box, tuple(cells), heights, lattice.open_top, lattice.open_bottom)


def _share_out(lattice: Lattice, glyphs: Sequence[Glyph]) -> dict[Slot, list[Glyph]]:
    """Return the glyphs of each cell, by where their middle lies; a number that runs over an edge is kept whole."""
    places = {
        (column, row): slot
        for slot in lattice.slots
        for column in range(slot.left, slot.right)
        for row in range(slot.top, slot.bottom)
    }
    slots = [places[lattice.find(*glyph.middle)] for glyph in glyphs]
    count: dict[Slot, int] = {}
    for glyph, slot in zip(glyphs, slots, strict=True):
        count[slot] = count.get(slot, 0) + (not glyph.text.isspace())
    held: dict[Slot, list[Glyph]] = {slot: [] for slot in lattice.slots}
    for run in _runs(glyphs):
        touched = {slots[at] for at in run}
        target = max(touched, key=lambda slot: sum(1 for at in run if slots[at] == slot))
        alone = all(sum(1 for at in run if slots[at] == slot) == count[slot] for slot in touched - {target})
        for at in run:
            glyph = glyphs[at]
            if alone:
                held[target].append(glyph)
            else:
                held[slots[at]].append(replace(glyph, text=glyph.text + UNKNOWN))
    return held


def _runs(glyphs: Sequence[Glyph]) -> Iterable[list[int]]:
    """Yield the places of glyphs that are one number, drawn one after the other and touching; any other glyph alone."""
    run: list[int] = []
    for at, glyph in enumerate(glyphs):
        if run and not _is_one_number(glyphs[run[-1]], glyph):
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _is_one_number(left: Glyph, right: Glyph) -> bool:
    return (
        left.text in _FIGURE
        and right.text in _FIGURE
        and left.turn == right.turn == 0
        and abs(left.base - right.base) < _TOUCHING * left.size
        and abs(right.box.x0 - left.box.x1) < _TOUCHING * left.size
    )


def _find_padding(lattice: Lattice, held: dict[Slot, list[Glyph]]) -> float:
    """Return how near to a cell's sides text comes in this table."""
    gaps = [
        gap
        for slot, glyphs in held.items()
        for box in [lattice.box_of(slot)]
        for glyph in glyphs
        if not glyph.text.isspace()
        for gap in (glyph.box.x0 - box.x0, box.x1 - glyph.box.x1)
    ]
    return min(max(min(gaps, default=0.0), 0.0), _WIDEST_PADDING)


def _join(lines: Sequence[TextLine], width: float) -> str:
    """Return a cell's text. A line break inside a number goes only where the number could not have stood on one line."""
    text = ""
    for at, line in enumerate(lines):
        if at and not _is_broken_number(lines[at - 1], line, width):
            text += "\n"
        text += line.text
    return text


def _is_broken_number(above: TextLine, below: TextLine, width: float) -> bool:
    """Say whether a figure goes on in the next line because the cell is too narrow for one digit more in the line above."""
    left, right = above.text[-1:], below.text[:1]
    if not (left in _FIGURE and right in _FIGURE) or not set(above.text) <= _FIGURE or not set(below.text) <= _FIGURE:
        return False
    digit = below.glyphs[0]
    as_long = len(above.text) >= len(below.text) and abs(above.size - below.size) < 0.1
    room = width - (above.box.x1 - above.box.x0)
    near = 0.8 * above.size < below.base - above.base < 2.2 * above.size
    return as_long and near and not digit.turn and room < digit.box.x1 - digit.box.x0 - 0.05
