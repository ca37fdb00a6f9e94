"""The order of results: by score, by a figure or by year, and the selection of a page without
scoring every match.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.columnar.top_k import TopK, indexes_of_top
from indexer.columnar.types import Array, FloatArray, IntArray, Mask
from indexer.engines.whoosh.query.scorer import Scorer
from indexer.engines.whoosh.query.three_valued import TruthMask
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.search.query import Query
from indexer.search.ranking import SCORE_UNIT, round_score


@dataclass(frozen=True, slots=True)
class TopKLimits:
    """When reports are pruned by bounds, and what is cached of their order; measured at 100,000
    reports.
    """

    max_scored: int = 1024
    """Up to this many matches are all scored exactly: sorting them costs less than pruning."""
    dense_one_in: int = 4
    """Matches of more than one in so many reports are selected from all reports, not gathered
    first.
    """
    best_cached: int = 100
    """The number of best reports that is cached of every term that was asked for alone."""


LIMITS = TopKLimits()
_LAST = -np.finfo(np.float64).max
"""Sorts reports without a value behind all others."""
_NO_DOCS = np.zeros(0, dtype=np.int64)


class ResultOrder:
    """The order that a query asks for."""

    def __init__(self, query: Query, snapshot: Snapshot, scorer: Scorer) -> None:
        self._sort = query.sort
        self._snapshot = snapshot
        self._scorer = scorer

    def first(self, matches: TruthMask, count: int) -> IntArray:
        """Return the first `count` matches; those without a value to sort by come last."""
        if not count or not matches.count:
            return _NO_DOCS
        if self._sort.by == "relevance":
            return self._most_relevant(matches, count)
        keys = self._snapshot.cached("sort keys", self._sort, self._sort_keys)
        if matches.is_denser_than(LIMITS.dense_one_in):
            return self._top(_masked(matches.true, keys), min(count, matches.count))
        docs = matches.docs
        return self._top(keys[docs], count, docs)

    def _most_relevant(self, matches: TruthMask, count: int) -> IntArray:
        if not self._scorer.terms:
            return self._newest(matches, count)
        if self._sort.descending:
            return self._best(matches, count)
        docs = matches.docs
        return self._top(-self.scores(docs), count, docs)

    def _top(self, values: Array, count: int, docs: IntArray | None = None) -> IntArray:
        """Return the `count` reports with the greatest values; `values` has an item for each of
        `docs`, or every report.
        """

        def numbers(at: IntArray) -> IntArray:
            return at if docs is None else docs[at]

        top = TopK(
            values,
            lambda at: self._snapshot.tie_breaks[numbers(at)],
            lambda at: self._snapshot.report_ids(numbers(at)),
        )
        return numbers(top.first(count))

    def _newest(self, matches: TruthMask, count: int) -> IntArray:
        """Return the first matches in the order of tie-breaks, looked for from its beginning in
        growing steps.
        """
        if matches.count < LIMITS.max_scored:
            return self._top(np.zeros(matches.count), count, matches.docs)
        order, found, at = self._snapshot.in_tie_order, _NO_DOCS, 0
        while len(found) < min(count, matches.count):
            step = order[at : 2 * at + LIMITS.max_scored]
            found = np.concatenate([found, step[matches.true[step]]])
            at += len(step)
        return found[:count]

    def scores(self, docs: IntArray) -> FloatArray:
        """Return the rounded scores of some reports in any order."""
        order = np.argsort(docs)
        ascending = docs[order]
        found = np.zeros(len(docs))
        base = self._scorer.base_scores(ascending)
        found[order] = round_score(self._scorer.add_proximity(base, ascending))
        return found

    def _best(self, matches: TruthMask, count: int) -> IntArray:
        """Return the best `count` matches; those of a single term without other conditions are
        cached.
        """
        term = self._scorer.only_term()
        if term is None or count > LIMITS.best_cached:
            return self._ranked(matches, count)
        if self._scorer.matcher.matching(term, term.scope) is not matches.doc_set:
            return self._ranked(matches, count)
        key = (term, self._scorer.ranking)
        return self._snapshot.cached(
            "best", key, lambda: self._ranked(matches, LIMITS.best_cached)
        )[:count]

    def _ranked(self, matches: TruthMask, count: int) -> IntArray:
        """Return the best `count` matches.

        Only the matches whose bound reaches the threshold are scored exactly, and proximity is
        computed only where its maximum could still lift a report among the first: both thresholds
        keep a margin for rounding.
        """
        count, max_proximity = min(count, matches.count), self._scorer.max_proximity()
        margin = max_proximity + 2 * SCORE_UNIT
        docs = self._candidates(matches, count, margin)
        scores = self._scorer.base_scores(docs)
        docs, scores = _reaching(_kth_greatest(scores, count) - margin, docs, scores)
        if max_proximity and len(docs) > LIMITS.max_scored:
            # Exact scores of a few leaders raise the threshold for all others.
            leaders = indexes_of_top(scores, 4 * count)
            exact = self._scorer.add_proximity(scores[leaders], docs[leaders])
            docs, scores = _reaching(_kth_greatest(exact, count) - margin, docs, scores)
        return self._top(self._rounded(scores, docs, max_proximity), count, docs)

    def _candidates(self, matches: TruthMask, count: int, margin: float) -> IntArray:
        """Return ascending reports among which the first `count` surely are."""
        if matches.count <= LIMITS.max_scored:
            return matches.docs
        bounds = self._scorer.bounds().within(matches.true)
        threshold = bounds.top_k_threshold(count) - margin
        return bounds.docs_reaching(threshold) if threshold > 0 else matches.docs

    def _rounded(self, scores: FloatArray, docs: IntArray, max_proximity: float) -> FloatArray:
        """Return rounded scores with proximity, which is not computed where even its maximum
        changes no digit.
        """
        found = round_score(scores)
        changes = found != round_score(scores + max_proximity)
        if max_proximity and changes.any():
            exact = self._scorer.add_proximity(scores[changes], docs[changes])
            found[changes] = round_score(exact)
        return found

    def _sort_keys(self) -> Array:
        """Return the sort key of each report, the greatest first; those of whole numbers are above
        0, which means no match.
        """
        if self._sort.by == "year":
            numbers, known = self._snapshot.years, ~np.isnan(self._snapshot.years)
        else:
            figures = self._snapshot.figures(self._sort.by)
            numbers, known = figures.numbers, figures.known
        if numbers.dtype.kind == "f":
            return np.where(known, numbers if self._sort.descending else -numbers, _LAST)
        maximum = int(numbers.max(initial=0))
        kind = np.min_scalar_type(maximum + 2)
        keys = numbers.astype(kind)
        if not self._sort.descending:
            keys = kind.type(maximum) - keys
        # 0 is for no match and 1 for no value.
        shifted: Array = np.where(known, keys + kind.type(2), kind.type(1))
        return shifted


def _kth_greatest(scores: FloatArray, count: int) -> float:
    return float(scores[indexes_of_top(scores, count)].min())


def _reaching(threshold: float, docs: IntArray, scores: FloatArray) -> tuple[IntArray, FloatArray]:
    """Return the reports, and their scores, that reach a threshold."""
    reached = scores >= threshold
    return docs[reached], scores[reached]


def _masked(mask: Mask, keys: Array) -> Array:
    """Return the keys of some reports, and less than any key for all others.

    Integers are multiplied by the mask, which is twenty times as fast as `np.where` (measured).
    """
    if keys.dtype.kind == "f":
        return np.where(mask, keys, -np.inf)
    masked: Array = keys * mask
    return masked
