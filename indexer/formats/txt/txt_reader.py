"""Reads a text line by line, asking each shape in turn whether one of its tables begins here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from indexer.filetypes import media_type_of
from indexer.formats.txt.aligned import find_aligned
from indexer.formats.txt.commas import find_commas
from indexer.formats.txt.converted import find_converted
from indexer.formats.txt.drawn_boxes import find_box
from indexer.formats.txt.markdown import is_markdown, strip_marks, strip_quote
from indexer.formats.txt.page_ends import find_page_ends
from indexer.formats.txt.pipe_lines import find_pipe_lines
from indexer.formats.txt.pipes import find_pipes
from indexer.formats.txt.tab_alone import find_tab_alone
from indexer.formats.txt.tab_led import find_tab_led
from indexer.formats.txt.tab_rows import find_tab_rows
from indexer.formats.txt.text_tables import EDGES, CellText, TextTable
from indexer.records import Block, Document, Grid, GridCell, Line, SourcePlace
from indexer.text.converter_marks import drop_bookmarks
from indexer.text.folding import PAGE_MARK

SHAPES: tuple[Callable[[Sequence[str], int], TextTable | None], ...] = (
    find_tab_alone,
    find_tab_rows,
    find_tab_led,
    find_box,
    find_converted,
    find_pipes,
    find_pipe_lines,
    find_aligned,
    find_commas,
)
"""The shapes, the surer marks first."""


def read_txt(text: str) -> Document:
    """Return the document in a text.

    Only white space and the marks of converters and Markdown are lost. Page numbers and other
    lines within a table that are no part of it follow it; bare numbers at a page's end are
    dropped.
    """
    printed = _PrintedText(re.split(r"\r\n|\r|\n", text))
    return Document(tuple(printed.blocks()), media_type_of("txt"))


class _PrintedText:
    """The lines of a text as printed, and those of them that are its content.

    `numbers` are the places of the content among the printed lines: the bare numbers at the ends
    of pages are left out, and marked page numbers (`marks`) come behind the table they stand in.
    """

    def __init__(self, printed: Sequence[str]) -> None:
        ends = find_page_ends(printed)
        self.marks = {
            number for number, line in enumerate(printed) if PAGE_MARK.fullmatch(line.strip(EDGES))
        } - ends
        self.numbers = [number for number in range(len(printed)) if number not in self.marks | ends]
        self.printed = printed
        self.lines = [printed[number].lstrip("\f") for number in self.numbers]
        self.is_markdown = is_markdown(self.lines)
        if self.is_markdown:
            self.printed = [strip_quote(line) for line in printed]
            self.lines = [strip_quote(line) for line in self.lines]

    def blocks(self) -> Iterator[Block]:
        """Yield the tables and lines in their order."""
        judged = dict.fromkeys(SHAPES, 0)
        at = tables = read = 0
        while at < len(self.lines):
            table = _find_table(self.lines, at, judged)
            end = table.end if table else at + 1
            last = self.numbers[end - 1]
            apart = {number for number in range(read, last) if number in self.marks}
            read = last + 1
            if table:
                tables += 1
                yield build_grid(_number_rows(table.rows, self.numbers), tables)
                apart |= {self.numbers[line - 1] for line in table.apart}
            else:
                apart.add(self.numbers[at])
            yield from self._read_lines(apart)
            at = end
        yield from self._read_lines({number for number in self.marks if number >= read})

    def _read_lines(self, numbers: set[int]) -> Iterator[Line]:
        for number in sorted(numbers):
            yield from _read_line(self.printed[number], number, self.is_markdown)


def _read_line(line: str, number: int, marked: bool) -> Iterator[Line]:
    """Yield the line of prose that is printed here, if anything is."""
    printed = drop_bookmarks(line).strip(EDGES)
    printed = strip_marks(printed, marked).strip(EDGES)
    if printed:
        yield Line(printed, SourcePlace(line=number + 1))


def _number_rows(
    rows: Sequence[Sequence[CellText]], numbers: Sequence[int]
) -> list[list[CellText]]:
    """Return the rows with the lines counted as printed, page numbers and all."""
    return [[(text, numbers[line - 1] + 1) for text, line in row] for row in rows]


def _find_table(
    lines: Sequence[str],
    at: int,
    judged: dict[Callable[[Sequence[str], int], TextTable | None], int],
) -> TextTable | None:
    """Return the table that begins here.

    `judged` has the line up to which each shape has judged, so that none is judged twice.
    """
    for shape in SHAPES:
        if at < judged[shape]:
            continue
        region = shape(lines, at)
        if region and region.rows:
            return region
        if region:
            judged[shape] = region.end
    return None


def build_grid(rows: Sequence[Sequence[CellText]], table: int) -> Grid:
    """Return the rows of a shape as a grid."""
    return Grid(
        tuple(
            tuple(
                GridCell(
                    text.strip("\r\n\t\f\v"),
                    column,
                    place=SourcePlace(line, table, number, column + 1),
                )
                for column, (text, line) in enumerate(row)
            )
            for number, row in enumerate(rows, start=1)
        )
    )
