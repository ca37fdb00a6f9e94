"""Encodes the integers of terms as the arrays of a stream; see `streams` for the format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from indexer.columnar.bits import PADDING_BYTES, WIDTHS, pack
from indexer.columnar.streams import HAS_EXCEPTIONS, concatenated_ranges, smallest_uint
from indexer.columnar.types import Array, ByteArray, IntArray, Mask

NamedStream: TypeAlias = tuple[str, Array, Array]
"""A stream to be encoded: its name, its integers, and how many each term has."""

_GROUP_SIZE = 8
_CHUNK_SIZE = 1 << 18
"""Integers that are encoded at once, which bounds the memory; a single term may have more."""
_MAX_SHORT_STREAM = 1 << 16
"""Streams up to this size are encoded together: NumPy takes as long for one integer as for a
thousand.
"""
_EXCEPTION_INDEX_BITS = 64
"""The size of a term's entries in `exception_terms` and `exception_ends`."""
_WIDTH_CLASS = np.searchsorted(WIDTHS, np.arange(34))
"""For each number of bits the index of the smallest width that has them."""
_CLASSES = len(WIDTHS) + 1
_NO_INTS = np.zeros(0, dtype=np.int64)
_NO_BYTES = np.zeros(0, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class _EncodedTerms:
    """Encoded terms: all packed bytes and the size and width of each term, all exceptions and how
    many each term has.
    """

    packed: ByteArray
    byte_sizes: IntArray
    widths: ByteArray
    exceptions: Array
    exception_sizes: IntArray

    def arrays(self, name: str) -> dict[str, Array]:
        """Return the arrays of a stream."""
        terms = np.flatnonzero(self.widths >= HAS_EXCEPTIONS)
        kind = smallest_uint(int(self.exceptions.max(initial=0)))
        exception_ends = np.cumsum(self.exception_sizes[terms], dtype=np.int64)
        return {
            f"{name}_bytes": np.concatenate([self.packed, np.zeros(PADDING_BYTES, dtype=np.uint8)]),
            f"{name}_byte_ends": np.cumsum(self.byte_sizes, dtype=np.int64).astype(np.uint32),
            f"{name}_widths": self.widths,
            f"{name}_exceptions": self.exceptions.astype(kind),
            f"{name}_exception_terms": terms.astype(np.uint32),
            f"{name}_exception_ends": exception_ends.astype(np.uint32),
        }

    def split(self, counts: Sequence[int]) -> Iterator[_EncodedTerms]:
        """Yield the first `counts[0]` terms, the next `counts[1]` terms, and so on."""
        ends = np.cumsum(counts)[:-1]
        byte_ends, exception_ends = (
            np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)])[ends]
            for sizes in (self.byte_sizes, self.exception_sizes)
        )
        yield from map(
            _EncodedTerms,
            np.split(self.packed, byte_ends),
            np.split(self.byte_sizes, ends),
            np.split(self.widths, ends),
            np.split(self.exceptions, exception_ends),
            np.split(self.exception_sizes, ends),
        )


def encode_stream(name: str, numbers: Array, sizes: Array) -> dict[str, Array]:
    """Encode non-negative integers below 2**32; `sizes` is how many each term has."""
    exception_bits = np.full(len(sizes), _exception_bits(numbers))
    chunks = [
        _encode_chunk(
            numbers[begin:end], sizes[first:last].astype(np.int64), exception_bits[first:last]
        )
        for first, last, begin, end in _chunks(sizes)
    ]
    return _EncodedTerms(
        np.concatenate([_NO_BYTES, *(chunk.packed for chunk in chunks)]),
        np.concatenate([_NO_INTS, *(chunk.byte_sizes for chunk in chunks)]),
        np.concatenate([_NO_BYTES, *(chunk.widths for chunk in chunks)]),
        np.concatenate([_NO_BYTES, *(chunk.exceptions for chunk in chunks)]),
        np.concatenate([_NO_INTS, *(chunk.exception_sizes for chunk in chunks)]),
    ).arrays(name)


