"""The geometric thresholds by which a PDF is read, each with its unit and its reason.

“pt” are points, 1/72 inch. “em” are fractions of the font size of the glyph, word or line in
question, so that they hold for print of any size.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DrawingGeometry:
    """Which drawn shapes and glyphs count."""

    max_line_thickness: float = 3.0
    """pt: a filled area no thicker is a line; thick table borders are 2.25 pt."""
    max_dot_skew: float = 0.1
    """pt: the sides of a square differ by no more; squares are dots of a dotted line."""
    min_line_length: float = 4.0
    """pt: shorter edges of an outline are corners and serifs."""
    max_line_slope: float = 1.0
    """pt: how far an edge may rise or lean over its whole length and still be straight."""
    min_glyph_size: float = 1.0
    """pt: smaller glyphs cannot be seen; they hide keywords or repeat the text."""
    max_slant: float = 0.1
    """quarter turns: text at a greater angle is a watermark."""
    dot_alignment: float = 0.5
    """pt: dots of one line lie no further apart across it."""
    max_dot_distance: float = 4.2
    """pt: dots of one line follow each other no further apart."""
    min_dots: int = 5
    """Fewer dots are an ellipsis or a leader's rest, no ruling line."""
    descent: float = 0.15
    """em: from the baseline down to the foot of a glyph's box, where the font does not say."""
    half_height: float = 0.35
    """em: from the baseline up to the middle of a digit: what decides in which cell it stands."""


@dataclass(frozen=True, slots=True)
class FieldGeometry:
    """How the value of a form field is set that has no appearance of its own."""

    indent: float = 2.0
    """pt: viewers leave this much room at both sides of a field."""
    max_size: float = 12.0
    """pt: the size that viewers choose for themselves where the field names none."""
    size_of_height: float = 0.7
    """The share of a field's height that the chosen size takes up."""
    ascent: float = 0.8
    """em: the height of a glyph over its baseline."""
    latin_advance: float = 0.5
    """em: the average width of a Latin letter or digit."""


@dataclass(frozen=True, slots=True)
class LineGeometry:
    """Which glyphs stand on one printed line, and what is between them."""

    same_base: float = 0.4
    """em: baselines that differ by no more are those of one line."""
    min_gap: float = 0.28
    """em: a wider gap is a space, and numbers on its two sides are two; a thin space is 0.2 em."""
    min_printed_gap: float = 1.2
    """em: the gap that parts two words even though spaces are printed in it, as in a line of prose
    that is spread to its full width."""
    raised_size: float = 0.8
    """em: glyphs smaller than this may be raised or lowered: 5¹."""
    min_raise: float = 0.12
    """em: small glyphs that are moved by more are raised or lowered."""
    max_raise: float = 0.75
    """em: a glyph raised by more belongs to the line above."""
    max_lowering: float = 0.25
    """em: a glyph lowered by more belongs to the line below."""
    overprint: float = 0.6
    """share of a digit's width that the next one, drawn after it, may cover: tightly set digits
    overlap, two numbers printed over one another cover more."""
    overprint_out_of_order: float = 0.15
    """the same for a digit drawn before its left neighbour: they are of two numbers."""
    band: float = 40.0
    """pt: lines are looked for within bands of this height, so that a page with many lines costs
    no more than its glyphs. More than any font size."""
    twice_distance: float = 0.2
    """em: a glyph printed again this near is the same one made to look bold."""
    twice_width: float = 0.5
    """share of a glyph's width: narrow glyphs are compared more strictly, or 11 would become 1."""
    twice_size: float = 0.1
    """em: by how much the sizes of the two may differ."""
    column_drift: float = 0.4
    """em: how far glyphs of upright text may stand to the side of the one above."""
    min_column_step: float = 0.5
    """em: the least step down to the next glyph of upright text."""
    max_column_step: float = 1.6
    """em: the greatest step down to the next glyph of upright text."""
    min_column_return: float = 0.8
    """em: how far left the next column of upright text begins at least."""
    min_share_down: float = 0.6
    """share of steps that lead down in upright text."""


@dataclass(frozen=True, slots=True)
class LatticeGeometry:
    """How ruling lines become the cells of a table."""

    same_line: float = 4.2
    """pt: lines nearer to each other are one: doubled lines, borders of neighbouring cells, and
    hairline gaps. The lowest row of print is 5 pt."""
    same_position: float = 0.8
    """pt: pieces of one line lie no further apart across it."""
    max_spread: float = 6.0
    """pt: a group of lines taken as one is no wider, however near each is to the next."""
    overhang: float = 8.0
    """pt: lines that run on further beyond the last crossing line enclose cells there: the outer
    border is missing."""
    min_wall_share: float = 0.6
    """share of a side that must be drawn to part two cells."""


@dataclass(frozen=True, slots=True)
class CellGeometry:
    """Which glyph belongs to which cell, and when a number goes on in the next line."""

    touching: float = 0.1
    """em: digits of one number are no further apart and no further off their baseline."""
    max_cut: float = 0.2
    """share of a digit's width: a line that cuts off less stands beside the digit."""
    max_overflow_pitch: float = 2.0
    """em: lines that a page break pushed out below a table follow no further apart."""
    min_digits_inside: float = 2 / 3
    """share of a number's digits in its own cell, where it runs over the edge."""
    min_width: float = 6.0
    """pt: an empty cell narrower than this is the space between two borders."""
    min_height: float = 5.0
    """pt: an empty cell lower than this is the space between two borders."""
    max_padding: float = 9.0
    """pt: the greatest padding of a cell; a table whose text keeps further off has wide columns."""
    max_shared_figures: float = 0.5
    """share of figures that stand several in a cell: above it lines are missing in the table."""
    same_column: float = 1.5
    """pt: edges and widths of columns that differ by no more are the same, on other pages too."""
    broken_size: float = 0.1
    """pt: by how much the sizes of the two lines of a broken number may differ."""
    min_pitch: float = 0.8
    """em: the least distance between the two lines of a broken number."""
    max_pitch: float = 2.2
    """em: the greatest distance between the two lines of a broken number."""
    rounding: float = 0.05
    """pt: what positions lose by rounding when a PDF is written."""


