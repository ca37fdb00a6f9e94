"""One query over one snapshot, from masks to a page of results."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from indexer.engines.whoosh_engine.matches import Matches
from indexer.engines.whoosh_engine.scores import Scores
from indexer.engines.whoosh_engine.select import Few, at_least
from indexer.engines.whoosh_engine.snapshot import Floats, Snapshot
from indexer.engines.whoosh_engine.texts import Mask, Numbers
from indexer.engines.whoosh_engine.translate import Translation, Verdict
from indexer.errors import QueryError
from indexer.search.explanation import build_explanation
from indexer.search.facets import ordered_counts
from indexer.search.histograms import build_histogram
from indexer.search.hits import UNJUDGED_SHOWN, build_hit
from indexer.search.port import Count, Explanation, FacetCount, Found, Histogram, Hit, ResultPage
from indexer.search.query import Query
from indexer.search.ranking import ROUNDING, Ranking, rounded
from indexer.search.terms import Scope, Term, text_terms


class Answer:
    """Works out the answer to a query. QueryError once it takes longer than `seconds`."""

    def __init__(self, query: Query, snapshot: Snapshot, seconds: float, ranking: Ranking) -> None:
        self.query = query
        self.snapshot = snapshot
        self.seconds = seconds
        self.ranking = ranking
        self.started = time.perf_counter()
        self.terms = text_terms(query)
        self.matches = Matches(snapshot, self.check_time)
        self.translation = Translation(query, self.matches, self.terms)
        self.scores = Scores(self.matches, self.terms, ranking)

    def check_time(self) -> None:
        """Raise QueryError when the time is up."""
        if time.perf_counter() - self.started > self.seconds:
            message = f"这次检索超过了 {self.seconds:g} 秒的时限。请少用几个词，或加上年份、地区等条件再试。"
            raise QueryError(message, self.query.text, 0)

    def count(self) -> Count:
        """Return how many there are, without putting them in order."""
        verdict = self.translation.verdict()
        return Count(verdict.count, verdict.unknown_count)

    def found(self) -> Found:
        """Return the ids of the page that is asked for, with no report read."""
        verdict = self.translation.verdict()
        listed = self._listed(verdict)
        return Found(
            verdict.count,
            verdict.unknown_count,
            tuple(map(self.snapshot.report_id, listed.tolist())),
            {field: self._facet(field) for field in self.query.facets},
        )

    def page(self) -> ResultPage:
        """Return the page that is asked for."""
        verdict = self.translation.verdict()
        listed = self._listed(verdict)
        beside = self._first(verdict.unknown, 0 if self.query.include_unjudged else UNJUDGED_SHOWN)
        return ResultPage(
            query=self.query,
            total=verdict.count,
            unjudged=verdict.unknown_count,
            judged=int(np.count_nonzero(self.translation.candidates())) - verdict.unknown_count,
            hits=self._hits(listed, verdict.sure),
            unjudged_hits=self._hits(beside, verdict.sure),
            facets={field: self._facet(field) for field in self.query.facets},
            histograms={key: self._histogram(key) for key in self.query.histograms},
            took_ms=(time.perf_counter() - self.started) * 1000,
        )

    def explanation(self, doc: int) -> Explanation:
        """Take the score of a report apart."""
        verdict = self.translation.verdict()
        holds = True if verdict.sure[doc] else None if verdict.possible[doc] else False
        return build_explanation(self.snapshot.report(doc), self.query, _Census(self.matches), holds, self.ranking)

    # ── what comes first ──

    def _listed(self, verdict: Verdict) -> Numbers:
        """Return the reports of the page that is asked for."""
        last = self.query.page * self.query.size
        listed = self._first(verdict.sure, last)
        if self.query.include_unjudged:
            listed = np.concatenate([listed, self._first(verdict.unknown, last - len(listed))])
        return listed[last - self.query.size :]

    def _first(self, mask: Mask, count: int) -> Numbers:
        """Return the first so many reports of a mask in the query's order; what has no value to order by comes last."""
        if not count:
            return np.zeros(0, dtype=np.int64)
        docs = np.flatnonzero(mask)
        ties = self.snapshot.ties[docs]
        if self.query.sort.by == "relevance" and self.terms and self.query.sort.descending:
            near, values = self._best(docs, mask, count)
            docs, ties = docs[near], ties[near]
        elif self.query.sort.by == "relevance" and not self.terms:
            values = np.zeros(len(docs))
        else:
            values = self._sort_keys(docs)
        few = Few(values, ties, lambda at: self.snapshot.report_id(int(docs[at])))
        return docs[few.first(count)]

    def _best(self, docs: Numbers, mask: Mask, count: int) -> tuple[Numbers, Floats]:
        """Return where the reports are that may be among the best, so many of them, and their scores.

        Nearness is worked out only for those that it can still bring among them: it has a most that it can be worth.
        """
        scores = self.scores.without_nearness(docs, mask)
        slack = self.scores.most_nearness + 2 * ROUNDING
        near = at_least(scores, count)
        if len(near):
            near = np.flatnonzero(scores >= scores[near].min() - slack)
        if self.scores.most_nearness and len(near) > 4 * count:
            leading = np.sort(near[at_least(scores[near], 4 * count)])
            best = self.scores.with_nearness(scores[leading], docs[leading])
            bound = best[at_least(best, count)].min() - slack
            near = near[scores[near] >= bound]
        return near, rounded(self.scores.with_nearness(scores[near], docs[near]))

    def _scores_of(self, docs: Numbers) -> Floats:
        """Return the scores of some reports."""
        order = np.argsort(docs)
        ascending = docs[order]
        found = np.zeros(len(docs))
        base = self.scores.without_nearness(ascending, self.snapshot.mask(ascending))
        found[order] = rounded(self.scores.with_nearness(base, ascending))
        return found

    def _sort_keys(self, docs: Numbers) -> Floats:
        """Return keys of which the greatest comes first."""
        if self.query.sort.by == "relevance":
            return -self._scores_of(docs)
        if self.query.sort.by == "year":
            values, known = self.snapshot.years[docs], ~np.isnan(self.snapshot.years[docs])
        else:
            figures = self.snapshot.figures(self.query.sort.by)
            values, known = figures.numbers[docs].astype(np.float64), figures.known[docs]
        return np.where(known, values if self.query.sort.descending else -values, -np.inf)

    # ── what is shown ──

    def _hits(self, docs: Numbers, judged: Mask) -> tuple[Hit, ...]:
        sections = self.matches.sections(self.terms, docs)
        scores = self._scores_of(docs).tolist()
        hits = []
        for at, doc in enumerate(docs.tolist()):
            self.check_time()
            found = [key for key, mask in sections.items() if mask[at]]
            hits.append(build_hit(self.snapshot.report(doc), self.query, found, scores[at], bool(judged[doc])))
        return tuple(hits)

    def _facet(self, field: str) -> tuple[FacetCount, ...]:
        self.check_time()
        verdict = self.translation.verdict(but_facet=field)
        if field == "section":
            sections = self.translation.sections()
            return ordered_counts({key: int((mask & verdict.sure).sum()) for key, mask in sections.items()})
        return ordered_counts(self.snapshot.facet(field).counts(verdict.sure, verdict.docs))

    def _histogram(self, key: str) -> Histogram:
        self.check_time()
        among = self.translation.verdict(but_figure=key).sure
        figures = self.snapshot.figures(key)
        reported = among & figures.known
        inside = reported & self.translation.verdict().sure
        values = figures.numbers.astype(np.float64)
        return build_histogram(key, values[reported], int((among & ~figures.known).sum()), values[inside])


class _Census:
    """Counts over all reports of a snapshot."""

    def __init__(self, matches: Matches) -> None:
        self._matches = matches
        self.reports = matches.snapshot.size
        self.mean_lengths = matches.snapshot.mean_lengths

    def having(self, terms: Sequence[Term]) -> int:
        found = np.zeros(self.reports, dtype=np.bool_)
        for term in terms:
            found = found | self._matches.holds(term, term.scope).mask
        return int(found.sum())

    def having_word(self, word: str, scope: Scope) -> int:
        return self._matches.word(word, scope).count
