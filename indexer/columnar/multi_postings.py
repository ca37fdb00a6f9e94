"""A word in one field of several segments, and its positions in some of the documents: read segment by segment, joined at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.postings import FieldPostings, joined
from indexer.columnar.streams import spread
from indexer.columnar.types import IntArray

_NONE = np.zeros(0, dtype=np.int64)
_FEW = 32
"""With no more postings a segment a word is read number by number, and made an array at the end."""


class Place(NamedTuple):
    """A term of a field of a segment; the documents of that are counted from `first` on."""

    postings: FieldPostings
    number: int
    first: int


class Places:
    """A word in one field, wherever it stands: a place a segment, in their order, one at least."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = places
        self._edges = list(
            accumulate((place.postings.frequency(place.number) for place in places), initial=0)
        )
        self.size = self._edges[-1]
        """How many documents have it."""
        self.occurrences = sum(place.postings.occurrences(place.number) for place in places)
        """How often it stands in all of them."""
        self.part_names = places[0].postings.part_names
        self._is_rare = self.size <= _FEW * len(places)

    def docs(self) -> IntArray:
        """Return the documents that have it, ascending."""
        if self._is_rare:
            few = (place.postings.few_docs(place.number, place.first) for place in self._places)
            return np.array(list(chain.from_iterable(few)), dtype=np.int64)
        docs = np.empty(self.size, dtype=np.int64)
        for place, (begin, end) in zip(self._places, pairwise(self._edges), strict=True):
            place.postings.docs_into(place.number, place.first, docs[begin:end])
        return docs

    def counts(self) -> NDArray[Any]:
        """Return how often it stands in each of them."""
        if self._is_rare:
            few = (place.postings.few_counts(place.number) for place in self._places)
            return np.array(list(chain.from_iterable(few)), dtype=np.int64)
        most = max(place.postings.most_counts(place.number) for place in self._places)
        counts = np.empty(self.size, dtype=np.min_scalar_type(most))
        for place, (begin, end) in zip(self._places, pairwise(self._edges), strict=True):
            place.postings.counts_into(place.number, counts[begin:end])
        return counts

    def part_bits(self) -> NDArray[np.uint8]:
        """Return in which parts it stands in each of them, a bit a part."""
        return np.concatenate([place.postings.part_bits(place.number) for place in self._places])

    def positions(self, counts: NDArray[Any], which: IntArray) -> IntArray:
        """Return the positions in some of them, given by their places among all; `counts` as `counts` gives them."""
        times = counts[which].astype(np.int64)
        more = spread(counts.cumsum(dtype=np.int64)[which] - times - which, times - 1)
        firsts, steps = [_NONE], [_NONE]
        for place, within, _ in self._split(which, self._edges):
            firsts.append(place.postings.firsts(place.number, within))
        if not len(more):
            return np.concatenate(firsts)
        for place, within, _ in self._split(more, self._further_edges()):
            steps.append(place.postings.steps(place.number, within))
        return joined(np.concatenate(firsts), np.concatenate(steps), times)

    def part_starts(self, docs: IntArray, which: IntArray) -> NDArray[Any]:
        """Return where the parts begin of some of the documents, a row a document; which they are among all as well."""
        starts = [
            place.postings.parts().starts[docs[here] - place.first]
            for place, _, here in self._split(which, self._edges)
        ]
        return (
            np.concatenate(starts)
            if starts
            else np.zeros((0, len(self.part_names)), dtype=np.uint16)
        )

    def _further_edges(self) -> Sequence[int]:
        """Return how many positions other than the first of a document there are before each place, and in all."""
        sizes = [place.postings.occurrences(place.number) for place in self._places]
        return [
            reached - size
            for reached, size in zip(accumulate(sizes, initial=0), self._edges, strict=True)
        ]

    def _split(
        self, which: IntArray, edges: Sequence[int]
    ) -> Iterator[tuple[Place, IntArray, slice]]:
        """Yield the places that have any of some numbers, ascending, with those counted from its edge on, and where they are."""
        cuts = which.searchsorted(edges).tolist()
        for at, place in enumerate(self._places):
            if cuts[at] < cuts[at + 1]:
                here = slice(cuts[at], cuts[at + 1])
                yield place, which[here] - edges[at], here
