"""Bitsets over all documents: an eighth of the memory of a mask, and intersections are counted 64
documents at a time.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.types import IntArray, Mask

Bitset: TypeAlias = NDArray[np.uint64]
_WORD_BITS = 64


def empty_bitset(size: int) -> Bitset:
    """Return the empty bitset over `size` documents."""
    return np.zeros(-(-size // _WORD_BITS), dtype=np.uint64)


def pack_mask(mask: Mask) -> Bitset:
    """Return the bitset of a mask; the bits beyond its end are 0.

    >>> unpack_mask(pack_mask(np.array([True, False, True])), 3).tolist()
    [True, False, True]
    """
    bits = empty_bitset(len(mask))
    packed = np.packbits(mask)
    bits.view(np.uint8)[: len(packed)] = packed
    return bits


def unpack_mask(bits: Bitset, size: int) -> Mask:
    """Return the mask of a bitset over `size` documents, as an array of the caller's own."""
    return np.unpackbits(bits.view(np.uint8), count=size).view(np.bool_)


def intersection_counts(rows: NDArray[np.uint64], bits: Bitset) -> IntArray:
    """Return the sizes of the intersections of several bitsets, one per row, with one other."""
    counts: IntArray = np.bitwise_count(rows & bits).sum(axis=1, dtype=np.uint32).astype(np.int64)
    return counts
