"""How often something stands in each group of fields of the reports, and what that weighs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.types import FloatArray, IntArray
from indexer.engines.whoosh.field_texts import Occurrences
from indexer.engines.whoosh.query.score_bounds import Sparse, sparse
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.schema import GROUP_FIELDS
from indexer.search.documents import RANKED_FIELDS
from indexer.search.ranking import GROUPS, Ranking, group_of
from indexer.search.terms import Scope

Tally = tuple[IntArray, IntArray]
"""Reports, ascending, and how often something stands in each."""


def tally_words(
    snapshot: Snapshot, words: Iterable[str], ranked: Scope
) -> Mapping[str, list[Tally]]:
    """Return how often words stand in those of the ranked fields, by group: for each word a tally of its own."""
    tallies: dict[str, list[Tally]] = {group: [] for group in GROUPS}
    for group in dict.fromkeys(map(group_of, ranked)):
        whole = ranked == RANKED_FIELDS or set(GROUP_FIELDS[group]) <= set(ranked)
        for word in words:
            postings = snapshot.postings(group, word)
            if whole or not len(postings.docs):
                tallies[group].append((postings.docs, postings.counts))
            else:
                positions = snapshot.positions(group, word, postings.docs)
                inside = np.array([field in ranked for field in GROUP_FIELDS[group]])[
                    positions.parts
                ]
                tallies[group].append(_times(positions.docs[inside]))
    return tallies


def tally_occurrences(occurrences: Occurrences, ranked: Scope) -> Mapping[str, list[Tally]]:
    """Return how often a needle stands in those of the ranked fields, by group."""
    return {
        group: [_times(occurrences.docs[_in_group(occurrences, ranked, group)])] for group in GROUPS
    }


def tally_beyond(
    found: Occurrences, covering: Occurrences, times: int, ranked: Scope
) -> Mapping[str, list[Tally]]:
    """Return how often a needle stands, field by field, without the `times` that it stands in each place of another one."""
    tallies: dict[str, list[Tally]] = {}
    for group in GROUPS:
        keys, counts = _by_field(found, ranked, group)
        others, covered = _by_field(covering, ranked, group)
        at = np.minimum(np.searchsorted(others, keys), max(len(others) - 1, 0))
        if len(others):
            counts = np.maximum(counts - times * np.where(others[at] == keys, covered[at], 0), 0)
        docs, first = np.unique(keys // len(RANKED_FIELDS), return_index=True)
        tallies[group] = [(docs, np.add.reduceat(counts, first) if len(first) else counts)]
    return tallies


def weigh(snapshot: Snapshot, ranking: Ranking, tallies: Mapping[str, list[Tally]]) -> Sparse:
    """Return what the occurrences weigh, group by group in the order of ranking."""
    some = [(group, tally) for group in GROUPS for tally in tallies[group] if len(tally[0])]
    if len(some) == 1:
        group, (docs, counts) = some[0]
        return sparse(docs, _weighted(snapshot, ranking, group, docs, counts.astype(np.float64)))
    mask = np.zeros(snapshot.size, dtype=np.bool_)
    for _, (docs, _) in some:
        mask[docs] = True
    docs = mask.nonzero()[0]
    weight = np.zeros(len(docs))
    for group in GROUPS:
        times = _summed(tallies[group], snapshot.size)
        if times is not None:
            weight += _weighted(snapshot, ranking, group, docs, times[docs])
    return sparse(docs, weight)


def _weighted(
    snapshot: Snapshot, ranking: Ranking, group: str, docs: IntArray, counts: FloatArray
) -> FloatArray:
    return ranking.weighted_by_norm(
        group, counts, snapshot.lengths.norms(ranking, group).exact[docs]
    )


def _summed(tallies: list[Tally], size: int) -> FloatArray | None:
    some = [tally for tally in tallies if len(tally[0])]
    if not some:
        return None
    counts = np.zeros(size)
    for docs, times in some:
        counts[docs] += times
    return counts


def _times(docs: IntArray) -> Tally:
    """Return each of some reports, ascending, and how often it is named."""
    new = np.ones(len(docs), dtype=np.bool_)
    new[1:] = docs[1:] != docs[:-1]
    starts = np.flatnonzero(new)
    return docs[starts], np.diff(starts, append=len(docs))


def _in_group(occurrences: Occurrences, ranked: Scope, group: str) -> NDArray[np.bool_]:
    wanted = np.array([field in ranked and group_of(field) == group for field in RANKED_FIELDS])
    inside: NDArray[np.bool_] = wanted[occurrences.fields]
    return inside


def _by_field(occurrences: Occurrences, ranked: Scope, group: str) -> Tally:
    inside = _in_group(occurrences, ranked, group)
    return _times(occurrences.docs[inside] * len(RANKED_FIELDS) + occurrences.fields[inside])
