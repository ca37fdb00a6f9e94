"""The segmenter's dictionary: jieba's words, the terms of the field and the names of places."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.metadata import distribution
from itertools import accumulate, chain, groupby, islice, pairwise
from pathlib import Path

from indexer.places.resolver import place_names
from indexer.text.folding import fold

_TERM_FREQUENCY = 2000
"""So common that a term of the field is kept whole against the words it is made of."""
_PLACE_FREQUENCY, _PLACE_LENGTH = 50, 3
"""So rare that a place wins against single characters (田南镇), but not against two words.

大会乡镇 is cut 大会/乡镇, not 大会乡/镇.
"""
_AFTER_UTF8 = b"\xff"
"""A byte behind every byte of UTF-8."""
_SIGNPOST_STEP = 32
"""Every so many lines one is kept as an object, so that a binary search makes few."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A sorted dictionary of words with their frequencies in one byte string.

    Hundreds of thousands of words take a few megabytes, where a dict takes ten times as much.
    """

    text: bytes
    """Lines `word frequency …` in UTF-8, sorted as the characters are; a space sorts first."""
    starts: array[int]
    signposts: Sequence[bytes]
    total: int
    """The sum of all frequencies as jieba counts it: a word given twice counts twice."""
    characters: frozenset[str]
    """The characters of which the longer words are made."""

    @property
    def frequencies(self) -> Iterator[int]:
        """The frequency of each word."""
        return (_frequency(self._line(at)) for at in range(len(self.starts) - 1))

    def frequency(self, word: str) -> int:
        """Return how common a word is; 0: it is none of these."""
        sought = _encoded(word) + b" "
        line = self._line(self._place(sought))
        return _frequency(line) if line.startswith(sought) else 0

    def is_beginning(self, begun: str) -> bool:
        """Say whether a word begins so."""
        sought = _encoded(begun)
        return self._line(self._place(sought)).startswith(sought)

    def following(self, begun: str) -> Iterator[str]:
        """Yield the characters with which words that begin so go on, each once."""
        sought = _encoded(begun)
        line = self._line(self._place(sought + b"!"))
        while line and line.startswith(sought):
            character = line[len(sought) :].decode()[0]
            yield character
            line = self._line(self._place(sought + character.encode() + _AFTER_UTF8))

    def _place(self, sought: bytes) -> int:
        low = max(bisect_left(self.signposts, sought) - 1, 0) * _SIGNPOST_STEP
        lines = range(len(self.starts) - 1)
        return bisect_left(
            lines, sought, low, min(low + _SIGNPOST_STEP, len(lines)), key=self._line
        )

    def _line(self, at: int) -> bytes:
        return (
            self.text[self.starts[at] : self.starts[at + 1]] if at < len(self.starts) - 1 else b""
        )


@cache
def lexicon() -> Lexicon:
    """Return the words of jieba's dictionary and ours."""
    text, starts, total = _read()
    lines = [text[start:end] for start, end in islice(pairwise(starts), 0, None, _SIGNPOST_STEP)]
    words = (text[start:end].split(b" ", 1)[0].decode() for start, end in pairwise(starts))
    return Lexicon(
        text,
        starts,
        lines,
        total,
        frozenset(chain.from_iterable(word for word in words if len(word) > 1)),
    )


def _read() -> tuple[bytes, array[int], int]:
    """Return the lines joined, the offset of each, and the total frequency.

    The lines themselves are freed when this returns.
    """
    lines = Path(str(distribution("jieba").locate_file("jieba/dict.txt"))).read_bytes().splitlines()
    total = sum(map(_frequency, lines))
    lines = [line for line, _ in groupby(sorted(lines))]
    unknown = []
    for term, least in added_terms().items():
        word = _encoded(term) + b" "
        at = bisect_left(lines, word)
        known = at < len(lines) and lines[at].startswith(word)
        frequency = max(least, _frequency(lines[at]) if known else 0)
        total += frequency
        if known:
            lines[at] = b"%b%d" % (word, frequency)
        else:
            unknown.append(b"%b%d" % (word, frequency))
    lines = sorted(lines + unknown)
    return b"".join(lines), array("I", accumulate(map(len, lines), initial=0)), total


def _frequency(line: bytes) -> int:
    return int(line.split(b" ", 2)[1])


def _encoded(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")


def added_terms() -> Mapping[str, int]:
    """Return the terms of the field and the names of places with their frequencies.

    The shortest names (新镇, 应县) are left out: they would cut through other words
    (高新镇区, 对应县份).
    """
    lines = (
        resources.files(__package__).joinpath("terms.txt").read_text(encoding="utf-8").splitlines()
    )
    places = {fold(name): _PLACE_FREQUENCY for name in place_names() if len(name) >= _PLACE_LENGTH}
    return places | {
        fold(line): _TERM_FREQUENCY for line in lines if line and not line.startswith("#")
    }
