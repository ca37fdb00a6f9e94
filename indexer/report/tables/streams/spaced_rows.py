"""Builds rows from lines with single blanks: joins labels, and gives each its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.records import Line
from indexer.report.tables.streams.form_words import find_word
from indexer.report.tables.streams.spaced_lines import SpacedLine
from indexer.text.amounts import read_count

_LONG_ROW = 15
"""The one row of the disputes has so many figures, perhaps on several lines."""
_REQUESTS = 7
_BELOW_THOUSAND = 3
"""Longer numbers without separators show that the table does not separate thousands."""
_REACH = 3
"""A label runs over so many lines above its figures at the most, and as many below."""


@dataclass(frozen=True, slots=True)
class SpacedRow:
    """A row; `line` is the first line that prints it, and a `closed` one takes no more figures."""

    words: tuple[str, ...]
    figures: tuple[str, ...]
    line: Line
    kind: str
    closed: bool = False


def build_rows(lines: Sequence[tuple[Line, SpacedLine]]) -> tuple[list[SpacedRow], list[Line]]:
    """Return the rows that lines print, and the lines of single numbers that belong to none.

    Such a number is often that of a page. It may be a row's figure only where no figures stand on
    the line of their label.
    """
    rows: list[SpacedRow] = []
    apart: list[Line] = []
    below = all(spaced.kind != "row" for _, spaced in lines)
    for line, spaced in lines:
        if spaced.kind != "figures":
            rows.append(
                SpacedRow(spaced.words, spaced.figures, line, spaced.kind, bool(spaced.figures))
            )
            continue
        last = rows[-1] if rows else None
        if last and _takes(last, spaced) and (below or len(spaced.figures) > 1):
            closed = (
                len(spaced.figures) > 1 and len(last.figures) + len(spaced.figures) != _LONG_ROW
            )
            rows[-1] = replace(last, figures=last.figures + spaced.figures, closed=closed)
        elif len(spaced.figures) > 1:
            rows.append(SpacedRow((), spaced.figures, line, "figures"))
        else:
            apart.append(line)
    rows = _join_labels(rows)
    if not any(
        figure.isdecimal() and len(figure) > _BELOW_THOUSAND
        for row in rows
        for figure in row.figures
    ):
        rows = [replace(row, figures=keep_thousands(row.figures)) for row in rows]
    return rows, apart


def _takes(row: SpacedRow, spaced: SpacedLine) -> bool:
    """Return whether figures on a line of their own belong to the row above.

    They do if its label has none yet, or one a line. Rows of figures without a label join only if
    together they make the row of the disputes.
    """
    if row.kind == "figures":
        return len(row.figures) + len(spaced.figures) == _LONG_ROW
    return row.kind in ("label", "piece") and not row.closed


def _join_labels(rows: Sequence[SpacedRow]) -> list[SpacedRow]:
    """Return the rows with broken labels joined where the pieces make only one label."""
    joined: dict[int, SpacedRow] = {}
    gone: set[int] = set()
    for at, row in enumerate(rows):
        if not row.figures or at in gone:
            continue
        found = {
            (above, below): key
            for above, below in _reaches(rows, at, gone)
            if (key := _row_key(rows[at - above : at + below + 1]))
        }
        if len(set(found.values())) == 1:
            above, below = max(found, key=sum)
            pieces = rows[at - above : at + below + 1]
            words = tuple(word for piece in pieces for word in piece.words)
            joined[at] = replace(row, words=("".join(words),) if above or below else row.words)
            gone.update(there for there in range(at - above, at + below + 1) if there != at)
    return [joined.get(at, row) for at, row in enumerate(rows) if at not in gone]


def _reaches(rows: Sequence[SpacedRow], at: int, gone: set[int]) -> Iterator[tuple[int, int]]:
    """Yield how many rows above and below a row of figures may be pieces of its label."""
    above = 0
    while above <= _REACH and (above == 0 or _may_be_piece(rows, at - above, gone)):
        below = 0
        while below <= _REACH and (below == 0 or _may_be_piece(rows, at + below, gone)):
            yield above, below
            below += 1
        above += 1


def _may_be_piece(rows: Sequence[SpacedRow], at: int, gone: set[int]) -> bool:
    if not 0 <= at < len(rows) or at in gone or rows[at].figures:
        return False
    word = find_word("".join(rows[at].words))
    return not (word and (word.is_group or (word.is_head and not word.rows)))


def _row_key(pieces: Sequence[SpacedRow]) -> tuple[tuple[str, str], ...] | None:
    """Return the form's row that pieces label together; None if one alone labels another."""
    words = [word for piece in pieces for word in piece.words]
    word = find_word(words[-1]) if len(pieces) == 1 and words else find_word("".join(words))
    if not word or not word.rows:
        return None
    parts = [part for piece in pieces if piece.words and (part := find_word("".join(piece.words)))]
    labels = [part for part in parts if part.rows and (len(pieces) == 1 or not part.is_head)]
    return word.rows if all(part.rows == word.rows for part in labels) else None


def keep_thousands(figures: tuple[str, ...]) -> tuple[str, ...]:
    """Return the figures of a row, with two that may be one number of thousands in one cell.

    Such are 1 to 3 digits and then 3 (`1 234`): in a row of requests none of whose figures is the
    sum of the others as it stands, and in a row of two figures, which nothing else bears out.
    """
    if len(figures) not in (2, _REQUESTS) or (len(figures) == _REQUESTS and _adds_up(figures)):
        return figures
    for at in range(len(figures) - 1):
        if _may_be_one(figures[at], figures[at + 1]):
            return (*figures[:at], f"{figures[at]} {figures[at + 1]}", *figures[at + 2 :])
    return figures


def _may_be_one(one: str, two: str) -> bool:
    if not one.isdecimal() or one.startswith("0"):
        return False
    return two.isdecimal() and len(one) <= _BELOW_THOUSAND == len(two)


def _adds_up(figures: Sequence[str]) -> bool:
    numbers = [int(read_count(figure).value or 0) for figure in figures]
    return any(sum(numbers) == 2 * number for number in numbers)
