"""Rows with commas between their cells, as a spreadsheet saves them (CSV)."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from indexer.formats.txt.text_tables import CellText, TextTable, has_prose, is_figure, is_stray

_THOUSANDS = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])")
_BLANK = re.compile(r"[ \u3000\xa0]\d")
_MIN_COLUMNS = 3
_MIN_ROWS = 3
_MIN_FIGURES_ALONE = 7
"""So many figures make a table of one row."""


def find_commas(lines: Sequence[str], at: int) -> TextTable | None:
    """Return the table of comma-separated rows that begins at this line."""
    if not _is_row(lines[at]):
        return None
    end = at
    strays: list[int] = []
    while end < len(lines) and (_is_row(lines[end]) or is_stray(lines, end, _is_row)):
        strays += [] if _is_row(lines[end]) else [end]
        end += 1
    rows = _split_rows(
        [(lines[number], number + 1) for number in range(at, end) if number not in strays]
    )
    if not _is_table(rows):
        return TextTable(end)
    return TextTable(end, tuple(rows), tuple(at + 1 for at in strays))


def _is_table(rows: Sequence[Sequence[CellText]]) -> bool:
    """Say whether there are enough rows with figures, one full of them, or rows all alike."""
    filled = [
        row
        for row in rows
        if len(row) >= _MIN_COLUMNS and any(is_figure(text) for text, _ in row[1:])
    ]
    if len(filled) >= _MIN_ROWS or _is_even(rows):
        return True
    return any(sum(is_figure(text) for text, _ in row) >= _MIN_FIGURES_ALONE for row in rows)


def _is_row(line: str) -> bool:
    return "," in line and not _has_thousands_alone(line) and not has_prose(line)


def _has_thousands_alone(line: str) -> bool:
    """Say whether all commas of a line whose cells blanks part mark the thousands of numbers."""
    return bool(_BLANK.search(line.strip())) and "," not in _THOUSANDS.sub("", line)


def _is_even(rows: Sequence[Sequence[CellText]]) -> bool:
    """Say whether all rows have as many cells, as a spreadsheet writes them and no prose does."""
    figures = any(is_figure(text) for row in rows for text, _ in row)
    return (
        figures
        and len(rows) >= _MIN_ROWS
        and len(rows[0]) >= _MIN_COLUMNS
        and len({len(row) for row in rows}) == 1
    )


def _split_rows(printed: Sequence[CellText]) -> list[tuple[CellText, ...]]:
    """Return the rows of these lines; a cell in quotation marks may run over several."""
    reader = csv.reader(f"{line}\n" for line, _ in printed)
    rows: list[tuple[CellText, ...]] = []
    read = 0
    try:
        for cells in reader:
            rows.append(tuple((cell.strip(), printed[read][1]) for cell in cells))
            read = reader.line_num
    except csv.Error:
        return []
    return rows
