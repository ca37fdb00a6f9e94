"""Finds cells that are boxes with gaps between them, and cells separated by white lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from indexer.formats.pdf.geometry import BOX
from indexer.formats.pdf.lattice import Lattice, LatticeCell, enclose
from indexer.formats.pdf.printed_page import Glyph, PrintedPage, Rectangle, Ruling
from indexer.formats.pdf.unruled.printed_words import read_words
from indexer.limits import Limits

_MIN_SHARED_FIGURES = 4
"""Fewer figures than this that share cells say nothing of a table."""
_MIN_BOXES = 4
_MIN_ROWS, _MIN_ROW_CELLS = 3, 15
"""A table has as many rows, or a row of so many cells."""


def find_boxed_lattices(page: PrintedPage, limits: Limits) -> list[Lattice]:
    """Return the tables of boxes and white lines on a page whose gaps hold nothing."""
    boxes = _cells(page.faint.areas, limits.max_page_boxes)
    grown = _grow(boxes)
    across = [
        *page.faint.across,
        *(Ruling(y, box.x0, box.x1) for box in grown for y in (box.y0, box.y1)),
    ]
    down = [
        *page.faint.down,
        *(Ruling(x, box.y0, box.y1) for box in grown for x in (box.x0, box.x1)),
    ]
    if not grown:
        across, down = [*across, *page.across], [*down, *page.down]
    found = [lattice for lattice in enclose(across, down, limits) if _is_whole(lattice)]
    return [lattice for lattice in found if not grown or _holds_all(lattice, boxes, page.glyphs)]


def _is_whole(lattice: Lattice) -> bool:
    """Say whether this is a table, and not a single row of it that is shaded."""
    widths = Counter(slot.top for slot in lattice.slots)
    return max(widths.values()) >= _MIN_ROW_CELLS or len(lattice.ys) > _MIN_ROWS


def is_crowded(lattice: Lattice, glyphs: Sequence[Glyph], most: float) -> bool:
    """Say whether more than a share (`most`) of a table's figures share a cell with another."""
    inside = [glyph for glyph in glyphs if lattice.box.holds(*glyph.middle)]
    counts: Counter[LatticeCell] = Counter()
    places = {
        (column, row): slot
        for slot in lattice.slots
        for column in range(slot.left, slot.right)
        for row in range(slot.top, slot.bottom)
    }
    for slot, group in _by_slot(places, lattice, inside).items():
        lines = read_words(group)
        counts[slot] = sum(1 for line in lines for word in line if word.is_figure)
    several = sum(count for count in counts.values() if count > 1)
    return several >= _MIN_SHARED_FIGURES and several > most * sum(counts.values())


def _by_slot(
    places: dict[tuple[int, int], LatticeCell], lattice: Lattice, glyphs: Sequence[Glyph]
) -> dict[LatticeCell, list[Glyph]]:
    found: dict[LatticeCell, list[Glyph]] = {}
    for glyph in glyphs:
        if not glyph.text.isspace():
            found.setdefault(places[lattice.find(*glyph.middle)], []).append(glyph)
    return found


def _cells(areas: Sequence[Rectangle], max_boxes: int) -> list[Rectangle]:
    """Return the areas that may be cells: none that holds several others, none within another."""
    large = sorted(
        {box for box in areas if min(box.x1 - box.x0, box.y1 - box.y0) > BOX.min_side}, key=_size
    )
    if not _MIN_BOXES <= len(large) <= max_boxes:
        return []
    inner = {
        box: [other for other in large if other is not box and _is_within(other, box)]
        for box in large
    }
    frames = {box for box, within in inner.items() if len(within) > 1}
    single = [(box, within) for box, within in inner.items() if box not in frames]
    covered = {other for box, within in single for other in within if _size(other) <= _size(box)}
    cells = [box for box, _ in single if box not in covered]
    return cells if len(cells) >= _MIN_BOXES else []


def _size(box: Rectangle) -> float:
    return (box.x1 - box.x0) * (box.y1 - box.y0)


def _is_within(inner: Rectangle, outer: Rectangle) -> bool:
    return (
        inner.x0 >= outer.x0 - BOX.within
        and inner.y0 >= outer.y0 - BOX.within
        and inner.x1 <= outer.x1 + BOX.within
        and inner.y1 <= outer.y1 + BOX.within
    )


def _grow(boxes: Sequence[Rectangle]) -> list[Rectangle]:
    """Return the boxes each grown by half the gaps between them, so that they touch."""
    x = median(_gaps(boxes) or [0.0]) / 2
    y = median(_gaps([Rectangle(box.y0, box.x0, box.y1, box.x1) for box in boxes]) or [0.0]) / 2
    return [Rectangle(box.x0 - x, box.y0 - y, box.x1 + x, box.y1 + y) for box in boxes]


def _gaps(boxes: Sequence[Rectangle]) -> list[float]:
    """Return the gaps between boxes and the next to their right in the same row."""
    rows: dict[int, list[Rectangle]] = {}
    for box in boxes:
        rows.setdefault(round(box.y0), []).append(box)
    gaps = [b.x0 - a.x1 for row in rows.values() for a, b in pairwise(sorted(row))]
    return [max(gap, 0.0) for gap in gaps if -BOX.max_overlap < gap < BOX.max_gap]


def _holds_all(lattice: Lattice, boxes: Sequence[Rectangle], glyphs: Sequence[Glyph]) -> bool:
    """Say whether all text in a table is in its boxes; else the gaps are rows or columns, too."""
    near = [box for box in boxes if lattice.box.holds((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)]
    inside = [
        glyph.middle
        for glyph in glyphs
        if not glyph.text.isspace() and lattice.box.holds(*glyph.middle)
    ]
    return all(any(box.holds(x, y) for box in near) for x, y in inside)
