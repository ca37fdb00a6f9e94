"""What a term is worth in each report, as it is kept for the next queries; see `scores`.

Where few reports have a term, its worth is kept as it is. Where many have it, a byte a report is kept, of which the worth is
at most so many steps, and how often the term stands there, from which the worth is worked out exactly for the few reports of
which it is wanted exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.snapshot import Floats
from indexer.engines.whoosh_engine.texts import Mask, Numbers
from indexer.search.ranking import Ranking

MANY = 4
"""More than one in so many reports are many."""
_STEPS = 254
"""The greatest worth is so many steps; a bound is rounded up, and so at most one more, which is the most that a byte holds."""

_ROUNDED = 3
"""In a bound a term's worth and step, and the sum itself, are each rounded once to the digits of four bytes."""
_Sums = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Bounds:
    """For each report so many steps as it is worth at the most; `lost` is the share that rounding may have taken off."""

    steps: NDArray[Any]
    step: float
    lost: float

    def within(self, mask: Mask) -> Bounds:
        """Return the bounds where the mask is set, and 0 elsewhere."""
        return Bounds(self.steps * mask, self.step, self.lost)

    def reaching(self, worth: float) -> Numbers:
        """Return the reports, ascending, that may be worth so much."""
        found: Numbers = (self.steps >= self.steps.dtype.type(worth * (1 - self.lost) / self.step)).nonzero()[0]
        return found


class Worth(Protocol):
    """What something is worth in each report, never below 0."""

    @property
    def nbytes(self) -> int:
        """What it takes of memory."""
        ...

    def add_to(self, sums: _Sums, scratch: _Sums) -> None:
        """Add the most that it is worth to that of all reports; `scratch` is as long, and may be written over."""
        ...

    def at(self, docs: Numbers) -> NDArray[Any]:
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

    def add_to(self, sums: _Sums, scratch: _Sums) -> None:
        """Add the numbers to those of all reports."""
        np.add.at(sums, self.docs.astype(np.intp), self.values.astype(np.float32))

    def at(self, docs: Numbers) -> NDArray[Any]:
        """Return the numbers of some reports."""
        if not len(self.docs):
            return np.zeros(len(docs), dtype=self.values.dtype)
        sought = docs.astype(np.int32)
        at = np.minimum(np.searchsorted(self.docs, sought), len(self.docs) - 1)
        found: NDArray[Any] = self.values[at] * (self.docs[at] == sought)
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

    def add_to(self, sums: _Sums, scratch: _Sums) -> None:
        """Add the numbers to those of all reports."""
        sums += self.values

    def at(self, docs: Numbers) -> NDArray[Any]:
        """Return the numbers of some reports."""
        return self.values[docs]


@dataclass(frozen=True, slots=True)
class Weighing:
    """How the worth of one word comes from how often it stands in each group of fields; `norms` as `Snapshot.norms` gives them."""

    ranking: Ranking
    norms: Mapping[str, Floats]
    rare: float

    def worth(self, counts: Sequence[tuple[str, NDArray[Any]]], docs: Numbers) -> Floats:
        """Return what the word is worth in some reports, in which it stands so often, group by group in the order of ranking."""
        weight = np.zeros(len(docs))
        for group, numbers in counts:
            weight += self.ranking.weighted_by_norm(group, numbers.astype(np.float64), self.norms[group][docs])
        return self.ranking.saturated(weight, self.rare)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a word is worth that stands in many reports: at most `steps` times `step`."""

    steps: NDArray[np.uint8]
    step: np.float32
    counts: Sequence[tuple[str, Sparse | Dense]]
    weighing: Weighing

    @property
    def nbytes(self) -> int:
        """What it takes of memory; the norms are those of all words."""
        return self.steps.nbytes + sum(counts.nbytes for _, counts in self.counts)

    def add_to(self, sums: _Sums, scratch: _Sums) -> None:
        """Add the most that it is worth to that of all reports."""
        np.multiply(self.steps, self.step, out=scratch)
        sums += scratch

    def at(self, docs: Numbers) -> Floats:
        """Return what it is worth in some reports, exactly."""
        return self.weighing.worth([(group, counts.at(docs)) for group, counts in self.counts], docs)


def packed(numbers: Sparse, size: int) -> Sparse | Dense:
    """Return numbers as they are fastest to add: those of many reports as those of all."""
    return Dense(numbers.everywhere(size)) if MANY * len(numbers.docs) > size else numbers


def sparse(docs: Numbers, values: NDArray[Any]) -> Sparse:
    """Return a number for each of some reports."""
    return Sparse(docs.astype(np.int32), values)


def nonzero(dense: Floats) -> Sparse:
    """Return the numbers that are not 0."""
    docs = np.flatnonzero(dense)
    return sparse(docs, dense[docs])


def counted(worth: Sparse, counts: Sequence[tuple[str, Sparse]], weighing: Weighing) -> Counted:
    """Return the worth of a word of which it is known how often it stands in each report, group by group."""
    size = len(next(iter(weighing.norms.values())))
    step = float(worth.values.max()) / _STEPS
    steps = Sparse(worth.docs, (worth.values * (1 / step)).astype(np.uint8) + np.uint8(1)).everywhere(size)
    return Counted(steps, np.float32(step), [(group, packed(numbers, size)) for group, numbers in counts], weighing)


def bound(worths: Sequence[Worth], size: int) -> Bounds:
    """Return what all `size` reports are worth at the most, several worths added up."""
    lost = (len(worths) + _ROUNDED) * float(np.finfo(np.float32).eps)
    if len(worths) == 1 and isinstance(worths[0], Counted):
        return Bounds(worths[0].steps, float(worths[0].step), lost)
    sums, scratch = np.zeros(size, dtype=np.float32), np.empty(size, dtype=np.float32)
    for worth in worths:
        worth.add_to(sums, scratch)
    return Bounds(sums, 1.0, lost)
