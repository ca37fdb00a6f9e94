"""Rows with commas between their cells, as a spreadsheet saves them (CSV)."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from indexer.readers.txt.region import Region, Text, has_prose, is_figure

_WIDE = 3
_ROWS = 3
_FIGURES = 10
"""So many figures make a table of one row."""


def find_commas(lines: Sequence[str], at: int) -> Region | None:
    """Return the table of comma-separated rows that begins at this line."""
    if "," not in lines[at] or has_prose(lines[at]):
        return None
    end = at
    while end < len(lines) and "," in lines[end] and not has_prose(lines[end]):
        end += 1
    rows = _split_rows(lines, at, end)
    full = [row for row in rows if len(row) >= _WIDE and any(is_figure(text) for text, _ in row[1:])]
    is_long = any(sum(1 for text, _ in row if is_figure(text)) >= _FIGURES for row in rows)
    return Region(end, tuple(rows) if len(full) >= _ROWS or is_long else ())


def _split_rows(lines: Sequence[str], at: int, end: int) -> list[tuple[Text, ...]]:
    """Return the rows of these lines; a cell in quotation marks may run over several."""
    reader = csv.reader(f"{line}\n" for line in lines[at:end])
    rows: list[tuple[Text, ...]] = []
    line = at + 1
    try:
        for cells in reader:
            rows.append(tuple((cell.strip(), line) for cell in cells))
            line = at + 1 + reader.line_num
    except csv.Error:
        return []
    return rows
