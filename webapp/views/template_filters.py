"""The template filters: line breaks, numbers, lists, Chinese names in other languages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from indexer.messages import DEFAULT_LANGUAGE, render
from indexer.records import Message
from indexer.search.analysis.segmenter import pieces
from indexer.text.folding import HAN
from webapp.names import Text
from webapp.negotiation import language, worded
from webapp.shapes.figure_panel import FigureGroup
from webapp.shapes.form_cells import format_number

_HAN_RUN = re.compile(rf"{HAN}(?:[^a-zA-Z&;<>.]*{HAN})?[）》”]*")
_WORD_JOINER = "\u2060"
_OPENING = "（《“‘〔【("
_TIES = (*_OPENING, "/")
_TRAILING = ("情况",)
"""Words too weak to begin a line."""
_SHORT = 4
_KEPT_LISTS = 32
_KEPT = 2048
"""Headings and labels come again on every page, and titles again with every page of a search."""


def break_words(text: object, fine: bool = False) -> Markup:
    """Return a heading with a chance to break its line after each word; the text is escaped.

    No break comes before a `·`. `fine` is for heads of narrow columns: it lets a line break in the
    middle of a word of four or more characters too. Words of other languages break at their spaces.

    >>> break_words("<b>主要问题")
    Markup('&lt;b&gt;<wbr>主要<wbr>问题')
    """
    if isinstance(text, Message) and language() != DEFAULT_LANGUAGE:
        return escape(worded(text))
    return _break_chinese(str(worded(text) or ""), fine)


@lru_cache(_KEPT)
def _break_chinese(text: str, fine: bool) -> Markup:
    tied = text.replace("·", f"{_WORD_JOINER}·")
    words = _joined(pieces(tied))
    return Markup("<wbr>").join(
        escape(part) for word in words for part in (_halves(word) if fine else (word,))
    )


def write_options(groups: tuple[FigureGroup, ...], chosen: str) -> Markup:
    """Return the figures to choose from as the options of a list."""
    return _write_options(groups, chosen, language())


@lru_cache(_KEPT_LISTS)
def _write_options(groups: tuple[FigureGroup, ...], chosen: str, reader: str) -> Markup:
    """Two hundred options, the same on every page but for the one chosen."""
    return Markup("").join(
        Markup('<optgroup label="{}">{}</optgroup>').format(
            render(group.label, reader),
            Markup("").join(
                Markup('<option value="{}"{}>{}</option>').format(
                    key, Markup(" selected" * (key == chosen)), render(name, reader)
                )
                for key, name in group.options
            ),
        )
        for group in groups
    )


def join_dotted(parts: Iterable[Text]) -> str:
    """Return facts in one line, with dots between them that begin no line."""
    return "\u2060·".join(str(worded(part)) for part in parts)


def mark_chinese(text: object) -> Markup:
    """Return a text with the Chinese names in it marked as Chinese, on pages in other languages."""
    escaped = escape(worded(text))
    if language() == DEFAULT_LANGUAGE:
        return escaped
    return Markup(_HAN_RUN.sub(r'<span lang="zh-Hans">\g<0></span>', str(escaped)))


def as_headline(message: Text) -> str:
    """Return a sentence without its full stop."""
    return str(worded(message)).rstrip("。.")


FILTERS = {
    "wbr": break_words,
    "number": format_number,
    "options": write_options,
    "dotted": join_dotted,
    "worded": worded,
    "headline": as_headline,
    "mixed": mark_chinese,
}
"""The filters by the name they have in the templates."""


def _halves(word: str) -> tuple[str, ...]:
    middle = len(word) // 2 if len(word) >= _SHORT and word.isalpha() else 0
    return (word[:middle], word[middle:]) if middle else (word,)


def _is_tied(before: str, piece: str) -> bool:
    """Say whether no line may break between a word and the piece after it."""
    if before[-1] in _TIES or not piece[0].isalnum() or piece in _TRAILING:
        return True
    return len(piece) == 1 and (len(before) < _SHORT or before[-1].isdigit())


def _joined(cut: tuple[str, ...]) -> list[str]:
    """Join signs to the word they belong to, and lone characters to the word before them."""
    joined: list[str] = []
    for piece in cut:
        before = joined[-1] if joined else ""
        if before and piece[0] not in _OPENING and _is_tied(before, piece):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined
