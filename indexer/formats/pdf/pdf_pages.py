"""Interprets the pages of a PDF with bounded work, and says why one cannot be read."""

from __future__ import annotations

import io
import logging
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pdfplumber
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextSeq
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.utils import MATRIX_IDENTITY as IDENTITY
from pdfminer.utils import apply_matrix_pt, apply_matrix_rect, mult_matrix
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import PdfminerException

from indexer.errors import BrokenFile, Encrypted, TooLarge
from indexer.formats.pdf.characters import read_character
from indexer.formats.pdf.dotted_lines import dotted_lines
from indexer.formats.pdf.field_values import digits, set_value
from indexer.formats.pdf.form_fields import FormField, Matrix, find_form_fields
from indexer.formats.pdf.geometry import DRAWING
from indexer.formats.pdf.paths import bounds, is_white, subpaths
from indexer.formats.pdf.printed_page import (
    UNKNOWN,
    FaintDividers,
    Glyph,
    PrintedPage,
    Rectangle,
    Ruling,
    set_upright,
)
from indexer.limits import Allowance

for _name in ("pdfminer", "pdfplumber"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def read_pages(data: bytes, path: str, allowance: Allowance) -> list[PrintedPage]:
    """Return the pages of a PDF. Encrypted, BrokenFile or TooLarge if there is no reading it."""
    limits = allowance.limits
    try:
        with pdfplumber.open(io.BytesIO(data), password="") as pdf:
            found: list[PrintedPage] = []
            for page in PDFPage.create_pages(pdf.doc):
                if len(found) == limits.max_pdf_pages:
                    raise TooLarge(path, "source.pdf.too_many_pages", limit=limits.max_pdf_pages)
                found.append(_read_page(page, pdf, len(found) + 1, allowance))
    except _PageTooLarge as error:
        raise TooLarge(path, "source.pdf.page_too_large", page=error.number) from error
    except _OutOfTime as error:
        raise TooLarge(path, "source.processor_time", seconds=limits.file_seconds) from error
    except (TooLarge, MemoryError):
        raise
    except Exception as error:
        raise _explain(error, path) from error
    if not found:
        raise BrokenFile(path, "source.pdf.no_page")
    return found


def _explain(error: Exception, path: str) -> Encrypted | BrokenFile:
    """Return the error that a library's error means; it may be wrapped in others.

    MemoryError is passed on to the worker.
    """
    causes: list[object] = [error]
    if isinstance(error, PdfminerException):
        causes += error.args
    if any(isinstance(cause, MemoryError) for cause in causes):
        raise MemoryError from error
    if any(isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError) for cause in causes):
        return Encrypted(path, "source.pdf.encrypted")
    return BrokenFile(path, "source.pdf.broken")


def _read_page(source: PDFPage, pdf: PDF, number: int, allowance: Allowance) -> PrintedPage:
    device = _PageDevice(pdf, number, allowance)
    _PageInterpreter(pdf.rsrcmgr, device).process_page(source)
    box = device.visible
    glyphs = tuple(glyph for glyph in device.glyphs if box.holds(*glyph.middle))
    across = (*device.across, *dotted_lines(device.dots))
    down = (*device.down, *dotted_lines([(y, x) for x, y in device.dots]))
    faint = FaintDividers(tuple(device.white_across), tuple(device.white_down), tuple(device.areas))
    pictures = tuple(device.pictures)
    return set_upright(
        PrintedPage(number, device.width, device.height, glyphs, across, down, pictures, faint)
    )


