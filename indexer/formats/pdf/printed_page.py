"""The contents of a PDF page: glyphs and ruling lines, upright, in points from the top left."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from indexer.formats.pdf.geometry import DRAWING

UNKNOWN = "\ufffd"
"""A glyph without a character: it makes whatever it stands in unreadable."""


class Rectangle(NamedTuple):
    """A rectangle, `y` growing downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point lies in it."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character.

    `turn` counts quarter turns clockwise, `base` is the vertical position of the baseline, and
    `at` the index in the page's stream. Glyphs with the same `show` were drawn by one command and
    belong together; those of two commands may touch without doing so.
    """

    text: str
    box: Rectangle
    base: float
    size: float
    turn: int
    at: int
    show: int = 0

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of its ink: what decides in which cell it stands."""
        if self.turn:
            return (self.box.x0 + self.box.x1) / 2, (self.box.y0 + self.box.y1) / 2
        return (self.box.x0 + self.box.x1) / 2, self.base - DRAWING.half_height * self.size


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line: where it lies across its direction, and from where to where it goes."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class FaintDividers:
    """Invisible separators of cells: white lines, and the `areas` that are filled or framed."""

    across: tuple[Ruling, ...] = ()
    down: tuple[Ruling, ...] = ()
    areas: tuple[Rectangle, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page as a person holds it: turned so that most of its text is upright."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    across: tuple[Ruling, ...]
    down: tuple[Ruling, ...]
    pictures: tuple[Rectangle, ...] = ()
    faint: FaintDividers = field(default_factory=FaintDividers)


def set_upright(page: PrintedPage) -> PrintedPage:
    """Return the page with most glyphs upright: wide tables are printed sideways on tall pages."""
    turns = Counter(glyph.turn for glyph in page.glyphs if not glyph.text.isspace())
    turn = turns.most_common(1)[0][0] if turns else 0
    for _ in range((4 - turn) % 4):
        page = _turned(page)
    return page


def _turned(page: PrintedPage) -> PrintedPage:
    """Return the page a quarter turn clockwise: what was below is at the left."""
    glyphs = tuple(_turned_glyph(glyph, page.height) for glyph in page.glyphs)
    across, down = _turned_rulings(page.across, page.down, page.height)
    areas = _turned_boxes(page.faint.areas, page.height)
    pictures = _turned_boxes(page.pictures, page.height)
    faint = FaintDividers(*_turned_rulings(page.faint.across, page.faint.down, page.height), areas)
    return replace(
        page,
        width=page.height,
        height=page.width,
        glyphs=glyphs,
        across=across,
        down=down,
        pictures=pictures,
        faint=faint,
    )


def _turned_boxes(boxes: tuple[Rectangle, ...], height: float) -> tuple[Rectangle, ...]:
    return tuple(Rectangle(height - y1, x0, height - y0, x1) for x0, y0, x1, y1 in boxes)


def _turned_rulings(
    across: tuple[Ruling, ...], down: tuple[Ruling, ...], height: float
) -> tuple[tuple[Ruling, ...], tuple[Ruling, ...]]:
    return (
        tuple(Ruling(line.at, height - line.end, height - line.start) for line in down),
        tuple(Ruling(height - line.at, line.start, line.end) for line in across),
    )


def _turned_glyph(glyph: Glyph, height: float) -> Glyph:
    x0, y0, x1, y1 = glyph.box
    box = Rectangle(height - y1, x0, height - y0, x1)
    turn = (glyph.turn + 1) % 4
    return replace(glyph, box=box, turn=turn, base=box.y1 - DRAWING.descent * glyph.size)
