"""Whoosh columns that are written and read whole, as arrays: figures with a status, fixed-size
records, byte strings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.columns import Column, ColumnReader, ColumnWriter

from indexer.columnar.packed_rows import pack_rows, unpack_row
from indexer.columnar.types import Array, ByteArray, FloatArray, IntArray
from indexer.engines.whoosh.mapped_files import MappedFile

_ENDS = np.dtype("<u8")


def bytes_between(dbfile: Any, start: int, end: int) -> memoryview:
    """Return bytes of a file, without a copy if it is mapped into memory."""
    if isinstance(dbfile, MappedFile):
        return dbfile.data[start:end]
    return memoryview(dbfile.get(start, end - start))


class RecordColumn(Column):  # type: ignore[misc]  # whoosh has no types
    """A column of records of one NumPy type, zeros for a document without one. The file is the
    records and nothing else.
    """

    def __init__(self, dtype: np.dtype[np.void]) -> None:
        self.dtype = dtype
        self._default = bytes(dtype.itemsize)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> RecordReader:
        """Return a reader of the column."""
        data = bytes_between(dbfile, basepos, basepos + length)
        return RecordReader(data, self.dtype, doccount)


class RecordReader(ColumnReader):  # type: ignore[misc]  # whoosh has no types
    """Reads records."""

    def __init__(self, data: memoryview, dtype: np.dtype[np.void], doccount: int) -> None:
        self._data = data
        self._dtype = dtype
        self._doccount = doccount

    def array(self) -> NDArray[np.void]:
        """Return the records of all documents."""
        return np.frombuffer(self._data, dtype=self._dtype, count=self._doccount)

    def __getitem__(self, docnum: int) -> bytes:
        size = self._dtype.itemsize
        return bytes(self._data[docnum * size : (docnum + 1) * size])

    def __iter__(self) -> Iterator[bytes]:
        return (self[docnum] for docnum in range(self._doccount))


class FigureColumn(Column):  # type: ignore[misc]  # whoosh has no types
    """A column of numbers, each with a status; a document without one has 0 and status 0.

    The file: one byte for the type of the numbers, an index of `KINDS`; one byte for the most
    frequent status; the numbers, as a packed row (see `packed_rows`), or 8 bytes each if they are
    not whole; the statuses, each XOR the most frequent one, as a packed row.
    """

    KINDS = ("u1", "<u2", "<u4", "<f8")
    _default = b""

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> FigureReader:
        """Return a reader of the column."""
        return FigureReader(bytes_between(dbfile, basepos, basepos + length), doccount)


_FLOATS = len(FigureColumn.KINDS) - 1


def pack_figures(numbers: FloatArray, statuses: ByteArray) -> list[bytes]:
    """Return the files of many columns, one per row of both arrays; each has the smallest type that
    holds its numbers.
    """
    whole = (np.floor(numbers) == numbers).all(axis=1) & (numbers >= 0).all(axis=1)
    maxima = numbers.max(axis=1, initial=0)
    kinds = np.where(
        whole & (maxima < 1 << 32),
        (maxima >= 1 << 8).astype(int) + (maxima >= 1 << 16),
        _FLOATS,
    )
    packed = iter(pack_rows(numbers[kinds < _FLOATS].astype(np.uint32)))
    common = _most_frequent(statuses)
    packed_statuses = pack_rows(statuses ^ common[:, None])
    return [
        bytes([kind, status])
        + (row.astype("<f8").tobytes() if kind == _FLOATS else next(packed))
        + its_statuses
        for kind, status, row, its_statuses in zip(
            kinds.tolist(), common.tolist(), numbers, packed_statuses, strict=True
        )
    ]


def _most_frequent(statuses: ByteArray) -> ByteArray:
    """Return the most frequent status of each row."""
    kinds = np.flatnonzero(np.bincount(statuses.ravel(), minlength=1) > 0).astype(np.uint8)
    if not len(kinds):
        return np.zeros(len(statuses), dtype=np.uint8)
    times = [(statuses == kind).sum(axis=1) for kind in kinds]
    return np.asarray(kinds[np.argmax(times, axis=0)])


class FigureReader(ColumnReader):  # type: ignore[misc]  # whoosh has no types
    """Reads figures: `numbers` of one of the column's types, `statuses` bytes; both are unpacked on
    opening.
    """

    def __init__(self, data: memoryview, doccount: int) -> None:
        kind, common, rest = data[0], data[1], data[2:]
        self.numbers: Array
        if kind == _FLOATS:
            self.numbers, rest = np.frombuffer(rest, "<f8", doccount), rest[8 * doccount :]
        else:
            numbers, rest = unpack_row(rest, doccount)
            self.numbers = numbers.astype(FigureColumn.KINDS[kind])
        statuses = unpack_row(rest, doccount)[0].astype(np.uint8)
        self.statuses: ByteArray = statuses ^ np.uint8(common)

    def __getitem__(self, docnum: int) -> tuple[float, int]:
        return float(self.numbers[docnum]), int(self.statuses[docnum])

    def __iter__(self) -> Iterator[tuple[float, int]]:
        return (self[docnum] for docnum in range(len(self.statuses)))


class BlobColumn(Column):  # type: ignore[misc]  # whoosh has no types
    """A column of byte strings: the strings, concatenated, then where each ends, 8 bytes each."""

    _default = b""

    def writer(self, dbfile: Any) -> BlobWriter:
        """Return a writer of the column."""
        return BlobWriter(dbfile)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> BlobReader:
        """Return a reader of the column."""
        return BlobReader(bytes_between(dbfile, basepos, basepos + length), doccount)


class BlobWriter(ColumnWriter):  # type: ignore[misc]  # whoosh has no types
    """Writes byte strings."""

    def __init__(self, dbfile: Any) -> None:
        self._dbfile = dbfile
        self._ends: list[int] = []

    def add(self, docnum: int, value: bytes) -> None:
        """Write the string of a document; documents in between have none."""
        self._fill_to(docnum)
        self._dbfile.write(value)
        self._ends.append(self._end() + len(value))

    def add_all(self, strings: bytes | bytearray, lengths: Sequence[int]) -> None:
        """Write the strings of the next documents, concatenated, with the length of each."""
        self._dbfile.write(strings)
        self._ends += (self._end() + np.cumsum(lengths, dtype=np.int64)).tolist()

    def finish(self, doccount: int) -> None:
        """Write where each string ends."""
        self._fill_to(doccount)
        self._dbfile.write(np.array(self._ends, dtype=_ENDS).tobytes())

    def _end(self) -> int:
        return self._ends[-1] if self._ends else 0

    def _fill_to(self, docnum: int) -> None:
        self._ends += [self._end()] * (docnum - len(self._ends))


class BlobReader(ColumnReader):  # type: ignore[misc]  # whoosh has no types
    """Reads byte strings. `ends` is where that of each document ends."""

    def __init__(self, data: memoryview, doccount: int) -> None:
        at = len(data) - doccount * _ENDS.itemsize
        ends = np.frombuffer(data, dtype=_ENDS, count=doccount, offset=at)
        self._data = data
        self._doccount = doccount
        self.ends: IntArray = ends.astype(np.int64)

    def view(self, start: int, end: int) -> memoryview:
        """Return the bytes `[start, end)` of all strings together, without a copy."""
        return self._data[int(start) : int(end)]

    def __getitem__(self, docnum: int) -> bytes:
        return bytes(self.view(self.ends[docnum - 1] if docnum else 0, self.ends[docnum]))

    def __iter__(self) -> Iterator[bytes]:
        return (self[docnum] for docnum in range(self._doccount))
