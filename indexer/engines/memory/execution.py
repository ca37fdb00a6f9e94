"""The execution of one query over all reports, from conditions to a result page."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from indexer.engines.memory.conditions import MemoryConditions
from indexer.engines.memory.entry import MemoryEntry
from indexer.engines.memory.scorer import MemoryScorer
from indexer.records import Report
from indexer.search.catalogue.facet_matching import order_counts
from indexer.search.catalogue.histograms import build_histogram
from indexer.search.explain import build_explanation
from indexer.search.hits import MAX_UNJUDGED_SHOWN, build_hit
from indexer.search.port import Explanation, FacetCount, Histogram, Hit, ResultPage
from indexer.search.query import Query
from indexer.search.ranking import GROUPS, Ranking
from indexer.search.terms import Scope, Term


class MemoryExecution:
    """Executes one query."""

    def __init__(self, query: Query, entries: Sequence[MemoryEntry], ranking: Ranking) -> None:
        self.query = query
        self.entries = entries
        self.ranking = ranking
        self.conditions = MemoryConditions(query)
        self.scorer = MemoryScorer(self.conditions.terms, entries, ranking)
        self.started = time.perf_counter()

    def page(self) -> ResultPage:
        """Return the requested page."""
        by_truth = self._by_truth()
        found, unjudged = self._ordered(by_truth[True]), self._ordered(by_truth[None])
        listed = [*found, *unjudged] if self.query.include_unjudged else found
        page = listed[(self.query.page - 1) * self.query.size : self.query.page * self.query.size]
        beside = [] if self.query.include_unjudged else unjudged[:MAX_UNJUDGED_SHOWN]
        found_ids = {entry.document.id for entry in found}
        failing = sum(map(self.conditions.fails_by_figures, by_truth[False]))
        return ResultPage(
            query=self.query,
            total=len(found),
            unjudged=len(unjudged),
            judged=len(found) + failing,
            hits=tuple(self._hit(entry, entry.document.id in found_ids) for entry in page),
            unjudged_hits=tuple(self._hit(entry, False) for entry in beside),
            facets={field: self._facet(field) for field in self.query.facets},
            histograms={key: self._histogram(key) for key in self.query.histograms},
            took_ms=(time.perf_counter() - self.started) * 1000,
            unjudged_by=dict(
                Counter(chain.from_iterable(map(self.conditions.unknown_names, unjudged)))
            ),
        )

    def _by_truth(self) -> Mapping[bool | None, list[MemoryEntry]]:
        """Return the reports for which the query is true, false, and unknown (None)."""
        by_truth: dict[bool | None, list[MemoryEntry]] = {True: [], False: [], None: []}
        for entry in self.entries:
            by_truth[self.conditions.evaluate(entry)].append(entry)
        return by_truth

    def explanation(self, report: Report) -> Explanation:
        """Explain a report's score."""
        (matches,) = (
            self.conditions.evaluate(entry)
            for entry in self.entries
            if entry.document.id == report.id
        )
        statistics = _EntryStatistics(self.entries)
        return build_explanation(report, self.query, statistics, matches, self.ranking)

    # ── counts ──

    def _facet(self, field: str) -> tuple[FacetCount, ...]:
        entries = [
            entry
            for entry in self.entries
            if self.conditions.evaluate(entry, ignoring_facet=field) is True
        ]
        return order_counts(
            Counter(value for entry in entries for value in self.conditions.values(field, entry))
        )

    def _histogram(self, key: str) -> Histogram:
        judged = [
            (entry, self.conditions.evaluate(entry, ignoring_figure=key)) for entry in self.entries
        ]
        entries = [entry for entry, truth in judged if truth is True]
        values = [(entry, value) for entry in entries if (value := entry.figure(key)) is not None]
        inside = [value for entry, value in values if self.conditions.evaluate(entry) is True]
        return build_histogram(
            key,
            np.array([value for _, value in values], dtype=np.float64),
            len(entries) - len(values),
            np.array(inside, dtype=np.float64),
            sum(truth is None for _, truth in judged),
        )

    # ── order ──

    def _ordered(self, entries: Sequence[MemoryEntry]) -> list[MemoryEntry]:
        by_tie_break = sorted(
            entries, key=lambda entry: (entry.year is None, -(entry.year or 0), entry.document.id)
        )
        by, sign = self.query.sort.by, -1 if self.query.sort.descending else 1
        values = {entry.document.id: self._sort_value(entry, by) for entry in by_tie_break}
        return sorted(
            by_tie_break, key=lambda entry: _missing_last(values[entry.document.id], sign)
        )

    def _sort_value(self, entry: MemoryEntry, by: str) -> float | None:
        if by == "relevance":
            return self.scorer.score(entry)
        return entry.year if by == "year" else entry.figure(by)

    def _hit(self, entry: MemoryEntry, judged: bool) -> Hit:
        sections, score = self.conditions.sections(entry), self.scorer.score(entry)
        return build_hit(entry.document.report, self.query, sections, score, judged)


@dataclass(frozen=True)
class _EntryStatistics:
    """The collection statistics of all entries."""

    entries: Sequence[MemoryEntry]

    @property
    def reports(self) -> int:
        return len(self.entries)

    @property
    def mean_lengths(self) -> Mapping[str, float]:
        return {
            group: sum(entry.lengths[group] for entry in self.entries) / len(self.entries)
            for group in GROUPS
        }

    def doc_freq(self, terms: Sequence[Term]) -> int:
        return sum(any(entry.matches(term, term.scope) for term in terms) for entry in self.entries)

    def word_doc_freq(self, word: str, scope: Scope) -> int:
        return sum(
            any(word in entry.words.get(field, ()) for field in scope) for entry in self.entries
        )


def _missing_last(value: float | None, sign: int) -> tuple[bool, float]:
    return (True, 0.0) if value is None else (False, sign * value)
