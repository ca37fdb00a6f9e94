"""A facet of all reports, and what is counted by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.texts import Mask, Numbers
from indexer.search.facets import keys_of

_CELLS = 4096
"""So many combinations of values are counted at once at the most."""


@dataclass(frozen=True)
class Facet:
    """A facet: report `docs[i]` has the value `values[codes[i] - 1]`, ascending by report; code 0 is none.

    Where no report has several values, `docs` is None, and `codes` has one code a report.
    """

    name: str
    values: Sequence[str]
    codes: NDArray[Any]
    docs: Numbers | None

    @property
    def nbytes(self) -> int:
        """What it takes of memory, the values as estimated."""
        return int(self.codes.nbytes) + (0 if self.docs is None else self.docs.nbytes) + 100 * len(self.values)

    def counts(self, among: Mask, docs: Numbers) -> dict[str, int]:
        """Return for each value how many of some reports have it; they are given as a mask and as numbers."""
        codes = self.codes[docs] if self.docs is None else self.codes[among[self.docs]]
        return self.named(np.bincount(codes, minlength=len(self.values) + 1))

    def named(self, numbers: Numbers) -> dict[str, int]:
        """Return for each value the number of its code."""
        return dict(zip(self.values, numbers[1:].tolist(), strict=True))

    def having(self, wanted: Sequence[int], size: int) -> Mask:
        """Return which of all `size` reports have one of the values with these codes."""
        is_wanted = np.zeros(len(self.values) + 1, dtype=np.bool_)
        is_wanted[list(wanted)] = True
        found: Mask = is_wanted[self.codes]
        if self.docs is None:
            return found
        mask = np.zeros(size, dtype=np.bool_)
        mask[self.docs[found]] = True
        return mask

    @cached_property
    def by_key(self) -> Mapping[str, Sequence[int]]:
        """The codes of the values by the names under which they are found."""
        by_key: dict[str, list[int]] = {}
        for code, value in enumerate(self.values, 1):
            for key in keys_of(self.name, value):
                by_key.setdefault(key, []).append(code)
        return by_key


def build_facet(name: str, values: Sequence[str], docs: Numbers, codes: Numbers, size: int) -> Facet:
    """Return the facet of which report `docs[i]` has the value of `codes[i]`; the pairs may come in any order."""
    kind = np.min_scalar_type(len(values))
    single = np.zeros(size, dtype=kind)
    single[docs] = codes
    if np.count_nonzero(single) == len(docs):
        return Facet(name, values, single, None)
    order = np.argsort(docs, kind="stable")
    return Facet(name, values, codes[order].astype(kind), docs[order])


class Joint:
    """Several facets that have one value a report, counted together: each report has one code for all of its values."""

    def __init__(self, facets: Sequence[Facet]) -> None:
        self._facets = facets
        self._shape = tuple(len(facet.values) + 1 for facet in facets)
        self._codes = np.zeros(len(facets[0].codes), dtype=np.min_scalar_type(prod(self._shape)))
        for facet in facets:
            self._codes = self._codes * self._codes.dtype.type(len(facet.values) + 1) + facet.codes.astype(
                self._codes.dtype
            )

    @property
    def nbytes(self) -> int:
        """What it takes of memory."""
        return int(self._codes.nbytes)

    def counts(self, docs: Numbers) -> dict[str, dict[str, int]]:
        """Return for each facet and each of its values how many of some reports have it."""
        codes = self._codes if len(docs) == len(self._codes) else self._codes[docs]
        numbers = np.bincount(codes, minlength=prod(self._shape)).reshape(self._shape)
        axes = range(len(self._shape))
        return {
            facet.name: facet.named(numbers.sum(axis=tuple(other for other in axes if other != axis)))
            for axis, facet in enumerate(self._facets)
        }


def together(facets: Sequence[Facet]) -> list[tuple[str, ...]]:
    """Return the names of facets in groups that are counted together."""
    groups: list[tuple[str, ...]] = []
    cells = _CELLS + 1
    for facet in facets:
        cells *= len(facet.values) + 1
        if facet.docs is None and cells <= _CELLS:
            groups[-1] = (*groups[-1], facet.name)
        else:
            groups.append((facet.name,))
            cells = len(facet.values) + 1 if facet.docs is None else _CELLS + 1
    return groups
