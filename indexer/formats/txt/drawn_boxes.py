"""Reads tables in drawn boxes: `+---+---+` as in reStructuredText and pandoc, or ┌ ─ ┬ │.

A cell may run over the lines between two rules. A rule that does not cross the whole table ends
only the cells it underlines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.formats.txt.markdown import strip_cell
from indexer.formats.txt.pipes import PIPE
from indexer.formats.txt.text_tables import (
    EDGES,
    CellText,
    TextTable,
    is_blank,
    is_figure,
    is_stray,
    is_table,
)

_TOP = re.compile(r"\s*(?:\+[-=]{2,}|[┌┏╔├┠┝╭][─━═┬┯┳])")
_RULE = re.compile(r"[\s|│┃║+:\-=─━═┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝┠┨┝┥┯┷┿╂╭╮╰╯]*")
_STROKE = re.compile(r"[-=]{2,}|[─━═]")


def find_box(lines: Sequence[str], at: int) -> TextTable | None:
    """Return the boxed table that begins with a rule at this line."""
    if not _TOP.match(lines[at]):
        return None
    end = at
    strays: list[int] = []
    while end < len(lines) and not is_blank(lines[end]):
        if not _is_drawn(lines[end]):
            if not is_stray(lines, end, _is_drawn):
                break
            strays.append(end + 1)
        end += 1
    rows = [row for part in _parts(lines, at, end) for row in _read_part(part)]
    return TextTable(end, tuple(rows), tuple(strays)) if is_table(rows) else TextTable(end)


def _is_drawn(line: str) -> bool:
    return not is_blank(line) and (_is_rule(line) or _is_content(line))


def _is_rule(line: str) -> bool:
    return bool(_RULE.fullmatch(line) and _STROKE.search(line))


def _is_content(line: str) -> bool:
    text = line.strip(EDGES).replace("║", "│")
    return bool(PIPE.match(text)) and bool(PIPE.fullmatch(text[-1]))


def _parts(lines: Sequence[str], at: int, end: int) -> list[list[CellText]]:
    """Return the lines between the rules."""
    parts: list[list[CellText]] = [[]]
    for number in range(at, end):
        if _is_rule(lines[number]):
            parts.append([])
        elif _is_content(lines[number]):
            parts[-1].append((lines[number].strip(EDGES).replace("║", "│"), number + 1))
    return [part for part in parts if part]


def _read_part(part: Sequence[CellText]) -> list[tuple[CellText, ...]]:
    """Return the lines between two rules as one row, or as rows if several have figures."""
    rows = [
        tuple((strip_cell(cell), line) for cell in PIPE.split(text)[1:-1]) for text, line in part
    ]
    figures = sum(1 for row in rows if any(is_figure(text) for text, _ in row[1:]))
    if len(rows) == 1 or figures > 1 or len({len(row) for row in rows}) > 1:
        return rows
    return [tuple(_join(column) for column in zip(*rows, strict=True))]


def _join(column: Sequence[CellText]) -> CellText:
    printed = [cell for cell in column if cell[0]]
    return ("\n".join(text for text, _ in printed), (printed or column)[0][1])
