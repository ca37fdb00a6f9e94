"""The glyphs of one cell → its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.formats.pdf.characters import is_wide, raise_digits
from indexer.formats.pdf.geometry import DRAWING, LINE
from indexer.formats.pdf.printed_page import UNKNOWN, Glyph, Rectangle


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line: its glyphs in reading order and the text they make."""

    glyphs: tuple[Glyph, ...]
    text: str

    @property
    def box(self) -> Rectangle:
        """The box of its visible glyphs."""
        seen = [glyph.box for glyph in self.glyphs if not glyph.text.isspace()]
        return Rectangle(
            min(box.x0 for box in seen),
            min(box.y0 for box in seen),
            max(box.x1 for box in seen),
            max(box.y1 for box in seen),
        )

    @property
    def size(self) -> float:
        """The size of most of its glyphs."""
        return Counter(round(glyph.size, 1) for glyph in self.glyphs).most_common(1)[0][0]

    @property
    def base(self) -> float:
        """Where it stands."""
        return self.glyphs[0].base


def read_lines(glyphs: Sequence[Glyph]) -> list[TextLine]:
    """Return the printed lines of an area, whichever way most of its text runs."""
    turns = Counter(glyph.turn for glyph in glyphs if not glyph.text.isspace())
    turn = turns.most_common(1)[0][0] if turns else 0
    lines: list[TextLine] = []
    if turn == 0 and _runs_down(glyphs):
        return [_read_line(column) for column in _columns(glyphs)]
    for direction in (turn, *(other for other in turns if other != turn)):
        of_turn = [_laid(glyph) for glyph in glyphs if glyph.turn == direction]
        lines += [_read_line(line) for line in _split_lines(of_turn)]
    return [line for line in lines if line.text]


def read_run(glyphs: Sequence[Glyph]) -> str:
    """Return the text of glyphs on one line, in reading order."""
    return _read_line(glyphs).text


def unprinted_twice(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the glyphs without those printed again on the same spot to look bold."""
    kept: list[Glyph] = []
    for glyph in sorted(
        glyphs, key=lambda glyph: (glyph.text, glyph.turn, round(glyph.base), glyph.box.x0)
    ):
        if not any(_is_same(glyph, other) for other in kept[-4:]):
            kept.append(glyph)
    return sorted(kept, key=lambda glyph: glyph.at)


def _is_same(glyph: Glyph, other: Glyph) -> bool:
    near = min(LINE.twice_distance * glyph.size, LINE.twice_width * (glyph.box.x1 - glyph.box.x0))
    return (
        glyph.text == other.text
        and abs(glyph.box.x0 - other.box.x0) <= near
        and abs(glyph.base - other.base) <= near
        and abs(glyph.size - other.size) <= LINE.twice_size * glyph.size
    )


def _runs_down(glyphs: Sequence[Glyph]) -> bool:
    """Say whether upright glyphs follow each other downwards in columns, as in vertical Chinese."""
    seen = [glyph for glyph in glyphs if not glyph.text.isspace()]
    moves = [(b.box.x0 - a.box.x0, b.base - a.base, a.size) for a, b in pairwise(seen)]
    down = sum(
        1
        for x, y, size in moves
        if abs(x) < LINE.column_drift * size
        and LINE.min_column_step * size < y < LINE.max_column_step * size
    )
    return down > len(moves) * LINE.min_share_down and any(
        x < -LINE.min_column_return * size and y < 0 for x, y, size in moves
    )


def _columns(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return upright glyphs by columns from the right, each to be read like a line."""
    columns: list[list[Glyph]] = []
    for glyph in sorted(
        (g for g in glyphs if not g.text.isspace()), key=lambda glyph: -glyph.middle[0]
    ):
        if (
            columns
            and abs(columns[-1][0].middle[0] - glyph.middle[0]) <= LINE.same_base * glyph.size
        ):
            columns[-1].append(glyph)
        else:
            columns.append([glyph])
    return [sorted(column, key=lambda glyph: glyph.base) for column in columns]


def _laid(glyph: Glyph) -> Glyph:
    """Return a turned glyph as if its line ran to the right and the next stood below."""
    x0, y0, x1, y1 = glyph.box
    boxes = {
        1: Rectangle(y0, -x1, y1, -x0),
        2: Rectangle(-x1, -y1, -x0, -y0),
        3: Rectangle(-y1, x0, -y0, x1),
    }
    if glyph.turn not in boxes:
        return glyph
    box = boxes[glyph.turn]
    return replace(glyph, box=box, base=box.y1 - DRAWING.descent * glyph.size)


def _split_lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the glyphs by lines from the top, each from the left; raised ones in theirs."""
    bands: dict[int, list[list[Glyph]]] = {}
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.size):
        band = int(glyph.base // LINE.band)
        near = [
            line
            for at in (band - 1, band, band + 1)
            for line in bands.get(at, ())
            if _is_on(glyph, line[0])
        ]
        if near:
            min(near, key=lambda line: abs(line[0].base - glyph.base)).append(glyph)
        else:
            bands.setdefault(band, []).append([glyph])
    lines = sorted(
        (line for band in bands.values() for line in band), key=lambda line: line[0].base
    )
    return [sorted(line, key=lambda glyph: (glyph.box.x0, glyph.at)) for line in lines]


def _is_on(glyph: Glyph, first: Glyph) -> bool:
    lifted = first.base - glyph.base
    if abs(lifted) <= LINE.same_base * min(first.size, glyph.size):
        return True
    return (
        glyph.size < LINE.raised_size * first.size
        and -LINE.max_lowering * first.size < lifted < LINE.max_raise * first.size
    )


def _read_line(glyphs: Sequence[Glyph]) -> TextLine:
    text = ""
    last: Glyph | None = None
    size = Counter(round(glyph.size, 1) for glyph in glyphs).most_common(1)[0][0]
    foot = next(glyph.base for glyph in glyphs if round(glyph.size, 1) == size)
    for glyph in glyphs:
        said = glyph.text
        if (
            glyph.size < LINE.raised_size * size
            and abs(foot - glyph.base) > LINE.min_raise * size
            and not glyph.turn
        ):
            said = raise_digits(said)
        if last is not None:
            text += _between(last, glyph)
        text += said
        last = glyph
    return TextLine(tuple(glyphs), text.strip(" \xa0\u3000"))


def _between(left: Glyph, right: Glyph) -> str:
    """Return the separator of two glyphs on a line: a space, nothing, or a mark of overprinting.

    Digits that overlap although they were not drawn in this order are of two numbers printed over
    one another.
    """
    if left.text.isspace() or right.text.isspace() or right.box.y0 > left.box.y1:
        return ""
    gap = right.box.x0 - left.box.x1
    narrow = min(left.box.x1 - left.box.x0, right.box.x1 - right.box.x0)
    over = LINE.overprint if right.at > left.at else LINE.overprint_out_of_order
    if gap < -over * narrow and (left.text.isdigit() or right.text.isdigit()):
        return UNKNOWN
    if is_wide(left.text) or is_wide(right.text):
        return ""
    return " " if gap > LINE.min_gap * left.size else ""
