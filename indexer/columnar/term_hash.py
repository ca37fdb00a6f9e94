"""A hash table over the terms of several fields of a segment.

A word costs one lookup for all fields, and next to nothing where no field has it. The hash is made
of the first eight bytes of a term and the last eight of what follows; terms in the same bucket are
told apart by their bytes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from indexer.columnar.streams import radix_argsort
from indexer.columnar.terms import TermDictionary
from indexer.columnar.types import WordArray

_HEAD_FACTOR, _TAIL_FACTOR = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F
"""Odd factors with well mixed bits (Fibonacci hashing; the second is a prime of xxHash)."""
_ALL_BITS = (1 << 64) - 1
_WORD_BYTES = 8


def hash_term(term: bytes) -> int:
    """Return the 64-bit hash of a term. Its highest bits are the best mixed."""
    head = int.from_bytes(term[:_WORD_BYTES].ljust(_WORD_BYTES, b"\0"), "big")
    tail = int.from_bytes(term[_WORD_BYTES:][-_WORD_BYTES:], "big")
    return (head * _HEAD_FACTOR + tail * _TAIL_FACTOR) & _ALL_BITS


def hash_terms(terms: TermDictionary) -> WordArray:
    """Return the hash of each term of a field."""
    heads, tails = terms.head_words(), terms.tail_words()
    return heads * np.uint64(_HEAD_FACTOR) + tails * np.uint64(_TAIL_FACTOR)


class TermHash:
    """Finds a term in several fields at once."""

    def __init__(self, fields: Sequence[TermDictionary]) -> None:
        self._fields = fields
        self._firsts = [0, *accumulate(field.size for field in fields)][:-1]
        total = sum(field.size for field in fields)
        bits = min(max(total.bit_length(), 1), 32)
        self._shift = 64 - bits
        hashes = np.concatenate([np.zeros(0, dtype=np.uint64), *map(hash_terms, fields)])
        buckets = (hashes >> np.uint64(self._shift)).astype(np.uint32)
        self._numbers = radix_argsort(buckets, 1 << bits).astype(np.uint32).data
        ends = np.cumsum(np.bincount(buckets, minlength=1 << bits), dtype=np.uint32)
        self._begins = np.concatenate([np.zeros(1, dtype=np.uint32), ends]).data

    def find(self, term: bytes, hashed: int) -> list[tuple[int, int]]:
        """Return the fields that have a term, and its number in each, by its `hash_term`."""
        bucket = hashed >> self._shift
        begin, end = self._begins[bucket], self._begins[bucket + 1]
        found = []
        for number in self._numbers[begin:end]:
            field = bisect_right(self._firsts, number) - 1
            within = number - self._firsts[field]
            if self._fields[field].term(within) == term:
                found.append((field, within))
        return found
