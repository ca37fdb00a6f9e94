"""The ranking: BM25F over title, body name, sub-headings and text, plus proximity and exact
phrases.

Every function takes numbers or NumPy arrays and does the same arithmetic in the same order on both,
so that all engines give equal scores. Scores are rounded before they are compared.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

GROUPS = ("title", "body", "heading", "text")
"""The fields of BM25F: all sections together are one text, and all their sub-headings one field
beside it.
"""

Values = TypeVar("Values", float, NDArray[np.float64])

_SCORE_DIGITS = 4
SCORE_UNIT = 10.0**-_SCORE_DIGITS
"""Scores are compared in whole multiples of this."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The parameters of the ranking. What each of them earns is measured by `python -m bench
    judged`.
    """

    title_weight: float = 6.0
    body_weight: float = 3.0
    heading_weight: float = 5.0
    """Field weights of BM25F; the text has 1. A sub-heading is part of the text too, so its words
    weigh 1 more.
    """
    name_b: float = 0.3
    text_b: float = 0.6
    """BM25's `b` for title and body name, and for the text: from 0, lengths do not count, to almost
    1, in proportion.

    Headings have 0: each heads its own passage, and having more of them should not make any one
    weaker.
    """
    k1: float = 1.2
    """BM25's `k1`, above 0: the weighted frequency at which a term reaches half of its maximum
    score.
    """
    idf_power: float = 1.0
    """The exponent of the idf; 0 makes all terms count alike, however rare they are."""
    phrase_boost: float = 1.0
    """The score of an exact phrase, as a share of the maximum that its words can reach by frequency
    and proximity.
    """
    proximity_boost: float = 0.5
    """The score of two adjacent words, as a share of the lower of their idfs."""
    synonym_weight: float = 0.5
    """The score of a synonym's occurrence, where an occurrence of the typed word counts 1."""

    def idf(self, reports: int, doc_freq: int) -> float:
        """Return the inverse document frequency of a term; always above 0, as in Lucene's BM25."""
        return float(math.log(1 + (reports - doc_freq + 0.5) / (doc_freq + 0.5)) ** self.idf_power)

    def weighted_freq(self, group: str, freq: Values, length: Values, mean_length: float) -> Values:
        """Return BM25F's weighted frequency of `freq` occurrences in a field of `length` words."""
        return self.weighted_freq_by_norm(group, freq, self.length_norm(group, length, mean_length))

    def length_norm(self, group: str, length: Values, mean_length: float) -> Values:
        """Return the length norm of a field, by which its frequencies are divided; 1 for a field of
        mean length.
        """
        b = self._b(group)
        return (1 - b) + b * length / max(mean_length, 1.0)

    def weighted_freq_by_norm(self, group: str, freq: Values, norm: Values) -> Values:
        """Return the weighted frequency in a field whose length norm is known."""
        return self._weight(group) * freq / norm

    def term_score(self, weighted_freq: Values, idf: float) -> Values:
        """Return the score of one term from the sum of its weighted frequencies, which saturates by
        `k1`.
        """
        return idf * (weighted_freq * (self.k1 + 1) / (self.k1 + weighted_freq))

    def max_term_score(self, idf: float) -> float:
        """Return the limit of `term_score` for ever greater frequencies."""
        return idf * (self.k1 + 1)

    def counts_in(self, group: str) -> bool:
        """Say whether a field has any weight."""
        return self._weight(group) > 0

    def phrase_score(self, idf: float) -> float:
        """Return the score of an exact phrase beside that of its words, `idf` being the sum of
        theirs.

        It is more than the words can reach by frequency and proximity, so that a report with the
        phrase ranks above any report with the scattered words alone.
        """
        return self.phrase_boost * (self.k1 + 1 + self.proximity_boost) * idf

    def proximity_score(self, idf: float, distance: Values) -> Values:
        """Return the score of two words `distance` words apart, `idf` being the lower of theirs."""
        return idf * self.proximity_boost / distance

    def synonym_score(self, weighted_freq: Values, idf: float) -> Values:
        """Return the score of all synonyms of a word together.

        `idf` is the lower of theirs and the word's own: a synonym that hardly anybody writes must
        not outweigh the word that was typed.
        """
        return self.synonym_weight * self.term_score(weighted_freq, idf)

    def _weight(self, group: str) -> float:
        weights = {
            "title": self.title_weight,
            "body": self.body_weight,
            "heading": self.heading_weight,
        }
        return weights.get(group, 1.0)

    def _b(self, group: str) -> float:
        return {"heading": 0.0, "text": self.text_b}.get(group, self.name_b)


RANKING = Ranking()


def group_of(field: str) -> str:
    """Return the group of a field.

    >>> group_of("title"), group_of("problems"), group_of("heading_problems")
    ('title', 'text', 'heading')
    """
    if field.startswith("heading_"):
        return "heading"
    return field if field in GROUPS else "text"


def round_score(score: Values) -> Values:
    """Return scores as they are compared and shown."""
    rounded: Values = np.round(score, _SCORE_DIGITS)
    return rounded


def apportion(score: float, parts: Sequence[float]) -> list[float]:
    """Round the parts of a score so that they add up to it to the last digit (largest remainder
    method).

    >>> apportion(1.0, [1 / 3, 2 / 3]), apportion(0.0001, [0.00004, 0.00004])
    ([0.3333, 0.6667], [0.0001, 0.0])
    """
    unit = 10**_SCORE_DIGITS
    whole = [math.floor(part * unit) for part in parts]
    lacking = round(score * unit) - sum(whole)
    for at in sorted(range(len(parts)), key=lambda at: whole[at] - parts[at] * unit)[:lacking]:
        whole[at] += 1
    return [units / unit for units in whole]
