"""How fast queries are answered: every query asked of ours and another in turns, and the answers compared.

Only two take turns at a time: a third that goes through much memory would slow down whoever comes after it.
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
from indexer.search.port import Found, ResultPage

_Given = TypeVar("_Given")

OURS = "ours"
_TIDIED = 1 << 16
"""To ask for so many bytes makes the C library put in order what was freed before. FTS5 frees so much in small pieces that whoever
is asked next would pay a millisecond for it."""


@dataclass(frozen=True, slots=True)
class Contest:
    """Who is asked in turns: ours, with what is done `before` outside the timing, and one `other`, by its name."""

    ours: Callable[[Question], Found | ResultPage]
    name: str
    other: Callable[[Question], Answer]
    before: Callable[[], None] = lambda: None


@dataclass(frozen=True, slots=True)
class Timing:
    """The seconds that one question took in each round, by engine, and what differed from our answers."""

    question: Question
    seconds: Mapping[str, list[float]]
    faults: list[str]


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of question, in milliseconds, at the 50th and 95th of a hundred questions; each counts with its median round.

    `first` is the 50th of ours in the first round, when a query is new to the engine. `beside`: ours in turns with another.
    """

    kind: str
    questions: int
    first: float
    times: Mapping[str, tuple[float, float]]
    beside: Mapping[str, tuple[float, float]]

    def ratios(self, other: str) -> tuple[float, float]:
        """Ours to another's: below 1 ours is faster."""
        ours, its = self.beside[other], self.times[other]
        return ours[0] / its[0], ours[1] / its[1]


def measure_latencies(
    contest: Contest, questions: Sequence[Question], rounds: int
) -> tuple[Timing, ...]:
    """Ask every question once a round, kind by kind; who is asked first changes with every question and every round.

    Of what an engine keeps for the next queries there is so as much as questions of one kind leave.
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
    """Return an answer and the seconds that it took."""
    bytes(_TIDIED)
    started = time.perf_counter()
    given = ask(question)
    return given, time.perf_counter() - started


def build_rows(timings: Sequence[Timing]) -> Iterator[Row]:
    """Yield a row a kind, in the order of the questions."""
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
    """Return the rows of two contests over the same questions as one; ours is as in the first of them."""
    return [
        replace(
            row,
            times={**row.times, **other.times, OURS: row.times[OURS]},
            beside={**row.beside, **other.beside},
        )
        for row, other in zip(rows, more, strict=True)
    ]


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """Return the 50th and 95th of a hundred, in milliseconds."""
    ordered = sorted(seconds)
    return median(ordered) * 1000, ordered[round(0.95 * (len(ordered) - 1))] * 1000
