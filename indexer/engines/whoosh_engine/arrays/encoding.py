"""Numbers that are mostly small, in a byte or two each: what does not fit stands in a list of its own.

A stream is the numbers of all terms one behind the other. `small` has the greatest number of its type where a number reaches that;
`wide` has those numbers in order, `wide_ends[t]` how many of them stand before the end of term t.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Small = type[np.uint8] | type[np.uint16] | type[np.uint32]


@dataclass(frozen=True, slots=True)
class Stream:
    """The encoded numbers of all terms."""

    small: NDArray[Any]
    wide: NDArray[np.uint32]
    wide_ends: NDArray[np.uint32]

    def part(self, term: int, start: int, end: int) -> Numbers:
        """Return the numbers `[start, end)` of the stream, which are all those of a term."""
        return self.parts(term, term + 1, start, end)

    def parts(self, first: int, last: int, start: int, end: int) -> Numbers:
        """Return the numbers `[start, end)` of the stream, which are all those of the terms `[first, last)`."""
        numbers = self.small[start:end].astype(np.int64)
        begin, behind = int(self.wide_ends[first - 1]) if first else 0, int(self.wide_ends[last - 1])
        if behind > begin:
            numbers[numbers == _escape(self.small.dtype)] = self.wide[begin:behind]
        return numbers

    def some(self, term: int, start: int, end: int, at: Numbers) -> Numbers:
        """Return those numbers that stand at `start + at` in the stream; those of the term are `[start, end)`."""
        numbers = self.small[start + at].astype(np.int64)
        begin, behind = int(self.wide_ends[term - 1]) if term else 0, int(self.wide_ends[term])
        if behind > begin:
            escape = _escape(self.small.dtype)
            escaped = np.flatnonzero(numbers == escape)
            known = np.flatnonzero(self.small[start:end] == escape)
            numbers[escaped] = self.wide[begin:behind][np.searchsorted(known, at[escaped])]
        return numbers

    def all(self) -> Numbers:
        """Return the numbers of all terms."""
        numbers = self.small.astype(np.int64)
        numbers[numbers == _escape(self.small.dtype)] = self.wide
        return numbers


def encode(numbers: NDArray[Any], ends: NDArray[Any], kind: Small = np.uint8) -> Stream:
    """Return the stream of numbers of which those of term t end at `ends[t]`; none is negative or reaches 2 to the 32nd."""
    escape = _escape(np.dtype(kind))
    wide = np.flatnonzero(numbers >= escape)
    return Stream(
        np.minimum(numbers, escape).astype(kind),
        numbers[wide].astype(np.uint32),
        np.searchsorted(wide, ends).astype(np.uint32),
    )


def small_type(greatest: int) -> Small:
    """Return the smallest type of two bytes or four that holds every number up to the greatest."""
    return np.uint16 if greatest < 1 << 16 else np.uint32


def radix_order(keys: NDArray[np.uint32], below: int) -> Numbers:
    """Return the order that sorts the keys and leaves equal ones as they are: NumPy sorts 16 bits at a time in linear time."""
    order = np.argsort((keys & 0xFFFF).astype(np.uint16), kind="stable")
    if below <= 1 << 16:
        return order
    return order[np.argsort((keys >> 16).astype(np.uint16)[order], kind="stable")]


def spread(begins: NDArray[Any], sizes: NDArray[Any]) -> Numbers:
    """Return `begins[0]`, `begins[0] + 1`, … `sizes[0]` of them, then those of `begins[1]`, and so on.

    >>> spread(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist()
    [5, 6, 9, 10, 11]
    """
    ends = np.cumsum(sizes, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(np.asarray(begins, dtype=np.int64) - (ends - sizes), sizes) + np.arange(total)


def walked(steps: Numbers, sizes: NDArray[Any]) -> Numbers:
    """Return the sums of steps within groups of these sizes, each group beginning anew; no group is empty."""
    sums = np.cumsum(steps)
    begins = np.cumsum(sizes) - sizes
    within: Numbers = sums - np.repeat(sums[begins] - steps[begins], sizes)
    return within


def _escape(kind: np.dtype[Any]) -> int:
    return int(np.iinfo(kind).max)
