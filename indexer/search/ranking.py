"""How well a report answers: BM25F over title, body name, sub-headings and text, better where words stand together or near.

Every function takes numbers or NumPy arrays and does the same arithmetic in the same order on both, so that two engines
give equal scores; scores are rounded before they order anything.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

GROUPS = ("title", "body", "heading", "text")
"""The fields as ranking sees them: all sections are one text, and all their sub-headings one field beside it."""

Values = TypeVar("Values", float, NDArray[np.float64])

_DIGITS = 4
ROUNDING = 10.0**-_DIGITS
"""Scores are compared in whole multiples of this."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The choices of the ranking, as numbers. What each of them earns is measured by `python -m bench judged`."""

    title_weight: float = 6.0
    body_weight: float = 3.0
    heading_weight: float = 5.0
    """What a word weighs in the title and in the body's name, and in a sub-heading beside the 1 that it weighs in any text."""
    name_length_share: float = 0.3
    text_length_share: float = 0.6
    """How much a field longer than the mean takes off the weight of a word in it: from 0, nothing, to almost 1, in proportion.

    Nothing in headings: each heads its own passage, and that a report has more of them takes nothing off any one.
    """
    saturation: float = 1.2
    """Above 0: the summed weight at which a word is worth half of the most that its number can bring in."""
    rarity_power: float = 1.0
    """0 makes every word count alike, however rare it is."""
    literal: float = 1.0
    """The worth of a run that stands literally, as a share of all that its words could bring in by number and nearness."""
    near: float = 0.5
    """The worth of two words side by side, as a share of the rarity of the less rare one."""
    synonym_share: float = 0.5
    """What an occurrence of a synonym is worth, where one of the word that was typed is worth 1."""

    def rarity(self, reports: int, having: int) -> float:
        """Return the weight of what `having` of all `reports` have; always above 0."""
        return float(math.log(1 + (reports - having + 0.5) / (having + 0.5)) ** self.rarity_power)

    def weighted(self, group: str, count: Values, length: Values, mean_length: float) -> Values:
        """Return how much `count` occurrences in one group weigh in a field of `length` words."""
        return self.weighted_by_norm(group, count, self.norm(group, length, mean_length))

    def norm(self, group: str, length: Values, mean_length: float) -> Values:
        """Return by what the length of a field divides the weight of a word in it."""
        share = self._length_share(group)
        return (1 - share) + share * length / max(mean_length, 1.0)

    def weighted_by_norm(self, group: str, count: Values, norm: Values) -> Values:
        """Return how much `count` occurrences in one group weigh where the length divides by `norm`."""
        return self._weight(group) * count / norm

    def saturated(self, weight: Values, rare: float) -> Values:
        """Return what the summed weight of one word is worth: more of the same counts less and less."""
        return rare * (weight * (self.saturation + 1) / (self.saturation + weight))

    def most_saturated(self, rare: float) -> float:
        """Return what no weight of one word is worth more than."""
        return rare * (self.saturation + 1)

    def counts_in(self, group: str) -> bool:
        """Say whether a word in a group of fields is worth anything at all."""
        return self._weight(group) > 0

    def literal_worth(self, rare: float) -> float:
        """Return what the run itself is worth beside its words, `rare` being the sum of theirs.

        More than the words can bring in by their number and their nearness, so that a report with the run stands before
        any report with the scattered words alone.
        """
        return self.literal * (self.saturation + 1 + self.near) * rare

    def near_worth(self, rare: float, distance: Values) -> Values:
        """Return what two words `distance` words apart are worth, `rare` being the lesser of theirs."""
        return rare * self.near / distance

    def synonym_worth(self, weight: Values, rare: float) -> Values:
        """Return what the summed weight of all synonyms of a word is worth.

        `rare` is the lesser of theirs and of the word's own, so that a synonym that is rare, for hardly anybody writes it
        so, never counts for more than the word that was typed.
        """
        return self.synonym_share * self.saturated(weight, rare)

    def _weight(self, group: str) -> float:
        weights = {
            "title": self.title_weight,
            "body": self.body_weight,
            "heading": self.heading_weight,
        }
        return weights.get(group, 1.0)

    def _length_share(self, group: str) -> float:
        return {"heading": 0.0, "text": self.text_length_share}.get(group, self.name_length_share)


RANKING = Ranking()


def group_of(field: str) -> str:
    """Return the group of a field.

    >>> group_of("title"), group_of("problems"), group_of("heading_problems")
    ('title', 'text', 'heading')
    """
    if field.startswith("heading_"):
        return "heading"
    return field if field in GROUPS else "text"


def rounded(score: Values) -> Values:
    """Return scores as they are compared and shown."""
    whole: Values = np.round(score, _DIGITS)
    return whole


def apportioned(score: float, parts: Sequence[float]) -> list[float]:
    """Return the parts of a score with as many digits as the score has, such that they add up to it to the last digit.

    Each part is rounded down, and what is then lacking goes to those that lost most.

    >>> apportioned(1.0, [1 / 3, 2 / 3]), apportioned(0.0001, [0.00004, 0.00004])
    ([0.3333, 0.6667], [0.0001, 0.0])
    """
    unit = 10**_DIGITS
    whole = [math.floor(part * unit) for part in parts]
    lacking = round(score * unit) - sum(whole)
    for at in sorted(range(len(parts)), key=lambda at: whole[at] - parts[at] * unit)[:lacking]:
        whole[at] += 1
    return [units / unit for units in whole]
