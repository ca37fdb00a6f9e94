"""Named arrays in one file.

8 bytes   magic, with the version of this layout
4 bytes   length of the header, little-endian; then 4 bytes its CRC-32
header    JSON: for each array its name, type, length and offset from the end of the header; and what else there is to note
arrays    each at a multiple of 16 from the file's beginning
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np

from indexer.columnar.types import Array

MAGIC = b"nbarray2"
_LENGTHS = struct.Struct("<II")
_ALIGNED = 16


class DamagedArrays(ValueError):
    """The bytes are not what was written."""


@dataclass(frozen=True, slots=True)
class Packed:
    """The arrays of a file by name, views of its bytes, and what was noted with them."""

    arrays: Mapping[str, Array]
    notes: Mapping[str, Any]


def write_arrays(file: BinaryIO, arrays: Mapping[str, Array], notes: Mapping[str, Any]) -> None:
    """Write one-dimensional arrays of numbers, one behind the other."""
    plain = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    placed, size = {}, 0
    for name, array in plain.items():
        placed[name] = (array.dtype.str, len(array), size)
        size += _padded(array.nbytes)
    header = json.dumps({"arrays": placed, "notes": dict(notes)}).encode()
    header += b" " * (
        _padded(len(MAGIC) + _LENGTHS.size + len(header)) - len(MAGIC) - _LENGTHS.size - len(header)
    )
    file.write(MAGIC + _LENGTHS.pack(len(header), zlib.crc32(header)) + header)
    for array in plain.values():
        file.write(array.tobytes())
        file.write(b"\0" * (_padded(array.nbytes) - array.nbytes))


def read_arrays(data: memoryview) -> Packed:
    """Return the arrays in a file's bytes without copying them; DamagedArrays if it was not written by `write_arrays`."""
    begin = len(MAGIC) + _LENGTHS.size
    if bytes(data[: len(MAGIC)]) != MAGIC or len(data) < begin:
        raise DamagedArrays("no file of arrays, or of another version")
    length, sum_ = _LENGTHS.unpack(data[len(MAGIC) : begin])
    header = bytes(data[begin : begin + length])
    if zlib.crc32(header) != sum_:
        raise DamagedArrays("the header is damaged")
    described = json.loads(header)
    base = begin + length
    arrays = {
        name: np.frombuffer(data, dtype=np.dtype(kind), count=count, offset=base + offset)
        for name, (kind, count, offset) in described["arrays"].items()
    }
    return Packed(arrays, described["notes"])


def _padded(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
