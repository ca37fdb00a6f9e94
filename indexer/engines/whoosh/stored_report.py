"""A report as stored in the index. It is read field by field, because a page of results needs
little of each report.

The format: a CRC-32 of all that follows, the length of the first part, then two parts, each
compressed JSON: the fields of the report, and its cells by columns (`stored_cells`). Numbers,
strings and dates come back exactly as they were.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from typing import Any, get_type_hints

import orjson

from indexer.engines.whoosh.stored_cells import StoredCells, pack_cells
from indexer.records import Cell, Report
from indexer.serialise.records import Codec, codec_of

_CHECKSUM = struct.Struct("<I")
_LENGTH = struct.Struct("<I")
_ZLIB_LEVEL = 1
"""A higher zlib level saves 2% and takes half as long again (measured)."""
_STANDARD_JSON = b" "
"""Marks JSON from the standard library, for what orjson does not accept: lone surrogates, integers
beyond 64 bits.
"""


_CODECS: Mapping[str, Codec] = {
    name: codec_of(kind) for name, kind in get_type_hints(Report).items() if name != "cells"
}
"""How each field except the cells is packed and unpacked."""


class StoredReport(Report):
    """A report whose fields are read on first access. It equals the report that was packed."""

    __slots__ = ("_columns", "_fields", "_packed_cells")
    _fields: Mapping[str, Any]
    _packed_cells: bytes
    _columns: StoredCells

    def __getattr__(self, name: str) -> Any:
        """Read a field on its first access."""
        match name:
            case "_columns":
                value: Any = StoredCells(_read(self._packed_cells))
            case "cells":
                value = self._columns.cells()
            case _ if name in _CODECS:
                value = _CODECS[name].unpack(self._fields[name])
            case _:
                raise AttributeError(name)
        object.__setattr__(self, name, value)
        return value

    def cell(self, key: str) -> Cell | None:
        """Return the cell of a key, without making the others."""
        return self._columns.cell(key)

    def __eq__(self, other: object) -> bool:
        return _values(self) == _values(other) if isinstance(other, Report) else NotImplemented

    __hash__ = Report.__hash__

    def __reduce__(self) -> tuple[type[Report], tuple[Any, ...]]:
        """Pickle as the plain record."""
        return Report, _values(self)


def pack_report(report: Report) -> bytes:
    """Return the stored form of a report."""
    fields = _write({name: codec.pack(getattr(report, name)) for name, codec in _CODECS.items()})
    rest = b"".join((_LENGTH.pack(len(fields)), fields, _write(pack_cells(report.cells))))
    return _CHECKSUM.pack(zlib.crc32(rest)) + rest


def unpack_report(packed: bytes) -> Report:
    """Return the report that was packed. ValueError if the checksum does not match."""
    start = _CHECKSUM.size + _LENGTH.size
    if (
        len(packed) < start
        or zlib.crc32(memoryview(packed)[_CHECKSUM.size :]) != _CHECKSUM.unpack_from(packed)[0]
    ):
        raise ValueError("a report's checksum is wrong")
    end = start + _LENGTH.unpack_from(packed, _CHECKSUM.size)[0]
    report = StoredReport.__new__(StoredReport)
    object.__setattr__(report, "_fields", _read(packed[start:end]))
    object.__setattr__(report, "_packed_cells", packed[end:])
    return report


def _write(data: object) -> bytes:
    try:
        text = orjson.dumps(data)
    except TypeError:
        text = _STANDARD_JSON + json.dumps(data, ensure_ascii=False).encode(
            "utf-8", "surrogatepass"
        )
    return zlib.compress(text, _ZLIB_LEVEL)


def _read(packed: bytes) -> Any:
    text = zlib.decompress(packed)
    return (
        json.loads(text.decode("utf-8", "surrogatepass"))
        if text.startswith(_STANDARD_JSON)
        else orjson.loads(text)
    )


def _values(report: Report) -> tuple[Any, ...]:
    return tuple(getattr(report, name) for name in Report.__dataclass_fields__)
