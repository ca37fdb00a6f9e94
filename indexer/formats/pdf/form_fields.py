"""Finds what form fields and typed notes print over a page, outside of its contents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import apply_matrix_rect, decode_text

from indexer.formats.pdf.geometry import FIELD
from indexer.limits import Limits

Matrix = tuple[float, float, float, float, float, float]
_HIDDEN = 2 | 32
"""The flags of what is not shown."""
_SIZE = re.compile(rb"([\d.]+)\s+Tf")
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class FormField:
    """A field or note over a page, in the page's own units.

    `appearance` is the form XObject that draws it, `value` what its field holds. `is_redrawn`:
    viewers draw the value and not the appearance.
    """

    rect: tuple[float, float, float, float]
    appearance: PDFStream | None
    value: str | None
    size: float
    is_redrawn: bool

    @property
    def matrix(self) -> Matrix:
        """The matrix that puts the appearance into the rectangle, as the standard prescribes."""
        assert self.appearance is not None
        own = _numbers(self.appearance.get("Matrix"), 6) or _IDENTITY
        box = _numbers(self.appearance.get("BBox"), 4) or (0, 0, 1, 1)
        x0, y0, x1, y1 = apply_matrix_rect(own, box)  # type: ignore[arg-type]
        across = (self.rect[2] - self.rect[0]) / (x1 - x0) if x1 > x0 else 1.0
        up = (self.rect[3] - self.rect[1]) / (y1 - y0) if y1 > y0 else 1.0
        a, b, c, d, e, f = own
        left, foot = self.rect[0] - x0 * across, self.rect[1] - y0 * up
        return a * across, b * up, c * across, d * up, e * across + left, f * up + foot


def find_form_fields(page: PDFPage, limits: Limits) -> Iterator[FormField]:
    """Yield a page's visible text fields, choices and typed notes; buttons print no number."""
    annotations = resolve1(page.annots)
    if not isinstance(annotations, list):
        return
    form = resolve1(page.doc.catalog.get("AcroForm"))
    is_redrawn = bool(resolve1(form.get("NeedAppearances"))) if isinstance(form, dict) else False
    for reference in annotations[: limits.max_page_fields]:
        annotation = resolve1(reference)
        if isinstance(annotation, dict) and (form_field := _read(annotation, is_redrawn, limits)):
            yield form_field


def _read(annotation: Mapping[str, object], is_redrawn: bool, limits: Limits) -> FormField | None:
    depth = limits.max_inheritance_depth
    kind = _name(annotation.get("Subtype"))
    flags = resolve1(annotation.get("F"))
    rect = _numbers(annotation.get("Rect"), 4)
    is_field = kind == "Widget" and _name(_inherited(annotation, "FT", depth)) in ("Tx", "Ch")
    if (
        not rect
        or (isinstance(flags, int) and flags & _HIDDEN)
        or not (is_field or kind == "FreeText")
    ):
        return None
    x0, y0, x1, y1 = rect
    value = _text(_inherited(annotation, "V", depth) if is_field else annotation.get("Contents"))
    style = _inherited(annotation, "DA", depth)
    found = _SIZE.search(style) if isinstance(style, bytes) else None
    size = float(found[1]) if found and found[1].strip(b".") else 0.0
    return FormField(
        (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)),
        _appearance(annotation),
        _option(annotation, value, depth) if value else None,
        size or min(FIELD.size_of_height * abs(y1 - y0), FIELD.max_size),
        is_redrawn and is_field,
    )


def _appearance(annotation: Mapping[str, object]) -> PDFStream | None:
    drawn = resolve1(annotation.get("AP"))
    normal = resolve1(drawn.get("N")) if isinstance(drawn, dict) else None
    if isinstance(normal, dict):
        normal = resolve1(normal.get(_name(annotation.get("AS"))))
    return normal if isinstance(normal, PDFStream) else None


def _option(annotation: Mapping[str, object], value: str, depth: int) -> str:
    """Return what a choice shows for its value."""
    options = resolve1(_inherited(annotation, "Opt", depth))
    for option in options if isinstance(options, list) else ():
        pair = resolve1(option)
        if isinstance(pair, list) and len(pair) == 2 and _text(pair[0]) == value:
            return _text(pair[1]) or value
    return value


def _inherited(annotation: Mapping[str, object], key: str, depth: int) -> object:
    """Return an entry of a field or of the nearest field above it that has one."""
    node: object = annotation
    for _ in range(depth):
        if not isinstance(node, dict):
            break
        if key in node:
            return resolve1(node[key])
        node = resolve1(node.get("Parent"))
    return None


def _text(value: object) -> str | None:
    value = resolve1(value)
    if isinstance(value, PDFStream):
        value = value.get_data()
    return decode_text(value).strip() or None if isinstance(value, bytes) else None


def _name(value: object) -> str:
    value = resolve1(value)
    return str(value.name) if isinstance(value, PSLiteral) else ""


def _numbers(value: object, count: int) -> tuple[float, ...] | None:
    value = resolve1(value)
    numbers = [resolve1(item) for item in value] if isinstance(value, list) else []
    if len(numbers) != count or not all(isinstance(number, int | float) for number in numbers):
        return None
    return tuple(float(number) for number in numbers)
