"""One cell a line, with pipes: before it, behind it, at both ends, or alone between the cells.

Several pipes without text between them are the empty rest of a row, or what a merged cell leaves.
The text does not mark where a row ends: the region has one row a cell, and the forms' words cut the
rows later. Empty cells stay.
"""

from __future__ import annotations

import re
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
    is_prose,
)

_MIN_CELLS = 6
"""Fewer cells are no table: a pipe may stand in prose."""
_MAX_FIRST_CELL = 45
_MAX_LAST_CELL = 12
"""The last cell, behind the last pipe, is no longer than what stands for a figure."""
_MIN_SHARE_ALONE = 0.8
"""So many of the pipes stand on lines of their own where they stand between the cells."""


def find_pipe_lines(lines: Sequence[str], at: int) -> TextTable | None:
    """Return the stream of cells that begins at this line, a row a cell."""
    if not has_pipe(lines[at]) and not _is_first_cell(lines, at):
        return None
    end = find_end(lines, at, has_pipe, reach=6)
    regions = (_read(lines, at, stop) for stop in find_stops(lines, at, end))
    return next((region for region in regions if region.rows), TextTable(end))


def _read(lines: Sequence[str], at: int, end: int) -> TextTable:
    """Return the stream of cells that these lines are, without rows if they are none."""
    piped = [line for line in lines[at:end] if has_pipe(line)]
    single = [line for line in piped if len(line.strip(EDGES)) == 1]
    is_alone = len(single) >= _MIN_SHARE_ALONE * len(piped)
    if is_alone and _is_last_cell(lines, end):
        end += 1
    printed = [
        (lines[number], number + 1) for number in range(at, end) if not is_blank(lines[number])
    ]
    if any(_holds_cells(text) for text, _ in printed):
        return TextTable(end)
    strays = _find_strays(printed)
    cells = _read_cells([text for text in printed if text not in set(strays)], is_alone)
    goes_on = end < len(lines) and not is_blank(lines[end])
    if is_alone and goes_on and cells and not cells[-1][0]:
        del cells[-1]  # the last pipe parts the table's last cell from the prose below it
    texts = [text for text, _ in cells if text]
    if len(texts) < _MIN_CELLS or not any(map(is_figure, texts)):
        return TextTable(end)
    return TextTable(end, tuple((cell,) for cell in cells), tuple(line for _, line in strays))


def _is_last_cell(lines: Sequence[str], at: int) -> bool:
    """Say whether the line behind the last pipe is short enough for the last cell."""
    if at >= len(lines) or is_prose(lines[at]):
        return False
    return 0 < len(lines[at].strip(EDGES)) <= _MAX_LAST_CELL


def _read_cells(printed: Sequence[CellText], is_alone: bool) -> list[CellText]:
    is_enclosed = all(_is_enclosed(text) for text, _ in printed)
    return _enclosed(printed) if is_enclosed else _separated(printed, is_alone)


def _holds_cells(line: str) -> bool:
    """Say whether a line holds several cells; pipes for empty cells beside one do not count."""
    text = line.strip(EDGES)
    filled = [piece for piece in PIPE.split(text) if piece.strip(EDGES)]
    return len(filled) > 1 and len(PIPE.findall(text[1:-1])) > 1


def _find_strays(printed: Sequence[CellText]) -> list[CellText]:
    """Return the bare numbers among cells that all have their pipes alike: pages are numbered so.

    Where a cell has its pipe on one side alone, one beside a figure may as well be the rest of it.
    """
    bare = [(text, line) for text, line in printed if not has_pipe(text) and is_figure(text)]
    numbers = set(bare)
    cells = [cell[0].strip(EDGES) for cell in printed if cell not in numbers]
    if sum(map(_is_enclosed, cells)) >= _MIN_SHARE_ALONE * len(cells):
        return bare
    is_alone = sum(1 for text in cells if len(text) == 1) > len(cells) / 2
    if is_alone or not _have_pipes_alike(cells):
        return []
    before = ["", *(PIPE.split(text)[-1] for text, _ in printed)]
    after = [*(PIPE.split(text)[0] for text, _ in printed[1:]), ""]
    beside = zip(printed, before, after, strict=False)
    return [
        cell
        for cell, left, right in beside
        if cell in numbers and not (is_figure(left) or is_figure(right))
    ]


def _have_pipes_alike(cells: Sequence[str]) -> bool:
    """Say whether all cells begin with a pipe, or all end with one."""
    return all(map(PIPE.match, cells)) or all(PIPE.fullmatch(text[-1]) for text in cells)


def _is_first_cell(lines: Sequence[str], at: int) -> bool:
    """Say whether this is a cell that the pipe on the next line parts from the second one."""
    text = lines[at].strip(EDGES)
    return (
        0 < len(text) <= _MAX_FIRST_CELL
        and not is_prose(text)
        and not re.search(r"[：:]", re.sub(r"[（(].*[）)]", "", text))
        and at + 1 < len(lines)
        and bool(PIPE.match(lines[at + 1].strip(EDGES)))
    )


def _is_enclosed(line: str) -> bool:
    text = line.strip(EDGES)
    return len(text) > 1 and bool(PIPE.match(text)) and bool(PIPE.fullmatch(text[-1]))


def _enclosed(printed: Sequence[CellText]) -> list[CellText]:
    return [
        (strip_cell(piece), line)
        for text, line in printed
        for piece in PIPE.split(text.strip(EDGES)[1:-1])
    ]


def _separated(printed: Sequence[CellText], is_alone: bool) -> list[CellText]:
    """Return what stands between the pipes, over all lines.

    A pipe at the very end closes the last cell if every cell has its pipe behind it.
    """
    texts = [text.strip(EDGES) for text, _ in printed]
    cells: list[CellText] = []
    for text, (_, line) in zip(texts, printed, strict=True):
        first, *others = [(piece.strip(EDGES), line) for piece in PIPE.split(text)]
        if not cells:
            cells = [first, *others] if first[0] else others
            continue
        if _begins_anew(cells[-1][0], first[0]):
            cells.append(first)
        else:
            cells[-1] = _append(cells[-1], *first)
        cells += others
    is_led = bool(PIPE.match(texts[0]))
    is_framed = bool(PIPE.fullmatch(texts[0]) and PIPE.fullmatch(texts[-1]))
    is_closed = (is_framed or not is_led) and not is_alone
    if is_closed and cells and not cells[-1][0]:
        del cells[-1]
    return [(strip_cell(text), line) for text, line in cells]


def _begins_anew(cell: str, text: str) -> bool:
    """Say whether a line cannot continue a cell: a word behind a figure, where two tables meet."""
    return (
        is_figure(cell)
        and len(text) > 1
        and not re.search(r"\d", text)
        and not is_figure(f"{cell}\n{text}")
    )


def _append(cell: CellText, text: str, line: int) -> CellText:
    if not text:
        return cell
    return (f"{cell[0]}\n{text}", cell[1]) if cell[0] else (text, line)
