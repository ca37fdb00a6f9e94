"""Reads cells that are paragraphs with a tab alone on a line between them.

That is the text a browser gives of Word's web pages. Several empty lines separate two rows, a
single one the paragraphs of a cell. An empty cell is a line with a blank that does not break.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.formats.txt.text_tables import (
    EDGES,
    CellText,
    TextTable,
    is_blank,
    is_figure,
    is_prose,
    is_table,
)

_ROW_GAP_LINES = 3
_MAX_LINES_BETWEEN_TABS = 8
"""At most this many lines stand between two tabs: the rest of a row and a broken label."""


def find_tab_alone(lines: Sequence[str], at: int) -> TextTable | None:
    """Return the table that begins with the cell at this line, a tab alone behind it."""
    if is_blank(lines[at]) or "\t" in lines[at] or is_prose(lines[at]):
        return None
    first = _next(lines, at + 1)
    if first is None or not _is_tab(lines[first]):
        return None
    end = _find_end(lines, first)
    rows = _read_rows(lines, at, end)
    return TextTable(end, tuple(rows)) if len(rows) > 1 and is_table(rows) else TextTable(end)


def _is_empty(line: str) -> bool:
    return not line.strip(" \r\f")


def _is_tab(line: str) -> bool:
    return "\t" in line and is_blank(line)


def _next(lines: Sequence[str], at: int) -> int | None:
    """Return the next line that is not empty; a tab is none, nor a blank that does not break."""
    return next((number for number in range(at, len(lines)) if not _is_empty(lines[number])), None)


def _find_end(lines: Sequence[str], first: int) -> int:
    """Return where a table ends whose first tab stands here: behind the cell after its last tab."""
    last, printed, number = first, 0, first
    while (
        printed <= _MAX_LINES_BETWEEN_TABS and (following := _next(lines, number + 1)) is not None
    ):
        number = following
        if _is_tab(lines[number]):
            last, printed = number, 0
        elif "\t" in lines[number] or is_prose(lines[number]):
            break
        else:
            printed += 1
    cell = _next(lines, last + 1)
    if cell is None or cell - last > _ROW_GAP_LINES or is_prose(lines[cell]):
        return last + 1
    return cell + 1


def _read_rows(lines: Sequence[str], at: int, end: int) -> list[tuple[CellText, ...]]:
    rows: list[list[CellText]] = [[("", at + 1)]]
    empty = 0
    for number in range(at, end):
        line = lines[number]
        if _is_empty(line):
            empty += 1
            continue
        if _is_tab(line):
            rows[-1] += [("", number + 1)] * line.count("\t")
        elif empty >= _ROW_GAP_LINES or (empty and _begins_anew(rows[-1][-1][0], line)):
            rows.append([(line.strip(EDGES), number + 1)])
        else:
            rows[-1][-1] = _append(rows[-1][-1], line.strip(EDGES), number + 1)
        empty = 0
    return [tuple(row) for row in rows]


def _begins_anew(cell: str, line: str) -> bool:
    """Say whether a line cannot continue a cell: a word below a figure, where two tables meet."""
    return is_figure(cell) and not is_blank(line) and not is_figure(line)


def _append(cell: CellText, text: str, line: int) -> CellText:
    return (
        (f"{cell[0]}\n{text}", cell[1])
        if cell[0] and text
        else (cell[0] or text, cell[1] if cell[0] else line)
    )
