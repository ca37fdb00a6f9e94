"""The segments of a generation, read as if they were one: what Whoosh keeps by segment, by the numbers of the snapshot."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.types import IntArray, Mask
from indexer.engines.whoosh.batch import moved_numbers
from indexer.engines.whoosh.field_texts import Occurrences, units_of
from indexer.engines.whoosh.reader.facet_columns import Facet, build_facet
from indexer.engines.whoosh.reader.segment import SegmentFile
from indexer.engines.whoosh.schema import STATUS_CODES, build_schema, facet_field

_NONE = np.zeros(0, dtype=np.int64)
_NO_PARTS = np.zeros(0, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Postings:
    """The reports that have a word in a field, ascending, and how often."""

    docs: IntArray
    counts: IntArray


NOWHERE = Postings(_NONE, _NONE)


class Figures:
    """A figure of all reports: its number, 0 or not a number where none is reported, and its status as it is kept."""

    __slots__ = ("numbers", "statuses")

    def __init__(self, numbers: NDArray[Any], statuses: NDArray[np.uint8]) -> None:
        self.numbers = numbers
        self.statuses = statuses

    @property
    def known(self) -> Mask:
        """Which reports have a number."""
        known: Mask = self.statuses == STATUS_CODES["reported"]
        if self.numbers.dtype.kind == "f":
            known &= ~np.isnan(self.numbers)
        return known

    @property
    def nbytes(self) -> int:
        """What it takes of memory."""
        return int(self.numbers.nbytes) + self.statuses.nbytes


class Segment:
    """A segment of a snapshot: the numbers that its documents have there, none where one is gone."""

    def __init__(self, file: SegmentFile, gone: IntArray, first: int) -> None:
        self.file = file
        self.live: Mask = np.ones(file.size, dtype=np.bool_)
        self.live[gone] = False
        self.size = file.size - len(gone)
        self._first = first
        self._numbers: IntArray | None = moved_numbers(self.live, first) if len(gone) else None
        self._docs = np.flatnonzero(self.live) if len(gone) else None

    def kept(self, array: NDArray[Any]) -> NDArray[Any]:
        """Return the items of an array, one a document, of those that are there."""
        return array if self._numbers is None else array[self.live]

    def there(self, docs: NDArray[Any]) -> Mask | None:
        """Return which of some documents are still there; None: all of them."""
        if self._numbers is None:
            return None
        there: Mask = self.live[docs]
        return there

    def numbers(self, docs: NDArray[Any]) -> IntArray:
        """Return the numbers in the snapshot of documents that are there."""
        return docs.astype(np.int64) + self._first if self._numbers is None else self._numbers[docs]

    def doc(self, number: int) -> int:
        """Return the document that is the how-manieth of those that are there."""
        return number if self._docs is None else int(self._docs[number])


class Segments:
    """All segments of a snapshot."""

    def __init__(self, files: Sequence[tuple[SegmentFile, IntArray]]) -> None:
        self._segments: list[Segment] = []
        self._firsts: list[int] = []
        self.size = 0
        for file, gone in files:
            self._segments.append(Segment(file, gone, self.size))
            self._firsts.append(self.size)
            self.size += self._segments[-1].size
        self.files: Sequence[SegmentFile] = [file for file, _ in files]

    @cached_property
    def numbers(self) -> IntArray | None:
        """The number of each document of all segments, one behind the other, -1 where it is gone; None where none is."""
        if all(segment.size == segment.file.size for segment in self._segments):
            return None
        return np.concatenate(
            [segment.numbers(np.arange(segment.file.size)) for segment in self._segments]
        )

    def _located(self, number: int) -> tuple[SegmentFile, int]:
        """Return the segment of a report, and which of its documents it is."""
        at = bisect_right(self._firsts, number) - 1
        return self._segments[at].file, self._segments[at].doc(number - self._firsts[at])

    # ── columns ──

    def records(self, name: str) -> NDArray[np.void]:
        """Return a column of records."""
        found = [segment.kept(segment.file.column(name).array()) for segment in self._segments]
        return (
            np.concatenate(found)
            if found
            else np.zeros(0, dtype=build_schema()[name].column_type.dtype)
        )

    def lengths(self, field: str) -> IntArray:
        """Return how many words each report has in a field."""
        found = [
            segment.kept(segment.file.terms.words(field).parts().lengths)
            for segment in self._segments
        ]
        return np.concatenate([_NONE, *found])

    def figures(self, key: str) -> Figures:
        """Return a figure."""
        columns = [(segment, segment.file.column(key)) for segment in self._segments]
        none = np.zeros(0, dtype=np.uint8)
        return Figures(
            np.concatenate([none, *(segment.kept(column.numbers) for segment, column in columns)]),
            np.concatenate([none, *(segment.kept(column.statuses) for segment, column in columns)]),
        )

    def string(self, name: str, number: int) -> bytes:
        """Return the byte string of a report in a column of such."""
        file, doc = self._located(number)
        return bytes(file.column(name)[doc])

    # ── facets ──

    def facet(self, name: str) -> Facet:
        """Return a facet."""
        code_of: dict[str, int] = {}
        docs, codes = [_NONE], [_NONE]
        for segment in self._segments:
            pairs = segment.file.facet(name)
            there = segment.there(pairs.docs)
            having, numbers = (
                (pairs.docs, pairs.numbers)
                if there is None
                else (pairs.docs[there], pairs.numbers[there])
            )
            present = np.unique(numbers)
            codes_here = np.zeros(len(pairs.values), dtype=np.int64)
            codes_here[present] = [
                code_of.setdefault(pairs.values[n], len(code_of) + 1) for n in present.tolist()
            ]
            docs.append(segment.numbers(having))
            codes.append(codes_here[numbers])
        return build_facet(
            name, tuple(code_of), np.concatenate(docs), np.concatenate(codes), self.size
        )

    def report_ids(self, numbers: Sequence[int]) -> tuple[str, ...]:
        """Return the ids of reports."""
        return tuple(file.report_id(doc) for file, doc in map(self._located, numbers))

    def number(self, report_id: str) -> int | None:
        """Return the number of the report with this id."""
        for segment in self._segments:
            postings = segment.file.terms.words(facet_field("id"))
            found = postings.find(report_id.encode())
            docs = _NONE if found is None else postings.docs(found)
            if len(docs) and segment.live[docs[0]]:
                return int(segment.numbers(docs)[0])
        return None

    def years(self) -> NDArray[np.float64]:
        """Return the year of each report, not a number where it is unknown."""
        return np.concatenate(
            [np.zeros(0), *(segment.kept(segment.file.years) for segment in self._segments)]
        )

    def ties(self) -> IntArray:
        """Return a number for each report by which those of equal worth come in order; see `SegmentFile.ties`."""
        return np.concatenate(
            [_NONE, *(segment.kept(segment.file.ties) for segment in self._segments)]
        )

    # ── texts ──

    def occurrences(self, needle: str) -> Occurrences:
        """Return where a needle stands."""
        docs, fields = [_NONE], [_NO_PARTS]
        for segment in self._segments:
            found = segment.file.texts.find(needle)
            there = segment.there(found.docs)
            if there is not None:
                found = Occurrences(found.docs[there], found.fields[there])
            docs.append(segment.numbers(found.docs))
            fields.append(found.fields)
        return Occurrences(np.concatenate(docs), np.concatenate(fields))

    def most_occurrences(self, needle: str) -> int:
        """Return at how many places at the most a needle stands, in documents gone since as well: told without reading texts."""
        units = units_of(needle).tolist()
        return sum(file.texts.most_occurrences(units) for file in self.files)
