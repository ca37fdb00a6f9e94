"""How many words the reports have in each group of fields, and what that takes off the weight of a word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.types import FloatArray, IntArray
from indexer.search.ranking import Ranking


@dataclass(frozen=True)
class Norms:
    """By what the length of a group of fields divides the weight of a word in each report."""

    exact: FloatArray

    @cached_property
    def rough(self) -> NDArray[Any]:
        """The same with the digits of four bytes."""
        return self.exact.astype(np.float32)


class Lengths:
    """The lengths of all reports; `read` reads those of a group when they are first asked for."""

    def __init__(self, read: Callable[[str], IntArray]) -> None:
        self._read = read
        self._lengths: dict[str, IntArray] = {}
        self._norms: dict[tuple[Ranking, str], Norms] = {}

    def mean(self, group: str) -> float:
        """Return how many words a report has in a group of fields on average."""
        lengths = self._of(group)
        return int(lengths.sum()) / max(len(lengths), 1)

    def norms(self, ranking: Ranking, group: str) -> Norms:
        """Return by what the length of a group of fields divides the weight of a word in each report."""
        if (ranking, group) not in self._norms:
            lengths = self._of(group).astype(np.float64)
            self._norms[ranking, group] = Norms(ranking.norm(group, lengths, self.mean(group)))
        return self._norms[ranking, group]

    def _of(self, group: str) -> IntArray:
        if group not in self._lengths:
            self._lengths[group] = self._read(group)
        return self._lengths[group]
