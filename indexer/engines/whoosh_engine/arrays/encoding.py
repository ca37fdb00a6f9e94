"""Numbers that are mostly small, in a byte each: what does not fit stands in a list of its own.

A stream is the numbers of all terms one behind the other. `bytes` has 255 where the number is 255 or more; `wide` has those
numbers in order, `wide_ends[t]` how many of them stand before the end of term t.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
WIDE = 255
"""Numbers from here on do not fit into the byte."""


@dataclass(frozen=True, slots=True)
class Stream:
    """The encoded numbers of all terms."""

    bytes: NDArray[np.uint8]
    wide: NDArray[np.uint32]
    wide_ends: NDArray[np.uint32]

    def part(self, term: int, start: int, end: int) -> Numbers:
        """Return the numbers `[start, end)` of the stream, which are all those of a term."""
        numbers = self.bytes[start:end].astype(np.int64)
        first = int(self.wide_ends[term - 1]) if term else 0
        last = int(self.wide_ends[term])
        if last > first:
            numbers[numbers == WIDE] = self.wide[first:last]
        return numbers

    def all(self) -> Numbers:
        """Return the numbers of all terms."""
        numbers = self.bytes.astype(np.int64)
        numbers[numbers == WIDE] = self.wide
        return numbers


def encode(numbers: Numbers, ends: Numbers) -> Stream:
    """Return the stream of numbers of which those of term t end at `ends[t]`; none is negative or reaches 2 to the 32nd."""
    wide = np.flatnonzero(numbers >= WIDE)
    return Stream(
        np.minimum(numbers, WIDE).astype(np.uint8),
        numbers[wide].astype(np.uint32),
        np.searchsorted(wide, ends).astype(np.uint32),
    )


def small_type(greatest: int) -> type[np.uint16 | np.uint32]:
    """Return the smallest type that holds every number up to the greatest."""
    return np.uint16 if greatest < 1 << 16 else np.uint32
