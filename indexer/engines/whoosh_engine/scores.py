"""How well each report answers, for all reports at once, by the formulas of `search.ranking` in the same order."""

from __future__ import annotations

import numpy as np

from indexer.engines.whoosh_engine.matches import Matches
from indexer.engines.whoosh_engine.snapshot import Floats
from indexer.engines.whoosh_engine.texts import Mask, Numbers
from indexer.search.documents import RANKED_FIELDS
from indexer.search.ranking import GROUPS, Ranking, group_of, rounded
from indexer.search.terms import Pair, Term, near_pairs, synonyms_of

_DOC = 1 << 32
"""More than the words of any text: the number of a report times this, plus a position, orders both."""


class Scores:
    """The scores of one query's terms."""

    def __init__(self, matches: Matches, terms: tuple[Term, ...], ranking: Ranking) -> None:
        self.matches = matches
        self.snapshot = matches.snapshot
        self.terms = terms
        self.ranking = ranking

    def all(self) -> Floats:
        """Return the score of every report, rounded; of no meaning for one that does not match."""
        score = np.zeros(self.snapshot.size)
        for term in self.terms:
            if not term.stands_for:
                score = score + self._term(term)
        for typed, synonyms in synonyms_of(self.terms):
            score = score + self._synonyms(typed, synonyms)
        for pair in near_pairs(self.terms):
            score = score + self._pair(pair)
        return rounded(score)

    def _term(self, term: Term) -> Floats:
        if term.kind == "phrase":
            found = self.matches.holds(term, term.scope)
            return self._counted(self._phrase_counts(term), self._rarity(found)) + self._run(term, found)
        if term.kind == "prefix":
            counts = self._word_counts(self.matches.beginning(term, term.ranked))
            score = self._counted(counts, self._rarity(self.matches.holds(term, term.scope)))
            return self._or_literal(score, term)
        score, rare = np.zeros(self.snapshot.size), 0.0
        for word in term.words:
            word_rare = self._rarity(self.matches.word(word, term.scope))
            score = score + self._counted(self._word_counts([(field, word) for field in term.ranked]), word_rare)
            rare = rare + word_rare
        if len(term.words) > 1:
            literal = self.matches.literal(term.needle, term.scope, self.matches.holds(term, term.scope))
            return score + np.where(literal, self.ranking.literal_worth(rare), 0.0)
        return self._or_literal(score, term)

    def _run(self, term: Term, found: Mask) -> Floats:
        """Return what a run that falls into several terms is worth where it stands whole."""
        rare = 0.0
        for part in term.parts:
            rare = rare + self._rarity(self.matches.holds(part, part.scope))
        return np.where(found, self.ranking.literal_worth(rare), 0.0)

    def _or_literal(self, score: Floats, term: Term) -> Floats:
        """Give what stands only literally, where the segmenter cuts it otherwise, its own worth."""
        if not term.literal:
            return score
        found = self.matches.holds(term, term.scope)
        return np.where(found & (score == 0.0), self._rarity(found), score)

    def _rarity(self, having: Mask) -> float:
        return self.ranking.rarity(self.snapshot.size, int(having.sum()))

    def _synonyms(self, typed: Term, synonyms: tuple[Term, ...]) -> Floats:
        """Return what all the synonyms of a word are worth together."""
        weight, found = np.zeros(self.snapshot.size), np.zeros(self.snapshot.size, dtype=np.bool_)
        for term in synonyms:
            weight = weight + self._weight(self._synonym_counts(term, typed))
            found = found | self.matches.holds(term, term.scope)
        rare = min(self._rarity(found), self._rarity(self.matches.holds(typed, typed.scope)))
        return self.ranking.synonym_worth(weight, rare)

    def _counted(self, counts: dict[str, Floats], rare: float) -> Floats:
        return self.ranking.saturated(self._weight(counts), rare)

    def _weight(self, counts: dict[str, Floats]) -> Floats:
        weight = np.zeros(self.snapshot.size)
        for group in GROUPS:
            mean = self.snapshot.mean_lengths[group]
            weight = weight + self.ranking.weighted(group, counts[group], self.snapshot.lengths[group], mean)
        return weight

    def _word_counts(self, words: list[tuple[str, str]]) -> dict[str, Floats]:
        counts = {group: np.zeros(self.snapshot.size) for group in GROUPS}
        for field, word in words:
            postings = self.matches.postings(field, word)
            counts[group_of(field)][postings.docs] += postings.counts
        return counts

    def _phrase_counts(self, term: Term) -> dict[str, Floats]:
        found = self.matches.occurrences(term.needle)
        counts = {group: np.zeros(self.snapshot.size) for group in GROUPS}
        for field in term.ranked:
            counts[group_of(field)][found.docs] += found.counts[:, RANKED_FIELDS.index(field)]
        return counts

    def _synonym_counts(self, term: Term, typed: Term) -> dict[str, Floats]:
        if not term.counted_already:
            return self._phrase_counts(term)
        counts = {group: np.zeros(self.snapshot.size) for group in GROUPS}
        for field in term.ranked:
            inside = term.counted_already * self._places_of(typed, field)
            counts[group_of(field)] += np.maximum(self._places_of(term, field) - inside, 0)
        return counts

    def _places_of(self, term: Term, field: str) -> Floats:
        """Return how often a term's text stands in one field."""
        counts, found = np.zeros(self.snapshot.size), self.matches.occurrences(term.needle)
        counts[found.docs] = found.counts[:, RANKED_FIELDS.index(field)]
        return counts

    def _pair(self, pair: Pair) -> Floats:
        masks = (self.matches.word(word, pair.scope) for word in (pair.first, pair.second))
        rare = min(self._rarity(mask) for mask in masks)
        nearest = np.full(self.snapshot.size, np.inf)
        for field in pair.scope:
            docs, distances = self._distances(field, pair)
            np.minimum.at(nearest, docs, distances)
        return self.ranking.near_worth(rare, nearest)

    def _distances(self, field: str, pair: Pair) -> tuple[Numbers, Floats]:
        """Return for each place of the first word the report and how far it is to the nearest second word before or behind."""
        first, second = self._places(field, pair.first), self._places(field, pair.second)
        behind = np.searchsorted(second, first)
        found_docs, found_distances = [], []
        for at in (behind - 1, behind):
            there = (at >= 0) & (at < len(second))
            here, other = first[there], second[at[there]]
            same = here // _DOC == other // _DOC
            found_docs.append(here[same] // _DOC)
            found_distances.append(np.maximum(np.abs(here[same] - other[same]), 1).astype(np.float64))
        return np.concatenate(found_docs), np.concatenate(found_distances)

    def _places(self, field: str, word: str) -> Numbers:
        postings = self.matches.postings(field, word)
        return np.repeat(postings.docs, postings.counts) * _DOC + postings.positions
