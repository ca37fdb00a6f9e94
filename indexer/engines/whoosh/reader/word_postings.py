"""The words of a generation: where each stands in the fields of all segments, read as far as it is asked for.

A document is counted through all segments, those gone since as well; a report is one that is left (`Segments.numbers`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.multi_postings import Place, Places
from indexer.columnar.term_hash import hash_of
from indexer.columnar.types import IntArray, Mask
from indexer.engines.whoosh.reader.segment import NO_POSITIONS, WORD_FIELDS, Positions
from indexer.engines.whoosh.reader.segments import Postings, Segments

_POSTING_BYTES, _NUMBERED_BYTES = 11, 20
"""What a posting takes of memory, about: the document, the count, the parts; and where documents are gone, the report and its mask."""


@dataclass(frozen=True, slots=True)
class WordDocs:
    """The reports that have a word, ascending, and which of its documents these are; None: all."""

    reports: IntArray
    there: Mask | None


class FieldWord:
    """A word in a field, in all segments. What was read of it is kept with it."""

    def __init__(self, places: Places, numbers: IntArray | None) -> None:
        self._places = places
        self._numbers = numbers
        self.occurrences = places.occurrences
        self.nbytes = places.size * (_POSTING_BYTES if numbers is None else _NUMBERED_BYTES)

    @property
    def postings(self) -> Postings:
        """The reports that have the word, and how often."""
        return Postings(self._docs.reports, self._left(self._counts))

    @property
    def reports(self) -> IntArray:
        """The reports that have the word."""
        return self._docs.reports

    @cached_property
    def parts(self) -> NDArray[np.uint8] | None:
        """In which parts it stands of each report, a bit a part; None where the field is not divided."""
        return self._left(self._places.part_bits()) if self._places.part_names else None

    def positions(self, reports: IntArray) -> Positions:
        """Return every place of the word in some reports, given ascending."""
        which = self._among(reports)
        if not len(which):
            return NO_POSITIONS
        docs, times = self._all_docs[which], self._counts[which]
        positions = self._places.positions(self._counts, which)
        parts = self._parts_of(docs, which, times, positions)
        return Positions(
            (docs if self._numbers is None else self._numbers[docs]).repeat(times), positions, parts
        )

    def _parts_of(
        self, docs: IntArray, which: IntArray, times: NDArray[Any], positions: IntArray
    ) -> NDArray[np.uint8]:
        """Return the part of each position. One that is empty begins where the next begins."""
        if not self._places.part_names:
            return np.zeros(len(positions), dtype=np.uint8)
        starts = self._places.part_starts(docs, which)[:, 1:]
        parts: NDArray[np.uint8] = (positions >= starts.repeat(times, axis=0).T).sum(
            axis=0, dtype=np.uint8
        )
        return parts

    def _among(self, reports: IntArray) -> IntArray:
        """Return of some reports, ascending, those that have the word, by their places among all documents that have it."""
        known = self._docs.reports
        if not len(known):
            return reports[:0]
        at = np.minimum(known.searchsorted(reports), len(known) - 1)
        which: IntArray = at[known[at] == reports]
        return which if self._docs.there is None else np.flatnonzero(self._docs.there)[which]

    @cached_property
    def _docs(self) -> WordDocs:
        docs = self._all_docs
        if self._numbers is None:
            return WordDocs(docs, None)
        reports = self._numbers[docs]
        there = reports >= 0
        return WordDocs(reports, None) if there.all() else WordDocs(reports[there], there)

    @cached_property
    def _all_docs(self) -> IntArray:
        """The documents that have the word, those gone as well."""
        return self._places.docs()

    @cached_property
    def _counts(self) -> NDArray[Any]:
        """How often it stands in each document."""
        return self._places.counts()

    def _left(self, numbers: NDArray[Any]) -> NDArray[Any]:
        """Return of numbers, one a document that has the word, those of reports."""
        return numbers if self._docs.there is None else numbers[self._docs.there]


class Word:
    """A word in all the fields in which it stands."""

    __slots__ = ("fields", "nbytes")

    def __init__(self, fields: Mapping[str, FieldWord]) -> None:
        self.fields = fields
        self.nbytes = sum(field.nbytes for field in fields.values())

    @property
    def occurrences(self) -> int:
        """How often it stands in all the fields together, in documents gone since as well."""
        return sum(field.occurrences for field in self.fields.values())


class Words:
    """The words of all segments."""

    def __init__(self, segments: Segments) -> None:
        self._numbers = segments.numbers
        reached = accumulate(file.size for file in segments.files)
        self._files = [
            (file, end - file.size) for file, end in zip(segments.files, reached, strict=True)
        ]

    def find(self, word: str) -> Word:
        """Return a word."""
        encoded = word.encode()
        hashed = hash_of(encoded)
        places: dict[str, list[Place]] = {}
        for file, first in self._files:
            for field, number in file.word_table.find(encoded, hashed):
                place = Place(file.word_fields[field], number, first)
                places.setdefault(WORD_FIELDS[field], []).append(place)
        return Word(
            {field: FieldWord(Places(found), self._numbers) for field, found in places.items()}
        )

    def beginning(self, field: str, prefix: str) -> Sequence[str]:
        """Return the words of a field that begin so."""
        encoded = prefix.encode()
        words = set(
            chain.from_iterable(
                file.terms.words(field).beginning(encoded) for file, _ in self._files
            )
        )
        return [word.decode() for word in sorted(words)]
