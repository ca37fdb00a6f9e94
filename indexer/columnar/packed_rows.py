"""Whole numbers that are mostly small, some thousand in a row, as bytes: a stream (`encoding`) of one term without its index.

1 byte    the bits of a number; 128 more if some do not fit
1 byte    the bytes of a number that does not fit
4 bytes   how many do not fit, little-endian
bytes     the numbers, then those that do not fit
"""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.bits import SLACK
from indexer.columnar.stream_writer import encode
from indexer.columnar.streams import WIDE, Stream
from indexer.columnar.types import IntArray

_HEAD = struct.Struct("<BBI")


def pack_rows(rows: NDArray[Any]) -> list[bytes]:
    """Return the bytes of each row; no number is negative or reaches 2 to the 32nd."""
    arrays = encode("row", rows.ravel(), np.full(len(rows), rows.shape[1]))
    packed, wide, flags = arrays["row_bytes"], arrays["row_wide"], arrays["row_widths"]
    ends = arrays["row_byte_ends"].tolist()
    wide_counts = np.zeros(len(rows), dtype=np.int64)
    wide_counts[arrays["row_wide_terms"]] = np.diff(
        arrays["row_wide_ends"].astype(np.int64), prepend=0
    )
    wide_ends = np.cumsum(wide_counts).tolist()
    return [
        _HEAD.pack(flag, wide.itemsize, wide_end - wide_begin)
        + packed[begin:end].tobytes()
        + wide[wide_begin:wide_end].tobytes()
        for flag, begin, end, wide_begin, wide_end in zip(
            flags.tolist(), [0, *ends], ends, [0, *wide_ends], wide_ends, strict=False
        )
    ]


def unpack_row(data: memoryview, count: int) -> tuple[IntArray, memoryview]:
    """Return a row of so many numbers from the beginning of some bytes, and the bytes behind it."""
    flags, wide_size, wide_count = _HEAD.unpack(data[: _HEAD.size])
    size = count * (flags & ~WIDE) + 7 >> 3
    begin = _HEAD.size + size
    packed = np.frombuffer(data, np.uint8, size, _HEAD.size)
    arrays = {
        "row_bytes": np.concatenate([packed, np.zeros(SLACK, dtype=np.uint8)]),
        "row_byte_ends": np.array([size], dtype=np.uint32),
        "row_widths": np.array([flags], dtype=np.uint8),
        "row_wide": np.frombuffer(data, f"<u{wide_size}", wide_count, begin),
        "row_wide_terms": np.zeros(1, dtype=np.uint32),
        "row_wide_ends": np.array([wide_count], dtype=np.uint32),
    }
    return Stream(arrays, "row").of(0, count), data[begin + wide_count * wide_size :]
