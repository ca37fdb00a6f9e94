"""Finds tables among lines of words: rows of figures, and what is between and beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.formats.pdf.geometry import UNRULED
from indexer.formats.pdf.unruled.printed_words import PrintedWord
from indexer.forms.form_words import (
    BALANCE_CORNER,
    SECTION_LINE_BESIDE_FIGURES,
    TABLE_NOTE,
    begins_numbered,
)
from indexer.limits import Limits

_ENDS = re.compile(r"[。；：:]\s*$")
_MIN_FIGURES, _MIN_FIGURES_ALONE = 2, 8
"""Rows of several figures make a table, and so does a single one of many."""
_MAX_SHORT_TEXT = 6
"""A text in a row of figures that may stand in the place of one is no longer."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row of figures: its `values`, and where they stand."""

    values: tuple[PrintedWord, ...]

    @property
    def base(self) -> float:
        """Where its figures stand."""
        return self.values[0].base

    @property
    def size(self) -> float:
        """The size of its figures."""
        return max(word.size for word in self.values)


@dataclass(frozen=True, slots=True)
class UnruledRegion:
    """A table: its rows of figures from the top, their left edge, and all its other words.

    `first` and `last`: nothing is above it on its page, or below, so the page may cut a row.
    """

    rows: tuple[FigureRow, ...]
    left: float
    others: tuple[PrintedWord, ...]
    first: bool
    last: bool

    @property
    def pitch(self) -> float:
        """The least distance of two rows; one with few of the figures may be the rest of a row."""
        most = max(len(row.values) for row in self.rows)
        filled = [row for row in self.rows if 2 * len(row.values) >= most]
        return min((b.base - a.base for a, b in pairwise(filled)), default=float("inf"))

    @property
    def leading(self) -> float:
        """The leading of cells: the least distance of two lines of the table above each other."""
        near = (b.base - a.base for a in self.others for b in self.others if _goes_on(a, b))
        return min(near, default=0.0)

    @property
    def wrap(self) -> float:
        """The greatest distance of two lines in a cell; 0 where rows are no further apart than
        lines."""
        lines, rows = self.leading, self.pitch
        return (
            min(UNRULED.max_leading * lines, (lines + 2 * rows) / 3)
            if rows > UNRULED.min_row_pitch * lines
            else 0.0
        )


def _goes_on(above: PrintedWord, below: PrintedWord) -> bool:
    """Say whether a word may be a cell's next line: without a number, and aligned with the cell."""
    if below.base - above.base <= UNRULED.same_line * above.size or begins_numbered(below.text):
        return False
    edges = (
        (above.box.x0, below.box.x0),
        (above.box.x1, below.box.x1),
        (above.middle, below.middle),
    )
    return any(abs(a - b) <= UNRULED.same_alignment for a, b in edges)


def find_regions(
    lines: Sequence[Sequence[PrintedWord]], width: float, limits: Limits
) -> list[UnruledRegion]:
    """Return the tables among the lines of a page of this width."""
    lines = _without_number(lines)
    found: list[UnruledRegion] = []
    end = 0
    for run in _between_prose(lines, width):
        if sum(map(len, run)) > limits.max_region_words:
            region = None
        else:
            region = _read_region(run, end == 0, end + len(run) == len(lines))
        found += [region] if region else []
        end += len(run) + 1
    return found


def _between_prose(
    lines: Sequence[Sequence[PrintedWord]], width: float
) -> Iterator[list[Sequence[PrintedWord]]]:
    run: list[Sequence[PrintedWord]] = []
    for line in lines:
        if _is_prose(line, width):
            yield run
            run = []
        else:
            run.append(line)
    yield run


def _without_number(lines: Sequence[Sequence[PrintedWord]]) -> Sequence[Sequence[PrintedWord]]:
    """Return the lines of a page without its page number."""
    if len(lines) > 1 and _is_page_number(lines[-1], lines[-2]):
        lines = lines[:-1]
    if len(lines) > 1 and _is_page_number(lines[0], lines[1]):
        lines = lines[1:]
    return lines


def _is_page_number(line: Sequence[PrintedWord], neighbour: Sequence[PrintedWord]) -> bool:
    """Say whether a line is a figure alone, far from the line next to it."""
    distance = abs(neighbour[0].base - line[0].base)
    is_far = distance > UNRULED.page_number_distance * line[0].size
    return len(line) == 1 and line[0].is_figure and is_far


def _is_prose(line: Sequence[PrintedWord], width: float) -> bool:
    text = "".join(word.text for word in line)
    if _values(line):
        return False
    if (
        any("。" in word.text for word in line)
        or SECTION_LINE_BESIDE_FIGURES.fullmatch(text)
        or TABLE_NOTE.match(text)
    ):
        return True
    if len(line) > 1 or BALANCE_CORNER in text:
        return False
    return (
        bool(_ENDS.search(text))
        or line[0].box.x1 - line[0].box.x0 > UNRULED.min_prose_share * width
    )


def _values(line: Sequence[PrintedWord]) -> list[PrintedWord]:
    """Return the figures at the end of a line and short texts behind them; none for other lines."""
    last = next((at for at in reversed(range(len(line))) if line[at].is_figure), None)
    if last is None:
        return []
    first = last
    while first and line[first - 1].is_figure:
        first -= 1
    behind = line[last + 1 :]
    fits = not behind or (
        last > first and all(len(word.text) <= _MAX_SHORT_TEXT for word in behind)
    )
    return list(line[first:]) if fits else []


def _read_region(
    lines: Sequence[Sequence[PrintedWord]], first: bool, last: bool
) -> UnruledRegion | None:
    """Return the table that some lines between prose are, None if they are none."""
    figures = [_values(line) for line in lines]
    rows = [values for values in figures if values]
    counts = [sum(1 for word in values if word.is_figure) for values in rows]
    if not _is_table(counts):
        return None
    left = _left_edge(lines, rows, counts)
    found: list[FigureRow] = []
    others: list[PrintedWord] = []
    for line, values in zip(lines, figures, strict=True):
        reach = [word for word in line if values and _is_right_of(word, left)]
        others += [word for word in line if word not in reach]
        if reach:
            found.append(FigureRow(tuple(reach)))
    return UnruledRegion(tuple(found), left, tuple(others), first, last)


def _left_edge(
    lines: Sequence[Sequence[PrintedWord]],
    rows: Sequence[Sequence[PrintedWord]],
    counts: Sequence[int],
) -> float:
    """Return where the figures begin; a single row without a label takes up its whole line."""
    if len(rows) == 1 and any(len(line) == counts[0] for line in lines if _values(line)):
        return float("-inf")
    return min(word.box.x0 for values in rows for word in values)


def _is_right_of(word: PrintedWord, left: float) -> bool:
    return word.box.x0 >= left - UNRULED.left_slack * word.size


def _is_table(counts: Sequence[int]) -> bool:
    """Say whether rows of so many figures make a table."""
    several = sum(1 for count in counts if count >= _MIN_FIGURES)
    return (
        max(counts, default=0) >= _MIN_FIGURES_ALONE
        or several > 1
        or (several > 0 and len(counts) > _MIN_FIGURES)
    )
