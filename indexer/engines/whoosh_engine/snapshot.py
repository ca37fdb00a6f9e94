"""One generation of the index, read: postings and columns as arrays, loaded when first asked for and kept.

Reports are numbered 0, 1, 2 … without gaps; every array is by that number. Reading goes past Whoosh's searcher, which gives
wrong answers when threads share it, straight to the postings and columns; one lock is around all that moves a file's position.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh.index import open_dir

from indexer.engines.whoosh_engine.arrays.batch import moved_numbers
from indexer.engines.whoosh_engine.arrays.postings import FieldPostings
from indexer.engines.whoosh_engine.damage import guarded_index
from indexer.engines.whoosh_engine.generations import Generation
from indexer.engines.whoosh_engine.schema import COUNTS, FIGURE, build_schema, facet_field, unpack_report
from indexer.engines.whoosh_engine.texts import Mask, Numbers, Occurrences, SegmentTexts
from indexer.records import STATUSES, Report, Status
from indexer.search.documents import RANKED_FIELDS, TEXT_FIELDS
from indexer.search.facets import accepts, asked_key, keys_of
from indexer.search.ranking import GROUPS
from indexer.text import fold, fold_digits

Floats = NDArray[np.float64]
_T = TypeVar("_T")

_KEPT = 1024
"""How many posting lists and the like are kept; the least recently used goes."""


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
class FigureColumn:
    """A figure: its value, not a number unless `reported`, and its status by `STATUSES`, 0 where there is none."""

    values: Floats
    statuses: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Part:
    """A segment of Whoosh's: its readers, and the number that each of its documents has here, -1 if it is gone."""

    columns: Any
    terms: Any
    numbers: Numbers


