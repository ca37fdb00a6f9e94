"""Builds rows from lines with single blanks: joins labels, and gives each its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from indexer.records import Line
from indexer.report.tables.streams.spaced_lines import SpacedLine
from indexer.report.tables.streams.word_roles import LONG_ROW, find_word
from indexer.text.amounts import read_count

_REQUESTS = 7
"""Figures of a row of requests."""
_DIGITS_BELOW_THOUSAND = 3
"""Longer numbers without separators prove that the table does not separate thousands."""
_MAX_REACH = 3
"""Lines of a label above its figures, and below them."""


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
    are_below = all(spaced.kind != "row" for _, spaced in lines)
    for line, spaced in lines:
        is_several = len(spaced.figures) > 1
        if spaced.kind != "figures":
            closed = bool(spaced.figures)
            rows.append(SpacedRow(spaced.words, spaced.figures, line, spaced.kind, closed))
        elif rows and (are_below or is_several) and _takes(rows[-1], spaced):
            rows[-1] = _with_figures(rows[-1], spaced.figures)
        elif is_several:
            rows.append(SpacedRow((), spaced.figures, line, "figures"))
        else:
            apart.append(line)
    return _keep_thousands(_join_labels(rows)), apart


def _keep_thousands(rows: list[SpacedRow]) -> list[SpacedRow]:
    if not _separates_thousands(rows):
        return rows
    return [replace(row, figures=keep_thousands(row.figures)) for row in rows]


def _with_figures(row: SpacedRow, figures: tuple[str, ...]) -> SpacedRow:
    """Return a row with more figures; several at once are all of it, but for the long row's."""
    count = len(row.figures) + len(figures)
    closed = len(figures) > 1 and count != LONG_ROW
    return replace(row, figures=row.figures + figures, closed=closed)


def _separates_thousands(rows: Sequence[SpacedRow]) -> bool:
    """Return whether no number of the table is longer than three digits without a separator."""
    figures = chain.from_iterable(row.figures for row in rows)
    return not any(
        figure.isdecimal() and len(figure) > _DIGITS_BELOW_THOUSAND for figure in figures
    )


def _takes(row: SpacedRow, spaced: SpacedLine) -> bool:
    """Return whether figures on a line of their own belong to the row above.

    They do if its label has none yet, or one a line. Rows of figures without a label join only if
    together they make the row of the disputes.
    """
    if row.kind == "figures":
        return len(row.figures) + len(spaced.figures) == LONG_ROW
    return row.kind in ("label", "piece") and not row.closed


def _join_labels(rows: Sequence[SpacedRow]) -> list[SpacedRow]:
    """Return the rows with broken labels joined where the pieces make only one label."""
    joined: dict[int, SpacedRow] = {}
    taken: set[int] = set()
    for at, row in enumerate(rows):
        reach = _find_label(rows, at, taken) if row.figures and at not in taken else None
        if reach is None:
            continue
        first, last = at - reach[0], at + reach[1]
        words = _words_of(rows[first : last + 1])
        joined[at] = replace(row, words=("".join(words),)) if first < last else row
        taken |= set(range(first, last + 1)) - {at}
    return [joined.get(at, row) for at, row in enumerate(rows) if at not in taken]


def _find_label(rows: Sequence[SpacedRow], at: int, taken: set[int]) -> tuple[int, int] | None:
    """Return how many rows above and below a row of figures make the one label it can have."""
    found: dict[tuple[int, int], tuple[tuple[str, str], ...]] = {}
    for above, below in _reaches(rows, at, taken):
        key = _row_key(rows[at - above : at + below + 1])
        if key:
            found[above, below] = key
    # The widest reach takes all pieces; two labels would leave open which is meant.
    return max(found, key=sum) if len(set(found.values())) == 1 else None


def _reaches(rows: Sequence[SpacedRow], at: int, gone: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of rows above and below a row of figures that may be its label."""
    above = 0
    while above <= _MAX_REACH and (above == 0 or _may_be_piece(rows, at - above, gone)):
        below = 0
        while below <= _MAX_REACH and (below == 0 or _may_be_piece(rows, at + below, gone)):
            yield above, below
            below += 1
        above += 1


def _may_be_piece(rows: Sequence[SpacedRow], at: int, gone: set[int]) -> bool:
    if not 0 <= at < len(rows) or at in gone or rows[at].figures:
        return False
    word = find_word("".join(rows[at].words))
    return not (word and (word.is_group or (word.is_head and not word.rows)))


def _words_of(pieces: Sequence[SpacedRow]) -> tuple[str, ...]:
    return tuple(chain.from_iterable(piece.words for piece in pieces))


def _row_key(pieces: Sequence[SpacedRow]) -> tuple[tuple[str, str], ...] | None:
    """Return the form's row that pieces label together; None if one alone labels another."""
    is_one = len(pieces) == 1
    # The words of one row are the heads of its groups before its label.
    words = pieces[0].words[-1:] if is_one else _words_of(pieces)
    word = find_word("".join(words))
    if not word or not word.rows:
        return None
    alone = filter(None, (find_word("".join(piece.words)) for piece in pieces))
    labels = (part for part in alone if is_one or not part.is_head)
    return word.rows if all(part.rows in ((), word.rows) for part in labels) else None


def keep_thousands(figures: tuple[str, ...]) -> tuple[str, ...]:
    """Return the figures of a row, with two that may be one number of thousands in one cell.

    Such are 1 to 3 digits and then 3 (`1 234`): in a row of requests none of whose figures is the
    sum of the others as it stands, and in a row of two figures, which nothing else confirms.
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
    return two.isdecimal() and len(one) <= _DIGITS_BELOW_THOUSAND == len(two)


def _adds_up(figures: Sequence[str]) -> bool:
    numbers = [int(read_count(figure).value or 0) for figure in figures]
    # The total counts once among all numbers, so that they are twice the total.
    return any(sum(numbers) == 2 * number for number in numbers)
