"""One word or name of a query, as it may have been meant: with a part of it replaced by what is near and occurs."""

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

_LONGEST, _LONGEST_PART = 24, 8
_MOST_PARTS, _MOST_LOOKED_UP = 12, 120
_MOST_NAMES, _MOST_WHOLE = 3, 12
_SHORT = 3
_LINKING = PARTICLES | frozenset("零〇一二三四五六七八九十百千万两")
"""Numerals and particles stand beside any word: 公开六 is part of 公开六件 and means nothing."""
_HAN_ONLY = re.compile(f"{HAN}+")
_LETTERS = re.compile("[a-z']{3,}")


@dataclass(frozen=True, slots=True)
class _Rewriting:
    """The whole text with a part replaced, the part of it that must occur, its distance and how common it is in the language."""

    whole: str
    part: str
    edits: int
    common: int

    @property
    def likelihood(self) -> float:
        """How likely it was meant by what is known without the corpus: one edit more weighs as much as ten times rarer."""
        return math.log10(self.common) - self.edits


def rewrite(text: str, slips: bool, engine: SearchEngine) -> Sequence[str]:
    """Return what may have been meant by a text that finds nothing, or hardly anything, the likeliest first.

    First what sounds or looks the same, then with `slips` what one slip made this of; but what stands so in
    the corpus as a whole comes before what stands there in pieces. Letters may be a name's pinyin.
    """
    folded = fold(text)
    if _LETTERS.fullmatch(folded):
        return [one.label for one in engine.suggest(folded, _MOST_NAMES)]
    if len(folded) > _LONGEST:
        return ()
    parts = list(_doubtful_parts(folded, engine))[:_MOST_PARTS]
    alike = [
        one for part in parts for one in _replaced(folded, part, words_alike(folded[slice(*part)]))
    ]
    found = _by_worth(alike, engine) or _by_worth(_read_otherwise(folded), engine)
    if not slips or any(map(engine.frequency, found[:_MOST_WHOLE])):
        return sorted(found, key=lambda whole: not engine.frequency(whole))
    slipped = [one for part in parts for one in _slipped(folded, part)]
    others = [whole for whole in _by_worth(slipped, engine) if whole not in found]
    return sorted([*found, *others], key=lambda whole: not engine.frequency(whole))


def _slipped(folded: str, part: tuple[int, int]) -> Iterator[_Rewriting]:
    """Yield the text with a part that one slip made; a third of a word exchanged makes another word."""
    size = part[1] - part[0]
    nears = [
        near for near in words_near(folded[slice(*part)]) if len(near.text) != size or size > _SHORT
    ]
    return _replaced(folded, part, nears)


def rewrite_name(text: str, kind: NameKind, engine: SearchEngine) -> Sequence[str]:
    """Return the names that may have been meant by one that nothing bears."""
    names = [one.label for one in engine.suggest(text, _MOST_NAMES, kind)]
    folded = fold(text)
    whole = (0, len(folded))
    return names or _by_worth(_replaced(folded, whole, words_near(folded[:_LONGEST_PART])), engine)


def _doubtful_parts(folded: str, engine: SearchEngine) -> Iterator[tuple[int, int]]:
    """Yield the spans, from word to word, in which something is no word, or a word that occurs nowhere; the shortest first."""
    cuts = [0]
    for word in segmenter.pieces(folded):
        cuts.append(cuts[-1] + len(word))
    odd = [len(word) == 1 or not engine.frequency(word) for word in segmenter.pieces(folded)]
    spans = [
        (cuts[first], cuts[last])
        for first in range(len(odd))
        for last in range(first + 1, len(odd) + 1)
        if any(odd[first:last]) and 2 <= cuts[last] - cuts[first] <= _LONGEST_PART
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
    """Yield the text with one single character replaced by one that sounds the same, with the neighbours it must occur between."""
    at = 0
    for word in segmenter.pieces(folded):
        for other in characters_alike(word)[1:] if len(word) == 1 and len(folded) > 2 else ():
            if other in _LINKING and word not in _LINKING:
                continue
            whole = folded[:at] + other + folded[at + 1 :]
            yield _Rewriting(whole, whole[max(at - 1, 0) : at + 2], 1, 1)
        at += len(word)


def _by_worth(found: Iterable[_Rewriting], engine: SearchEngine) -> list[str]:
    """Return the texts whose new part occurs, by how likely it was meant and how common it is in the corpus."""
    worth: dict[str, float] = {}
    likeliest = sorted(found, key=lambda one: (-one.likelihood, one.whole))
    for one in likeliest[:_MOST_LOOKED_UP]:
        frequency = engine.frequency(one.part)
        if frequency:
            worth[one.whole] = max(
                worth.get(one.whole, -math.inf), one.likelihood + math.log10(frequency)
            )
    return sorted(worth, key=lambda whole: (-worth[whole], whole))
