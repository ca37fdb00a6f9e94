"""Words looked up in several fields of a segment at once.

The terms of all the fields lie in one table of buckets, by a hash of their first eight bytes and of the last eight of what follows.
So a word costs one look for all fields, and next to nothing where it does not stand; what shares its bucket is told apart by its bytes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from indexer.columnar.streams import radix_order
from indexer.columnar.terms import Terms
from indexer.columnar.types import WordArray

_HEAD, _TAIL = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F
"""Odd numbers whose bits are well mixed."""
_ALL = (1 << 64) - 1
_EIGHT = 8


def hash_of(word: bytes) -> int:
    """Return the hash of a word, 64 bits, the uppermost the best mixed."""
    head = int.from_bytes(word[:_EIGHT].ljust(_EIGHT, b"\0"), "big")
    tail = int.from_bytes(word[_EIGHT:][-_EIGHT:], "big")
    return (head * _HEAD + tail * _TAIL) & _ALL


def hashes_of(terms: Terms) -> WordArray:
    """Return the hash of each term of a field."""
    return terms.first_eights() * np.uint64(_HEAD) + terms.last_eights() * np.uint64(_TAIL)


class WordTable:
    """The terms of several fields of a segment."""

    def __init__(self, fields: Sequence[Terms]) -> None:
        self._fields = fields
        self._firsts = [0, *accumulate(field.size for field in fields)][:-1]
        total = sum(field.size for field in fields)
        bits = min(max(total.bit_length(), 1), 32)
        self._shift = 64 - bits
        hashes = np.concatenate([np.zeros(0, dtype=np.uint64), *map(hashes_of, fields)])
        buckets = (hashes >> np.uint64(self._shift)).astype(np.uint32)
        self._numbers = radix_order(buckets, 1 << bits).astype(np.uint32).data
        ends = np.cumsum(np.bincount(buckets, minlength=1 << bits), dtype=np.uint32)
        self._begins = np.concatenate([np.zeros(1, dtype=np.uint32), ends]).data

    def find(self, word: bytes, hashed: int) -> list[tuple[int, int]]:
        """Return in which of the fields a word stands and its number there, by its hash as `hash_of` gives it."""
        bucket = hashed >> self._shift
        begin, end = self._begins[bucket], self._begins[bucket + 1]
        found = []
        for number in self._numbers[begin:end]:
            field = bisect_right(self._firsts, number) - 1
            within = number - self._firsts[field]
            if self._fields[field].term(within) == word:
                found.append((field, within))
        return found
