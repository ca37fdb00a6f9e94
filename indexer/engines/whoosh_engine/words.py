"""The words of a generation: where each stands in the fields of all segments, read as far as it is asked for.

A document is counted through all segments, those gone since as well; a report is one that is left (`Segments.numbers`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.arrays.postings import FieldPostings
from indexer.engines.whoosh_engine.arrays.wordtable import hash_of
from indexer.engines.whoosh_engine.segmentfile import WORD_FIELDS, Positions
from indexer.engines.whoosh_engine.segments import Postings, Segments
from indexer.engines.whoosh_engine.texts import Mask, Numbers

_NONE = np.zeros(0, dtype=np.int64)
_NO_PARTS = np.zeros(0, dtype=np.uint8)
_FEW = 32
"""With no more postings a segment a word is read number by number, and made an array at the end."""
_POSTING_BYTES = 11
"""What a posting takes of memory, about: the document, the count, the parts."""


class Place(NamedTuple):
    """A word in a field of a segment, whose documents begin with `first`."""

    postings: FieldPostings
    number: int
    first: int


@dataclass(frozen=True, slots=True)
class WordDocs:
    """The reports that have a word, ascending, and which of its documents these are; None: all."""

    reports: Numbers
    there: Mask | None


class FieldWord:
    """A word in a field, in all segments. What was read of it is kept with it."""

    def __init__(self, places: Sequence[Place], numbers: Numbers | None) -> None:
        self._places = places
        self._numbers = numbers
        self._sizes = [place.postings.frequency(place.number) for place in places]
        self._total = sum(self._sizes)
        self._is_rare = self._total <= _FEW * len(places)
        self.occurrences = sum(place.postings.occurrences(place.number) for place in places)
        self.nbytes = self._total * _POSTING_BYTES

    @property
    def postings(self) -> Postings:
        """The reports that have the word, and how often."""
        return Postings(self._docs.reports, self._left(self._counts))

    @property
    def reports(self) -> Numbers:
        """The reports that have the word."""
        return self._docs.reports

    @cached_property
    def parts(self) -> NDArray[np.uint8] | None:
        """In which parts it stands of each report, a bit a part; None where the field is not divided."""
        if not self._places[0].postings.part_names:
            return None
        return self._left(np.concatenate([place.postings.part_bits(place.number) for place in self._places]))

    def positions(self, reports: Numbers) -> Positions:
        """Return every place of the word in some reports, given ascending."""
        which = self._among(reports)
        edges = np.searchsorted(which, list(accumulate(self._sizes, initial=0))).tolist()
        found: list[tuple[Numbers, Numbers, NDArray[np.uint8]]] = []
        begin = 0
        for at, (place, size) in enumerate(zip(self._places, self._sizes, strict=True)):
            if edges[at] < edges[at + 1]:
                within = which[edges[at] : edges[at + 1]] - begin
                found.append(self._positions(place, within, slice(begin, begin + size)))
            begin += size
        return Positions(*map(np.concatenate, zip((_NONE, _NONE, _NO_PARTS), *found, strict=True)))

    def _positions(self, place: Place, which: Numbers, whole: slice) -> tuple[Numbers, Numbers, NDArray[np.uint8]]:
        """Return the places in some documents of a segment, given by their places among those of `whole`, its own."""
        counts = self._counts[whole].astype(np.int64)
        docs = np.repeat(self._all_docs[whole][which], counts[which])
        positions = place.postings.positions_of(place.number, counts, which)
        parts = place.postings.part_of(docs - place.first, positions)
        return (docs if self._numbers is None else self._numbers[docs]), positions, parts

    def _among(self, reports: Numbers) -> Numbers:
        """Return of some reports, ascending, those that have the word, by their places among all documents that have it."""
        known = self._docs.reports
        if not len(known):
            return _NONE
        at = np.minimum(np.searchsorted(known, reports), len(known) - 1)
        which: Numbers = at[known[at] == reports]
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
    def _all_docs(self) -> Numbers:
        """The documents that have the word, those gone as well."""
        if self._is_rare:
            return np.array(
                [doc for place in self._places for doc in place.postings.few_docs(place.number, place.first)]
            )
        docs = np.empty(self._total, dtype=np.int64)
        begin = 0
        for place, size in zip(self._places, self._sizes, strict=True):
            place.postings.docs_into(place.number, place.first, docs[begin : begin + size])
            begin += size
        return docs

    @cached_property
    def _counts(self) -> NDArray[Any]:
        """How often it stands in each document."""
        if self._is_rare:
            return np.array(
                list(chain.from_iterable(place.postings.few_counts(place.number) for place in self._places))
            )
        most = max(place.postings.most_counts(place.number) for place in self._places)
        counts = np.empty(self._total, dtype=np.min_scalar_type(most))
        begin = 0
        for place, size in zip(self._places, self._sizes, strict=True):
            place.postings.counts_into(place.number, counts[begin : begin + size])
            begin += size
        return counts

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
        self._files = [(file, end - file.size) for file, end in zip(segments.files, reached, strict=True)]

    def find(self, word: str) -> Word:
        """Return a word."""
        encoded = word.encode()
        hashed = hash_of(encoded)
        places: dict[str, list[Place]] = {}
        for file, first in self._files:
            for field, number in file.word_table.find(encoded, hashed):
                place = Place(file.word_fields[field], number, first)
                places.setdefault(WORD_FIELDS[field], []).append(place)
        return Word({field: FieldWord(found, self._numbers) for field, found in places.items()})

    def beginning(self, field: str, prefix: str) -> Sequence[str]:
        """Return the words of a field that begin so."""
        encoded, words = prefix.encode(), set()
        for file, _ in self._files:
            postings = file.terms.words(field)
            for number in range(postings.first_from(encoded), postings.size):
                if not postings.term(number).startswith(encoded):
                    break
                words.add(postings.term(number).decode())
        return sorted(words)
