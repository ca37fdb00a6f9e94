"""Reads the tables of a DOCX: visible rows and cells, spans, and whether a table is for layout."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from docx.oxml.ns import qn

from indexer.formats.docx.package import Element
from indexer.formats.whitespace import EDGES
from indexer.records import Grid, GridCell, SourcePlace

_LAYOUT_SHARE = 4
"""A table is for data if it has this many cells for each that holds another table."""
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_T, _TBL, _TC, _TR = (qn(f"w:{name}") for name in ("t", "tbl", "tc", "tr"))
_VAL = qn("w:val")
_WRAPPERS = frozenset(
    [qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")]
    + [f"{COMPATIBILITY}{name}" for name in ("AlternateContent", "Choice", "Fallback")]
)


@dataclass
class _OpenCell:
    """A cell being read; `rowspan` grows with the rows that go on with it."""

    text: str
    column: int
    colspan: int
    place: SourcePlace
    rowspan: int = 1


@dataclass
class TableReader:
    """A table of data being read.

    `above` are the cells that reach into the row above, by their first column.
    """

    number: int
    text: Callable[[Element], str]
    max_span: int
    above: dict[int, _OpenCell] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)

    def read(self, rows: list[tuple[Element, list[Element]]]) -> Grid:
        """Return the grid of a table: a cell stands once, at the row and column where it begins."""
        read = [self._read_row(row, cells, at) for at, (row, cells) in enumerate(rows, start=1)]
        return Grid(
            tuple(
                tuple(
                    GridCell(cell.text, cell.column, cell.colspan, cell.rowspan, cell.place)
                    for cell in row
                )
                for row in read
            ),
            spans_known=True,
        )

    def _read_row(self, row: Element, cells: list[Element], at: int) -> list[_OpenCell]:
        begun: list[_OpenCell] = []
        standing: dict[int, _OpenCell] = {}
        column = _span(row, "w:trPr/w:gridBefore", 0, self.max_span)
        last: _OpenCell | None = None
        for cell in cells:
            colspan = _span(cell, "w:tcPr/w:gridSpan", 1, self.max_span)
            if last and _merge(cell, "w:hMerge") == "continue":
                last.colspan += colspan
            else:
                last = self._continued(cell, at, column)
                if last is None:
                    place = SourcePlace(table=self.number, row=at, column=len(begun) + 1)
                    last = _OpenCell(self.text(cell), column, colspan, place)
                    begun.append(last)
                standing[last.column] = last
            column += colspan
        self.above, self.starts = standing, sorted(standing)
        return begun

    def _continued(self, cell: Element, row: int, column: int) -> _OpenCell | None:
        """Return the cell above that this one continues, or None if it begins here.

        Where no cell above begins at its column, a cell with text is a cell of its own; one
        without text continues the cell it lies under.
        """
        if _merge(cell, "w:vMerge") != "continue":
            return None
        above = self.above.get(column)
        if above is None and not self._prints(cell):
            above = self._reaching(column)
        if above is not None:
            above.rowspan = row - (above.place.row or row) + 1
        return above

    def _reaching(self, column: int) -> _OpenCell | None:
        """Return the cell of the row above that begins before a column and reaches over it."""
        starts = self.starts
        at = bisect_right(starts, column) - 1
        found = self.above[starts[at]] if at >= 0 else None
        return found if found and column < found.column + found.colspan else None

    def _prints(self, cell: Element) -> bool:
        return any((text.text or "").strip(EDGES) for text in cell.iter(_T))


def is_layout(rows: list[list[Element]]) -> bool:
    """Say whether a table is for layout: it has a single column, or much of it is other tables."""
    if all(len(row) <= 1 for row in rows):
        return True
    cells = [cell for row in rows for cell in row]
    return sum(_holds_table(cell) for cell in cells) * _LAYOUT_SHARE > len(cells)


def _holds_table(cell: Element) -> bool:
    """Say whether there is a table of more than one cell in a cell."""
    table = next(cell.iter(_TBL), None)
    if table is None:
        return False
    inner = table.iter(_TC)
    return next(inner, None) is not None and next(inner, None) is not None


def rows(table: Element) -> Iterator[Element]:
    """Yield the rows that stand with all changes accepted and are not hidden."""
    for row in _within(table, _TR):
        if not has(row, "w:trPr/w:del") and not is_on(row, "w:trPr/w:hidden"):
            yield row


def cells(row: Element) -> Iterator[Element]:
    """Yield the cells that stand in a row with all changes accepted."""
    return (cell for cell in _within(row, _TC) if not has(cell, "w:tcPr/w:cellDel"))


def _within(node: Element, tag: str) -> Iterator[Element]:
    """Yield the children of a kind, also those that content controls and tracked changes wrap."""
    stack = list(reversed(node))
    while stack:
        child = stack.pop()
        if child.tag == tag:
            yield child
        elif child.tag == f"{COMPATIBILITY}AlternateContent":
            stack.extend(alternative(child))
        elif child.tag in _WRAPPERS:
            stack.extend(reversed(child))


def _span(node: Element, path: str, default: int, most: int) -> int:
    found = node.find("/".join(qn(step) for step in path.split("/")))
    value = found.get(_VAL, "") if found is not None else ""
    return min(max(int(value), default), most) if re.fullmatch(r"\d{1,6}", value) else default


def _merge(cell: Element, name: str) -> str | None:
    """Return `restart`, `continue`, or None if the cell is not merged in this direction.

    A tracked merge counts as accepted.
    """
    tracked = cell.find(qn("w:tcPr") + "/" + qn("w:cellMerge"))
    if tracked is not None and name == "w:vMerge":
        return {"cont": "continue", "rest": "restart"}.get(tracked.get(qn("w:vMerge"), ""))
    found = cell.find(qn("w:tcPr") + "/" + qn(name))
    return None if found is None else "restart" if found.get(_VAL) == "restart" else "continue"


def alternative(node: Element) -> list[Element]:
    """Return one of the renderings of the same thing: the first that holds text."""
    choices = [child for child in node if child.tag in _WRAPPERS]
    speaking = (choice for choice in choices if next(choice.iter(_T), None) is not None)
    return [next(speaking, choices[0])] if choices else []


def has(node: Element, path: str) -> bool:
    """Say whether there is an element at a path below this one."""
    return node.find("/".join(qn(step) for step in path.split("/"))) is not None


def is_on(node: Element, path: str) -> bool:
    """Say whether a switch is set: it is there, and does not say no."""
    found = node.find("/".join(qn(step) for step in path.split("/")))
    return found is not None and found.get(_VAL) not in ("0", "false", "off", "none")
