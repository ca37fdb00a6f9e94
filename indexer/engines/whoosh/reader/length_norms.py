"""The lengths of all reports' fields in words, and BM25's length norms made of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indexer.columnar.types import Array, FloatArray, IntArray
from indexer.search.ranking import Ranking


@dataclass(frozen=True)
class LengthNorms:
    """The length norm of a group of fields in each report, by which its frequencies are divided."""

    exact: FloatArray

    @cached_property
    def single_precision(self) -> Array:
        """The same as 32-bit floats, for score bounds: half the memory, twice the speed."""
        return self.exact.astype(np.float32)


class FieldLengths:
    """The lengths of all reports. `read` reads those of a group when they are first needed."""

    def __init__(self, read: Callable[[str], IntArray]) -> None:
        self._read = read
        self._lengths: dict[str, IntArray] = {}
        self._norms: dict[tuple[Ranking, str], LengthNorms] = {}

    def mean(self, group: str) -> float:
        """Return the mean number of words in a group of fields."""
        lengths = self._of(group)
        return int(lengths.sum()) / max(len(lengths), 1)

    def norms(self, ranking: Ranking, group: str) -> LengthNorms:
        """Return the length norms of a group of fields."""
        if (ranking, group) not in self._norms:
            lengths = self._of(group).astype(np.float64)
            exact = ranking.length_norm(group, lengths, self.mean(group))
            self._norms[ranking, group] = LengthNorms(exact)
        return self._norms[ranking, group]

    def _of(self, group: str) -> IntArray:
        if group not in self._lengths:
            self._lengths[group] = self._read(group)
        return self._lengths[group]
