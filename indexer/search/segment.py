"""Cutting folded text into words. Alone imports jieba, and with it alone decides what a word is."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources

import jieba

from indexer.regions.resolver import place_names
from indexer.text import HAN, fold

_OTHER = f"(?!{HAN})[^\\W_]"
_CLAUSE = re.compile(rf"{HAN}+|\d+(?:\.\d+)+(?![^\W_])|{_OTHER}(?:{_OTHER}|[\u0300-\u036f\u3099\u309a])*")
_is_chinese = re.compile(HAN).match
_TERM_FREQUENCY = 2000
"""So common that a term of the field is kept whole against the words it is made of."""
_PLACE_FREQUENCY, _PLACE_LENGTH = 50, 3
"""So rare that a place is kept whole against single characters (田南镇), but not against two words (大会/乡镇, not 大会乡/镇)."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: where it stands, `[start, end)`, and the how-manieth word it is or lies within."""

    text: str
    start: int
    end: int
    position: int


@dataclass(frozen=True, slots=True)
class Cut:
    """The tokens of a clause: their texts, the positions in the clause at which they stand, and how many those are."""

    terms: tuple[str, ...]
    positions: tuple[int, ...]
    size: int


def words(folded: str) -> list[str]:
    """Return the words of a folded text in order; punctuation and white space are no words.

    The same for a report and a query, and deterministic: no guessing of unknown words. They fall into single
    characters and are found all the same, because an unquoted run also matches where it stands literally.

    >>> words("依申请公开2019年gdp增长6.1%")
    ['依申请公开', '2019', '年', 'gdp', '增长', '6.1']
    """
    return [word for clause in clauses(folded) for word in _words(clause)]


def clauses(folded: str) -> list[str]:
    """Return the pieces of a folded text that are cut each by itself, in order: Chinese runs, numbers, other words.

    What stands between them is no word. Reports repeat most of them, so that one who cuts many need cut each but once.

    >>> clauses("截至2019年，gdp增长6.1%。")
    ['截至', '2019', '年', 'gdp', '增长', '6.1']
    """
    return _CLAUSE.findall(folded)


def cut_clause(clause: str) -> Cut:
    """Return the tokens of one of the `clauses`: joined, their positions counted on, they are the `tokens` of the text.

    >>> cut_clause("办理依申请公开")
    Cut(terms=('办理', '依申请公开', '申请', '公开'), positions=(0, 1, 1, 1), size=2)
    """
    terms: list[str] = []
    positions: list[int] = []
    within = _words(clause)
    for position, word in enumerate(within):
        terms.append(word)
        positions.append(position)
        for _, inner in _inner(word):
            terms.append(inner)
            positions.append(position)
    return Cut(tuple(terms), tuple(positions), len(within))


def tokens(folded: str) -> Iterator[Token]:
    """Yield the words under which a folded text is found: each word, and the words that it is made of, at its position.

    >>> [(token.text, token.position) for token in tokens("办理依申请公开")]
    [('办理', 0), ('依申请公开', 1), ('申请', 1), ('公开', 1)]
    """
    position = 0
    for match in _CLAUSE.finditer(folded):
        start = match.start()
        for word in _words(match[0]):
            yield Token(word, start, start + len(word), position)
            for at, inner in _inner(word):
                yield Token(inner, start + at, start + at + len(inner), position)
            start += len(word)
            position += 1


def beginning(folded: str, prefix: str) -> Iterator[Token]:
    """Yield the tokens that begin with a prefix, their positions counted within their run of characters only.

    The text between punctuation marks is cut by itself, so only what contains the prefix need be cut.
    """
    for match in _CLAUSE.finditer(folded):
        if prefix in match[0]:
            for token in tokens(match[0]):
                if token.text.startswith(prefix):
                    yield replace(token, start=match.start() + token.start, end=match.start() + token.end)


def _words(clause: str) -> tuple[str, ...]:
    return _cut_run(clause) if _is_chinese(clause) else (clause,)


