"""Rows that a line break in a cell has cut in two are joined, where only together the pieces are a word of the forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.records import Block, Grid, GridCell, Line
from indexer.report.sections.openings import find_heading
from indexer.report.tables.label_matching import plain
from indexer.report.tables.streams.form_words import FormWord, find_alike, find_word
from indexer.text.amounts import clean, is_value

_Row = tuple[GridCell, ...]
_PIECES = 4
_HEAD = 40
_LABELS, _FIGURES = 3, 7
"""The columns of labels and of figures in the table of requests."""
_PROOF = 10


def mend_seams(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks with the cut rows of text tables joined, and with the heads that stand right before a table in it."""
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
    """Count the last lines that are a head or a group of the forms, alone or with the table's first cell; never a row's label."""
    first = rows[0][0].text if rows and rows[0] else ""
    text = ""
    for count in range(1, min(_PIECES, len(blocks)) + 1):
        block = blocks[-count]
        if not isinstance(block, Line) or len(block.text) > _HEAD or find_heading(block.text):
            return 0
        text = f"{block.text}\n{text}"
        for whole in (text, text + first):
            word = find_word(whole)
            if (
                word
                and (not word.rows or _is_part(word, rows[0]))
                and (whole == text or not find_word(first))
            ):
                return count
    return 0


def _is_part(word: FormWord, row: _Row) -> bool:
    """Return whether a word is the name of a part of the disputes over a row of results, rather than the label of a row."""
    words = [find_word(cell.text) for cell in row]
    return (
        word.is_head
        and word.sections == {"disputes"}
        and sum(1 for one in words if one and one.is_head) > 1
    )


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
    """Drop the empty cells between label and figures of requests where heads or widths show three columns of labels.

    A row with its first and its last figure blank cannot tell by itself where its figures begin; together the rows can.
    """
    labelled = [(at, end) for at, row in enumerate(rows) if (end := _label_end(row))]
    widths = {len(rows[at]) for at, _ in labelled}
    full = any(all(clean(cell.text) for cell in rows[at][_LABELS:]) for at, _ in labelled)
    if not _heads_stand_wide(rows) and not (
        full and len(labelled) >= _PROOF and widths == {_LABELS + _FIGURES}
    ):
        return rows
    ends = {
        at: end
        for at, end in labelled
        if not any(clean(cell.text) for cell in rows[at][end:_LABELS])
    }
    return [
        (*row[: ends[at]], *row[_LABELS:]) if at in ends else row for at, row in enumerate(rows)
    ]


def _heads_stand_wide(rows: Sequence[_Row]) -> bool:
    """Return whether the first column's head stands behind as many empty cells as there are columns of labels."""
    return any(
        len(row) > _LABELS
        and plain(row[_LABELS].text) == "自然人"
        and not any(clean(c.text) for c in row[:_LABELS])
        for row in rows
    )


def _label_end(row: _Row) -> int:
    """Return where the label of a row of requests ends; 0 for any other row."""
    end = 0
    for at, cell in enumerate(row[:_LABELS]):
        word = find_word(cell.text) if clean(cell.text) else None
        if word and dict(word.rows).get("requests") and not clean(cell.text).isdecimal():
            end = at + 1
    return end if sum(1 for cell in row[end:] if clean(cell.text) and is_value(cell.text)) else 0


def _join_following(row: _Row, following: Sequence[_Row]) -> tuple[_Row, int]:
    """Return the row with those after it that continue its last cell, and how many they are."""
    text = row[-1].text if row else ""
    if not clean(text) or is_value(text):
        return row, 0
    for count in range(min(_PIECES - 1, len(following)), 0, -1):
        pieces = following[:count]
        if any(len(piece) != 1 for piece in pieces[:-1]) or not all(
            _is_text(piece) for piece in pieces
        ):
            continue
        joined = "\n".join([text, *(piece[0].text for piece in pieces)])
        if _is_one_word(joined, text, pieces[-1][0].text):
            return (*row[:-1], replace(row[-1], text=joined), *pieces[-1][1:]), count
    return _join_around(row, following)


def _is_one_word(joined: str, first: str, last: str) -> bool:
    """Return whether pieces are a word of the forms only together, or the last one is an abridged wording of the same row."""
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
    for at in range(min(len(row) - 1, 3)):
        one, two = row[at].text, row[at + 1].text
        if (
            not clean(one)
            or not clean(two)
            or is_value(one)
            or is_value(two)
            or find_word(one)
            or find_word(two)
        ):
            continue
        if find_word(one + two):
            return (*row[:at], replace(row[at], text=one + two), *row[at + 2 :])
    return row


def _number(row: _Row) -> _Row:
    return tuple(replace(cell, column=at) for at, cell in enumerate(row))
