"""A segment, open for reading. It never changes, and all generations that contain it share one
reader.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from indexer.columnar.postings import FieldPostings
from indexer.columnar.term_hash import TermHash
from indexer.columnar.types import ByteArray, FloatArray, IntArray
from indexer.engines.whoosh.codec import ArrayTermsReader
from indexer.engines.whoosh.column_files import ColumnsReader
from indexer.engines.whoosh.field_texts import SegmentTexts
from indexer.engines.whoosh.schema import build_schema, facet_field
from indexer.search.ranking import GROUPS

WORD_FIELDS = GROUPS
"""The text fields, as `SegmentReader.term_hash` numbers them."""
_ID_BYTES, _YEAR_RANGE = 6, 1 << 15
"""A tie-break key is 15 bits of year above 48 bits of id: a positive 64-bit integer."""
INDEX_NAME = "MAIN"
"""Whoosh's name for the only index of a folder."""


@dataclass(frozen=True, slots=True)
class TermPositions:
    """All positions of a word in a field: the document, ascending, the position in it, and the
    part.
    """

    docs: IntArray
    positions: IntArray
    parts: ByteArray


NO_POSITIONS = TermPositions(
    np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint8)
)


@dataclass(frozen=True, slots=True)
class FacetValues:
    """A facet in a segment: document `docs[i]` has the value `values[numbers[i]]`."""

    values: Sequence[str]
    docs: IntArray
    numbers: IntArray


class SegmentReader:
    """Reads a segment, and keeps what is made of it."""

    def __init__(self, storage: FileStorage, segment: Any) -> None:
        compound = segment.open_compound_file(storage)
        self.size: int = segment.doc_count_all()
        self.terms = ArrayTermsReader(compound, segment)
        self._columns = ColumnsReader(compound, segment)
        self._ids: list[str | None] = [None] * self.size

    def column(self, name: str) -> Any:
        """Return the reader of a column."""
        return self._columns.column_reader(name, build_schema()[name].column_type)

    @cached_property
    def word_fields(self) -> Sequence[FieldPostings]:
        """The text fields in the order of `WORD_FIELDS`."""
        return [self.terms.postings(field) for field in WORD_FIELDS]

    @cached_property
    def term_hash(self) -> TermHash:
        """The hash table over the terms of the text fields; made in a millisecond when the segment
        is first searched.
        """
        return TermHash(self.word_fields)

    @cached_property
    def texts(self) -> SegmentTexts:
        """The folded texts."""
        starts = self.column("text_starts").array()
        return SegmentTexts(self.column("texts"), starts, self.terms.bigrams())

    def facet(self, name: str) -> FacetValues:
        """Return a facet."""
        found = self.terms.postings(facet_field(name)).decode()
        values = [term.decode() for term in found.terms]
        return FacetValues(values, found.docs.astype(np.int64), found.numbers.astype(np.int64))

    def report_id(self, doc: int) -> str:
        """Return the id of a document."""
        known = self._ids[doc]
        if known is None:
            ids = self.terms.postings(facet_field("id"))
            known = self._ids[doc] = ids.term(int(self._id_numbers[doc])).decode()
        return known

    @cached_property
    def _id_numbers(self) -> NDArray[np.uint32]:
        """The number of each document's id among the terms."""
        found = self.terms.postings(facet_field("id")).decode()
        numbers = np.zeros(self.size, dtype=np.uint32)
        numbers[found.docs] = found.numbers
        return numbers

    @cached_property
    def years(self) -> FloatArray:
        """The year of each document, NaN where it is unknown."""
        facet = self.facet("year")
        years = np.full(self.size, np.nan)
        years[facet.docs] = np.array([float(value) for value in facet.values])[facet.numbers]
        return years

    @cached_property
    def tie_breaks(self) -> IntArray:
        """The tie-break key of each document: newest year first, unknown years last, then by the
        first bytes of the id.

        It does not depend on other documents, so a change of the index needs no renumbering.
        """
        heads = self.terms.postings(facet_field("id")).heads(_ID_BYTES)[self._id_numbers]
        newest_first = np.where(
            np.isnan(self.years),
            _YEAR_RANGE - 1,
            np.clip(_YEAR_RANGE - 2 - self.years, 0, _YEAR_RANGE - 2),
        )
        return newest_first.astype(np.int64) << 8 * _ID_BYTES | heads


_FileIdentity: TypeAlias = tuple[str, int, int]
"""Name, inode and modification time, which all hard links to a segment's file share."""


class SegmentReaders:
    """The open segments: each is opened once, however many generations contain it."""

    def __init__(self) -> None:
        self._readers: dict[_FileIdentity, SegmentReader] = {}

    def open(self, folder: Path) -> list[tuple[SegmentReader, IntArray]]:
        """Return the segments of the index in a folder that have live documents, each with its
        deleted documents.
        """
        storage = FileStorage(str(folder))
        segments = TOC.read(storage, INDEX_NAME, schema=build_schema()).segments
        readers = {_identity(storage, segment): self.of(storage, segment) for segment in segments}
        self._readers = readers
        return [
            (reader, np.array(list(segment.deleted_docs()), dtype=np.int64))
            for reader, segment in zip(readers.values(), segments, strict=True)
            if segment.doc_count()
        ]

    def of(self, storage: FileStorage, segment: Any) -> SegmentReader:
        """Return a segment of the index in a folder. A change reads it too, before its generation
        can be opened.
        """
        identity = _identity(storage, segment)
        reader = self._readers.get(identity)
        if reader is None:
            reader = self._readers[identity] = SegmentReader(storage, segment)
        return reader


def _identity(storage: FileStorage, segment: Any) -> _FileIdentity:
    name = segment.make_filename(segment.COMPOUND_EXT)
    stat = os.stat(os.path.join(storage.folder, name))
    return name, stat.st_ino, stat.st_mtime_ns
