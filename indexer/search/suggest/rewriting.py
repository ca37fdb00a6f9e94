"""Rewrites one word or name of a query as it may have been meant, with parts that do occur."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.search.analysis import segmenter
from indexer.search.analysis.run_expansion import PARTICLES
from indexer.search.port import NameKind, SearchEngine
from indexer.search.suggest.near_words import NearWord, characters_alike, words_alike, words_near
from indexer.text.folding import HAN, fold

_MAX_TEXT_LENGTH, _MAX_PART_LENGTH = 24, 8
"""In characters: a longer text is prose, a longer part is no word."""
_MAX_PARTS, _MAX_LOOKED_UP, _MAX_WHOLE_LOOKED_UP, _MAX_NAMES = 12, 120, 12, 3
"""The work spent on one text: each look-up reads postings of the index."""
_SHORT_WORD = 3
"""A third of a word exchanged makes another word."""
_LINKING = PARTICLES | frozenset("零〇一二三四五六七八九十百千万两")
"""Numerals and particles stand beside any word: 公开六 is part of 公开六件 and means nothing."""
_HAN_ONLY = re.compile(f"{HAN}+")
_LETTERS = re.compile("[a-z']{3,}")


@dataclass(frozen=True, slots=True)
class _Rewriting:
    """The whole text with a `part` replaced that must occur, its edits and its frequency."""

    whole: str
    part: str
    edits: int
    common: int

    @property
    def likelihood(self) -> float:
        """The likelihood without the corpus: an edit more weighs as much as ten times rarer."""
        return math.log10(self.common) - self.edits


def rewrite(text: str, slips: bool, engine: SearchEngine) -> Sequence[str]:
    """Return what may have been meant by a text that finds next to nothing, the likeliest first.

    First what sounds or looks the same, then with `slips` what one slip made this of; but what
    occurs in the corpus as a whole comes before what occurs in pieces. Letters may be pinyin.
    """
    folded = fold(text)
    if _LETTERS.fullmatch(folded):
        return [one.label for one in engine.suggest(folded, _MAX_NAMES)]
    if len(folded) > _MAX_TEXT_LENGTH:
        return ()
    parts = list(_doubtful_parts(folded, engine))[:_MAX_PARTS]
    found = _rewritten_alike(folded, parts, engine)
    if slips and not any(map(engine.max_doc_freq, found[:_MAX_WHOLE_LOOKED_UP])):
        slipped = [one for part in parts for one in _slipped(folded, part)]
        others = _by_likelihood(slipped, engine)
        found = [*found, *(whole for whole in others if whole not in found)]
    return sorted(found, key=lambda whole: not engine.max_doc_freq(whole))


def _rewritten_alike(
    folded: str, parts: Sequence[tuple[int, int]], engine: SearchEngine
) -> list[str]:
    """Return the texts with a part that sounds or looks the same, else with one such character."""
    alike = [
        one for part in parts for one in _replaced(folded, part, words_alike(folded[slice(*part)]))
    ]
    return _by_likelihood(alike, engine) or _by_likelihood(_read_otherwise(folded), engine)


def _slipped(folded: str, part: tuple[int, int]) -> Iterator[_Rewriting]:
    """Yield the text with a part that one slip made; see `_SHORT_WORD`."""
    size = part[1] - part[0]
    nears = [
        near
        for near in words_near(folded[slice(*part)])
        if len(near.text) != size or size > _SHORT_WORD
    ]
    return _replaced(folded, part, nears)


def rewrite_name(text: str, kind: NameKind, engine: SearchEngine) -> Sequence[str]:
    """Return the names that may have been meant by one that nothing bears."""
    names = [one.label for one in engine.suggest(text, _MAX_NAMES, kind)]
    folded = fold(text)
    whole = (0, len(folded))
    return names or _by_likelihood(
        _replaced(folded, whole, words_near(folded[:_MAX_PART_LENGTH])), engine
    )


def _doubtful_parts(folded: str, engine: SearchEngine) -> Iterator[tuple[int, int]]:
    """Yield the spans of whole words that hold an unknown word or one that occurs nowhere.

    The shortest come first.
    """
    cuts = [0]
    for word in segmenter.pieces(folded):
        cuts.append(cuts[-1] + len(word))
    odd = [len(word) == 1 or not engine.max_doc_freq(word) for word in segmenter.pieces(folded)]
    spans = [
        (cuts[first], cuts[last])
        for first in range(len(odd))
        for last in range(first + 1, len(odd) + 1)
        if any(odd[first:last]) and 2 <= cuts[last] - cuts[first] <= _MAX_PART_LENGTH
    ]
    spans.sort(key=lambda span: span[1] - span[0])
    yield from (span for span in spans if _HAN_ONLY.fullmatch(folded, *span))


def _replaced(
    folded: str, part: tuple[int, int], nears: Sequence[NearWord]
) -> Iterator[_Rewriting]:
    start, end = part
    for near in nears:
        yield _Rewriting(
            folded[:start] + near.text + folded[end:], near.text, near.edits, near.common
        )


def _read_otherwise(folded: str) -> Iterator[_Rewriting]:
    """Yield the text with one single character replaced by a homophone.

    The part that must occur includes its neighbours.
    """
    at = 0
    for word in segmenter.pieces(folded):
        for other in characters_alike(word)[1:] if len(word) == 1 and len(folded) > 2 else ():
            if other in _LINKING and word not in _LINKING:
                continue
            whole = folded[:at] + other + folded[at + 1 :]
            yield _Rewriting(whole, whole[max(at - 1, 0) : at + 2], 1, 1)
        at += len(word)


def _by_likelihood(found: Iterable[_Rewriting], engine: SearchEngine) -> list[str]:
    """Return the texts whose new part occurs, by likelihood and frequency in the corpus."""
    worth: dict[str, float] = {}
    likeliest = sorted(found, key=lambda one: (-one.likelihood, one.whole))
    for one in likeliest[:_MAX_LOOKED_UP]:
        frequency = engine.max_doc_freq(one.part)
        if frequency:
            worth[one.whole] = max(
                worth.get(one.whole, -math.inf), one.likelihood + math.log10(frequency)
            )
    return sorted(worth, key=lambda whole: (-worth[whole], whole))
