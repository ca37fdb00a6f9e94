"""Reads rows with pipes between their cells, Markdown tables among them.

Rows may have pipes at both ends or at none. Pipes may be full-width or escaped; a rule of dashes
is no row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.formats.txt.markdown import strip_cell
from indexer.formats.txt.text_tables import EDGES, CellText, TextTable, find_end, is_blank, is_table

PIPE = re.compile(r"(?<!\\)[|｜│┃]")
_RULE = re.compile(r"[\s|｜│┃+┼]*[-—=:─━]{2,}[\s|｜│┃+┼:=\-—─━]*")
_SHORT_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_BULLET = re.compile(r"\s*[-*+•·]\s+(?![\s|｜│┃])")
_MIN_CELLS_ALONE = 6
"""So many pipes within a line are a row even by itself."""
_MIN_CLOSED_LINES = 6
"""So many lines a cell may be broken over."""


def find_pipes(lines: Sequence[str], at: int) -> TextTable | None:
    """Return the table of pipe rows that begins at this line."""
    if not has_pipe(lines[at]):
        return None
    end = find_end(lines, at, has_pipe)
    filled = [
        (lines[number], number + 1) for number in range(at, end) if not is_blank(lines[number])
    ]
    filled = _strip_bullets(filled)
    parted = [len(PIPE.findall(text.strip(EDGES)[1:-1])) for text, _ in filled]
    if sum(1 for pipes in parted if pipes > 1) < 2 and max(parted) < _MIN_CELLS_ALONE:
        return TextTable(end)
    rows = _join_broken(filled)
    printed = [row for place, row in enumerate(rows) if not _is_rule(row[0], place)]
    split = _split_rows(printed)
    return TextTable(end, split if is_table(split) else ())


def _strip_bullets(rows: list[CellText]) -> list[CellText]:
    """Return the rows without bullets if every row is an item: then `- 7` is no minus."""
    bulleted = all(_BULLET.match(text) for text, _ in rows)
    return [(_BULLET.sub("", text, count=1), line) for text, line in rows] if bulleted else rows


def has_pipe(line: str) -> bool:
    """Say whether a line has a pipe that is not escaped."""
    return bool(PIPE.search(line))


def _is_rule(text: str, place: int) -> bool:
    """Say whether a row is the rule below the heads; single dashes elsewhere are values."""
    if _RULE.fullmatch(text) and re.search(r"-{3}|[=─━:]", text):
        return True
    return place == 1 and bool(_SHORT_RULE.fullmatch(text)) and "-" in text


def _join_broken(rows: list[CellText]) -> list[CellText]:
    """Return the rows with broken ones joined, where pipes at both ends show the breaks."""
    joined: list[CellText] = []
    taken = 0
    for text, line in rows:
        before = joined[-1][0].strip(EDGES) if joined else ""
        if PIPE.match(before) and not _ends_with_pipe(before) and not PIPE.match(text.strip(EDGES)):
            if taken >= _MIN_CLOSED_LINES:
                return rows
            joined[-1] = (f"{joined[-1][0]}\n{text}", joined[-1][1])
            taken += 1
        else:
            joined.append((text, line))
            taken = 0
    closed = [
        PIPE.match(text.strip(EDGES)) and _ends_with_pipe(text.strip(EDGES))
        for text, _ in joined
        if has_pipe(text)
    ]
    return joined if all(closed) else rows


def _ends_with_pipe(text: str) -> bool:
    return bool(PIPE.fullmatch(text[-1:])) and not text.endswith("\\|")


def _split_rows(rows: Sequence[CellText]) -> tuple[tuple[CellText, ...], ...]:
    piped = [text.strip(EDGES) for text, _ in rows if has_pipe(text)]
    opened = sum(1 for text in piped if PIPE.match(text)) >= 0.95 * len(piped)
    closed = sum(1 for text in piped if _ends_with_pipe(text)) >= 0.8 * len(piped)
    return tuple(_split(text.strip(EDGES), line, opened, closed) for text, line in rows)


def _split(text: str, line: int, opened: bool, closed: bool) -> tuple[CellText, ...]:
    cells = PIPE.split(text)
    if opened and len(cells) > 1 and not cells[0].strip(EDGES):
        del cells[0]
    if closed and len(cells) > 1 and not cells[-1].strip(EDGES):
        del cells[-1]
    return tuple((strip_cell(cell), line) for cell in cells)
