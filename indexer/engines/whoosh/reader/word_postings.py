"""The postings of words over all segments of a generation, each array read when it is first needed.

Here a *document* counts through all segments, deleted ones included; a *report* is a live document
(`CompositeReader.numbers` maps one to the other).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain

import numpy as np

from indexer.columnar.multi_postings import MultiPostings, SegmentTerm
from indexer.columnar.term_hash import hash_term
from indexer.columnar.types import Array, ByteArray, IntArray, Mask
from indexer.engines.whoosh.reader.segment import NO_POSITIONS, WORD_FIELDS, TermPositions
from indexer.engines.whoosh.reader.segments import CompositeReader, WordFreqs

_POSTING_BYTES, _RENUMBERED_BYTES = 11, 20
"""The memory a posting takes, about: document, frequency, parts; and with deleted documents, the
report and its mask.
"""


@dataclass(frozen=True, slots=True)
class LiveDocs:
    """The ascending reports that have a word, and which of its documents they are; None if all."""

    reports: IntArray
    live: Mask | None


class FieldTermPostings:
    """A word in one field. It keeps what was read of it."""

    def __init__(self, postings: MultiPostings, numbers: IntArray | None) -> None:
        self._postings = postings
        self._numbers = numbers
        self.total_freq = postings.total_freq
        self.nbytes = postings.doc_freq * (_POSTING_BYTES if numbers is None else _RENUMBERED_BYTES)

    @property
    def freqs(self) -> WordFreqs:
        """The reports that have the word, and how often."""
        return WordFreqs(self._live.reports, self._of_live(self._all_freqs))

    @property
    def reports(self) -> IntArray:
        """The reports that have the word."""
        return self._live.reports

    @cached_property
    def part_sets(self) -> ByteArray | None:
        """The parts of each report in which it occurs, one bit per part; None in a field that is
        not divided.
        """
        if not self._postings.part_names:
            return None
        return self._of_live(self._postings.part_sets())

    def positions(self, reports: IntArray) -> TermPositions:
        """Return all positions of the word in some reports, given ascending."""
        which = self._indexes_of(reports)
        if not len(which):
            return NO_POSITIONS
        docs, times = self._all_docs[which], self._all_freqs[which]
        positions = self._postings.positions(self._all_freqs, which)
        parts = self._parts_of(docs, which, times, positions)
        owners = docs if self._numbers is None else self._numbers[docs]
        return TermPositions(owners.repeat(times), positions, parts)

    def _parts_of(
        self, docs: IntArray, which: IntArray, times: Array, positions: IntArray
    ) -> ByteArray:
        """Return the part of each position. An empty part starts where the next one does, so the
        last start counts.
        """
        if not self._postings.part_names:
            return np.zeros(len(positions), dtype=np.uint8)
        starts = self._postings.part_starts(docs, which)[:, 1:]
        is_behind = positions >= starts.repeat(times, axis=0).T
        parts: ByteArray = is_behind.sum(axis=0, dtype=np.uint8)
        return parts

    def _indexes_of(self, reports: IntArray) -> IntArray:
        """Return the indexes, among all documents of the word, of those of some ascending reports
        that have it.
        """
        known = self._live.reports
        if not len(known):
            return reports[:0]
        at = np.minimum(known.searchsorted(reports), len(known) - 1)
        which: IntArray = at[known[at] == reports]
        return which if self._live.live is None else np.flatnonzero(self._live.live)[which]

    @cached_property
    def _live(self) -> LiveDocs:
        docs = self._all_docs
        if self._numbers is None:
            return LiveDocs(docs, None)
        reports = self._numbers[docs]
        live = reports >= 0
        return LiveDocs(reports, None) if live.all() else LiveDocs(reports[live], live)

    @cached_property
    def _all_docs(self) -> IntArray:
        """The documents that have the word, deleted ones included."""
        return self._postings.docs()

    @cached_property
    def _all_freqs(self) -> Array:
        """How often it occurs in each of these documents."""
        return self._postings.freqs()

    def _of_live(self, array: Array) -> Array:
        """Return the items of an array, one per document of the word, of the live documents."""
        return array if self._live.live is None else array[self._live.live]


class WordPostings:
    """A word in all fields that have it."""

    __slots__ = ("fields", "nbytes")

    def __init__(self, fields: Mapping[str, FieldTermPostings]) -> None:
        self.fields = fields
        self.nbytes = sum(field.nbytes for field in fields.values())

    @property
    def total_freq(self) -> int:
        """How often it occurs in all fields together, deleted documents included."""
        return sum(field.total_freq for field in self.fields.values())


class WordIndex:
    """Finds words in all segments."""

    def __init__(self, reader: CompositeReader) -> None:
        self._numbers = reader.numbers
        sizes = accumulate(segment.size for segment in reader.segments)
        self._segments = [
            (segment, end - segment.size)
            for segment, end in zip(reader.segments, sizes, strict=True)
        ]

    def find(self, word: str) -> WordPostings:
        """Return a word."""
        encoded = word.encode()
        hashed = hash_term(encoded)
        terms: dict[str, list[SegmentTerm]] = {}
        for segment, doc_base in self._segments:
            for field, number in segment.term_hash.find(encoded, hashed):
                term = SegmentTerm(segment.word_fields[field], number, doc_base)
                terms.setdefault(WORD_FIELDS[field], []).append(term)
        return WordPostings(
            {
                field: FieldTermPostings(MultiPostings(found), self._numbers)
                for field, found in terms.items()
            }
        )

    def with_prefix(self, field: str, prefix: str) -> Sequence[str]:
        """Return the words of a field that start with a prefix."""
        encoded = prefix.encode()
        found = (
            segment.terms.postings(field).with_prefix(encoded) for segment, _ in self._segments
        )
        return [word.decode() for word in sorted(set(chain.from_iterable(found)))]
