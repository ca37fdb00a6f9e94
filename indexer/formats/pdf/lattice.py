"""Ruling lines → the cells that they enclose."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from indexer.formats.pdf.geometry import LATTICE
from indexer.formats.pdf.printed_page import PrintedPage, Rectangle, Ruling
from indexer.limits import Limits


class LatticeCell(NamedTuple):
    """A cell: the columns `[left, right)` and rows `[top, bottom)` of the lattice that it takes."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Lattice:
    """The cells of one table, and the `holes` where a row is too short to have one.

    `open_top` and `open_bottom`: no line closes the table there, as where a page cuts a row.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    slots: tuple[LatticeCell, ...]
    holes: frozenset[LatticeCell]
    open_top: bool
    open_bottom: bool

    @property
    def box(self) -> Rectangle:
        """The whole of it."""
        return Rectangle(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def box_of(self, slot: LatticeCell) -> Rectangle:
        """Return where a cell lies on the page."""
        return Rectangle(
            self.xs[slot.left], self.ys[slot.top], self.xs[slot.right], self.ys[slot.bottom]
        )

    def find(self, x: float, y: float) -> tuple[int, int]:
        """Return the column and row in which a point of the table lies."""
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        return column, min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)


def find_lattices(page: PrintedPage, limits: Limits) -> list[Lattice]:
    """Return the tables that ruling lines draw on a page, of at least two columns and cells."""
    return enclose(page.across, page.down, limits)


def enclose(
    lines_across: Iterable[Ruling], lines_down: Iterable[Ruling], limits: Limits
) -> list[Lattice]:
    """Return the tables that these lines draw."""
    across, down = _merge(lines_across), _merge(lines_down)
    if not across or not down or len(across) + len(down) > limits.max_page_rulings:
        return []
    found = (_build(*group, limits.max_lattice_cells) for group in _connected(across, down))
    return [
        lattice for lattice in found if lattice and len(lattice.xs) > 2 and len(lattice.slots) > 1
    ]


def _merge(lines: Iterable[Ruling]) -> list[Ruling]:
    """Return lines with the pieces joined that lie on one another or follow each other."""
    rows: list[list[Ruling]] = []
    for line in sorted(lines, key=lambda line: line.at):
        if rows and line.at - rows[-1][0].at <= LATTICE.same_position:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [merged for row in rows for merged in _merge_row(row)]


def _merge_row(row: list[Ruling]) -> list[Ruling]:
    merged: list[Ruling] = []
    for line in sorted(row, key=lambda line: line.start):
        last = merged[-1] if merged else None
        if last and line.start <= last.end + LATTICE.same_line:
            merged[-1] = Ruling(last.at, last.start, max(last.end, line.end))
        else:
            merged.append(line)
    return merged


def _connected(across: list[Ruling], down: list[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Return the lines in groups that hang together by touching."""
    left = set(range(len(down)))
    groups: list[tuple[list[Ruling], list[Ruling]]] = []
    unseen = set(range(len(across)))
    while unseen:
        queue, rows, columns = [unseen.pop()], [], []
        while queue:
            row = across[queue.pop()]
            rows.append(row)
            for column in [at for at in left if _touch(row, down[at])]:
                left.discard(column)
                columns.append(down[column])
                reached = [at for at in unseen if _touch(across[at], down[column])]
                unseen.difference_update(reached)
                queue += reached
        groups.append((rows, columns))
    return groups


def _touch(across: Ruling, down: Ruling) -> bool:
    return (
        across.start - LATTICE.same_line <= down.at <= across.end + LATTICE.same_line
        and down.start - LATTICE.same_line <= across.at <= down.end + LATTICE.same_line
    )


def _build(across: list[Ruling], down: list[Ruling], max_cells: int) -> Lattice | None:
    if not across or not down:
        return None
    ys, open_top, open_bottom = _positions(across, down)
    xs, _, _ = _positions(down, across)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > max_cells:
        return None
    sides = _CellSides(xs, ys, _covered(xs, ys, down), _covered(ys, xs, across))
    slots = tuple(sides.slots())
    holes = frozenset(slot for slot in slots if sides.is_hole(slot))
    return Lattice(xs, ys, slots, holes, open_top, open_bottom)


