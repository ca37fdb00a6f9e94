"""One query over one snapshot, from masks to a page of results."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from indexer.columnar.types import IntArray, Mask
from indexer.engines.whoosh.query.conditions import Translation
from indexer.engines.whoosh.query.ranked_order import Order
from indexer.engines.whoosh.query.scorer import Scores
from indexer.engines.whoosh.query.section_matches import (
    Sections,
    count_by_section,
    keys_of_bits,
)
from indexer.engines.whoosh.query.term_matches import Matches
from indexer.engines.whoosh.query.three_valued import Verdict
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.errors import QueryError
from indexer.search.catalogue.facet_matching import order_counts
from indexer.search.catalogue.histograms import build_histogram
from indexer.search.compile import compile_query
from indexer.search.explain import build_explanation
from indexer.search.hits import MAX_UNJUDGED_SHOWN, build_hit
from indexer.search.port import Count, Explanation, FacetCount, Found, Histogram, Hit, ResultPage
from indexer.search.query import Query
from indexer.search.ranking import GROUPS, Ranking
from indexer.search.terms import Scope, Term

_BY_BITS = 32
"""More than one in so many reports are counted faster by bits than one by one."""


class Clock:
    """The time that a query takes. Apart from its answer, which else would hold itself, and all its arrays, until they are collected."""

    def __init__(self, query: str, most_seconds: float) -> None:
        self._query = query
        self._most = most_seconds
        self._started = time.perf_counter()

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return time.perf_counter() - self._started

    def check(self) -> None:
        """Raise QueryError when the time is up."""
        if self.seconds > self._most:
            message = f"这次检索超过了 {self._most:g} 秒的时限。请少用几个词，或加上年份、地区等条件再试。"
            raise QueryError(message, self._query, 0)


class Answer:
    """Works out the answer to a query. QueryError once it takes longer than `seconds`."""

    def __init__(self, query: Query, snapshot: Snapshot, seconds: float, ranking: Ranking) -> None:
        self.query = query
        self.snapshot = snapshot
        self.ranking = ranking
        self.clock = Clock(query.text, seconds)
        self.terms = compile_query(query).terms
        self.matches = Matches(snapshot, self.clock.check)
        self.sections = Sections(self.matches, self.terms)
        self.translation = Translation(query, self.matches, self.sections)
        self.order = Order(query, snapshot, Scores(self.matches, self.terms, ranking))

    def count(self) -> Count:
        """Return how many there are, without putting them in order."""
        verdict = self.translation.verdict()
        return Count(verdict.count, verdict.unknown().count)

    def found(self) -> Found:
        """Return the ids of the page that is asked for, with no report read."""
        verdict = self.translation.verdict()
        unknown = verdict.unknown()
        listed = self._listed(verdict, unknown)
        return Found(verdict.count, unknown.count, self.snapshot.report_ids(listed), self._facets())

    def page(self) -> ResultPage:
        """Return the page that is asked for."""
        verdict = self.translation.verdict()
        unknown = verdict.unknown()
        listed = self._listed(verdict, unknown)
        beside = self.order.first(unknown, 0 if self.query.include_unjudged else MAX_UNJUDGED_SHOWN)
        return ResultPage(
            query=self.query,
            total=verdict.count,
            unjudged=unknown.count,
            judged=verdict.count + int(np.count_nonzero(self.translation.failing_by_figures())),
            hits=self._hits(listed, verdict.sure),
            unjudged_hits=self._hits(beside, verdict.sure),
            facets=self._facets(),
            histograms={key: self._histogram(key) for key in self.query.histograms},
            unjudged_by=self.translation.unknown_by(),
            took_ms=self.clock.seconds * 1000,
        )

    def explanation(self, doc: int) -> Explanation:
        """Take the score of a report apart."""
        verdict = self.translation.verdict()
        holds = True if verdict.sure[doc] else None if verdict.possible[doc] else False
        return build_explanation(
            self.snapshot.report(doc), self.query, _Census(self.matches), holds, self.ranking
        )

    def _listed(self, verdict: Verdict, unknown: Verdict) -> IntArray:
        """Return the reports of the page that is asked for."""
        last = self.query.page * self.query.size
        listed = self.order.first(verdict, last)
        if self.query.include_unjudged:
            listed = np.concatenate([listed, self.order.first(unknown, last - len(listed))])
        return listed[last - self.query.size :]

    def _hits(self, docs: IntArray, judged: Mask) -> tuple[Hit, ...]:
        sections = self.sections.bits()[docs].tolist() if self.terms else [0] * len(docs)
        scores = self.order.scores_of(docs).tolist()
        hits = []
        for at, doc in enumerate(docs.tolist()):
            self.clock.check()
            found = keys_of_bits(sections[at])
            hits.append(
                build_hit(
                    self.snapshot.report(doc), self.query, found, scores[at], bool(judged[doc])
                )
            )
        return tuple(hits)

    def _facets(self) -> dict[str, tuple[FacetCount, ...]]:
        """Return the counts of the facets that are asked for."""
        return {field: order_counts(self._counts(field)) for field in self.query.facets}

    def _counts(self, field: str) -> dict[str, int]:
        """Return for each value how many reports have it, of those for which the query holds without the filters on this facet."""
        self.clock.check()
        verdict = self.translation.verdict(but_facet=field)
        if field == "section":
            return count_by_section(self.sections.bits()[verdict.docs])
        facet = self.snapshot.facet(field)
        if facet.has_bits and verdict.is_of_more_than(_BY_BITS):
            return facet.counts_by_bits(verdict.bits)
        return facet.counts(verdict.sure, verdict.docs)

    def _histogram(self, key: str) -> Histogram:
        self.clock.check()
        verdict = self.translation.verdict(but_figure=key)
        among = verdict.sure
        figures = self.snapshot.figures(key)
        known = figures.known
        reported = among & known
        inside = reported & self.translation.verdict().sure
        values = figures.numbers.astype(np.float64)
        unreported = int((among & ~known).sum())
        return build_histogram(
            key, values[reported], unreported, values[inside], verdict.unknown().count
        )


class _Census:
    """Counts over all reports of a snapshot."""

    def __init__(self, matches: Matches) -> None:
        self._matches = matches
        self.reports = matches.snapshot.size
        self.mean_lengths = {group: matches.snapshot.lengths.mean(group) for group in GROUPS}

    def having(self, terms: Sequence[Term]) -> int:
        found = np.zeros(self.reports, dtype=np.bool_)
        for term in terms:
            found = found | self._matches.holds(term, term.scope).mask
        return int(found.sum())

    def having_word(self, word: str, scope: Scope) -> int:
        return self._matches.word(word, scope).count
