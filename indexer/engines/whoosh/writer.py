"""The writer: a Whoosh writer that takes whole rows and writes each segment in bulk.

Rows are gathered in arrays, which become one segment at the commit. Segments of about the same size
are merged, array by array, once there are many of them (tiered merging), but only up to a size
whose arrays fit into memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import RamStorage
from whoosh.writing import SegmentWriter

from indexer.columnar.bigrams import build_bigrams
from indexer.columnar.keyword_postings import build_keywords
from indexer.columnar.postings import FieldPostings
from indexer.columnar.postings_builder import build_postings
from indexer.engines.whoosh.batch import (
    BlobBatch,
    ClauseTable,
    DocumentRow,
    FigureBatch,
    KeywordBatch,
    TextBatch,
    TokenizedClause,
    as_array,
    live_mask,
    renumber_live,
)
from indexer.engines.whoosh.codec import BIGRAMS, ArrayCodec, ArrayFieldWriter, ArrayTermsReader
from indexer.engines.whoosh.column_files import ColumnsReader, ColumnsWriter
from indexer.engines.whoosh.columns import pack_figures


@dataclass(frozen=True, slots=True)
class SegmentLimits:
    """The sizes of segments."""

    max_docs: int = 12_500
    """A batch of this many documents is written as a segment,"""
    max_text_bytes: int = 1 << 27
    """and so is one with this much text: its arrays take several times as much memory."""
    tiers: tuple[int, ...] = (16, 256, 4096)
    """The most documents of a segment of each tier; larger segments are never merged."""
    max_per_tier: int = 8
    """More segments of one tier are merged, so that a single changed report does not cost the index
    its speed.
    """


LIMITS = SegmentLimits()
_HEAD_BYTES = 7
"""The bytes of a term that fit into a signed 64-bit integer and are compared at once."""


@dataclass(frozen=True, slots=True)
class RowLayout:
    """The fields and columns of a row. `words` gives each text field the names of its parts, none
    if it is not divided.

    `texts` is the one of the `blobs` that holds a document's text as 16-bit units, from which the
    bigrams are made; `numbers` are the figures; `tokenize` cuts a clause into terms.
    """

    words: Mapping[str, tuple[str, ...]]
    keywords: tuple[str, ...]
    records: tuple[str, ...]
    blobs: tuple[str, ...]
    texts: str
    numbers: tuple[str, ...]
    tokenize: Callable[[str], TokenizedClause]


class ArrayWriter(SegmentWriter):  # type: ignore[misc]  # whoosh has no types
    """Writes rows of one layout into an index of this codec. `commit` and `cancel` are Whoosh's.

    The caller holds the lock of the index. `terms` returns the terms reader of a segment.
    """

    def __init__(
        self, index: Any, layout: RowLayout, terms: Callable[[Any], ArrayTermsReader]
    ) -> None:
        super().__init__(index, codec=ArrayCodec(), _lk=False)
        self.mergetype = merge_tiers
        self._terms = terms
        self._layout = layout
        self._files = RamStorage()
        table = ClauseTable(layout.tokenize)
        self._words = {name: TextBatch(table, parts) for name, parts in layout.words.items()}
        self._keywords = KeywordBatch(layout.keywords)
        self._columns = {name: BlobBatch() for name in (*layout.records, *layout.blobs)}
        self._figures = FigureBatch()

    def add_row(self, row: DocumentRow) -> None:
        """Add a document."""
        for name, parts in row.words.items():
            self._words[name].add(parts)
        self._keywords.add(row.keywords)
        for name, value in (*row.records.items(), *row.blobs.items()):
            self._columns[name].add(value)
        self._figures.add(row.numbers, row.statuses)
        self.docnum += 1
        self._added = True

    @property
    def is_full(self) -> bool:
        """Whether there are rows enough for a segment."""
        text_bytes = len(self._columns[self._layout.texts].data)
        return self.docnum >= LIMITS.max_docs or text_bytes >= LIMITS.max_text_bytes

    def delete_ids(self, field: str, ids: Iterable[str]) -> None:
        """Delete the committed documents that have one of these terms in a field."""
        terms = [key.encode() for key in ids]
        for segment in self.segments if terms else ():
            for doc in _docs_with_any(self._terms(segment).postings(field), terms):
                segment.delete_document(doc)

    def add_segment(self, segment: Any) -> None:
        """Add the live documents of another segment."""
        compound = segment.open_compound_file(self.storage)
        columns, terms = ColumnsReader(compound, segment), self._terms(segment)
        live = live_mask(columns)
        new_numbers = renumber_live(live, self.docnum)
        for name, words in self._words.items():
            words.merge(terms.postings(name), new_numbers)
        self._keywords.merge(terms.postings, new_numbers)
        for name, column in self._columns.items():
            values = columns.column_reader(name, self.schema[name].column_type)
            column.merge(values[doc] for doc in np.flatnonzero(live).tolist())
        figures = [
            columns.column_reader(name, self.schema[name].column_type)
            for name in self._layout.numbers
        ]
        numbers = np.stack([one.numbers[live].astype(np.float64) for one in figures], axis=1)
        statuses = np.stack([one.statuses[live] for one in figures], axis=1)
        self._figures.merged.append((numbers, statuses))
        self.docnum += int(live.sum())
        self._added = True

    def _flush_segment(self) -> None:
        """Write what was gathered. Whoosh calls this at the commit if any document was added."""
        self._write_fields(self.codec.field_writer(self._files, self.newsegment))
        self._write_columns(self.codec.per_document_writer(self._files, self.newsegment))

    def _write_fields(self, writer: ArrayFieldWriter) -> None:
        for name in tuple(self._words):
            batch = self._words.pop(name)  # its memory is released field by field
            occurrences, parts = batch.occurrences()
            writer.write(name, build_postings(occurrences, parts), batch.part_names)
        fields = self._layout.keywords
        keywords = build_keywords(self._keywords.occurrences(), len(fields))
        writer.write_keywords(fields, keywords)
        texts = self._columns[self._layout.texts]
        units = np.frombuffer(texts.data, dtype="<u2")
        text_ends = np.cumsum(as_array(texts.lengths), dtype=np.int64) // 2
        writer.write(BIGRAMS, build_bigrams(units, text_ends))

    def _write_columns(self, writer: ColumnsWriter) -> None:
        for name in self._layout.records:
            writer.write_bytes(name, self._columns.pop(name).data)
        for name in self._layout.blobs:
            column = self._columns.pop(name)
            writer.write_blobs(name, column.data, column.lengths)
        figures = pack_figures(*self._figures.columns(len(self._layout.numbers)))
        writer.write_figures(dict(zip(self._layout.numbers, figures, strict=True)))

    def _assemble_segment(self) -> None:
        """Put the files of the segment into one on disk."""
        segment = self.get_segment()
        CompoundStorage.assemble(
            segment.create_file(self.storage, segment.COMPOUND_EXT), self._files, self._files.list()
        )
        segment.compound = True


def _docs_with_any(postings: FieldPostings, terms: Sequence[bytes]) -> list[int]:
    """Return the documents that have any of the terms.

    Terms are compared by their first seven bytes, so most unknown ids are rejected without a
    dictionary lookup.
    """
    heads = postings.heads(_HEAD_BYTES)
    wanted = np.array(
        [int.from_bytes(term[:_HEAD_BYTES].ljust(_HEAD_BYTES, b"\0"), "big") for term in terms],
        dtype=np.int64,
    )
    nearest = np.append(heads, -1)[np.searchsorted(heads, wanted)]
    numbers = [postings.find(terms[at]) for at in np.flatnonzero(nearest == wanted).tolist()]
    return [
        doc for number in numbers if number is not None for doc in postings.docs(number).tolist()
    ]


def merge_tiers(writer: ArrayWriter, segments: Sequence[Any]) -> list[Any]:
    """Merge into a writer the segments of crowded tiers and those that are mostly deleted; return
    the others.
    """
    merged = _segments_to_merge(segments)
    for segment in segments:
        if segment in merged and segment.doc_count():
            writer.add_segment(segment)
    return [segment for segment in segments if segment not in merged]


def _segments_to_merge(segments: Sequence[Any]) -> set[Any]:
    chosen = {segment for segment in segments if 2 * segment.doc_count() < segment.doc_count_all()}
    for tier in LIMITS.tiers:
        alike = {segment for segment in segments if _tier(segment) == tier} - chosen
        if len(alike) > LIMITS.max_per_tier:
            chosen |= alike
    return chosen


def _tier(segment: Any) -> int | None:
    return next((tier for tier in LIMITS.tiers if segment.doc_count() <= tier), None)
