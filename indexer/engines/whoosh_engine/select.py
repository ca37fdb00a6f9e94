"""The first few of many, without putting all in order."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.texts import Numbers

_BLOCK = 64


def first_few(values: NDArray[Any], ties: Numbers, count: int) -> Numbers:
    """Return where the `count` greatest values are, the greatest first; equal ones in the order of `ties`, no two of which are alike.

    >>> first_few(np.array([1, 3, 3]), np.array([0, 9, 5]), 2).tolist()
    [2, 1]
    """
    at = at_least(values, count)
    if len(at) > count:
        least = values[at].min()
        above, level = at[values[at] > least], at[values[at] == least]
        at = np.concatenate([above, level[at_least(-ties[level], count - len(above))]])
    return at[np.lexsort((ties[at], -values[at]))]


def at_least(values: NDArray[Any], count: int) -> Numbers:
    """Return where the values are that are not less than the `count`-th greatest: so many or, of equal ones, more.

    Of blocks of values the greatest are compared first: as many blocks as are wanted have one that reaches a bound, so that
    what is below it needs no second look.
    """
    if count <= 0:
        return np.zeros(0, dtype=np.int64)
    if count >= len(values):
        return np.arange(len(values))
    blocks = len(values) // _BLOCK
    if blocks <= 2 * count:
        return np.flatnonzero(values >= _nth(values, count))
    tops = values[: blocks * _BLOCK].reshape(blocks, _BLOCK).max(axis=1)
    at = np.flatnonzero(values >= _nth(tops, count))
    among = values[at]
    return at if len(at) == count else at[among >= _nth(among, count)]


def _nth(values: NDArray[Any], count: int) -> Any:
    """Return the `count`-th greatest."""
    return np.partition(values, len(values) - count)[len(values) - count]