def encode_streams(streams: Iterable[NamedStream]) -> dict[str, Array]:
    """Encode several streams as `encode_stream` does: long ones as they come, short ones together
    at the end.

    A single changed report is many short streams.
    """
    arrays: dict[str, Array] = {}
    short: list[NamedStream] = []
    for stream in streams:
        if _memory_cost(stream) > _MAX_SHORT_STREAM:
            arrays |= encode_stream(*stream)
        else:
            short.append(stream)
    return arrays | _encode_together(short) if short else arrays


def _encode_together(streams: Sequence[NamedStream]) -> dict[str, Array]:
    names, numbers, sizes = zip(*streams, strict=True)
    counts = list(map(len, sizes))
    whole = _encode_chunk(
        np.concatenate([its.astype(np.uint32, copy=False) for its in numbers]),
        np.concatenate([its.astype(np.int64, copy=False) for its in sizes]),
        np.repeat(list(map(_exception_bits, numbers)), counts),
    )
    parts = zip(names, whole.split(counts), strict=True)
    return {key: array for name, part in parts for key, array in part.arrays(name).items()}


def _memory_cost(stream: NamedStream) -> int:
    """Return what encoding a stream takes of memory, in integers."""
    _, numbers, sizes = stream
    return len(numbers) + _GROUP_SIZE * len(sizes)


def _exception_bits(numbers: Array) -> int:
    """Return the bits of an exception in a stream of these integers."""
    return 8 * np.dtype(smallest_uint(int(numbers.max(initial=0)))).itemsize


def _chunks(sizes: Array) -> Iterator[tuple[int, int, int, int]]:
    """Divide terms into chunks of bounded size: the terms `[first, last)`, whose integers are
    `[begin, end)`.
    """
    ends = np.cumsum(sizes, dtype=np.int64)
    costs = ends + _GROUP_SIZE * np.arange(1, len(sizes) + 1)
    first, begin = 0, 0
    while first < len(sizes):
        spent = costs[first - 1] if first else 0
        last = max(int(np.searchsorted(costs, spent + _CHUNK_SIZE, side="right")), first + 1)
        end = int(ends[last - 1])
        yield first, last, begin, end
        first, begin = last, end


def _encode_chunk(numbers: Array, sizes: IntArray, exception_bits: IntArray) -> _EncodedTerms:
    """Encode some terms; `exception_bits` is the size of an exception of each."""
    widths, has_exceptions = _cheapest_widths(numbers, sizes, exception_bits)
    all_ones = ((np.uint64(1) << widths.astype(np.uint64)) - np.uint64(1)).astype(np.uint32)
    limits = np.repeat(all_ones, sizes)
    exceptions = np.flatnonzero(np.repeat(has_exceptions, sizes) & (numbers >= limits))
    terms = np.searchsorted(np.cumsum(sizes), exceptions, side="right")
    packed, byte_sizes = _pack_terms(np.minimum(numbers, limits), sizes, widths)
    flagged = widths | np.where(has_exceptions, HAS_EXCEPTIONS, 0).astype(np.uint8)
    return _EncodedTerms(
        packed, byte_sizes, flagged, numbers[exceptions], np.bincount(terms, minlength=len(sizes))
    )


