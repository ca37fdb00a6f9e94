"""Joins rows that a line break has cut in two, if only together they are a word of the forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeGuard

from indexer.records import Block, Grid, GridCell, Line
from indexer.report.sections.openings import find_heading
from indexer.report.tables.label_matching import plain
from indexer.report.tables.streams.word_roles import FormWord, find_alike, find_word
from indexer.text.amounts import clean, is_value

_Row = tuple[GridCell, ...]
_MAX_PIECES = 4
"""Lines over which a word of the forms is broken."""
_MAX_HEAD_LENGTH = 40
"""Characters of a line that is a piece of a head."""
_LABELS, _FIGURES = 3, 7
"""The columns of labels and of figures in the table of requests."""
_MIN_PROVING_ROWS = 10
"""Rows of one width that prove three columns of labels."""


def mend_seams(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with cut rows of text tables joined, and the heads before a table in it."""
    mended: list[Block] = []
    for block in blocks:
        if not isinstance(block, Grid) or block.spans_known:
            mended.append(block)
            continue
        rows = list(block.rows)
        while taken := _count_head_lines(mended, rows):
            above = [line for line in mended[-taken:] if isinstance(line, Line)]
            del mended[-taken:]
            cells = tuple(GridCell(line.text, 0, place=line.place) for line in above)
            rows = [*((cell,) for cell in cells), *rows]
        mended.append(replace(block, rows=tuple(_mend_rows(rows))))
    return tuple(mended)


def _count_head_lines(blocks: Sequence[Block], rows: Sequence[_Row]) -> int:
    """Count the last lines that are a head or a group of the forms, and no row's label.

    They may be one only together with the table's first cell.
    """
    first = rows[0][0].text if rows and rows[0] else ""
    text = ""
    for count, block in enumerate(reversed(blocks[-_MAX_PIECES:]), start=1):
        if not _may_be_head(block):
            return 0
        text = f"{block.text}\n{text}"
        is_known = find_word(first) is not None
        for whole in (text,) if is_known else (text, text + first):
            word = find_word(whole)
            if word and (not word.rows or _is_part(word, rows[0])):
                return count
    return 0


def _may_be_head(block: Block) -> TypeGuard[Line]:
    if not isinstance(block, Line) or len(block.text) > _MAX_HEAD_LENGTH:
        return False
    return find_heading(block.text) is None


def _is_part(word: FormWord, row: _Row) -> bool:
    """Return whether a word is a part of the disputes over a row of results, and no row's label."""
    if not word.is_head or word.sections != {"disputes"}:
        return False
    words = filter(None, (find_word(cell.text) for cell in row))
    return sum(1 for one in words if one.is_head) > 1


def _mend_rows(rows: Sequence[_Row]) -> list[_Row]:
    mended: list[_Row] = []
    at = 0
    while at < len(rows):
        row, at = rows[at], at + 1
        while True:
            joined, taken = _join_following(row, rows[at:])
            if not taken:
                break
            row, at = joined, at + taken
        mended.append(_join_pieces(row))
    return [_number(row) for row in _drop_spares(mended)]


def _drop_spares(rows: list[_Row]) -> list[_Row]:
    """Drop the empty cells between labels and figures of requests in three columns of labels.

    A row with its first and its last figure blank cannot tell by itself where its figures begin;
    together the rows, or the heads, can.
    """
    ends = {at: end for at, row in enumerate(rows) if (end := _label_end(row))}
    labelled = [rows[at] for at in ends]
    if not _heads_stand_wide(rows) and not _have_label_columns(labelled):
        return rows
    return [
        (*row[: ends[at]], *row[_LABELS:])
        if at in ends and _is_blank(row[ends[at] : _LABELS])
        else row
        for at, row in enumerate(rows)
    ]


