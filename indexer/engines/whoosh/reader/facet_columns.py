"""The values of a facet in all reports as an array of codes, and counts by value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.bitsets import Bitset, intersection_counts, pack_mask
from indexer.columnar.types import Array, IntArray, Mask
from indexer.search.catalogue.facet_matching import value_keys

_MAX_BITSETS = 64
"""Facets with no more values than this keep a bitset for each value."""


@dataclass(frozen=True)
class FacetColumn:
    """A facet of `size` reports: report `docs[i]` has the value `values[codes[i] - 1]`, ascending;
    code 0 is no value.

    Where no report has several values, `docs` is None, and `codes` has one code per report.
    """

    name: str
    values: Sequence[str]
    codes: Array
    docs: IntArray | None
    size: int

    def counts(self, among: Mask, docs: IntArray) -> dict[str, int]:
        """Count some reports, given both as a mask and as numbers, by value."""
        codes = self.codes[docs] if self.docs is None else self.codes[among[self.docs]]
        return self._by_value(np.bincount(codes, minlength=len(self.values) + 1)[1:])

    @property
    def has_bitsets(self) -> bool:
        """Whether its values are few enough to count with bitsets."""
        return 0 < len(self.values) <= _MAX_BITSETS

    def intersection_counts(self, among: Bitset) -> dict[str, int]:
        """Count some reports by value with bitsets."""
        return self._by_value(intersection_counts(self._bitsets, among))

    @cached_property
    def _bitsets(self) -> NDArray[np.uint64]:
        """The bitset of each value, one per row."""
        codes = range(1, len(self.values) + 1)
        return np.stack([pack_mask(self.with_codes([code])) for code in codes])

    def _by_value(self, counts: IntArray) -> dict[str, int]:
        return dict(zip(self.values, counts.tolist(), strict=True))

    def with_codes(self, wanted: Sequence[int]) -> Mask:
        """Return the reports that have one of the values with these codes."""
        is_wanted = np.zeros(len(self.values) + 1, dtype=np.bool_)
        is_wanted[list(wanted)] = True
        found: Mask = is_wanted[self.codes]
        if self.docs is None:
            return found
        mask = np.zeros(self.size, dtype=np.bool_)
        mask[self.docs[found]] = True
        return mask

    @cached_property
    def codes_by_key(self) -> Mapping[str, Sequence[int]]:
        """The codes of the values by the names under which a filter finds them."""
        by_key: dict[str, list[int]] = {}
        for code, value in enumerate(self.values, 1):
            for key in value_keys(self.name, value):
                by_key.setdefault(key, []).append(code)
        return by_key


def build_facet(
    name: str, values: Sequence[str], docs: IntArray, codes: IntArray, size: int
) -> FacetColumn:
    """Return the facet in which report `docs[i]` has the value of `codes[i]`, in any order."""
    kind = np.min_scalar_type(len(values))
    single = np.zeros(size, dtype=kind)
    single[docs] = codes
    if np.count_nonzero(single) == len(docs):  # no report has two values
        return FacetColumn(name, values, single, None, size)
    order = np.argsort(docs, kind="stable")
    return FacetColumn(name, values, codes[order].astype(kind), docs[order], size)
