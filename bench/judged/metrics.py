"""Ranking metrics. A grade says how well a report answers: 0 not at all, 3 best."""

from __future__ import annotations

import math
from collections.abc import Sequence

BEST = 3


def ndcg(found: Sequence[int], known: Sequence[int], depth: int = 10) -> float:
    """Return the normalised discounted cumulative gain of the first `depth` reports; 1 is perfect.

    `found` are the grades in ranked order, `known` those of all relevant reports. The gain of grade
    g at rank r is (2^g - 1) / log2(r + 1), as in Burges et al. 2005.

    >>> ndcg([3, 0, 1], [3, 1, 0]) == (7 + 1 / 2) / (7 + 1 / math.log2(3))
    True
    """
    best = _gain(sorted(known, reverse=True)[:depth])
    return _gain(found[:depth]) / best if best else 0.0


def reciprocal_rank(found: Sequence[int]) -> float:
    """Return 1 / rank of the first report of the best grade, 0 without one.

    >>> reciprocal_rank([1, 3, 3]), reciprocal_rank([2])
    (0.5, 0.0)
    """
    return next((1 / place for place, grade in enumerate(found, 1) if grade == BEST), 0.0)


def _gain(grades: Sequence[int]) -> float:
    return sum(float(2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))
