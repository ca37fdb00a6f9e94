"""The segments of a generation as one reader, whose reports are numbered without gaps (Lucene's
composite reader).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.types import Array, ByteArray, FloatArray, IntArray, Mask
from indexer.engines.whoosh.batch import renumber_live
from indexer.engines.whoosh.field_texts import PhraseOccurrences, units_of
from indexer.engines.whoosh.reader.facet_columns import FacetColumn, build_facet
from indexer.engines.whoosh.reader.segment import SegmentReader
from indexer.engines.whoosh.schema import STATUS_CODES, build_schema, facet_field

_NO_INTS = np.zeros(0, dtype=np.int64)
_NO_BYTES = np.zeros(0, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class WordFreqs:
    """The reports that have a word in a field, ascending, and how often each."""

    docs: IntArray
    freqs: IntArray


NO_FREQS = WordFreqs(_NO_INTS, _NO_INTS)


class FigureValues:
    """A figure of all reports: its number, 0 or NaN where none is reported, and the code of its
    status.
    """

    __slots__ = ("numbers", "statuses")

    def __init__(self, numbers: Array, statuses: ByteArray) -> None:
        self.numbers = numbers
        self.statuses = statuses

    @property
    def known(self) -> Mask:
        """The reports that have a number."""
        known: Mask = self.statuses == STATUS_CODES["reported"]
        if self.numbers.dtype.kind == "f":
            known &= ~np.isnan(self.numbers)
        return known

    @property
    def nbytes(self) -> int:
        """The memory it takes."""
        return int(self.numbers.nbytes) + self.statuses.nbytes


class LeafReader:
    """A segment within a generation. Its live documents are the reports from `doc_base` on."""

    def __init__(self, segment: SegmentReader, deleted: IntArray, doc_base: int) -> None:
        self.segment = segment
        self.live: Mask = np.ones(segment.size, dtype=np.bool_)
        self.live[deleted] = False
        self.size = segment.size - len(deleted)
        self._doc_base = doc_base
        has_deleted = len(deleted) > 0
        self._numbers: IntArray | None = renumber_live(self.live, doc_base) if has_deleted else None
        self._live_docs = np.flatnonzero(self.live) if has_deleted else None

    def of_live(self, array: Array) -> Array:
        """Return the items of an array, one per document, of the live documents."""
        return array if self._numbers is None else array[self.live]

    def live_among(self, docs: Array) -> Mask | None:
        """Return which of some documents are live; None if all are."""
        if self._numbers is None:
            return None
        live: Mask = self.live[docs]
        return live

    def numbers(self, docs: Array) -> IntArray:
        """Return the report numbers of live documents."""
        if self._numbers is None:
            return docs.astype(np.int64) + self._doc_base
        return self._numbers[docs]

    def nth_live(self, index: int) -> int:
        """Return the live document with this index among the live ones."""
        return index if self._live_docs is None else int(self._live_docs[index])


class CompositeReader:
    """All segments of a generation."""

    def __init__(self, segments: Sequence[tuple[SegmentReader, IntArray]]) -> None:
        self._leaves: list[LeafReader] = []
        self._doc_bases: list[int] = []
        self.size = 0
        for segment, deleted in segments:
            self._leaves.append(LeafReader(segment, deleted, self.size))
            self._doc_bases.append(self.size)
            self.size += self._leaves[-1].size
        self.segments: Sequence[SegmentReader] = [segment for segment, _ in segments]

    @cached_property
    def numbers(self) -> IntArray | None:
        """The report number of each document of all segments, -1 if deleted; None if no document is
        deleted.
        """
        if all(leaf.size == leaf.segment.size for leaf in self._leaves):
            return None
        return np.concatenate([leaf.numbers(np.arange(leaf.segment.size)) for leaf in self._leaves])

    def _locate(self, number: int) -> tuple[SegmentReader, int]:
        """Return the segment of a report and its document there."""
        at = bisect_right(self._doc_bases, number) - 1
        leaf = self._leaves[at]
        return leaf.segment, leaf.nth_live(number - self._doc_bases[at])

    # ── columns ──

    def records(self, name: str) -> NDArray[np.void]:
        """Return a column of records."""
        found = [leaf.of_live(leaf.segment.column(name).array()) for leaf in self._leaves]
        if not found:
            return np.zeros(0, dtype=build_schema()[name].column_type.dtype)
        return np.concatenate(found)

    def lengths(self, field: str) -> IntArray:
        """Return the number of words of each report in a text field."""
        found = [
            leaf.of_live(leaf.segment.terms.postings(field).part_bounds.lengths)
            for leaf in self._leaves
        ]
        return np.concatenate([_NO_INTS, *found])

    def figures(self, key: str) -> FigureValues:
        """Return a figure."""
        columns = [(leaf, leaf.segment.column(key)) for leaf in self._leaves]
        numbers = (leaf.of_live(column.numbers) for leaf, column in columns)
        statuses = (leaf.of_live(column.statuses) for leaf, column in columns)
        return FigureValues(
            np.concatenate([_NO_BYTES, *numbers]), np.concatenate([_NO_BYTES, *statuses])
        )

    def blob(self, name: str, number: int) -> bytes:
        """Return the byte string of a report in a column of such."""
        segment, doc = self._locate(number)
        return bytes(segment.column(name)[doc])

    # ── facets ──

    def facet(self, name: str) -> FacetColumn:
        """Return a facet. Codes are given to the values of live documents only."""
        code_of: dict[str, int] = {}
        all_docs, all_codes = [_NO_INTS], [_NO_INTS]
        for leaf in self._leaves:
            facet = leaf.segment.facet(name)
            docs, numbers = facet.docs, facet.numbers
            live = leaf.live_among(docs)
            if live is not None:
                docs, numbers = docs[live], numbers[live]
            present = np.unique(numbers)
            codes = np.zeros(len(facet.values), dtype=np.int64)
            codes[present] = [
                code_of.setdefault(facet.values[n], len(code_of) + 1) for n in present.tolist()
            ]
            all_docs.append(leaf.numbers(docs))
            all_codes.append(codes[numbers])
        docs, codes = np.concatenate(all_docs), np.concatenate(all_codes)
        return build_facet(name, tuple(code_of), docs, codes, self.size)

    def report_ids(self, numbers: Sequence[int]) -> tuple[str, ...]:
        """Return the ids of reports."""
        return tuple(segment.report_id(doc) for segment, doc in map(self._locate, numbers))

    def number(self, report_id: str) -> int | None:
        """Return the number of the report with this id."""
        for leaf in self._leaves:
            postings = leaf.segment.terms.postings(facet_field("id"))
            found = postings.find(report_id.encode())
            docs = _NO_INTS if found is None else postings.docs(found)
            if len(docs) and leaf.live[docs[0]]:
                return int(leaf.numbers(docs)[0])
        return None

    def years(self) -> FloatArray:
        """Return the year of each report, NaN where it is unknown."""
        years = (leaf.of_live(leaf.segment.years) for leaf in self._leaves)
        return np.concatenate([np.zeros(0), *years])

    def tie_breaks(self) -> IntArray:
        """Return the tie-break key of each report; see `SegmentReader.tie_breaks`."""
        keys = (leaf.of_live(leaf.segment.tie_breaks) for leaf in self._leaves)
        return np.concatenate([_NO_INTS, *keys])

    # ── texts ──

    def occurrences(self, needle: str) -> PhraseOccurrences:
        """Return the occurrences of a string."""
        docs, fields = [_NO_INTS], [_NO_BYTES]
        for leaf in self._leaves:
            found = leaf.segment.texts.find(needle)
            live = leaf.live_among(found.docs)
            if live is not None:
                found = PhraseOccurrences(found.docs[live], found.fields[live])
            docs.append(leaf.numbers(found.docs))
            fields.append(found.fields)
        return PhraseOccurrences(np.concatenate(docs), np.concatenate(fields))

    def max_occurrences(self, needle: str) -> int:
        """Return an upper bound on the occurrences of a string, deleted reports included, without
        reading any text.
        """
        units = units_of(needle).tolist()
        return sum(segment.texts.max_occurrences(units) for segment in self.segments)
