"""The Whoosh engine: an index on disk that one process writes and any number read."""

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
from indexer.engines.whoosh.query.execution import QueryExecution
from indexer.engines.whoosh.query.term_matches import TermMatcher
from indexer.engines.whoosh.reader.segment import SegmentReaders
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.transaction import IndexDraft, open_draft
from indexer.errors import EngineError, IndexMissing, ReportNotFound
from indexer.records import Report
from indexer.search.catalogue.facet_matching import order_counts
from indexer.search.catalogue.facets import INCOMPLETE
from indexer.search.catalogue.place_names import UNKNOWN
from indexer.search.documents import TEXT_FIELDS
from indexer.search.port import (
    Explanation,
    FacetCount,
    MatchCount,
    NameKind,
    ResultIds,
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

_MAX_OPEN_TRIES = 3


def _now() -> datetime:
    return datetime.now().astimezone()


class WhooshEngine:
    """A search engine over an index folder, which need not exist until the first change.

    Whoosh manages segments; queries are evaluated on their arrays, because its own searcher is slow
    in Python and gives wrong answers when threads share it. Every call sees the generation that is
    live when it begins.
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
        self._files = SegmentReaders()
        self._snapshot: Snapshot | None = None
        self._mark: tuple[int, int, int] | None = None
        self._naming = threading.Lock()
        self._names: tuple[weakref.ref[Snapshot], Suggester] | None = None

    # ── changing ──

    @contextmanager
    def change(self, *, fresh: bool = False) -> Iterator[IndexDraft]:
        """Return a transaction on a new generation, which goes live when the block ends without an
        error.
        """
        try:
            with self._folder.writing(), self._generation(None if fresh else self._base()) as draft:
                yield draft
        except OSError as error:
            raise io_error(self._folder.path, error) from error

    @contextmanager
    def _generation(self, base: Generation | None) -> Iterator[IndexDraft]:
        """Write a new generation that starts from `base`; publish it, or on any error or interrupt
        discard it.
        """
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
        """Return the generation that a change starts from; IndexOutdated if another version of the
        program wrote it.
        """
        try:
            with guarded_index(self._folder.path):
                live = self._folder.live()
                live.check()
        except IndexMissing:
            return None
        return live

    # ── asking ──

    def ledger(self) -> bytes | None:
        """Return the ledger of the last change that noted one."""
        with guarded_index(self._folder.path):
            live = self._folder.live()
            live.check()
            return live.ledger()

    def search(self, query: Query) -> ResultPage:
        """Answer a query. QueryError if it takes longer than its limit."""
        validate_query(query)
        return self._execution(query, self._live()).page()

    def find(self, query: Query) -> ResultIds:
        """Return the ids on a result page and the facets. QueryError if it takes longer than its
        limit.
        """
        validate_query(query)
        return self._execution(query, self._live()).ids()

    def count(self, query: Query) -> MatchCount:
        """Count the matches of a query. QueryError if it takes longer than its limit."""
        validate_query(query)
        return self._execution(query, self._live()).count()

    def max_doc_freq(self, text: str) -> int:
        """Return the number of reports that contain every character bigram of a text."""
        snapshot, folded = self._live(), fold_digits(fold(text))
        if not folded:
            return 0
        bigrams = {folded[at : at + 2] for at in range(max(len(folded) - 1, 1))}
        if any(map(snapshot.cannot_occur, bigrams)):
            return 0
        matcher = TermMatcher(snapshot, lambda: None)
        masks = [
            matcher.with_phrase(Term("phrase", bigram, ()), TEXT_FIELDS).mask for bigram in bigrams
        ]
        return int(np.logical_and.reduce(masks).sum())

    def get(self, report_id: str) -> Report:
        """Return a report; ReportNotFound without one."""
        snapshot = self._live()
        number = snapshot.number(report_id)
        if number is None:
            raise ReportNotFound(report_id)
        return snapshot.report(number)

    def explain(self, query: Query, report_id: str) -> Explanation:
        """Explain a report's score. QueryError if it takes longer than a query may."""
        validate_query(query)
        snapshot = self._live()
        number = snapshot.number(report_id)
        if number is None:
            raise ReportNotFound(report_id)
        return self._execution(query, snapshot).explanation(number)

    def suggest(
        self, text: str, limit: int = 8, kind: NameKind | None = None
    ) -> tuple[Suggestion, ...]:
        """Return bodies and places whose name, pinyin or initials fit `text`. The first call in a
        generation builds their table.
        """
        return self._suggester(self._live()).suggest(text, limit, kind)

    def _suggester(self, snapshot: Snapshot) -> Suggester:
        """Return the table of names of a generation. Its own lock lets other calls go on while one
        thread builds it.
        """
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
        """Return what the index contains."""
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
        """Release files and memory."""
        with self._lock:
            self._snapshot, self._mark, self._files = None, None, SegmentReaders()
        with self._naming:
            self._names = None

    def clear_caches(self) -> None:
        """Evict everything from the caches. The index stays open."""
        self._live().clear_caches()

    def _execution(self, query: Query, snapshot: Snapshot) -> QueryExecution:
        return QueryExecution(query, snapshot, self._query_seconds, self._ranking)

    def _live(self) -> Snapshot:
        """Return the live generation, reopened if another has gone live since the last call."""
        with self._lock, guarded_index(self._folder.path):
            mark = self._folder.mark()
            if self._snapshot is None or mark != self._mark:
                self._snapshot, self._mark = self._open(), mark
            return self._snapshot

    def _open(self) -> Snapshot:
        """Open the live generation; try again if a writer removes it meanwhile."""
        for last in (False,) * (_MAX_OPEN_TRIES - 1) + (True,):
            live = self._folder.live()
            try:
                return Snapshot(live, live.check().updated, self._files)
            except FileNotFoundError as error:
                if last:
                    raise EngineError(
                        "engine.missing_files", path=str(live.path), reason=str(error)
                    ) from error
        raise AssertionError("the last try has returned or raised")
