"""Which reports come first, of those for which a query holds."""

from __future__ import annotations

import numpy as np

from indexer.engines.whoosh_engine.scores import Scores
from indexer.engines.whoosh_engine.select import Few, at_least
from indexer.engines.whoosh_engine.snapshot import Floats, Snapshot
from indexer.engines.whoosh_engine.texts import Mask, Numbers
from indexer.engines.whoosh_engine.translate import Verdict
from indexer.search.query import Query
from indexer.search.ranking import ROUNDING, rounded

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
        docs = verdict.docs
        if self._sort.by != "relevance":
            near, values = None, self._keys(docs)
        elif not self._scores.terms:
            near, values = None, np.zeros(len(docs))
        elif self._sort.descending:
            near, values = self._best(docs, verdict.sure, count)
        else:
            near, values = None, -self.scores_of(docs)
        docs = docs if near is None else docs[near]
        few = Few(values, lambda at: self._snapshot.ties[docs[at]], lambda at: self._snapshot.report_ids(docs[at]))
        return docs[few.first(count)]

    def scores_of(self, docs: Numbers) -> Floats:
        """Return the scores of some reports."""
        order = np.argsort(docs)
        ascending = docs[order]
        found = np.zeros(len(docs))
        base = self._scores.without_nearness(ascending, self._snapshot.mask(ascending))
        found[order] = rounded(self._scores.with_nearness(base, ascending))
        return found

    def _best(self, docs: Numbers, mask: Mask, count: int) -> tuple[Numbers, Floats]:
        """Return where the reports are that may be among the best, so many of them, and their scores.

        Nearness is worked out only for those that it can still bring among them: it has a most that it can be worth.
        """
        scores = self._scores.without_nearness(docs, mask)
        most = self._scores.most_nearness()
        slack = most + 2 * ROUNDING
        near = np.flatnonzero(scores >= scores[at_least(scores, count)].min() - slack)
        if most and len(near) > 4 * count:
            leading = np.sort(near[at_least(scores[near], 4 * count)])
            best = self._scores.with_nearness(scores[leading], docs[leading])
            near = near[scores[near] >= best[at_least(best, count)].min() - slack]
        return near, rounded(self._scores.with_nearness(scores[near], docs[near]))

    def _keys(self, docs: Numbers) -> Floats:
        """Return what reports are ordered by, the greatest first."""
        if self._sort.by == "year":
            values, known = self._snapshot.years[docs], ~np.isnan(self._snapshot.years[docs])
        else:
            figures = self._snapshot.figures(self._sort.by)
            values, known = figures.numbers[docs].astype(np.float64), figures.known[docs]
        return np.where(known, values if self._sort.descending else -values, -np.inf)
