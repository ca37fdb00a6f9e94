"""Finds the tables without marked rows in a document: cells one a line among its lines, or a grid of one-cell rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.records import Block, Grid, Line
from indexer.report.sections.openings import find_heading
from indexer.report.tables.streams.units import StreamToken, StreamUnit, read_units
from indexer.text.amounts import clean
from indexer.text.folding import PAGE_MARK

_NOTE = re.compile(r"[（(]?\s*(?:注|备注|说明|附注)\s*\d?\s*[：:]")
_SENTENCE = re.compile(r"[。；！？]")
_LONG = 90
_UNKNOWN = 3
"""More lines in a row that no form knows are prose between two tables."""
_STREAM = 6
_HEAD = 12
"""A line longer than this is no head of a column."""
_LONG_ROW = 15
"""The row of the disputes has so many figures: between two lines of prose they are a table by themselves."""
_FIGURES, _WORDS = 3, 8
"""So many figures behind a label, or else so many words of the forms, make a table."""


@dataclass(frozen=True, slots=True)
class TableRun:
    """The blocks `[start, end)` as one table: its units, the blanks after it, and lines (page numbers) that stand apart.

    `explicit`: empty cells are marked, not blank lines. `table` is the number the reader gave.
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
            if len(block.rows) >= _STREAM and all(len(row) == 1 for row in block.rows):
                runs.append(_read_grid(block, at))
            at += 1
            continue
        end = at
        while end < len(blocks) and may_be_cell(blocks[end]):
            end += 1
        if end - at >= _STREAM:
            runs += _read_lines(blocks, at, end)
        at = max(end, at + 1)
    return runs


def may_be_cell(block: Block) -> bool:
    """Return whether a line may be a cell or row: no sentence, note or section heading."""
    if not isinstance(block, Line):
        return False
    text = block.text
    return not (
        len(text) > _LONG or _SENTENCE.search(text) or _NOTE.match(text) or find_heading(text)
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
    tokens = [
        StreamToken(line.text, line.place, _gap(blocks, places[number - 1] if number else None, at))
        for number, at in enumerate(places)
        for line in (_line(blocks[at]),)
    ]
    units = read_units(tokens)
    offsets = [0]
    for unit in units:
        offsets.append(offsets[-1] + unit.size)
    for first, last in _find_tables(units):
        begin, stop = places[offsets[first]], places[offsets[last] - 1] + 1
        apart = tuple(_line(blocks[at]) for at in range(begin, stop) if at not in places)
        after = _gap(blocks, stop - 1, stop) if stop < len(blocks) else 0
        yield TableRun(begin, stop, tuple(units[first:last]), after, apart)


def _line(block: Block) -> Line:
    assert isinstance(block, Line)
    return block


def _gap(blocks: Sequence[Block], before: int | None, at: int) -> int:
    """Count the blank lines between two lines; 0 where the document does not number them."""
    if before is None:
        return 0
    one, two = blocks[before], blocks[at]
    if (
        not isinstance(one, Line)
        or not isinstance(two, Line)
        or one.place.line is None
        or two.place.line is None
    ):
        return 0
    return max(0, two.place.line - one.place.line - (at - before))


def _find_tables(units: Sequence[StreamUnit]) -> Iterator[tuple[int, int]]:
    """Yield the spans of units that are a table: from a word of the forms to the last word or figure before prose."""
    if len(units) == _LONG_ROW and all(unit.is_figure for unit in units):
        yield 0, len(units)
        return
    at = 0
    while at < len(units):
        if units[at].word is None:
            at += 1
            continue
        begin = _begin(units, at)
        last, unknown, end = at, 0, at
        while end < len(units) and unknown <= _UNKNOWN:
            if units[end].word or units[end].is_figure:
                last, unknown = end, 0
            else:
                unknown += 1
            end += 1
        if _is_table(units[at : last + 1]):
            yield begin, last + 1
        at = last + 1


def _begin(units: Sequence[StreamUnit], at: int) -> int:
    """Return where a table begins that no head of the forms does: at the heads of another table, where such stand over it."""
    word = units[at].word
    if not (word and word.rows and at + 1 < len(units) and units[at + 1].is_figure):
        return at
    begin = at
    while begin and _may_be_head(units[begin - 1]) and units[begin].before <= units[at + 1].before:
        begin -= 1
    return begin if at - begin > 1 else at


def _may_be_head(unit: StreamUnit) -> bool:
    return (
        not unit.word
        and not unit.is_figure
        and len(unit.text) <= _HEAD
        and unit.text[-1] not in "：:"
    )


def _is_table(units: Sequence[StreamUnit]) -> bool:
    figures = sum(1 for unit in units if unit.is_figure)
    words = [unit.word for unit in units if unit.word]
    if any(word.rows for word in words) and figures >= _FIGURES:
        return True
    return len(words) >= _WORDS and sum(1 for word in words if word.is_head) >= 2
