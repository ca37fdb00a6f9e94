"""Which reports come first, of those for which a query holds."""

from __future__ import annotations

import numpy as np

from indexer.engines.whoosh_engine.scores import Scores
from indexer.engines.whoosh_engine.select import Few, at_least
from indexer.engines.whoosh_engine.snapshot import Floats, Snapshot
from indexer.engines.whoosh_engine.texts import Numbers
from indexer.engines.whoosh_engine.translate import Verdict
from indexer.search.query import Query
from indexer.search.ranking import ROUNDING, rounded

_FEW = 1024
"""So many reports are few enough to be compared with each other."""
_LEADING = 100
"""Of every term that is asked for alone so many of the best reports are kept."""
_NOTHING = np.zeros(0, dtype=np.int64)


class Order:
    """The order that a query asks for."""

    def __init__(self, query: Query, snapshot: Snapshot, scores: Scores) -> None:
        self._sort = query.sort
        self._snapshot = snapshot
        self._scores = scores

    def first(self, verdict: Verdict, count: int) -> Numbers:
        """Return the first so many reports for which a query holds; what has no value to order by comes last."""
        if not count or not verdict.count:
            return _NOTHING
        if self._sort.by == "relevance" and self._scores.terms and self._sort.descending:
            return self._best(verdict, count)
        if self._sort.by == "relevance" and not self._scores.terms:
            return self._newest(verdict, count)
        docs = verdict.docs
        return self._few(docs, -self.scores_of(docs) if self._sort.by == "relevance" else self._keys(docs), count)

    def _few(self, docs: Numbers, values: Floats, count: int) -> Numbers:
        """Return the reports with the greatest values, so many of them."""
        few = Few(values, lambda at: self._snapshot.ties[docs[at]], lambda at: self._snapshot.report_ids(docs[at]))
        return docs[few.first(count)]

    def _newest(self, verdict: Verdict, count: int) -> Numbers:
        """Return the first in the order of all reports, so many of them, looked for from its beginning on."""
        if verdict.count < _FEW:
            return self._few(verdict.docs, np.zeros(verdict.count), count)
        order, found, at = self._snapshot.in_order, _NOTHING, 0
        while len(found) < min(count, verdict.count):
            part = order[at : 2 * at + _FEW]
            found = np.concatenate([found, part[verdict.sure[part]]])
            at += len(part)
        return found[:count]

    def scores_of(self, docs: Numbers) -> Floats:
        """Return the scores of some reports."""
        order = np.argsort(docs)
        ascending = docs[order]
        found = np.zeros(len(docs))
        base = self._scores.without_nearness(ascending, self._snapshot.mask(ascending))
        found[order] = rounded(self._scores.with_nearness(base, ascending))
        return found

    def _best(self, verdict: Verdict, count: int) -> Numbers:
        """Return the best reports, so many of them: those of one term alone are kept."""
        term = self._scores.only_term()
        if term is None or count > _LEADING:
            return self._ranked(verdict, count)
        if self._scores.matches.holds(term, term.scope).mask is not verdict.sure:
            return self._ranked(verdict, count)
        key = (term, self._scores.ranking)
        return self._snapshot.kept("leading", key, lambda: self._ranked(verdict, _LEADING))[:count]

    def _ranked(self, verdict: Verdict, count: int) -> Numbers:
        """Return the best reports, so many of them.

        Nearness is worked out only for those that it can still bring among them: it has a most that it can be worth.
        """
        docs = verdict.docs
        scores = self._scores.without_nearness(docs, verdict.sure)
        most = self._scores.most_nearness()
        slack = most + 2 * ROUNDING
        near = np.flatnonzero(scores >= scores[at_least(scores, count)].min() - slack)
        if most and len(near) > 4 * count:
            leading = np.sort(near[at_least(scores[near], 4 * count)])
            best = self._scores.with_nearness(scores[leading], docs[leading])
            near = near[scores[near] >= best[at_least(best, count)].min() - slack]
        return self._few(docs[near], self._rounded(scores[near], docs[near], most), count)

    def _rounded(self, scores: Floats, docs: Numbers, most: float) -> Floats:
        """Return scores with what nearness brings in, rounded; it is not worked out where it is too little to show."""
        found = rounded(scores)
        shows = found != rounded(scores + most)
        if most and shows.any():
            found[shows] = rounded(self._scores.with_nearness(scores[shows], docs[shows]))
        return found

    def _keys(self, docs: Numbers) -> Floats:
        """Return what reports are ordered by, the greatest first."""
        if self._sort.by == "year":
            values, known = self._snapshot.years[docs], ~np.isnan(self._snapshot.years[docs])
        else:
            figures = self._snapshot.figures(self._sort.by)
            values, known = figures.numbers[docs].astype(np.float64), figures.known[docs]
        return np.where(known, values if self._sort.descending else -values, -np.inf)
