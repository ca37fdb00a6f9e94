"""The writer: a Whoosh writer that takes whole rows, and writes each segment in bulk.

Rows are gathered in arrays; at the commit they become one segment. Segments of one size are merged, array by array, when there
are many of them, but not beyond the largest size, for the arrays of a batch must fit into memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3PerDocReader
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import RamStorage
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from indexer.engines.whoosh_engine.arrays.batch import ColumnBatch, FieldBatch, Row, live_documents, moved_numbers
from indexer.engines.whoosh_engine.arrays.codec import ArrayCodec, ArrayTermsReader
from indexer.engines.whoosh_engine.arrays.columns import RecordColumn
from indexer.engines.whoosh_engine.arrays.postings import FieldPostings

BATCH = 4096
"""So many rows are enough for a segment."""
_SIZES = (16, 256, BATCH)
"""Segments of up to so many documents count as of one size; larger ones are not merged."""
_MOST_OF_A_SIZE = 8
"""More segments of one size are merged."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The fields and columns of a row. `tables` are the columns whose records make up its table, all of `record`'s type."""

    words: tuple[str, ...]
    flags: tuple[str, ...]
    records: Mapping[str, RecordColumn]
    blobs: tuple[str, ...]
    tables: tuple[str, ...]
    record: RecordColumn


class ArrayWriter(SegmentWriter):  # type: ignore[misc]  # whoosh has no types
    """Writes rows of one layout into an index of this codec. `commit` and `cancel` are Whoosh's."""

    def __init__(self, index: Any, layout: Layout) -> None:
        super().__init__(index, codec=ArrayCodec())
        self.mergetype = merge_small
        self._layout = layout
        self._files = RamStorage()
        self._fields = {
            **{name: FieldBatch(True) for name in layout.words},
            **{name: FieldBatch(False) for name in layout.flags},
        }
        self._columns = {name: ColumnBatch() for name in (*layout.records, *layout.blobs)}
        self._table = ColumnBatch()

    def add_row(self, row: Row) -> None:
        """Add a document."""
        for name, words in row.words.items():
            self._fields[name].add(self.docnum, words.terms, words.positions)
        for name, terms in row.flags.items():
            self._fields[name].add(self.docnum, terms)
        for name, value in (*row.records.items(), *row.blobs.items()):
            self._columns[name].add(value)
        self._table.add(row.table)
        self.docnum += 1
        self._added = True

    def delete_ids(self, field: str, ids: Iterable[str]) -> None:
        """Delete the committed documents that have one of these terms in a field."""
        sought = [key.encode() for key in ids]
        for segment in self.segments if sought else ():
            reader = SegmentReader(self.storage, self.schema, segment)
            for doc in _having(reader._terms.field(field), sought):
                segment.delete_document(doc)
            reader.close()

    def add_reader(self, reader: SegmentReader) -> None:
        """Add the documents of a segment that are not deleted."""
        columns: W3PerDocReader = reader._perdoc
        terms: ArrayTermsReader = reader._terms
        live = live_documents(columns)
        moved = moved_numbers(live, self.docnum)
        for name, batch in self._fields.items():
            postings = terms.field(name)
            if postings is not None:
                batch.take(postings, moved)
        for name, column in self._layout.records.items():
            self._columns[name].take_records(columns.column_reader(name, column).array()[live])
        for name in self._layout.blobs:
            self._columns[name].take_strings(columns.column_reader(name, self.schema[name].column_type), live)
        tables = [columns.column_reader(name, self._layout.record).array()[live] for name in self._layout.tables]
        self._table.take_records(np.stack(tables, axis=1))
        self.docnum += int(live.sum())
        self._added = True

    def _flush_segment(self) -> None:
        """Write what was gathered. Whoosh calls this at the commit, if any document was added."""
        size = self.docnum - self.docbase
        fields = self.codec.field_writer(self._files, self.newsegment)
        for name, field in self._fields.items():
            fields.write(name, field.occurrences(), size)
        write = self.codec.per_document_writer(self._files, self.newsegment)
        for name, column in self._layout.records.items():
            write.write_records(name, column, bytes(self._columns[name].data), size)
        for name in self._layout.blobs:
            write.write_blobs(name, bytes(self._columns[name].data), self._columns[name].lengths)
        table = self._records_of_table(size)
        for at, name in enumerate(self._layout.tables):
            write.write_records(name, self._layout.record, table[:, at].tobytes(), size)

    def _assemble_segment(self) -> None:
        """Put the files of the segment, some hundreds, into one on disk."""
        segment = self.get_segment()
        CompoundStorage.assemble(
            segment.create_file(self.storage, segment.COMPOUND_EXT), self._files, self._files.list()
        )
        segment.compound = True

    def _records_of_table(self, size: int) -> NDArray[np.void]:
        records = np.frombuffer(self._table.data, dtype=self._layout.record.dtype)
        return records.reshape(size, len(self._layout.tables))


def _having(postings: FieldPostings | None, terms: Iterable[bytes]) -> list[int]:
    """Return the documents that have one of the terms."""
    numbers = [postings.find(term) for term in terms] if postings else []
    return [doc for number in numbers if postings and number is not None for doc in postings.docs(number).tolist()]


def merge_small(writer: ArrayWriter, segments: Sequence[Any]) -> list[Any]:
    """Add to a writer the documents of segments of which there are too many, or that are mostly deleted; return the others."""
    merged = {segment for segment in segments if 2 * segment.doc_count() < segment.doc_count_all()}
    for size in _SIZES:
        alike = [segment for segment in segments if segment not in merged and _size(segment) == size]
        if len(alike) > _MOST_OF_A_SIZE:
            merged |= set(alike)
    for segment in segments:
        if segment in merged and segment.doc_count():
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
    return [segment for segment in segments if segment not in merged]


def _size(segment: Any) -> int | None:
    return next((size for size in _SIZES if segment.doc_count() <= size), None)
