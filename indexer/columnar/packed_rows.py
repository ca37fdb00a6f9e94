"""Rows of some thousand integers, most of them small, each row as one byte string.

A row is a stream of one term (see `streams`) without its index:

    1 byte    the bits per integer; 128 more if there are exceptions
    1 byte    the bytes of an exception
    4 bytes   the number of exceptions, little-endian
    bytes     the packed integers, then the exceptions
"""

from __future__ import annotations

import struct

import numpy as np

from indexer.columnar.bits import PADDING_BYTES
from indexer.columnar.stream_writer import encode_stream
from indexer.columnar.streams import HAS_EXCEPTIONS, IntegerStream
from indexer.columnar.types import Array, IntArray

_HEAD = struct.Struct("<BBI")


def pack_rows(rows: Array) -> list[bytes]:
    """Return the bytes of each row of non-negative integers below 2**32."""
    arrays = encode_stream("row", rows.ravel(), np.full(len(rows), rows.shape[1]))
    packed, exceptions, flags = arrays["row_bytes"], arrays["row_exceptions"], arrays["row_widths"]
    ends = arrays["row_byte_ends"].tolist()
    counts = np.zeros(len(rows), dtype=np.int64)
    counts[arrays["row_exception_terms"]] = np.diff(
        arrays["row_exception_ends"].astype(np.int64), prepend=0
    )
    exception_ends = np.cumsum(counts).tolist()
    bounds = zip([0, *ends], ends, [0, *exception_ends], exception_ends, strict=False)
    return [
        _HEAD.pack(flag, exceptions.itemsize, exception_end - exception_begin)
        + packed[begin:end].tobytes()
        + exceptions[exception_begin:exception_end].tobytes()
        for flag, (begin, end, exception_begin, exception_end) in zip(
            flags.tolist(), bounds, strict=True
        )
    ]


def unpack_row(data: memoryview, count: int) -> tuple[IntArray, memoryview]:
    """Return the row of `count` integers at the start of some bytes, and the bytes behind it."""
    flags, exception_size, exception_count = _HEAD.unpack(data[: _HEAD.size])
    size = count * (flags & ~HAS_EXCEPTIONS) + 7 >> 3
    begin = _HEAD.size + size
    packed = np.frombuffer(data, np.uint8, size, _HEAD.size)
    arrays = {
        "row_bytes": np.concatenate([packed, np.zeros(PADDING_BYTES, dtype=np.uint8)]),
        "row_byte_ends": np.array([size], dtype=np.uint32),
        "row_widths": np.array([flags], dtype=np.uint8),
        "row_exceptions": np.frombuffer(data, f"<u{exception_size}", exception_count, begin),
        "row_exception_terms": np.zeros(1, dtype=np.uint32),
        "row_exception_ends": np.array([exception_count], dtype=np.uint32),
    }
    numbers = IntegerStream(arrays, "row").read(0, count)
    return numbers, data[begin + exception_count * exception_size :]
