"""Why a report stands where it stands: its score taken apart, word by word, by the formulas of `ranking`.

An engine says only how many reports have what; the report itself is read anew here. That the parts come to the very score
that the engine gave it in a search, by its own way, is what the contract of the engines tests.
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
from indexer.search.port import Clue, Explanation
from indexer.search.query import Query
from indexer.search.ranking import GROUPS, Ranking, apportioned, group_of, rounded
from indexer.search.terms import (
    ProximityPair,
    Scope,
    Term,
    count_places,
    proximity_pairs,
    synonyms_of,
)
from indexer.text.folding import fold_digits


class Census(Protocol):
    """What an engine knows of all its reports."""

    @property
    def reports(self) -> int:
        """How many there are."""
        ...

    @property
    def mean_lengths(self) -> Mapping[str, float]:
        """The mean number of words in each group of fields."""
        ...

    def having(self, terms: Sequence[Term]) -> int:
        """Return in how many reports one of the terms holds within its scope."""
        ...

    def having_word(self, word: str, scope: Scope) -> int:
        """Return how many reports have a word in one of the fields."""
        ...


def build_explanation(
    report: Report, query: Query, census: Census, holds: bool | None, ranking: Ranking
) -> Explanation:
    """Return the score of a report taken apart; `holds` says whether it matches, None where that cannot be judged."""
    scored = _Scored(_read(report), census, ranking)
    terms = compile_query(query).terms
    lots = [
        *(scored.term(term) for term in terms if not term.stands_for),
        *(scored.synonyms(typed, synonyms) for typed, synonyms in synonyms_of(terms)),
        *(scored.pair(pair) for pair in proximity_pairs(terms)),
    ]
    score = 0.0
    for lot in lots:
        score = score + lot.worth
    score = float(rounded(score))
    return Explanation(report.id, query, score, holds, census.reports, _shown(score, lots))


@dataclass(frozen=True, slots=True)
class _Lot:
    """What one term brings in all in all, and how that falls to its clues, whose worths are not yet rounded."""

    worth: float
    clues: tuple[Clue, ...]


def _shown(score: float, lots: Sequence[_Lot]) -> tuple[Clue, ...]:
    """Return the clues with their worths rounded such that they add up to the score."""
    clues = [clue for lot in lots for clue in lot.clues]
    worths = apportioned(score, [worth for clue in clues for _, worth in clue.worths])
    ends = [0, *accumulate(len(clue.worths) for clue in clues)]
    return tuple(
        replace(
            clue,
            worths=tuple(
                (name, worth)
                for (name, _), worth in zip(clue.worths, worths[start:end], strict=True)
            ),
        )
        for clue, (start, end) in zip(clues, pairwise(ends), strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Text:
    """A report's fields: folded as strings are compared, and cut into words."""

    compared: Mapping[str, str]
    tokens: Mapping[str, Sequence[Token]]
    lengths: Mapping[str, float]

    def places(self, scope: Scope, counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
        return tuple((name, counts[name]) for name in scope if counts.get(name))

    def literal(self, term: Term) -> tuple[tuple[str, int], ...]:
        return self.places(
            term.ranked,
            {name: count_places(text, term.needle) for name, text in self.compared.items()},
        )

    def beside(self, term: Term, typed: Term) -> tuple[tuple[str, int], ...]:
        """Return where a synonym stands, but for where it is part of the word that was typed."""
        found, inside = dict(self.literal(term)), dict(self.literal(typed))
        counts = {
            name: max(count - term.counted_already * inside.get(name, 0), 0)
            for name, count in found.items()
        }
        return self.places(term.ranked, counts)

    def words(self, word: str, scope: Scope) -> tuple[tuple[str, int], ...]:
        return self.places(
            scope,
            {
                name: sum(token.text == word for token in found)
                for name, found in self.tokens.items()
            },
        )

    def beginning(self, term: Term) -> tuple[tuple[str, int], ...]:
        counts = {
            name: sum(one.text.startswith(term.folded) for one in found)
            for name, found in self.tokens.items()
        }
        return self.places(term.ranked, counts)

    def nearest(self, pair: ProximityPair) -> tuple[int, str] | None:
        """Return how far apart the words stand where they stand nearest, and in which field."""
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


def _read(report: Report) -> _Text:
    folded = folded_fields(texts_of(report), headings_of(report))
    found = {name: list(tokens(text)) for name, text in folded.items()}
    lengths = Counter(dict.fromkeys(GROUPS, 0))
    for name, present in found.items():
        lengths[group_of(name)] += len({token.position for token in present})
    compared = {name: fold_digits(text) for name, text in folded.items()}
    return _Text(compared, found, {group: float(length) for group, length in lengths.items()})


@dataclass(frozen=True, slots=True)
class _Scored:
    """The terms of a query scored in one report."""

    text: _Text
    census: Census
    ranking: Ranking
    _known: dict[tuple[Term, ...], int] = field(default_factory=dict)

    def term(self, term: Term) -> _Lot:
        """Score a term that was typed."""
        if term.kind == "phrase":
            return self._phrase(term)
        if term.kind == "prefix":
            places, having = self.text.beginning(term), self._having(term)
            worth, clue = self._counted(
                Clue("prefix", term.folded, places, having, self._rarity(having))
            )
            return _Lot(worth, (clue,)) if worth else self._literal(term, clue)
        score, rare = 0.0, 0.0
        clues: list[Clue] = []
        for word in term.words:
            having = self.census.having_word(word, term.scope)
            places = self.text.words(word, term.ranked)
            worth, clue = self._counted(Clue("word", word, places, having, self._rarity(having)))
            score, rare = score + worth, rare + self._rarity(having)
            clues.append(clue)
        if len(term.words) == 1 and not score:
            return self._literal(term, *clues)
        run = self._run(term, rare) if len(term.words) > 1 else ()
        return _Lot(score + sum(clue.worth for clue in run), (*clues, *run))

    def synonyms(self, typed: Term, synonyms: Sequence[Term]) -> _Lot:
        """Score all the synonyms of a term together; each brings in what falls to its share of the weight."""
        rare = min(self._rarity(self._having(*synonyms)), self._rarity(self._having(typed)))
        places = [self.text.beside(term, typed) for term in synonyms]
        weights = [self._weights(found) for found in places]
        total = 0.0
        for weight in weights:
            total = total + _sum(weight.values())
        worth = self.ranking.synonym_worth(total, rare)
        clues = (
            Clue("synonym", term.folded, found, self._having(term), rare, stands_for=typed.folded)
            for term, found in zip(synonyms, places, strict=True)
        )
        return _Lot(
            worth,
            tuple(
                _divided(clue, worth, one, total) for clue, one in zip(clues, weights, strict=True)
            ),
        )

    def pair(self, pair: ProximityPair) -> _Lot:
        """Score how near two words stand."""
        rare = min(
            self._rarity(self.census.having_word(word, pair.scope))
            for word in (pair.first, pair.second)
        )
        nearest = self.text.nearest(pair)
        if nearest is None:
            return _Lot(0.0, ())
        distance, name = nearest
        worth = self.ranking.near_worth(rare, float(distance))
        clue = Clue(
            "near",
            pair.first,
            ((name, 1),),
            None,
            rare,
            (("whole", worth),),
            beside=pair.second,
            distance=distance,
        )
        return _Lot(worth, (clue,))

    def _phrase(self, term: Term) -> _Lot:
        having = self._having(term)
        worth, clue = self._counted(
            Clue("phrase", term.folded, self.text.literal(term), having, self._rarity(having))
        )
        rare = 0.0
        for part in term.parts:
            rare = rare + self._rarity(self._having(part))
        run = self._run(term, rare) if term.parts else ()
        return _Lot(worth + sum(one.worth for one in run), (clue, *run))

    def _run(self, term: Term, rare: float) -> tuple[Clue, ...]:
        """Return what it brings in beside its words that they stand together as typed."""
        places = self.text.literal(term)
        worth = self.ranking.literal_worth(rare)
        return (
            (Clue("run", term.folded, places, self._having(term), rare, (("whole", worth),)),)
            if places
            else ()
        )

    def _literal(self, term: Term, *clues: Clue) -> _Lot:
        """Score what no word of the report is, but stands in it all the same."""
        places, having = self.text.literal(term) if term.literal else (), self._having(term)
        worth = self._rarity(having)
        found = Clue("literal", term.folded, places, having, worth, (("whole", worth),))
        return _Lot(worth, (found,)) if places else _Lot(0.0, clues)

    def _counted(self, clue: Clue) -> tuple[float, Clue]:
        weights = self._weights(clue.places)
        total = _sum(weights.values())
        worth = self.ranking.saturated(total, clue.rarity)
        return worth, _divided(clue, worth, weights, total)

    def _weights(self, places: Iterable[tuple[str, int]]) -> dict[str, float]:
        counts = Counter(dict.fromkeys(GROUPS, 0))
        for name, count in places:
            counts[group_of(name)] += count
        lengths, means = self.text.lengths, self.census.mean_lengths
        return {
            group: self.ranking.weighted(group, float(counts[group]), lengths[group], means[group])
            for group in GROUPS
        }

    def _having(self, *terms: Term) -> int:
        if terms not in self._known:
            self._known[terms] = self.census.having(terms)
        return self._known[terms]

    def _rarity(self, having: int) -> float:
        return self.ranking.rarity(self.census.reports, having)


def _sum(weights: Iterable[float]) -> float:
    """Return the sum, added in the order in which the engines add."""
    total = 0.0
    for weight in weights:
        total = total + weight
    return total


def _divided(clue: Clue, worth: float, weights: Mapping[str, float], total: float) -> Clue:
    """Return a clue with what each group of fields brings in, by its share of the weight."""
    return replace(
        clue,
        worths=tuple(
            (group, worth * weight / total if total else 0.0) for group, weight in weights.items()
        ),
    )