def _positions(lines: list[Ruling], crossing: list[Ruling]) -> tuple[tuple[float, ...], bool, bool]:
    """Return the positions of parallel lines, and whether crossing ones overhang at either end."""
    groups: list[list[float]] = []
    for at in sorted(line.at for line in lines):
        if (
            groups
            and at - groups[-1][-1] <= LATTICE.same_line
            and at - groups[-1][0] <= LATTICE.max_spread
        ):
            groups[-1].append(at)
        else:
            groups.append([at])
    positions = [(group[0] + group[-1]) / 2 for group in groups]
    first, last = min(line.start for line in crossing), max(line.end for line in crossing)
    before, after = first < positions[0] - LATTICE.overhang, last > positions[-1] + LATTICE.overhang
    return tuple([first] * before + positions + [last] * after), before, after


def _covered(
    positions: Sequence[float], stops: Sequence[float], lines: list[Ruling]
) -> list[list[bool]]:
    """Return for each position and each stretch between stops whether lines cover most of it."""
    spans: list[list[Ruling]] = [[] for _ in positions]
    for line in lines:
        nearest = min(range(len(positions)), key=lambda at: abs(positions[at] - line.at))
        spans[nearest].append(line)
    return [
        [_share(row, start, end) >= LATTICE.min_wall_share for start, end in pairwise(stops)]
        for row in (_merge_row(row) for row in spans)
    ]


def _share(lines: list[Ruling], start: float, end: float) -> float:
    covered = sum(max(0.0, min(line.end, end) - max(line.start, start)) for line in lines)
    return covered / (end - start)


@dataclass(frozen=True, slots=True)
class _CellSides:
    """Which sides of the smallest cells are drawn: `down[x][row]` and `across[y][column]`."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    down: list[list[bool]]
    across: list[list[bool]]

    def slots(self) -> list[LatticeCell]:
        """Return the cells, row by row.

        Where a missing line leaves no rectangle, each row is taken by itself.
        """
        taken: set[tuple[int, int]] = set()
        found: list[LatticeCell] = []
        for row in range(len(self.ys) - 1):
            for column in range(len(self.xs) - 1):
                if (column, row) not in taken:
                    slot = self._grow(column, row)
                    if not self._is_closed(slot) or any(place in taken for place in _places(slot)):
                        slot = LatticeCell(column, row, self._right(column, row, taken), row + 1)
                    taken.update(_places(slot))
                    found.append(slot)
        return found

    def is_hole(self, slot: LatticeCell) -> bool:
        """Say whether a row ends before this cell.

        A line closes the table at the left, and other rows at the right, but not this row.
        """
        rows = slice(slot.top, slot.bottom)
        at_end = slot.right == len(self.xs) - 1 and not any(self.down[-1][rows])
        return at_end and all(self.down[0][rows]) and any(self.down[-1])

    def _grow(self, column: int, row: int) -> LatticeCell:
        right, bottom = column + 1, row + 1
        while right < len(self.xs) - 1 and not self.down[right][row]:
            right += 1
        while bottom < len(self.ys) - 1 and not any(self.across[bottom][column:right]):
            bottom += 1
        return LatticeCell(column, row, right, bottom)

    def _right(self, column: int, row: int, taken: set[tuple[int, int]]) -> int:
        right = column + 1
        while right < len(self.xs) - 1 and not self.down[right][row] and (right, row) not in taken:
            right += 1
        return right

    def _is_closed(self, slot: LatticeCell) -> bool:
        """Say whether a rectangle has walls on all sides within the table, and none inside."""
        rows, columns = range(slot.top, slot.bottom), range(slot.left, slot.right)
        if any(self.down[x][row] for x in range(slot.left + 1, slot.right) for row in rows):
            return False
        inner = range(slot.top + 1, slot.bottom)
        if any(self.across[y][column] for y in inner for column in columns):
            return False
        # The sides of the whole table are walls, drawn or not.
        sides = [x for x in (slot.left, slot.right) if 0 < x < len(self.xs) - 1]
        is_at_foot = slot.bottom == len(self.ys) - 1
        is_closed_below = is_at_foot or all(self.across[slot.bottom][x] for x in columns)
        return is_closed_below and all(self.down[x][row] for x in sides for row in rows)


def _places(slot: LatticeCell) -> list[tuple[int, int]]:
    return [
        (column, row)
        for row in range(slot.top, slot.bottom)
        for column in range(slot.left, slot.right)
    ]
