"""Scores of many reports at once, by the formulas of `search.ranking` and in the same order of
additions.

The scores of a term do not depend on the rest of the query: they are computed once and cached. A
query adds up the upper bounds of all reports, and the exact scores of those only that may be among
its results.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from indexer.columnar.types import FloatArray, IntArray
from indexer.engines.whoosh.query.field_freqs import (
    GroupFreqs,
    phrase_freqs,
    synonym_freqs,
    weighted_freqs,
    word_freqs,
)
from indexer.engines.whoosh.query.proximity import WordDistances
from indexer.engines.whoosh.query.score_bounds import (
    FreqsByGroup,
    ScoreBounds,
    TermScores,
    WordFormula,
    WordScores,
    sum_bounds,
)
from indexer.engines.whoosh.query.sparse_values import (
    SparseValues,
    compact,
    nonzero,
    smallest,
    sparse,
)
from indexer.engines.whoosh.query.term_matches import TermMatcher
from indexer.engines.whoosh.query.three_valued import DocSet
from indexer.search.ranking import GROUPS, Ranking
from indexer.search.terms import ProximityPair, Term, proximity_pairs, synonyms_of


class Scorer:
    """Scores reports by one query's terms."""

    def __init__(self, matcher: TermMatcher, terms: tuple[Term, ...], ranking: Ranking) -> None:
        self.matcher = matcher
        self.snapshot = matcher.snapshot
        self.ranking = ranking
        self.terms = terms
        self._pairs = proximity_pairs(terms)
        self._distances = WordDistances(self.snapshot)

    def bounds(self) -> ScoreBounds:
        """Return upper bounds on the scores of all reports, without proximity."""
        return sum_bounds(self._term_scores, self.snapshot.size)

    def base_scores(self, docs: IntArray) -> FloatArray:
        """Return the exact scores of some ascending reports, without proximity."""
        sums = np.zeros(len(docs))
        for scores in self._term_scores:
            sums += scores.at(docs)
        return sums

    def only_term(self) -> Term | None:
        """Return the term that alone determines the scores; None if there are several."""
        return self.terms[0] if len(self.terms) == 1 and not self._pairs else None

    def add_proximity(self, scores: FloatArray, docs: IntArray) -> FloatArray:
        """Return the base scores of some ascending reports plus proximity."""
        for pair, idf in self._pair_idfs:
            distances = self._distances.distances(pair, docs)
            scores = scores + self.ranking.proximity_score(idf, distances)
        return scores

    def max_proximity(self) -> float:
        """Return the highest possible proximity score."""
        return sum((self.ranking.proximity_score(idf, 1.0) for _, idf in self._pair_idfs), 0.0)

    # ── terms ──

    @cached_property
    def _term_scores(self) -> Sequence[TermScores]:
        """The scores of each term, then of each term's synonyms together, in the order in which
        they are added.
        """
        scores = [self._cached(term) for term in self.terms if not term.stands_for]
        return scores + [
            self._synonyms(typed, synonyms) for typed, synonyms in synonyms_of(self.terms)
        ]

    def _cached(self, term: Term) -> TermScores:
        return self.snapshot.cached("scores", (term, self.ranking), lambda: self._compute(term))

    def _compute(self, term: Term) -> TermScores:
        match term.kind:
            case "phrase":
                return self._compact(self._phrase(term))
            case "prefix":
                return self._compact(self._prefix(term))
            case "word" if len(term.words) == 1:
                return self._single_word(term)
            case "word":
                return self._compact(self._several_words(term))

    def _compact(self, scores: SparseValues) -> TermScores:
        return compact(scores, self.snapshot.size)

    def _single_word(self, term: Term) -> TermScores:
        """Return the scores of a term of one word: by its frequencies unless its string occurs
        elsewhere too.
        """
        (word,) = term.words
        as_word = self.matcher.with_word(word, term.scope)
        matching = self.matcher.matching(term, term.scope)
        idf = self._idf(as_word)
        freqs = word_freqs(self.snapshot, term.words, term.ranked)
        by_group = _compact_freqs(freqs, self.snapshot.size)
        only_as_word = matching.count == as_word.count
        if by_group and only_as_word and all(map(self.ranking.counts_in, GROUPS)):
            formula = WordFormula(self.ranking, self.snapshot.lengths, idf)
            return WordScores(by_group, formula, self.snapshot.size)
        return self._compact(self._or_literal(self._bm25f(freqs, idf), term))

    def _several_words(self, term: Term) -> SparseValues:
        scores, idf = np.zeros(self.snapshot.size), 0.0
        for word in term.words:
            word_idf = self._idf(self.matcher.with_word(word, term.scope))
            freqs = word_freqs(self.snapshot, (word,), term.ranked)
            scores = scores + self._bm25f(freqs, word_idf).dense(self.snapshot.size)
            idf = idf + word_idf
        is_phrase = self.matcher.with_phrase(term, term.scope).mask
        return nonzero(scores + np.where(is_phrase, self.ranking.phrase_score(idf), 0.0))

    def _prefix(self, term: Term) -> SparseValues:
        words = self.matcher.words_with_prefix(term, term.ranked)
        idf = self._idf(self.matcher.matching(term, term.scope))
        freqs = word_freqs(self.snapshot, words, term.ranked)
        return self._or_literal(self._bm25f(freqs, idf), term)

    def _phrase(self, term: Term) -> SparseValues:
        matching = self.matcher.matching(term, term.scope)
        freqs = phrase_freqs(self.matcher.occurrences(term.needle), term.ranked)
        scores = self._bm25f(freqs, self._idf(matching))
        if not term.parts:
            return scores
        idf = 0.0
        for part in term.parts:
            idf = idf + self._idf(self.matcher.matching(part, part.scope))
        run = np.where(matching.mask, self.ranking.phrase_score(idf), 0.0)
        return nonzero(scores.dense(self.snapshot.size) + run)

    def _bm25f(self, freqs: GroupFreqs, idf: float) -> SparseValues:
        weighted = weighted_freqs(self.snapshot, self.ranking, freqs)
        return SparseValues(weighted.docs, self.ranking.term_score(weighted.values, idf))

    def _or_literal(self, scores: SparseValues, term: Term) -> SparseValues:
        """Give reports that only contain the string, where the segmenter cuts differently, the
        score of a literal match.
        """
        if not self.matcher.may_match_as_phrase(term) and scores.values.all():
            return scores
        matching = self.matcher.matching(term, term.scope)
        unscored = matching.mask
        unscored[scores.docs[scores.values > 0]] = False
        if not unscored.any():
            return scores
        dense = scores.dense(self.snapshot.size)
        dense[unscored] = self._idf(matching)
        return nonzero(dense)

    def _idf(self, matching: DocSet) -> float:
        return self.ranking.idf(self.snapshot.size, matching.count)

    # ── synonyms ──

    def _synonyms(self, typed: Term, synonyms: tuple[Term, ...]) -> TermScores:
        """Return the scores of all synonyms of a word together."""
        return self.snapshot.cached(
            "synonyms",
            (synonyms, self.ranking),
            lambda: self._compact(self._compute_synonyms(typed, synonyms)),
        )

    def _compute_synonyms(self, typed: Term, synonyms: tuple[Term, ...]) -> SparseValues:
        weighted = np.zeros(self.snapshot.size)
        matching = np.zeros(self.snapshot.size, dtype=np.bool_)
        for term in synonyms:
            weighted = weighted + self._weighted_synonym(term, typed).dense(self.snapshot.size)
            matching = matching | self.matcher.matching(term, term.scope).mask
        synonym_idf = self.ranking.idf(self.snapshot.size, int(np.count_nonzero(matching)))
        idf = min(synonym_idf, self._idf(self.matcher.matching(typed, typed.scope)))
        return nonzero(self.ranking.synonym_score(weighted, idf))

    def _weighted_synonym(self, term: Term, typed: Term) -> SparseValues:
        found = self.matcher.occurrences(term.needle)
        if term.counted_already:
            inside = self.matcher.occurrences(typed.needle)
            freqs = synonym_freqs(found, inside, term.counted_already, term.ranked)
        else:
            freqs = phrase_freqs(found, term.ranked)
        return weighted_freqs(self.snapshot, self.ranking, freqs)

    # ── proximity ──

    @cached_property
    def _pair_idfs(self) -> Sequence[tuple[ProximityPair, float]]:
        """The pairs of words whose proximity counts, each with the lower of their idfs."""
        return [(pair, self._pair_idf(pair)) for pair in self._pairs]

    def _pair_idf(self, pair: ProximityPair) -> float:
        return min(
            self._idf(self.matcher.with_word(word, pair.scope))
            for word in (pair.first, pair.second)
        )


def _compact_freqs(freqs: GroupFreqs, size: int) -> FreqsByGroup:
    """Return the frequencies of one word in each group that has it, in the smallest type."""
    some = ((group, *one) for group in GROUPS for one in freqs[group] if len(one[0]))
    return [(group, compact(sparse(docs, smallest(counts)), size)) for group, docs, counts in some]
