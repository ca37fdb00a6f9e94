"""How well reports answer, many at once, by the formulas of `search.ranking` in the same order.

Every array has a place for each report that is scored, and one more, behind them, where what belongs to any other goes.
"""

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
    """The scores that one query's terms give to some reports."""

    def __init__(self, matches: Matches, terms: tuple[Term, ...], ranking: Ranking, docs: Numbers) -> None:
        self.matches = matches
        self.snapshot = matches.snapshot
        self.terms = terms
        self.ranking = ranking
        self._docs = docs
        self._place_of = np.full(self.snapshot.size, len(docs))
        self._place_of[docs] = np.arange(len(docs))
        self._lengths = {group: np.append(lengths[docs], 0.0) for group, lengths in self.snapshot.lengths.items()}

    def all(self) -> Floats:
        """Return the scores of the reports, rounded; of no meaning for one that does not match."""
        score = self._zeros()
        for term in self.terms:
            if not term.stands_for:
                score = score + self._term(term)
        for typed, synonyms in synonyms_of(self.terms):
            score = score + self._synonyms(typed, synonyms)
        for pair in near_pairs(self.terms):
            score = score + self._pair(pair)
        return rounded(score[:-1])

    def _zeros(self) -> Floats:
        return np.zeros(len(self._docs) + 1)

    def _among(self, mask: Mask) -> Mask:
        return np.append(mask[self._docs], False)

    def _term(self, term: Term) -> Floats:
        if term.kind == "phrase":
            found = self.matches.holds(term, term.scope)
            return self._counted(self._phrase_counts(term), self._rarity(found)) + self._run(term, found)
        if term.kind == "prefix":
            counts = self._word_counts(self.matches.beginning(term, term.ranked))
            score = self._counted(counts, self._rarity(self.matches.holds(term, term.scope)))
            return self._or_literal(score, term)
        score, rare = self._zeros(), 0.0
        for word in term.words:
            word_rare = self._rarity(self.matches.word(word, term.scope))
            score = score + self._counted(self._word_counts([(field, word) for field in term.ranked]), word_rare)
            rare = rare + word_rare
        if len(term.words) > 1:
            literal = self.matches.literal(term.needle, term.scope, self.matches.holds(term, term.scope))
            return score + np.where(self._among(literal), self.ranking.literal_worth(rare), 0.0)
        return self._or_literal(score, term)

    def _run(self, term: Term, found: Mask) -> Floats:
        """Return what a run that falls into several terms is worth where it stands whole."""
        rare = 0.0
        for part in term.parts:
            rare = rare + self._rarity(self.matches.holds(part, part.scope))
        return np.where(self._among(found), self.ranking.literal_worth(rare), 0.0)

    def _or_literal(self, score: Floats, term: Term) -> Floats:
        """Give what stands only literally, where the segmenter cuts it otherwise, its own worth."""
        if not term.literal:
            return score
        found = self.matches.holds(term, term.scope)
        return np.where(self._among(found) & (score == 0.0), self._rarity(found), score)

    def _rarity(self, having: Mask) -> float:
        return self.ranking.rarity(self.snapshot.size, int(having.sum()))

    def _synonyms(self, typed: Term, synonyms: tuple[Term, ...]) -> Floats:
        """Return what all the synonyms of a word are worth together."""
        weight, found = self._zeros(), np.zeros(self.snapshot.size, dtype=np.bool_)
        for term in synonyms:
            weight = weight + self._weight(self._synonym_counts(term, typed))
            found = found | self.matches.holds(term, term.scope)
        rare = min(self._rarity(found), self._rarity(self.matches.holds(typed, typed.scope)))
        return self.ranking.synonym_worth(weight, rare)

    def _counted(self, counts: dict[str, Floats], rare: float) -> Floats:
        return self.ranking.saturated(self._weight(counts), rare)

    def _weight(self, counts: dict[str, Floats]) -> Floats:
        weight = self._zeros()
        for group in GROUPS:
            mean = self.snapshot.mean_lengths[group]
            weight = weight + self.ranking.weighted(group, counts[group], self._lengths[group], mean)
        return weight

    def _word_counts(self, words: list[tuple[str, str]]) -> dict[str, Floats]:
        counts = {group: self._zeros() for group in GROUPS}
        for field, word in words:
            postings = self.matches.postings(field, word)
            counts[group_of(field)][self._place_of[postings.docs]] += postings.counts
        return counts

    def _phrase_counts(self, term: Term) -> dict[str, Floats]:
        found = self.matches.occurrences(term.needle)
        counts = {group: self._zeros() for group in GROUPS}
        for field in term.ranked:
            counts[group_of(field)][self._place_of[found.docs]] += found.counts[:, RANKED_FIELDS.index(field)]
        return counts

    def _synonym_counts(self, term: Term, typed: Term) -> dict[str, Floats]:
        if not term.counted_already:
            return self._phrase_counts(term)
        counts = {group: self._zeros() for group in GROUPS}
        for field in term.ranked:
            inside = term.counted_already * self._places_of(typed, field)
            counts[group_of(field)] += np.maximum(self._places_of(term, field) - inside, 0)
        return counts

    def _places_of(self, term: Term, field: str) -> Floats:
        """Return how often a term's text stands in one field."""
        counts, found = self._zeros(), self.matches.occurrences(term.needle)
        counts[self._place_of[found.docs]] = found.counts[:, RANKED_FIELDS.index(field)]
        return counts

    def _pair(self, pair: Pair) -> Floats:
        masks = (self.matches.word(word, pair.scope) for word in (pair.first, pair.second))
        rare = min(self._rarity(mask) for mask in masks)
        nearest = np.full(len(self._docs) + 1, np.inf)
        for field in pair.scope:
            docs, distances = self._distances(field, pair)
            np.minimum.at(nearest, self._place_of[docs], distances)
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
