"""The segmenter: cuts folded text into words. Together with the lexicon it decides what a word is.

Words are cut as jieba (结巴) cuts them without guessing unknown words, by rjieba, which does the
same many times faster. Where the two differ, the text is cut here first: at the characters across
which jieba lets no word reach.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.metadata import version
from typing import NamedTuple

import rjieba

from indexer.search.analysis.lexicon import added_terms, lexicon
from indexer.text.folding import HAN

_OTHER = f"(?!{HAN})[^\\W_]"
_CLAUSE = re.compile(
    rf"{HAN}+|\d+(?:\.\d+)+(?![^\W_])|{_OTHER}(?:{_OTHER}|[\u0300-\u036f\u3099\u309a])*"
)
_is_chinese = re.compile(HAN).match
_BLOCK = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]+|\r\n|.", re.DOTALL)
"""What jieba cuts by itself: a run of word characters, a line break, or any other character."""
_is_block = re.compile(r"[\u4e00-\u9fd5]+").fullmatch
"""Most blocks are Chinese characters alone, which this tells faster than `_BLOCK` does."""
_BALLAST = "\n"
"""A word that no text contains: its frequency makes rjieba's total equal to jieba's."""


_MIN_COMPOUND_LENGTH = 3
"""The characters of the shortest word that is made of others."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text at `[start, end)`; `position` counts words that are no parts of others."""

    text: str
    start: int
    end: int
    position: int


class ClauseTokens(NamedTuple):
    """The tokens of a clause: their texts, their positions, and the number of positions."""

    terms: tuple[str, ...]
    positions: tuple[int, ...]
    size: int


def words(folded: str) -> list[str]:
    """Return the words of a folded text in order; punctuation and white space are no words.

    The same for a report and a query, and deterministic: unknown words are not guessed. They fall
    into single characters and are found all the same, because an unquoted run also matches
    literally.

    >>> words("依申请公开2019年gdp增长6.1%")
    ['依申请公开', '2019', '年', 'gdp', '增长', '6.1']
    """
    return [word for clause in clauses(folded) for word in _words(clause)]


def clauses(folded: str) -> list[str]:
    """Return the Chinese runs, numbers and other words of a folded text, each cut by itself.

    Reports repeat most of them, so whoever cuts many can cut each only once.

    >>> clauses("截至2019年，gdp增长6.1%。")
    ['截至', '2019', '年', 'gdp', '增长', '6.1']
    """
    return _CLAUSE.findall(folded)


def tokenize_clause(clause: str) -> ClauseTokens:
    """Return the tokens of one of the `clauses`.

    Joined, with their positions counted on, they are the `tokens` of the text.

    >>> tokenize_clause("办理依申请公开")
    ClauseTokens(terms=('办理', '依申请公开', '申请', '公开'), positions=(0, 1, 1, 1), size=2)
    """
    within = _words(clause, pieces)  # not kept: who cuts many clauses keeps what they are cut into
    if max(map(len, within)) < _MIN_COMPOUND_LENGTH:
        return ClauseTokens(within, tuple(range(len(within))), len(within))
    terms: list[str] = []
    positions: list[int] = []
    for position, word in enumerate(within):
        terms.append(word)
        positions.append(position)
        if len(word) >= _MIN_COMPOUND_LENGTH:
            inner = _inner(word)
            terms += [part for _, part in inner]
            positions += [position] * len(inner)
    return ClauseTokens(tuple(terms), tuple(positions), len(within))


def tokens(folded: str) -> Iterator[Token]:
    """Yield the tokens of a folded text: each word, and the words it is made of at its position.

    >>> [(token.text, token.position) for token in tokens("办理依申请公开")]
    [('办理', 0), ('依申请公开', 1), ('申请', 1), ('公开', 1)]
    """
    before = 0
    for match in _CLAUSE.finditer(folded):
        position = 0
        for term, start, position in _parts(match[0]):
            at = match.start() + start
            yield Token(term, at, at + len(term), before + position)
        before += position + 1


def tokens_with_prefix(folded: str, prefix: str) -> Iterator[Token]:
    """Yield the tokens that begin with a prefix, positions counted within their clause.

    Only clauses that contain the prefix are cut.
    """
    for match in _CLAUSE.finditer(folded):
        if prefix in match[0]:
            for token in tokens(match[0]):
                if token.text.startswith(prefix):
                    yield replace(
                        token, start=match.start() + token.start, end=match.start() + token.end
                    )


