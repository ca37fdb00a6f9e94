"""What our speed is measured against: for each kind of query the most that ours may take, in times of what the others take."""

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
"""By kind: ours to tantivy's and to FTS5's at the 50th of a hundred, with what earlier queries left in memory."""
_TAIL = Fraction(5, 2)
"""Ours to tantivy's at the 95th of a hundred."""
_COLD = Fraction(4)
"""Ours, with nothing left in memory by earlier queries, to tantivy's at the 50th of a hundred."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Something measured and the most that it may be."""

    kind: str
    what: str
    measured: float
    bar: Fraction

    @property
    def met(self) -> bool:
        """Whether it is no more than that."""
        return self.measured <= self.bar


def judge(warm: Row, cold: Row) -> Iterator[Verdict]:
    """Yield the verdicts on a kind, none where it has no bars."""
    if warm.kind not in _WARM:
        return
    to_tantivy, to_fts5 = _WARM[warm.kind]
    yield Verdict(warm.kind, "p50 to tantivy", warm.ratios(TANTIVY)[0], to_tantivy)
    yield Verdict(warm.kind, "p50 to FTS5", warm.ratios(FTS5)[0], to_fts5)
    yield Verdict(warm.kind, "p95 to tantivy", warm.ratios(TANTIVY)[1], _TAIL)
    yield Verdict(warm.kind, "cold p50 to tantivy", cold.ratios(TANTIVY)[0], _COLD)
