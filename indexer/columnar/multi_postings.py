"""The postings of one term over several segments, read segment by segment and concatenated once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

import numpy as np

from indexer.columnar.postings import FieldPostings, join_positions
from indexer.columnar.streams import MAX_SHORT_LIST, concatenated_ranges
from indexer.columnar.types import Array, ByteArray, IntArray

_NONE = np.zeros(0, dtype=np.int64)


class SegmentTerm(NamedTuple):
    """A term of a field in one segment, whose documents are counted from `doc_base` on."""

    postings: FieldPostings
    number: int
    doc_base: int


class MultiPostings:
    """The postings of one term in one field of one or more segments, in their order.

    `doc_freq` is the number of documents that have the term, `total_freq` how often it occurs in
    all of them.
    """

    def __init__(self, terms: Sequence[SegmentTerm]) -> None:
        self._terms = terms
        doc_freqs = (term.postings.doc_freq(term.number) for term in terms)
        self._edges = list(accumulate(doc_freqs, initial=0))
        self.doc_freq = self._edges[-1]
        self.total_freq = sum(term.postings.total_freq(term.number) for term in terms)
        self.part_names = terms[0].postings.part_names
        self._is_rare = self.doc_freq <= MAX_SHORT_LIST * len(terms)

    def docs(self) -> IntArray:
        """Return the documents that have the term, ascending."""
        if self._is_rare:
            lists = (term.postings.docs_short(term.number, term.doc_base) for term in self._terms)
            return np.array(list(chain.from_iterable(lists)), dtype=np.int64)
        docs = np.empty(self.doc_freq, dtype=np.int64)
        for term, (begin, end) in zip(self._terms, pairwise(self._edges), strict=True):
            term.postings.read_docs_into(term.number, term.doc_base, docs[begin:end])
        return docs

    def freqs(self) -> Array:
        """Return how often the term occurs in each document, in the smallest sufficient type."""
        if self._is_rare:
            lists = (term.postings.freqs_short(term.number) for term in self._terms)
            return np.array(list(chain.from_iterable(lists)), dtype=np.int64)
        maximum = max(term.postings.max_freq(term.number) for term in self._terms)
        freqs = np.empty(self.doc_freq, dtype=np.min_scalar_type(maximum))
        for term, (begin, end) in zip(self._terms, pairwise(self._edges), strict=True):
            term.postings.read_freqs_into(term.number, freqs[begin:end])
        return freqs

    def part_sets(self) -> ByteArray:
        """Return for each document the set of parts in which the term occurs, one bit per part."""
        return np.concatenate([term.postings.part_sets(term.number) for term in self._terms])

    def positions(self, freqs: Array, which: IntArray) -> IntArray:
        """Return the positions in some documents, given by their indexes; `freqs` as `freqs`
        returns them.
        """
        times = freqs[which].astype(np.int64)
        # Each document before has one first position, which is no delta.
        delta_begins = freqs.cumsum(dtype=np.int64)[which] - times - which
        further = concatenated_ranges(delta_begins, times - 1)
        firsts, deltas = [_NONE], [_NONE]
        for term, within, _ in self._split(which, self._edges):
            firsts.append(term.postings.first_positions(term.number, within))
        if not len(further):
            return np.concatenate(firsts)
        for term, within, _ in self._split(further, self._delta_edges()):
            deltas.append(term.postings.position_deltas(term.number, within))
        return join_positions(np.concatenate(firsts), np.concatenate(deltas), times)

    def part_starts(self, docs: IntArray, which: IntArray) -> Array:
        """Return where the parts of some documents start, one row per document; `which` are their
        indexes.
        """
        starts = [
            term.postings.part_bounds.starts[docs[here] - term.doc_base]
            for term, _, here in self._split(which, self._edges)
        ]
        if not starts:
            return np.zeros((0, len(self.part_names)), dtype=np.uint16)
        return np.concatenate(starts)

    def _delta_edges(self) -> Sequence[int]:
        """Return the number of position deltas before each segment, and in all."""
        sizes = [term.postings.total_freq(term.number) for term in self._terms]
        return [
            positions - docs
            for positions, docs in zip(accumulate(sizes, initial=0), self._edges, strict=True)
        ]

    def _split(
        self, which: IntArray, edges: Sequence[int]
    ) -> Iterator[tuple[SegmentTerm, IntArray, slice]]:
        """Divide ascending indexes among the segments: yield the term, the indexes within it, and
        the slice they came from.
        """
        cuts = which.searchsorted(edges).tolist()
        for at, term in enumerate(self._terms):
            if cuts[at] < cuts[at + 1]:
                here = slice(cuts[at], cuts[at + 1])
                yield term, which[here] - edges[at], here