def _cheapest_widths(
    numbers: Array, sizes: IntArray, exception_bits: IntArray
) -> tuple[ByteArray, Mask]:
    """Return the width of each term that makes it smallest, and whether it has exceptions then.

    A histogram of bit lengths per term tells for every width how many integers would be exceptions.
    """
    keys = np.repeat(np.arange(len(sizes)) * _CLASSES, sizes)
    keys += _WIDTH_CLASS[_escaped_bit_lengths(numbers)]
    histogram = np.bincount(keys, minlength=len(sizes) * _CLASSES).reshape(-1, _CLASSES)
    exceptions = sizes[:, None] - np.cumsum(histogram, axis=1)[:, :-1]
    some = sizes > 0
    maxima = np.zeros(len(sizes), dtype=np.float64)
    if some.any():
        maxima[some] = np.maximum.reduceat(numbers, (np.cumsum(sizes) - sizes)[some])
    terms = np.arange(len(sizes))
    # Without exceptions “all bits set” is an ordinary value: the width of the maximum is enough.
    exceptions[terms, _WIDTH_CLASS[np.frexp(maxima)[1]]] = 0
    costs = (
        (sizes[:, None] * WIDTHS.astype(np.int64) + 7 >> 3 << 3)
        + exception_bits[:, None] * exceptions
        + _EXCEPTION_INDEX_BITS * (exceptions > 0)
    )
    best = np.argmin(costs, axis=1)
    return WIDTHS[best], exceptions[terms, best] > 0


def _escaped_bit_lengths(numbers: Array) -> IntArray:
    """Return the bit length of each integer plus one: the width it needs if “all bits set” marks an
    exception.

    It is the exponent of the integer as a float, which is exact below 2**53.
    """
    lengths = (numbers.astype(np.float64) + 1).view(np.int64)
    lengths >>= 52
    lengths -= 1022
    return lengths


def _pack_terms(numbers: Array, sizes: IntArray, widths: ByteArray) -> tuple[ByteArray, IntArray]:
    """Pack integers that fit the width of their term; return all bytes, and each term's size."""
    needed: IntArray = sizes * widths + 7 >> 3
    begins = np.cumsum(needed) - needed
    # All terms of one width are packed in one call.
    order = np.argsort(widths, kind="stable")
    groups, width_of = -(-sizes[order] // _GROUP_SIZE), widths[order].astype(np.int64)
    ends = np.cumsum(groups)
    places = np.empty(len(sizes), dtype=np.int64)
    places[order] = _GROUP_SIZE * (ends - groups)
    grouped = np.zeros((int(groups.sum()), _GROUP_SIZE), dtype=np.uint32)
    grouped.reshape(-1)[concatenated_ranges(places, sizes)] = numbers
    lengths = np.repeat(width_of, groups)
    targets = np.arange(len(lengths)) * lengths + np.repeat(
        begins[order] - (ends - groups) * width_of, groups
    )
    rows = _pack_groups(grouped, lengths)
    # The last group of a term is cut off after the last byte in use.
    some = groups > 0
    lengths[ends[some] - 1] -= (groups * width_of - needed[order])[some]
    return _scatter(rows, lengths, targets), needed


def _pack_groups(grouped: Array, widths: IntArray) -> ByteArray:
    """Pack groups that are sorted by width; the bytes of each stand at the beginning of a row."""
    rows = np.empty((len(grouped), int(WIDTHS[-1])), dtype=np.uint8)
    begin = 0
    for width, count in enumerate(np.bincount(widths).tolist()):
        if width and count:
            rows[begin : begin + count, :width] = pack(grouped[begin : begin + count], width)
        begin += count
    return rows


def _scatter(rows: ByteArray, lengths: IntArray, targets: IntArray) -> ByteArray:
    """Copy the first `lengths[i]` bytes of each row to `targets[i]`.

    Rows of one length are copied in one assignment of items of that size (NumPy's void type).
    """
    packed = np.empty(int(lengths.sum()), dtype=np.uint8)
    for length in np.flatnonzero(np.bincount(lengths)).tolist():
        if length:
            alike = np.flatnonzero(lengths == length)
            kind = np.dtype(f"V{length}")
            into: Array = np.ndarray((len(packed) - length + 1,), kind, packed, 0, (1,))
            items: Array = np.ndarray((len(rows),), kind, rows, 0, rows.strides[:1])
            into[targets[alike]] = items[alike]
    return packed
