"""The Whoosh engine: an index on disk that any number of processes read and one writes."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import numpy as np

from indexer.engines.whoosh.damaged_index import guarded_index, io_error
from indexer.engines.whoosh.generations import Generation, IndexFolder
from indexer.engines.whoosh.query.execution import Answer
from indexer.engines.whoosh.query.term_matches import Matches
from indexer.engines.whoosh.reader.segment import OpenFiles
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.transaction import IndexDraft, open_draft
from indexer.errors import EngineError, IndexMissing, ReportNotFound
from indexer.records import Report
from indexer.search.catalogue.facet_matching import order_counts
from indexer.search.catalogue.facets import INCOMPLETE
from indexer.search.catalogue.place_names import UNKNOWN
from indexer.search.documents import TEXT_FIELDS
from indexer.search.port import (
    Count,
    Explanation,
    FacetCount,
    Found,
    NameKind,
    ResultPage,
    Stats,
    Suggestion,
)
from indexer.search.query import Query
from indexer.search.query_validation import validate_query
from indexer.search.ranking import RANKING, Ranking
from indexer.search.suggest.suggester import Suggester
from indexer.search.terms import Term
from indexer.text.folding import fold, fold_digits

_TRIES = 3


def _now() -> datetime:
    return datetime.now().astimezone()


class WhooshEngine:
    """A search engine over an index folder, which need not exist until the first change.

    Whoosh keeps postings and columns; queries are evaluated on them as arrays, for its own searcher is slow in Python
    and gives wrong answers when threads share it. Every call sees the generation that is live when it begins.
    """

    def __init__(
        self,
        folder: Path,
        query_seconds: float = 5.0,
        clock: Callable[[], datetime] = _now,
        ranking: Ranking = RANKING,
    ) -> None:
        self._folder = IndexFolder(folder)
        self._query_seconds = query_seconds
        self._clock = clock
        self._ranking = ranking
        self._lock = threading.Lock()
        self._files = OpenFiles()
        self._snapshot: Snapshot | None = None
        self._mark: tuple[int, int, int] | None = None
        self._naming = threading.Lock()
        self._names: tuple[weakref.ref[Snapshot], Suggester] | None = None

    # ── changing ──

    @contextmanager
    def change(self, *, fresh: bool = False) -> Iterator[IndexDraft]:
        """Return a transaction on a new generation, which goes live when the block ends without an error."""
        try:
            with self._folder.writing(), self._generation(None if fresh else self._base()) as draft:
                yield draft
        except OSError as error:
            raise io_error(self._folder.path, error) from error

    @contextmanager
    def _generation(self, base: Generation | None) -> Iterator[IndexDraft]:
        """Write a new generation that starts from `base`; publish it, or on any error or interrupt discard it."""
        new = self._folder.begin(base)
        try:
            with open_draft(new.path, base.path if base else None, self._files) as draft:
                yield draft
            ledger = base.ledger() if base and draft.ledger is None else draft.ledger
            updated = self._clock().isoformat(timespec="seconds")
            self._folder.publish(new, base, updated, ledger)
        except BaseException:
            self._folder.discard(new)
            raise

    def _base(self) -> Generation | None:
        """Return the generation to go on from; IndexOutdated if another version of the program wrote it."""
        try:
            with guarded_index(self._folder.path):
                live = self._folder.live()
                live.check()
        except IndexMissing:
            return None
        return live

    # ── asking ──

    def ledger(self) -> bytes | None:
        """Return what the last change noted."""
        with guarded_index(self._folder.path):
            live = self._folder.live()
            live.check()
            return live.ledger()

    def search(self, query: Query) -> ResultPage:
        """Answer a query. QueryError if it takes longer than its limit."""
        validate_query(query)
        return self._answer(query, self._live()).page()

    def find(self, query: Query) -> Found:
        """Return the ids of the page that is asked for and the facets. QueryError if it takes longer than its limit."""
        validate_query(query)
        return self._answer(query, self._live()).found()

    def count(self, query: Query) -> Count:
        """Count what a query finds. QueryError if it takes longer than its limit."""
        validate_query(query)
        return self._answer(query, self._live()).count()

    def frequency(self, text: str) -> int:
        """Return in how many reports every two neighbouring characters of a text stand so."""
        snapshot, folded = self._live(), fold_digits(fold(text))
        pairs = {folded[at : at + 2] for at in range(max(len(folded) - 1, 1))} if folded else set()
        if not pairs or any(map(snapshot.cannot_stand, pairs)):
            return 0
        found = Matches(snapshot, lambda: None)
        having = [found.literal(Term("phrase", pair, ()), TEXT_FIELDS).mask for pair in pairs]
        return int(np.logical_and.reduce(having).sum())

    def get(self, report_id: str) -> Report:
        """Return a report; ReportNotFound without one."""
        snapshot = self._live()
        number = snapshot.number(report_id)
        if number is None:
            raise ReportNotFound(report_id)
        return snapshot.report(number)

    def explain(self, query: Query, report_id: str) -> Explanation:
        """Take a report's score apart. QueryError if that takes longer than a query may."""
        validate_query(query)
        snapshot = self._live()
        number = snapshot.number(report_id)
        if number is None:
            raise ReportNotFound(report_id)
        return self._answer(query, snapshot).explanation(number)

    def suggest(
        self, text: str, limit: int = 8, kind: NameKind | None = None
    ) -> tuple[Suggestion, ...]:
        """Return bodies and places that `text` means. The first time in a generation their table is built."""
        return self._suggester(self._live()).suggest(text, limit, kind)

    def _suggester(self, snapshot: Snapshot) -> Suggester:
        """Return the table of names of a generation; while one thread builds it, those that need no names go on."""
        with self._naming:
            if self._names is None or self._names[0]() is not snapshot:
                bodies, places = (snapshot.facet_counts(field) for field in ("body", "region"))
                self._names = (weakref.ref(snapshot), Suggester(bodies, places))
            return self._names[1]

    def facet_values(self, field: str) -> tuple[FacetCount, ...]:
        """Return all values of a facet over the whole index, by count, then value."""
        validate_query(Query(facets=(field,)))
        return order_counts(self._live().facet_counts(field))

    def stats(self) -> Stats:
        """Say what is in the index."""
        snapshot = self._live()
        bodies = snapshot.body_keys
        return Stats(
            reports=snapshot.size,
            bodies=len(bodies.keys() - {UNKNOWN, INCOMPLETE}),
            generation=snapshot.name,
            updated=snapshot.updated,
            statuses=snapshot.statuses,
            of_unknown_bodies=bodies.get(UNKNOWN, 0),
        )

    def close(self) -> None:
        """Let go of files and memory."""
        with self._lock:
            self._snapshot, self._mark, self._files = None, None, OpenFiles()
        with self._naming:
            self._names = None

    def forget(self) -> None:
        """Let go of what is kept in memory for the next queries. The index stays open."""
        self._live().forget()

    def _answer(self, query: Query, snapshot: Snapshot) -> Answer:
        return Answer(query, snapshot, self._query_seconds, self._ranking)

    def _live(self) -> Snapshot:
        """Return the live generation, opened anew when another has gone live since the last call."""
        with self._lock, guarded_index(self._folder.path):
            mark = self._folder.mark()
            if self._snapshot is None or mark != self._mark:
                self._snapshot, self._mark = self._open(), mark
            return self._snapshot

    def _open(self) -> Snapshot:
        """Open the live generation; tried again if a writer has removed it meanwhile for a newer one."""
        for last in (False,) * (_TRIES - 1) + (True,):
            live = self._folder.live()
            try:
                return Snapshot(live, live.check().updated, self._files)
            except FileNotFoundError as error:
                if last:
                    raise EngineError(
                        f"索引 {live.path} 缺少文件：{error}。请运行 nianbao index --full 重建。"
                    ) from error
        raise AssertionError  # the last try has returned or raised
