"""Assigns glyphs to tables and cells: no number is cut by a line, nor made of two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.formats.pdf.geometry import CELL
from indexer.formats.pdf.lattice import Lattice, LatticeCell
from indexer.formats.pdf.printed_page import UNKNOWN, Glyph, Rectangle

FIGURE = frozenset("0123456789０１２３４５６７８９.,，．")


def share_among_tables(
    lattices: Sequence[Lattice], glyphs: Sequence[Glyph]
) -> tuple[list[list[Glyph]], list[Glyph]]:
    """Return the glyphs in each table, and those in none.

    Where tables lie within one another, the first of them has the glyph. A number that begins
    outside of a table and ends in it belongs to the table.
    """
    held: list[list[Glyph]] = [[] for _ in lattices]
    free: list[Glyph] = []
    for run in _runs(glyphs):
        places = [_find_table(lattices, glyph) for glyph in run]
        first = next((at for at in places if at is not None), None)
        for glyph, at in zip(run, places, strict=True):
            home = first if at is None else at
            (free if home is None else held[home]).append(glyph)
    return held, free


def _find_table(lattices: Sequence[Lattice], glyph: Glyph) -> int | None:
    """Return the index of the first table that holds a glyph."""
    holding = (at for at, lattice in enumerate(lattices) if lattice.box.holds(*glyph.middle))
    return next(holding, None)


def take_overflow(lattice: Lattice, free: Sequence[Glyph]) -> list[Glyph]:
    """Return the glyphs right below a table that a page break pushed out of its last cells.

    They are the last lines of a cell over several rows: they stand within its sides, line below
    line, and nothing else stands beside them.
    """
    ends = [
        lattice.box_of(slot)
        for slot in lattice.slots
        if slot.bottom == len(lattice.ys) - 1 and slot.bottom - slot.top > 1
    ]
    if not ends:
        return []
    taken: list[Glyph] = []
    foot = lattice.box.y1
    lines: dict[int, list[Glyph]] = {}
    for glyph in free:
        if glyph.base > foot and not glyph.text.isspace():
            lines.setdefault(round(glyph.base), []).append(glyph)
    for base, line in sorted(lines.items()):
        is_next = base - foot <= CELL.max_overflow_pitch * line[0].size
        if not is_next or not all(_is_overflow(glyph, ends) for glyph in line):
            break
        taken += line
        foot = base
    return taken


def _is_overflow(glyph: Glyph, ends: Sequence[Rectangle]) -> bool:
    """Say whether a glyph stands within the sides of a cell and is no part of a number."""
    is_within = any(box.x0 <= glyph.box.x0 and glyph.box.x1 <= box.x1 for box in ends)
    return is_within and glyph.text not in FIGURE


def share_among_cells(lattice: Lattice, glyphs: Sequence[Glyph]) -> dict[LatticeCell, list[Glyph]]:
    """Return the glyphs of each cell, by where their middle lies.

    A number that runs over an edge is kept whole where nothing else is near; otherwise all its
    digits are marked as uncertain.
    """
    cells = _CellLookup(lattice)
    counts = Counter(cells.of(glyph) for glyph in glyphs if not glyph.text.isspace())
    overflows = cells.overflow(
        [glyph for glyph in glyphs if glyph.text in FIGURE and not glyph.turn]
    )
    held: dict[LatticeCell, list[Glyph]] = {slot: [] for slot in lattice.slots}
    for touching in _runs(glyphs):
        numbers = list(cells.parted(touching))
        if overflows or _is_drawn_singly(touching):
            # The line that parts them may as well cut through one number.
            slots = [cells.of(glyph) for glyph in touching]
            home = None if len(numbers) > 1 else _home(slots, counts)
            _put(touching, slots, home, held)
            continue
        for number in numbers:
            slots = [cells.of(glyph) for glyph in number]
            _put(number, slots, _home(slots, counts), held)
    return held


def _put(
    number: Sequence[Glyph],
    slots: Sequence[LatticeCell],
    home: LatticeCell | None,
    held: dict[LatticeCell, list[Glyph]],
) -> None:
    """Put a number into its cell; without one, each digit into its own, marked as uncertain."""
    for glyph, slot in zip(number, slots, strict=True):
        if home:
            held[home].append(glyph)
        else:
            held[slot].append(replace(glyph, text=glyph.text + UNKNOWN))


def _is_drawn_singly(run: Sequence[Glyph]) -> bool:
    """Say whether each digit was drawn by a command of its own: commands part no numbers then."""
    return len({glyph.show for glyph in run}) == len(run)


def _home(slots: Sequence[LatticeCell], counts: Counter[LatticeCell]) -> LatticeCell | None:
    """Return the cell with most digits of a number, if they are alone in the other cells.

    `slots` are the cells of its digits, `counts` the number of glyphs in each cell.
    """
    (home, most), *others = Counter(slots).most_common()
    if not others:
        return home
    alone = all(count == counts[slot] for slot, count in others)
    return home if alone and most >= CELL.min_digits_inside * len(slots) else None


class _CellLookup:
    """The cells of a table by place."""

    def __init__(self, lattice: Lattice) -> None:
        self.lattice = lattice
        self.places = {
            (column, row): slot
            for slot in lattice.slots
            for column in range(slot.left, slot.right)
            for row in range(slot.top, slot.bottom)
        }

    def of(self, glyph: Glyph) -> LatticeCell:
        """Return the cell in which a glyph's middle lies."""
        return self.places[self.lattice.find(*glyph.middle)]

    def overflow(self, digits: Sequence[Glyph]) -> bool:
        """Say whether numbers overflow their cells: a line or another number runs through one."""
        if any(self._is_cut(digit) for digit in digits):
            return True
        in_order = sorted(
            digits, key=lambda digit: (self.of(digit), round(digit.base), digit.box.x0)
        )
        return any(
            self.of(left) == self.of(right)
            and abs(left.base - right.base) < 1
            and left.box.x1 > right.box.x0 + _slack(right)
            and left.at > right.at
            for left, right in pairwise(in_order)
        )

    def _is_cut(self, digit: Glyph) -> bool:
        box, slack = self.lattice.box_of(self.of(digit)), _slack(digit)
        return digit.box.x0 < box.x0 - slack or digit.box.x1 > box.x1 + slack

    def parted(self, run: Sequence[Glyph]) -> Iterable[list[Glyph]]:
        """Yield the numbers among touching digits, separated by lines between digits of two
        commands."""
        number = [run[0]]
        for left, right in pairwise(run):
            slot, edge = self.of(right), self.lattice.box_of(self.of(right)).x0
            slack = _slack(right)
            beside = left.box.x1 - slack <= edge <= right.box.x0 + slack
            if slot != self.of(left) and left.show != right.show and beside:
                yield number
                number = []
            number.append(right)
        yield number


def _slack(glyph: Glyph) -> float:
    return CELL.max_cut * (glyph.box.x1 - glyph.box.x0)


def _runs(glyphs: Sequence[Glyph]) -> Iterable[list[Glyph]]:
    """Yield runs of touching glyphs that may be one number; any other glyph alone."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not _is_one_number(run[-1], glyph):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _is_one_number(left: Glyph, right: Glyph) -> bool:
    return (
        left.text in FIGURE
        and right.text in FIGURE
        and left.turn == right.turn == 0
        and abs(left.base - right.base) < CELL.touching * left.size
        and abs(right.box.x0 - left.box.x1) < CELL.touching * left.size
    )
