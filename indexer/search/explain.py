"""The explanation of a report's score, term by term, by the formulas of `ranking`.

The engine supplies document frequencies only; the report itself is analysed anew here. That the
details add up to the very score that the engine computed in its own way is part of the contract
tests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from typing import Protocol

from indexer.records import Report
from indexer.search.analysis.segmenter import Token, tokens
from indexer.search.compile import compile_query
from indexer.search.documents import TEXT_FIELDS, folded_fields, headings_of, texts_of
from indexer.search.port import Explanation, ExplanationDetail
from indexer.search.query import Query
from indexer.search.ranking import GROUPS, Ranking, apportion, group_of, round_score
from indexer.search.terms import (
    ProximityPair,
    Scope,
    Term,
    count_places,
    proximity_pairs,
    synonyms_of,
)
from indexer.text.folding import fold_digits


class CollectionStatistics(Protocol):
    """The statistics over all reports of an index that scores depend on."""

    @property
    def reports(self) -> int:
        """The number of reports."""
        ...

    @property
    def mean_lengths(self) -> Mapping[str, float]:
        """The mean number of words in each group of fields."""
        ...

    def doc_freq(self, terms: Sequence[Term]) -> int:
        """Return the number of reports in which one of the terms matches within its scope."""
        ...

    def word_doc_freq(self, word: str, scope: Scope) -> int:
        """Return the number of reports that have a word in one of the fields."""
        ...


def build_explanation(
    report: Report,
    query: Query,
    statistics: CollectionStatistics,
    matches: bool | None,
    ranking: Ranking,
) -> Explanation:
    """Explain the score of a report; `matches` says whether the query holds for it, None if
    unknown.
    """
    scorer = _ReportScorer(_analyse(report), statistics, ranking)
    terms = compile_query(query).terms
    scores = [
        *(scorer.term(term) for term in terms if not term.stands_for),
        *(scorer.synonyms(typed, synonyms) for typed, synonyms in synonyms_of(terms)),
        *(scorer.proximity(pair) for pair in proximity_pairs(terms)),
    ]
    total = 0.0
    for term_score in scores:
        total = total + term_score.score
    total = float(round_score(total))
    details = _rounded_details(total, [detail for one in scores for detail in one.details])
    return Explanation(report.id, query, total, matches, statistics.reports, details)


@dataclass(frozen=True, slots=True)
class _TermScore:
    """The exact score of one term, and its details, whose scores are not rounded yet."""

    score: float
    details: tuple[ExplanationDetail, ...]


def _rounded_details(
    score: float, details: Sequence[ExplanationDetail]
) -> tuple[ExplanationDetail, ...]:
    """Round the scores of the details so that they add up to the whole score."""
    scores = apportion(score, [part for detail in details for _, part in detail.scores])
    ends = [0, *accumulate(len(detail.scores) for detail in details)]
    return tuple(
        replace(
            detail,
            scores=tuple(
                (name, part)
                for (name, _), part in zip(detail.scores, scores[start:end], strict=True)
            ),
        )
        for detail, (start, end) in zip(details, pairwise(ends), strict=True)
    )


@dataclass(frozen=True, slots=True)
class _AnalysedReport:
    """A report's fields: folded for string comparison, cut into words, and the number of words in
    each group.
    """

    folded: Mapping[str, str]
    tokens: Mapping[str, Sequence[Token]]
    lengths: Mapping[str, float]

    def phrase_freqs(self, term: Term) -> tuple[tuple[str, int], ...]:
        """Return how often the exact string occurs in each field."""
        freqs = {name: count_places(text, term.needle) for name, text in self.folded.items()}
        return _in_scope(term.ranked, freqs)

    def synonym_freqs(self, term: Term, typed: Term) -> tuple[tuple[str, int], ...]:
        """Return how often a synonym occurs outside the word that was typed (公开 within
        政府信息公开 does not count).
        """
        found, inside = dict(self.phrase_freqs(term)), dict(self.phrase_freqs(typed))
        freqs = {
            name: max(count - term.counted_already * inside.get(name, 0), 0)
            for name, count in found.items()
        }
        return _in_scope(term.ranked, freqs)

    def word_freqs(self, word: str, scope: Scope) -> tuple[tuple[str, int], ...]:
        """Return how often a word occurs in each field of a scope."""
        freqs = {
            name: sum(token.text == word for token in found) for name, found in self.tokens.items()
        }
        return _in_scope(scope, freqs)

    def prefix_freqs(self, term: Term) -> tuple[tuple[str, int], ...]:
        """Return how often words with a prefix occur in each field."""
        freqs = {
            name: sum(one.text.startswith(term.folded) for one in found)
            for name, found in self.tokens.items()
        }
        return _in_scope(term.ranked, freqs)

    def nearest(self, pair: ProximityPair) -> tuple[int, str] | None:
        """Return the smallest distance of two words and its field, None if no field has both."""
        distances = (
            (max(abs(first.position - second.position), 1), TEXT_FIELDS.index(name))
            for name in pair.scope
            for first in self.tokens.get(name, ())
            if first.text == pair.first
            for second in self.tokens[name]
            if second.text == pair.second
        )
        found = min(distances, default=None)
        return (found[0], TEXT_FIELDS[found[1]]) if found else None


def _in_scope(scope: Scope, freqs: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((name, freqs[name]) for name in scope if freqs.get(name))


def _analyse(report: Report) -> _AnalysedReport:
    folded = folded_fields(texts_of(report), headings_of(report))
    found = {name: list(tokens(text)) for name, text in folded.items()}
    lengths = Counter(dict.fromkeys(GROUPS, 0))
    for name, present in found.items():
        lengths[group_of(name)] += len({token.position for token in present})
    compared = {name: fold_digits(text) for name, text in folded.items()}
    float_lengths = {group: float(length) for group, length in lengths.items()}
    return _AnalysedReport(compared, found, float_lengths)


@dataclass(frozen=True, slots=True)
class _ReportScorer:
    """Scores the terms of a query in one report."""

    text: _AnalysedReport
    statistics: CollectionStatistics
    ranking: Ranking
    _doc_freqs: dict[tuple[Term, ...], int] = field(default_factory=dict)

    def term(self, term: Term) -> _TermScore:
        """Score a term that was typed."""
        match term.kind:
            case "phrase":
                return self._phrase(term)
            case "prefix":
                return self._prefix(term)
            case "word":
                return self._words(term)

    def synonyms(self, typed: Term, synonyms: Sequence[Term]) -> _TermScore:
        """Score all synonyms of a term together; the details divide it by their weighted
        frequencies.
        """
        idf = min(self._idf(self._doc_freq(*synonyms)), self._idf(self._doc_freq(typed)))
        freqs = [self.text.synonym_freqs(term, typed) for term in synonyms]
        weighted = [self._weighted_freqs(found) for found in freqs]
        total = 0.0
        for one in weighted:
            total = total + _sum(one.values())
        score = self.ranking.synonym_score(total, idf)
        details = (
            ExplanationDetail(
                "synonym", term.folded, found, self._doc_freq(term), idf, stands_for=typed.folded
            )
            for term, found in zip(synonyms, freqs, strict=True)
        )
        return _TermScore(
            score,
            tuple(
                _divided(detail, score, one, total)
                for detail, one in zip(details, weighted, strict=True)
            ),
        )

    def proximity(self, pair: ProximityPair) -> _TermScore:
        """Score the proximity of two words."""
        idf = min(
            self._idf(self.statistics.word_doc_freq(word, pair.scope))
            for word in (pair.first, pair.second)
        )
        nearest = self.text.nearest(pair)
        if nearest is None:
            return _TermScore(0.0, ())
        distance, name = nearest
        score = self.ranking.proximity_score(idf, float(distance))
        detail = ExplanationDetail(
            "near",
            pair.first,
            ((name, 1),),
            None,
            idf,
            (("whole", score),),
            beside=pair.second,
            distance=distance,
        )
        return _TermScore(score, (detail,))

    def _phrase(self, term: Term) -> _TermScore:
        doc_freq = self._doc_freq(term)
        score, detail = self._scored(
            ExplanationDetail(
                "phrase", term.folded, self.text.phrase_freqs(term), doc_freq, self._idf(doc_freq)
            )
        )
        idf = 0.0
        for part in term.parts:
            idf = idf + self._idf(self._doc_freq(part))
        run = self._run(term, idf) if term.parts else ()
        return _TermScore(score + sum(one.score for one in run), (detail, *run))

    def _prefix(self, term: Term) -> _TermScore:
        freqs, doc_freq = self.text.prefix_freqs(term), self._doc_freq(term)
        score, detail = self._scored(
            ExplanationDetail("prefix", term.folded, freqs, doc_freq, self._idf(doc_freq))
        )
        return _TermScore(score, (detail,)) if score else self._literal(term, detail)

    def _words(self, term: Term) -> _TermScore:
        total, idf = 0.0, 0.0
        details: list[ExplanationDetail] = []
        for word in term.words:
            doc_freq = self.statistics.word_doc_freq(word, term.scope)
            freqs = self.text.word_freqs(word, term.ranked)
            score, detail = self._scored(
                ExplanationDetail("word", word, freqs, doc_freq, self._idf(doc_freq))
            )
            total, idf = total + score, idf + self._idf(doc_freq)
            details.append(detail)
        if len(term.words) == 1 and not total:
            return self._literal(term, *details)
        run = self._run(term, idf) if len(term.words) > 1 else ()
        return _TermScore(total + sum(one.score for one in run), (*details, *run))

    def _run(self, term: Term, idf: float) -> tuple[ExplanationDetail, ...]:
        """Return what the exact phrase adds to the score of its words, nothing where it does not
        occur.
        """
        freqs = self.text.phrase_freqs(term)
        if not freqs:
            return ()
        score = self.ranking.phrase_score(idf)
        scores = (("whole", score),)
        return (ExplanationDetail("run", term.folded, freqs, self._doc_freq(term), idf, scores),)

    def _literal(self, term: Term, *details: ExplanationDetail) -> _TermScore:
        """Score a string that is no word of the report but occurs in it all the same."""
        freqs = self.text.phrase_freqs(term) if term.literal else ()
        if not freqs:
            return _TermScore(0.0, details)
        doc_freq = self._doc_freq(term)
        idf = self._idf(doc_freq)
        scores = (("whole", idf),)
        detail = ExplanationDetail("literal", term.folded, freqs, doc_freq, idf, scores)
        return _TermScore(idf, (detail,))

    def _scored(self, detail: ExplanationDetail) -> tuple[float, ExplanationDetail]:
        weighted = self._weighted_freqs(detail.freqs)
        total = _sum(weighted.values())
        score = self.ranking.term_score(total, detail.idf)
        return score, _divided(detail, score, weighted, total)

    def _weighted_freqs(self, freqs: Iterable[tuple[str, int]]) -> dict[str, float]:
        by_group = Counter(dict.fromkeys(GROUPS, 0))
        for name, freq in freqs:
            by_group[group_of(name)] += freq
        lengths, means = self.text.lengths, self.statistics.mean_lengths
        return {
            group: self.ranking.weighted_freq(
                group, float(by_group[group]), lengths[group], means[group]
            )
            for group in GROUPS
        }

    def _doc_freq(self, *terms: Term) -> int:
        if terms not in self._doc_freqs:
            self._doc_freqs[terms] = self.statistics.doc_freq(terms)
        return self._doc_freqs[terms]

    def _idf(self, doc_freq: int) -> float:
        return self.ranking.idf(self.statistics.reports, doc_freq)


def _sum(weighted_freqs: Iterable[float]) -> float:
    """Return the sum in the order of the engines: floating-point addition is not associative, and
    `sum` compensates.
    """
    total = 0.0
    for weighted_freq in weighted_freqs:
        total = total + weighted_freq
    return total


def _divided(
    detail: ExplanationDetail, score: float, weighted: Mapping[str, float], total: float
) -> ExplanationDetail:
    """Divide a detail's score among the field groups by their weighted frequencies."""
    return replace(
        detail,
        scores=tuple(
            (group, score * one / total if total else 0.0) for group, one in weighted.items()
        ),
    )
