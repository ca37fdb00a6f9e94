"""For which reports a condition holds, in Kleene's logic."""

from __future__ import annotations

import numpy as np

from indexer.columnar.bitsets import Bitmap, nowhere, pack
from indexer.columnar.types import IntArray, Mask
from indexer.engines.whoosh.query.term_matches import Holding


class Verdict:
    """For each report whether a condition surely holds, and whether it may; where it may but not surely, it is unknown.

    Without `possible` nothing is unknown. `holding` says which it is of what is kept.
    """

    __slots__ = ("_count", "_docs", "_possible", "_sure", "holding")

    def __init__(self, sure: Mask | Holding, possible: Mask | None = None) -> None:
        self.holding = sure if isinstance(sure, Holding) else None
        self._sure = None if isinstance(sure, Holding) else sure
        self._possible = possible
        self._count = None if self.holding is None else self.holding.count
        self._docs: IntArray | None = None

    def __and__(self, other: Verdict) -> Verdict:
        return self._combined(np.logical_and, other)

    def __or__(self, other: Verdict) -> Verdict:
        return self._combined(np.logical_or, other)

    def __invert__(self) -> Verdict:
        return Verdict(~self.possible, None if self.is_known else ~self.sure)

    def _combined(self, combine: np.ufunc, other: Verdict) -> Verdict:
        known = self.is_known and other.is_known
        return Verdict(
            combine(self.sure, other.sure),
            None if known else combine(self.possible, other.possible),
        )

    def within(self, mask: Mask) -> Verdict:
        """Return the verdict where the mask is set, and no elsewhere."""
        return self & Verdict(mask)

    @property
    def is_known(self) -> bool:
        """Whether nothing is unknown."""
        return self._possible is None

    @property
    def sure(self) -> Mask:
        """For which reports it surely holds."""
        if self._sure is None:
            assert self.holding is not None
            self._sure = self.holding.mask
        return self._sure

    @property
    def bits(self) -> Bitmap:
        """For which reports it surely holds, as bits."""
        return pack(self.sure) if self.holding is None else self.holding.bits

    @property
    def possible(self) -> Mask:
        """For which reports it may hold."""
        return self.sure if self._possible is None else self._possible

    @property
    def docs(self) -> IntArray:
        """The reports for which it surely holds, ascending."""
        if self._docs is None:
            self._docs = self.sure.nonzero()[0]
        return self._docs

    @property
    def count(self) -> int:
        """For how many reports it surely holds."""
        if self._count is None:
            self._count = int(np.count_nonzero(self.sure))
        return self._count

    def is_of_more_than(self, one_in: int) -> bool:
        """Say whether it surely holds for more than one in so many reports."""
        return one_in * self.count > self.size

    @property
    def size(self) -> int:
        """Of how many reports it tells."""
        return self.holding.size if self.holding else len(self.sure)

    def unknown(self) -> Verdict:
        """Return the verdict that surely holds where this one is unknown."""
        if self.is_known:
            return Verdict(Holding(nowhere(self.size), self.size, 0))
        return Verdict(self.possible & ~self.sure)
