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
    lines = [line for line in underlines if _is_span(_span(line), text)]
    spans = [span for span in hits if _is_span(span, text)]
    if not spans and not lines:
        return (Piece(text),) if text else ()
    edges = sorted({0, len(text)}.union(*spans, *map(_span, lines)))
    return tuple(
        Piece(
            text=text[start:end],
            hit=_is_inside(start, end, spans),
            underline=_underline(start, end, lines),
            marks=_marks_at(end, lines),
        )
        for start, end in pairwise(edges)
    )


def _marks_at(end: int, lines: Iterable[Underline]) -> tuple[Mark, ...]:
    return tuple(line.mark for line in lines if line.mark and line.end == end)


def _is_span(span: tuple[int, int], text: str) -> bool:
    start, end = span
    return 0 <= start < end <= len(text)


def _span(line: Underline) -> tuple[int, int]:
    return line.start, line.end


def _is_inside(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(left <= start and end <= right for left, right in spans)


def _underline(start: int, end: int, underlines: Iterable[Underline]) -> str:
    """Return the class of a piece: that of the worst finding about it."""
    lines = [line for line in underlines if _is_inside(start, end, [_span(line)])]
    if not lines:
        return ""
    return "fx" if any(line.severity == "contradiction" for line in lines) else "fx d"
