"""The terms of a field in one segment, numbered in the order of their bytes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import pairwise

import numpy as np

from indexer.columnar.types import Array, IntArray, WordArray


class Terms:
    """Terms whose bytes lie one behind the other, with where each ends."""

    def __init__(self, text: Array, ends: Array) -> None:
        self._text, self._text_ends = text.data, ends.data
        self.size = len(ends)
        """The number of terms."""

    def term(self, number: int) -> bytes:
        """Return a term by its number."""
        start = self._text_ends[number - 1] if number else 0
        return bytes(self._text[start : self._text_ends[number]])

    def heads(self, size: int) -> IntArray:
        """Return of each term the first so many bytes, at most seven, as a number: those of less stand before those of more."""
        return (self._heads >> np.uint64(64 - 8 * size)).view(np.int64)

    @cached_property
    def _heads(self) -> WordArray:
        """The first eight bytes of each term, the first uppermost, zeros behind shorter ones."""
        return self.first_eights()

    def first_eights(self) -> WordArray:
        """Return of each term the first eight bytes as a number, the first uppermost, zeros behind shorter ones."""
        begins, ends = self._term_edges()
        beyond = 64 - 8 * np.minimum(ends - begins, 8).astype(np.uint64)
        firsts: WordArray = self._eights_at(begins) >> beyond << beyond
        return firsts

    def last_eights(self) -> WordArray:
        """Return of each term the last eight bytes as a number, of those that follow upon the first eight; 0 where none do."""
        begins, ends = self._term_edges()
        further = ends - begins - 8
        tails = np.zeros(self.size, dtype=np.uint64)
        long = np.flatnonzero(further > 0)
        beyond = 64 - 8 * np.minimum(further[long], 8).astype(np.uint64)
        tails[long] = self._eights_at(ends[long] - 8) << beyond >> beyond
        return tails

    def _term_edges(self) -> tuple[IntArray, IntArray]:
        """Return where each term begins and ends among the bytes of all."""
        edges = np.zeros(self.size + 1, dtype=np.int64)
        edges[1:] = self._text_ends
        return edges[:-1], edges[1:]

    def _eights_at(self, places: IntArray) -> WordArray:
        """Return the eight bytes from each of some places on as a number, the first uppermost; zeros follow upon the last term."""
        followed = np.concatenate([self._text, np.zeros(8, dtype=np.uint8)])
        eights: Array = np.ndarray((len(followed) - 7,), ">u8", followed, 0, (1,))
        found: WordArray = eights[places].astype(np.uint64)
        return found

    def find(self, term: bytes) -> int | None:
        """Return the number of a term; None if the field has no such term."""
        number = self.first_from(term)
        return number if number < self.size and self.term(number) == term else None

    def beginning(self, prefix: bytes) -> list[bytes]:
        """Return the terms that begin so, in their order."""
        least = prefix.rstrip(b"\xff")
        beyond = least[:-1] + bytes([least[-1] + 1]) if least else None
        low, high = self.first_from(prefix), self.first_from(beyond) if beyond else self.size
        if low == high:
            return []
        begin = self._text_ends[low - 1] if low else 0
        ends = [end - begin for end in self._text_ends[low:high]]
        text = bytes(self._text[begin : begin + ends[-1]])
        return [text[start:end] for start, end in pairwise([0, *ends])]

    def first_from(self, term: bytes) -> int:
        """Return the number of the first term that does not stand before this one; `size` if all do."""
        heads = self._heads.data
        head = int.from_bytes(term[:8].ljust(8, b"\0"), "big")
        low = bisect_left(heads, head)
        return bisect_left(
            range(self.size), term, low, bisect_right(heads, head, low), key=self.term
        )
