"""Which of all reports something holds for, a bit a report: an eighth of a mask's room, and counted 64 at a time."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.types import IntArray, Mask

Bitmap: TypeAlias = NDArray[np.uint64]
_WORD = 64


def nowhere(size: int) -> Bitmap:
    """Return the bits of none of `size` reports."""
    return np.zeros(-(-size // _WORD), dtype=np.uint64)


def pack(mask: Mask) -> Bitmap:
    """Return the bits of a mask; those behind its end are 0.

    >>> unpack(pack(np.array([True, False, True])), 3).tolist()
    [True, False, True]
    """
    bits = nowhere(len(mask))
    packed = np.packbits(mask)
    bits.view(np.uint8)[: len(packed)] = packed
    return bits


def unpack(bits: Bitmap, size: int) -> Mask:
    """Return the mask of the bits of `size` reports, an array of its own."""
    return np.unpackbits(bits.view(np.uint8), count=size).view(np.bool_)


def common(rows: NDArray[np.uint64], bits: Bitmap) -> IntArray:
    """Return how many reports each of several rows of bits has in common with these bits."""
    counts: IntArray = np.bitwise_count(rows & bits).sum(axis=1, dtype=np.uint32).astype(np.int64)
    return counts