@dataclass(frozen=True, slots=True)
class PageBreakGeometry:
    """When tables on two pages are one."""

    same_edge: float = 3.0
    """pt: edges of columns that differ by no more are one edge."""
    aligned: float = 4.0
    """pt: cells above and below a page break differ by no more."""
    max_shift: float = 60.0
    """pt: pages printed on both sides have their margins exchanged."""
    min_shared_edges: int = 6
    """So many edges in common are no chance: the smallest table of the forms has four columns."""
    min_row_height: float = 8.0
    """pt: a lower row holds no text: it is what a page break left of one."""


@dataclass(frozen=True, slots=True)
class ParagraphGeometry:
    """What is prose, what is repeated on each page, and which lines are one paragraph."""

    margin: float = 0.12
    """share of the page's height, at its head and foot, where headers and page numbers stand."""
    header_raster: float = 4.0
    """pt: a header stands at the same height on each page, up to this."""
    max_number_width: float = 6.0
    """em: a page number with its marks is no wider; strokes and a figure in three cells of a row
    are."""
    max_pitch: float = 2.8
    """em: lines further apart are two paragraphs."""
    same_margin: float = 4.0
    """pt: the outermost edge counts where two lines share it up to this."""
    min_line_share: float = 0.5
    """share of the page's width: shorter lines do not show where the text's margins are."""
    same_size: float = 0.15
    """em: sizes within a paragraph differ by no more."""
    max_indent: float = 0.9
    """em: a line further in is indented and begins a paragraph."""
    max_first_indent: float = 3.5
    """em: the first line of a paragraph is indented by two characters, seldom three."""
    ended: float = 0.6
    """em: a full line may end this far before the margin after a full stop."""
    running: float = 4.0
    """em: and this far in the middle of a sentence, where a number or word did not fit."""
    latin_width: float = 0.55
    """em: the average width of a Latin letter, for the room that the next word needs."""
    title_is_full: float = 0.55
    """share of the page's width: a longer line of a title may well go on in the next."""
    centred: float = 0.08
    """share of the page's width by which the middle of a centred line may be off."""
    title_size: float = 0.5
    """pt: sizes of the lines of one title differ by no more."""
    min_picture_width: float = 0.4
    """share of the page's width: a narrower picture is a seal, a crest or a code."""
    min_picture_height: float = 60.0
    """pt: a lower picture is a signature or a rule."""


@dataclass(frozen=True, slots=True)
class BoxGeometry:
    """Cells that are boxes of their own, with gaps between them."""

    max_gap: float = 15.0
    """pt: boxes further apart are no neighbours."""
    max_overlap: float = 1.0
    """pt: neighbours may overlap by this."""
    min_side: float = 5.0
    """pt: smaller boxes are bullets and parts of borders."""
    within: float = 0.6
    """pt: an edge may lie this far outside and still be within."""


@dataclass(frozen=True, slots=True)
class UnruledGeometry:
    """Tables that no lines draw: rows, labels and heads are known by where they stand."""

    min_prose_share: float = 0.62
    """share of the page's width: a line without gaps that is wider is prose."""
    page_number_distance: float = 2.5
    """em: a figure alone that stands further from the next line is the page's number."""
    same_alignment: float = 0.6
    """pt: lines of one cell begin, end or have their middle no further apart."""
    max_leading: float = 1.12
    """times the least leading: lines of one cell are set no further apart; print is not exact."""
    min_row_pitch: float = 1.02
    """times the leading of cells: rows are set further apart, else no line tells where one ends."""
    same_line: float = 0.9
    """em: lines nearer to each other are one."""
    left_slack: float = 0.5
    """em: how far left of the figures' edge a figure may begin."""
    max_line_pitch: float = 2.2
    """em: lines of one cell are set no further apart, whatever the leading of the others."""
    level: float = 0.4
    """em: a label and its figures stand level up to this."""
    same_size: float = 0.15
    """em: by how much sizes within one label may differ."""
    label_reach: float = 0.7
    """em: how far over its first line and below its last a label still has figures beside it."""
    beside: float = 0.2
    """em: a word is beside a row of figures only where their baselines all but agree."""
    under_line: float = 0.3
    """em: a line drawn higher than this over a baseline lies between two lines of print."""
    head_level: float = 0.6
    """em: heads whose middles differ by no more are of one row."""
    corner_level: float = 0.5
    """em: how far below the heads the head of the labels may stand."""
    stray: float = 1.0
    """em: a word nearer to a row of figures, and not in it, is the rest of one of its cells."""
    crowded: float = 2.0
    """em: a row of figures without label this near to another may be the rest of its figures."""


DRAWING = DrawingGeometry()
FIELD = FieldGeometry()
LINE = LineGeometry()
LATTICE = LatticeGeometry()
CELL = CellGeometry()
PAGE_BREAK = PageBreakGeometry()
PARAGRAPH = ParagraphGeometry()
BOX = BoxGeometry()
UNRULED = UnruledGeometry()
