"""The ratios the project aims at: for each kind of query, our time over another engine's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bench.latencies import Row

TANTIVY, FTS5 = "tantivy", "FTS5"

_WARM: Mapping[str, tuple[Fraction, Fraction]] = {
    "one common word": (Fraction(1, 2), Fraction(1, 200)),
    "one rare word": (Fraction(3, 2), Fraction(1)),
    "two or three words, all": (Fraction(13, 10), Fraction(1, 20)),
    "two or three words, any": (Fraction(3, 2), Fraction(1, 50)),
    "phrase": (Fraction(2), Fraction(1, 5)),
    "figure": (Fraction(1, 2), Fraction(1)),
    "figure and word": (Fraction(1, 2), Fraction(1, 80)),
    "word, three facets": (Fraction(1), Fraction(1, 150)),
    "word, sorted by figure": (Fraction(4, 5), Fraction(1, 50)),
}
"""By kind: our median time over tantivy's and over FTS5's, with warm caches."""
_TAIL = Fraction(5, 2)
"""Our 95th percentile over tantivy's."""
_COLD = Fraction(4)
"""Our median time with cold caches over tantivy's."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A measured ratio or cost and the highest value allowed."""

    kind: str
    what: str
    measured: float
    bar: Fraction

    @property
    def met(self) -> bool:
        """Whether the measured value is within the bar."""
        return self.measured <= self.bar


def judge(warm: Row, cold: Row) -> Iterator[Verdict]:
    """Yield the verdicts on a kind; none where no bar is set."""
    if warm.kind not in _WARM:
        return
    to_tantivy, to_fts5 = _WARM[warm.kind]
    yield Verdict(warm.kind, "p50 to tantivy", warm.ratios(TANTIVY)[0], to_tantivy)
    yield Verdict(warm.kind, "p50 to FTS5", warm.ratios(FTS5)[0], to_fts5)
    yield Verdict(warm.kind, "p95 to tantivy", warm.ratios(TANTIVY)[1], _TAIL)
    yield Verdict(warm.kind, "cold p50 to tantivy", cold.ratios(TANTIVY)[0], _COLD)
