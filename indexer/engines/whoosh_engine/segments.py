"""The segments of a generation, read as if they were one: what Whoosh keeps by segment, by the numbers of the snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.index import open_dir

from indexer.engines.whoosh_engine.arrays.batch import live_documents, moved_numbers
from indexer.engines.whoosh_engine.arrays.postings import FieldPostings
from indexer.engines.whoosh_engine.schema import build_schema, facet_field
from indexer.engines.whoosh_engine.texts import Mask, Numbers, SegmentTexts
from indexer.search.facets import keys_of


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a word stands in one field: `docs` ascending, for each `counts` positions of `positions`, ascending."""

    docs: Numbers
    counts: Numbers
    positions: Numbers


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """A facet: pair i says that report `docs[i]` has the value `values[codes[i]]`; the pairs are in no order."""

    values: Sequence[str]
    docs: Numbers
    codes: Numbers
    by_key: Mapping[str, Sequence[int]]

    def counts(self, among: Mask) -> dict[str, int]:
        """Return for each value how many of the reports have it."""
        numbers = np.bincount(self.codes[among[self.docs]], minlength=len(self.values))
        return dict(zip(self.values, numbers.tolist(), strict=True))

    def having(self, wanted: Sequence[int], size: int) -> Mask:
        """Return which reports have one of the values with these codes."""
        mask = np.zeros(size, dtype=np.bool_)
        mask[self.docs[np.isin(self.codes, np.asarray(wanted, dtype=np.int64))]] = True
        return mask


@dataclass(frozen=True, slots=True)
class _Segment:
    """A segment: its readers, and the number that each of its documents has in the snapshot, -1 if it is gone."""

    columns: Any
    terms: Any
    numbers: Numbers

    @property
    def live(self) -> Mask:
        """Which of its documents are still there."""
        return self.numbers >= 0


class Segments:
    """All segments of the index in a folder. Nothing is kept: what is asked for is read."""

    def __init__(self, folder: str) -> None:
        self._schema = build_schema()
        self._reader = open_dir(folder, readonly=True, schema=self._schema).reader()
        self._segments: list[_Segment] = []
        self.size = 0
        for reader, _ in self._reader.leaf_readers():
            if reader.doc_count_all():
                self._add(reader)

    def _add(self, reader: Any) -> None:
        """Number the documents of a segment that are there, behind those of the segments before."""
        columns = reader.codec().per_document_reader(reader.storage(), reader.segment())
        live = live_documents(columns)
        terms = reader.codec().terms_reader(reader.storage(), reader.segment())
        self._segments.append(_Segment(columns, terms, moved_numbers(live, self.size)))
        self.size += int(live.sum())

    def close(self) -> None:
        """Let go of the files."""
        for segment in self._segments:
            segment.columns.close()
            segment.terms.close()
        self._reader.close()

    # ── columns ──

    def records(self, name: str) -> NDArray[np.void]:
        """Return a column of records."""
        column = self._schema[name].column_type
        found = (self._column(segment, name).array()[segment.live] for segment in self._segments)
        return np.concatenate([np.zeros(0, dtype=column.dtype), *found])

    def strings(self, name: str) -> list[tuple[Numbers, Any]]:
        """Return a column of byte strings: for each segment which of its documents are there, and the reader."""
        return [(np.flatnonzero(segment.live), self._column(segment, name)) for segment in self._segments]

    def texts(self) -> list[SegmentTexts]:
        """Return the folded texts, segment by segment."""
        return [
            SegmentTexts(self._column(segment, "texts"), self._column(segment, "text_fields").array(), segment.numbers)
            for segment in self._segments
        ]

    def _column(self, segment: _Segment, name: str) -> Any:
        return segment.columns.column_reader(name, self._schema[name].column_type)

    # ── facets ──

    def facet(self, name: str) -> FacetColumn:
        """Return a facet."""
        codes_by_value: dict[str, int] = {}
        docs, codes = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for values, having, numbers in self._values(name):
            present = np.unique(numbers)
            code_of = np.zeros(len(values), dtype=np.int64)
            code_of[present] = [codes_by_value.setdefault(values[n], len(codes_by_value)) for n in present.tolist()]
            docs.append(having)
            codes.append(code_of[numbers])
        by_key: dict[str, list[int]] = {}
        for value, code in codes_by_value.items():
            for key in keys_of(name, value):
                by_key.setdefault(key, []).append(code)
        return FacetColumn(tuple(codes_by_value), np.concatenate(docs), np.concatenate(codes), by_key)

    def ids(self) -> tuple[str, ...]:
        """Return the reports' ids."""
        ids = np.full(self.size, "", dtype=object)
        for values, docs, numbers in self._values("id"):
            ids[docs] = np.array(values, dtype=object)[numbers]
        return tuple(ids.tolist())

    def _values(self, name: str) -> Iterator[tuple[Sequence[str], Numbers, Numbers]]:
        """Yield for each segment the values of a facet, and pairs of arrays: a report, and the number of its value."""
        for segment in self._segments:
            postings = segment.terms.field(facet_field(name))
            if postings:
                found = postings.decode()
                docs = segment.numbers[found.docs]
                yield (
                    [term.decode() for term in found.terms],
                    docs[docs >= 0],
                    found.numbers[docs >= 0].astype(np.int64),
                )

    # ── words ──

    def _found(self, field: str, term: str) -> Iterator[tuple[_Segment, FieldPostings, int]]:
        """Yield the segments that have a term, with the postings of its field and its number there."""
        for segment in self._segments:
            postings = segment.terms.field(field)
            number = postings.find(term.encode()) if postings else None
            if number is not None:
                yield segment, postings, number

    def docs(self, field: str, term: str) -> Numbers:
        """Return the reports that have a term in a field."""
        found = [segment.numbers[postings.docs(number)] for segment, postings, number in self._found(field, term)]
        docs = np.concatenate([np.zeros(0, dtype=np.int64), *found])
        return docs[docs >= 0]

    def frequency(self, field: str, term: str) -> int:
        """Return in how many documents a term stands, those gone since included."""
        return sum(postings.frequency(number) for _, postings, number in self._found(field, term))

    def postings(self, field: str, word: str) -> Postings:
        """Return where a word stands in a field; empty postings if it stands nowhere."""
        docs, counts, positions = [], [], []
        for segment, postings, number in self._found(field, word):
            numbers, times = segment.numbers[postings.docs(number)], postings.counts(number)
            docs.append(numbers[numbers >= 0])
            counts.append(times[numbers >= 0])
            positions.append(postings.positions(number, times)[np.repeat(numbers >= 0, times)])
        empty = np.zeros(0, dtype=np.int64)
        return Postings(*(np.concatenate([empty, *arrays]) for arrays in (docs, counts, positions)))

    def words_beginning(self, field: str, prefix: bytes) -> Sequence[str]:
        """Return the words of a field that begin so."""
        words = set()
        for segment in self._segments:
            postings = segment.terms.field(field)
            for number in range(postings.first_from(prefix) if postings else 0, postings.size if postings else 0):
                if not postings.term(number).startswith(prefix):
                    break
                words.add(postings.term(number).decode())
        return sorted(words)
