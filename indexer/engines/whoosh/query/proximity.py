"""How near two words stand in reports. Worked out for those reports only of which it is asked, and kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.columnar.types import FloatArray, IntArray, Mask
from indexer.engines.whoosh.reader.segment import Positions
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.schema import GROUP_FIELDS
from indexer.search.ranking import group_of
from indexer.search.terms import ProximityPair

_DOC = 1 << 32
"""More than the words of any text: the number of a report times this, plus a position, orders both."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a pair: for some reports, ascending, how many words apart both stand at their nearest, or infinity."""

    docs: IntArray
    distances: FloatArray

    @property
    def nbytes(self) -> int:
        """What it takes of memory."""
        return self.docs.nbytes + self.distances.nbytes

    def at(self, docs: IntArray) -> tuple[FloatArray, Mask]:
        """Return the distances of some reports, and of which they are known."""
        if not len(self.docs):
            return np.zeros(len(docs)), np.zeros(len(docs), dtype=np.bool_)
        at = np.minimum(self.docs.searchsorted(docs), len(self.docs) - 1)
        return self.distances[at], self.docs[at] == docs

    def joined(self, docs: IntArray, distances: FloatArray) -> _Known:
        """Return what is known with that of other reports as well."""
        at = np.searchsorted(self.docs, docs)
        return _Known(np.insert(self.docs, at, docs), np.insert(self.distances, at, distances))


_NOTHING = _Known(np.zeros(0, dtype=np.int64), np.zeros(0))


class Nearness:
    """The distances of pairs of words over a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def distances(self, pair: ProximityPair, docs: IntArray) -> FloatArray:
        """Return how many words apart both stand at their nearest in each of some reports, ascending; infinite where in no field together."""
        known = self._snapshot.kept("distances", pair, lambda: _NOTHING)
        distances, found = known.at(docs)
        if not found.all():
            unknown = docs[~found]
            distances[~found] = worked_out = self._work_out(pair, unknown)
            self._snapshot.keep("distances", pair, known.joined(unknown, worked_out))
        return distances

    def _work_out(self, pair: ProximityPair, docs: IntArray) -> FloatArray:
        nearest = np.full(len(docs), np.inf)
        for group in dict.fromkeys(map(group_of, pair.scope)):
            if not all(
                self._snapshot.occurrences_of_word(group, word)
                for word in (pair.first, pair.second)
            ):
                continue
            first, second = (
                self._places(group, word, pair, docs) for word in (pair.first, pair.second)
            )
            found, distances = _neighbours(first, second)
            np.minimum.at(nearest, np.searchsorted(docs, found), distances)
        return nearest

    def _places(self, group: str, word: str, pair: ProximityPair, docs: IntArray) -> Positions:
        """Return the places of a word in the fields of a pair."""
        found = self._snapshot.positions(group, word, docs)
        inside = np.array([field in pair.scope for field in GROUP_FIELDS[group]])
        if inside.all():
            return found
        kept = inside[found.parts]
        return Positions(found.docs[kept], found.positions[kept], found.parts[kept])


def _neighbours(first: Positions, second: Positions) -> tuple[IntArray, FloatArray]:
    """Return for each first word the report and how far it is to the nearest second word before or behind in the same field."""
    if not len(first.docs) or not len(second.docs):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    here, there = first.docs * _DOC + first.positions, second.docs * _DOC + second.positions
    behind = np.searchsorted(there, here)
    found_docs, found_distances = [], []
    for at in (behind - 1, behind):
        is_one = (at >= 0) & (at < len(there))
        at = np.where(is_one, at, 0)
        same = is_one & (second.docs[at] == first.docs) & (second.parts[at] == first.parts)
        found_docs.append(first.docs[same])
        found_distances.append(
            np.maximum(np.abs(here[same] - there[at[same]]), 1).astype(np.float64)
        )
    return np.concatenate(found_docs), np.concatenate(found_distances)
