"""Joins cells or lines to units: words of the forms, figures, and the unknown.

A label broken over lines is one unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.records import SourcePlace
from indexer.report.tables.streams.word_roles import FormWord, find_alike, find_word
from indexer.text.amounts import is_value

_FIGURE_LIKE = re.compile(
    r"(?:约|近|超过?|逾|共)?\s*[+\-]?[\d０-９][\d０-９,，.．]*\s*(?:余|多|几)?\s*(?:万|亿)?"
    r"\s*[元件个条项份次宗起例]{0,2}(?:[（(].*[）)])?"
    r"|\d{1,3}\s*(?:[-~～—–]|至)\s*\d{1,3}|\d{1,6}\s*[%％‰①-⑳*＊?？]+"
    r"|若干|[见详].{0,3}附.{0,4}|不详|暂无|没有|未统计|#\S+[!?！？]?"
    r"|[零〇一二三四五六七八九十百千万两]{1,6}(?:余|多)?[件个条项]?|[*＊…？?]+"
)
_UNCLOSED = re.compile(r"[（(][^（()）]*$")


@dataclass(frozen=True, slots=True)
class _LabelLimits:
    """The longest label over several tokens, in tokens and characters.

    A misprinted one is compared with all labels, which takes long.
    """

    pieces: int = 8
    length: int = 90
    misprinted_pieces: int = 4
    misprinted_length: int = 60


_LIMITS = _LabelLimits()
_MAX_FIGURE_LENGTH = 20
"""Characters of a text in place of a figure."""


@dataclass(frozen=True, slots=True)
class StreamToken:
    """A printed line or cell; `before` counts the blank lines or empty cells before it."""

    text: str
    place: SourcePlace
    before: int = 0


@dataclass(frozen=True, slots=True)
class StreamUnit:
    """One or more tokens that are a word of a form, a figure or text in its place, or unknown."""

    text: str
    place: SourcePlace
    before: int
    word: FormWord | None = None
    is_figure: bool = False
    size: int = 1


def read_units(tokens: Sequence[StreamToken]) -> list[StreamUnit]:
    """Return the units of a stream; a text that is no exact word may be a misprinted label."""
    spacing = min((token.before for token in tokens[1:]), default=0)
    units = list(_read_exact(tokens, spacing))
    if not any(unit.word for unit in units):
        return units
    mended: list[StreamUnit] = []
    at = 0
    while at < len(units):
        unit = units[at]
        if unit.word is None and not unit.is_figure:
            unit, taken = _read_alike(units, at)
            at += taken - 1
        mended.append(unit)
        at += 1
    return mended


def _read_exact(tokens: Sequence[StreamToken], spacing: int) -> Iterator[StreamUnit]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if is_value(token.text):
            unit = StreamUnit(token.text, token.place, token.before, is_figure=True)
        else:
            unit = _join_label(tokens, at, spacing) or StreamUnit(
                token.text, token.place, token.before, is_figure=is_figure_like(token.text)
            )
        yield unit
        at += unit.size


def is_figure_like(text: str) -> bool:
    """Return whether a text fills a cell in place of a figure: 若干, 30余."""
    return len(text) <= _MAX_FIGURE_LENGTH and bool(_FIGURE_LIKE.fullmatch(text.strip()))


def _join_label(tokens: Sequence[StreamToken], at: int, spacing: int) -> StreamUnit | None:
    """Return the longest run of tokens from here that is a word of a form.

    Words with a gap between them are two.
    """
    best: StreamUnit | None = None
    text = ""
    for size, token in enumerate(tokens[at : at + _LIMITS.pieces], start=1):
        parted = token.before > spacing or _UNCLOSED.search(text)
        if (
            is_value(token.text)
            or len(text) > _LIMITS.length
            or (best and parted and find_word(token.text))
        ):
            break
        text = f"{text}\n{token.text}" if text else token.text
        word = find_word(text)
        if word:
            best = StreamUnit(text, tokens[at].place, tokens[at].before, word, size=size)
    return best


def _read_alike(units: Sequence[StreamUnit], at: int) -> tuple[StreamUnit, int]:
    """Return the misprinted label that begins here, else the unit, and the number of units."""
    pieces: list[StreamUnit] = []
    for unit in units[at : at + _LIMITS.misprinted_pieces]:
        if unit.word or unit.is_figure:
            break
        pieces.append(unit)
    while pieces:
        text = "\n".join(piece.text for piece in pieces)
        word = find_alike(text) if len(text) <= _LIMITS.misprinted_length else None
        if word:
            first = pieces[0]
            size = sum(piece.size for piece in pieces)
            return StreamUnit(text, first.place, first.before, word, size=size), len(pieces)
        pieces.pop()
    return units[at], 1
