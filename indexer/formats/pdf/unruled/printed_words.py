"""Glyphs → the words on each printed line, told apart by the gaps between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.formats.pdf.geometry import LINE
from indexer.formats.pdf.printed_page import Glyph, Rectangle, Ruling
from indexer.formats.pdf.text_lines import TextLine, read_lines, read_run
from indexer.text.amounts import clean, is_value


@dataclass(frozen=True, slots=True)
class PrintedWord:
    """What stands together on a line. `is_figure`: a number or a stroke."""

    text: str
    box: Rectangle
    base: float
    size: float
    is_figure: bool
    places: tuple[int, ...] = ()
    """The places of its glyphs in the stream."""

    @property
    def middle(self) -> float:
        """The centre between its sides."""
        return (self.box.x0 + self.box.x1) / 2


def read_words(glyphs: Sequence[Glyph], down: Sequence[Ruling] = ()) -> list[list[PrintedWord]]:
    """Return the words by lines from the top, each from the left; ruling lines separate words."""
    lines = read_lines([glyph for glyph in glyphs if glyph.turn == 0])
    return [words for line in lines if (words := [_word(run) for run in _runs(line, down)])]


def _runs(line: TextLine, down: Sequence[Ruling]) -> Iterator[list[Glyph]]:
    run: list[Glyph] = []
    spaced = False
    for glyph in line.glyphs:
        if glyph.text.isspace():
            spaced = True
            continue
        if run and (_is_parted(run[-1], glyph, spaced) or _is_cut(run[-1], glyph, down)):
            yield run
            run = []
        run.append(glyph)
        spaced = False
    if run:
        yield run


def _is_parted(left: Glyph, right: Glyph, spaced: bool) -> bool:
    gap = (right.box.x0 - left.box.x1) / max(left.size, right.size)
    return gap > (
        LINE.min_printed_gap
        if spaced and not (left.text.isdigit() and right.text.isdigit())
        else LINE.min_gap
    )


def _is_cut(left: Glyph, right: Glyph, down: Sequence[Ruling]) -> bool:
    a, b = left.middle[0], right.middle[0]
    return any(a < line.at < b and line.start <= left.middle[1] <= line.end for line in down)


def _word(run: Sequence[Glyph]) -> PrintedWord:
    box = Rectangle(
        min(glyph.box.x0 for glyph in run),
        min(glyph.box.y0 for glyph in run),
        max(glyph.box.x1 for glyph in run),
        max(glyph.box.y1 for glyph in run),
    )
    text = read_run(run)
    is_figure = bool(clean(text)) and is_value(text)
    return PrintedWord(
        text, box, run[0].base, max(g.size for g in run), is_figure, tuple(g.at for g in run)
    )
