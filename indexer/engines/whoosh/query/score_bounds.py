"""What a term is worth in each report, as it is kept for the next queries; see `scores`.

Of one word it is kept how often it stands in each report, from which its worth is worked out exactly for the few reports of which
it is wanted exactly, and, once it is asked for, a byte a report: at most so many steps is it worth. Of anything else the worth is
kept as it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.top_k import at_least
from indexer.columnar.types import FloatArray, IntArray, Mask
from indexer.engines.whoosh.reader.length_norms import Lengths
from indexer.search.ranking import Ranking

_MANY = 4
"""More than one in so many reports are many."""
_STEPS = 254
"""No worth is more than so many steps; a bound is rounded up, and so at most one more, which is the most that a byte holds."""
_ROUNDED = 16
"""In a bound a term's norms, weights, worth and step, and the sum itself, are rounded so many times at the most to four bytes' digits."""
_Sums: TypeAlias = NDArray[Any]
"""IntArray of four bytes each, that may have a fraction."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """For each report so many steps as it is worth at the most, which is no more than `excess` above what it is worth.

    Also what is worth nothing may have a step; none has what lies outside a mask (`within`). Steps of one byte are whole. `lost` is
    the share that rounding may have taken off or put on.
    """

    steps: NDArray[Any]
    step: float
    excess: float
    lost: float

    def within(self, mask: Mask) -> Bounds:
        """Return the bounds where the mask is set, and 0 elsewhere."""
        return replace(self, steps=self.steps * mask)

    def least_of(self, count: int) -> float:
        """Return what at least so many reports are worth; 0 or less if that is not to be told."""
        steps = float(self.steps[at_least(self.steps, count)].min())
        return steps * self.step * (1 - self.lost) - self.excess if steps else 0.0

    def reaching(self, worth: float) -> IntArray:
        """Return the reports, ascending, that may be worth so much, which must be more than nothing; none that has no step."""
        least = worth * (1 - self.lost) / self.step
        kind = self.steps.dtype
        found: IntArray = (
            self.steps >= kind.type(math.ceil(least) if kind.kind == "u" else least)
        ).nonzero()[0]
        return found


class Worth(Protocol):
    """What something is worth in each report, never below 0."""

    @property
    def nbytes(self) -> int:
        """What it takes of memory."""
        ...

    @property
    def excess(self) -> float:
        """How much the most that it is worth may be above what it is worth."""
        ...

    def add_to(self, sums: _Sums, scratch: _Sums) -> None:
        """Add the most that it is worth to that of all reports; `scratch` is as long, and may be written over."""
        ...

    def at(self, docs: IntArray) -> NDArray[Any]:
        """Return what it is worth in some reports, exactly."""
        ...


@dataclass(frozen=True, slots=True)
class Sparse:
    """A number for each of some reports, ascending, of four bytes; 0 for all others."""

    docs: NDArray[np.int32]
    values: NDArray[Any]

    @property
    def nbytes(self) -> int:
        """What it takes of memory."""
        return self.docs.nbytes + self.values.nbytes

    @property
    def excess(self) -> float:
        """The numbers are as they are."""
        return 0.0

    def add_to(self, sums: _Sums, scratch: _Sums) -> None:
        """Add the numbers to those of all reports."""
        np.add.at(sums, self.docs.astype(np.intp), self.values.astype(np.float32))

    def at(self, docs: IntArray) -> NDArray[Any]:
        """Return the numbers of some reports."""
        if not len(self.docs):
            return np.zeros(len(docs), dtype=self.values.dtype)
        sought = docs.astype(np.int32)
        at = self.docs.searchsorted(sought)
        found: NDArray[Any] = self.values.take(at, mode="clip") * (
            self.docs.take(at, mode="clip") == sought
        )
        return found

    def everywhere(self, size: int) -> NDArray[Any]:
        """Return the numbers of all `size` reports."""
        dense = np.zeros(size, dtype=self.values.dtype)
        dense[self.docs] = self.values
        return dense


@dataclass(frozen=True, slots=True)
class Dense:
    """A number for every report."""

    values: NDArray[Any]

    @property
    def nbytes(self) -> int:
        """What it takes of memory."""
        return self.values.nbytes

    @property
    def excess(self) -> float:
        """The numbers are as they are."""
        return 0.0

    def add_to(self, sums: _Sums, scratch: _Sums) -> None:
        """Add the numbers to those of all reports."""
        sums += self.values

    def at(self, docs: IntArray) -> NDArray[Any]:
        """Return the numbers of some reports."""
        return self.values[docs]


Counts = Sequence[tuple[str, Sparse | Dense]]
"""How often one word stands in each report, for each group of fields in which it stands."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """How the worth of one word comes from how often it stands in each group of fields."""

    ranking: Ranking
    lengths: Lengths
    rare: float

    @property
    def step(self) -> float:
        """What one of the steps is worth of which no report has more than a byte holds."""
        return self.ranking.most_saturated(self.rare) / _STEPS

    def worth(self, counts: Counts, docs: IntArray) -> FloatArray:
        """Return what the word is worth in some reports, exactly."""
        weights = (self._exact_weight(group, numbers.at(docs), docs) for group, numbers in counts)
        return self.ranking.saturated(reduce(np.add, weights), self.rare)

    def _exact_weight(self, group: str, counts: NDArray[Any], docs: IntArray) -> FloatArray:
        norms = self.lengths.norms(self.ranking, group).exact[docs]
        return self.ranking.weighted_by_norm(group, counts.astype(np.float64), norms)

    def steps(self, counts: Counts, size: int) -> Sparse | Dense:
        """Return how many steps it is worth at the most."""
        if all(isinstance(numbers, Sparse) for _, numbers in counts):
            return self._steps_of_few(counts, size)
        weight = np.zeros(size, dtype=np.float32)
        for group, numbers in counts:
            at = numbers.docs if isinstance(numbers, Sparse) else slice(None)
            weight[at] += self._weight(group, numbers, at)
        return Dense(self._as_steps(weight))

    def _steps_of_few(self, counts: Counts, size: int) -> Sparse | Dense:
        docs = reduce(
            np.union1d, (numbers.docs for _, numbers in counts if isinstance(numbers, Sparse))
        )
        weight = np.zeros(len(docs), dtype=np.float32)
        for group, numbers in counts:
            if isinstance(numbers, Sparse):
                weight[docs.searchsorted(numbers.docs)] += self._weight(
                    group, numbers, numbers.docs
                )
        return packed(Sparse(docs, self._as_steps(weight)), size)

    def _weight(self, group: str, counts: Sparse | Dense, at: NDArray[np.int32] | slice) -> _Sums:
        """Return what a word weighs by its occurrences in one group, with the digits of four bytes."""
        times: _Sums = counts.values.astype(np.float32)
        return self.ranking.weighted_by_norm(
            group, times, self.lengths.norms(self.ranking, group).rough[at]
        )

    def _as_steps(self, weight: _Sums) -> NDArray[np.uint8]:
        return self.ranking.saturated(weight, self.rare / self.step).astype(np.uint8) + np.uint8(1)


class Counted:
    """What one word is worth, which stands somewhere: it is kept how often it stands in each group of fields where it does."""

    def __init__(self, counts: Counts, weighing: Weighing, size: int) -> None:
        self._counts = counts
        self._weighing = weighing
        self._size = size

    @property
    def nbytes(self) -> int:
        """What it takes of memory, with the steps; the norms are those of all words."""
        counted = sum(counts.nbytes for _, counts in self._counts)
        return counted + min(self._size, counted)

    @cached_property
    def steps(self) -> Sparse | Dense:
        """How many steps it is worth at the most."""
        return self._weighing.steps(self._counts, self._size)

    @property
    def step(self) -> float:
        """What a step is worth."""
        return self._weighing.step

    @property
    def excess(self) -> float:
        """One step, and another for rounding."""
        return 2 * self.step

    def add_to(self, sums: _Sums, scratch: _Sums) -> None:
        """Add the most that it is worth to that of all reports."""
        if isinstance(self.steps, Sparse):
            np.add.at(
                sums, self.steps.docs.astype(np.intp), self.steps.values * np.float32(self.step)
            )
        else:
            np.multiply(self.steps.values, np.float32(self.step), out=scratch)
            sums += scratch

    def at(self, docs: IntArray) -> FloatArray:
        """Return what it is worth in some reports, exactly."""
        return self._weighing.worth(self._counts, docs)


def packed(numbers: Sparse, size: int) -> Sparse | Dense:
    """Return numbers as they are fastest to add: those of many reports as those of all."""
    return Dense(numbers.everywhere(size)) if _MANY * len(numbers.docs) > size else numbers


def sparse(docs: IntArray, values: NDArray[Any]) -> Sparse:
    """Return a number for each of some reports."""
    return Sparse(docs.astype(np.int32), values)


def smallest(counts: IntArray) -> NDArray[Any]:
    """Return numbers, none below 0, in the smallest type that holds them."""
    return counts.astype(np.min_scalar_type(int(counts.max(initial=0))), copy=False)


def nonzero(dense: FloatArray) -> Sparse:
    """Return the numbers that are not 0."""
    docs = (dense != 0).nonzero()[0]
    return sparse(docs, dense[docs])


def bound(worths: Sequence[Worth], size: int) -> Bounds:
    """Return what all `size` reports are worth at the most, several worths added up."""
    lost = (len(worths) + _ROUNDED) * float(np.finfo(np.float32).eps)
    if len(worths) == 1 and isinstance(worths[0], Counted) and isinstance(worths[0].steps, Dense):
        return Bounds(worths[0].steps.values, worths[0].step, worths[0].excess, lost)
    sums, scratch = np.zeros(size, dtype=np.float32), np.empty(size, dtype=np.float32)
    for worth in worths:
        worth.add_to(sums, scratch)
    return Bounds(sums, 1.0, sum(worth.excess for worth in worths), lost)
