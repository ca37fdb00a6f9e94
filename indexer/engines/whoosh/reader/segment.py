"""A segment as it was written, open for reading: it never changes, and generations share it as long as they have it."""

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
from indexer.columnar.term_hash import WordTable
from indexer.columnar.types import IntArray
from indexer.engines.whoosh.codec import ArrayTermsReader
from indexer.engines.whoosh.column_files import ColumnsReader
from indexer.engines.whoosh.field_texts import SegmentTexts
from indexer.engines.whoosh.schema import build_schema, facet_field
from indexer.search.ranking import GROUPS

WORD_FIELDS = GROUPS
"""The fields of words, as `SegmentFile.word_table` counts them."""
_ID_BYTES, _YEARS = 6, 1 << 15
INDEX = "MAIN"
"""Whoosh's name for the one index of a folder."""


@dataclass(frozen=True, slots=True)
class Positions:
    """Every place of a word in a field: the document, ascending, the position in it, the number of the part."""

    docs: IntArray
    positions: IntArray
    parts: NDArray[np.uint8]


NO_POSITIONS = Positions(
    np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint8)
)


@dataclass(frozen=True, slots=True)
class FacetPairs:
    """The values of a facet in a segment, and pairs: document `docs[i]` has the value `values[numbers[i]]`."""

    values: Sequence[str]
    docs: IntArray
    numbers: IntArray


class SegmentFile:
    """The readers of a segment, and what was made of what they read."""

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
        """The fields of words, as `WORD_FIELDS` names them."""
        return [self.terms.words(field) for field in WORD_FIELDS]

    @cached_property
    def word_table(self) -> WordTable:
        """Where each word is found in those fields."""
        return WordTable(self.word_fields)

    @cached_property
    def texts(self) -> SegmentTexts:
        """The folded texts."""
        return SegmentTexts(
            self.column("texts"), self.column("text_starts").array(), self.terms.pairs()
        )

    def facet(self, name: str) -> FacetPairs:
        """Return a facet."""
        found = self.terms.words(facet_field(name)).decode()
        values = [term.decode() for term in found.terms]
        return FacetPairs(values, found.docs.astype(np.int64), found.numbers.astype(np.int64))

    def report_id(self, doc: int) -> str:
        """Return the id of a document."""
        known = self._ids[doc]
        if known is None:
            known = self._ids[doc] = (
                self.terms.words(facet_field("id")).term(int(self._id_numbers[doc])).decode()
            )
        return known

    @cached_property
    def _id_numbers(self) -> NDArray[np.uint32]:
        """The number of each document's id among the terms."""
        found = self.terms.words(facet_field("id")).decode()
        numbers = np.zeros(self.size, dtype=np.uint32)
        numbers[found.docs] = found.numbers
        return numbers

    @cached_property
    def years(self) -> NDArray[np.float64]:
        """The year of each document, not a number where it is unknown."""
        facet = self.facet("year")
        years = np.full(self.size, np.nan)
        years[facet.docs] = np.array([float(value) for value in facet.values])[facet.numbers]
        return years

    @cached_property
    def ties(self) -> IntArray:
        """A number for each document by which those of equal worth come in order: newest year first, unknown last, then the id's first bytes."""
        heads = self.terms.words(facet_field("id")).heads(_ID_BYTES)[self._id_numbers]
        newest = np.where(
            np.isnan(self.years), _YEARS - 1, np.clip(_YEARS - 2 - self.years, 0, _YEARS - 2)
        )
        return newest.astype(np.int64) << 8 * _ID_BYTES | heads


_Key: TypeAlias = tuple[str, int, int]
"""What tells a segment's file from another: hard links to it are the same file."""


class OpenFiles:
    """The segments that are open, by name: opened once, however many generations have them."""

    def __init__(self) -> None:
        self._files: dict[_Key, SegmentFile] = {}

    def open(self, folder: Path) -> list[tuple[SegmentFile, IntArray]]:
        """Return the segments of the index in a folder that have any documents left, each with the numbers of those that are gone."""
        storage = FileStorage(str(folder))
        segments = TOC.read(storage, INDEX, schema=build_schema()).segments
        files = {_key(storage, segment): self.of(storage, segment) for segment in segments}
        self._files = files
        return [
            (file, np.array(list(segment.deleted_docs()), dtype=np.int64))
            for file, segment in zip(files.values(), segments, strict=True)
            if segment.doc_count()
        ]

    def of(self, storage: FileStorage, segment: Any) -> SegmentFile:
        """Return a segment of the index in a folder; a change reads it as well, before the generation is there to be opened."""
        key = _key(storage, segment)
        file = self._files.get(key)
        if file is None:
            file = self._files[key] = SegmentFile(storage, segment)
        return file


def _key(storage: FileStorage, segment: Any) -> _Key:
    name = segment.make_filename(segment.COMPOUND_EXT)
    stat = os.stat(os.path.join(storage.folder, name))
    return name, stat.st_ino, stat.st_mtime_ns
