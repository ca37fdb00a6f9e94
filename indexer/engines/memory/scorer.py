"""How well a report answers, by the formulas of `search.ranking`, every count taken anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer.engines.memory.entry import Entry
from indexer.search.ranking import GROUPS, Ranking, group_of, rounded
from indexer.search.terms import (
    ProximityPair,
    Scope,
    Term,
    count_places,
    proximity_pairs,
    synonyms_of,
)


class Scores:
    """The scores of one query's terms over all reports."""

    def __init__(self, terms: tuple[Term, ...], entries: Sequence[Entry], ranking: Ranking) -> None:
        self.terms = terms
        self.entries = entries
        self.ranking = ranking

    def score(self, entry: Entry) -> float:
        """Return a report's score, rounded; of no meaning for one that does not match."""
        score = 0.0
        for term in self.terms:
            if not term.stands_for:
                score = score + self._term_score(term, entry)
        for typed, synonyms in synonyms_of(self.terms):
            score = score + self._synonym_score(typed, synonyms, entry)
        for pair in proximity_pairs(self.terms):
            score = score + self._pair_score(pair, entry)
        return float(rounded(score))

    def _term_score(self, term: Term, entry: Entry) -> float:
        if term.kind == "phrase":
            counts = {field: count_places(entry.texts[field], term.needle) for field in entry.texts}
            score = self._counted_score(counts, term, self._having(term, term.scope), entry)
            return score + self._run_score(term, entry)
        if term.kind == "prefix":
            begun = {field: _beginning(entry.words[field], term.folded) for field in entry.texts}
            score = self._counted_score(begun, term, self._having(term, term.scope), entry)
            return score or self._literal_score(term, entry)
        score, rare = 0.0, 0.0
        for word in term.words:
            counts = {field: list(entry.words[field]).count(word) for field in entry.texts}
            having = sum(
                any(word in other.words.get(field, ()) for field in term.scope)
                for other in self.entries
            )
            score = score + self._counted_score(counts, term, having, entry)
            rare = rare + self.ranking.rarity(len(self.entries), having)
        if len(term.words) > 1:
            return (
                score + self.ranking.literal_worth(rare)
                if entry.contains(term, term.scope)
                else score
            )
        return score or self._literal_score(term, entry)

    def _synonym_score(self, typed: Term, synonyms: Sequence[Term], entry: Entry) -> float:
        weight = 0.0
        for term in synonyms:
            counts = {
                field: max(
                    count_places(text, term.needle)
                    - count_places(text, typed.needle) * term.counted_already,
                    0,
                )
                for field, text in entry.texts.items()
            }
            weight = weight + self._weight(counts, term, entry)
        having = sum(
            any(other.holds(term, term.scope) for term in synonyms) for other in self.entries
        )
        rare = [
            self.ranking.rarity(len(self.entries), number)
            for number in (having, self._having(typed, typed.scope))
        ]
        return self.ranking.synonym_worth(weight, min(rare))

    def _counted_score(
        self, counts: Mapping[str, int], term: Term, having: int, entry: Entry
    ) -> float:
        return self.ranking.saturated(
            self._weight(counts, term, entry), self.ranking.rarity(len(self.entries), having)
        )

    def _weight(self, counts: Mapping[str, int], term: Term, entry: Entry) -> float:
        weight = 0.0
        for group in GROUPS:
            count = sum(
                counts[field]
                for field in counts
                if field in term.ranked and group_of(field) == group
            )
            mean = sum(other.lengths[group] for other in self.entries) / len(self.entries)
            weight = weight + self.ranking.weighted(
                group, float(count), float(entry.lengths[group]), mean
            )
        return weight

    def _run_score(self, term: Term, entry: Entry) -> float:
        """Return what a run that falls into several terms is worth where it stands whole."""
        rare = 0.0
        for part in term.parts:
            rare = rare + self.ranking.rarity(len(self.entries), self._having(part, part.scope))
        return self.ranking.literal_worth(rare) if entry.contains(term, term.scope) else 0.0

    def _literal_score(self, term: Term, entry: Entry) -> float:
        """Return the worth of a run that stands literally where the segmenter cuts it otherwise."""
        having = self._having(term, term.scope)
        return (
            self.ranking.rarity(len(self.entries), having)
            if entry.contains(term, term.scope)
            else 0.0
        )

    def _having(self, term: Term, scope: Scope) -> int:
        return sum(other.holds(term, scope) for other in self.entries)

    def _pair_score(self, pair: ProximityPair, entry: Entry) -> float:
        distances = [
            max(abs(first.position - second.position), 1)
            for field in pair.scope
            for first in entry.tokens.get(field, ())
            if first.text == pair.first
            for second in entry.tokens[field]
            if second.text == pair.second
        ]
        having = (
            sum(
                any(word in other.words.get(field, ()) for field in pair.scope)
                for other in self.entries
            )
            for word in (pair.first, pair.second)
        )
        rare = min(self.ranking.rarity(len(self.entries), number) for number in having)
        return self.ranking.near_worth(rare, float(min(distances))) if distances else 0.0


def _beginning(present: Sequence[str], prefix: str) -> int:
    return sum(word.startswith(prefix) for word in present)