@lru_cache(maxsize=1 << 16)
def _cut_run(run: str) -> tuple[str, ...]:
    """Return the words of a run of Chinese characters. Reports say much in the same words, clause by clause."""
    return tuple(_cutter().cut(run, HMM=False))


@lru_cache(maxsize=1 << 17)
def _inner(word: str) -> tuple[tuple[int, str], ...]:
    """Return the words of two characters and more that a Chinese word is made of, and those they are made of."""
    if len(word) < 3 or word not in _cutter().FREQ:
        return ()
    found: list[tuple[int, str]] = []
    for start, end in _split(word):
        if end - start > 1:
            found.append((start, word[start:end]))
            found += ((start + at, inner) for at, inner in _inner(word[start:end]))
    return tuple(found)


def _split(word: str) -> list[tuple[int, int]]:
    """Return the likeliest way to cut a word in two or more, as the segmenter would had it not known the word."""
    frequencies, total = _cutter().FREQ, math.log(_cutter().total)
    best: list[tuple[float, int]] = [(0.0, 0)] * (len(word) + 1)
    for start in range(len(word) - 1, -1, -1):
        ends = (end for end in range(start + 1, len(word) + 1) if end - start < len(word))
        best[start] = max(
            (math.log(frequencies.get(word[start:end]) or 1) - total + best[end][0], end)
            for end in ends
            if end == start + 1 or frequencies.get(word[start:end])
        )
    cuts, at = [], 0
    while at < len(word):
        cuts.append((at, best[at][1]))
        at = best[at][1]
    return cuts


def pieces(text: str) -> tuple[str, ...]:
    """Cut a printed text into pieces between which a line may break; joined they are the text.

    >>> pieces("收到和处理政府信息公开申请情况")
    ('收到', '和', '处理', '政府信息公开申请', '情况')
    """
    return tuple(_cutter().cut(text, HMM=False))


def commonness(folded: str) -> int:
    """Return how common a word is in the language, as the segmenter has it; 0: it knows no such word."""
    return int(_cutter().FREQ.get(folded, 0))


def is_beginning(folded: str) -> bool:
    """Say whether a word that the segmenter knows begins so."""
    return folded in _cutter().FREQ


@cache
def characters() -> frozenset[str]:
    """Return the characters of which the segmenter's longer words are made."""
    longer = (word for word, frequency in _cutter().FREQ.items() if frequency and len(word) > 1)
    return frozenset("".join(longer))


@cache
def fingerprint() -> str:
    """Return what changes when any text may be cut otherwise than before: an index holds good for one fingerprint."""
    digest = hashlib.sha256(f"{jieba.__version__}\n".encode())
    for term, frequency in _terms().items():
        digest.update(f"{term} {frequency}\n".encode())
    return digest.hexdigest()[:16]


@cache
def _cutter() -> jieba.Tokenizer:
    """Build the segmenter from its own dictionary and ours, past jieba's cache file in the world-writable `/tmp`."""
    cutter = jieba.Tokenizer()
    cutter.FREQ, cutter.total = cutter.gen_pfdict(cutter.get_dict_file())
    cutter.initialized = True
    for term, frequency in _terms().items():
        cutter.add_word(term, max(frequency, cutter.FREQ.get(term, 0)))
    return cutter


@cache
def _terms() -> Mapping[str, int]:
    """Return what is kept whole and how common it counts as: the terms of the field, and the names of places.

    The shortest names (新镇, 应县) are left out: they would cut through other words (高新镇区, 对应县份).
    """
    lines = resources.files("indexer.search").joinpath("terms.txt").read_text(encoding="utf-8").splitlines()
    places = {fold(name): _PLACE_FREQUENCY for name in place_names() if len(name) >= _PLACE_LENGTH}
    return places | {fold(line): _TERM_FREQUENCY for line in lines if line and not line.startswith("#")}
