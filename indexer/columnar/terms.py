"""The term dictionary of a field in one segment: terms numbered in the order of their bytes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import pairwise

import numpy as np

from indexer.columnar.types import Array, IntArray, WordArray


class TermDictionary:
    """Finds terms by binary search over their first eight bytes. `size` is the number of terms."""

    def __init__(self, text: Array, ends: Array) -> None:
        self._text, self._text_ends = text.data, ends.data
        self.size = len(ends)

    def term(self, number: int) -> bytes:
        """Return a term by its number."""
        start = self._text_ends[number - 1] if number else 0
        return bytes(self._text[start : self._text_ends[number]])

    def heads(self, size: int) -> IntArray:
        """Return the first `size` bytes (at most 7) of each term as zero-padded big-endian
        integers, which sort like the terms.
        """
        return (self._heads >> np.uint64(64 - 8 * size)).view(np.int64)

    @cached_property
    def _heads(self) -> WordArray:
        return self.head_words()

    def head_words(self) -> WordArray:
        """Return the first eight bytes of each term as a zero-padded big-endian integer."""
        begins, ends = self._term_edges()
        unused_bits = 64 - 8 * np.minimum(ends - begins, 8).astype(np.uint64)
        words: WordArray = self._words_at(begins) >> unused_bits << unused_bits
        return words

    def tail_words(self) -> WordArray:
        """Return the last eight of the bytes behind the first eight of each term, as an integer; 0
        for shorter terms.
        """
        begins, ends = self._term_edges()
        further = ends - begins - 8
        tails = np.zeros(self.size, dtype=np.uint64)
        long = np.flatnonzero(further > 0)
        unused_bits = 64 - 8 * np.minimum(further[long], 8).astype(np.uint64)
        tails[long] = self._words_at(ends[long] - 8) << unused_bits >> unused_bits
        return tails

    def _term_edges(self) -> tuple[IntArray, IntArray]:
        """Return where each term begins and ends in the text of all."""
        edges = np.zeros(self.size + 1, dtype=np.int64)
        edges[1:] = self._text_ends
        return edges[:-1], edges[1:]

    def _words_at(self, offsets: IntArray) -> WordArray:
        """Return the eight bytes from each offset on as a big-endian integer; zeros follow the last
        term.
        """
        padded = np.concatenate([self._text, np.zeros(8, dtype=np.uint8)])
        words: Array = np.ndarray((len(padded) - 7,), ">u8", padded, 0, (1,))
        found: WordArray = words[offsets].astype(np.uint64)
        return found

    def find(self, term: bytes) -> int | None:
        """Return the number of a term; None if the field has no such term."""
        number = self.lower_bound(term)
        return number if number < self.size and self.term(number) == term else None

    def with_prefix(self, prefix: bytes) -> list[bytes]:
        """Return the terms that start with a prefix, in order."""
        incrementable = prefix.rstrip(b"\xff")
        beyond = incrementable[:-1] + bytes([incrementable[-1] + 1]) if incrementable else None
        low = self.lower_bound(prefix)
        high = self.lower_bound(beyond) if beyond else self.size
        if low == high:
            return []
        begin = self._text_ends[low - 1] if low else 0
        ends = [end - begin for end in self._text_ends[low:high]]
        text = bytes(self._text[begin : begin + ends[-1]])
        return [text[start:end] for start, end in pairwise([0, *ends])]

    def lower_bound(self, term: bytes) -> int:
        """Return the number of the first term that is not less than this one; `size` if all are."""
        heads = self._heads.data
        head = int.from_bytes(term[:8].ljust(8, b"\0"), "big")
        low = bisect_left(heads, head)
        high = bisect_right(heads, head, low)
        return bisect_left(range(self.size), term, low, high, key=self.term)
