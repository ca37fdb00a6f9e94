"""One number per report, stored sparsely or densely, whichever is faster to add."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.types import Array, FloatArray, IntArray

DENSE_ONE_IN = 4
"""Numbers of more than one in so many reports are stored densely (measured)."""


@dataclass(frozen=True, slots=True)
class SparseValues:
    """A number for each of some ascending reports, and 0 for all others."""

    docs: NDArray[np.int32]
    values: Array

    @property
    def nbytes(self) -> int:
        """The memory it takes."""
        return self.docs.nbytes + self.values.nbytes

    @property
    def excess(self) -> float:
        """The numbers are their own exact upper bounds."""
        return 0.0

    def add_to(self, sums: Array, scratch: Array) -> None:
        """Add the numbers to an array with one item per report."""
        np.add.at(sums, self.docs.astype(np.intp), self.values.astype(np.float32))

    def at(self, docs: IntArray) -> Array:
        """Return the numbers of some reports."""
        if not len(self.docs):
            return np.zeros(len(docs), dtype=self.values.dtype)
        wanted = docs.astype(np.int32)
        at = self.docs.searchsorted(wanted)
        is_there = self.docs.take(at, mode="clip") == wanted
        found: Array = self.values.take(at, mode="clip") * is_there
        return found

    def dense(self, size: int) -> Array:
        """Return the numbers of all `size` reports."""
        dense = np.zeros(size, dtype=self.values.dtype)
        dense[self.docs] = self.values
        return dense


@dataclass(frozen=True, slots=True)
class DenseValues:
    """A number for every report."""

    values: Array

    @property
    def nbytes(self) -> int:
        """The memory it takes."""
        return self.values.nbytes

    @property
    def excess(self) -> float:
        """The numbers are their own exact upper bounds."""
        return 0.0

    def add_to(self, sums: Array, scratch: Array) -> None:
        """Add the numbers to an array with one item per report."""
        sums += self.values

    def at(self, docs: IntArray) -> Array:
        """Return the numbers of some reports."""
        return self.values[docs]


def sparse(docs: IntArray, values: Array) -> SparseValues:
    """Return numbers of some ascending reports."""
    return SparseValues(docs.astype(np.int32), values)


def nonzero(dense: FloatArray) -> SparseValues:
    """Return the numbers that are not 0."""
    docs = (dense != 0).nonzero()[0]
    return sparse(docs, dense[docs])


def compact(values: SparseValues, size: int) -> SparseValues | DenseValues:
    """Return the numbers of `size` reports in the form that is faster to add."""
    is_dense = DENSE_ONE_IN * len(values.docs) > size
    return DenseValues(values.dense(size)) if is_dense else values


def smallest(freqs: IntArray) -> Array:
    """Return non-negative integers in the smallest type that holds them."""
    return freqs.astype(np.min_scalar_type(int(freqs.max(initial=0))), copy=False)
