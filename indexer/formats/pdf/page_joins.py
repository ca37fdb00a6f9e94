"""Joins the parts of a table that runs over pages; cut rows only where that is certain."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from indexer.formats.pdf.geometry import PAGE_BREAK
from indexer.formats.pdf.ruled_tables import RuledCell, RuledTable
from indexer.forms.form_words import begins_numbered
from indexer.records import Grid, GridCell, SourcePlace
from indexer.text.amounts import is_value

_BEGUN = re.compile(r"\s*[（(]?\s*[一二三四五六七八九十\d]{1,3}\s*|\s*[（(]\s*")
"""A number of a row that goes on in the next line."""


def continues(above: Sequence[RuledTable], below: RuledTable) -> bool:
    """Say whether a table at the top of a page continues the table on the pages before.

    It does if it is as wide, or has the same columns, even if one has more at one end: rows may be
    longer on one page, and a browser draws nothing on the second page for a cell whose text has
    ended.
    """
    return any(_is_as_wide(part, below) for part in above) or _has_same_columns(above, below)


def _has_same_columns(above: Sequence[RuledTable], below: RuledTable) -> bool:
    """Say whether the columns of one are all columns of the other, and enough to be no chance."""
    known, new = _edges([cell for part in above for cell in part.cells]), _edges(below.cells)
    fewer, more = sorted((known, new), key=len)
    ends_together = (
        abs(known[0] - new[0]) <= PAGE_BREAK.aligned
        or abs(known[-1] - new[-1]) <= PAGE_BREAK.aligned
    )
    return (
        ends_together
        and len(fewer) >= PAGE_BREAK.min_shared_edges
        and all(_is_near(x, more) for x in fewer)
    )


def _is_near(x: float, edges: Sequence[float]) -> bool:
    return any(abs(x - edge) <= PAGE_BREAK.aligned for edge in edges)


def _is_as_wide(above: RuledTable, below: RuledTable) -> bool:
    shift = below.box.x1 - above.box.x1
    return (
        abs(shift) < PAGE_BREAK.max_shift
        and abs(below.box.x0 - above.box.x0 - shift) <= PAGE_BREAK.aligned
    )


def build_grid(parts: Sequence[RuledTable], number: int) -> Grid:
    """Return one grid of the parts of a table."""
    sheet = _JoinedTable(list(parts[0].cells), len(parts[0].heights))
    for above, below in pairwise(parts):
        shift = below.box.x1 - parts[0].box.x1 if _is_as_wide(parts[0], below) else 0.0
        sheet.add(below, shift, above.open_bottom or below.open_top)
    return sheet.grid(number)


@dataclass
class _JoinedTable:
    """The cells so far, in `height` rows; `heads` are the texts of the first part's."""

    cells: list[RuledCell]
    height: int
    heads: list[tuple[str, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.heads = [
            tuple(cell.text for cell in _starting(self.cells, row)) for row in range(self.height)
        ]

    def add(self, part: RuledTable, shift: float, is_open: bool) -> None:
        """Add the part on the next page, `shift` points further right.

        Heads that are printed again are left out, and a row that the page break cut is made whole.
        """
        heads = self._count_heads(part)
        cells = [
            replace(cell, x0=cell.x0 - shift, x1=cell.x1 - shift, row=cell.row - heads)
            for cell in part.cells
            if cell.row >= heads
        ]
        last, first = _covering(self.cells, self.height - 1), _covering(cells, 0)
        # Cells at the left whose column is not drawn on the next page span its rows, too.
        held = _left_of(last, first)
        above = [cell for cell in last if cell not in held]
        beyond = [cell for cell in _left_of(first, above) if not cell.text]
        below = [cell for cell in first if cell not in beyond]
        pairs = _pair(above, below)
        is_cut = bool(pairs) and is_row_cut(
            pairs, is_open, part.heights[heads] < PAGE_BREAK.min_row_height
        )
        merged = pairs if is_cut else _spanning(above, below)
        self._merge_all(merged, is_cut, is_whole=is_cut and are_broken(pairs, is_open))
        gone = {id(below) for _, below in merged}
        start = self.height - (1 if is_cut else 0)
        self.cells += [
            replace(cell, row=start + cell.row) for cell in cells if id(cell) not in gone
        ]
        self.height = start + len(part.heights) - heads
        for cell in held:
            self.cells[self.cells.index(cell)] = replace(cell, rowspan=self.height - cell.row)

    def _merge_all(
        self, pairs: Sequence[tuple[RuledCell, RuledCell]], is_cut: bool, is_whole: bool
    ) -> None:
        """Merge the cells above and below a page break; `is_whole`: a broken number is one."""
        for above, below in pairs:
            between = "" if is_whole and _is_figure(below) else "\n"
            self._merge(above, below, 1 if is_cut else 0, between)

    def _count_heads(self, part: RuledTable) -> int:
        """Count the first rows of a part that repeat the first rows of the table."""
        count = 0
        while count < min(len(part.heights) - 1, len(self.heads)):
            texts = tuple(cell.text for cell in _starting(part.cells, count))
            has_value = any(is_value(text) and text for text in texts)
            if texts != self.heads[count] or not any(texts) or has_value:
                break
            count += 1
        while count and any(cell.row < count < cell.row + cell.rowspan for cell in part.cells):
            count -= 1
        return count

    def _merge(self, above: RuledCell, below: RuledCell, shared: int, between: str) -> None:
        text = between.join(text for text in (above.text, below.text) if text)
        rowspan = above.rowspan + below.rowspan - shared
        self.cells[self.cells.index(above)] = replace(above, text=text, rowspan=rowspan)

    def grid(self, number: int) -> Grid:
        edges = _edges(self.cells)
        rows: list[tuple[GridCell, ...]] = []
        starting: dict[int, list[RuledCell]] = {}
        for cell in self.cells:
            starting.setdefault(cell.row, []).append(cell)
        for row in range(self.height):
            cells = sorted(starting.get(row, []), key=lambda cell: cell.x0)
            rows.append(
                tuple(
                    _grid_cell(
                        cell,
                        edges,
                        SourcePlace(table=number, row=row + 1, column=at, page=cell.page),
                    )
                    for at, cell in enumerate(cells, start=1)
                )
            )
        return Grid(tuple(rows), spans_known=True)


def is_row_cut(pairs: Sequence[tuple[RuledCell, RuledCell]], is_open: bool, is_low: bool) -> bool:
    """Say whether the last row of a page and the first row of the next are one.

    `pairs` are their cells, one above the other. `is_open`: no line is drawn between them.
    `is_low`: the second is too low for text.

    Two rows that both hold numbers are two, unless the second has no label of its own: then its
    numbers are the rest of those above; where that is not certain, they are put beside them and
    the cell becomes unreadable instead of wrong.
    """
    words = [(above, below) for above, below in pairs if _is_word(below)]
    figures = [(above, below) for above, below in pairs if _is_figure(below)]
    labels = [above for above, below in pairs if _is_label(above, below)]
    has_figures = any(_is_figure(above) for above, _ in pairs if above not in labels)
    if any(_begins_row(above, below) for above, below in words):
        return False
    if not words and not figures:
        return is_open and (has_figures or is_low)
    if figures and has_figures:
        is_rest = bool(labels) and (not words or begins_numbered(labels[-1].text))
        return is_rest or are_broken(pairs, is_open)
    if any(above not in labels for above, _ in words) or any(above.text for above, _ in figures):
        return False
    return bool(labels) and (is_open or begins_numbered(labels[-1].text))


def _is_label(above: RuledCell, below: RuledCell) -> bool:
    return _is_word(above) or (_is_word(below) and begins_numbered(above.text))


def _begins_row(above: RuledCell, below: RuledCell) -> bool:
    """Say whether a numbered text begins a row, and is not the rest of a number above it."""
    return begins_numbered(below.text) and not _BEGUN.fullmatch(above.text)


def are_broken(pairs: Sequence[tuple[RuledCell, RuledCell]], is_open: bool) -> bool:
    """Say whether the numbers below a page break continue those above.

    They do if each number above fills its line, and some number has ended or no line is drawn
    between.
    """
    both = [above for above, below in pairs if _is_figure(above) and _is_figure(below)]
    ended = any(_is_figure(above) and not below.text for above, below in pairs)
    return bool(both) and all(above.full for above in both) and (ended or is_open)


def _goes_on(above: RuledCell, below: RuledCell) -> bool:
    """Say whether a cell over several rows is the rest of the one above the page break."""
    if not _is_word(above):
        return False
    if not below.text:
        return True
    return _is_word(below) and begins_numbered(above.text) and not begins_numbered(below.text)


def _is_word(cell: RuledCell) -> bool:
    return bool(cell.text) and not is_value(cell.text)


def _is_figure(cell: RuledCell) -> bool:
    return bool(cell.text) and is_value(cell.text)


def _pair(above: list[RuledCell], below: list[RuledCell]) -> list[tuple[RuledCell, RuledCell]]:
    """Return the cells on both sides of a page break, side by side; none if their edges differ."""
    if len(above) != len(below):
        return []
    pairs = list(zip(above, below, strict=True))
    aligned = all(_is_aligned(a, b) for a, b in pairs)
    return pairs if aligned and len(pairs) > 1 else []


def _spanning(above: list[RuledCell], below: list[RuledCell]) -> list[tuple[RuledCell, RuledCell]]:
    """Return the cells over several rows that a page break between two rows cut."""
    return [
        (a, b)
        for a in above
        for b in below
        if _is_aligned(a, b) and (a.rowspan > 1 or b.rowspan > 1) and _goes_on(a, b)
    ]


def _left_of(cells: Sequence[RuledCell], others: Sequence[RuledCell]) -> list[RuledCell]:
    """Return the cells left of all others, whose column is not drawn on the other page."""
    left = min((cell.x0 for cell in others), default=float("-inf"))
    return [cell for cell in cells if cell.x1 <= left + PAGE_BREAK.aligned]


def _is_aligned(above: RuledCell, below: RuledCell) -> bool:
    return (
        abs(above.x0 - below.x0) <= PAGE_BREAK.aligned
        and abs(above.x1 - below.x1) <= PAGE_BREAK.aligned
    )


def _starting(cells: Sequence[RuledCell], row: int) -> list[RuledCell]:
    return sorted((cell for cell in cells if cell.row == row), key=lambda cell: cell.x0)


def _covering(cells: Sequence[RuledCell], row: int) -> list[RuledCell]:
    return sorted(
        (cell for cell in cells if cell.row <= row < cell.row + cell.rowspan),
        key=lambda cell: cell.x0,
    )


def _edges(cells: Sequence[RuledCell]) -> list[float]:
    """Return where columns begin; edges that differ by a hair are one."""
    edges: list[float] = []
    last = float("-inf")
    for x in sorted({x for cell in cells for x in (cell.x0, cell.x1)}):
        if x - last > PAGE_BREAK.same_edge:
            edges.append(x)
        last = x
    return edges


def _grid_cell(cell: RuledCell, edges: Sequence[float], place: SourcePlace) -> GridCell:
    first = bisect_right(edges, cell.x0) - 1
    return GridCell(
        cell.text, first, max(bisect_right(edges, cell.x1) - 1 - first, 1), cell.rowspan, place
    )
