"""The template filters: where a line may break, how a number is written, what there is to choose from."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup, escape

from indexer.search.analysis.segmenter import pieces
from webapp.shapes.figure_panel import FigureGroup
from webapp.shapes.form_cells import format_number

_WORD_JOINER = "\u2060"
_OPENING = "（《“‘〔【("
_TIES = (*_OPENING, "/")
_TRAILING = ("情况",)
"""Words too weak to begin a line."""
_SHORT = 4
_KEPT_LISTS = 32
_KEPT = 2048
"""Headings and labels come again on every page, and titles again with every page of a search."""


@lru_cache(_KEPT)
def break_words(text: str | None, fine: bool = False) -> Markup:
    """Return a heading with a chance to break its line after each word, and none before a `·`; the text is escaped.

    `fine` is for heads of narrow columns: it lets a line break in the middle of a word of four or more characters too.

    >>> break_words("<b>主要问题")
    Markup('&lt;b&gt;<wbr>主要<wbr>问题')
    """
    tied = (text or "").replace("·", f"{_WORD_JOINER}·")
    words = _joined(pieces(tied))
    return Markup("<wbr>").join(
        escape(part) for word in words for part in (_halves(word) if fine else (word,))
    )


@lru_cache(_KEPT_LISTS)
def write_options(groups: tuple[FigureGroup, ...], chosen: str) -> Markup:
    """Return the figures to choose from as the options of a list: two hundred, on every page the same but for the one chosen."""
    return Markup("").join(
        Markup('<optgroup label="{}">{}</optgroup>').format(
            group.label,
            Markup("").join(
                Markup('<option value="{}"{}>{}</option>').format(
                    key, Markup(" selected" * (key == chosen)), name
                )
                for key, name in group.options
            ),
        )
        for group in groups
    )


FILTERS = {"wbr": break_words, "number": format_number, "options": write_options}
"""The filters by the name they have in the templates."""


def _halves(word: str) -> tuple[str, ...]:
    middle = len(word) // 2 if len(word) >= _SHORT and word.isalpha() else 0
    return (word[:middle], word[middle:]) if middle else (word,)


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