class Snapshot:
    """A generation, open for reading. Safe to share between threads; never changes."""

    def __init__(self, generation: Generation) -> None:
        self.name = generation.name
        self._path = generation.path
        self.updated = generation.meta().updated
        self._schema = build_schema()
        self._lock = threading.RLock()
        self._cache: OrderedDict[Hashable, Any] = OrderedDict()
        self._reader = open_dir(str(generation.path), readonly=True, schema=self._schema).reader()
        self._parts = self._number_parts(
            [reader for reader, _ in self._reader.leaf_readers() if reader.doc_count_all()]
        )
        self.size = sum(int((part.numbers >= 0).sum()) for part in self._parts)
        self.ids = self._read_ids()
        self._number_of = {report_id: number for number, report_id in enumerate(self.ids)}
        counts = self._array("counts", COUNTS)
        self.present: Mapping[str, Mask] = {
            field: (counts["present"] >> bit & 1).astype(np.bool_) for bit, field in enumerate(TEXT_FIELDS)
        }
        self.lengths: Mapping[str, Floats] = {group: counts[group].astype(np.float64) for group in GROUPS}
        self.mean_lengths: Mapping[str, float] = {
            group: int(counts[group].sum(dtype=np.int64)) / max(self.size, 1) for group in GROUPS
        }
        self.statuses: Mapping[Status, int] = {status: int(counts[status].sum(dtype=np.int64)) for status in STATUSES}
        self.years = self._read_years()
        self.tie_rank = self._rank_ties()

    def close(self) -> None:
        """Let go of the files; what other threads still read stays open until they are done."""
        with self._lock:
            for part in self._parts:
                part.columns.close()
                part.terms.close()
            self._reader.close()

    # ── reports ──

    def number(self, report_id: str) -> int | None:
        """Return the number of the report with this id."""
        return self._number_of.get(report_id)

    def report(self, number: int) -> Report:
        """Return a report."""
        packed = self._bytes_of("report", number)
        with guarded_index(self._path):
            return unpack_report(packed)

    def occurrences(self, needle: str, among: Mask, check_time: Callable[[], None]) -> Occurrences:
        """Return where a needle stands among some reports."""
        with guarded_index(self._path):
            found = [block for texts in self._texts() for block in texts.find(needle, among, check_time)]
        docs = np.concatenate([np.zeros(0, dtype=np.int64), *(block.docs for block in found)])
        counts = np.concatenate([np.zeros((0, len(RANKED_FIELDS)), dtype=np.int64), *(block.counts for block in found)])
        order = np.argsort(docs, kind="stable")
        return Occurrences(docs[order], counts[order])

    # ── words ──

    def postings(self, field: str, word: str) -> Postings:
        """Return where a word stands in a field; empty postings if it stands nowhere."""
        return self._kept(("postings", field, word), lambda: self._read_postings(field, word))

    def words_beginning(self, field: str, prefix: str) -> Sequence[str]:
        """Return the words of a field that begin so."""
        return self._kept(("words", field, prefix), lambda: self._read_words(field, prefix.encode()))

    def gram_frequency(self, gram: str) -> int:
        """Return in about how many reports these characters stand: those gone since are counted too."""
        return self._kept(("gram frequency", gram), lambda: self._count_docs("grams", gram))

    def having_gram(self, gram: str) -> Mask:
        """Return which reports have this character, or these two side by side, in one of their text fields."""
        return self._kept(("gram", gram), lambda: self.mask(self._read_docs("grams", gram)))

    def mask(self, docs: Numbers | slice) -> Mask:
        """Return the mask of some reports."""
        mask = np.zeros(self.size, dtype=np.bool_)
        mask[docs] = True
        return mask

    # ── facets and figures ──

    def facet(self, field: str) -> FacetColumn:
        """Return a facet."""
        return self._kept(("facet", field), lambda: self._read_facet(field))

    def body_names(self) -> Sequence[str]:
        """Return the names of the bodies, by their codes in the facet, as strings are compared."""
        return self._kept(("body names",), lambda: [fold_digits(fold(name)) for name in self.facet("body").values])

    def codes_of(self, field: str, asked: str) -> Sequence[int]:
        """Return the codes of the values of a facet that a filter asks for."""
        column = self.facet(field)
        if field == "year":
            return [code for code, value in enumerate(column.values) if accepts(field, value, asked)]
        return column.by_key.get(asked_key(field, asked), ())

    def figure(self, key: str) -> FigureColumn:
        """Return a figure."""
        return self._kept(("figure", key), lambda: self._read_figure(key))

    # ── reading ──

    def _kept(self, key: Hashable, read: Callable[[], _T]) -> _T:
        with self._lock:
            if key in self._cache:
                self._cache.move_to_end(key)
            else:
                with guarded_index(self._path):
                    self._cache[key] = read()
                if len(self._cache) > _KEPT:
                    self._cache.popitem(last=False)
            value: _T = self._cache[key]
            return value

    def _number_parts(self, readers: list[Any]) -> list[_Part]:
        """Number the documents that are there, segment by segment."""
        parts, size = [], 0
        for reader in readers:
            columns = reader.codec().per_document_reader(reader.storage(), reader.segment())
            live = np.ones(columns.doc_count_all(), dtype=np.bool_)
            live[list(columns.deleted_docs())] = False
            terms = reader.codec().terms_reader(reader.storage(), reader.segment())
            parts.append(_Part(columns, terms, moved_numbers(live, size)))
            size += int(live.sum())
        return parts

    def _column(self, part: _Part, name: str) -> Any:
        return part.columns.column_reader(name, self._schema[name].column_type)

    def _array(self, name: str, dtype: np.dtype[np.void]) -> NDArray[np.void]:
        arrays = (self._column(part, name).array()[part.numbers >= 0] for part in self._parts)
        return np.concatenate([np.zeros(0, dtype=dtype), *arrays])

    def _bytes_of(self, field: str, number: int) -> bytes:
        for part, columns in self._kept(("column", field), lambda: self._byte_columns(field)):
            if number < len(part):
                with guarded_index(self._path):
                    return bytes(columns[int(part[number])])
            number -= len(part)
        raise IndexError(number)

    def _texts(self) -> Sequence[SegmentTexts]:
        return self._kept(("texts",), lambda: [self._read_texts(part) for part in self._parts])

    def _read_texts(self, part: _Part) -> SegmentTexts:
        fields = self._column(part, "text_fields").array()
        return SegmentTexts(self._column(part, "texts"), fields, part.numbers)

    def _byte_columns(self, field: str) -> list[tuple[Numbers, Any]]:
        return [(np.flatnonzero(part.numbers >= 0), self._column(part, field)) for part in self._parts]

    def _facet_parts(self, field: str) -> Iterator[tuple[Sequence[str], Numbers, Numbers]]:
        """Yield for each segment the values of a facet, and pairs of arrays: a report, and the number of its value."""
        for part in self._parts:
            postings = part.terms.field(facet_field(field))
            if postings:
                found = postings.decode()
                docs = part.numbers[found.docs]
                yield (
                    [term.decode() for term in found.terms],
                    docs[docs >= 0],
                    found.numbers[docs >= 0].astype(np.int64),
                )

    def _read_facet(self, field: str) -> FacetColumn:
        codes_by_value: dict[str, int] = {}
        docs, codes = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for values, having, numbers in self._facet_parts(field):
            present = np.unique(numbers)
            code_of = np.zeros(len(values), dtype=np.int64)
            code_of[present] = [codes_by_value.setdefault(values[n], len(codes_by_value)) for n in present.tolist()]
            docs.append(having)
            codes.append(code_of[numbers])
        by_key: dict[str, list[int]] = {}
        for value, code in codes_by_value.items():
            for key in keys_of(field, value):
                by_key.setdefault(key, []).append(code)
        return FacetColumn(tuple(codes_by_value), np.concatenate(docs), np.concatenate(codes), by_key)

    def _read_ids(self) -> Sequence[str]:
        ids = np.full(self.size, "", dtype=object)
        for values, docs, numbers in self._facet_parts("id"):
            ids[docs] = np.array(values, dtype=object)[numbers]
        return tuple(ids.tolist())

    def _read_figure(self, key: str) -> FigureColumn:
        records = self._array(key, FIGURE)
        values = np.where(records["status"] > 0, records["value"], np.nan)
        return FigureColumn(values, records["status"].copy())

    def _read_years(self) -> Floats:
        years = np.full(self.size, np.nan)
        column = self.facet("year")
        years[column.docs] = np.array([float(value) for value in column.values], dtype=np.float64)[column.codes]
        return years

    def _rank_ties(self) -> Numbers:
        """Return the place of each report among all: year, newest first and unknown last, then id."""
        rank = np.empty(self.size, dtype=np.int64)
        newest = np.where(np.isnan(self.years), np.inf, -self.years)
        rank[np.lexsort((np.array(self.ids, dtype=np.str_), newest))] = np.arange(self.size)
        return rank

    def _found(self, field: str, term: str) -> Iterator[tuple[_Part, FieldPostings, int]]:
        """Yield the segments that have a term, with the postings of its field and its number there."""
        for part in self._parts:
            postings = part.terms.field(field)
            number = postings.find(term.encode()) if postings else None
            if number is not None:
                yield part, postings, number

    def _read_docs(self, field: str, term: str) -> Numbers:
        found = [part.numbers[postings.docs(number)] for part, postings, number in self._found(field, term)]
        docs = np.concatenate([np.zeros(0, dtype=np.int64), *found])
        return docs[docs >= 0]

    def _count_docs(self, field: str, term: str) -> int:
        return sum(postings.frequency(number) for _, postings, number in self._found(field, term))

    def _read_postings(self, field: str, word: str) -> Postings:
        docs, counts, positions = [], [], []
        for part, postings, number in self._found(field, word):
            numbers, times = part.numbers[postings.docs(number)], postings.counts(number)
            docs.append(numbers[numbers >= 0])
            counts.append(times[numbers >= 0])
            positions.append(postings.positions(number, times)[np.repeat(numbers >= 0, times)])
        empty = np.zeros(0, dtype=np.int64)
        return Postings(*(np.concatenate([empty, *arrays]) for arrays in (docs, counts, positions)))

    def _read_words(self, field: str, prefix: bytes) -> Sequence[str]:
        words = set()
        for part in self._parts:
            postings = part.terms.field(field)
            for number in range(postings.first_from(prefix) if postings else 0, postings.size if postings else 0):
                if not postings.term(number).startswith(prefix):
                    break
                words.add(postings.term(number).decode())
        return sorted(words)
