"""The files of a segment's columns: one for all figures, one for each other column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, closing
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from whoosh.codec.base import PerDocumentWriter
from whoosh.codec.whoosh3 import W3Codec, W3PerDocReader

from indexer.columnar.array_file import ArrayFile, read_arrays, write_arrays
from indexer.engines.whoosh.columns import BlobColumn
from indexer.engines.whoosh.mapped_files import MappedFile, mapped_bytes

_FIGURES = "figures"
"""The name of the file of all figures."""


class ColumnsWriter(PerDocumentWriter):  # type: ignore[misc]  # whoosh has no types
    """Writes whole columns. Whoosh's interface, a document at a time, is not implemented."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._storage = storage
        self._segment = segment
        self.is_closed = False

    def write_bytes(self, name: str, content: bytes | bytearray) -> None:
        """Write a column whose file is just these bytes."""
        with self._file(name) as file:
            file.write(content)

    def write_blobs(self, name: str, strings: bytearray, lengths: Sequence[int]) -> None:
        """Write a column of byte strings, those of all documents concatenated, with the length of
        each.
        """
        with self._file(name) as file:
            writer = BlobColumn().writer(file)
            writer.add_all(strings, lengths)
            writer.finish(len(lengths))

    def write_figures(self, columns: Mapping[str, bytes]) -> None:
        """Write all columns of figures in one file: opening hundreds of small files takes longer
        than writing them.
        """
        with self._file(_FIGURES) as file:
            ends = np.cumsum(list(map(len, columns.values())), dtype=np.int64)
            content = np.frombuffer(b"".join(columns.values()), dtype=np.uint8)
            write_arrays(file, {"ends": ends, "content": content}, {"columns": list(columns)})

    def close(self) -> None:
        """Mark everything as written."""
        self._segment._fieldlengths = {}
        self.is_closed = True

    def _file(self, name: str) -> AbstractContextManager[Any]:
        return closing(self._storage.create_file(W3Codec.column_filename(self._segment, name)))


class ColumnsReader(W3PerDocReader):  # type: ignore[misc]  # whoosh has no types
    """Reads columns from mapped memory."""

    def has_column(self, fieldname: str) -> bool:
        """Say whether the segment has a column."""
        return fieldname in self._figures or super().has_column(fieldname)

    def _get_column_file(self, fieldname: str) -> tuple[MappedFile, int, int]:
        if fieldname in self._figures:
            return (self._figure_content, *self._figures[fieldname])
        data = self._mapped(fieldname)
        return MappedFile(data), 0, len(data)

    def _mapped(self, name: str) -> memoryview:
        return mapped_bytes(self._storage, W3Codec.column_filename(self._segment, name))

    @cached_property
    def _figure_file(self) -> ArrayFile:
        return read_arrays(self._mapped(_FIGURES))

    @cached_property
    def _figure_content(self) -> MappedFile:
        """The columns of figures, concatenated."""
        return MappedFile(self._figure_file.arrays["content"].data)

    @cached_property
    def _figures(self) -> Mapping[str, tuple[int, int]]:
        """The offset and the length of each column of figures."""
        ends = self._figure_file.arrays["ends"].tolist()
        ranges = ((begin, end - begin) for begin, end in pairwise([0, *ends]))
        return dict(zip(self._figure_file.notes["columns"], ranges, strict=True))
