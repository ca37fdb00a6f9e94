"""Dotted lines: browsers draw each dot as a small square, which alone is no line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.formats.pdf.geometry import DRAWING
from indexer.formats.pdf.printed_page import Ruling

Dot = tuple[float, float]
"""The place of a dot: along the line first, then across it."""


def dotted_lines(dots: Sequence[Dot]) -> list[Ruling]:
    """Return the lines of dots that follow each other closely with nothing between them."""
    rows: list[list[Dot]] = []
    for dot in sorted(dots, key=lambda dot: dot[1]):
        if rows and dot[1] - rows[-1][0][1] <= DRAWING.dot_alignment:
            rows[-1].append(dot)
        else:
            rows.append([dot])
    return [line for row in rows for line in _runs(sorted(row))]


def _runs(row: Sequence[Dot]) -> Iterator[Ruling]:
    start, count = row[0], 1
    for left, right in pairwise([*row, (float("inf"), 0.0)]):
        if right[0] - left[0] <= DRAWING.max_dot_distance:
            count += 1
            continue
        if count >= DRAWING.min_dots:
            yield Ruling(start[1], start[0], left[0])
        start, count = right, 1
