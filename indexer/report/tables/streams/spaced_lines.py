"""Cuts a line whose cells are separated by single blanks into words and figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal, TypeAlias

from indexer.report.tables.label_matching import plain
from indexer.report.tables.streams.units import is_figure_like
from indexer.report.tables.streams.word_roles import FormWord, find_alike, find_word
from indexer.text.amounts import is_number, is_value

Kind: TypeAlias = Literal["row", "figures", "heads", "label", "piece"]
_UNITS = frozenset({"元", "万元", "亿元", "千元", "件", "个", "条", "项", "份", "次"})
"""Units that a blank may separate from their number."""
_BLANKS = re.compile(r"[\s\u3000\xa0]+")
_NUMBERED_WITHIN = re.compile(
    r"(?<=[\u4e00-\u9fff])(?=[（(][一二三四五六七][）)]|[1-8][.．](?!\d))"
)
"""Where a label's numbering begins right behind its group's head."""
_GLUED = re.compile(
    r"(.*[\u4e00-\u9fff）)”])([0-9０-９]+(?:[.,，．][0-9０-９]+)*(?:万?元|[件个项条])?)"
)
"""A piece whose first figure is right behind its words."""
_MIN_FIGURES_OF_MISPRINT = 3
"""Figures behind a label that may be misprinted; with fewer it must be exactly the form's."""
_MAX_HEAD_LENGTH = 12
"""Characters of the longest head of a column."""


@dataclass(frozen=True, slots=True)
class SpacedLine:
    """The cells of a line.

    `heads` name columns, a `label` names a row or a group, and a `piece` is no whole word of a
    form.
    """

    kind: Kind
    words: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words before the figures."""
        return "".join(self.words)


@lru_cache(maxsize=4096)
def read_spaced(text: str) -> SpacedLine:
    """Return the cells of a line, cut at its blanks and where the forms' words meet.

    >>> read_spaced("三、本年度办理结果（一）予以公开 1 2")
    SpacedLine(kind='row', words=('三、本年度办理结果', '（一）予以公开'), figures=('1', '2'))
    >>> read_spaced("信息内容本年处理决定数量").words
    ('信息内容', '本年处理决定数量')
    """
    pieces = cut_pieces(text)
    end = len(pieces)
    while end and may_be_figure(pieces[end - 1]):
        end -= 1
    figures = tuple(pieces[end:])
    if not end:
        return SpacedLine("figures", (), figures)
    if not figures:
        return _read_words(text, pieces)
    words = _read_label(pieces[:end], sure=len(figures) >= _MIN_FIGURES_OF_MISPRINT)
    if words:
        return SpacedLine("row", words, figures)
    return SpacedLine("piece", tuple(pieces[:end]), figures)


def cut_pieces(text: str) -> list[str]:
    """Return the pieces between blanks, and a label apart from the figure right behind it.

    >>> cut_pieces("规章0 12 件 3")
    ['规章', '0', '12件', '3']
    """
    pieces = [part for piece in _BLANKS.split(text) if piece for part in _part_glued(piece)]
    return _join_units(pieces)


def may_be_figure(piece: str) -> bool:
    """Return whether a piece of a line stands in a cell for a figure."""
    return is_value(piece) or is_figure_like(piece)


def _part_glued(piece: str) -> list[str]:
    """Return the label of a row and the figure right behind it, to the letter; else the piece."""
    glued = _GLUED.fullmatch(piece)
    return [glued[1], glued[2]] if glued and _read_label([glued[1]], sure=False) else [piece]


def _join_units(pieces: Sequence[str]) -> list[str]:
    joined: list[str] = []
    for piece in pieces:
        if piece in _UNITS and joined and is_number(joined[-1]):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _read_words(text: str, pieces: Sequence[str]) -> SpacedLine:
    word = find_word(text)
    if word and (word.rows or word.is_group):
        return SpacedLine("label", (text,))
    if word:
        return SpacedLine("heads", (text,))
    heads = _cut_heads(pieces)
    if len(heads) > 1:
        return SpacedLine("heads", heads)
    label = _read_label(pieces, sure=False)
    return SpacedLine("label", label) if label else SpacedLine("piece", tuple(pieces))


def _read_label(pieces: Sequence[str], *, sure: bool) -> tuple[str, ...]:
    """Return the heads of groups and the row label in these pieces; empty without a known label.

    A merged cell may be printed once for every column that it spans.
    """
    parts = [part for piece in pieces for part in _NUMBERED_WITHIN.sub("\n", piece).split("\n")]
    parts = [part for part, _ in groupby(parts)]
    for first in range(len(parts)):
        label = "".join(parts[first:])
        word = find_word(label)
        groups = _join_groups(parts[:first]) if word and word.rows else None
        if groups is not None:
            return (*groups, label)
    label = "".join(pieces)
    return (label,) if sure and find_alike(label) else ()


def _join_groups(parts: Sequence[str]) -> tuple[str, ...] | None:
    """Return the heads of groups that some pieces are; None if they are anything else."""
    groups: list[str] = []
    begin = 0
    while begin < len(parts):
        for end in range(len(parts), begin, -1):
            word = find_word("".join(parts[begin:end]))
            if word and word.is_group:
                groups.append("".join(parts[begin:end]))
                begin = end
                break
        else:
            return None
    return tuple(groups)


def _cut_heads(pieces: Sequence[str]) -> tuple[str, ...]:
    """Return the column heads on a line, two of them known; empty if it has other words."""
    heads: list[str] = []
    for piece in pieces:
        heads += _cut_glued(piece) or [piece]
    known = [word for head in heads if (word := find_word(head)) and word.is_head]
    named = len({plain(head) for head in heads if _is_head(head)})
    return tuple(heads) if named > 1 and 2 * len(known) > len(heads) else ()


def _cut_glued(text: str) -> list[str]:
    """Return the heads that a text consists of, without blanks; empty if it has other words."""
    if _is_head(text):
        return [text]
    for end in range(min(len(text) - 1, _MAX_HEAD_LENGTH), 1, -1):
        if _is_head(text[:end]) and (rest := _cut_glued(text[end:])):
            return [text[:end], *rest]
    return []


def _is_head(text: str) -> bool:
    word: FormWord | None = find_word(text)
    return bool(word and word.is_head)
