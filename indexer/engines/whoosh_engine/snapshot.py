"""One generation of the index, read: postings and columns as arrays, loaded when first asked for and kept.

Reports are numbered 0, 1, 2 … without gaps; every array is by that number. Reading goes past Whoosh's searcher, which gives
wrong answers when threads share it, straight to the postings and columns; one lock is around all that moves a file's position.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.damage import guarded_index
from indexer.engines.whoosh_engine.generations import Generation
from indexer.engines.whoosh_engine.segments import FacetColumn, Postings, Segments
from indexer.engines.whoosh_engine.stored import unpack_report
from indexer.engines.whoosh_engine.texts import Mask, Numbers, Occurrences, SegmentTexts
from indexer.records import STATUSES, Report, Status
from indexer.search.documents import RANKED_FIELDS, TEXT_FIELDS
from indexer.search.facets import accepts, asked_key
from indexer.search.ranking import GROUPS
from indexer.text import fold, fold_digits

Floats = NDArray[np.float64]
_T = TypeVar("_T")

_KEPT = 1024
"""How many posting lists and the like are kept; the least recently used goes."""


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A figure: its value, not a number unless `reported`, and its status by `STATUSES`, 0 where there is none."""

    values: Floats
    statuses: NDArray[np.uint8]


class Snapshot:
    """A generation, open for reading. Safe to share between threads; never changes."""

    def __init__(self, generation: Generation) -> None:
        self.name = generation.name
        self._path = generation.path
        self.updated = generation.meta().updated
        self._lock = threading.RLock()
        self._cache: OrderedDict[Hashable, Any] = OrderedDict()
        self._segments = Segments(str(generation.path))
        self.size = self._segments.size
        self.ids = self._segments.ids()
        self._number_of = {report_id: number for number, report_id in enumerate(self.ids)}
        counts = self._segments.records("counts")
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
            self._segments.close()

    def forget(self) -> None:
        """Let go of what was kept for the next queries."""
        with self._lock:
            self._cache.clear()

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
        return self._kept(("postings", field, word), lambda: self._segments.postings(field, word))

    def words_beginning(self, field: str, prefix: str) -> Sequence[str]:
        """Return the words of a field that begin so."""
        return self._kept(("words", field, prefix), lambda: self._segments.words_beginning(field, prefix.encode()))

    def gram_frequency(self, gram: str) -> int:
        """Return in about how many reports these characters stand: those gone since are counted too."""
        return self._kept(("gram frequency", gram), lambda: self._segments.frequency("grams", gram))

    def having_gram(self, gram: str) -> Mask:
        """Return which reports have this character, or these two side by side, in one of their text fields."""
        return self._kept(("gram", gram), lambda: self.mask(self._segments.docs("grams", gram)))

    def mask(self, docs: Numbers | slice) -> Mask:
        """Return the mask of some reports."""
        mask = np.zeros(self.size, dtype=np.bool_)
        mask[docs] = True
        return mask

    # ── facets and figures ──

    def facet(self, field: str) -> FacetColumn:
        """Return a facet."""
        return self._kept(("facet", field), lambda: self._segments.facet(field))

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

    def _texts(self) -> Sequence[SegmentTexts]:
        return self._kept(("texts",), self._segments.texts)

    def _bytes_of(self, name: str, number: int) -> bytes:
        for docs, strings in self._kept(("strings", name), lambda: self._segments.strings(name)):
            if number < len(docs):
                with guarded_index(self._path):
                    return bytes(strings[int(docs[number])])
            number -= len(docs)
        raise IndexError(number)

    def _read_figure(self, key: str) -> FigureColumn:
        records = self._segments.records(key)
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
