"""The Whoosh engine: an index on disk that any number of processes read and one writes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from whoosh.index import FileIndex, create_in, open_dir
from whoosh.writing import IndexWriter

from indexer.engines.whoosh_engine.answer import Answer
from indexer.engines.whoosh_engine.generations import Generation, IndexFolder, Meta
from indexer.engines.whoosh_engine.schema import build_row, build_schema, index_format
from indexer.engines.whoosh_engine.snapshot import Snapshot
from indexer.errors import EngineError, IndexMissing, ReportNotFound
from indexer.records import Report
from indexer.search.facets import check_query, ordered_counts
from indexer.search.port import Change, FacetCount, IndexDocument, ResultPage, Stats, Suggestion
from indexer.search.query import Query
from indexer.search.suggestions import build_suggestions

_MEMORY_MB = 256
_TRIES = 3


def _now() -> datetime:
    return datetime.now().astimezone()


class WhooshEngine:
    """A search engine over an index folder, which need not exist until the first change.

    Whoosh keeps postings and columns; queries are evaluated on them as arrays, for its own searcher is slow in Python
    and gives wrong answers when threads share it. Every call sees the generation that is live when it begins.
    """

    def __init__(self, folder: Path, query_seconds: float = 5.0, clock: Callable[[], datetime] = _now) -> None:
        self._folder = IndexFolder(folder)
        self._query_seconds = query_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._mark: tuple[int, int, str] | None = None

    # ── changing ──

    def replace(self, documents: Iterable[IndexDocument]) -> None:
        """Add documents, each in place of the one with the same id. All of them or, on an error, none."""
        self.apply(Change(replaced=documents))

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out; an id that is not there is no error. All of them or, on an error, none."""
        self.apply(Change(removed=ids))

    def apply(self, change: Change) -> None:
        """Make a whole change at once: all of it or, on an error or a crash, none. EngineBusy if another writes."""
        with self._folder.writing():
            base = None if change.fresh else self._base()
            new = self._folder.begin(base)
            try:
                _write(new, change, base is None)
                noted = change.ledger() if change.ledger else base.ledger() if base else None
                self._folder.publish(new, Meta(index_format(), self._clock().isoformat(timespec="seconds")), noted)
            except OSError as error:
                self._folder.discard(new)
                raise EngineError(f"索引写不进去：{error}。请看磁盘是否已满、文件夹能否写。") from error
            except BaseException:
                self._folder.discard(new)
                raise

    def _base(self) -> Generation | None:
        """Return the generation to go on from; IndexOutdated if another version of the program wrote it."""
        try:
            live = self._folder.live()
        except IndexMissing:
            return None
        live.meta()
        return live

    # ── asking ──

    def ledger(self) -> bytes | None:
        """Return what the last change noted."""
        live = self._folder.live()
        live.meta()
        return live.ledger()

    def search(self, query: Query) -> ResultPage:
        """Answer a query. QueryError if it takes longer than its limit."""
        check_query(query)
        return Answer(query, self._live(), self._query_seconds).page()

    def get(self, report_id: str) -> Report:
        """Return a report; ReportNotFound without one."""
        snapshot = self._live()
        number = snapshot.number(report_id)
        if number is None:
            raise ReportNotFound(report_id)
        return snapshot.report(number)

    def suggest(self, text: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Return bodies and places whose name contains `text`, most reports first."""
        snapshot = self._live()
        everything = snapshot.mask(slice(None))
        bodies, places = (snapshot.facet(field).counts(everything) for field in ("body", "region"))
        return build_suggestions(text, bodies, places, limit)

    def facet_values(self, field: str) -> tuple[FacetCount, ...]:
        """Return all values of a facet over the whole index, by count, then value."""
        check_query(Query(facets=(field,)))
        snapshot = self._live()
        return ordered_counts(snapshot.facet(field).counts(snapshot.mask(slice(None))))

    def stats(self) -> Stats:
        """Say what is in the index."""
        snapshot = self._live()
        return Stats(
            reports=snapshot.size,
            bodies=len(snapshot.facet("body").values),
            generation=snapshot.name,
            updated=snapshot.updated,
            statuses=snapshot.statuses,
        )

    def close(self) -> None:
        """Let go of files and memory."""
        with self._lock:
            if self._snapshot:
                self._snapshot.close()
            self._snapshot, self._mark = None, None

    def _live(self) -> Snapshot:
        """Return the live generation, opened anew when another has gone live since the last call."""
        with self._lock:
            mark = self._folder.mark()
            if self._snapshot is None or mark != self._mark:
                self._snapshot, self._mark = self._open(), mark
            return self._snapshot

    def _open(self) -> Snapshot:
        """Open the live generation; tried again if a writer has removed it meanwhile for a newer one."""
        for last in (False,) * (_TRIES - 1) + (True,):
            live = self._folder.live()
            try:
                return Snapshot(live)
            except FileNotFoundError as error:
                if last:
                    raise EngineError(
                        f"索引 {live.path} 缺少文件：{error}。请运行 nianbao index --full 重建。"
                    ) from error
        raise AssertionError  # the last try has returned or raised


def _write(new: Generation, change: Change, empty: bool) -> None:
    """Write a change into a generation that nobody sees yet."""
    schema = build_schema()
    index = create_in(str(new.path), schema) if empty else open_dir(str(new.path), schema=schema)
    added = set()
    with _committing(index) as writer:
        for document in change.replaced:
            if not empty:
                writer.delete_by_term("id", document.id)
            writer.add_document(**build_row(document))
            added.add(document.id)
        removed = list(change.removed)
        for report_id in removed:
            writer.delete_by_term("id", report_id)
    if not added.isdisjoint(removed):
        _delete_added(index, added.intersection(removed))


def _delete_added(index: FileIndex, ids: Iterable[str]) -> None:
    """Delete what the same change has added, which a writer of Whoosh's does not see until it is committed."""
    with _committing(index) as writer:
        for report_id in ids:
            writer.delete_by_term("id", report_id)


@contextmanager
def _committing(index: FileIndex) -> Iterator[IndexWriter]:
    writer = index.writer(limitmb=_MEMORY_MB)
    try:
        yield writer
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
