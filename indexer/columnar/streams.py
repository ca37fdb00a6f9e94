"""IntArray that are mostly small, in few bits each: what does not fit stands in a list of its own.

A stream has numbers of terms; how many each has is known from elsewhere. The arrays:

    …_bytes       the numbers of a term, each of so many bits as its width (`bits` says how), without the bytes that it does not need;
                  then those of the next; then `bits.SLACK` zeros
    …_byte_ends   where the bytes of each term end
    …_widths      of each term: the bits of a number; 128 more if it has numbers that do not fit
    …_wide        those numbers in order, two bytes each, or four where one needs more; in its place each has all bits set
    …_wide_terms  the terms that have such
    …_wide_ends   where those of each end

A term that has none uses all bits set as a number like others. With width 0 all numbers are 0, or none fits.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.bits import MASKS, gather, unpack, unpack_few, words_of
from indexer.columnar.types import Array, IntArray

Small = type[np.uint16] | type[np.uint32]
WIDE = 128
_FEW = 32
"""So many numbers of a term are read faster one by one."""
_BLOCK = 64
"""The terms that have numbers that do not fit are looked for among so many terms."""
_MANY = 4
"""One number picked costs as much as so many read in their order."""


class Stream:
    """Reads the numbers of all terms. How many numbers a term has (`count`, `sizes`) is for the caller to know."""

    def __init__(self, arrays: Mapping[str, Array], name: str) -> None:
        self._bytes = arrays[f"{name}_bytes"]
        self._wide = arrays[f"{name}_wide"]
        self._words = words_of(self._bytes)
        self._byte_ends, self._widths = arrays[f"{name}_byte_ends"], arrays[f"{name}_widths"]
        # A memoryview gives a single number many times as fast as an array.
        self._data, self._ends, self._flags = (
            self._bytes.data,
            self._byte_ends.data,
            self._widths.data,
        )
        self._known_wide, self._reached_wide = (
            arrays[f"{name}_wide_terms"].data,
            arrays[f"{name}_wide_ends"].data,
        )

    def of(self, term: int, count: int) -> IntArray:
        """Return the numbers of a term, as an array of its own."""
        if count <= _FEW:
            return np.array(self.few(term, count), dtype=np.int64)
        fitting = self._fitting(term, count)
        numbers = fitting.astype(np.int64, copy=False)
        self._put_wide(term, fitting, numbers)
        return numbers

    def few(self, term: int, count: int) -> list[int]:
        """Return the numbers of a term that has few."""
        width = self._flags[term]
        if not width:
            return [0] * count
        if width == WIDE:
            wide: list[int] = self._wide_of(term).tolist()
            return wide
        begin = self._ends[term - 1] if term else 0
        numbers = unpack_few(self._data[begin : self._ends[term]], width & ~WIDE, count)
        if width & WIDE:
            escape = (1 << width - WIDE) - 1
            instead = iter(self._wide_of(term).tolist())
            numbers = [next(instead) if number == escape else number for number in numbers]
        return numbers

    def into(self, term: int, numbers: Array) -> None:
        """Read the numbers of a term into an array of their length, of a type that holds them."""
        flags = self._flags[term]
        if flags in (0, WIDE):
            numbers[:] = self._wide_of(term) if flags else 0
            return
        fitting = self._fitting(term, len(numbers))
        numbers[:] = fitting
        self._put_wide(term, fitting, numbers)

    def most(self, term: int) -> int:
        """Return what none of the numbers of a term exceeds."""
        flags = self._flags[term]
        return int(self._wide_of(term).max()) if flags & WIDE else (1 << flags) - 1

    def sums(self, term: int, count: int, least: int = 0) -> IntArray:
        """Return the sums of the numbers of a term up to each of them; each but the first is greater by `least` than what is stored."""
        if count <= _FEW:
            numbers = self.few(term, count)
            if least:
                numbers[1:] = [number + least for number in numbers[1:]]
            return np.array(list(accumulate(numbers)), dtype=np.int64)
        gaps = self.of(term, count)
        if least:
            gaps[1:] += least
        return gaps.cumsum(out=gaps)

    def some(self, term: int, count: int, at: IntArray) -> IntArray:
        """Return those of the numbers of a term that stand at the given places among them."""
        if _MANY * len(at) > count:
            return self.of(term, count)[at]
        flags = self._flags[term]
        width = flags & ~WIDE
        if not width:
            return (
                self._wide_of(term)[at].astype(np.int64)
                if flags
                else np.zeros(len(at), dtype=np.int64)
            )
        begin = self._ends[term - 1] if term else 0
        numbers = gather(self._words, at * width + 8 * begin, MASKS[width])
        if flags & WIDE:
            escape = (1 << width) - 1
            escaped = (numbers == escape).nonzero()[0]
            if len(escaped):
                known = (self._fitting(term, count) == escape).nonzero()[0]
                numbers[escaped] = self._wide_of(term)[known.searchsorted(at[escaped])]
        return numbers

    def between(self, first: int, last: int, sizes: NDArray[Any]) -> IntArray:
        """Return the numbers of the terms `[first, last)`, one behind the other; of which each has so many."""
        begin = self._ends[first - 1] if first else 0
        flags = self._widths[first:last]
        widths = (flags & ~np.uint8(WIDE)).astype(np.int64)
        begins = 8 * np.concatenate([np.array([begin]), self._byte_ends[first:last]])[:-1]
        ends = np.cumsum(sizes, dtype=np.int64)
        at = np.arange(ends[-1] if len(ends) else 0)
        at *= np.repeat(widths, sizes)
        at += np.repeat(begins - (ends - sizes) * widths, sizes)
        masks = np.repeat(MASKS[widths], sizes)
        numbers = gather(self._words, at, masks)
        low, high = bisect_left(self._known_wide, first), bisect_left(self._known_wide, last)
        if high > low:
            escaped = np.flatnonzero(
                (numbers == masks.view(np.int64)) & np.repeat(flags >= WIDE, sizes)
            )
            numbers[escaped] = self._wide[self._wide_end(low) : self._wide_end(high)]
        return numbers

    def all(self, sizes: NDArray[Any]) -> IntArray:
        """Return the numbers of all terms."""
        return self.between(0, len(self._widths), sizes)

    def codes(self, term: int, count: int) -> bytes:
        """Return the numbers of a term of a stream of which none reaches 256."""
        if count <= _FEW:
            return bytes(self.few(term, count))
        numbers = self.of(term, count) if self._flags[term] & WIDE else self._fitting(term, count)
        return numbers.astype(np.uint8).tobytes()

    def _fitting(self, term: int, count: int) -> Array:
        width = self._flags[term] & ~WIDE
        if not width:
            return np.zeros(count, dtype=np.int64)
        return unpack(self._bytes, self._ends[term - 1] if term else 0, count, width)

    def _put_wide(self, term: int, fitting: Array, numbers: Array) -> None:
        """Put the numbers of a term that do not fit where all bits are set of those that are stored."""
        flags = self._flags[term]
        if flags & WIDE:
            numbers[(fitting == (1 << flags - WIDE) - 1).nonzero()[0]] = self._wide_of(term)

    def _wide_of(self, term: int) -> Array:
        block = term // _BLOCK
        number = bisect_left(
            self._known_wide, term, self._wide_before[block], self._wide_before[block + 1]
        )
        return self._wide[self._wide_end(number) : self._wide_end(number + 1)]

    @cached_property
    def _wide_before(self) -> memoryview:
        """How many terms before each block of terms, and in all, have numbers that do not fit: a search in them ends after few steps."""
        blocks = np.arange(0, len(self._widths) + _BLOCK, _BLOCK)
        return np.asarray(self._known_wide).searchsorted(blocks).data

    def _wide_end(self, number: int) -> int:
        """Return where the numbers end of the first so many terms that have numbers that do not fit."""
        return self._reached_wide[number - 1] if number else 0


def small_type(greatest: int) -> Small:
    """Return the smallest type of two bytes or four that holds every number up to the greatest."""
    return np.uint16 if greatest < 1 << 16 else np.uint32


def radix_order(keys: NDArray[np.uint32], below: int) -> IntArray:
    """Return the order that sorts the keys and leaves equal ones as they are: NumPy sorts 16 bits at a time in linear time."""
    order = np.argsort((keys & 0xFFFF).astype(np.uint16), kind="stable")
    if below <= 1 << 16:
        return order
    return order[np.argsort((keys >> 16).astype(np.uint16)[order], kind="stable")]


def spread(begins: NDArray[Any], sizes: NDArray[Any]) -> IntArray:
    """Return `begins[0]`, `begins[0] + 1`, … `sizes[0]` of them, then those of `begins[1]`, and so on.

    >>> spread(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist()
    [5, 6, 9, 10, 11]
    """
    ends = sizes.cumsum(dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    spread: IntArray = (np.asarray(begins, dtype=np.int64) - (ends - sizes)).repeat(sizes)
    spread += np.arange(total)
    return spread


def walked(steps: IntArray, sizes: NDArray[Any]) -> IntArray:
    """Return the sums of steps within groups of these sizes, each group beginning anew; no group is empty."""
    sums = steps.cumsum()
    begins = sizes.cumsum() - sizes
    within: IntArray = sums - (sums[begins] - steps[begins]).repeat(sizes)
    return within
