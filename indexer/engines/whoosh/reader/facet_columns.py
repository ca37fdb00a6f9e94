"""A facet of all reports, and what is counted by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.bitsets import Bitmap, common, pack
from indexer.columnar.types import IntArray, Mask
from indexer.search.catalogue.facet_matching import value_keys

_FEW_VALUES = 64
"""Of a facet with so many values a bit is kept for each value and report."""


@dataclass(frozen=True)
class Facet:
    """A facet of `size` reports: report `docs[i]` has the value `values[codes[i] - 1]`, ascending by report; code 0 is none.

    Where no report has several values, `docs` is None, and `codes` has one code a report.
    """

    name: str
    values: Sequence[str]
    codes: NDArray[Any]
    docs: IntArray | None
    size: int

    def counts(self, among: Mask, docs: IntArray) -> dict[str, int]:
        """Return for each value how many of some reports have it; they are given as a mask and as numbers."""
        codes = self.codes[docs] if self.docs is None else self.codes[among[self.docs]]
        return self._named(np.bincount(codes, minlength=len(self.values) + 1)[1:])

    @property
    def has_bits(self) -> bool:
        """Whether its values are so few that reports are counted by bits."""
        return 0 < len(self.values) <= _FEW_VALUES

    def counts_by_bits(self, among: Bitmap) -> dict[str, int]:
        """Return for each value, of which there must be few, how many of some reports have it, given as bits."""
        return self._named(common(self._bits, among))

    @cached_property
    def _bits(self) -> NDArray[np.uint64]:
        """A row for each value: which reports have it."""
        return np.stack([pack(self.having([code])) for code in range(1, len(self.values) + 1)])

    def _named(self, numbers: IntArray) -> dict[str, int]:
        return dict(zip(self.values, numbers.tolist(), strict=True))

    def having(self, wanted: Sequence[int]) -> Mask:
        """Return which reports have one of the values with these codes."""
        is_wanted = np.zeros(len(self.values) + 1, dtype=np.bool_)
        is_wanted[list(wanted)] = True
        found: Mask = is_wanted[self.codes]
        if self.docs is None:
            return found
        mask = np.zeros(self.size, dtype=np.bool_)
        mask[self.docs[found]] = True
        return mask

    @cached_property
    def by_key(self) -> Mapping[str, Sequence[int]]:
        """The codes of the values by the names under which they are found."""
        by_key: dict[str, list[int]] = {}
        for code, value in enumerate(self.values, 1):
            for key in value_keys(self.name, value):
                by_key.setdefault(key, []).append(code)
        return by_key


def build_facet(
    name: str, values: Sequence[str], docs: IntArray, codes: IntArray, size: int
) -> Facet:
    """Return the facet of which report `docs[i]` has the value of `codes[i]`; the pairs may come in any order."""
    kind = np.min_scalar_type(len(values))
    single = np.zeros(size, dtype=kind)
    single[docs] = codes
    if np.count_nonzero(single) == len(docs):
        return Facet(name, values, single, None, size)
    order = np.argsort(docs, kind="stable")
    return Facet(name, values, codes[order].astype(kind), docs[order], size)
