"""What the shapes share: the lines of a text, prose among them, and the tables they find."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from indexer.formats.txt.markdown import strip_marks
from indexer.forms.form_words import HALF_SECTION_LINE, SECTION_LINE, TABLE_NOTE
from indexer.forms.section_headings import is_whole_heading
from indexer.text.amounts import clean, is_value

EDGES = " \t\r\f\v\x1c\x1d\x1e\x1f\x85\u2028\u2029\u3000\xa0\ufeff"
_SENTENCE = re.compile(r"[。；！？]")
_BETWEEN = re.compile(r"[\t|｜│┃,]|[ \u3000\xa0]{2,}")
_MAX_LABEL_LINE = 90
"""Longer than any label of a form with its explanation: such a line is prose."""
_MAX_SHORT_LABEL = 40
_MIN_FIGURES_ALONE = 7
"""So many figures in a row make it a table by itself, as the row of the disputes is."""

CellText: TypeAlias = tuple[str, int]
"""A cell's text and the number of the line it begins on, from 1."""


@dataclass(frozen=True, slots=True)
class TextTable:
    """The lines up to `end`, judged by one shape. Without rows they hold no table of it."""

    end: int
    rows: tuple[tuple[CellText, ...], ...] = ()
    apart: tuple[int, ...] = ()
    """The lines in it, from 1, that are no part of the table."""


_MARKS = re.compile(r"[<\[{\\]")


def is_blank(line: str) -> bool:
    """Say whether nothing is printed on a line."""
    return not line.strip(EDGES)


def is_prose(line: str) -> bool:
    """Say whether a line is prose: a sentence, the heading of a section, or a note to a table."""
    text = line.strip(EDGES + "#* ")
    return (
        len(text) > _MAX_LABEL_LINE
        or bool(TABLE_NOTE.match(text) or SECTION_LINE.fullmatch(text))
        or (len(text) > _MAX_SHORT_LABEL // 2 and bool(_SENTENCE.search(text)))
        or is_whole_heading(strip_marks(text, marked=True) if _MARKS.search(text) else text)
    )


def _is_half_of_heading(lines: Sequence[str], number: int) -> bool:
    """Say whether the heading of a section begins on a line and ends on the next."""
    if number + 1 >= len(lines) or not HALF_SECTION_LINE.fullmatch(lines[number]):
        return False
    return is_whole_heading(lines[number].strip(EDGES) + lines[number + 1].strip(EDGES))


def has_prose(row: str) -> bool:
    """Say whether there is prose in a row's cells; the row itself may be longer than any label."""
    return any(is_prose(cell) for cell in _BETWEEN.split(row))


def is_figure(text: str) -> bool:
    """Say whether a number or a stroke is printed, and nothing else."""
    return bool(clean(text)) and is_value(text)


def find_end(lines: Sequence[str], at: int, is_row: Callable[[str], bool], reach: int = 3) -> int:
    """Return the end of a table whose rows `is_row` recognises, from its first row on.

    Between two rows there may be blank lines, and up to `reach` short lines of a broken cell.
    """
    end, missed, blanks = at + 1, 0, 0
    for number in range(at, len(lines)):
        line = lines[number]
        if is_blank(line) and not is_row(line):
            blanks += 1
        elif is_row(line):
            if has_prose(line):
                break
            end, missed, blanks = number + 1, 0, 0
        elif is_prose(line) or _is_half_of_heading(lines, number):
            break
        else:
            missed += 1
        if missed > reach or blanks > 2:
            break
    return end


def find_stops(lines: Sequence[str], at: int, end: int) -> tuple[int, ...]:
    """Return where a table may end: at its first gap of two blank lines, else at its end."""
    gap = next(
        (
            number
            for number in range(at, end - 1)
            if is_blank(lines[number]) and is_blank(lines[number + 1])
        ),
        end,
    )
    return (gap, end) if gap < end else (end,)


def is_stray(lines: Sequence[str], at: int, is_row: Callable[[str], bool]) -> bool:
    """Say whether a bare number between two rows, without their marks, is a page number."""
    return (
        0 < at < len(lines) - 1
        and is_row(lines[at - 1])
        and is_row(lines[at + 1])
        and lines[at].strip(EDGES).isdecimal()
    )


def is_table(rows: Sequence[Sequence[CellText]]) -> bool:
    """Say whether rows look like a table of figures.

    Either two rows have several cells and a figure in one of them, or one row is full of figures.
    """
    wide = [row for row in rows if sum(1 for text, _ in row if clean(text)) > 1]
    full = any(sum(is_figure(text) for text, _ in row) >= _MIN_FIGURES_ALONE for row in wide)
    return full or (len(wide) > 1 and any(is_figure(text) for row in wide for text, _ in row[1:]))
