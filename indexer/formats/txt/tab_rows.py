"""Reads rows with tabs between their cells, as copied from a browser or a spreadsheet.

A row of a merged label may begin with tabs. A cell with line breaks continues in the next line, in
quotation marks if a spreadsheet wrote it. Without these the line is a row of its own here, and
joined later where the words of a form tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.formats.txt.text_tables import EDGES, CellText, TextTable, find_end, is_table

_FIELD = re.compile(r'(?:^|\t)("(?:[^"]|"")*"(?=\t|$)|[^\t]*)')
_OPEN = re.compile(r'(?:^|\t)"(?:[^"]|"")*$')
_QUOTED_LINES = 8


def find_tab_rows(lines: Sequence[str], at: int) -> TextTable | None:
    """Return the table of tab-separated rows that begins at this line."""
    if "\t" not in lines[at] and not _opens_quoted(lines, at):
        return None
    end = find_end(lines, at, _has_tab)
    wide = sum(1 for line in lines[at:end] if _is_wide(line))
    led = sum(1 for line in lines[at:end] if _has_tab(line) and not _is_wide(line))
    if wide <= led:
        return TextTable(end)
    rows = _split_rows(lines, at, end)
    return TextTable(end, tuple(rows) if is_table(rows) else ())


def _opens_quoted(lines: Sequence[str], at: int) -> bool:
    """Say whether a row begins here with a cell in quotation marks that is broken over lines."""
    if not lines[at].startswith('"'):
        return False
    text, following = _read_quoted(lines, at, len(lines))
    return following > at + 1 and "\t" in text


def _has_tab(line: str) -> bool:
    return "\t" in line


def _is_wide(line: str) -> bool:
    """Say whether a line holds several cells, rather than one behind a tab."""
    return line.count("\t") > (1 if line.startswith("\t") else 0)


def _split_rows(lines: Sequence[str], at: int, end: int) -> list[tuple[CellText, ...]]:
    rows: list[tuple[CellText, ...]] = []
    while at < end:
        text, following = _read_quoted(lines, at, end)
        if text.strip(EDGES) or "\t" in text:
            rows.append(tuple((_unquote(cell), at + 1) for cell in _FIELD.findall(text)))
        at = following
    return rows


def _read_quoted(lines: Sequence[str], at: int, end: int) -> tuple[str, int]:
    """Return a row with the lines that an open quotation mark takes in, and the line after it."""
    text = lines[at]
    for following in range(at + 1, min(end, at + _QUOTED_LINES) + 1):
        if not _OPEN.search(text):
            return text, following
        if following < end:
            text = f"{text}\n{lines[following]}"
    return lines[at], at + 1


def _unquote(cell: str) -> str:
    if len(cell) > 1 and cell.startswith('"') and cell.endswith('"'):
        cell = cell[1:-1].replace('""', '"')
    return cell.strip(" ")