class _PageInterpreter(PDFPageInterpreter):
    """Runs a page's program, then those of the fields that lie over the page."""

    form_fields: Sequence[FormField] = ()

    def __init__(self, rsrcmgr: PDFResourceManager, device: _PageDevice) -> None:
        super().__init__(rsrcmgr, device)
        self.canvas = device

    def process_page(self, page: PDFPage) -> None:
        self.form_fields = list(find_form_fields(page, self.canvas.allowance.limits))
        super().process_page(page)

    def render_contents(
        self, resources: dict[object, object], streams: Sequence[object], ctm: Matrix = IDENTITY
    ) -> None:
        """Run a program; the first is the page's own."""
        form_fields, self.form_fields = self.form_fields, ()
        super().render_contents(resources, streams, ctm)
        for form_field in form_fields:
            self.canvas.draw_form_field(form_field, ctm, self._draw)

    def _draw(self, appearance: PDFStream, matrix: Matrix) -> None:
        resources = resolve1(appearance.get("Resources"))
        self.subinterp().render_contents(
            resources if isinstance(resources, dict) else {}, [appearance], ctm=matrix
        )


class _OutOfTime(Exception):
    """The file has used up its processor time."""


class _PageTooLarge(Exception):
    """A page holds more than any report's."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@dataclass
class _Drawn:
    """What was drawn so far."""

    glyphs: list[Glyph] = field(default_factory=list)
    across: list[Ruling] = field(default_factory=list)
    down: list[Ruling] = field(default_factory=list)
    white_across: list[Ruling] = field(default_factory=list)
    white_down: list[Ruling] = field(default_factory=list)
    areas: list[Rectangle] = field(default_factory=list)
    dots: list[tuple[float, float]] = field(default_factory=list)
    pictures: list[Rectangle] = field(default_factory=list)
    paths: int = 0
    shows: int = 0


class _PageDevice(PDFLayoutAnalyzer, _Drawn):
    """Records what a page's program draws, and stops it when that is too much."""

    is_over = False
    """Whether a field is being drawn: the lines of its box are none of a table's."""

    def __init__(self, pdf: PDF, number: int, allowance: Allowance) -> None:
        PDFLayoutAnalyzer.__init__(self, pdf.rsrcmgr, pageno=number)
        _Drawn.__init__(self)
        self.number, self.allowance = number, allowance
        self.width = self.height = 0.0
        self.visible = Rectangle(0, 0, 0, 0)

    def begin_page(
        self, page: PDFPage, ctm: tuple[float, float, float, float, float, float]
    ) -> None:
        super().begin_page(page, ctm)
        self.width, self.height = self.cur_item.width, self.cur_item.height
        x0, y0, x1, y1 = apply_matrix_rect(ctm, page.cropbox)
        self.visible = Rectangle(
            max(x0, 0),
            max(self.height - y1, 0),
            min(x1, self.width),
            min(self.height - y0, self.height),
        )

    def _count(self) -> None:
        self.paths += 1
        if self.paths > self.allowance.limits.max_page_operations:
            raise _PageTooLarge(self.number)
        if self.paths % 256 == 0 and self.allowance.is_spent():
            raise _OutOfTime

    def render_string(
        self,
        textstate: PDFTextState,
        seq: PDFTextSeq,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> None:
        self.shows += 1
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(  # noqa: PLR0913  # pdfminer calls it so
        self,
        matrix: tuple[float, float, float, float, float, float],
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        """Take down a glyph; the signature is the library's."""
        self._count()
        if len(self.glyphs) >= self.allowance.limits.max_page_glyphs:
            raise _PageTooLarge(self.number)
        advance = super().render_char(matrix, font, fontsize, scaling, rise, cid, ncs, graphicstate)
        item = self.cur_item._objs.pop()
        if isinstance(item, LTChar):
            a, b, c, d = matrix[:4]
            quarters = math.degrees(math.atan2(-b, a)) / 90
            turn = round(quarters) % 4
            size = abs(fontsize) * math.hypot(c, d)
            if size < DRAWING.min_glyph_size or abs(quarters - round(quarters)) > DRAWING.max_slant:
                return advance
            box = Rectangle(item.x0, self.height - item.y1, item.x1, self.height - item.y0)
            base = self.height - apply_matrix_pt(matrix, (0, rise))[1]
            if turn or font.is_vertical():
                base = box.y1 - DRAWING.descent * size
            said = read_character(item.get_text())
            self.glyphs.append(Glyph(said, box, base, size, turn, len(self.glyphs), self.shows))
        return advance

    def render_image(self, name: str, stream: object) -> None:
        self._count()
        self.pictures.append(self._upright(apply_matrix_rect(self.ctm, (0, 0, 1, 1))))

    def _upright(self, rect: tuple[float, float, float, float]) -> Rectangle:
        x0, y0, x1, y1 = rect
        return Rectangle(x0, self.height - y1, x1, self.height - y0)

    def draw_form_field(
        self, form_field: FormField, ctm: Matrix, draw: Callable[[PDFStream, Matrix], None]
    ) -> None:
        """Record the text of a field, with U+FFFD where its appearance and value are different
        numbers."""
        begun, self.is_over = len(self.glyphs), True
        if form_field.appearance:
            draw(form_field.appearance, mult_matrix(form_field.matrix, ctm))
        self.is_over = False
        drawn = self.glyphs[begun:]
        shown = "".join(glyph.text for glyph in drawn)
        if not shown.strip() and form_field.value:
            self.glyphs += set_value(
                form_field,
                self._upright(apply_matrix_rect(ctm, form_field.rect)),
                begun,
                bool(ctm[1]),
            )
        elif form_field.value and digits(shown) != digits(form_field.value):
            self.glyphs[begun:] = [replace(glyph, text=glyph.text + UNKNOWN) for glyph in drawn]

    def paint_path(
        self,
        gstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,
        path: Sequence[tuple[object, ...]],
    ) -> None:
        """Record the straight lines of a path, and the invisible ones and areas that separate
        cells."""
        if self.is_over:
            return
        seen = (stroke and not is_white(gstate.scolor)), (fill and not is_white(gstate.ncolor))
        self.paths += len(path) // 8
        for points in subpaths(path):
            self._count()
            if stroke or fill:
                moved = [apply_matrix_pt(self.ctm, point) for point in points]
                upright = [(x, self.height - y) for x, y in moved]
                self._take_area(upright, any(seen))
                if any(seen):
                    self._take_lines(upright, seen[0] or (seen[1] and evenodd))

    def _take_area(self, points: list[tuple[float, float]], is_seen: bool) -> None:
        """Take down an area that a path fills or frames, and a white line."""
        x0, y0, x1, y1 = bounds(points)
        if x1 - x0 > DRAWING.max_line_thickness and y1 - y0 > DRAWING.max_line_thickness:
            self.areas.append(Rectangle(x0, y0, x1, y1))
        elif not is_seen and x1 - x0 > y1 - y0:
            self.white_across.append(Ruling((y0 + y1) / 2, x0, x1))
        elif not is_seen and y1 - y0 > x1 - x0:
            self.white_down.append(Ruling((x0 + x1) / 2, y0, y1))

    def _take_lines(self, points: list[tuple[float, float]], outlined: bool) -> None:
        x0, y0, x1, y1 = bounds(points)
        if (
            abs((x1 - x0) - (y1 - y0)) <= DRAWING.max_dot_skew
            and x1 - x0 <= DRAWING.max_line_thickness
        ):
            self.dots.append(((x0 + x1) / 2, (y0 + y1) / 2))
        elif y1 - y0 <= DRAWING.max_line_thickness and x1 - x0 > y1 - y0:
            self.across.append(Ruling((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= DRAWING.max_line_thickness and y1 - y0 > x1 - x0:
            self.down.append(Ruling((x0 + x1) / 2, y0, y1))
        elif outlined:
            for (ax, ay), (bx, by) in pairwise(points):
                if (
                    abs(ay - by) <= DRAWING.max_line_slope
                    and abs(ax - bx) >= DRAWING.min_line_length
                ):
                    self.across.append(Ruling((ay + by) / 2, min(ax, bx), max(ax, bx)))
                elif (
                    abs(ax - bx) <= DRAWING.max_line_slope
                    and abs(ay - by) >= DRAWING.min_line_length
                ):
                    self.down.append(Ruling((ax + bx) / 2, min(ay, by), max(ay, by)))
