"""The distribution of a figure: zero, then powers of ten, with a sum and a median."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from indexer.records import Number
from indexer.search.catalogue.figures import figures
from indexer.search.port import Histogram

MAX_FIGURE = 1e300
"""No figure counts for more."""


def as_float(value: Number) -> float:
    """Return a figure's value as engines compare it, at most `MAX_FIGURE`."""
    return float(min(max(value, -MAX_FIGURE), MAX_FIGURE))


def build_histogram(
    key: str,
    values: NDArray[np.float64],
    unreported: int,
    inside: NDArray[np.float64],
    undecided: int,
) -> Histogram:
    """Return the distribution of `values`; `inside` pass the figure's own filter too.

    `unreported` counts the reports without a value, `undecided` those that only may match
    everything else.
    """
    count = len(inside)
    return Histogram(
        key=key,
        bins=_bins(values, figures()[key].digits),
        unjudged=unreported + undecided,
        undecided=undecided,
        count=count,
        total=_total(inside),
        median=float(np.median(inside)) if count else None,
    )


def _bins(values: NDArray[np.float64], digits: int) -> tuple[tuple[float, float, int], ...]:
    """Return the bins from the least to the greatest value, zero included; none without values.

    A bin ends one unit before the next begins, so both its ends are in it: a unit is 1 for counts
    and a fen for amounts.
    """
    if not len(values):
        return ()
    units = np.round(np.abs(values) * 10**digits)
    decades = np.sign(values) * np.where(units > 0, np.floor(np.log10(np.maximum(units, 1))) + 1, 0)
    counts = Counter(int(decade) for decade in decades)
    return tuple(
        (*_ends(decade, digits), counts.get(decade, 0))
        for decade in range(min(0, *counts), max(0, *counts) + 1)
    )


def _ends(decade: int, digits: int) -> tuple[float, float]:
    """Return the ends of a bin: decade 1 is 1 to 9 units, -2 is -99 to -10, 0 is 0."""
    if decade == 0:
        return 0.0, 0.0
    near, far = (
        Decimal(number).scaleb(-digits)
        for number in (10 ** (abs(decade) - 1), 10 ** abs(decade) - 1)
    )
    return (float(near), float(far)) if decade > 0 else (-float(far), -float(near))


def _total(values: Iterable[float]) -> Number:
    """Return the sum, rounded once, so that it does not depend on the order of the reports."""
    total = math.fsum(float(value) for value in values)
    return int(total) if total.is_integer() else Decimal(repr(total))
