"""The template filters: where a line may break, and how a number is written."""

from __future__ import annotations

from markupsafe import Markup, escape

from indexer.search.segment import pieces
from webapp.shapes.cells import format_number

_WORD_JOINER = "\u2060"
_OPENING = "（《“‘〔【("
_TIES = (*_OPENING, "/")
_TRAILING = ("情况",)
"""Words too weak to begin a line."""
_SHORT = 4


def break_words(text: str | None) -> Markup:
    """Return a heading with a chance to break its line after each word, and none before a `·`; the text is escaped.

    >>> break_words("<b>总体情况")
    Markup('&lt;b&gt;<wbr>总体<wbr>情况')
    """
    tied = (text or "").replace("·", f"{_WORD_JOINER}·")
    return Markup("<wbr>").join(escape(piece) for piece in _joined(pieces(tied)))


FILTERS = {"wbr": break_words, "number": format_number}
"""The filters by the name they have in the templates."""


def _joined(cut: tuple[str, ...]) -> list[str]:
    """Put signs back to the word they belong to, and lone characters, which end no word, to the ones before them."""
    joined: list[str] = []
    for piece in cut:
        before = joined[-1] if joined else ""
        opening = piece[0] in _OPENING
        lone = len(piece) == 1 and (len(before) < _SHORT or before[-1:].isdigit())
        tied = before[-1:] in _TIES or not piece[0].isalnum() or lone or piece in _TRAILING
        if before and not opening and tied:
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined
