"""Every two neighbouring characters of the texts of a segment, and each place where they stand: so any string is found exactly.

The texts of all documents lie one behind the other, in 16-bit units (UTF-16). A pair is two units, the first in the upper half of
32 bits; a place is the how-manieth unit of all the texts its first one is. The arrays (`build_pairs` makes them, `PairPostings` reads them):

    pairs               the pairs, ascending
    ends                how many places the pairs up to this one have
    gaps…               the first place of a pair, then each less the one before, a stream (`encoding`)
    text_ends           where the text of each document ends

No pair begins with a line end, which stands behind every field, so none leads from one text into another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.array_file import Packed
from indexer.columnar.stream_writer import encode
from indexer.columnar.streams import Stream, radix_order, walked
from indexer.columnar.types import Array, IntArray, Units

LINE_END = ord("\n")
_AT_ONCE = 1 << 22
"""So many places are sorted at once, to bound what that takes of memory."""


def build_pairs(units: Units, text_ends: NDArray[Any]) -> dict[str, Array]:
    """Return the arrays of the texts, each of which ends with a line end."""
    parts = [_sorted_part(units, low, high) for low, high in _ranges(units)]
    none = np.zeros(0, dtype=np.uint32)
    pairs = np.concatenate([none, *(part[0] for part in parts)])
    sizes = np.concatenate([none, *(part[1] for part in parts)])
    return {
        "pairs": pairs,
        "ends": np.cumsum(sizes, dtype=np.int64).astype(np.uint32),
        **encode("gaps", np.concatenate([none, *(part[2] for part in parts)]), sizes),
        "text_ends": text_ends.astype(np.uint32),
    }


def _ranges(units: Units) -> Iterator[tuple[int, int]]:
    """Cut the range of first units into ranges `[low, high)` with some `_AT_ONCE` places each; a single unit may have more."""
    reached = (
        np.cumsum(np.bincount(units, minlength=1 << 16))
        if len(units)
        else np.zeros(1 << 16, dtype=np.int64)
    )
    low = 0
    while low < 1 << 16:
        before = int(reached[low - 1]) if low else 0
        high = max(int(np.searchsorted(reached, before + _AT_ONCE, side="right")), low + 1)
        yield low, min(high, 1 << 16)
        low = high


def _sorted_part(units: Units, low: int, high: int) -> tuple[Array, Array, Array]:
    """Return the pairs whose first unit is in `[low, high)`, how many places each has, and the gaps between those."""
    firsts = units[:-1]
    places = np.flatnonzero((firsts >= low) & (firsts < high) & (firsts != LINE_END)).astype(
        np.uint32
    )
    keys = firsts[places].astype(np.uint32) << np.uint32(16) | units[1:][places].astype(np.uint32)
    order = radix_order(keys, 1 << 32)
    keys, places = keys[order], places[order]
    new = np.ones(len(keys), dtype=np.bool_)
    new[1:] = keys[1:] != keys[:-1]
    begins = np.flatnonzero(new)
    gaps = np.diff(places, prepend=np.uint32(0))
    gaps[begins] = places[begins]
    return keys[begins], np.diff(begins, append=len(keys)), gaps


class PairPostings:
    """Reads the arrays of the pairs of a segment. To Whoosh it is a field: a pair's term is its four bytes, UTF-16 with the upper first."""

    has_positions = True

    def __init__(self, packed: Packed) -> None:
        arrays = packed.arrays
        self._pairs, self._ends = arrays["pairs"], arrays["ends"]
        # A memoryview gives a single number many times as fast as an array.
        self._known, self._reached = self._pairs.data, self._ends.data
        self._gaps = Stream(arrays, "gaps")
        self.text_ends: NDArray[np.uint32] = arrays["text_ends"]
        self.size = len(self._pairs)
        """The number of pairs."""

    # ── by units ──

    @cached_property
    def _begins(self) -> memoryview:
        """Where the pairs begin that begin with each unit, and where the last end."""
        begins = np.zeros((1 << 16) + 1, dtype=np.uint32)
        np.cumsum(np.bincount(self._pairs >> np.uint32(16), minlength=1 << 16), out=begins[1:])
        return begins.data

    def number_of(self, first: int, second: int) -> int | None:
        """Return the number of a pair; None if it stands nowhere."""
        pair, end = first << 16 | second, self._begins[first + 1]
        number = bisect_left(self._known, pair, self._begins[first], end)
        return number if number < end and self._known[number] == pair else None

    def occurrences(self, number: int) -> int:
        """Return at how many places a pair stands."""
        return self._reached[number] - (self._reached[number - 1] if number else 0)

    def places(self, number: int) -> IntArray:
        """Return the places of a pair, ascending."""
        return self._gaps.sums(number, self.occurrences(number))

    def places_of_unit(self, unit: int) -> IntArray:
        """Return the places of one unit, ascending: wherever a pair begins with it."""
        low, high = self._begins[unit], self._begins[unit + 1]
        if low == high:
            return np.zeros(0, dtype=np.int64)
        sizes = np.diff(
            self._ends[low:high].astype(np.int64), prepend=self._reached[low - 1] if low else 0
        )
        places = walked(self._gaps.between(low, high, sizes), sizes)
        return np.sort(places.astype(np.uint32)).astype(np.int64)

    # ── as a field ──

    def term(self, number: int) -> bytes:
        """Return a pair as a term."""
        return int(self._pairs[number]).to_bytes(4, "big")

    def first_from(self, term: bytes) -> int:
        """Return the number of the first pair that does not stand before a term; `size` if all do."""
        number = int(
            np.searchsorted(self._pairs, np.uint32(int.from_bytes(term[:4].ljust(4, b"\0"), "big")))
        )
        return number + (len(term) > 4 and number < self.size and self.term(number) == term[:4])

    def find(self, term: bytes) -> int | None:
        """Return the number of a pair by its term; None if it stands nowhere."""
        number = self.first_from(term)
        return number if number < self.size and self.term(number) == term else None

    def frequency(self, number: int) -> int:
        """Return in how many documents a pair stands."""
        return len(self.docs(number))

    def docs(self, number: int) -> IntArray:
        """Return the documents that have a pair, ascending."""
        return np.unique(self._docs_of(self.places(number)))

    def counts(self, number: int) -> IntArray:
        """Return how often a pair stands in each document that has it."""
        return np.unique(self._docs_of(self.places(number)), return_counts=True)[1]

    def positions(self, number: int, counts: IntArray) -> IntArray:
        """Return the places of a pair within each of its documents, one behind the other."""
        places, docs = self.places(number), self.docs(number)
        begins = np.concatenate([np.zeros(1, dtype=np.int64), self.text_ends])[docs]
        within: IntArray = places - np.repeat(begins, counts)
        return within

    def _docs_of(self, places: IntArray) -> IntArray:
        return np.searchsorted(self.text_ends, places.astype(np.uint32), side="right")
