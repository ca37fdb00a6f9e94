"""Three-valued conditions over all reports at once: true, false or unknown (Kleene's logic)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.columnar.bitsets import Bitset, empty_bitset, pack_mask, unpack_mask
from indexer.columnar.types import IntArray, Mask


@dataclass(frozen=True, slots=True)
class DocSet:
    """A set of reports as a bitset over `size` reports, and its `count`."""

    bits: Bitset
    size: int
    count: int

    @classmethod
    def of(cls, mask: Mask) -> DocSet:
        """Return the doc set of a mask."""
        return cls(pack_mask(mask), len(mask), int(np.count_nonzero(mask)))

    @property
    def mask(self) -> Mask:
        """The set as a mask, an array of the caller's own."""
        return unpack_mask(self.bits, self.size)

    @property
    def nbytes(self) -> int:
        """The memory it takes."""
        return self.bits.nbytes


class TruthMask:
    """For each report whether a condition is true, and whether it is possible: true or unknown.

    Without `possible` nothing is unknown. `doc_set` is the cached set of which this is the mask, if
    it is one.
    """

    __slots__ = ("_count", "_docs", "_possible", "_true", "doc_set")

    def __init__(self, true: Mask | DocSet, possible: Mask | None = None) -> None:
        self.doc_set = true if isinstance(true, DocSet) else None
        self._true = None if isinstance(true, DocSet) else true
        self._possible = possible
        self._count = None if self.doc_set is None else self.doc_set.count
        self._docs: IntArray | None = None

    def __and__(self, other: TruthMask) -> TruthMask:
        return self._combined(np.logical_and, other)

    def __or__(self, other: TruthMask) -> TruthMask:
        return self._combined(np.logical_or, other)

    def __invert__(self) -> TruthMask:
        # What is not possible is surely false, hence its negation true; unknown stays unknown.
        return TruthMask(~self.possible, None if self.is_known else ~self.true)

    def _combined(self, combine: np.ufunc, other: TruthMask) -> TruthMask:
        true = combine(self.true, other.true)
        if self.is_known and other.is_known:
            return TruthMask(true)
        return TruthMask(true, combine(self.possible, other.possible))

    def within(self, mask: Mask) -> TruthMask:
        """Return the condition where the mask is set, and false elsewhere."""
        return self & TruthMask(mask)

    @property
    def is_known(self) -> bool:
        """Whether nothing is unknown."""
        return self._possible is None

    @property
    def true(self) -> Mask:
        """The reports for which it is true."""
        if self._true is None:
            assert self.doc_set is not None
            self._true = self.doc_set.mask
        return self._true

    @property
    def bits(self) -> Bitset:
        """The reports for which it is true, as a bitset."""
        return pack_mask(self.true) if self.doc_set is None else self.doc_set.bits

    @property
    def possible(self) -> Mask:
        """The reports for which it is true or unknown."""
        return self.true if self._possible is None else self._possible

    @property
    def docs(self) -> IntArray:
        """The reports for which it is true, ascending."""
        if self._docs is None:
            self._docs = self.true.nonzero()[0]
        return self._docs

    @property
    def count(self) -> int:
        """The number of reports for which it is true."""
        if self._count is None:
            self._count = int(np.count_nonzero(self.true))
        return self._count

    def is_denser_than(self, one_in: int) -> bool:
        """Say whether it is true for more than one in so many reports."""
        return one_in * self.count > self.size

    @property
    def size(self) -> int:
        """The number of all reports."""
        return self.doc_set.size if self.doc_set else len(self.true)

    def unknown(self) -> TruthMask:
        """Return the condition that is true where this one is unknown."""
        if self.is_known:
            return TruthMask(DocSet(empty_bitset(self.size), self.size, 0))
        return TruthMask(self.possible & ~self.true)
