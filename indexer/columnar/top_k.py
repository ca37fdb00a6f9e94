"""The first few of many, without putting all in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.types import IntArray, Mask

_GROUP = 64


@dataclass(frozen=True, slots=True)
class Few:
    """Things of which the greatest `values` come first, of equal ones the least `ties`, and where these too are alike the least name.

    >>> ties = np.array([0, 9, 5, 5])
    >>> Few(np.array([1, 3, 3, 3]), ties.__getitem__, lambda at: ["dcba"[one] for one in at]).first(3).tolist()
    [3, 2, 1]
    """

    values: NDArray[Any]
    ties: Callable[[IntArray], IntArray]
    names: Callable[[IntArray], Sequence[str]]

    def first(self, count: int) -> IntArray:
        """Return where the first so many are, in order."""
        at = at_least(self.values, count)
        if len(at) > count:
            least = self.values[at].min()
            above, level = at[self.values[at] > least], at[self.values[at] == least]
            at = np.concatenate([above, level[at_least(-self.ties(level), count - len(above))]])
        values, ties = self.values[at], self.ties(at)
        order = np.lexsort((ties, -values.astype(np.float64)))
        return self._named(at[order], values[order], ties[order])[:count]

    def _named(self, at: IntArray, values: NDArray[Any], ties: IntArray) -> IntArray:
        """Put those in order that are alike in all else."""
        alike = (values[1:] == values[:-1]) & (ties[1:] == ties[:-1])
        if not alike.any():
            return at
        group = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(~alike)])
        of_several = np.zeros(len(at), dtype=np.bool_)
        of_several[1:] |= alike
        of_several[:-1] |= alike
        places = np.flatnonzero(of_several)
        names, groups = self.names(at[places]), group[places].tolist()
        order = sorted(range(len(places)), key=lambda place: (groups[place], names[place]))
        at[places] = at[places[order]]
        return at


def at_least(values: NDArray[Any], count: int) -> IntArray:
    """Return where the values are that are not less than the `count`-th greatest: so many or, of equal ones, more.

    Of groups of values, each `groups` apart, the greatest are compared first: as many groups as are wanted have one that
    reaches a bound, so that what is below it needs no second look.
    """
    if count <= 0:
        return np.zeros(0, dtype=np.int64)
    if count >= len(values):
        return np.arange(len(values))
    groups = len(values) // _GROUP
    if groups <= 2 * count:
        return _where(values >= _nth(values, count))
    tops = values[: groups * _GROUP].reshape(_GROUP, groups).max(axis=0)
    at = _where(values >= _nth(tops, count))
    among = values[at]
    return at if len(at) == count else at[among >= _nth(among, count)]


def _where(is_one: Mask) -> IntArray:
    """Return where it is: `np.flatnonzero` without its own cost."""
    return is_one.nonzero()[0]


def _nth(values: NDArray[Any], count: int) -> Any:
    """Return the `count`-th greatest."""
    ordered = values.copy()
    ordered.partition(len(values) - count)
    return ordered[len(values) - count]
