"""One query over all reports, from verdicts to a page of results."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engines.memory.conditions import Verdicts
from indexer.engines.memory.entry import Entry
from indexer.engines.memory.scorer import Scores
from indexer.records import Report
from indexer.search.catalogue.facet_matching import order_counts
from indexer.search.catalogue.histograms import build_histogram
from indexer.search.explain import build_explanation
from indexer.search.hits import MAX_UNJUDGED_SHOWN, build_hit
from indexer.search.port import Explanation, FacetCount, Histogram, Hit, ResultPage
from indexer.search.query import Query
from indexer.search.ranking import GROUPS, Ranking
from indexer.search.terms import Scope, Term


class Answer:
    """Works out the answer to a query."""

    def __init__(self, query: Query, entries: Sequence[Entry], ranking: Ranking) -> None:
        self.query = query
        self.entries = entries
        self.ranking = ranking
        self.verdicts = Verdicts(query)
        self.scores = Scores(self.verdicts.terms, entries, ranking)
        self.started = time.perf_counter()

    def page(self) -> ResultPage:
        """Return the page that is asked for."""
        verdicts = [(entry, self.verdicts.verdict(entry)) for entry in self.entries]
        found = self._ordered([entry for entry, verdict in verdicts if verdict is True])
        unjudged = self._ordered([entry for entry, verdict in verdicts if verdict is None])
        ruled_out = [entry for entry, verdict in verdicts if verdict is False]
        listed = [*found, *unjudged] if self.query.include_unjudged else found
        page = listed[(self.query.page - 1) * self.query.size : self.query.page * self.query.size]
        beside = [] if self.query.include_unjudged else unjudged[:MAX_UNJUDGED_SHOWN]
        found_ids = {entry.document.id for entry in found}
        return ResultPage(
            query=self.query,
            total=len(found),
            unjudged=len(unjudged),
            judged=len(found) + sum(map(self.verdicts.fails_by_figures, ruled_out)),
            hits=tuple(self._hit(entry, entry.document.id in found_ids) for entry in page),
            unjudged_hits=tuple(self._hit(entry, False) for entry in beside),
            facets={field: self._facet(field) for field in self.query.facets},
            histograms={key: self._histogram(key) for key in self.query.histograms},
            took_ms=(time.perf_counter() - self.started) * 1000,
            unjudged_by=dict(
                Counter(name for entry in unjudged for name in self.verdicts.unjudged_names(entry))
            ),
        )

    def explanation(self, report: Report) -> Explanation:
        """Take a report's score apart."""
        (holds,) = (
            self.verdicts.verdict(entry) for entry in self.entries if entry.document.id == report.id
        )
        return build_explanation(report, self.query, _Census(self.entries), holds, self.ranking)

    # ── what is counted ──

    def _facet(self, field: str) -> tuple[FacetCount, ...]:
        entries = [
            entry
            for entry in self.entries
            if self.verdicts.verdict(entry, ignoring_facet=field) is True
        ]
        return order_counts(
            Counter(value for entry in entries for value in self.verdicts.values(field, entry))
        )

    def _histogram(self, key: str) -> Histogram:
        verdicts = [
            (entry, self.verdicts.verdict(entry, ignoring_figure=key)) for entry in self.entries
        ]
        entries = [entry for entry, verdict in verdicts if verdict is True]
        values = [(entry, value) for entry in entries if (value := entry.figure(key)) is not None]
        return build_histogram(
            key,
            np.array([value for _, value in values], dtype=np.float64),
            len(entries) - len(values),
            np.array(
                [value for entry, value in values if self.verdicts.verdict(entry) is True],
                dtype=np.float64,
            ),
            sum(verdict is None for _, verdict in verdicts),
        )

    # ── what comes first ──

    def _ordered(self, entries: Sequence[Entry]) -> list[Entry]:
        ties = sorted(
            entries, key=lambda entry: (entry.year is None, -(entry.year or 0), entry.document.id)
        )
        by, sign = self.query.sort.by, -1 if self.query.sort.descending else 1
        values = {entry.document.id: self._sort_value(entry, by) for entry in ties}
        return sorted(ties, key=lambda entry: _last_if_none(values[entry.document.id], sign))

    def _sort_value(self, entry: Entry, by: str) -> float | None:
        if by == "relevance":
            return self.scores.score(entry)
        return entry.year if by == "year" else entry.figure(by)

    def _hit(self, entry: Entry, judged: bool) -> Hit:
        return build_hit(
            entry.document.report,
            self.query,
            self.verdicts.sections(entry),
            self.scores.score(entry),
            judged,
        )


@dataclass(frozen=True)
class _Census:
    """Counts over all entries."""

    entries: Sequence[Entry]

    @property
    def reports(self) -> int:
        return len(self.entries)

    @property
    def mean_lengths(self) -> Mapping[str, float]:
        return {
            group: sum(entry.lengths[group] for entry in self.entries) / len(self.entries)
            for group in GROUPS
        }

    def having(self, terms: Sequence[Term]) -> int:
        return sum(any(entry.holds(term, term.scope) for term in terms) for entry in self.entries)

    def having_word(self, word: str, scope: Scope) -> int:
        return sum(
            any(word in entry.words.get(field, ()) for field in scope) for entry in self.entries
        )


def _last_if_none(value: float | None, sign: int) -> tuple[bool, float]:
    return (True, 0.0) if value is None else (False, sign * value)
