"""The execution of one query over one snapshot, from masks to a result page."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from indexer.columnar.types import IntArray, Mask
from indexer.engines.whoosh.query.conditions import ConditionEvaluator
from indexer.engines.whoosh.query.ranked_order import ResultOrder
from indexer.engines.whoosh.query.scorer import Scorer
from indexer.engines.whoosh.query.section_matches import (
    SectionMatcher,
    count_by_section,
    section_keys,
)
from indexer.engines.whoosh.query.term_matches import TermMatcher
from indexer.engines.whoosh.query.three_valued import TruthMask
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.errors import QueryError
from indexer.search.catalogue.facet_matching import order_counts
from indexer.search.catalogue.histograms import build_histogram
from indexer.search.compile import compile_query
from indexer.search.explain import build_explanation
from indexer.search.hits import MAX_UNJUDGED_SHOWN, build_hit
from indexer.search.port import (
    Explanation,
    FacetCount,
    Histogram,
    Hit,
    MatchCount,
    ResultIds,
    ResultPage,
)
from indexer.search.query import Query
from indexer.search.ranking import GROUPS, Ranking
from indexer.search.terms import Scope, Term

_BITSETS_ONE_IN = 32
"""More than one in so many reports are counted faster with bitsets than one by one (measured)."""


class QueryDeadline:
    """The time that a query takes. It refers to no arrays: an execution that held itself would live
    until collected.
    """

    def __init__(self, query: str, max_seconds: float) -> None:
        self._query = query
        self._max_seconds = max_seconds
        self._started = time.perf_counter()

    @property
    def seconds(self) -> float:
        """The time taken so far."""
        return time.perf_counter() - self._started

    def check(self) -> None:
        """Raise QueryError when the time is up."""
        if self.seconds > self._max_seconds:
            raise QueryError("engine.query_too_slow", self._query, 0, seconds=self._max_seconds)


class QueryExecution:
    """Executes one query. QueryError once it takes longer than `seconds`."""

    def __init__(self, query: Query, snapshot: Snapshot, seconds: float, ranking: Ranking) -> None:
        self.query = query
        self.snapshot = snapshot
        self.ranking = ranking
        self.deadline = QueryDeadline(query.text, seconds)
        self.terms = compile_query(query).terms
        self.matcher = TermMatcher(snapshot, self.deadline.check)
        self.sections = SectionMatcher(self.matcher, self.terms)
        self.conditions = ConditionEvaluator(query, self.matcher, self.sections)
        self.order = ResultOrder(query, snapshot, Scorer(self.matcher, self.terms, ranking))

    def count(self) -> MatchCount:
        """Count the matches."""
        matches = self.conditions.evaluate()
        return MatchCount(matches.count, matches.unknown().count)

    def ids(self) -> ResultIds:
        """Return the ids on the requested page; no report is read."""
        matches = self.conditions.evaluate()
        unknown = matches.unknown()
        ids = self.snapshot.report_ids(self._listed(matches, unknown))
        return ResultIds(matches.count, unknown.count, ids, self._facets())

    def page(self) -> ResultPage:
        """Return the requested page."""
        matches = self.conditions.evaluate()
        unknown = matches.unknown()
        listed = self._listed(matches, unknown)
        beside = self.order.first(unknown, 0 if self.query.include_unjudged else MAX_UNJUDGED_SHOWN)
        failing = int(np.count_nonzero(self.conditions.failing_by_figures()))
        return ResultPage(
            query=self.query,
            total=matches.count,
            unjudged=unknown.count,
            judged=matches.count + failing,
            hits=self._hits(listed, matches.true),
            unjudged_hits=self._hits(beside, matches.true),
            facets=self._facets(),
            histograms={key: self._histogram(key) for key in self.query.histograms},
            unjudged_by=self.conditions.unknown_by(),
            took_ms=self.deadline.seconds * 1000,
        )

    def explanation(self, doc: int) -> Explanation:
        """Explain the score of a report."""
        matches = self.conditions.evaluate()
        truth = True if matches.true[doc] else None if matches.possible[doc] else False
        report, statistics = self.snapshot.report(doc), _SnapshotStatistics(self.matcher)
        return build_explanation(report, self.query, statistics, truth, self.ranking)

    def _listed(self, matches: TruthMask, unknown: TruthMask) -> IntArray:
        """Return the reports of the requested page."""
        last = self.query.page * self.query.size
        listed = self.order.first(matches, last)
        if self.query.include_unjudged:
            listed = np.concatenate([listed, self.order.first(unknown, last - len(listed))])
        return listed[last - self.query.size :]

    def _hits(self, docs: IntArray, judged: Mask) -> tuple[Hit, ...]:
        sections = self.sections.bits()[docs].tolist() if self.terms else [0] * len(docs)
        scores = self.order.scores(docs).tolist()
        hits = []
        for at, doc in enumerate(docs.tolist()):
            self.deadline.check()
            report, keys = self.snapshot.report(doc), section_keys(sections[at])
            hits.append(build_hit(report, self.query, keys, scores[at], bool(judged[doc])))
        return tuple(hits)

    def _facets(self) -> dict[str, tuple[FacetCount, ...]]:
        return {field: order_counts(self._counts(field)) for field in self.query.facets}

    def _counts(self, field: str) -> dict[str, int]:
        """Count by value the reports that match the query without its filters on this facet."""
        self.deadline.check()
        matches = self.conditions.evaluate(ignoring_facet=field)
        if field == "section":
            return count_by_section(self.sections.bits()[matches.docs])
        facet = self.snapshot.facet(field)
        if facet.has_bitsets and matches.is_denser_than(_BITSETS_ONE_IN):
            return facet.intersection_counts(matches.bits)
        return facet.counts(matches.true, matches.docs)

    def _histogram(self, key: str) -> Histogram:
        self.deadline.check()
        matches = self.conditions.evaluate(ignoring_figure=key)
        figures = self.snapshot.figures(key)
        known = figures.known
        reported = matches.true & known
        inside = reported & self.conditions.evaluate().true
        values = figures.numbers.astype(np.float64)
        unreported = int((matches.true & ~known).sum())
        return build_histogram(
            key, values[reported], unreported, values[inside], matches.unknown().count
        )


class _SnapshotStatistics:
    """The collection statistics of a snapshot."""

    def __init__(self, matcher: TermMatcher) -> None:
        self._matcher = matcher
        self.reports = matcher.snapshot.size
        self.mean_lengths = {group: matcher.snapshot.lengths.mean(group) for group in GROUPS}

    def doc_freq(self, terms: Sequence[Term]) -> int:
        found = np.zeros(self.reports, dtype=np.bool_)
        for term in terms:
            found = found | self._matcher.matching(term, term.scope).mask
        return int(found.sum())

    def word_doc_freq(self, word: str, scope: Scope) -> int:
        return self._matcher.with_word(word, scope).count
