"""A paragraph → pieces, cut where words of the query and findings begin and end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from webapp.names import Text
from webapp.shapes.finding_notes import Mark, Underline

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one kind.

    `underline` is the class of the worst finding about it, or empty; `marks` follow the piece.
    """

    text: Text
    hit: bool = False
    underline: str = ""
    marks: tuple[Mark, ...] = ()


def cut_pieces(
    text: str, hits: Spans = (), underlines: Iterable[Underline] = ()
) -> tuple[Piece, ...]:
    """Cut a text at every edge of a hit or an underline; spans may overlap.

    Joined, the pieces are the text.

    >>> [(piece.text, piece.hit) for piece in cut_pieces("办结率均为", ((0, 3),))]
    [('办结率', True), ('均为', False)]
    """
    lines = [line for line in underlines if 0 <= line.start < line.end <= len(text)]
    spans = [(start, end) for start, end in hits if 0 <= start < end <= len(text)]
    if not spans and not lines:
        return (Piece(text),) if text else ()
    edges = {0, len(text)}.union(*spans, *((line.start, line.end) for line in lines))
    cuts = sorted(edges)
    return tuple(
        Piece(
            text=text[start:end],
            hit=any(left <= start and end <= right for left, right in spans),
            underline=_underline(
                [line for line in lines if line.start <= start and end <= line.end]
            ),
            marks=tuple(line.mark for line in lines if line.mark and line.end == end),
        )
        for start, end in pairwise(cuts)
    )


def _underline(lines: list[Underline]) -> str:
    if not lines:
        return ""
    return "fx" if any(line.severity == "contradiction" for line in lines) else "fx d"
