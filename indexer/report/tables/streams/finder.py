"""Finds the tables without marked rows: a cell a line among lines, or a grid of one column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter

from indexer.forms.form_words import TABLE_NOTE
from indexer.records import Block, Grid, Line
from indexer.report.sections.openings import find_heading
from indexer.report.tables.streams.units import StreamToken, StreamUnit, read_units
from indexer.report.tables.streams.word_roles import LONG_ROW
from indexer.text.amounts import clean
from indexer.text.folding import PAGE_MARK

_SENTENCE = re.compile(r"[。；！？]")


@dataclass(frozen=True, slots=True)
class _StreamLimits:
    """The limits of lines that are a table; lengths are in characters."""

    max_cell: int = 90
    """A longer line is prose."""
    max_head: int = 12
    """A longer line is no head of a column."""
    max_unknown: int = 3
    """More units in a row that no form knows are prose between two tables."""
    min_lines: int = 6
    """Fewer lines are no table."""
    min_figures: int = 3
    """Figures that, with a row's label, make a table."""
    min_words: int = 8
    """Words of the forms that, with two heads, make a table without figures."""


_LIMITS = _StreamLimits()


@dataclass(frozen=True, slots=True)
class TableRun:
    """The blocks `[start, end)` as one table: its units and the blanks after it.

    Lines `apart`, such as page numbers, are no part of it. With `explicit`, empty cells are marked
    and no blank lines. `table` is the number that the reader gave it.
    """

    start: int
    end: int
    units: tuple[StreamUnit, ...]
    after: int
    apart: tuple[Line, ...] = ()
    explicit: bool = False
    table: int | None = None


def find_runs(blocks: Sequence[Block]) -> list[TableRun]:
    """Return the runs of a document, in order."""
    runs: list[TableRun] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if isinstance(block, Grid):
            if len(block.rows) >= _LIMITS.min_lines and all(len(row) == 1 for row in block.rows):
                runs.append(_read_grid(block, at))
            at += 1
            continue
        end = at
        while end < len(blocks) and may_be_cell(blocks[end]):
            end += 1
        if end - at >= _LIMITS.min_lines:
            runs += _read_lines(blocks, at, end)
        at = max(end, at + 1)
    return runs


def may_be_cell(block: Block) -> bool:
    """Return whether a line may be a cell or row: no sentence, note or section heading."""
    if not isinstance(block, Line):
        return False
    text = block.text
    return not (
        len(text) > _LIMITS.max_cell
        or _SENTENCE.search(text)
        or TABLE_NOTE.match(text)
        or find_heading(text)
    )


def _read_grid(grid: Grid, at: int) -> TableRun:
    tokens: list[StreamToken] = []
    blanks = 0
    for (cell,) in grid.rows:
        if clean(cell.text):
            tokens.append(StreamToken(cell.text, cell.place, blanks))
            blanks = 0
        else:
            blanks += 1
    return TableRun(
        at,
        at + 1,
        tuple(read_units(tokens)),
        blanks,
        explicit=True,
        table=grid.rows[0][0].place.table,
    )


def _read_lines(blocks: Sequence[Block], start: int, end: int) -> Iterator[TableRun]:
    """Yield the tables among lines that may be cells."""
    places = [at for at in range(start, end) if not PAGE_MARK.fullmatch(_line(blocks[at]).text)]
    units = read_units(_tokens(blocks, places))
    # The lines of each unit begin at its offset among `places`.
    offsets = list(accumulate((unit.size for unit in units), initial=0))
    for first, last in _find_tables(units):
        begin, stop = places[offsets[first]], places[offsets[last] - 1] + 1
        apart = tuple(_line(blocks[at]) for at in range(begin, stop) if at not in places)
        after = _gap(blocks, stop - 1, stop) if stop < len(blocks) else 0
        yield TableRun(begin, stop, tuple(units[first:last]), after, apart)


def _tokens(blocks: Sequence[Block], places: Sequence[int]) -> list[StreamToken]:
    tokens: list[StreamToken] = []
    for before, at in zip((None, *places), places, strict=False):
        line = _line(blocks[at])
        tokens.append(StreamToken(line.text, line.place, _gap(blocks, before, at)))
    return tokens


def _line(block: Block) -> Line:
    assert isinstance(block, Line)
    return block


def _gap(blocks: Sequence[Block], before: int | None, at: int) -> int:
    """Count the blank lines between two lines; 0 if the document does not number them."""
    if before is None:
        return 0
    numbers = [
        block.place.line if isinstance(block, Line) else None
        for block in (blocks[before], blocks[at])
    ]
    first, second = numbers
    if first is None or second is None:
        return 0
    return max(0, second - first - (at - before))


def _find_tables(units: Sequence[StreamUnit]) -> Iterator[tuple[int, int]]:
    """Yield the spans of units that are a table, from a word of the forms to prose."""
    if len(units) == LONG_ROW and all(unit.is_figure for unit in units):
        yield 0, len(units)
        return
    at = 0
    while at < len(units):
        if units[at].word is None:
            at += 1
            continue
        end = _end(units, at)
        if _is_table(units[at:end]):
            yield _begin(units, at), end
        at = end


def _end(units: Sequence[StreamUnit], at: int) -> int:
    """Return the end of the words and figures from here, with few unknown units between them."""
    end, unknown = at + 1, 0
    for there, unit in enumerate(units[at:], start=at):
        is_known = unit.word is not None or unit.is_figure
        end, unknown = (there + 1, 0) if is_known else (end, unknown + 1)
        if unknown > _LIMITS.max_unknown:
            break
    return end


def _begin(units: Sequence[StreamUnit], at: int) -> int:
    """Return where a table begins: at the heads of another table if such are above a label."""
    word = units[at].word
    if not (word and word.rows and at + 1 < len(units) and units[at + 1].is_figure):
        return at
    begin = at
    # Heads are set no wider apart than the label and its figure; a wider gap ends them.
    while begin and _may_be_head(units[begin - 1]) and units[begin].before <= units[at + 1].before:
        begin -= 1
    return begin if at - begin > 1 else at


def _may_be_head(unit: StreamUnit) -> bool:
    if unit.word or unit.is_figure:
        return False
    return len(unit.text) <= _LIMITS.max_head and unit.text[-1] not in "：:"


def _is_table(units: Sequence[StreamUnit]) -> bool:
    figures = sum(1 for unit in units if unit.is_figure)
    words = [unit.word for unit in units if unit.word]
    if figures >= _LIMITS.min_figures and any(word.rows for word in words):
        return True
    heads = list(map(attrgetter("is_head"), words)).count(True)
    return len(words) >= _LIMITS.min_words and heads >= 2
