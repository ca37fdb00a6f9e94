"""PDF → Document: the ruled tables, over page breaks too, and the prose between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from indexer.errors import NoTextLayer
from indexer.filetypes import media_type_of
from indexer.formats.pdf.cell_text import unprinted_twice
from indexer.formats.pdf.geometry import PARAGRAPH
from indexer.formats.pdf.opening import read_pages
from indexer.formats.pdf.page import UNKNOWN, Box, Page
from indexer.formats.pdf.page_joins import build_grid, continues
from indexer.formats.pdf.paragraphs import (
    Measure,
    Printed,
    drop_running,
    find_measures,
    join_lines,
    join_title,
    print_lines,
    without_number,
)
from indexer.formats.pdf.ruled_tables import PageTable, read_tables
from indexer.formats.pdf.unruled import OpenTable
from indexer.limits import Allowance, Limits
from indexer.records import Block, Document, Line, SourcePlace

_UNREADABLE = 0.5
"""The share of glyphs without a character from which a page has no text to speak of."""
_FEWEST = 16
"""Pages of images with fewer characters than this on each are scans, with a page number or a scanner's mark."""


def read_pdf(data: bytes, path: str, allowance: Allowance | None = None) -> Document:
    """Return the document in a PDF. `path` is for messages only.

    NoTextLayer for scanned pages, Encrypted, BrokenFile, TooLarge. Where a glyph has no character it is U+FFFD, never a digit.
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


def _pictures(pages: Sequence[Page]) -> Iterator[SourcePlace]:
    """Yield the pages that show text or a table as a picture, or in a font that does not say what its glyphs are."""
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


def _is_bare(box: Box, page: Page) -> bool:
    """Say whether hardly any text stands on a picture: what is recognised in a scan lies over it."""
    return sum(box.holds(*glyph.middle) for glyph in page.glyphs) < _FEWEST


def _has_text(page: Page) -> bool:
    count = sum(1 for glyph in page.glyphs if not glyph.text.isspace())
    return _is_mapped(page) and count >= (_FEWEST if page.pictures else 1)


def _is_mapped(page: Page) -> bool:
    seen = [glyph for glyph in page.glyphs if not glyph.text.isspace()]
    unknown = sum(1 for glyph in seen if UNKNOWN in glyph.text)
    return unknown <= _UNREADABLE * len(seen)


def _blocks(pages: Sequence[Page], limits: Limits) -> list[Block]:
    tables: list[list[PageTable | OpenTable]] = []
    prose: list[list[Printed]] = []
    for page in pages:
        found, free = read_tables(without_number(page), tables[-1] if tables else (), limits)
        tables.append(found)
        prose.append(print_lines(page, free))
    prose = drop_running(prose)
    flow = _Flow(find_measures(prose))
    for on_page, lines in zip(tables, prose, strict=True):
        items: list[PageTable | OpenTable | Printed] = [
            *on_page,
            *(join_title(lines) if not flow.blocks else lines),
        ]
        for item in sorted(items, key=lambda item: item.box.y0):
            flow.add(item)
    flow.end_lines()
    flow.end_table()
    return flow.blocks


@dataclass
class _Flow:
    """A walk down the pages; `lines` and `parts` are the lines and the table being gathered."""

    measures: dict[int, Measure]
    blocks: list[Block] = field(default_factory=list)
    lines: list[Printed] = field(default_factory=list)
    parts: list[PageTable] = field(default_factory=list)
    count: int = 0

    def add(self, item: PageTable | OpenTable | Printed) -> None:
        if isinstance(item, Printed):
            self.end_table()
            self.lines.append(item)
            return
        if isinstance(item, OpenTable):
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
