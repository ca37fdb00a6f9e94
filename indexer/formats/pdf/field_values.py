"""The value of a form field that no appearance draws → glyphs, as a viewer would set it."""

from __future__ import annotations

from indexer.formats.pdf.characters import is_wide, read_character
from indexer.formats.pdf.form_fields import FormField
from indexer.formats.pdf.geometry import DRAWING, FIELD
from indexer.formats.pdf.printed_page import UNKNOWN, Glyph, Rectangle


def digits(text: str) -> str:
    """Return the figures of a text.

    >>> digits("1,234 件"), digits("１２")
    ('1234', '12')
    """
    return "".join(str(int(character)) for character in text if character.isdecimal())


def set_value(form_field: FormField, box: Rectangle, at: int, turned: bool) -> list[Glyph]:
    """Return the glyphs of a field's value in its box, from `at` on in the stream.

    One unknown glyph where viewers differ: a page that is turned, a value of several lines, an
    appearance that is empty.
    """
    text = form_field.value or ""
    size = form_field.size
    base = (box.y0 + box.y1) / 2 + DRAWING.half_height * size
    if (
        turned
        or len(text.splitlines()) > 1
        or (form_field.appearance and not form_field.is_redrawn)
    ):
        middle = (box.x0 + box.x1) / 2
        return [
            Glyph(
                UNKNOWN,
                Rectangle(
                    middle, base - FIELD.ascent * size, middle + FIELD.latin_advance * size, base
                ),
                base,
                size,
                0,
                at,
            )
        ]
    advances = [size if is_wide(character) else FIELD.latin_advance * size for character in text]
    room = max(box.x1 - box.x0 - 2 * FIELD.indent, 1.0)
    narrowed = min(1.0, room / sum(advances))
    glyphs: list[Glyph] = []
    left = box.x0 + FIELD.indent
    for number, (character, advance) in enumerate(zip(text, advances, strict=True), start=at):
        right = left + advance * narrowed
        glyphs.append(
            Glyph(
                read_character(character),
                Rectangle(left, base - FIELD.ascent * size, right, base),
                base,
                size,
                0,
                number,
            )
        )
        left = right
    return glyphs
