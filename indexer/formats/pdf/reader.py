"""Reads PDFs: ruled and unruled tables, also over page breaks, and the prose between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from indexer.errors import NoTextLayer
from indexer.filetypes import media_type_of
from indexer.formats.pdf.geometry import PARAGRAPH
from indexer.formats.pdf.page_joins import build_grid, continues
from indexer.formats.pdf.paragraphs import (
    PrintedLine,
    TextMeasure,
    drop_running,
    find_measures,
    join_lines,
    join_title,
    print_lines,
    without_number,
)
from indexer.formats.pdf.pdf_pages import read_pages
from indexer.formats.pdf.printed_page import UNKNOWN, PrintedPage, Rectangle
from indexer.formats.pdf.ruled_tables import RuledTable, read_tables
from indexer.formats.pdf.text_lines import unprinted_twice
from indexer.formats.pdf.unruled import UnruledTable
from indexer.limits import Allowance, Limits
from indexer.records import Block, Document, Line, SourcePlace

_MAX_UNMAPPED_SHARE = 0.5
"""The share of glyphs without a character from which a page has no text to speak of."""
_MIN_GLYPHS = 16
"""Pages of images with fewer characters than this are scans with a page number or a stamp."""


def read_pdf(data: bytes, path: str, allowance: Allowance | None = None) -> Document:
    """Return the document in a PDF.

    NoTextLayer for scans, Encrypted, BrokenFile or TooLarge. A glyph without a character is
    U+FFFD, never a digit.
    """
    allowance = allowance or Allowance.start()
    pages = [
        replace(page, glyphs=tuple(unprinted_twice(page.glyphs)))
        for page in read_pages(data, path, allowance)
    ]
    if not any(_has_text(page) for page in pages):
        raise NoTextLayer(path, "source.pdf.no_text")
    readable = [
        page if _is_mapped(page) else replace(page, glyphs=(), across=(), down=()) for page in pages
    ]
    return Document(
        tuple(_blocks(readable, allowance.limits)),
        media_type_of("pdf"),
        pictures=tuple(_pictures(pages)),
    )


def _pictures(pages: Sequence[PrintedPage]) -> Iterator[SourcePlace]:
    """Yield the pages with text or a table as a picture, or in a font without characters."""
    for page in pages:
        large = [
            box
            for box in page.pictures
            if box.x1 - box.x0 > PARAGRAPH.min_picture_width * page.width
            and box.y1 - box.y0 > PARAGRAPH.min_picture_height
        ]
        if (
            not _is_mapped(page)
            or (page.pictures and not _has_text(page))
            or any(_is_bare(box, page) for box in large)
        ):
            yield SourcePlace(page=page.number)


def _is_bare(box: Rectangle, page: PrintedPage) -> bool:
    """Say whether a picture has hardly any text on it: recognised text of a scan lies over it."""
    return sum(box.holds(*glyph.middle) for glyph in page.glyphs) < _MIN_GLYPHS


def _has_text(page: PrintedPage) -> bool:
    count = sum(1 for glyph in page.glyphs if not glyph.text.isspace())
    return _is_mapped(page) and count >= (_MIN_GLYPHS if page.pictures else 1)


def _is_mapped(page: PrintedPage) -> bool:
    seen = [glyph for glyph in page.glyphs if not glyph.text.isspace()]
    unknown = sum(1 for glyph in seen if UNKNOWN in glyph.text)
    return unknown <= _MAX_UNMAPPED_SHARE * len(seen)


def _blocks(pages: Sequence[PrintedPage], limits: Limits) -> list[Block]:
    tables: list[list[RuledTable | UnruledTable]] = []
    prose: list[list[PrintedLine]] = []
    for page in pages:
        found, free = read_tables(without_number(page), tables[-1] if tables else (), limits)
        tables.append(found)
        prose.append(print_lines(page, free))
    prose = drop_running(prose)
    flow = _PageFlow(find_measures(prose))
    for on_page, lines in zip(tables, prose, strict=True):
        items: list[RuledTable | UnruledTable | PrintedLine] = [
            *on_page,
            *(join_title(lines) if not flow.blocks else lines),
        ]
        for item in sorted(items, key=lambda item: item.box.y0):
            flow.add(item)
    flow.end_lines()
    flow.end_table()
    return flow.blocks


@dataclass
class _PageFlow:
    """Walks down the pages; `lines` and `parts` are the lines and the table gathered so far."""

    measures: dict[int, TextMeasure]
    blocks: list[Block] = field(default_factory=list)
    lines: list[PrintedLine] = field(default_factory=list)
    parts: list[RuledTable] = field(default_factory=list)
    count: int = 0

    def add(self, item: RuledTable | UnruledTable | PrintedLine) -> None:
        if isinstance(item, PrintedLine):
            self.end_table()
            self.lines.append(item)
            return
        if isinstance(item, UnruledTable):
            self.end_lines()
            self.end_table()
            self.count += 1
            self.blocks.append(item.grid(self.count))
            return
        self.end_lines()
        if self.parts and not (
            item.page == self.parts[-1].page + 1 and continues(self.parts, item)
        ):
            self.end_table()
        self.parts.append(item)

    def end_lines(self) -> None:
        for line in join_lines(self.lines, self.measures):
            self.blocks.append(
                Line(line.text, SourcePlace(line=len(self.blocks) + 1, page=line.page))
            )
        self.lines.clear()

    def end_table(self) -> None:
        if self.parts:
            self.count += 1
            self.blocks.append(build_grid(self.parts, self.count))
            self.parts.clear()
