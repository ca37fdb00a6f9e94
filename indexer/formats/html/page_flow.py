"""Turns an element of a page into lines and tables in reading order, as a browser shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from indexer.formats.raised_digits import LOWERED, PICTURE, RAISED, STRUCK
from indexer.formats.txt import read_txt
from indexer.formats.whitespace import SPACE, one_line
from indexer.limits import Limits
from indexer.records import Block, Grid, GridCell, Line, SourcePlace

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
"""Elements that begin and end a line."""
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:[a-z%]*\s*(?:;|!|$))",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)
_MOVED = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_FOOTNOTE = re.compile(r"#_?(?:ftn|fn|note|endnote)", re.IGNORECASE)
_MARKED: Mapping[str, Mapping[int, str]] = {
    "sup": RAISED,
    "sub": LOWERED,
    "del": STRUCK,
    "s": STRUCK,
    "strike": STRUCK,
}
_STYLED = frozenset(["span", "font", "u", "b", "strong", "em", "i", "a"])
_SPOKEN = frozenset(["rt", "rp"])
_HOLDS_NO_ROW = frozenset(["td", "th", "table", "caption"])
_WHOLE = re.compile(r"\s*(\d{1,4})")
_MAX_INNER_TABLE_LETTERS = 12
"""A table within a cell with at most this many characters is part of the cell's text, as a
fraction or a seal, and does not make the outer table one for layout."""


def read_blocks(root: Tag, limits: Limits) -> tuple[list[Block], tuple[SourcePlace, ...]]:
    """Return the lines and tables of an element, and the places of the pictures between them."""
    flow = _HtmlFlow(limits)
    flow.read(root)
    flow.end_line()
    return flow.blocks, tuple(flow.pictures)


@dataclass
class _HtmlFlow:
    """Walks over the article in reading order; `pending` is the line so far."""

    limits: Limits
    in_cell: bool = False
    blocks: list[Block] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    tables: int = 0
    pictures: list[SourcePlace] = field(default_factory=list)

    def read(self, root: Tag) -> None:
        """Walk without recursion: pages nest as deep as they like."""
        stack: list[PageElement | None] = [root]
        while stack:
            node = stack.pop()
            if node is None:
                self.end_line()
            elif isinstance(node, NavigableString):
                self.pending.append(SPACE.sub(" ", node))
            elif isinstance(node, Tag) and not _is_hidden(node):
                self._enter(node, stack)

    def _enter(self, tag: Tag, stack: list[PageElement | None]) -> None:
        marks = _marks(tag)
        if tag.name == "br":
            self.end_line()
        elif marks:
            self.pending.append(SPACE.sub(" ", tag.get_text()).translate(marks))
        elif tag.name == "pre" and not self.in_cell:
            self._read_preformatted(tag)
        elif tag.name == "table" and not self.in_cell and not is_layout(tag):
            self.end_line()
            self.tables += 1
            self.blocks.append(_read_table(tag, self.tables, self.limits))
        elif tag.name == "img":
            self.pictures.append(SourcePlace(line=len(self.blocks) + 1))
        elif tag.name not in _SPOKEN:
            if tag.name in BLOCKS:
                self.end_line()
                stack.append(None)
            stack.extend(reversed(tag.contents))

    def _read_preformatted(self, tag: Tag) -> None:
        """Take text that was set line by line, with the tables it may hold, as a text file."""
        self.end_line()
        self.blocks.extend(read_txt(tag.get_text()).blocks)

    def end_line(self) -> None:
        text = one_line("".join(self.pending))
        self.pending.clear()
        if text:
            self.blocks.append(Line(text, SourcePlace(line=len(self.blocks) + 1)))


def _is_hidden(tag: Tag) -> bool:
    style = tag.attrs.get("style")
    return "hidden" in tag.attrs or (style is not None and bool(_HIDDEN.search(str(style))))


def _marks(tag: Tag) -> Mapping[int, str] | None:
    """Return how to mark an element's digits, None for plain ones.

    Where the whole line is raised, it is plain text in a smaller font.
    """
    style = str(tag.get("style", "")) if tag.name in _STYLED else ""
    moved = _MOVED.search(style)
    raised = {"super": "sup", "sub": "sub"}[moved[1].lower()] if moved else tag.name
    if raised in ("sup", "sub"):
        line = next((parent for parent in tag.parents if parent.name in BLOCKS), tag)
        return None if line.get_text(strip=True) == tag.get_text(strip=True) else _MARKED[raised]
    if tag.name == "a" and _FOOTNOTE.search(str(tag.get("href", ""))):
        return RAISED
    if tag.name in _MARKED:
        return _MARKED[tag.name]
    return STRUCK if _STRUCK.search(style) else None


def is_layout(table: Tag) -> bool:
    """Say whether a table is for layout: it has a single column, or holds another real table."""
    inner = next(
        (tag for tag in table.descendants if isinstance(tag, Tag) and tag.name == "table"), None
    )
    if inner is not None and len(inner.get_text(strip=True)) > _MAX_INNER_TABLE_LETTERS:
        return True
    return all(len(_cells(row)) <= 1 for row in _rows(table))


def _read_table(table: Tag, number: int, limits: Limits) -> Grid:
    """Return the grid of a table: each cell once, at its first row and column."""
    held: dict[int, int] = {}
    rows: list[tuple[GridCell, ...]] = []
    for row, tag in enumerate(_rows(table), start=1):
        taken = {column for column, left in held.items() if left > 0}
        held = {column: left - 1 for column, left in held.items() if left > 1}
        cells: list[GridCell] = []
        column = 0
        for cell in _cells(tag):
            while column in taken:
                column += 1
            colspan = _span(cell, "colspan", limits.max_cell_span)
            rowspan = _span(cell, "rowspan", limits.max_cell_span)
            place = SourcePlace(table=number, row=row, column=len(cells) + 1)
            cells.append(GridCell(_cell_text(cell, limits), column, colspan, rowspan, place))
            if rowspan > 1 and column < limits.max_table_columns:
                held.update(dict.fromkeys(range(column, column + colspan), rowspan - 1))
            column += colspan
        rows.append(tuple(cells))
    return Grid(tuple(rows), spans_known=True)


def _rows(table: Tag) -> Iterator[Tag]:
    """Yield the rows of a table that are shown, not those of a table within it."""
    parts = [node for node in reversed(table.contents) if isinstance(node, Tag)]
    while parts:
        part = parts.pop()
        if part.name in _HOLDS_NO_ROW or _is_hidden(part):
            continue
        if part.name == "tr":
            yield part
        parts.extend(node for node in reversed(part.contents) if isinstance(node, Tag))


def _cells(row: Tag) -> list[Tag]:
    """Return the cells of a row that are shown."""
    return [
        cell
        for cell in row.contents
        if isinstance(cell, Tag) and cell.name in ("td", "th") and not _is_hidden(cell)
    ]


def _span(cell: Tag, name: str, most: int) -> int:
    printed = cell.attrs.get(name)
    match = None if printed is None else _WHOLE.match(str(printed))
    return min(max(int(match[1]), 1), most) if match else 1


def _cell_text(cell: Tag, limits: Limits) -> str:
    """Return a cell's text, its lines joined by line feeds; inline elements are not separated."""
    if len(cell.contents) == 1 and isinstance(string := cell.contents[0], NavigableString):
        return one_line(string)
    flow = _HtmlFlow(limits, in_cell=True)
    for child in cell.contents:
        if isinstance(child, NavigableString):
            flow.pending.append(SPACE.sub(" ", child))
        elif isinstance(child, Tag):
            flow.read(child)
    flow.end_line()
    text = "\n".join(block.text for block in flow.blocks if isinstance(block, Line))
    return text or (PICTURE if flow.pictures else "")
