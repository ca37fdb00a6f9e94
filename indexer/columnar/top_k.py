"""Top-k selection without sorting everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from indexer.columnar.types import Array, IntArray, Mask

_GROUP_SIZE = 64


@dataclass(frozen=True, slots=True)
class TopK:
    """Selects the greatest `values`; ties go to the least tie-break key, and then to the least
    name.

    `tie_breaks` and `names` are called for the indexes that need them only.

    >>> keys = np.array([0, 9, 5, 5])
    >>> top = TopK(np.array([1, 3, 3, 3]), keys.__getitem__, lambda at: ["dcba"[one] for one in at])
    >>> top.first(3).tolist()
    [3, 2, 1]
    """

    values: Array
    tie_breaks: Callable[[IntArray], IntArray]
    names: Callable[[IntArray], Sequence[str]]

    def first(self, count: int) -> IntArray:
        """Return the indexes of the first `count`, in order."""
        at = indexes_of_top(self.values, count)
        if len(at) > count:
            threshold = self.values[at].min()
            above, tied = at[self.values[at] > threshold], at[self.values[at] == threshold]
            first_tied = indexes_of_top(-self.tie_breaks(tied), count - len(above))
            at = np.concatenate([above, tied[first_tied]])
        values, tie_breaks = self.values[at], self.tie_breaks(at)
        order = np.lexsort((tie_breaks, -values.astype(np.float64)))
        return self._sort_ties(at[order], values[order], tie_breaks[order])[:count]

    def _sort_ties(self, at: IntArray, values: Array, tie_breaks: IntArray) -> IntArray:
        """Sort by name those that have the same value and the same tie-break key."""
        same_as_previous = (values[1:] == values[:-1]) & (tie_breaks[1:] == tie_breaks[:-1])
        if not same_as_previous.any():
            return at
        group = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(~same_as_previous)])
        tied = np.zeros(len(at), dtype=np.bool_)
        tied[1:] |= same_as_previous
        tied[:-1] |= same_as_previous
        places = np.flatnonzero(tied)
        names, groups = self.names(at[places]), group[places].tolist()
        order = sorted(range(len(places)), key=lambda place: (groups[place], names[place]))
        at[places] = at[places[order]]
        return at


def indexes_of_top(values: Array, count: int) -> IntArray:
    """Return the indexes, ascending, of all values that are not less than the `count`-th greatest.

    The values are divided into interleaved groups of 64. At least `count` values reach the
    `count`-th greatest of the group maxima, so that everything below it needs no second look.
    """
    if count <= 0:
        return np.zeros(0, dtype=np.int64)
    if count >= len(values):
        return np.arange(len(values))
    groups = len(values) // _GROUP_SIZE
    if groups <= 2 * count:
        return _true_indexes(values >= _nth_greatest(values, count))
    maxima = values[: groups * _GROUP_SIZE].reshape(_GROUP_SIZE, groups).max(axis=0)
    at = _true_indexes(values >= _nth_greatest(maxima, count))
    candidates = values[at]
    return at if len(at) == count else at[candidates >= _nth_greatest(candidates, count)]


def _true_indexes(mask: Mask) -> IntArray:
    """Return where a mask is set: `np.flatnonzero` without its overhead per call."""
    return mask.nonzero()[0]


def _nth_greatest(values: Array, count: int) -> Any:
    ordered = values.copy()
    ordered.partition(len(values) - count)
    return ordered[len(values) - count]