@lru_cache(maxsize=1 << 16)
def _cut_run(run: str) -> tuple[str, ...]:
    """Return the words of a run of Chinese characters; cached, for reports repeat their clauses."""
    return pieces(run)


def _words(clause: str, cut: Callable[[str], tuple[str, ...]] = _cut_run) -> tuple[str, ...]:
    return cut(clause) if _is_chinese(clause) else (clause,)


def _parts(clause: str) -> Iterator[tuple[str, int, int]]:
    """Yield the tokens of a clause, each with where it begins in it and its position."""
    start = 0
    for position, word in enumerate(_words(clause)):
        yield word, start, position
        for at, inner in _inner(word):
            yield inner, start + at, position
        start += len(word)


@lru_cache(maxsize=1 << 17)
def _inner(word: str) -> tuple[tuple[int, str], ...]:
    """Return the words of two or more characters that a Chinese word is made of, at any depth."""
    if len(word) < _MIN_COMPOUND_LENGTH or not _is_chinese(word):
        return ()
    found: list[tuple[int, str]] = []
    for start, end in _split(word):
        if end - start > 1:
            found.append((start, word[start:end]))
            found += ((start + at, inner) for at, inner in _inner(word[start:end]))
    return tuple(found)


def _split(word: str) -> list[tuple[int, int]]:
    """Return the likeliest way to cut a known word, as if the segmenter did not know it."""
    size, known = len(word), _cutter().has_word
    best: list[tuple[float, int]] = [(0.0, 0)] * (size + 1)
    for start in range(size - 1, -1, -1):
        ends = range(start + 1, size + 1 if start else size)
        ways = [
            (word[start:end], end) for end in ends if end == start + 1 or known(word[start:end])
        ]
        best[start] = max([(_likelihood(piece) + best[end][0], end) for piece, end in ways])
    cuts, at = [], 0
    while at < size:
        cuts.append((at, best[at][1]))
        at = best[at][1]
    return cuts


@lru_cache(maxsize=1 << 14)
def _likelihood(word: str) -> float:
    """Return the logarithm of a word's likelihood; an unknown word counts as if it occurred once.

    Cached: few words make up most longer ones.
    """
    return math.log(word_frequency(word) or 1) - math.log(lexicon().total)


def pieces(text: str) -> tuple[str, ...]:
    """Cut a printed text into pieces between which a line may break; joined they are the text.

    >>> pieces("收到和处理政府信息公开申请情况")
    ('收到', '和', '处理', '政府信息公开申请', '情况')
    """
    cut = _cutter().cut
    if len(text) > 1 and _is_block(text):
        return tuple(cut(text, False))
    return tuple(
        [
            word
            for block in _BLOCK.findall(text)
            for word in (cut(block, False) if len(block) > 1 else block)
        ]
    )


def word_frequency(folded: str) -> int:
    """Return how often a word occurs in the language; 0 if the segmenter does not know it."""
    return lexicon().frequency(folded) if _cutter().has_word(folded) else 0


def is_word_prefix(folded: str) -> bool:
    """Say whether a word that the segmenter knows begins so."""
    return lexicon().is_beginning(folded)


def next_characters(folded: str) -> Iterator[str]:
    """Yield the characters that continue a prefix in the words that the segmenter knows."""
    return lexicon().following(folded)


def characters() -> frozenset[str]:
    """Return the characters of which the segmenter's longer words are made."""
    return lexicon().characters


@cache
def fingerprint() -> str:
    """Return what changes when any text may be cut differently: an index is valid for one."""
    digest = hashlib.sha256(f"{version('jieba')} {version('rjieba')}\n".encode())
    for term, frequency in added_terms().items():
        digest.update(f"{term} {frequency}\n".encode())
    return digest.hexdigest()[:16]


@cache
def _cutter() -> rjieba.Jieba:
    """Build rjieba's segmenter with the words, frequencies and total of the lexicon."""
    rjieba.clear()  # the one that comes with the import, and that any thread may use
    cutter = rjieba.Jieba()
    for term, least in added_terms().items():
        cutter.add_word(term, lexicon().frequency(term) if cutter.has_word(term) else least, None)
    cutter.add_word(_BALLAST, lexicon().total - sum(lexicon().frequencies), None)
    return cutter
