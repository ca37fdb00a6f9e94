"""Exact substring search: candidates from the rarest bigram of a string, verified unit by unit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from indexer.columnar.bigrams import BigramPostings
from indexer.columnar.types import IntArray, Units


def find_substring(units: Units, bigrams: BigramPostings, needle: Units) -> IntArray:
    """Return every position of a non-empty string in the texts `units`, ascending, also overlapping
    ones.

    The first unit must not be a line feed.
    """
    if len(needle) == 1:
        return bigrams.unit_positions(int(needle[0]))
    at, _ = _rarest_bigram(bigrams, needle.tolist())
    number = bigrams.find_units(int(needle[at]), int(needle[at + 1]))
    if number is None:
        return np.zeros(0, dtype=np.int64)
    positions = bigrams.global_positions(number) - at
    positions = positions[(positions >= 0) & (positions <= len(units) - len(needle))]
    for other in (*range(at), *range(at + 2, len(needle))):
        positions = positions[units[positions + other] == needle[other]]
    return positions


def max_substring_freq(bigrams: BigramPostings, needle: Sequence[int]) -> int:
    """Return an upper bound on the number of positions of a string: that of its rarest bigram. No
    text is read.
    """
    if len(needle) == 1:
        return len(bigrams.unit_positions(needle[0]))
    return _rarest_bigram(bigrams, needle)[1]


def _rarest_bigram(bigrams: BigramPostings, needle: Sequence[int]) -> tuple[int, int]:
    """Return where the rarest bigram of a string starts, and the number of its positions."""
    rarest, lowest = 0, -1
    for at, (first, second) in enumerate(pairwise(needle)):
        number = bigrams.find_units(first, second)
        if number is None:
            return at, 0
        freq = bigrams.total_freq(number)
        if freq < lowest or lowest < 0:
            rarest, lowest = at, freq
    return rarest, lowest
