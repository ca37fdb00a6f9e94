"""Streams: the integers of all terms of a field, bit-packed with exceptions (patched frame of
reference, as in PFOR).

Each term has its own width, the one that makes it smallest; integers that do not fit stand in a
list of exceptions. How many integers a term has is known from elsewhere. The arrays of a stream:

    …_bytes            the packed integers of each term (see `bits`), term after term, each cut off
                       after the last byte in use; then `bits.PADDING_BYTES` zeros
    …_byte_ends        where the bytes of each term end
    …_widths           the bits per integer of each term; 128 more if it has exceptions
    …_exceptions       the integers that do not fit, in order, 2 bytes each or 4 where one needs
                       more; in its place in the packed integers, each has all bits set
    …_exception_terms  the terms that have exceptions
    …_exception_ends   where the exceptions of each of these end

A term without exceptions uses “all bits set” as an ordinary value. Width 0 means that all integers
are 0 or, with exceptions, that all are exceptions.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import cached_property
from itertools import accumulate

import numpy as np

from indexer.columnar.bits import MASKS, gather, unpack, unpack_short, words_at_bytes
from indexer.columnar.types import Array, IntArray

HAS_EXCEPTIONS = 128
MAX_SHORT_LIST = 32
"""Up to this many integers, plain Python is faster than NumPy (measured)."""
_TERMS_PER_BLOCK = 64
"""The exceptions of a term are searched for within a block of this many terms."""
_RANDOM_READ_COST = 4
"""Reading one integer by itself costs as much as reading this many in order (measured)."""


class IntegerStream:
    """Reads the integers of terms. The caller knows how many a term has (`count`, `sizes`)."""

    def __init__(self, arrays: Mapping[str, Array], name: str) -> None:
        self._bytes = arrays[f"{name}_bytes"]
        self._exceptions = arrays[f"{name}_exceptions"]
        self._words = words_at_bytes(self._bytes)
        self._byte_ends, self._widths = arrays[f"{name}_byte_ends"], arrays[f"{name}_widths"]
        # Indexing a memoryview is many times as fast as indexing an array.
        self._data = self._bytes.data
        self._ends = self._byte_ends.data
        self._flags = self._widths.data
        self._exception_terms = arrays[f"{name}_exception_terms"].data
        self._exception_ends = arrays[f"{name}_exception_ends"].data

    def read(self, term: int, count: int) -> IntArray:
        """Return the integers of a term, as an array of the caller's own."""
        if count <= MAX_SHORT_LIST:
            return np.array(self.read_short(term, count), dtype=np.int64)
        packed = self._packed(term, count)
        numbers = packed.astype(np.int64, copy=False)
        self._patch(term, packed, numbers)
        return numbers

    def read_short(self, term: int, count: int) -> list[int]:
        """Return the integers of a term that has few."""
        width = self._flags[term]
        if not width:
            return [0] * count
        if width == HAS_EXCEPTIONS:
            exceptions: list[int] = self._exceptions_of(term).tolist()
            return exceptions
        begin = self._ends[term - 1] if term else 0
        numbers = unpack_short(self._data[begin : self._ends[term]], width & ~HAS_EXCEPTIONS, count)
        if width & HAS_EXCEPTIONS:
            escape = (1 << width - HAS_EXCEPTIONS) - 1
            instead = iter(self._exceptions_of(term).tolist())
            numbers = [next(instead) if number == escape else number for number in numbers]
        return numbers

    def read_into(self, term: int, numbers: Array) -> None:
        """Read the integers of a term into an array of their number, of a type that holds them."""
        flags = self._flags[term]
        if flags in (0, HAS_EXCEPTIONS):
            numbers[:] = self._exceptions_of(term) if flags else 0
            return
        packed = self._packed(term, len(numbers))
        numbers[:] = packed
        self._patch(term, packed, numbers)

    def upper_bound(self, term: int) -> int:
        """Return a number that none of the integers of a term exceeds."""
        flags = self._flags[term]
        return int(self._exceptions_of(term).max()) if flags & HAS_EXCEPTIONS else (1 << flags) - 1

    def read_cumulative(self, term: int, count: int, min_delta: int = 0) -> IntArray:
        """Return the running sums of a term's deltas, adding `min_delta` to each but the first."""
        if count <= MAX_SHORT_LIST:
            numbers = self.read_short(term, count)
            if min_delta:
                numbers[1:] = [number + min_delta for number in numbers[1:]]
            return np.array(list(accumulate(numbers)), dtype=np.int64)
        deltas = self.read(term, count)
        if min_delta:
            deltas[1:] += min_delta
        return deltas.cumsum(out=deltas)

    def read_at(self, term: int, count: int, at: IntArray) -> IntArray:
        """Return the integers of a term at the given indexes."""
        if _RANDOM_READ_COST * len(at) > count:
            return self.read(term, count)[at]
        flags = self._flags[term]
        width = flags & ~HAS_EXCEPTIONS
        if not width:
            if flags:
                return self._exceptions_of(term)[at].astype(np.int64)
            return np.zeros(len(at), dtype=np.int64)
        begin = self._ends[term - 1] if term else 0
        numbers = gather(self._words, at * width + 8 * begin, MASKS[width])
        if flags & HAS_EXCEPTIONS:
            escape = (1 << width) - 1
            escaped = (numbers == escape).nonzero()[0]
            if len(escaped):
                all_escaped = (self._packed(term, count) == escape).nonzero()[0]
                which = all_escaped.searchsorted(at[escaped])
                numbers[escaped] = self._exceptions_of(term)[which]
        return numbers

    def read_range(self, first: int, last: int, sizes: Array) -> IntArray:
        """Return the integers of the terms `[first, last)`, concatenated; `sizes` is how many each
        term has.
        """
        begin = self._ends[first - 1] if first else 0
        flags = self._widths[first:last]
        widths = (flags & ~np.uint8(HAS_EXCEPTIONS)).astype(np.int64)
        begins = 8 * np.concatenate([np.array([begin]), self._byte_ends[first:last]])[:-1]
        ends = np.cumsum(sizes, dtype=np.int64)
        # Integer i of a term is at bit begin + i * width; i is its index less those of earlier
        # terms.
        at = np.arange(ends[-1] if len(ends) else 0)
        at *= np.repeat(widths, sizes)
        at += np.repeat(begins - (ends - sizes) * widths, sizes)
        masks = np.repeat(MASKS[widths], sizes)
        numbers = gather(self._words, at, masks)
        low, high = (
            bisect_left(self._exception_terms, first),
            bisect_left(self._exception_terms, last),
        )
        if high > low:
            escaped = np.flatnonzero(
                (numbers == masks.view(np.int64)) & np.repeat(flags >= HAS_EXCEPTIONS, sizes)
            )
            numbers[escaped] = self._exceptions[
                self._exception_end(low) : self._exception_end(high)
            ]
        return numbers

    def read_all(self, sizes: Array) -> IntArray:
        """Return the integers of all terms, concatenated."""
        return self.read_range(0, len(self._widths), sizes)

    def read_bytes(self, term: int, count: int) -> bytes:
        """Return the integers of a term, all of them below 256, as bytes."""
        if count <= MAX_SHORT_LIST:
            return bytes(self.read_short(term, count))
        has_exceptions = self._flags[term] & HAS_EXCEPTIONS
        numbers = self.read(term, count) if has_exceptions else self._packed(term, count)
        return numbers.astype(np.uint8).tobytes()

    def _packed(self, term: int, count: int) -> Array:
        """Return the integers of a term with all bits set where an exception stands."""
        width = self._flags[term] & ~HAS_EXCEPTIONS
        if not width:
            return np.zeros(count, dtype=np.int64)
        return unpack(self._bytes, self._ends[term - 1] if term else 0, count, width)

    def _patch(self, term: int, packed: Array, numbers: Array) -> None:
        """Put the exceptions of a term where the packed integers have all bits set."""
        flags = self._flags[term]
        if flags & HAS_EXCEPTIONS:
            escape = (1 << flags - HAS_EXCEPTIONS) - 1
            numbers[(packed == escape).nonzero()[0]] = self._exceptions_of(term)

    def _exceptions_of(self, term: int) -> Array:
        block = term // _TERMS_PER_BLOCK
        before = self._exception_terms_before
        number = bisect_left(self._exception_terms, term, before[block], before[block + 1])
        return self._exceptions[self._exception_end(number) : self._exception_end(number + 1)]

    @cached_property
    def _exception_terms_before(self) -> memoryview:
        """The number of terms with exceptions before each block of terms, and in all; bounds every
        search.
        """
        blocks = np.arange(0, len(self._widths) + _TERMS_PER_BLOCK, _TERMS_PER_BLOCK)
        return np.asarray(self._exception_terms).searchsorted(blocks).data

    def _exception_end(self, number: int) -> int:
        """Return where the exceptions of the first `number` terms that have any end."""
        return self._exception_ends[number - 1] if number else 0


