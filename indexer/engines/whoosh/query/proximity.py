"""The distances between two words in reports, computed only for the reports that need them, and
cached.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.columnar.types import FloatArray, IntArray, Mask
from indexer.engines.whoosh.reader.segment import TermPositions
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.schema import GROUP_FIELDS
from indexer.search.ranking import group_of
from indexer.search.terms import ProximityPair

_DOC_STRIDE = 1 << 32
"""Larger than any position: report number times this plus position is one sort key for both."""


@dataclass(frozen=True, slots=True)
class KnownDistances:
    """The smallest distance of a pair of words, in words, in some ascending reports; infinite
    without a common field.
    """

    docs: IntArray
    distances: FloatArray

    @property
    def nbytes(self) -> int:
        """The memory it takes."""
        return self.docs.nbytes + self.distances.nbytes

    def at(self, docs: IntArray) -> tuple[FloatArray, Mask]:
        """Return the distances in some reports, and which of them are known."""
        if not len(self.docs):
            return np.zeros(len(docs)), np.zeros(len(docs), dtype=np.bool_)
        at = np.minimum(self.docs.searchsorted(docs), len(self.docs) - 1)
        return self.distances[at], self.docs[at] == docs

    def joined(self, docs: IntArray, distances: FloatArray) -> KnownDistances:
        """Return these distances and those of other reports."""
        at = np.searchsorted(self.docs, docs)
        return KnownDistances(
            np.insert(self.docs, at, docs), np.insert(self.distances, at, distances)
        )


NO_DISTANCES = KnownDistances(np.zeros(0, dtype=np.int64), np.zeros(0))


class WordDistances:
    """The distances of pairs of words in a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def distances(self, pair: ProximityPair, docs: IntArray) -> FloatArray:
        """Return the smallest distance of two words in each of some ascending reports, infinite
        without a common field.
        """
        known = self._snapshot.cached("distances", pair, lambda: NO_DISTANCES)
        distances, is_known = known.at(docs)
        if not is_known.all():
            new = docs[~is_known]
            distances[~is_known] = computed = self._compute(pair, new)
            self._snapshot.cache("distances", pair, known.joined(new, computed))
        return distances

    def _compute(self, pair: ProximityPair, docs: IntArray) -> FloatArray:
        nearest = np.full(len(docs), np.inf)
        words = (pair.first, pair.second)
        for group in dict.fromkeys(map(group_of, pair.scope)):
            if all(self._snapshot.total_freq(group, word) for word in words):
                first, second = (self._positions(group, word, pair, docs) for word in words)
                found, distances = _nearest_neighbours(first, second)
                np.minimum.at(nearest, np.searchsorted(docs, found), distances)
        return nearest

    def _positions(
        self, group: str, word: str, pair: ProximityPair, docs: IntArray
    ) -> TermPositions:
        """Return the positions of a word in the fields of a pair."""
        found = self._snapshot.positions(group, word, docs)
        in_scope = np.array([field in pair.scope for field in GROUP_FIELDS[group]])
        if in_scope.all():
            return found
        inside = in_scope[found.parts]
        return TermPositions(found.docs[inside], found.positions[inside], found.parts[inside])


def _nearest_neighbours(first: TermPositions, second: TermPositions) -> tuple[IntArray, FloatArray]:
    """Return for each first word the distance to the nearest second word before and behind it in
    the same field.
    """
    if not len(first.docs) or not len(second.docs):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    keys = first.docs * _DOC_STRIDE + first.positions
    second_keys = second.docs * _DOC_STRIDE + second.positions
    behind = np.searchsorted(second_keys, keys)
    docs, distances = [], []
    for at in (behind - 1, behind):
        exists = (at >= 0) & (at < len(second_keys))
        at = np.where(exists, at, 0)
        same_doc = second.docs[at] == first.docs
        same_field = exists & same_doc & (second.parts[at] == first.parts)
        distance = np.abs(keys[same_field] - second_keys[at[same_field]])
        docs.append(first.docs[same_field])
        distances.append(np.maximum(distance, 1).astype(np.float64))
    return np.concatenate(docs), np.concatenate(distances)
