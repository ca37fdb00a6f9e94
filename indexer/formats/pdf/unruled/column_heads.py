"""Finds the heads over the columns: those over one column, and those over several."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.formats.pdf.geometry import UNRULED
from indexer.formats.pdf.printed_page import Ruling
from indexer.formats.pdf.unruled.column_bounds import Span, TableColumns
from indexer.formats.pdf.unruled.printed_words import PrintedWord
from indexer.formats.pdf.unruled.row_labels import LabelBlock, LabelStacker
from indexer.forms.form_words import is_spanning_head


def read_heads(
    words: Sequence[PrintedWord], pitch: float, across: Sequence[Ruling]
) -> list[list[LabelBlock]]:
    """Return the heads in rows from the top; in the last row those with no head below."""
    blocks = LabelStacker(pitch, across, stands_alone=is_spanning_head).stack(words)
    last = [
        block
        for block in blocks
        if not is_spanning_head(block.text) and not any(_is_below(b, block) for b in blocks)
    ]
    rows: list[list[LabelBlock]] = []
    for block in sorted(
        (block for block in blocks if block not in last), key=lambda block: block.bases[0]
    ):
        if rows and block.bases[0] - rows[-1][0].bases[0] <= UNRULED.head_level * block.size:
            rows[-1].append(block)
        else:
            rows.append([block])
    return [sorted(row, key=lambda block: block.x0) for row in [*rows, last] if row]


def spans_of(rows: Sequence[Sequence[LabelBlock]]) -> list[Span]:
    """Return from where to where the heads of the last row stand."""
    return [(block.x0, block.x1) for block in rows[-1]] if rows else []


def find_span(block: LabelBlock, columns: TableColumns) -> tuple[int, int]:
    """Return the first column that a head stands over, and over how many."""
    under = columns.under((block.x0, block.x1))
    if under:
        return under[0], under[-1] - under[0] + 1
    middle = (block.x0 + block.x1) / 2
    return min(
        range(len(columns.spans)), key=lambda at: abs(sum(columns.spans[at]) / 2 - middle)
    ), 1


def _is_below(other: LabelBlock, block: LabelBlock) -> bool:
    return other is not block and other.overlaps(block) and other.bases[1] > block.bases[2]
