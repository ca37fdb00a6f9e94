"""Builds grids from rows whose cells are separated by single blanks, as in text from a PDF.

A line is a row if it is a label of the forms followed by nothing but figures. An empty cell leaves
no mark: its row is one cell short, and later stages trust none of its numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.records import Block, Grid, GridCell, Line
from indexer.report.tables.streams.finder import may_be_cell
from indexer.report.tables.streams.several_rows import part_rows
from indexer.report.tables.streams.spaced_lines import SpacedLine, read_spaced
from indexer.report.tables.streams.spaced_rows import SpacedRow, build_rows, keep_thousands
from indexer.text.amounts import clean
from indexer.text.folding import PAGE_MARK

_UNKNOWN = 6
"""More unknown lines in a row are prose; the pieces of two adjacent labels are fewer."""
_REST = 3
"""So many lines behind the last figures may be the rest of their label."""
_PIECE = 45
"""A line longer than this is no piece of a label."""
_LONG_ROW = 15
_SEVERAL = 3
"""So many figures in one cell are those of a row; two may be one number of thousands."""
_ENDS = ("row", "figures")

_Spaced = tuple[Line, SpacedLine]


def cut_spaced(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with lines that are rows as grids, and with grids cut into cells."""
    cut: list[Block] = []
    lines: list[_Spaced] = []
    for block in _part_lines(blocks):
        spaced = _read(block)
        if spaced:
            lines.append(spaced)
            continue
        cut += _cut_lines(lines)
        lines = []
        cut.append(_cut_rows(block) if isinstance(block, Grid) and not block.spans_known else block)
    return (*cut, *_cut_lines(lines))


def _part_lines(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        yield from part_rows(block) if isinstance(block, Line) else (block,)


def _read(block: Block) -> _Spaced | None:
    """Return a line that may be one of a table, with its cells."""
    if not isinstance(block, Line) or not may_be_cell(block):
        return None
    spaced = read_spaced(block.text)
    return (block, spaced) if spaced.kind != "piece" or len(block.text) <= _PIECE else None


def _cut_lines(lines: Sequence[_Spaced]) -> list[Block]:
    """Return lines that follow one another, with each table among them as a grid."""
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        end = _find_end(lines, at)
        if not end:
            blocks.append(lines[at][0])
            at += 1
            continue
        printed = [entry for entry in lines[at:end] if not PAGE_MARK.fullmatch(entry[0].text)]
        rows, apart = build_rows(printed)
        apart += [line for line, _ in lines[at:end] if PAGE_MARK.fullmatch(line.text)]
        last = max(
            number for number, row in enumerate(rows, start=1) if row.kind != "piece" or row.figures
        )
        behind = [row.line for row in rows[last:]]
        blocks += [Grid(tuple(map(_build_row, rows[:last], range(1, last + 1)))), *apart, *behind]
        at = end
    return blocks


def _find_end(lines: Sequence[_Spaced], at: int) -> int:
    """Return the end of the table that begins at this line; 0 if none does."""
    if lines[at][1].kind not in ("row", "heads", "label") and not _begins_label(lines, at):
        return 0
    end, unknown = 0, 0
    for number in range(at, len(lines)):
        unknown = unknown + 1 if _is_piece(lines[number]) else 0
        if unknown > _UNKNOWN:
            break
        end = end if unknown else number + 1
    return _with_rest(lines, end) if _is_table(lines[at:end]) else 0


def _begins_label(lines: Sequence[_Spaced], at: int) -> bool:
    """Return whether a broken label may begin a table: figures stand on the next line."""
    following = lines[at + 1][1] if at + 1 < len(lines) else None
    named = lines[at][1].kind == "piece" and "报告" not in lines[at][0].text
    return named and following is not None and bool(following.figures)


def _with_rest(lines: Sequence[_Spaced], end: int) -> int:
    """Return the end with the following lines that may complete the last label."""
    stop = min(len(lines), end + _REST)
    return next((number for number in range(end, stop) if not _is_piece(lines[number])), stop)


def _is_piece(entry: _Spaced) -> bool:
    return entry[1].kind == "piece" and not entry[1].figures


def _is_table(lines: Sequence[_Spaced]) -> bool:
    """Return whether lines are rows, and not the cells of a table one a line."""
    kinds = [spaced.kind for _, spaced in lines]
    counts = [len(spaced.figures) if spaced.kind == "figures" else 0 for _, spaced in lines]
    alone = sum(1 for one, two in pairwise(counts) if one == two == 1)
    many = sum(1 for count in counts if count > 1)
    long = _LONG_ROW in counts or any(
        one + two == _LONG_ROW and min(one, two) > 1 for one, two in pairwise(counts)
    )
    found = "row" in kinds or long or (many > 0 and "label" in kinds)
    return found and kinds.count("row") + many >= alone


def _build_row(row: SpacedRow, number: int) -> tuple[GridCell, ...]:
    texts = (*row.words, *row.figures)
    place = replace(row.line.place, row=number)
    return tuple(
        GridCell(text, at, place=replace(place, column=at + 1)) for at, text in enumerate(texts)
    )


def _cut_rows(grid: Grid) -> Grid:
    """Return a grid of a text with undivided rows, and undivided figures, cut at blanks."""
    rows = tuple(_cut_row(row) for row in grid.rows)
    return replace(grid, rows=rows) if rows != grid.rows else grid


def _cut_row(row: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
    """Return a row with a cell each for its label and figures, which a converter left joined."""
    printed = [cell for cell in row if clean(cell.text)]
    if len(printed) not in (1, 2) or "\n" in printed[0].text:
        return row
    spaced = read_spaced(" ".join(cell.text for cell in printed))
    parts = read_spaced(printed[-1].text)
    whole = spaced.kind == "row" and (
        len(printed) == 1 or (parts.kind == "figures" and len(parts.figures) > 1)
    )
    if not whole and not (spaced.kind == "heads" and len(printed) == 1 and len(spaced.words) > 1):
        return row
    figures = keep_thousands(spaced.figures)
    if len(printed) > 1 and (len(figures) < _SEVERAL or figures != spaced.figures):
        return row
    texts = (*spaced.words, *figures)
    return tuple(GridCell(text, at, place=printed[0].place) for at, text in enumerate(texts))
