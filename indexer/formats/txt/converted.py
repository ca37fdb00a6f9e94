"""Reads rows whose cells are paragraphs, as text converters print the tables of web pages.

A pipe alone on a line begins a row. Every cell begins on a line of its own and ends with a pipe;
behind a row's last cell there is a pipe for each column that its spans take up, so that all rows
have as many cells. Between two rows there is only a line break.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.formats.txt.markdown import strip_cell
from indexer.formats.txt.pipes import PIPE, has_pipe
from indexer.formats.txt.text_tables import (
    EDGES,
    CellText,
    TextTable,
    find_end,
    find_stops,
    is_blank,
    is_figure,
)

_MAX_COLUMNS = 40
_MIN_FILLED_SHARE = 0.7
"""So many of the rows begin with a printed cell."""


def find_converted(lines: Sequence[str], at: int) -> TextTable | None:
    """Return the table that begins at this line, if its cells come out even in rows."""
    if not PIPE.fullmatch(lines[at].strip(EDGES)):
        return None
    end = find_end(lines, at, has_pipe, reach=6)
    for stop in find_stops(lines, at, end):
        region = _read(lines, at, stop)
        if region:
            return region
    return None


def _read(lines: Sequence[str], at: int, end: int) -> TextTable | None:
    """Return the table that these lines are, if their cells come out even in rows."""
    pieces = _split(lines, at, end)
    if not all(text.lstrip(EDGES).startswith("\n") for text, _ in pieces if not is_blank(text)):
        return None
    rows = max(
        (_cut(pieces, width) for width in range(2, _MAX_COLUMNS)), key=_first_cells, default=[]
    )
    figures = any(is_figure(text) for row in rows for text, _ in row)
    return (
        TextTable(end, tuple(tuple(_clean(row, _marks_empty_cells(rows))) for row in rows))
        if figures
        else None
    )


def _split(lines: Sequence[str], at: int, end: int) -> list[CellText]:
    """Return what stands between the pipes of these lines, with its line breaks."""
    pieces: list[CellText] = []
    for number, line in enumerate(lines[at:end], start=at):
        first, *others = PIPE.split(line)
        if pieces:
            pieces[-1] = (f"{pieces[-1][0]}\n{first}", pieces[-1][1])
        pieces += [(piece, number + 1) for piece in others]
    return pieces[:-1] if pieces and is_blank(pieces[-1][0]) else pieces


def _cut(pieces: Sequence[CellText], width: int) -> list[list[CellText]]:
    """Return the pieces in rows of `width` cells with one piece between rows, or none if uneven."""
    step = width + 1
    between = [text for text, _ in pieces[width::step]]
    if (len(pieces) + 1) % step or any(
        text.strip(EDGES + "\n") or "\n" not in text for text in between
    ):
        return []
    rows = [list(pieces[start : start + width]) for start in range(0, len(pieces), step)]
    return rows if len(rows) > 1 and _first_cells(rows) >= _MIN_FILLED_SHARE * len(rows) else []


def _first_cells(rows: Sequence[Sequence[CellText]]) -> int:
    return sum(1 for row in rows if row[0][0].strip())


def _marks_empty_cells(rows: Sequence[Sequence[CellText]]) -> bool:
    """Say whether empty cells can be told from the columns of a span: they begin on a new line.

    They cannot if an empty cell before a printed one does not: then a short row must not pass for
    a complete one.
    """
    empty = [text for row in rows for text, _ in row if not text.strip()]
    return any("\n" in text for text in empty) or not any(_has_unmarked_gap(row) for row in rows)


def _has_unmarked_gap(row: Sequence[CellText]) -> bool:
    last = max((at for at, (text, _) in enumerate(row) if text.strip()), default=0)
    return any("\n" not in text for text, _ in row[:last] if not text.strip())


def _clean(row: Sequence[CellText], marked: bool) -> list[CellText]:
    last = len(row)
    while marked and last > 1 and "\n" not in row[last - 1][0] and not row[last - 1][0].strip():
        last -= 1
    return [(strip_cell(text.strip(EDGES + "\n")), line) for text, line in row[:last]]
