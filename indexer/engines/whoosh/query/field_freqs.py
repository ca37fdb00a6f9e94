"""How often something occurs in each group of fields of the reports, and BM25F's weighted
frequencies made of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import numpy as np

from indexer.columnar.types import FloatArray, IntArray, Mask
from indexer.engines.whoosh.field_texts import PhraseOccurrences
from indexer.engines.whoosh.query.sparse_values import SparseValues, sparse
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.schema import GROUP_FIELDS
from indexer.search.documents import RANKED_FIELDS
from indexer.search.ranking import GROUPS, Ranking, group_of
from indexer.search.terms import Scope

Freqs: TypeAlias = tuple[IntArray, IntArray]
"""Ascending reports, and how often something occurs in each."""
GroupFreqs: TypeAlias = Mapping[str, list[Freqs]]
"""Frequencies by group of fields, an item for each word."""


def word_freqs(snapshot: Snapshot, words: Iterable[str], ranked: Scope) -> GroupFreqs:
    """Return how often words occur in the ranked fields of a scope."""
    freqs: dict[str, list[Freqs]] = {group: [] for group in GROUPS}
    for group in dict.fromkeys(map(group_of, ranked)):
        in_scope = np.array([field in ranked for field in GROUP_FIELDS[group]])
        for word in words:
            found = snapshot.freqs(group, word)
            if in_scope.all() or not len(found.docs):
                freqs[group].append((found.docs, found.freqs))
            else:
                positions = snapshot.positions(group, word, found.docs)
                freqs[group].append(_count(positions.docs[in_scope[positions.parts]]))
    return freqs


def phrase_freqs(occurrences: PhraseOccurrences, ranked: Scope) -> GroupFreqs:
    """Return how often a string occurs in the ranked fields of a scope."""
    return {
        group: [_count(occurrences.docs[_in_group(occurrences, ranked, group)])] for group in GROUPS
    }


def synonym_freqs(
    synonym: PhraseOccurrences, typed: PhraseOccurrences, times: int, ranked: Scope
) -> GroupFreqs:
    """Return how often a synonym occurs outside the typed word, each occurrence of which contains
    it `times` times.
    """
    freqs: dict[str, list[Freqs]] = {}
    for group in GROUPS:
        keys, counts = _count_by_field(synonym, ranked, group)
        typed_keys, typed_counts = _count_by_field(typed, ranked, group)
        at = np.minimum(np.searchsorted(typed_keys, keys), max(len(typed_keys) - 1, 0))
        if len(typed_keys):
            inside = times * np.where(typed_keys[at] == keys, typed_counts[at], 0)
            counts = np.maximum(counts - inside, 0)
        docs, first = np.unique(keys // len(RANKED_FIELDS), return_index=True)
        freqs[group] = [(docs, np.add.reduceat(counts, first) if len(first) else counts)]
    return freqs


def weighted_freqs(snapshot: Snapshot, ranking: Ranking, freqs: GroupFreqs) -> SparseValues:
    """Return BM25F's weighted frequencies, summed over the groups in the order of the ranking."""
    some = [(group, one) for group in GROUPS for one in freqs[group] if len(one[0])]
    if len(some) == 1:
        group, (docs, counts) = some[0]
        return sparse(docs, _weighted(snapshot, ranking, group, docs, counts.astype(np.float64)))
    mask = np.zeros(snapshot.size, dtype=np.bool_)
    for _, (docs, _) in some:
        mask[docs] = True
    docs = mask.nonzero()[0]
    weighted = np.zeros(len(docs))
    for group in GROUPS:
        total = _total(freqs[group], snapshot.size)
        if total is not None:
            weighted += _weighted(snapshot, ranking, group, docs, total[docs])
    return sparse(docs, weighted)


def _weighted(
    snapshot: Snapshot, ranking: Ranking, group: str, docs: IntArray, freqs: FloatArray
) -> FloatArray:
    norms = snapshot.lengths.norms(ranking, group).exact[docs]
    return ranking.weighted_freq_by_norm(group, freqs, norms)


def _total(freqs: list[Freqs], size: int) -> FloatArray | None:
    """Return the sum of the frequencies of all words in each report; None if no word occurs."""
    some = [one for one in freqs if len(one[0])]
    if not some:
        return None
    total = np.zeros(size)
    for docs, counts in some:
        total[docs] += counts
    return total


def _count(docs: IntArray) -> Freqs:
    """Return each distinct one of some ascending reports, and how often it occurs among them."""
    is_new = np.ones(len(docs), dtype=np.bool_)
    is_new[1:] = docs[1:] != docs[:-1]
    starts = np.flatnonzero(is_new)
    return docs[starts], np.diff(starts, append=len(docs))


def _count_by_field(occurrences: PhraseOccurrences, ranked: Scope, group: str) -> Freqs:
    """Return the frequencies by report and field, as one key each."""
    inside = _in_group(occurrences, ranked, group)
    keys = occurrences.docs[inside] * len(RANKED_FIELDS) + occurrences.fields[inside]
    return _count(keys)


def _in_group(occurrences: PhraseOccurrences, ranked: Scope, group: str) -> Mask:
    in_group = [field in ranked and group_of(field) == group for field in RANKED_FIELDS]
    inside: Mask = np.array(in_group)[occurrences.fields]
    return inside
