"""What a PDF says a glyph means → the character that is printed."""

from __future__ import annotations

import unicodedata

from indexer.formats.pdf.printed_page import UNKNOWN
from indexer.formats.raised_digits import RAISED
from indexer.text.lookalikes import unify

_UPRIGHT = dict(
    zip(
        "︐︑︒︓︔︕︖︗︘︙︰︱︲︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈",
        "，、。：；！？〖〗…：—–（）｛｝〔〕【】《》〈〉「」『』［］",
        strict=True,
    )
)
"""Punctuation as it is drawn in upright text."""


def read_character(said: str) -> str:
    """Return a glyph's character: U+FFFD if the file gives none, which never passes for a number.

    >>> read_character("⼀"), read_character("⺠"), read_character("(cid:21)")
    ('一', '民', '\ufffd')
    """
    if len(said) == 1:
        return _read_one(said)
    if not said or said.startswith("(cid:"):
        return UNKNOWN
    return "".join(map(_read_one, said))


def raise_digits(text: str) -> str:
    """Return small raised digits as what they are: marks of footnotes, and no part of a number."""
    return text.translate(RAISED)


def is_wide(character: str) -> bool:
    """Say whether this is Chinese writing or its punctuation, beside which a gap means nothing."""
    return unicodedata.east_asian_width(character[:1]) in ("W", "F") or character in "“”‘’…—·"


def _read_one(character: str) -> str:
    character = unify(character)
    if character in _UPRIGHT:
        return _UPRIGHT[character]
    if character.isspace():
        return character if character in "\xa0\u3000" else " "
    return UNKNOWN if unicodedata.category(character) in ("Co", "Cn", "Cs", "Cc") else character
