"""How fast queries are answered: every query asked of both, in turns, and the answers compared."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.fts5.searcher import Answer, Searcher
from bench.questions import Question
from indexer.search.port import ResultPage, SearchEngine


@dataclass(frozen=True, slots=True)
class Timing:
    """The seconds that one question took in each round, of ours and of FTS5, and what differed between the answers."""

    question: Question
    ours: list[float] = field(default_factory=list)
    fts5: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of question, in milliseconds, at the 50th and 95th of a hundred questions; each counts with its median round.

    `first` is the 50th of ours in the first round, when a query is new to the engine.
    """

    kind: str
    questions: int
    first: float
    ours: tuple[float, float]
    fts5: tuple[float, float]

    @property
    def ratios(self) -> tuple[float, float]:
        """Ours to FTS5: below 1 ours is faster."""
        return self.ours[0] / self.fts5[0], self.ours[1] / self.fts5[1]


def measure_latencies(
    engine: SearchEngine, searcher: Searcher, questions: Sequence[Question], rounds: int
) -> tuple[Timing, ...]:
    """Ask every question once a round; who is asked first changes with every question and every round."""
    timings = tuple(Timing(question) for question in questions)
    for number in range(rounds):
        gc.collect()
        for at, timing in enumerate(timings):
            _ask(engine, searcher, timing, ours_first=(at + number) % 2 == 0)
    return timings


def build_rows(timings: Sequence[Timing]) -> Iterator[Row]:
    """Yield a row a kind, in the order of the questions."""
    for kind in dict.fromkeys(timing.question.kind for timing in timings):
        chosen = [timing for timing in timings if timing.question.kind == kind]
        first, _ = _percentiles([timing.ours[0] for timing in chosen])
        ours = _percentiles([median(timing.ours) for timing in chosen])
        yield Row(kind, len(chosen), first, ours, _percentiles([median(timing.fts5) for timing in chosen]))


def _ask(engine: SearchEngine, searcher: Searcher, timing: Timing, *, ours_first: bool) -> None:
    question = timing.question
    if ours_first:
        page = _ask_ours(engine, timing)
        answer = _ask_fts5(searcher, timing)
    else:
        answer = _ask_fts5(searcher, timing)
        page = _ask_ours(engine, timing)
    timing.faults.extend(find_faults(question, page, answer))


def _ask_ours(engine: SearchEngine, timing: Timing) -> ResultPage:
    started = time.perf_counter()
    page = engine.search(timing.question.query)
    timing.ours.append(time.perf_counter() - started)
    return page


def _ask_fts5(searcher: Searcher, timing: Timing) -> Answer:
    started = time.perf_counter()
    answer = searcher.search(timing.question.query, timing.question.table)
    timing.fts5.append(time.perf_counter() - started)
    return answer


def find_faults(question: Question, page: ResultPage, answer: Answer) -> Iterator[str]:
    """Yield what differs: the total, a facet, or, where the order is the same by contract, the reports of the page."""
    if page.total != answer.total:
        yield f"total {page.total}, FTS5 {answer.total}"
    for name, counts in answer.facets.items():
        if page.facets[name] != counts:
            yield f"facet {name} {page.facets[name]}, FTS5 {counts}"
    ids = tuple(hit.id for hit in page.hits)
    if question.ordered and ids != answer.ids:
        yield f"reports {ids}, FTS5 {answer.ids}"


def _percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """Return the 50th and 95th of a hundred, in milliseconds."""
    ordered = sorted(seconds)
    return median(ordered) * 1000, ordered[round(0.95 * (len(ordered) - 1))] * 1000
