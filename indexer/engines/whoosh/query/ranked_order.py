"""Which reports come first, of those for which a query holds."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.top_k import Few, at_least
from indexer.columnar.types import FloatArray, IntArray, Mask
from indexer.engines.whoosh.query.scorer import Scores
from indexer.engines.whoosh.query.three_valued import Verdict
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.search.query import Query
from indexer.search.ranking import ROUNDING, rounded

_FEW = 1024
"""So many reports are few enough to be compared with each other."""
_MANY = 4
"""More than one in so many reports are put in order faster among all than gathered from them."""
_LEADING = 100
"""Of every term that is asked for alone so many of the best reports are kept."""
_LAST = -np.finfo(np.float64).max
"""Orders what has no value behind all that has."""
_NOTHING = np.zeros(0, dtype=np.int64)


class Order:
    """The order that a query asks for."""

    def __init__(self, query: Query, snapshot: Snapshot, scores: Scores) -> None:
        self._sort = query.sort
        self._snapshot = snapshot
        self._scores = scores

    def first(self, verdict: Verdict, count: int) -> IntArray:
        """Return the first so many reports for which a query holds; what has no value to order by comes last."""
        if not count or not verdict.count:
            return _NOTHING
        if self._sort.by == "relevance" and self._scores.terms and self._sort.descending:
            return self._best(verdict, count)
        if self._sort.by == "relevance" and not self._scores.terms:
            return self._newest(verdict, count)
        docs = verdict.docs
        if self._sort.by == "relevance":
            return self._few(-self.scores_of(docs), count, docs)
        keys = self._snapshot.kept("keys", self._sort, self._keys)
        if verdict.is_of_more_than(_MANY):
            return self._few(_where(verdict.sure, keys), min(count, verdict.count))
        return self._few(keys[docs], count, docs)

    def _few(self, values: NDArray[Any], count: int, docs: IntArray | None = None) -> IntArray:
        """Return the reports with the greatest values, so many of them; a value for each of `docs`, or for every report."""

        def numbers(at: IntArray) -> IntArray:
            return at if docs is None else docs[at]

        few = Few(
            values,
            lambda at: self._snapshot.ties[numbers(at)],
            lambda at: self._snapshot.report_ids(numbers(at)),
        )
        return numbers(few.first(count))

    def _newest(self, verdict: Verdict, count: int) -> IntArray:
        """Return the first in the order of all reports, so many of them, looked for from its beginning on."""
        if verdict.count < _FEW:
            return self._few(np.zeros(verdict.count), count, verdict.docs)
        order, found, at = self._snapshot.in_order, _NOTHING, 0
        while len(found) < min(count, verdict.count):
            part = order[at : 2 * at + _FEW]
            found = np.concatenate([found, part[verdict.sure[part]]])
            at += len(part)
        return found[:count]

    def scores_of(self, docs: IntArray) -> FloatArray:
        """Return the scores of some reports."""
        order = np.argsort(docs)
        ascending = docs[order]
        found = np.zeros(len(docs))
        base = self._scores.without_nearness(ascending)
        found[order] = rounded(self._scores.with_nearness(base, ascending))
        return found

    def _best(self, verdict: Verdict, count: int) -> IntArray:
        """Return the best reports, so many of them: those of one term alone are kept."""
        term = self._scores.only_term()
        if term is None or count > _LEADING:
            return self._ranked(verdict, count)
        if self._scores.matches.holds(term, term.scope) is not verdict.holding:
            return self._ranked(verdict, count)
        key = (term, self._scores.ranking)
        return self._snapshot.kept("leading", key, lambda: self._ranked(verdict, _LEADING))[:count]

    def _ranked(self, verdict: Verdict, count: int) -> IntArray:
        """Return the best reports, so many of them.

        Exactly it is worked out only for those that by their bounds can be among them, and nearness for those that it can
        still bring among them: it has a most that it can be worth.
        """
        count, most = min(count, verdict.count), self._scores.most_nearness()
        docs = self._hopeful(verdict, count, most)
        scores, slack = self._scores.without_nearness(docs), most + 2 * ROUNDING
        docs, scores = _reaching(_least(scores, count) - slack, docs, scores)
        if most and len(docs) > _FEW:
            leading = at_least(scores, 4 * count)
            best = self._scores.with_nearness(scores[leading], docs[leading])
            docs, scores = _reaching(_least(best, count) - slack, docs, scores)
        return self._few(self._rounded(scores, docs, most), count, docs)

    def _hopeful(self, verdict: Verdict, count: int, most: float) -> IntArray:
        """Return reports, ascending, among which the first so many surely are."""
        if verdict.count <= _FEW:
            return verdict.docs
        bounds = self._scores.bounds().within(verdict.sure)
        least = bounds.least_of(count) - most - 2 * ROUNDING
        return bounds.reaching(least) if least > 0 else verdict.docs

    def _rounded(self, scores: FloatArray, docs: IntArray, most: float) -> FloatArray:
        """Return scores with what nearness brings in, rounded; it is not worked out where it is too little to show."""
        found = rounded(scores)
        shows = found != rounded(scores + most)
        if most and shows.any():
            found[shows] = rounded(self._scores.with_nearness(scores[shows], docs[shows]))
        return found

    def _keys(self) -> NDArray[Any]:
        """Return what reports are ordered by, the greatest first: of whole numbers above 0, so that 0 is left for no report."""
        if self._sort.by == "year":
            numbers, known = self._snapshot.years, ~np.isnan(self._snapshot.years)
        else:
            figures = self._snapshot.figures(self._sort.by)
            numbers, known = figures.numbers, figures.known
        if numbers.dtype.kind == "f":
            return np.where(known, numbers if self._sort.descending else -numbers, _LAST)
        greatest = int(numbers.max(initial=0))
        kind = np.min_scalar_type(greatest + 2)
        keys = (
            numbers.astype(kind)
            if self._sort.descending
            else kind.type(greatest) - numbers.astype(kind)
        )
        above: NDArray[Any] = np.where(known, keys + kind.type(2), kind.type(1))
        return above


def _least(scores: FloatArray, count: int) -> float:
    """Return the least of the `count` greatest scores."""
    return float(scores[at_least(scores, count)].min())


def _reaching(least: float, docs: IntArray, scores: FloatArray) -> tuple[IntArray, FloatArray]:
    """Return the reports, and their scores, that are not below a least one."""
    kept = scores >= least
    return docs[kept], scores[kept]


def _where(mask: Mask, keys: NDArray[Any]) -> NDArray[Any]:
    """Return the keys of some reports, and less than any key for all others. By a product: a choice takes twenty times as long."""
    found: NDArray[Any] = np.where(mask, keys, -np.inf) if keys.dtype.kind == "f" else keys * mask
    return found
