"""Scores by the formulas of `search.ranking`, every statistic counted anew for every report: slow
and plain, as an oracle must be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer.engines.memory.entry import MemoryEntry
from indexer.search.ranking import GROUPS, Ranking, group_of, round_score
from indexer.search.terms import (
    ProximityPair,
    Scope,
    Term,
    count_places,
    proximity_pairs,
    synonyms_of,
)


class MemoryScorer:
    """Scores one query's terms in any report."""

    def __init__(
        self, terms: tuple[Term, ...], entries: Sequence[MemoryEntry], ranking: Ranking
    ) -> None:
        self.terms = terms
        self.entries = entries
        self.ranking = ranking

    def score(self, entry: MemoryEntry) -> float:
        """Return a report's rounded score; of no meaning for one that does not match."""
        score = 0.0
        for term in self.terms:
            if not term.stands_for:
                score = score + self._term_score(term, entry)
        for typed, synonyms in synonyms_of(self.terms):
            score = score + self._synonym_score(typed, synonyms, entry)
        for pair in proximity_pairs(self.terms):
            score = score + self._proximity_score(pair, entry)
        return float(round_score(score))

    def _term_score(self, term: Term, entry: MemoryEntry) -> float:
        match term.kind:
            case "phrase":
                freqs = {f: count_places(text, term.needle) for f, text in entry.texts.items()}
                score = self._bm25f(freqs, term, self._doc_freq(term), entry)
                return score + self._run_score(term, entry)
            case "prefix":
                freqs = {f: _count_prefixed(entry.words[f], term.folded) for f in entry.texts}
                score = self._bm25f(freqs, term, self._doc_freq(term), entry)
                return score or self._literal_score(term, entry)
            case "word":
                return self._word_score(term, entry)

    def _word_score(self, term: Term, entry: MemoryEntry) -> float:
        score, idf = 0.0, 0.0
        for word in term.words:
            freqs = {field: list(entry.words[field]).count(word) for field in entry.texts}
            doc_freq = self._word_doc_freq(word, term.scope)
            score = score + self._bm25f(freqs, term, doc_freq, entry)
            idf = idf + self._idf(doc_freq)
        if len(term.words) > 1:
            is_phrase = entry.contains(term, term.scope)
            return score + self.ranking.phrase_score(idf) if is_phrase else score
        return score or self._literal_score(term, entry)

    def _synonym_score(self, typed: Term, synonyms: Sequence[Term], entry: MemoryEntry) -> float:
        weighted = 0.0
        for term in synonyms:
            freqs = {
                field: max(
                    count_places(text, term.needle)
                    - count_places(text, typed.needle) * term.counted_already,
                    0,
                )
                for field, text in entry.texts.items()
            }
            weighted = weighted + self._weighted_freq(freqs, term, entry)
        doc_freq = sum(
            any(other.matches(term, term.scope) for term in synonyms) for other in self.entries
        )
        idf = min(self._idf(doc_freq), self._idf(self._doc_freq(typed)))
        return self.ranking.synonym_score(weighted, idf)

    def _bm25f(
        self, freqs: Mapping[str, int], term: Term, doc_freq: int, entry: MemoryEntry
    ) -> float:
        weighted = self._weighted_freq(freqs, term, entry)
        return self.ranking.term_score(weighted, self._idf(doc_freq))

    def _weighted_freq(self, freqs: Mapping[str, int], term: Term, entry: MemoryEntry) -> float:
        weighted = 0.0
        for group in GROUPS:
            freq = sum(
                freqs[field] for field in freqs if field in term.ranked and group_of(field) == group
            )
            mean = sum(other.lengths[group] for other in self.entries) / len(self.entries)
            weighted = weighted + self.ranking.weighted_freq(
                group, float(freq), float(entry.lengths[group]), mean
            )
        return weighted

    def _run_score(self, term: Term, entry: MemoryEntry) -> float:
        """Return what a string typed in one piece adds to its terms where it occurs whole."""
        idf = 0.0
        for part in term.parts:
            idf = idf + self._idf(self._doc_freq(part))
        return self.ranking.phrase_score(idf) if entry.contains(term, term.scope) else 0.0

    def _literal_score(self, term: Term, entry: MemoryEntry) -> float:
        """Return the score of a string that occurs where the segmenter cuts differently."""
        idf = self._idf(self._doc_freq(term))
        return idf if entry.contains(term, term.scope) else 0.0

    def _proximity_score(self, pair: ProximityPair, entry: MemoryEntry) -> float:
        distances = [
            max(abs(first.position - second.position), 1)
            for field in pair.scope
            for first in entry.tokens.get(field, ())
            if first.text == pair.first
            for second in entry.tokens[field]
            if second.text == pair.second
        ]
        idf = min(
            self._idf(self._word_doc_freq(word, pair.scope)) for word in (pair.first, pair.second)
        )
        return self.ranking.proximity_score(idf, float(min(distances))) if distances else 0.0

    def _doc_freq(self, term: Term) -> int:
        return sum(other.matches(term, term.scope) for other in self.entries)

    def _word_doc_freq(self, word: str, scope: Scope) -> int:
        return sum(
            any(word in other.words.get(field, ()) for field in scope) for other in self.entries
        )

    def _idf(self, doc_freq: int) -> float:
        return self.ranking.idf(len(self.entries), doc_freq)


def _count_prefixed(words: Sequence[str], prefix: str) -> int:
    return sum(word.startswith(prefix) for word in words)
