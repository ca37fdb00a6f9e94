"""The pass over the lines of a text: each shape is asked in turn whether a table of its kind begins here."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from indexer.readers.txt.aligned import find_aligned
from indexer.readers.txt.boxes import find_box
from indexer.readers.txt.commas import find_commas
from indexer.readers.txt.converted import find_converted
from indexer.readers.txt.markdown import is_markdown, strip_marks
from indexer.readers.txt.pipe_lines import find_pipe_lines
from indexer.readers.txt.pipes import find_pipes
from indexer.readers.txt.region import EDGES, Region, Text
from indexer.readers.txt.tab_led import find_tab_led
from indexer.readers.txt.tab_rows import find_tab_rows
from indexer.records import Block, Document, Grid, GridCell, Line, Place

SHAPES: tuple[Callable[[Sequence[str], int], Region | None], ...] = (
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

_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_PAGE_END = re.compile(r"[ \t\u3000]*(?:[-–—]\s*)?\d{1,3}(?:\s*[-–—])?[ \t\u3000]*")


def read_txt(text: str) -> Document:
    """Return the document in a text. Nothing of the text is lost but white space, and the marks of converters and of Markdown."""
    lines = _without_page_ends(re.split(r"\r\n|\r|\n", text))
    marked = is_markdown(lines)
    blocks: list[Block] = []
    judged = dict.fromkeys(SHAPES, 0)
    at = tables = 0
    while at < len(lines):
        region = _find_table(lines, at, judged)
        if region:
            tables += 1
            blocks.append(build_grid(region.rows, tables))
            at = region.end
            continue
        printed = _BOOKMARK.sub("", lines[at]).strip(EDGES)
        printed = strip_marks(printed, marked).strip(EDGES)
        if printed:
            blocks.append(Line(printed, Place(line=at + 1)))
        at += 1
    return Document(tuple(blocks), "text/plain")


def _find_table(
    lines: Sequence[str], at: int, judged: dict[Callable[[Sequence[str], int], Region | None], int]
) -> Region | None:
    """Return the table that begins here. `judged` keeps how far each shape has seen, so that no line is judged twice."""
    for shape in SHAPES:
        if at < judged[shape]:
            continue
        region = shape(lines, at)
        if region and region.rows:
            return region
        if region:
            judged[shape] = region.end
    return None


def build_grid(rows: Sequence[Sequence[Text]], table: int) -> Grid:
    """Return the rows of a shape as a grid."""
    return Grid(
        tuple(
            tuple(
                GridCell(text.strip("\r\n\t\f\v"), column, place=Place(line, table, number, column + 1))
                for column, (text, line) in enumerate(row)
            )
            for number, row in enumerate(rows, start=1)
        )
    )


def _without_page_ends(lines: list[str]) -> list[str]:
    """Return the lines with the page numbers before form feeds blanked: they would pass for figures."""
    for number, line in enumerate(lines[1:], start=1):
        if line.startswith("\f"):
            last = next((at for at in range(number - 1, max(-1, number - 4), -1) if lines[at].strip(EDGES)), None)
            if last is not None and _PAGE_END.fullmatch(lines[last].strip("\f")):
                lines[last] = ""
            lines[number] = line.lstrip("\f")
    return lines
