"""Upper bounds on scores, quantised to one byte per report and word.

Of a single word only its frequencies are cached. Its exact scores are computed for the few reports
that need them; for all others one byte tells an upper bound, in steps of equal size. Of anything
else the exact scores are cached.

A query adds the bounds of its terms up, and only the reports whose bound reaches the top-k
threshold are scored exactly.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.top_k import indexes_of_top
from indexer.columnar.types import Array, ByteArray, FloatArray, IntArray, Mask
from indexer.engines.whoosh.query.sparse_values import DenseValues, SparseValues, compact
from indexer.engines.whoosh.reader.length_norms import FieldLengths
from indexer.search.ranking import Ranking

_MAX_STEPS = 254
"""The steps of the highest possible score. Bounds are rounded up, hence at most one more, which a
byte still holds.
"""
_ROUNDINGS = 16
"""How often a bound is rounded to 32-bit floats at most: norms, frequencies, score and step of a
term, and the sum.
"""
_Float32s: TypeAlias = NDArray[Any]


@dataclass(frozen=True, slots=True)
class ScoreBounds:
    """Upper bounds on all scores: `steps * step` is at least the exact score and exceeds it by at
    most `excess`.

    `rounding_error` is the relative error of the bounds themselves. A report without a match may
    have a step; one outside a mask (`within`) has none. Steps of one byte are whole.
    """

    steps: Array
    step: float
    excess: float
    rounding_error: float

    def within(self, mask: Mask) -> ScoreBounds:
        """Return the bounds where the mask is set, and 0 elsewhere."""
        return replace(self, steps=self.steps * mask)

    def top_k_threshold(self, count: int) -> float:
        """Return a score that at least `count` reports reach; 0 or less if the bounds do not tell
        one.
        """
        steps = float(self.steps[indexes_of_top(self.steps, count)].min())
        return steps * self.step * (1 - self.rounding_error) - self.excess if steps else 0.0

    def docs_reaching(self, score: float) -> IntArray:
        """Return the reports, ascending, whose bound reaches a score above 0."""
        least = score * (1 - self.rounding_error) / self.step
        kind = self.steps.dtype
        threshold = kind.type(math.ceil(least) if kind.kind == "u" else least)
        found: IntArray = (self.steps >= threshold).nonzero()[0]
        return found


class TermScores(Protocol):
    """The scores of one term, or of several together, in all reports; never below 0."""

    @property
    def nbytes(self) -> int:
        """The memory it takes."""
        ...

    @property
    def excess(self) -> float:
        """How much the upper bounds exceed the exact scores at most."""
        ...

    def add_to(self, sums: _Float32s, scratch: _Float32s) -> None:
        """Add the upper bounds of all reports to `sums`; `scratch` is as long, and may be written
        over.
        """
        ...

    def at(self, docs: IntArray) -> Array:
        """Return the exact scores of some reports."""
        ...


FreqsByGroup: TypeAlias = Sequence[tuple[str, SparseValues | DenseValues]]
"""The frequencies of one word in each group of fields that has it."""


@dataclass(frozen=True, slots=True)
class WordFormula:
    """Turns the frequencies of one word into its scores."""

    ranking: Ranking
    lengths: FieldLengths
    idf: float

    @property
    def step(self) -> float:
        """The score of one step, such that the maximum score of the word takes `_MAX_STEPS`."""
        return self.ranking.max_term_score(self.idf) / _MAX_STEPS

    def scores(self, freqs: FreqsByGroup, docs: IntArray) -> FloatArray:
        """Return the exact scores of some reports."""
        weighted = (self._weighted(group, values.at(docs), docs) for group, values in freqs)
        return self.ranking.term_score(reduce(np.add, weighted), self.idf)

    def _weighted(self, group: str, freqs: Array, docs: IntArray) -> FloatArray:
        norms = self.lengths.norms(self.ranking, group).exact[docs]
        return self.ranking.weighted_freq_by_norm(group, freqs.astype(np.float64), norms)

    def steps(self, freqs: FreqsByGroup, size: int) -> SparseValues | DenseValues:
        """Return the upper bounds of all `size` reports in steps."""
        if all(isinstance(values, SparseValues) for _, values in freqs):
            return self._sparse_steps(freqs, size)
        weighted = np.zeros(size, dtype=np.float32)
        for group, values in freqs:
            at = values.docs if isinstance(values, SparseValues) else slice(None)
            weighted[at] += self._rough_weighted(group, values, at)
        return DenseValues(self._quantised(weighted))

    def _sparse_steps(self, freqs: FreqsByGroup, size: int) -> SparseValues | DenseValues:
        docs = reduce(
            np.union1d, (values.docs for _, values in freqs if isinstance(values, SparseValues))
        )
        weighted = np.zeros(len(docs), dtype=np.float32)
        for group, values in freqs:
            if isinstance(values, SparseValues):
                at = docs.searchsorted(values.docs)
                weighted[at] += self._rough_weighted(group, values, values.docs)
        return compact(SparseValues(docs, self._quantised(weighted)), size)

    def _rough_weighted(
        self, group: str, freqs: SparseValues | DenseValues, at: NDArray[np.int32] | slice
    ) -> _Float32s:
        """Return the weighted frequencies in single precision."""
        values: _Float32s = freqs.values.astype(np.float32)
        norms = self.lengths.norms(self.ranking, group).single_precision[at]
        return self.ranking.weighted_freq_by_norm(group, values, norms)

    def _quantised(self, weighted: _Float32s) -> ByteArray:
        """Return the scores in steps, rounded down and plus one: a step too many covers every
        rounding error.
        """
        return self.ranking.term_score(weighted, self.idf / self.step).astype(np.uint8) + np.uint8(
            1
        )


class WordScores:
    """The scores of one word: its frequencies in each group of fields that has it, and the
    quantised bounds.
    """

    def __init__(self, freqs: FreqsByGroup, formula: WordFormula, size: int) -> None:
        self._freqs = freqs
        self._formula = formula
        self._size = size

    @property
    def nbytes(self) -> int:
        """The memory it takes with its bounds, computed or not; the norms belong to all words."""
        freqs = sum(values.nbytes for _, values in self._freqs)
        return freqs + min(self._size, freqs)

    @cached_property
    def steps(self) -> SparseValues | DenseValues:
        """The upper bounds in steps."""
        return self._formula.steps(self._freqs, self._size)

    @property
    def step(self) -> float:
        """The score of one step."""
        return self._formula.step

    @property
    def excess(self) -> float:
        """One step for rounding up, and one for the errors of single precision."""
        return 2 * self.step

    def add_to(self, sums: _Float32s, scratch: _Float32s) -> None:
        """Add the upper bounds of all reports."""
        step = np.float32(self.step)
        if isinstance(self.steps, SparseValues):
            np.add.at(sums, self.steps.docs.astype(np.intp), self.steps.values * step)
        else:
            np.multiply(self.steps.values, step, out=scratch)
            sums += scratch

    def at(self, docs: IntArray) -> FloatArray:
        """Return the exact scores of some reports."""
        return self._formula.scores(self._freqs, docs)


def sum_bounds(terms: Sequence[TermScores], size: int) -> ScoreBounds:
    """Return the upper bounds of the sum of several terms' scores in all `size` reports."""
    rounding_error = (len(terms) + _ROUNDINGS) * float(np.finfo(np.float32).eps)
    if len(terms) == 1:
        (term,) = terms
        if isinstance(term, WordScores) and isinstance(term.steps, DenseValues):
            return ScoreBounds(term.steps.values, term.step, term.excess, rounding_error)
    sums, scratch = np.zeros(size, dtype=np.float32), np.empty(size, dtype=np.float32)
    for term in terms:
        term.add_to(sums, scratch)
    return ScoreBounds(sums, 1.0, sum(term.excess for term in terms), rounding_error)
