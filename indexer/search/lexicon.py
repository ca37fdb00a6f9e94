"""The words that the segmenter knows, and how common each is: jieba's dictionary, the terms of the field, names of places."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.metadata import distribution
from itertools import accumulate
from pathlib import Path

from indexer.regions.resolver import place_names
from indexer.text import fold

_TERM_FREQUENCY = 2000
"""So common that a term of the field is kept whole against the words it is made of."""
_PLACE_FREQUENCY, _PLACE_LENGTH = 50, 3
"""So rare that a place is kept whole against single characters (田南镇), but not against two words (大会/乡镇, not 大会乡/镇)."""
_LAST = b"\xff"
"""A byte behind every byte of UTF-8."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in their order, end to end: hundreds of thousands in a few megabytes, where a dict takes ten times as many."""

    text: bytes
    """In UTF-8, whose order is that of the characters."""
    starts: array[int]
    frequencies: array[int]
    total: int
    """Of all frequencies, as jieba counts: what is said anew of a word adds to what was said before."""
    characters: frozenset[str]
    """The characters of which the longer words are made."""

    def frequency(self, word: str) -> int:
        """Return how common a word is; 0: it is none of these."""
        sought = _encoded(word)
        at = self._place(sought)
        return self.frequencies[at] if self._word(at) == sought else 0

    def is_beginning(self, begun: str) -> bool:
        """Say whether a word begins so."""
        sought = _encoded(begun)
        return self._word(self._place(sought)).startswith(sought)

    def following(self, begun: str) -> Iterator[str]:
        """Yield the characters with which words that begin so go on, each once."""
        sought = _encoded(begun)
        at = self._place(sought)
        while at < len(self.frequencies) and (word := self._word(at)).startswith(sought):
            if word == sought:
                at += 1
            else:
                character = word[len(sought) :].decode()[0]
                yield character
                at = self._place(sought + character.encode() + _LAST)

    def _place(self, sought: bytes) -> int:
        return bisect_left(range(len(self.frequencies)), sought, key=self._word)

    def _word(self, at: int) -> bytes:
        return self.text[self.starts[at] : self.starts[at + 1]] if at < len(self.frequencies) else b""


@cache
def lexicon() -> Lexicon:
    """Return the words of jieba's dictionary and ours."""
    parts = Path(str(distribution("jieba").locate_file("jieba/dict.txt"))).read_bytes().split()
    counts = list(map(int, parts[1::3]))
    frequencies = dict(zip(parts[0::3], counts, strict=True))
    del parts
    added = {_encoded(term): least for term, least in added_terms().items()}
    added = {word: max(least, frequencies.get(word, 0)) for word, least in added.items()}
    return _build(frequencies | added, sum(counts) + sum(added.values()))


def _build(frequencies: Mapping[bytes, int], total: int) -> Lexicon:
    words = sorted(frequencies)
    return Lexicon(
        text=b"".join(words),
        starts=array("I", accumulate(map(len, words), initial=0)),
        frequencies=array("I", map(frequencies.__getitem__, words)),
        total=total,
        characters=frozenset().union(*(word for word in map(bytes.decode, words) if len(word) > 1)),
    )


def _encoded(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")


def added_terms() -> Mapping[str, int]:
    """Return what is kept whole and how common it counts as: the terms of the field, and the names of places.

    The shortest names (新镇, 应县) are left out: they would cut through other words (高新镇区, 对应县份).
    """
    lines = resources.files("indexer.search").joinpath("terms.txt").read_text(encoding="utf-8").splitlines()
    places = {fold(name): _PLACE_FREQUENCY for name in place_names() if len(name) >= _PLACE_LENGTH}
    return places | {fold(line): _TERM_FREQUENCY for line in lines if line and not line.startswith("#")}
