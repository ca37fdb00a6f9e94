"""IntArray of terms → the arrays of a stream (`encoding` says what they are)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.bits import SLACK, WIDTHS, pack
from indexer.columnar.streams import WIDE, small_type, spread
from indexer.columnar.types import Array, ByteArray, IntArray

Named: TypeAlias = tuple[str, NDArray[Any], NDArray[Any]]
"""A stream to be encoded: its name, its numbers, and how many each term has."""

_AT_ONCE = 1 << 18
"""So many numbers are encoded at once, to bound what that takes of memory; a single term may have more."""
_SHORT = 1 << 16
"""A stream of less than so many is a short one."""
_GROUP = 8
_WIDE_COST = 64
"""The bits that a term takes in `wide_terms` and `wide_ends`."""
_CLASS = np.searchsorted(WIDTHS, np.arange(34))
"""By how many bits a number needs, the place of the width that has them."""
_CLASSES = len(WIDTHS) + 1
_NONE = np.zeros(0, dtype=np.int64)
_NO_BYTES = np.zeros(0, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class _Encoded:
    """The bytes of all numbers, those of each term, its width, the numbers that do not fit, and how many of them each term has."""

    packed: ByteArray
    byte_sizes: IntArray
    widths: ByteArray
    wide: Array
    wide_sizes: IntArray

    def arrays(self, name: str) -> dict[str, Array]:
        """Return them as the arrays of a stream."""
        terms = np.flatnonzero(self.widths >= WIDE)
        return {
            f"{name}_bytes": np.concatenate([self.packed, np.zeros(SLACK, dtype=np.uint8)]),
            f"{name}_byte_ends": np.cumsum(self.byte_sizes, dtype=np.int64).astype(np.uint32),
            f"{name}_widths": self.widths,
            f"{name}_wide": self.wide.astype(small_type(int(self.wide.max(initial=0)))),
            f"{name}_wide_terms": terms.astype(np.uint32),
            f"{name}_wide_ends": np.cumsum(self.wide_sizes[terms], dtype=np.int64).astype(
                np.uint32
            ),
        }

    def divided(self, counts: Sequence[int]) -> Iterator[_Encoded]:
        """Yield what is of the first so many terms, of the next, and so on."""
        ends = np.cumsum(counts)[:-1]
        byte_ends, wide_ends = (
            np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)])[ends]
            for sizes in (self.byte_sizes, self.wide_sizes)
        )
        yield from map(
            _Encoded,
            np.split(self.packed, byte_ends),
            np.split(self.byte_sizes, ends),
            np.split(self.widths, ends),
            np.split(self.wide, wide_ends),
            np.split(self.wide_sizes, ends),
        )


def encode(name: str, numbers: NDArray[Any], sizes: NDArray[Any]) -> dict[str, Array]:
    """Return the arrays of a stream of numbers, of which each term has so many; none is negative or reaches 2 to the 32nd."""
    wide_bits = np.full(len(sizes), _wide_bits(numbers))
    parts = [
        _encoded(numbers[begin:end], sizes[first:last].astype(np.int64), wide_bits[first:last])
        for first, last, begin, end in _cut(sizes)
    ]
    return _Encoded(
        np.concatenate([_NO_BYTES, *(part.packed for part in parts)]),
        np.concatenate([_NONE, *(part.byte_sizes for part in parts)]),
        np.concatenate([_NO_BYTES, *(part.widths for part in parts)]),
        np.concatenate([_NO_BYTES, *(part.wide for part in parts)]),
        np.concatenate([_NONE, *(part.wide_sizes for part in parts)]),
    ).arrays(name)


def encode_all(streams: Iterable[Named]) -> dict[str, Array]:
    """Return the arrays of streams, each as `encode` does it, long ones one by one as they come, short ones at once.

    NumPy takes as long for one number as for a thousand, and a single report that has changed is many short streams.
    """
    arrays: dict[str, Array] = {}
    short: list[Named] = []
    for stream in streams:
        if _weight(stream) > _SHORT:
            arrays |= encode(*stream)
        else:
            short.append(stream)
    return arrays | _encode_short(short) if short else arrays


def _encode_short(streams: Sequence[Named]) -> dict[str, Array]:
    names, numbers, sizes = zip(*streams, strict=True)
    counts = list(map(len, sizes))
    whole = _encoded(
        np.concatenate([its.astype(np.uint32, copy=False) for its in numbers]),
        np.concatenate([its.astype(np.int64, copy=False) for its in sizes]),
        np.repeat(list(map(_wide_bits, numbers)), counts),
    )
    parts = zip(names, whole.divided(counts), strict=True)
    return {key: array for name, part in parts for key, array in part.arrays(name).items()}


def _weight(stream: Named) -> int:
    """Return what a stream takes of memory while it is encoded, in numbers."""
    _, numbers, sizes = stream
    return len(numbers) + _GROUP * len(sizes)


def _wide_bits(numbers: NDArray[Any]) -> int:
    """Return the bits that a number of a stream takes if it does not fit."""
    return 8 * np.dtype(small_type(int(numbers.max(initial=0)))).itemsize


def _cut(sizes: NDArray[Any]) -> Iterator[tuple[int, int, int, int]]:
    """Cut terms into runs `[first, last)` with not too many numbers, which are `[begin, end)` of all."""
    ends = np.cumsum(sizes, dtype=np.int64)
    weights = ends + _GROUP * np.arange(1, len(sizes) + 1)
    first, begin = 0, 0
    while first < len(sizes):
        reached = weights[first - 1] if first else 0
        last = max(int(np.searchsorted(weights, reached + _AT_ONCE, side="right")), first + 1)
        end = int(ends[last - 1])
        yield first, last, begin, end
        first, begin = last, end


def _encoded(numbers: NDArray[Any], sizes: IntArray, wide_bits: IntArray) -> _Encoded:
    """Encode numbers, of which each term has so many, and so many bits where one does not fit."""
    widths, has_wide = _widths(numbers, sizes, wide_bits)
    greatest = ((np.uint64(1) << widths.astype(np.uint64)) - np.uint64(1)).astype(np.uint32)
    limits = np.repeat(greatest, sizes)
    wide = np.flatnonzero(np.repeat(has_wide, sizes) & (numbers >= limits))
    terms = np.searchsorted(np.cumsum(sizes), wide, side="right")
    packed, byte_sizes = _packed(np.minimum(numbers, limits), sizes, widths)
    flagged = widths | np.where(has_wide, WIDE, 0).astype(np.uint8)
    return _Encoded(
        packed, byte_sizes, flagged, numbers[wide], np.bincount(terms, minlength=len(sizes))
    )


def _widths(
    numbers: NDArray[Any], sizes: IntArray, wide_bits: IntArray
) -> tuple[ByteArray, NDArray[np.bool_]]:
    """Return the width of each term that makes it smallest, and whether it has numbers then that do not fit."""
    keys = np.repeat(np.arange(len(sizes)) * _CLASSES, sizes)
    keys += _CLASS[_bit_lengths(numbers)]
    histogram = np.bincount(keys, minlength=len(sizes) * _CLASSES).reshape(-1, _CLASSES)
    too_wide = sizes[:, None] - np.cumsum(histogram, axis=1)[:, :-1]
    some = sizes > 0
    greatest = np.zeros(len(sizes), dtype=np.float64)
    greatest[some] = (
        np.maximum.reduceat(numbers, (np.cumsum(sizes) - sizes)[some]) if some.any() else 0
    )
    terms = np.arange(len(sizes))
    too_wide[terms, _CLASS[np.frexp(greatest)[1]]] = 0
    costs = (
        (sizes[:, None] * WIDTHS.astype(np.int64) + 7 >> 3 << 3)
        + wide_bits[:, None] * too_wide
        + _WIDE_COST * (too_wide > 0)
    )
    best = np.argmin(costs, axis=1)
    return WIDTHS[best], too_wide[terms, best] > 0


def _bit_lengths(numbers: NDArray[Any]) -> IntArray:
    """Return the bits of each number and one: so many are needed for it if all bits set mean that a number does not fit."""
    lengths = (numbers.astype(np.float64) + 1).view(np.int64)
    lengths >>= 52
    lengths -= 1022
    return lengths


def _packed(
    numbers: NDArray[Any], sizes: IntArray, widths: ByteArray
) -> tuple[ByteArray, IntArray]:
    """Return the bytes of numbers, none of which is too great for the width of its term; and how many each term has."""
    needed: IntArray = sizes * widths + 7 >> 3
    begins = np.cumsum(needed) - needed
    # The terms are packed by width: those of one width at once.
    order = np.argsort(widths, kind="stable")
    groups, of_width = -(-sizes[order] // _GROUP), widths[order].astype(np.int64)
    ends = np.cumsum(groups)
    places = np.empty(len(sizes), dtype=np.int64)
    places[order] = _GROUP * (ends - groups)
    grouped = np.zeros((int(groups.sum()), _GROUP), dtype=np.uint32)
    grouped.reshape(-1)[spread(places, sizes)] = numbers
    lengths = np.repeat(of_width, groups)
    into = np.arange(len(lengths)) * lengths + np.repeat(
        begins[order] - (ends - groups) * of_width, groups
    )
    rows = _rows(grouped, lengths)
    some = groups > 0
    lengths[ends[some] - 1] -= (groups * of_width - needed[order])[some]
    return _placed(rows, lengths, into), needed


def _rows(grouped: NDArray[np.uint32], widths: IntArray) -> ByteArray:
    """Return the bytes of groups by ascending width, each at the beginning of a row."""
    rows = np.empty((len(grouped), int(WIDTHS[-1])), dtype=np.uint8)
    begin = 0
    for width, count in enumerate(np.bincount(widths).tolist()):
        if width and count:
            rows[begin : begin + count, :width] = pack(grouped[begin : begin + count], width)
        begin += count
    return rows


def _placed(rows: ByteArray, lengths: IntArray, begins: IntArray) -> ByteArray:
    """Return so many bytes of each row put where they begin: rows of which as many are taken at once, as items of that size."""
    packed = np.empty(int(lengths.sum()), dtype=np.uint8)
    for length in np.flatnonzero(np.bincount(lengths)).tolist():
        if length:
            alike = np.flatnonzero(lengths == length)
            kind = np.dtype(f"V{length}")
            into: Array = np.ndarray((len(packed) - length + 1,), kind, packed, 0, (1,))
            into[begins[alike]] = np.ndarray((len(rows),), kind, rows, 0, rows.strides[:1])[alike]
    return packed
