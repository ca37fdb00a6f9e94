"""Finds the columns of figures on a page without ruling lines.

The column of a figure is certain only where both its sides lie within the bounds of that column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.formats.pdf.unruled.printed_words import PrintedWord

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class TableColumns:
    """Columns from left to right, each as the span that its contents take up.

    `certain` says that there are these columns and no others. `clashing` are the indices of rows
    that cannot be read: two of their figures stand in one column or one in two, or there are more
    columns than figures in any row and this row is one of the longest, which may look complete.
    """

    spans: tuple[Span, ...]
    certain: bool
    clashing: frozenset[int] = frozenset()

    def under(self, span: Span) -> list[int]:
        """Return the columns that a span overlaps."""
        return _overlapping(span, self.spans)


def find_columns(rows: Sequence[Sequence[PrintedWord]], heads: Sequence[Span]) -> TableColumns:
    """Return the columns of some rows under heads with these spans.

    The columns are certain where one row has a figure in each, or where each has a head of its own.
    """
    found = [[(word.box.x0, word.box.x1) for word in row] for row in rows]
    columns = _judge(found, _merge([span for row in found for span in row]), heads)
    fullest = _of_fullest(found)
    if columns.clashing and fullest:
        return _judge(found, _extend(fullest, found), heads)
    return columns


def _judge(
    rows: Sequence[Sequence[Span]], spans: Sequence[Span], heads: Sequence[Span]
) -> TableColumns:
    """Return these spans as the columns of the rows of figures, certain or not."""
    columns = TableColumns(tuple(spans), False)
    placed = [[columns.under(span) for span in row] for row in rows]
    in_one = [[under[0] for under in row if len(under) == 1] for row in placed]
    doubled = _with_duplicates(in_one)
    clashing = doubled | {
        at for at, row in enumerate(placed) if any(len(under) > 1 for under in row)
    }
    heads_over = [_overlapping(span, heads) for span in spans]
    under_head = [[heads_over[at][0] for at in row if len(heads_over[at]) == 1] for row in in_one]
    crowded = _with_duplicates(under_head)
    if doubled or crowded:
        return TableColumns(tuple(spans), False, frozenset(clashing | crowded))
    if heads and all(len(over) == 1 for over in heads_over):
        widened = tuple(_widen(head, at, spans, heads_over) for at, head in enumerate(heads))
        return TableColumns(widened, True, frozenset(clashing))
    is_full = any(len(set(row)) == len(spans) for row in in_one)
    if not is_full:
        clashing |= _longest(rows)
    return TableColumns(tuple(spans), is_full and len(spans) >= len(heads), frozenset(clashing))


def _with_duplicates(rows: Sequence[Sequence[int]]) -> set[int]:
    """Return the indices of the rows in which a number occurs twice."""
    return {at for at, row in enumerate(rows) if len(set(row)) < len(row)}


def _longest(rows: Sequence[Sequence[Span]]) -> set[int]:
    """Return the indices of the rows with the most figures."""
    most = max(len(row) for row in rows)
    return {at for at, row in enumerate(rows) if len(row) == most}


def _of_fullest(rows: Sequence[Sequence[Span]]) -> list[Span]:
    """Return the columns that the rows with the most figures agree on, or none.

    They agree if the first figures of all of them make one column, the second ones another, and so
    on, and these columns do not overlap.
    """
    most = max(len(row) for row in rows)
    fullest = [row for row in rows if len(row) == most]
    columns = [_merge(column) for column in zip(*fullest, strict=True)]
    spans = [column[0] for column in columns if len(column) == 1]
    if len(spans) < most or any(a[1] > b[0] for a, b in pairwise(spans)):
        return []
    return spans


def _extend(spans: Sequence[Span], rows: Sequence[Sequence[Span]]) -> list[Span]:
    """Return the columns grown to hold every figure that touches at most one of them.

    A figure that touches none makes a new column; one that touches two is ignored, because its
    own column is unknown. If growing would merge columns, they are returned as they were.
    """
    grown = list(spans)
    for span in sorted({span for row in rows for span in row}):
        if len(_overlapping(span, spans)) < 2:
            grown.append(span)
    merged = _merge(grown)
    return merged if len(merged) >= len(spans) else list(spans)


def _widen(head: Span, at: int, spans: Sequence[Span], heads_over: Sequence[Sequence[int]]) -> Span:
    """Return the span of a head and of all columns that stand under it alone."""
    own = [span for span, over in zip(spans, heads_over, strict=True) if over == [at]]
    return min(x0 for x0, _ in (head, *own)), max(x1 for _, x1 in (head, *own))


def _merge(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for x0, x1 in sorted(spans):
        if merged and x0 < merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], x1)
        else:
            merged.append((x0, x1))
    return merged


def _overlapping(span: Span, others: Sequence[Span]) -> list[int]:
    """Return the indices of the spans that overlap a span."""
    return [at for at, (x0, x1) in enumerate(others) if span[0] < x1 and x0 < span[1]]
