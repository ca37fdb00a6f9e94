"""Query latencies: each query is asked of ours and one other engine in turns, and answers compared.

Only two engines take turns: a third that uses much memory would slow down whoever follows it.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median
from typing import TypeVar

from bench.answer import Answer, find_faults
from bench.questions import Question
from indexer.search.port import ResultIds, ResultPage

_Given = TypeVar("_Given")

OURS = "ours"
_TIDIED = 1 << 16
"""An allocation of this size makes the C library consolidate freed chunks. FTS5 frees so many small
ones that whoever is asked next would pay a millisecond for it."""


@dataclass(frozen=True, slots=True)
class Contest:
    """Two engines asked in turns: ours, with an untimed `before`, and one `other` by name."""

    ours: Callable[[Question], ResultIds | ResultPage]
    name: str
    other: Callable[[Question], Answer]
    before: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Timing:
    """The seconds of one query in each round, by engine, and the differences from our answers."""

    question: Question
    seconds: Mapping[str, list[float]]
    faults: list[str]


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of query, in milliseconds at the 50th and 95th percentile over median rounds.

    `first` is our 50th percentile in the first round, when no engine has cached the query; `beside`
    is ours in turns with another.
    """

    kind: str
    questions: int
    first: float
    times: Mapping[str, tuple[float, float]]
    beside: Mapping[str, tuple[float, float]]

    def ratios(self, other: str) -> tuple[float, float]:
        """Our time over another engine's; below 1 ours is faster."""
        ours, its = self.beside[other], self.times[other]
        return ours[0] / its[0], ours[1] / its[1]


def measure_latencies(
    contest: Contest, questions: Sequence[Question], rounds: int
) -> tuple[Timing, ...]:
    """Ask every query once a round, kind by kind, alternating who goes first.

    Caches therefore hold as much as queries of one kind leave.
    """
    names = [OURS, contest.name]
    timings = tuple(Timing(question, {name: [] for name in names}, []) for question in questions)
    for _, group in groupby(timings, lambda timing: timing.question.kind):
        kind = list(group)
        for number in range(rounds):
            gc.collect()
            for at, timing in enumerate(kind):
                first = (at + number) % len(names)
                _ask(contest, timing, names[first:] + names[:first])
    return timings


def _ask(contest: Contest, timing: Timing, turns: Sequence[str]) -> None:
    for name in turns:
        if name == OURS:
            contest.before()
            found, seconds = _timed(contest.ours, timing.question)
        else:
            answer, seconds = _timed(contest.other, timing.question)
        timing.seconds[name].append(seconds)
    faults = find_faults(found, answer, ordered=timing.question.ordered)
    timing.faults.extend(f"{contest.name}: {fault}" for fault in faults)


def _timed(ask: Callable[[Question], _Given], question: Question) -> tuple[_Given, float]:
    """Return an answer and the seconds it took."""
    bytes(_TIDIED)
    started = time.perf_counter()
    given = ask(question)
    return given, time.perf_counter() - started


def build_rows(timings: Sequence[Timing]) -> Iterator[Row]:
    """Yield a row a kind, in the order of the queries."""
    for kind in dict.fromkeys(timing.question.kind for timing in timings):
        chosen = [timing for timing in timings if timing.question.kind == kind]
        first, _ = percentiles([timing.seconds[OURS][0] for timing in chosen])
        times = {
            name: percentiles([median(timing.seconds[name]) for timing in chosen])
            for name in chosen[0].seconds
        }
        yield Row(
            kind, len(chosen), first, times, {name: times[OURS] for name in times if name != OURS}
        )


def join_rows(rows: Sequence[Row], more: Sequence[Row]) -> list[Row]:
    """Return the rows of two contests over the same queries as one; ours as in the first."""
    return [
        replace(
            row,
            times={**row.times, **other.times, OURS: row.times[OURS]},
            beside={**row.beside, **other.beside},
        )
        for row, other in zip(rows, more, strict=True)
    ]


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """Return the 50th and 95th percentile, in milliseconds."""
    ordered = sorted(seconds)
    return median(ordered) * 1000, ordered[round(0.95 * (len(ordered) - 1))] * 1000
