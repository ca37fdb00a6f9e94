"""The three query tables: ids (cached and cold), a page of 20 hits, and the best hit alone."""

from __future__ import annotations

import gc
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from bench.bars import FTS5, TANTIVY
from bench.fts5.searcher import Searcher
from bench.fts5.writer import open_database
from bench.latencies import OURS, Contest, Row, Timing, build_rows, join_rows, measure_latencies
from bench.questions import Question, draw_questions
from bench.tantivy_.searcher import open_searcher
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.search.query import Query

IDS, PAGE, BEST = "ids of the first 10", "a page of 20 hits", "the best hit alone"
COLUMN = "by column"
"""tantivy with figure ranges read from the column, its default, which is slower here than terms."""
_MOST_READ = 50
"""Queries of a kind for which stored reports are read as well; more would not change the result."""
_QUERY_SECONDS = 60.0
"""The engine's time limit, out of the way so that a slow answer is measured and not cut off."""


@dataclass(slots=True)
class Contests:
    """The rows of each table, of ids also `cold` and `by_column`, the differences found, and the
    milliseconds to open the index.
    """

    tables: dict[str, list[Row]] = field(default_factory=dict)
    cold: list[Row] = field(default_factory=list)
    by_column: list[Row] = field(default_factory=list)
    asked: int = 0
    faults: list[tuple[Question, str]] = field(default_factory=list)
    opened_ms: float = 0.0
    questions: list[Question] = field(default_factory=list)

    def note(self, timings: Sequence[Timing]) -> list[Row]:
        """Record the differences of a contest and return its rows."""
        self.asked += len(timings)
        self.faults += [(timing.question, timing.faults[0]) for timing in timings if timing.faults]
        return list(build_rows(timings))


@dataclass(frozen=True, slots=True)
class Asking:
    """How many queries of each kind to draw, with which seed, and how often to ask each."""

    queries: int
    rounds: int
    seed: int


def run_contests(paths: Mapping[str, Path], asking: Asking) -> Contests:
    """Ask the engines at these paths all queries."""
    done = Contests()
    with ExitStack() as stack:
        fts5 = Searcher(stack.enter_context(closing(open_database(paths[FTS5] / "fts5.db"))))
        questions = done.questions = draw_questions(fts5, asking.seed, asking.queries)
        engine, done.opened_ms = _open_ours(paths[OURS])
        stack.enter_context(closing(engine))
        contests = _Asked(engine, fts5, paths[TANTIVY], asking.rounds)
        contests.ask_ids(questions, done)
        for title, size in ((PAGE, 20), (BEST, 1)):
            done.tables[title] = contests.ask_pages(_few(questions), size, done)
    return done


@dataclass(frozen=True, slots=True)
class _Asked:
    engine: WhooshEngine
    fts5: Searcher
    tantivy: Path
    rounds: int

    def ask_ids(self, questions: Sequence[Question], done: Contests) -> None:
        asked = [question.with_size(10) for question in questions]
        ranges = [question for question in asked if question.query.figures]
        engine, fts5 = self.engine, self.fts5
        tantivy, by_column = (
            open_searcher(self.tantivy),
            open_searcher(self.tantivy, inverted=False),
        )
        to_tantivy = Contest(
            lambda question: engine.find(question.query),
            TANTIVY,
            lambda question: tantivy.find(question.query, question.table),
        )
        to_fts5 = replace(
            to_tantivy, name=FTS5, other=lambda question: fts5.find(question.query, question.table)
        )
        to_column = replace(
            to_tantivy,
            name=COLUMN,
            other=lambda question: by_column.find(question.query, question.table),
        )
        done.tables[IDS] = self._both(to_tantivy, to_fts5, asked, done)
        done.by_column = done.note(measure_latencies(to_column, ranges, self.rounds))
        done.cold = done.note(
            measure_latencies(replace(to_tantivy, before=engine.forget), asked, self.rounds)
        )

    def ask_pages(self, questions: Sequence[Question], size: int, done: Contests) -> list[Row]:
        asked = [question.with_size(size) for question in questions]
        engine, fts5, tantivy = self.engine, self.fts5, open_searcher(self.tantivy)
        to_tantivy = Contest(
            lambda question: engine.search(question.query),
            TANTIVY,
            lambda question: tantivy.search(question.query, question.table),
        )
        to_fts5 = replace(
            to_tantivy,
            name=FTS5,
            other=lambda question: fts5.search(question.query, question.table),
        )
        return self._both(to_tantivy, to_fts5, asked, done)

    def _both(
        self, one: Contest, two: Contest, asked: Sequence[Question], done: Contests
    ) -> list[Row]:
        """Return the rows of both contests as one, each begun with cold caches."""
        rows = []
        for contest in (one, two):
            self.engine.clear_caches()
            rows.append(done.note(measure_latencies(contest, asked, self.rounds)))
        return join_rows(*rows)


def _few(questions: Sequence[Question]) -> list[Question]:
    kinds = groupby(questions, lambda question: question.kind)
    return [question for _, group in kinds for question in list(group)[:_MOST_READ]]


def _open_ours(folder: Path) -> tuple[WhooshEngine, float]:
    """Open the index as a server does; return the milliseconds until the first answer.

    Freezes what the benchmark itself holds (the division tables above all), so that the garbage
    collector does not scan it while queries are timed.
    """
    gc.collect()
    gc.freeze()
    started = time.perf_counter()
    engine = WhooshEngine(folder, _QUERY_SECONDS)
    engine.search(Query(size=1))
    return engine, (time.perf_counter() - started) * 1000