def smallest_uint(maximum: int) -> type[np.uint16] | type[np.uint32]:
    """Return the smaller of the unsigned types of 2 and 4 bytes that holds a number."""
    return np.uint16 if maximum < 1 << 16 else np.uint32


def radix_argsort(keys: Array, below: int) -> IntArray:
    """Return the stable order of 32-bit keys less than `below`.

    NumPy radix-sorts 16-bit keys in linear time, so two such passes beat one comparison sort.
    """
    order = np.argsort((keys & 0xFFFF).astype(np.uint16), kind="stable")
    if below <= 1 << 16:
        return order
    return order[np.argsort((keys >> 16).astype(np.uint16)[order], kind="stable")]


def concatenated_ranges(begins: Array, sizes: Array) -> IntArray:
    """Return the ranges `begins[i]` … `begins[i] + sizes[i] - 1`, concatenated.

    >>> concatenated_ranges(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist()
    [5, 6, 9, 10, 11]
    """
    ends = sizes.cumsum(dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    ranges: IntArray = (np.asarray(begins, dtype=np.int64) - (ends - sizes)).repeat(sizes)
    ranges += np.arange(total)
    return ranges


def grouped_cumsum(deltas: IntArray, sizes: Array) -> IntArray:
    """Return the running sums of deltas within groups of these sizes, none of them empty.

    >>> grouped_cumsum(np.array([3, 1, 5, 2]), np.array([2, 2])).tolist()
    [3, 4, 5, 7]
    """
    sums = deltas.cumsum()
    begins = sizes.cumsum() - sizes
    within: IntArray = sums - (sums[begins] - deltas[begins]).repeat(sizes)
    return within
