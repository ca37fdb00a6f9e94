"""The writer: a Whoosh writer that takes whole rows, and writes each segment in bulk.

Rows are gathered in arrays; at the commit they become one segment. Segments of one size are merged, array by array, when there
are many of them, but not beyond the largest size, for the arrays of a batch must fit into memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import RamStorage
from whoosh.writing import SegmentWriter

from indexer.columnar.bigrams import build_pairs
from indexer.columnar.keyword_postings import build_flags
from indexer.columnar.postings import FieldPostings
from indexer.columnar.postings_builder import build_field
from indexer.engines.whoosh.batch import (
    Clauses,
    ColumnBatch,
    Cut,
    FlagBatch,
    NumberBatch,
    Row,
    WordBatch,
    as_array,
    live_documents,
    moved_numbers,
)
from indexer.engines.whoosh.codec import (
    PAIRS,
    ArrayCodec,
    ArrayFieldWriter,
    ArrayTermsReader,
)
from indexer.engines.whoosh.column_files import ColumnsReader, ColumnsWriter
from indexer.engines.whoosh.columns import pack_numbers

BATCH = 12_500
"""So many rows are enough for a segment."""
BATCH_BYTES = 1 << 27
"""And so many bytes of text."""
_SIZES = (16, 256, 4096)
"""Segments of up to so many documents count as of one size; larger ones are not merged."""
_HEAD = 7
"""So many bytes of a term are compared at once."""
_MOST_OF_A_SIZE = 8
"""More segments of one size are merged."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The fields and columns of a row. `words` gives each field the names of its parts, none if it is not divided.

    `texts` is the one of the `blobs` that holds a document's text in 16-bit units, of which the pairs of characters are made;
    `cut` cuts a clause into terms.
    """

    words: Mapping[str, tuple[str, ...]]
    flags: tuple[str, ...]
    records: tuple[str, ...]
    blobs: tuple[str, ...]
    texts: str
    numbers: tuple[str, ...]
    cut: Callable[[str], Cut]


class ArrayWriter(SegmentWriter):  # type: ignore[misc]  # whoosh has no types
    """Writes rows of one layout into an index of this codec. `commit` and `cancel` are Whoosh's; nobody else may write meanwhile.

    `terms` gives what reads the terms of a segment.
    """

    def __init__(
        self, index: Any, layout: Layout, terms: Callable[[Any], ArrayTermsReader]
    ) -> None:
        super().__init__(index, codec=ArrayCodec(), _lk=False)
        self.mergetype = merge_small
        self._terms = terms
        self._layout = layout
        self._files = RamStorage()
        table = Clauses(layout.cut)
        self._words = {name: WordBatch(table, parts) for name, parts in layout.words.items()}
        self._flags = FlagBatch(layout.flags)
        self._columns = {name: ColumnBatch() for name in (*layout.records, *layout.blobs)}
        self._numbers = NumberBatch()

    def add_row(self, row: Row) -> None:
        """Add a document."""
        for name, parts in row.words.items():
            self._words[name].add(parts)
        self._flags.add(row.flags)
        for name, value in (*row.records.items(), *row.blobs.items()):
            self._columns[name].add(value)
        self._numbers.add(row.numbers, row.statuses)
        self.docnum += 1
        self._added = True

    @property
    def full(self) -> bool:
        """Whether there are rows enough for a segment."""
        return self.docnum >= BATCH or len(self._columns[self._layout.texts].data) >= BATCH_BYTES

    def delete_ids(self, field: str, ids: Iterable[str]) -> None:
        """Delete the committed documents that have one of these terms in a field."""
        sought = [key.encode() for key in ids]
        for segment in self.segments if sought else ():
            for doc in _having(self._terms(segment).words(field), sought):
                segment.delete_document(doc)

    def add_segment(self, segment: Any) -> None:
        """Add the documents of a segment that are not deleted."""
        compound = segment.open_compound_file(self.storage)
        columns, terms = ColumnsReader(compound, segment), self._terms(segment)
        live = live_documents(columns)
        moved = moved_numbers(live, self.docnum)
        for name, words in self._words.items():
            words.take(terms.words(name), moved)
        self._flags.take(terms.words, moved)
        for name, column in self._columns.items():
            values = columns.column_reader(name, self.schema[name].column_type)
            column.take(values[doc] for doc in np.flatnonzero(live).tolist())
        numbers = [
            columns.column_reader(name, self.schema[name].column_type)
            for name in self._layout.numbers
        ]
        self._numbers.taken.append(
            (
                np.stack([column.numbers[live].astype(np.float64) for column in numbers], axis=1),
                np.stack([column.statuses[live] for column in numbers], axis=1),
            )
        )
        self.docnum += int(live.sum())
        self._added = True

    def _flush_segment(self) -> None:
        """Write what was gathered. Whoosh calls this at the commit, if any document was added."""
        self._write_fields(self.codec.field_writer(self._files, self.newsegment))
        self._write_columns(self.codec.per_document_writer(self._files, self.newsegment))

    def _write_fields(self, write: ArrayFieldWriter) -> None:
        for name in tuple(self._words):
            batch = self._words.pop(name)
            occurrences, parts = batch.occurrences()
            write.write(name, build_field(occurrences, parts), batch.part_names)
        fields = self._layout.flags
        write.write_flags(fields, build_flags(self._flags.occurrences(), len(fields)))
        texts = self._columns[self._layout.texts]
        units = np.frombuffer(texts.data, dtype="<u2")
        write.write(
            PAIRS, build_pairs(units, np.cumsum(as_array(texts.lengths), dtype=np.int64) // 2)
        )

    def _write_columns(self, write: ColumnsWriter) -> None:
        for name in self._layout.records:
            write.write_bytes(name, self._columns.pop(name).data)
        for name in self._layout.blobs:
            column = self._columns.pop(name)
            write.write_blobs(name, column.data, column.lengths)
        numbers = pack_numbers(*self._numbers.columns(len(self._layout.numbers)))
        write.write_figures(dict(zip(self._layout.numbers, numbers, strict=True)))

    def _assemble_segment(self) -> None:
        """Put the files of the segment into one on disk."""
        segment = self.get_segment()
        CompoundStorage.assemble(
            segment.create_file(self.storage, segment.COMPOUND_EXT), self._files, self._files.list()
        )
        segment.compound = True


def _having(postings: FieldPostings, terms: Sequence[bytes]) -> list[int]:
    """Return the documents that have one of the terms. Of thousands of new reports few stand there already: most are told by their heads."""
    heads = postings.heads(_HEAD)
    sought = np.array(
        [int.from_bytes(term[:_HEAD].ljust(_HEAD, b"\0"), "big") for term in terms], dtype=np.int64
    )
    behind = np.append(heads, -1)[np.searchsorted(heads, sought)]
    numbers = [postings.find(terms[at]) for at in np.flatnonzero(behind == sought).tolist()]
    return [
        doc for number in numbers if number is not None for doc in postings.docs(number).tolist()
    ]


def merge_small(writer: ArrayWriter, segments: Sequence[Any]) -> list[Any]:
    """Add to a writer the documents of segments of which there are too many, or that are mostly deleted; return the others."""
    merged = {segment for segment in segments if 2 * segment.doc_count() < segment.doc_count_all()}
    for size in _SIZES:
        alike = [
            segment for segment in segments if segment not in merged and _size(segment) == size
        ]
        if len(alike) > _MOST_OF_A_SIZE:
            merged |= set(alike)
    for segment in segments:
        if segment in merged and segment.doc_count():
            writer.add_segment(segment)
    return [segment for segment in segments if segment not in merged]


def _size(segment: Any) -> int | None:
    return next((size for size in _SIZES if segment.doc_count() <= size), None)
