"""How well reports answer, many at once, by the formulas of `search.ranking` in the same order.

What a term is worth in each report does not depend on the rest of the query: it is worked out once and kept. What all terms
together are worth at the most is told for all reports at once; exactly it is worked out for those only that are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from indexer.columnar.types import FloatArray, IntArray
from indexer.engines.whoosh.query.field_weights import (
    Tally,
    tally_beyond,
    tally_occurrences,
    tally_words,
    weigh,
)
from indexer.engines.whoosh.query.proximity import Nearness
from indexer.engines.whoosh.query.score_bounds import (
    Bounds,
    Counted,
    Counts,
    Sparse,
    Weighing,
    Worth,
    bound,
    nonzero,
    packed,
    smallest,
    sparse,
)
from indexer.engines.whoosh.query.term_matches import Holding, Matches
from indexer.search.ranking import GROUPS, Ranking
from indexer.search.terms import ProximityPair, Term, proximity_pairs, synonyms_of


class Scores:
    """The scores that one query's terms give."""

    def __init__(self, matches: Matches, terms: tuple[Term, ...], ranking: Ranking) -> None:
        self.matches = matches
        self.snapshot = matches.snapshot
        self.ranking = ranking
        self.terms = terms
        self._pairs = proximity_pairs(terms)
        self._nearness = Nearness(self.snapshot)

    def bounds(self) -> Bounds:
        """Return what all reports score at the most, nearness left out."""
        return bound(self._worths, self.snapshot.size)

    def without_nearness(self, docs: IntArray) -> FloatArray:
        """Return the scores of some reports, ascending, less what nearness brings in."""
        sums = np.zeros(len(docs))
        for worth in self._worths:
            sums += worth.at(docs)
        return sums

    def only_term(self) -> Term | None:
        """Return the one term from which all of the scores come; None if there are several."""
        return self.terms[0] if len(self.terms) == 1 and not self._pairs else None

    def with_nearness(self, score: FloatArray, docs: IntArray) -> FloatArray:
        """Return the scores of some reports, ascending, with what nearness brings in."""
        for pair, rare in self._rare_pairs:
            score = score + self.ranking.near_worth(rare, self._nearness.distances(pair, docs))
        return score

    def most_nearness(self) -> float:
        """Return what nearness can bring in at the most."""
        return sum((self.ranking.near_worth(rare, 1.0) for _, rare in self._rare_pairs), 0.0)

    # ── terms ──

    @cached_property
    def _worths(self) -> Sequence[Worth]:
        """What each term is worth, then the synonyms of each together, in the order in which ranking adds them up."""
        worths = [self._worth(term) for term in self.terms if not term.stands_for]
        return worths + [
            self._synonyms(typed, synonyms) for typed, synonyms in synonyms_of(self.terms)
        ]

    def _worth(self, term: Term) -> Worth:
        return self.snapshot.kept("worth", (term, self.ranking), lambda: self._work_out(term))

    def _work_out(self, term: Term) -> Worth:
        if term.kind == "word" and len(term.words) == 1:
            return self._of_word(term)
        return packed(self._of_words(term), self.snapshot.size)

    def _of_word(self, term: Term) -> Worth:
        """Return what a term is worth that is one word."""
        as_word, found = (
            self.matches.word(term.words[0], term.scope),
            self.matches.holds(term, term.scope),
        )
        rare = self._rarity(as_word)
        tallies = tally_words(self.snapshot, term.words, term.ranked)
        counts = _counts(tallies, self.snapshot.size)
        if counts and found.count == as_word.count and all(map(self.ranking.counts_in, GROUPS)):
            return Counted(
                counts, Weighing(self.ranking, self.snapshot.lengths, rare), self.snapshot.size
            )
        score = self._saturated(weigh(self.snapshot, self.ranking, tallies), rare)
        return packed(self._or_literal(score, term), self.snapshot.size)

    def _of_words(self, term: Term) -> Sparse:
        """Return what a term is worth that is a phrase, a prefix or several words."""
        if term.kind == "phrase":
            found = self.matches.holds(term, term.scope)
            tallies = tally_occurrences(self.matches.occurrences(term.needle), term.ranked)
            return self._with_run(
                term,
                self._saturated(weigh(self.snapshot, self.ranking, tallies), self._rarity(found)),
            )
        if term.kind == "prefix":
            words = self.matches.beginning(term, term.ranked)
            rare = self._rarity(self.matches.holds(term, term.scope))
            return self._or_literal(self._words(words, term, rare), term)
        score, rare = np.zeros(self.snapshot.size), 0.0
        for word in term.words:
            word_rare = self._rare(word, term)
            score = score + self._words((word,), term, word_rare).everywhere(self.snapshot.size)
            rare = rare + word_rare
        literal = self.matches.literal(term, term.scope)
        return nonzero(score + np.where(literal.mask, self.ranking.literal_worth(rare), 0.0))

    def _words(self, words: Sequence[str], term: Term, rare: float) -> Sparse:
        tallies = tally_words(self.snapshot, words, term.ranked)
        return self._saturated(weigh(self.snapshot, self.ranking, tallies), rare)

    def _saturated(self, weight: Sparse, rare: float) -> Sparse:
        return Sparse(weight.docs, self.ranking.saturated(weight.values, rare))

    def _with_run(self, term: Term, score: Sparse) -> Sparse:
        """Add what a run that falls into several terms is worth where it stands whole."""
        if not term.parts:
            return score
        rare = 0.0
        for part in term.parts:
            rare = rare + self._rarity(self.matches.holds(part, part.scope))
        whole = self.matches.holds(term, term.scope)
        run = np.where(whole.mask, self.ranking.literal_worth(rare), 0.0)
        return nonzero(score.everywhere(self.snapshot.size) + run)

    def _or_literal(self, score: Sparse, term: Term) -> Sparse:
        """Give what stands only literally, where the segmenter cuts it otherwise, its own worth."""
        if not self.matches.also_literal(term) and score.values.all():
            return score
        found = self.matches.holds(term, term.scope)
        missing = found.mask
        missing[score.docs[score.values > 0]] = False
        if not missing.any():
            return score
        dense = score.everywhere(self.snapshot.size)
        dense[missing] = self._rarity(found)
        return nonzero(dense)

    def _rare(self, word: str, term: Term) -> float:
        return self._rarity(self.matches.word(word, term.scope))

    def _rarity(self, having: Holding) -> float:
        return self.ranking.rarity(self.snapshot.size, having.count)

    # ── synonyms ──

    def _synonyms(self, typed: Term, synonyms: tuple[Term, ...]) -> Worth:
        """Return what all the synonyms of a word are worth together."""

        def work_out() -> Worth:
            return packed(self._work_out_synonyms(typed, synonyms), self.snapshot.size)

        return self.snapshot.kept("synonyms", (synonyms, self.ranking), work_out)

    def _work_out_synonyms(self, typed: Term, synonyms: tuple[Term, ...]) -> Sparse:
        weight, found = np.zeros(self.snapshot.size), np.zeros(self.snapshot.size, dtype=np.bool_)
        for term in synonyms:
            weight = weight + self._synonym_weight(term, typed).everywhere(self.snapshot.size)
            found = found | self.matches.holds(term, term.scope).mask
        having = self.ranking.rarity(self.snapshot.size, int(np.count_nonzero(found)))
        rare = min(having, self._rarity(self.matches.holds(typed, typed.scope)))
        return nonzero(self.ranking.synonym_worth(weight, rare))

    def _synonym_weight(self, term: Term, typed: Term) -> Sparse:
        found = self.matches.occurrences(term.needle)
        if term.counted_already:
            covering = self.matches.occurrences(typed.needle)
            tallies = tally_beyond(found, covering, term.counted_already, term.ranked)
        else:
            tallies = tally_occurrences(found, term.ranked)
        return weigh(self.snapshot, self.ranking, tallies)

    # ── nearness ──

    @cached_property
    def _rare_pairs(self) -> Sequence[tuple[ProximityPair, float]]:
        """The words of which nearness is rewarded, each two with the lesser of their rarities."""
        return [(pair, self._rarity_of(pair)) for pair in self._pairs]

    def _rarity_of(self, pair: ProximityPair) -> float:
        return min(
            self._rarity(self.matches.word(word, pair.scope)) for word in (pair.first, pair.second)
        )


def _counts(tallies: Mapping[str, list[Tally]], size: int) -> Counts:
    """Return how often one word stands in each group where it does, in the smallest type."""
    some = ((group, *tally) for group in GROUPS for tally in tallies[group] if len(tally[0]))
    return [(group, packed(sparse(docs, smallest(counts)), size)) for group, docs, counts in some]
