"""One generation of the index, open for reading: postings and columns as arrays, loaded on demand
and cached.

Reports are numbered 0, 1, 2 … without gaps, and every array is indexed by that number. Whoosh's own
searcher is not used: it gives wrong answers when threads share it. Postings and columns are only
read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from indexer.columnar.cache import ByteBudgetCache, HasBytes
from indexer.columnar.top_k import TopK
from indexer.columnar.types import ByteArray, FloatArray, IntArray, Mask
from indexer.engines.whoosh.damaged_index import guarded_index
from indexer.engines.whoosh.field_texts import PhraseOccurrences
from indexer.engines.whoosh.generations import Generation
from indexer.engines.whoosh.reader.facet_columns import FacetColumn
from indexer.engines.whoosh.reader.length_norms import FieldLengths
from indexer.engines.whoosh.reader.segment import NO_POSITIONS, SegmentReaders, TermPositions
from indexer.engines.whoosh.reader.segments import (
    NO_FREQS,
    CompositeReader,
    FigureValues,
    WordFreqs,
)
from indexer.engines.whoosh.reader.word_postings import FieldTermPostings, WordIndex, WordPostings
from indexer.engines.whoosh.stored_report import unpack_report
from indexer.records import STATUSES, Report, Status
from indexer.search.catalogue.facet_matching import key_asked_for, matches_value
from indexer.search.catalogue.facets import BODY_KEY
from indexer.search.documents import TEXT_FIELDS
from indexer.search.unknown_values import may_match, unknown_values_field
from indexer.text.folding import fold, fold_digits

_T = TypeVar("_T", bound=HasBytes)


@dataclass(frozen=True, slots=True)
class CacheBudgets:
    """The bytes that a snapshot caches. What is small and saves much has a cache that large results
    cannot flush.
    """

    results: int = 56 << 20
    """Scores, sections and other results with one item per report."""
    doc_sets: int = 14 << 20
    """Doc sets, best reports and distances: small, and expensive to compute again."""
    postings: int = 14 << 20
    """Postings and occurrences, which are of little use once the results made of them are cached.
    """


BUDGETS = CacheBudgets()
_DOC_SET_KINDS = frozenset({"matching", "word", "phrase", "only as word", "best", "distances"})
_POSTINGS_KINDS = frozenset({"word postings", "occurrences"})


class Snapshot:
    """A generation, open for reading. Safe to share between threads; never changes."""

    def __init__(self, generation: Generation, updated: str, files: SegmentReaders) -> None:
        self.name = generation.name
        self._path = generation.path
        self.updated = updated
        self._results = ByteBudgetCache(BUDGETS.results)
        self._doc_sets = ByteBudgetCache(BUDGETS.doc_sets)
        self._postings = ByteBudgetCache(BUDGETS.postings)
        self._reader = CompositeReader(files.open(generation.path))
        self._words = WordIndex(self._reader)
        self._facets: dict[str, FacetColumn] = {}
        self.lengths = FieldLengths(partial(_read_lengths, self._reader, self._path))
        self.size = self._reader.size

    def clear_caches(self) -> None:
        """Evict everything from the caches."""
        for cache in (self._results, self._doc_sets, self._postings):
            cache.clear()

    def cached(self, kind: str, key: object, compute: Callable[[], _T]) -> _T:
        """Return the cached value of a key of a kind, computed if it is not cached."""

        def guarded() -> _T:
            with guarded_index(self._path):
                return compute()

        return self._cache_of(kind).get((kind, key), guarded)

    def cache(self, kind: str, key: object, value: HasBytes) -> None:
        """Cache a value under a key of a kind in place of the former one."""
        self._cache_of(kind).put((kind, key), value)

    def _cache_of(self, kind: str) -> ByteBudgetCache:
        if kind in _DOC_SET_KINDS:
            return self._doc_sets
        return self._postings if kind in _POSTINGS_KINDS else self._results

    # ── reports ──

    def number(self, report_id: str) -> int | None:
        """Return the number of the report with this id."""
        with guarded_index(self._path):
            return self._reader.number(report_id)

    def report_ids(self, numbers: IntArray) -> tuple[str, ...]:
        """Return the ids of reports."""
        with guarded_index(self._path):
            return self._reader.report_ids(numbers.tolist())

    def report(self, number: int) -> Report:
        """Return a report."""
        with guarded_index(self._path):
            return unpack_report(self._reader.blob("report", number))

    # ── statistics ──

    @cached_property
    def present(self) -> Mapping[str, Mask]:
        """For each text field the reports that have text in it."""
        present = self._reader.records("counts")["present"]
        return {
            field: (present >> bit & 1).astype(np.bool_) for bit, field in enumerate(TEXT_FIELDS)
        }

    @cached_property
    def statuses(self) -> Mapping[Status, int]:
        """The number of cells of each status."""
        counts = self._reader.records("counts")
        return {status: int(counts[status].sum(dtype=np.int64)) for status in STATUSES}

    # ── words and texts ──

    def freqs(self, field: str, word: str) -> WordFreqs:
        """Return the reports that have a word in a field, and how often."""
        found = self._in_field(field, word)
        with guarded_index(self._path):
            return found.freqs if found else NO_FREQS

    def docs_with(self, field: str, word: str) -> IntArray:
        """Return the reports that have a word in a field, ascending; reads less than `freqs`."""
        found = self._in_field(field, word)
        with guarded_index(self._path):
            return found.reports if found else NO_FREQS.docs

    def part_sets(self, field: str, word: str) -> ByteArray | None:
        """Return the parts in which a word occurs in each of `docs_with`, one bit per part; None in
        undivided fields.
        """
        found = self._in_field(field, word)
        with guarded_index(self._path):
            return found.part_sets if found else None

    def positions(self, field: str, word: str, reports: IntArray) -> TermPositions:
        """Return all positions of a word in a field of some reports, given ascending."""
        found = self._in_field(field, word)
        with guarded_index(self._path):
            return found.positions(reports) if found else NO_POSITIONS

    def total_freq(self, field: str, word: str) -> int:
        """Return how often a word occurs in a field, deleted reports included."""
        found = self._in_field(field, word)
        return found.total_freq if found else 0

    def _in_field(self, field: str, word: str) -> FieldTermPostings | None:
        return self._word(word).fields.get(field)

    def _word(self, word: str) -> WordPostings:
        return self.cached("word postings", word, lambda: self._words.find(word))

    def words_with_prefix(self, field: str, prefix: str) -> Sequence[str]:
        """Return the words of a field that start with a prefix."""
        with guarded_index(self._path):
            return self._words.with_prefix(field, prefix)

    def occurs_only_as_word(self, word: str, needle: str) -> bool:
        """Say whether a word's string is known to occur only as that word, so that no text needs to
        be searched.

        Every occurrence of the word is one of the string, hence of its rarest bigram: if the bigram
        has no more positions than the word, the string occurs nowhere else.
        """

        def compare() -> np.bool_:
            return np.bool_(self._word(word).total_freq == self._reader.max_occurrences(needle))

        return bool(self.cached("only as word", (word, needle), compare))

    def occurrences(self, needle: str) -> PhraseOccurrences:
        """Return the occurrences of a string."""
        return self.cached("occurrences", needle, lambda: self._reader.occurrences(needle))

    def cannot_occur(self, needle: str) -> bool:
        """Say whether one of a string's bigrams occurs nowhere, without reading any text."""
        with guarded_index(self._path):
            return not self._reader.max_occurrences(needle)

    def mask(self, docs: IntArray | slice) -> Mask:
        """Return the mask of some reports."""
        mask = np.zeros(self.size, dtype=np.bool_)
        mask[docs] = True
        return mask

    # ── facets and figures ──

    def facet(self, field: str) -> FacetColumn:
        """Return a facet. Facets are few and never evicted."""
        if field not in self._facets:
            with guarded_index(self._path):
                self._facets[field] = self._reader.facet(field)
        return self._facets[field]

    def facet_counts(self, field: str) -> Mapping[str, int]:
        """Return the number of reports with each value of a facet."""
        return self.facet(field).counts(self.mask(slice(None)), np.arange(self.size))

    @cached_property
    def body_keys(self) -> Mapping[str, int]:
        """The number of reports of each body, those without a certain body under `unknown`."""
        return self.facet_counts(BODY_KEY)

    def may_have(self, field: str, asked: str) -> Mask | None:
        """Return the reports with an unknown value of a facet that may be the asked one; None if
        the facet has no unknowns.
        """
        known_by = unknown_values_field(field)
        if known_by is None:
            return None

        def find() -> Mask:
            facet = self.facet(known_by)
            codes = [
                code for code, value in enumerate(facet.values, 1) if may_match(field, value, asked)
            ]
            return facet.with_codes(codes)

        return self.cached("may have", (field, asked), find)

    @cached_property
    def body_names(self) -> Sequence[str]:
        """The folded names of the bodies, in the order of the facet."""
        return [fold_digits(fold(name)) for name in self.facet("body").values]

    def codes_of(self, field: str, asked: str) -> Sequence[int]:
        """Return the codes of the values of a facet that a filter asks for."""
        facet = self.facet(field)
        if field == "year":
            return [
                code
                for code, value in enumerate(facet.values, 1)
                if matches_value(field, value, asked)
            ]
        return facet.codes_by_key.get(key_asked_for(field, asked), ())

    def figures(self, key: str) -> FigureValues:
        """Return a figure."""
        return self.cached("figures", key, lambda: self._reader.figures(key))

    # ── order ──

    @cached_property
    def years(self) -> FloatArray:
        """The year of each report, NaN where it is unknown."""
        return self._reader.years()

    @cached_property
    def tie_breaks(self) -> IntArray:
        """The tie-break key of each report; reports with the same key are ordered by id."""
        return self._reader.tie_breaks()

    @cached_property
    def in_tie_order(self) -> IntArray:
        """All reports by `tie_breaks`, then by id: the order of reports with equal scores."""
        top = TopK(np.zeros(self.size), self.tie_breaks.__getitem__, self.report_ids)
        return top.first(self.size)


def _read_lengths(reader: CompositeReader, path: Path, group: str) -> IntArray:
    with guarded_index(path):
        return reader.lengths(group)
