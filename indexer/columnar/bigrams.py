"""The positions of all character bigrams of the texts of a segment, by which any string is found
exactly.

The texts of all documents are concatenated as 16-bit units (UTF-16). A bigram is two adjacent
units, the first in the upper half of 32 bits; its position is the index of its first unit in all
the texts.

    bigrams            the bigrams, ascending
    position_ends      where the positions of each bigram end
    position_deltas…   the first position of a bigram, then each less the one before; a stream (see
                       `streams`)
    text_ends          where the text of each document ends

No bigram starts with a line feed, which ends every field, so none spans two fields.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.array_file import ArrayFile
from indexer.columnar.stream_writer import encode_stream
from indexer.columnar.streams import IntegerStream, grouped_cumsum, radix_argsort
from indexer.columnar.types import Array, IntArray, Units

LINE_FEED = ord("\n")
_ALL_UNITS = 1 << 16
_CHUNK_SIZE = 1 << 22
"""Positions that are sorted at once, which bounds the memory."""


def build_bigrams(units: Units, text_ends: Array) -> dict[str, Array]:
    """Return the arrays of the texts, each of which ends with a line feed."""
    chunks = [_sort_chunk(units, low, high) for low, high in _unit_ranges(units)]
    none = np.zeros(0, dtype=np.uint32)
    bigrams = np.concatenate([none, *(chunk[0] for chunk in chunks)])
    sizes = np.concatenate([none, *(chunk[1] for chunk in chunks)])
    deltas = np.concatenate([none, *(chunk[2] for chunk in chunks)])
    return {
        "bigrams": bigrams,
        "position_ends": np.cumsum(sizes, dtype=np.int64).astype(np.uint32),
        **encode_stream("position_deltas", deltas, sizes),
        "text_ends": text_ends.astype(np.uint32),
    }


def _unit_ranges(units: Units) -> Iterator[tuple[int, int]]:
    """Divide the first units into ranges `[low, high)` of bounded size; a single unit may have more
    positions.
    """
    reached = np.zeros(_ALL_UNITS, dtype=np.int64)
    if len(units):
        reached = np.cumsum(np.bincount(units, minlength=_ALL_UNITS))
    low = 0
    while low < _ALL_UNITS:
        before = int(reached[low - 1]) if low else 0
        high = max(int(np.searchsorted(reached, before + _CHUNK_SIZE, side="right")), low + 1)
        yield low, min(high, _ALL_UNITS)
        low = high


def _sort_chunk(units: Units, low: int, high: int) -> tuple[Array, Array, Array]:
    """Return the bigrams whose first unit is in `[low, high)`, the number of their positions, and
    the position deltas.
    """
    firsts = units[:-1]
    inside = (firsts >= low) & (firsts < high) & (firsts != LINE_FEED)
    positions = np.flatnonzero(inside).astype(np.uint32)
    seconds = units[1:][positions].astype(np.uint32)
    keys = firsts[positions].astype(np.uint32) << np.uint32(16) | seconds
    order = radix_argsort(keys, 1 << 32)
    keys, positions = keys[order], positions[order]
    new = np.ones(len(keys), dtype=np.bool_)
    new[1:] = keys[1:] != keys[:-1]
    begins = np.flatnonzero(new)
    deltas = np.diff(positions, prepend=np.uint32(0))
    deltas[begins] = positions[begins]
    return keys[begins], np.diff(begins, append=len(keys)), deltas


class BigramPostings:
    """Reads the bigrams of a segment. To Whoosh it is a field whose terms are four bytes, UTF-16
    big-endian.
    """

    has_positions = True

    def __init__(self, file: ArrayFile) -> None:
        arrays = file.arrays
        self._bigrams, self._position_ends = arrays["bigrams"], arrays["position_ends"]
        # Indexing a memoryview is many times as fast as indexing an array.
        self._sorted, self._ends = self._bigrams.data, self._position_ends.data
        self._deltas = IntegerStream(arrays, "position_deltas")
        self.text_ends: NDArray[np.uint32] = arrays["text_ends"]
        self.size = len(self._bigrams)
        """The number of bigrams."""

    # ── by units ──

    @cached_property
    def _begins(self) -> memoryview:
        """Where the bigrams with each first unit begin, and where the last end."""
        begins = np.zeros(_ALL_UNITS + 1, dtype=np.uint32)
        counts = np.bincount(self._bigrams >> np.uint32(16), minlength=_ALL_UNITS)
        np.cumsum(counts, out=begins[1:])
        return begins.data

    def find_units(self, first: int, second: int) -> int | None:
        """Return the number of a bigram; None if it occurs nowhere."""
        bigram, end = first << 16 | second, self._begins[first + 1]
        number = bisect_left(self._sorted, bigram, self._begins[first], end)
        return number if number < end and self._sorted[number] == bigram else None

    def total_freq(self, number: int) -> int:
        """Return the number of positions of a bigram."""
        return self._ends[number] - (self._ends[number - 1] if number else 0)

    def global_positions(self, number: int) -> IntArray:
        """Return the positions of a bigram in all the texts, ascending."""
        return self._deltas.read_cumulative(number, self.total_freq(number))

    def unit_positions(self, unit: int) -> IntArray:
        """Return the positions of a single unit, ascending: those of all bigrams that start with
        it.
        """
        low, high = self._begins[unit], self._begins[unit + 1]
        if low == high:
            return np.zeros(0, dtype=np.int64)
        before = self._ends[low - 1] if low else 0
        sizes = np.diff(self._position_ends[low:high].astype(np.int64), prepend=before)
        positions = grouped_cumsum(self._deltas.read_range(low, high, sizes), sizes)
        return np.sort(positions.astype(np.uint32)).astype(np.int64)

    # ── as a field ──

    def term(self, number: int) -> bytes:
        """Return a bigram as a term."""
        return int(self._bigrams[number]).to_bytes(4, "big")

    def lower_bound(self, term: bytes) -> int:
        """Return the number of the first bigram that is not less than a term; `size` if all are."""
        bigram = np.uint32(int.from_bytes(term[:4].ljust(4, b"\0"), "big"))
        number = int(np.searchsorted(self._bigrams, bigram))
        return number + (len(term) > 4 and number < self.size and self.term(number) == term[:4])

    def find(self, term: bytes) -> int | None:
        """Return the number of a bigram by its term; None if it occurs nowhere."""
        number = self.lower_bound(term)
        return number if number < self.size and self.term(number) == term else None

    def doc_freq(self, number: int) -> int:
        """Return the number of documents that have a bigram."""
        return len(self.docs(number))

    def docs(self, number: int) -> IntArray:
        """Return the documents that have a bigram, ascending."""
        return np.unique(self._docs_at(self.global_positions(number)))

    def freqs(self, number: int) -> IntArray:
        """Return how often a bigram occurs in each document that has it."""
        return np.unique(self._docs_at(self.global_positions(number)), return_counts=True)[1]

    def positions(self, number: int, freqs: IntArray) -> IntArray:
        """Return the positions of a bigram within each of its documents, concatenated."""
        positions, docs = self.global_positions(number), self.docs(number)
        begins = np.concatenate([np.zeros(1, dtype=np.int64), self.text_ends])[docs]
        within: IntArray = positions - np.repeat(begins, freqs)
        return within

    def _docs_at(self, positions: IntArray) -> IntArray:
        return np.searchsorted(self.text_ends, positions.astype(np.uint32), side="right")
