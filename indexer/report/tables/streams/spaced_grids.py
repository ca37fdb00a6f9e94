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
from indexer.report.tables.streams.word_roles import LONG_ROW
from indexer.text.amounts import clean
from indexer.text.folding import PAGE_MARK

_MAX_UNKNOWN = 6
"""Unknown lines in a row within a table; the pieces of two adjacent labels are no more."""
_MAX_REST = 3
"""Lines behind the last figures that may be the rest of their label."""
_MAX_PIECE_LENGTH = 45
"""Characters of a line that is a piece of a label."""
_MIN_FIGURES_OF_ROW = 3
"""Figures in one cell that are a row's; two may be one number of thousands."""

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
    return (
        (block, spaced) if spaced.kind != "piece" or len(block.text) <= _MAX_PIECE_LENGTH else None
    )


def _cut_lines(lines: Sequence[_Spaced]) -> list[Block]:
    """Return lines that follow one another, with each table among them as a grid."""
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        end = _find_end(lines, at)
        if end:
            blocks += _build_table(lines[at:end])
        else:
            blocks.append(lines[at][0])
        at = end or at + 1
    return blocks


def _build_table(lines: Sequence[_Spaced]) -> list[Block]:
    """Return the grid of a table's lines, and behind it the lines that are no part of it."""
    marks = [line for line, _ in lines if PAGE_MARK.fullmatch(line.text)]
    rows, apart = build_rows([entry for entry in lines if entry[0] not in marks])
    numbered = enumerate(rows, start=1)
    last = max(number for number, row in numbered if row.kind != "piece" or row.figures)
    behind = [row.line for row in rows[last:]]
    grid = Grid(tuple(map(_build_row, rows[:last], range(1, last + 1))))
    return [grid, *apart, *marks, *behind]


def _find_end(lines: Sequence[_Spaced], at: int) -> int:
    """Return the end of the table that begins at this line; 0 if none does."""
    if lines[at][1].kind not in ("row", "heads", "label") and not _begins_label(lines, at):
        return 0
    end, unknown = 0, 0
    for number in range(at, len(lines)):
        unknown = unknown + 1 if _is_piece(lines[number]) else 0
        if unknown > _MAX_UNKNOWN:
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
    stop = min(len(lines), end + _MAX_REST)
    return next((number for number in range(end, stop) if not _is_piece(lines[number])), stop)


def _is_piece(entry: _Spaced) -> bool:
    return entry[1].kind == "piece" and not entry[1].figures


def _is_table(lines: Sequence[_Spaced]) -> bool:
    """Return whether lines are rows, and not the cells of a table one a line."""
    kinds = [spaced.kind for _, spaced in lines]
    counts = [len(spaced.figures) if spaced.kind == "figures" else 0 for _, spaced in lines]
    alone = list(pairwise(counts)).count((1, 1))
    many = sum(count > 1 for count in counts)
    is_labelled = many > 0 and "label" in kinds
    has_rows = "row" in kinds or is_labelled or _has_long_row(counts)
    return has_rows and kinds.count("row") + many >= alone


def _has_long_row(counts: Sequence[int]) -> bool:
    """Return whether lines of figures are the disputes' one row, on one line or two."""
    halves = (pair for pair in pairwise(counts) if min(pair) > 1)
    return LONG_ROW in counts or any(sum(pair) == LONG_ROW for pair in halves)


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
    figures = keep_thousands(spaced.figures)
    if len(printed) == 1:
        is_joined = spaced.kind == "row" or _are_heads(spaced)
    else:
        is_joined = _are_joined(printed[1].text, spaced, figures)
    if not is_joined:
        return row
    texts = (*spaced.words, *figures)
    return tuple(GridCell(text, at, place=printed[0].place) for at, text in enumerate(texts))


def _are_heads(spaced: SpacedLine) -> bool:
    return spaced.kind == "heads" and len(spaced.words) > 1


def _are_joined(text: str, spaced: SpacedLine, kept: tuple[str, ...]) -> bool:
    """Return whether a cell behind a label holds the figures of a whole row.

    Two figures may be one number of thousands, and so may any that are `kept` together.
    """
    parts = read_spaced(text)
    if spaced.kind != "row" or parts.kind != "figures" or len(parts.figures) < 2:
        return False
    return len(kept) >= _MIN_FIGURES_OF_ROW and kept == spaced.figures
