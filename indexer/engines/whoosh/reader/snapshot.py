"""One generation of the index, read: postings and columns as arrays, loaded when first asked for, some of them kept.

Reports are numbered 0, 1, 2 … without gaps; every array is by that number. Reading goes past Whoosh's searcher, which gives
wrong answers when threads share it, straight to the postings and columns, of which nothing is written to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.cache import Kept, Sized
from indexer.columnar.top_k import Few
from indexer.columnar.types import FloatArray, IntArray, Mask
from indexer.engines.whoosh.damaged_index import guarded_index
from indexer.engines.whoosh.field_texts import Occurrences
from indexer.engines.whoosh.generations import Generation
from indexer.engines.whoosh.reader.facet_columns import Facet
from indexer.engines.whoosh.reader.length_norms import Lengths
from indexer.engines.whoosh.reader.segment import NO_POSITIONS, OpenFiles, Positions
from indexer.engines.whoosh.reader.segments import NOWHERE, Figures, Postings, Segments
from indexer.engines.whoosh.reader.word_postings import FieldWord, Word, Words
from indexer.engines.whoosh.stored_report import unpack_report
from indexer.records import STATUSES, Report, Status
from indexer.search.catalogue.facet_matching import key_asked_for, matches_value
from indexer.search.catalogue.facets import BODY_KEY
from indexer.search.documents import TEXT_FIELDS
from indexer.search.unknown_values import may_match, unknown_values_field
from indexer.text.folding import fold, fold_digits

_T = TypeVar("_T", bound=Sized)

_MOST_BYTES = 56 << 20
"""How much is kept in memory of what was worked out for queries."""
_KNOWN = frozenset({"holds", "word", "literal", "only as word", "leading", "distances"})
"""What is small and tells much is kept apart, a quarter as much of it: what is large would else drive it out."""
_READ = frozenset({"word in", "occurrences"})
"""And so is what is read to work out the rest, and soon of no use."""


class Snapshot:
    """A generation, open for reading. Safe to share between threads; never changes."""

    def __init__(self, generation: Generation, updated: str, files: OpenFiles) -> None:
        self.name = generation.name
        self._path = generation.path
        self.updated = updated
        self._kept, self._known, self._read = (Kept(_MOST_BYTES // share) for share in (1, 4, 4))
        self._segments = Segments(files.open(generation.path))
        self._words = Words(self._segments)
        self._facets: dict[str, Facet] = {}
        self.lengths = Lengths(partial(_read_lengths, self._segments, self._path))
        self.size = self._segments.size

    def forget(self) -> None:
        """Let go of what was kept for the next queries."""
        for room in (self._kept, self._known, self._read):
            room.clear()

    def kept(self, kind: str, key: object, work_out: Callable[[], _T]) -> _T:
        """Return what is kept under a key of a kind; if it is not, it is worked out, and kept for a while."""

        def guarded() -> _T:
            with guarded_index(self._path):
                return work_out()

        return self._room(kind).get((kind, key), guarded)

    def keep(self, kind: str, key: object, value: Sized) -> None:
        """Keep a value under a key of a kind in place of the former one."""
        self._room(kind).put((kind, key), value)

    def _room(self, kind: str) -> Kept:
        return self._known if kind in _KNOWN else self._read if kind in _READ else self._kept

    # ── reports ──

    def number(self, report_id: str) -> int | None:
        """Return the number of the report with this id."""
        with guarded_index(self._path):
            return self._segments.number(report_id)

    def report_ids(self, numbers: IntArray) -> tuple[str, ...]:
        """Return the ids of reports."""
        with guarded_index(self._path):
            return self._segments.report_ids(numbers.tolist())

    def report(self, number: int) -> Report:
        """Return a report."""
        with guarded_index(self._path):
            return unpack_report(self._segments.string("report", number))

    # ── what ranking and stats know of all ──

    @cached_property
    def present(self) -> Mapping[str, Mask]:
        """For each text field which reports have text in it."""
        present = self._segments.records("counts")["present"]
        return {
            field: (present >> bit & 1).astype(np.bool_) for bit, field in enumerate(TEXT_FIELDS)
        }

    @cached_property
    def statuses(self) -> Mapping[Status, int]:
        """How many cells have each status."""
        counts = self._segments.records("counts")
        return {status: int(counts[status].sum(dtype=np.int64)) for status in STATUSES}

    # ── words and texts ──

    def postings(self, field: str, word: str) -> Postings:
        """Return where a word stands in a field; empty postings if it stands nowhere."""
        found = self._in_field(field, word)
        with guarded_index(self._path):
            return found.postings if found else NOWHERE

    def docs_of(self, field: str, word: str) -> IntArray:
        """Return the reports that have a word in a field, ascending: the `docs` of its postings, without reading more."""
        found = self._in_field(field, word)
        with guarded_index(self._path):
            return found.reports if found else NOWHERE.docs

    def parts_of(self, field: str, word: str) -> NDArray[np.uint8] | None:
        """Return in which parts of the field a word stands in each of `docs_of`, a bit a part; None where it is not divided."""
        found = self._in_field(field, word)
        with guarded_index(self._path):
            return found.parts if found else None

    def positions(self, field: str, word: str, reports: IntArray) -> Positions:
        """Return every place of a word in a field of some reports, given ascending."""
        found = self._in_field(field, word)
        with guarded_index(self._path):
            return found.positions(reports) if found else NO_POSITIONS

    def occurrences_of_word(self, field: str, word: str) -> int:
        """Return how often a word stands in a field, in reports gone since as well."""
        found = self._in_field(field, word)
        return found.occurrences if found else 0

    def _in_field(self, field: str, word: str) -> FieldWord | None:
        return self._word(word).fields.get(field)

    def _word(self, word: str) -> Word:
        return self.kept("word in", word, lambda: self._words.find(word))

    def words_beginning(self, field: str, prefix: str) -> Sequence[str]:
        """Return the words of a field that begin so."""
        with guarded_index(self._path):
            return self._words.beginning(field, prefix)

    def stands_only_as_word(self, word: str, needle: str) -> bool:
        """Say whether a needle is known to stand nowhere but where the word does, without reading any text."""

        def compare() -> np.bool_:
            return np.bool_(self._word(word).occurrences == self._segments.most_occurrences(needle))

        return bool(self.kept("only as word", (word, needle), compare))

    def occurrences(self, needle: str) -> Occurrences:
        """Return where a needle stands."""
        return self.kept("occurrences", needle, lambda: self._segments.occurrences(needle))

    def cannot_stand(self, needle: str) -> bool:
        """Say whether two of a needle's neighbouring characters stand nowhere, without reading any text."""
        with guarded_index(self._path):
            return not self._segments.most_occurrences(needle)

    def mask(self, docs: IntArray | slice) -> Mask:
        """Return the mask of some reports."""
        mask = np.zeros(self.size, dtype=np.bool_)
        mask[docs] = True
        return mask

    # ── facets and figures ──

    def facet(self, field: str) -> Facet:
        """Return a facet; they are few, and stay."""
        if field not in self._facets:
            with guarded_index(self._path):
                self._facets[field] = self._segments.facet(field)
        return self._facets[field]

    def facet_counts(self, field: str) -> Mapping[str, int]:
        """Return for each value of a facet how many reports have it."""
        return self.facet(field).counts(self.mask(slice(None)), np.arange(self.size))

    @cached_property
    def body_keys(self) -> Mapping[str, int]:
        """The number of reports of each body, those without a certain body under `unknown`."""
        return self.facet_counts(BODY_KEY)

    def doubtful(self, field: str, asked: str) -> Mask | None:
        """Return the reports whose value of a facet may be the asked one; None without doubt."""
        judged_by = unknown_values_field(field)
        if judged_by is None:
            return None

        def find() -> Mask:
            facet = self.facet(judged_by)
            return facet.having(
                [
                    code
                    for code, value in enumerate(facet.values, 1)
                    if may_match(field, value, asked)
                ]
            )

        return self.kept("doubtful", (field, asked), find)

    @cached_property
    def body_names(self) -> Sequence[str]:
        """The names of the bodies, in the order of the facet, as strings are compared."""
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
        return facet.by_key.get(key_asked_for(field, asked), ())

    def figures(self, key: str) -> Figures:
        """Return a figure."""
        return self.kept("figures", key, lambda: self._segments.figures(key))

    # ── order ──

    @cached_property
    def years(self) -> FloatArray:
        """The year of each report, not a number where it is unknown."""
        return self._segments.years()

    @cached_property
    def ties(self) -> IntArray:
        """A number for each report by which those of equal worth come in order; of those that have the same, the id decides."""
        return self._segments.ties()

    @cached_property
    def in_order(self) -> IntArray:
        """All reports, those of equal worth as they come: by `ties`, then by id."""
        few = Few(np.zeros(self.size), self.ties.__getitem__, self.report_ids)
        return few.first(self.size)


def _read_lengths(segments: Segments, path: Path, group: str) -> IntArray:
    with guarded_index(path):
        return segments.lengths(group)