def _have_label_columns(rows: Sequence[_Row]) -> bool:
    """Return whether many rows are as wide as the form with its labels, one without a blank."""
    is_full = any(all(clean(cell.text) for cell in row[_LABELS:]) for row in rows)
    widths = {len(row) for row in rows}
    return is_full and len(rows) >= _MIN_PROVING_ROWS and widths == {_LABELS + _FIGURES}


def _is_blank(cells: Sequence[GridCell]) -> bool:
    return not any(clean(cell.text) for cell in cells)


def _heads_stand_wide(rows: Sequence[_Row]) -> bool:
    """Return whether the first column's head is behind an empty cell for each label column."""
    wide = (row for row in rows if len(row) > _LABELS and _is_blank(row[:_LABELS]))
    return any(plain(row[_LABELS].text) == "自然人" for row in wide)


def _label_end(row: _Row) -> int:
    """Return where the label of a row of requests ends; 0 for any other row."""
    end = 0
    for at, cell in enumerate(row[:_LABELS]):
        word = find_word(cell.text) if clean(cell.text) else None
        if word and dict(word.rows).get("requests") and not clean(cell.text).isdecimal():
            end = at + 1
    return end if sum(1 for cell in row[end:] if clean(cell.text) and is_value(cell.text)) else 0


def _join_following(row: _Row, following: Sequence[_Row]) -> tuple[_Row, int]:
    """Return the row joined with those that continue its last cell, and their number."""
    text = row[-1].text if row else ""
    if not clean(text) or is_value(text):
        return row, 0
    for count in range(min(_MAX_PIECES - 1, len(following)), 0, -1):
        pieces = following[:count]
        last = pieces[-1]
        if not _are_pieces(pieces):
            continue
        joined = "\n".join((text, *(piece[0].text for piece in pieces)))
        if _is_one_word(joined, text, last[0].text):
            return (*row[:-1], replace(row[-1], text=joined), *last[1:]), count
    return _join_around(row, following)


def _are_pieces(rows: Sequence[_Row]) -> bool:
    """Return whether rows begin with a text, and all but the last have nothing else."""
    return all(map(_is_text, rows)) and all(len(row) == 1 for row in rows[:-1])


def _is_one_word(joined: str, first: str, last: str) -> bool:
    """Return whether pieces are a word of the forms only together.

    The last one may also be a shorter wording of the same row.
    """
    whole, tail = find_word(joined), find_word(last)
    if whole is None and tail is None and find_word(first) is None and find_alike(first) is None:
        return find_alike(joined) is not None
    return whole is not None and (
        tail is None or (tail.rows == whole.rows and find_word(first) is None)
    )


def _join_around(row: _Row, following: Sequence[_Row]) -> tuple[_Row, int]:
    """Join a label whose two halves stand above and below its figures."""
    if len(following) < 2 or len(following[1]) != 1 or not _is_text(following[1]):
        return row, 0
    if not following[0] or not all(is_value(cell.text) for cell in following[0]):
        return row, 0
    text, rest = row[-1].text, following[1][0].text
    if find_word(text) or find_word(rest) or not find_word(f"{text}\n{rest}"):
        return row, 0
    return (*row[:-1], replace(row[-1], text=f"{text}\n{rest}"), *following[0]), 2


def _is_text(row: _Row) -> bool:
    return bool(row) and bool(clean(row[0].text)) and not is_value(row[0].text)


def _join_pieces(row: _Row) -> _Row:
    """Join the cells of a label that was set with blanks between its characters."""
    for at, (one, two) in enumerate(pairwise(cell.text for cell in row[:4])):
        if _is_piece(one) and _is_piece(two) and find_word(one + two):
            return (*row[:at], replace(row[at], text=one + two), *row[at + 2 :])
    return row


def _is_piece(text: str) -> bool:
    return bool(clean(text)) and not is_value(text) and find_word(text) is None


def _number(row: _Row) -> _Row:
    return tuple(replace(cell, column=at) for at, cell in enumerate(row))
