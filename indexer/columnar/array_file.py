"""Named arrays in one file, read without copying where the file is mapped into memory.

The layout:

    8 bytes   magic, with the version of this layout
    4 bytes   length of the header, little-endian; then its CRC-32, 4 bytes
    header    JSON: the name, type, length and offset from the end of the header of each array;
              and the notes
    arrays    each at a multiple of 16 bytes from the beginning of the file
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
_ALIGNMENT = 16


class DamagedArrayFile(ValueError):
    """The bytes are not what was written."""


@dataclass(frozen=True, slots=True)
class ArrayFile:
    """The arrays of a file by name, views of its bytes, and the notes written with them."""

    arrays: Mapping[str, Array]
    notes: Mapping[str, Any]


def write_arrays(file: BinaryIO, arrays: Mapping[str, Array], notes: Mapping[str, Any]) -> None:
    """Write one-dimensional arrays of numbers."""
    plain = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    placed, size = {}, 0
    for name, array in plain.items():
        placed[name] = (array.dtype.str, len(array), size)
        size += _aligned(array.nbytes)
    header = json.dumps({"arrays": placed, "notes": dict(notes)}).encode()
    before = len(MAGIC) + _LENGTHS.size
    header = header.ljust(_aligned(before + len(header)) - before)
    file.write(MAGIC + _LENGTHS.pack(len(header), zlib.crc32(header)) + header)
    for array in plain.values():
        file.write(array.tobytes())
        file.write(b"\0" * (_aligned(array.nbytes) - array.nbytes))


def read_arrays(data: memoryview) -> ArrayFile:
    """Return the arrays in a file's bytes; DamagedArrayFile if these are not as written."""
    begin = len(MAGIC) + _LENGTHS.size
    if bytes(data[: len(MAGIC)]) != MAGIC or len(data) < begin:
        raise DamagedArrayFile("no file of arrays, or of another version")
    length, checksum = _LENGTHS.unpack(data[len(MAGIC) : begin])
    header = bytes(data[begin : begin + length])
    if zlib.crc32(header) != checksum:
        raise DamagedArrayFile("the header is damaged")
    described = json.loads(header)
    base = begin + length
    arrays = {
        name: np.frombuffer(data, dtype=np.dtype(kind), count=count, offset=base + offset)
        for name, (kind, count, offset) in described["arrays"].items()
    }
    return ArrayFile(arrays, described["notes"])


def _aligned(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT
