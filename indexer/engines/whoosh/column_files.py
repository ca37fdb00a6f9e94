"""The columns of a segment in their files: those of figures, some hundreds, in one, each of the others in its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, closing
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from whoosh.codec.base import PerDocumentWriter
from whoosh.codec.whoosh3 import W3Codec, W3PerDocReader

from indexer.columnar.array_file import Packed, read_arrays, write_arrays
from indexer.engines.whoosh.columns import BlobColumn
from indexer.engines.whoosh.mapped_files import MappedFile, mapped

_FIGURES = "figures"
"""The file of all the columns of figures."""


class ColumnsWriter(PerDocumentWriter):  # type: ignore[misc]  # whoosh has no types
    """Writes columns, each whole; documents one at a time are not its way."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._storage = storage
        self._segment = segment
        self.is_closed = False

    def write_bytes(self, name: str, content: bytes | bytearray) -> None:
        """Write a column whose file is just this."""
        with self._file(name) as file:
            file.write(content)

    def write_blobs(self, name: str, strings: bytearray, lengths: Sequence[int]) -> None:
        """Write a column of byte strings, those of all documents joined, with the length of each."""
        with self._file(name) as file:
            writer = BlobColumn().writer(file)
            writer.add_all(strings, lengths)
            writer.finish(len(lengths))

    def write_figures(self, columns: Mapping[str, bytes]) -> None:
        """Write columns of figures, the file of each, in one: hundreds of small ones take longer than what is in them."""
        with self._file(_FIGURES) as file:
            ends = np.cumsum(list(map(len, columns.values())), dtype=np.int64)
            content = np.frombuffer(b"".join(columns.values()), dtype=np.uint8)
            write_arrays(file, {"ends": ends, "content": content}, {"columns": list(columns)})

    def close(self) -> None:
        """Have written all."""
        self._segment._fieldlengths = {}
        self.is_closed = True

    def _file(self, name: str) -> AbstractContextManager[Any]:
        return closing(self._storage.create_file(W3Codec.column_filename(self._segment, name)))


class ColumnsReader(W3PerDocReader):  # type: ignore[misc]  # whoosh has no types
    """Reads columns where they are mapped into memory."""

    def has_column(self, fieldname: str) -> bool:
        """Say whether the segment has a column."""
        return fieldname in self._figures or super().has_column(fieldname)

    def _get_column_file(self, fieldname: str) -> tuple[MappedFile, int, int]:
        if fieldname in self._figures:
            return (self._content, *self._figures[fieldname])
        data = self._mapped(fieldname)
        return MappedFile(data), 0, len(data)

    def _mapped(self, name: str) -> memoryview:
        return mapped(self._storage, W3Codec.column_filename(self._segment, name))

    @cached_property
    def _packed(self) -> Packed:
        """The columns of figures."""
        return read_arrays(self._mapped(_FIGURES))

    @cached_property
    def _content(self) -> MappedFile:
        """Their files, one behind the other."""
        return MappedFile(self._packed.arrays["content"].data)

    @cached_property
    def _figures(self) -> Mapping[str, tuple[int, int]]:
        """Where the file of each begins, and how long it is."""
        ends = self._packed.arrays["ends"].tolist()
        places = ((begin, end - begin) for begin, end in pairwise([0, *ends]))
        return dict(zip(self._packed.notes["columns"], places, strict=True))
