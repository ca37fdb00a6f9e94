"""In which column a figure stands: it is certain only where its sides lie in that column's alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.formats.pdf.unruled.printed_words import PrintedWord

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The columns from the left, each from where to where something stands in it; `certain`: there are these and no others.

    `clashing` are the rows, by their places, that cannot be read: two figures stand in one column, or one in two; or there
    are more columns than figures in any row, and this is one of the longest, which may look whole.
    """

    spans: tuple[Span, ...]
    certain: bool
    clashing: frozenset[int] = frozenset()

    def under(self, span: Span) -> list[int]:
        """Return the columns that lie under something."""
        return [at for at, other in enumerate(self.spans) if _overlap(span, other)]


def find_columns(rows: Sequence[Sequence[PrintedWord]], heads: Sequence[Span]) -> TableColumns:
    """Return the columns of some rows. They are certain where one row has a figure in each, or each has its own of the heads."""
    found = [[(word.box.x0, word.box.x1) for word in row] for row in rows]
    columns = _judge(found, _merge([span for row in found for span in row]), heads)
    fullest = _of_fullest(found)
    if columns.clashing and fullest:
        return _judge(found, _extend(fullest, found), heads)
    return columns


def _judge(
    found: Sequence[Sequence[Span]], spans: Sequence[Span], heads: Sequence[Span]
) -> TableColumns:
    """Return these as the columns of figures that stand so, certain or not."""
    columns = TableColumns(tuple(spans), False)
    places = [[columns.under(span) for span in row] for row in found]
    several = {at for at, row in enumerate(places) if any(len(under) > 1 for under in row)}
    single = [[under[0] for under in row if len(under) == 1] for row in places]
    twice = {at for at, row in enumerate(single) if len(set(row)) < len(row)}
    over = [[at for at, head in enumerate(heads) if _overlap(span, head)] for span in spans]
    of_head = [[over[at][0] for at in row if len(over[at]) == 1] for row in single]
    crowded = {at for at, row in enumerate(of_head) if len(set(row)) < len(row)}
    clashing = frozenset(several | twice)
    if twice or crowded:
        return TableColumns(tuple(spans), False, clashing | crowded)
    if heads and all(len(under) == 1 for under in over):
        wide = tuple(_widen(head, at, spans, over) for at, head in enumerate(heads))
        return TableColumns(wide, True, clashing)
    is_full = any(len(set(row)) == len(spans) for row in single)
    if not is_full:
        most = max(len(row) for row in found)
        clashing |= {at for at, row in enumerate(found) if len(row) == most}
    return TableColumns(tuple(spans), is_full and len(spans) >= len(heads), clashing)


def _of_fullest(rows: Sequence[Sequence[Span]]) -> list[Span]:
    """Return the columns that the rows of most figures show, which have one in each; none if they do not agree."""
    most = max(len(row) for row in rows)
    columns = [
        _merge(column) for column in zip(*(row for row in rows if len(row) == most), strict=True)
    ]
    spans = [column[0] for column in columns if len(column) == 1]
    return spans if len(spans) == most and all(a[1] <= b[0] for a, b in pairwise(spans)) else []


def _extend(spans: Sequence[Span], rows: Sequence[Sequence[Span]]) -> list[Span]:
    """Return the columns with what stands in one alone, and new ones where something stands in none."""
    found = list(spans)
    for span in sorted({span for row in rows for span in row}):
        under = [other for other in spans if _overlap(span, other)]
        if len(under) < 2:
            found.append(span)
    merged = _merge(found)
    return merged if len(merged) >= len(spans) else list(spans)


def _widen(head: Span, at: int, spans: Sequence[Span], over: Sequence[Sequence[int]]) -> Span:
    under = [head, *(span for span, found in zip(spans, over, strict=True) if found == [at])]
    return min(x0 for x0, _ in under), max(x1 for _, x1 in under)


def _merge(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for x0, x1 in sorted(spans):
        if merged and x0 < merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], x1)
        else:
            merged.append((x0, x1))
    return merged


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
