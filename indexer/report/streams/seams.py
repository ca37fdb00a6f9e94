"""Rows that a line break in a cell has cut in two are joined, where only together the pieces are a word of the forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.amounts import clean, is_value
from indexer.records import Block, Grid, GridCell, Line
from indexer.report.heading import find_heading
from indexer.report.streams.words import find_word

_Row = tuple[GridCell, ...]
_PIECES = 4


def mend_seams(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with the cut rows of text tables joined, and with the heads that stand right before a table in it."""
    mended: list[Block] = []
    for block in blocks:
        if not isinstance(block, Grid) or block.spans_known:
            mended.append(block)
            continue
        heads: list[_Row] = []
        while mended and (cell := _head_cell(mended[-1])):
            heads.insert(0, (cell,))
            mended.pop()
        mended.append(replace(block, rows=tuple(_mend_rows([*heads, *block.rows]))))
    return tuple(mended)


def _head_cell(block: Block) -> GridCell | None:
    """Return a line as a cell if it is a head or a group of the forms and nothing else: never a row's label."""
    if not isinstance(block, Line) or find_heading(block.text):
        return None
    word = find_word(block.text)
    return GridCell(block.text, 0, place=block.place) if word and not word.rows else None


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
        mended.append(_number(_join_pieces(row)))
    return mended


def _join_following(row: _Row, following: Sequence[_Row]) -> tuple[_Row, int]:
    """Return the row with those after it that continue its last cell, and how many they are."""
    text = row[-1].text if row else ""
    if not clean(text) or is_value(text):
        return row, 0
    for count in range(min(_PIECES - 1, len(following)), 0, -1):
        pieces = following[:count]
        if any(len(piece) != 1 for piece in pieces[:-1]) or not all(_is_text(piece) for piece in pieces):
            continue
        joined = "\n".join([text, *(piece[0].text for piece in pieces)])
        if find_word(joined) and not find_word(pieces[-1][0].text):
            return (*row[:-1], replace(row[-1], text=joined), *pieces[-1][1:]), count
    return _join_around(row, following)


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
    for at in range(min(len(row) - 1, 3)):
        one, two = row[at].text, row[at + 1].text
        if not clean(one) or not clean(two) or is_value(one) or is_value(two) or find_word(one) or find_word(two):
            continue
        if find_word(one + two):
            return (*row[:at], replace(row[at], text=one + two), *row[at + 2 :])
    return row


def _number(row: _Row) -> _Row:
    return tuple(replace(cell, column=at) for at, cell in enumerate(row))
