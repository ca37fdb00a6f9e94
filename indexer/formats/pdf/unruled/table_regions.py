"""Which lines of words are a table: rows of figures, and what stands between and beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.formats.pdf.geometry import UNRULED
from indexer.formats.pdf.unruled.printed_words import PrintedWord, begins_numbered
from indexer.limits import Limits

_HEADING = re.compile(
    r"第?[一二三四五六七八九]\s*(?:[、．.：:]|部分)\s*[^，,]{2,30}(?:情况|事项|问题|概述|措施|打算|报告)\s*[。：:]?"
)
_NOTE = re.compile(r"[（(]?\s*(?:注|备注|说明|附注)\s*\d?\s*[：:]")
_ENDS = re.compile(r"[。；：:]\s*$")
_CORNER = "勾稽关系"
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
    """A table: its rows of figures from the top, where the figures begin, and all its other words.

    `first` and `last` say that nothing stands above it on its page, or below: there the page may cut a row.
    """

    rows: tuple[FigureRow, ...]
    left: float
    others: tuple[PrintedWord, ...]
    first: bool
    last: bool

    @property
    def pitch(self) -> float:
        """How far apart its rows stand at least; what has few of the figures may be the rest of a row."""
        most = max(len(row.values) for row in self.rows)
        filled = [row for row in self.rows if 2 * len(row.values) >= most]
        return min((b.base - a.base for a, b in pairwise(filled)), default=float("inf"))

    @property
    def leading(self) -> float:
        """How far apart the lines of one cell stand: no two of the table that stand one above the other are nearer."""
        near = (b.base - a.base for a in self.others for b in self.others if _goes_on(a, b))
        return min(near, default=0.0)

    @property
    def wrap(self) -> float:
        """How far apart the lines of one cell stand at most; 0 where lines and rows stand equally far apart."""
        lines, rows = self.leading, self.pitch
        return (
            min(UNRULED.max_leading * lines, (lines + 2 * rows) / 3)
            if rows > UNRULED.min_row_pitch * lines
            else 0.0
        )


def _goes_on(above: PrintedWord, below: PrintedWord) -> bool:
    """Say whether a word may be the next line of a cell: it has no number, and stands as its cell sets all its lines."""
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
    """Return the tables among the lines of a page so wide."""
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
    """Return the lines of a page without a figure that stands alone far below them or above: the page's number."""
    if (
        len(lines) > 1
        and _is_alone(lines[-1])
        and lines[-1][0].base - lines[-2][0].base > UNRULED.page_number_distance * lines[-1][0].size
    ):
        lines = lines[:-1]
    if (
        len(lines) > 1
        and _is_alone(lines[0])
        and lines[1][0].base - lines[0][0].base > UNRULED.page_number_distance * lines[0][0].size
    ):
        lines = lines[1:]
    return lines


def _is_alone(line: Sequence[PrintedWord]) -> bool:
    return len(line) == 1 and line[0].is_figure


def _is_prose(line: Sequence[PrintedWord], width: float) -> bool:
    text = "".join(word.text for word in line)
    if _values(line):
        return False
    if any("。" in word.text for word in line) or _HEADING.fullmatch(text) or _NOTE.match(text):
        return True
    if len(line) > 1 or _CORNER in text:
        return False
    return (
        bool(_ENDS.search(text))
        or line[0].box.x1 - line[0].box.x0 > UNRULED.min_prose_share * width
    )


def _values(line: Sequence[PrintedWord]) -> list[PrintedWord]:
    """Return the figures at the end of a line, with short texts behind the last; none where the line ends otherwise."""
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
    found = [values for line in lines if (values := _values(line))]
    counts = [sum(1 for word in values if word.is_figure) for values in found]
    if not _is_table(counts):
        return None
    left = min(word.box.x0 for values in found for word in values)
    if len(found) == 1 and any(len(line) == counts[0] for line in lines if _values(line)):
        left = float("-inf")
    rows: list[FigureRow] = []
    others: list[PrintedWord] = []
    for line in lines:
        values = (
            [word for word in line if word.box.x0 >= left - UNRULED.left_slack * word.size]
            if _values(line)
            else []
        )
        others += [word for word in line if word not in values]
        if values:
            rows.append(FigureRow(tuple(values)))
    return UnruledRegion(tuple(rows), left, tuple(others), first, last)


def _is_table(counts: Sequence[int]) -> bool:
    """Say whether rows of so many figures make a table."""
    several = sum(1 for count in counts if count >= _MIN_FIGURES)
    return (
        max(counts, default=0) >= _MIN_FIGURES_ALONE
        or several > 1
        or (several > 0 and len(counts) > _MIN_FIGURES)
    )
