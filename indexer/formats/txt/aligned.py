"""Reads columns aligned with blanks, as `pdftotext -layout` writes them.

Two blanks or more, or a full-width one, separate cells. An empty cell leaves no mark: its row is
one cell short, and later stages trust none of its numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.formats.txt.text_tables import EDGES, TextTable, find_end, is_blank, is_figure

_CELL_GAP = re.compile(r"[ \u3000\xa0]*(?:  |[\u3000\xa0]| \u3000)[ \u3000\xa0]*")
_MIN_FIGURES = 2
_MIN_FIGURES_ALONE = 8
"""So many figures make a table of one row."""


def find_aligned(lines: Sequence[str], at: int) -> TextTable | None:
    """Return the table of aligned columns that begins at this line."""
    if len(_split(lines[at])) < 2:
        return None
    end = find_end(lines, at, _is_row)
    rows = [
        tuple((cell, number + 1) for cell in _split(lines[number]))
        for number in range(at, end)
        if not is_blank(lines[number])
    ]
    figures = [sum(1 for text, _ in row if is_figure(text)) for row in rows]
    found = (
        sum(1 for count in figures if count >= _MIN_FIGURES) > 1
        or max(figures) >= _MIN_FIGURES_ALONE
    )
    return TextTable(end, tuple(rows) if found else ())


def _split(line: str) -> list[str]:
    return [cell for cell in _CELL_GAP.split(line.strip(EDGES)) if cell]


def _is_row(line: str) -> bool:
    return len(_split(line)) > 1
