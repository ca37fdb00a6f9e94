"""Writes a change into a generation that no reader sees yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import FileIndex

from indexer.engines.whoosh.codec import ArrayTermsReader
from indexer.engines.whoosh.damaged_index import guarded_index
from indexer.engines.whoosh.reader.segment import INDEX_NAME, SegmentReaders
from indexer.engines.whoosh.schema import build_row, build_schema, facet_field, layout
from indexer.engines.whoosh.writer import ArrayWriter
from indexer.search.port import IndexDocument

_ID = facet_field("id")


@contextmanager
def open_draft(folder: Path, base: Path | None, files: SegmentReaders) -> Iterator[IndexDraft]:
    """Open the index in a folder, which holds the files of the generation `base` if there is one,
    for one change.
    """
    storage, schema = _Folder(str(folder)), build_schema()
    guard = partial(guarded_index, base) if base else nullcontext
    with guard():
        index = (
            FileIndex(storage, schema, INDEX_NAME)
            if base
            else FileIndex.create(storage, schema, INDEX_NAME)
        )
    draft = IndexDraft(index, files, guard)
    try:
        yield draft
        draft.commit()
    except BaseException:
        draft.cancel()
        raise


class _Folder(FileStorage):  # type: ignore[misc]  # whoosh has no types
    """A folder without a subfolder for temporary files, which our writer does not need."""

    def temp_storage(self, name: str | None = None) -> RamStorage:
        """Return a storage for temporary files."""
        return RamStorage()


_Guard: TypeAlias = Callable[[], AbstractContextManager[None]]


class IndexDraft:
    """Writes documents segment by segment. `guard` surrounds whatever reads the segments that were
    there before.

    A segment holds no two documents of one id: an id that comes again, or is removed, first commits
    the segment, from which it is then deleted like any older document.
    """

    def __init__(self, index: FileIndex, files: SegmentReaders, guard: _Guard) -> None:
        self.ledger: bytes | None = None
        self._index = index
        self._files = files
        self._guard = guard
        self._writer: ArrayWriter | None = None
        self._ids: set[str] = set()
        """The ids of the documents in the segment that is being written."""
        self._removed: set[str] = set()

    def put(self, document: IndexDocument) -> None:
        """Add a document, or replace the one with its id."""
        if document.id in self._ids or (self._writer and self._writer.is_full):
            self.commit()
        self._removed.discard(document.id)
        self._open_writer().add_row(build_row(document))
        self._ids.add(document.id)

    def remove(self, report_id: str) -> None:
        """Remove a document; an id that is not there is no error."""
        if report_id in self._ids:
            self.commit()
        self._removed.add(report_id)

    def note(self, ledger: bytes) -> None:
        """Replace the ledger."""
        self.ledger = ledger

    def commit(self) -> None:
        """Write the segment, and delete the documents that it replaces and the removed ones."""
        if not (self._ids or self._removed):
            return
        writer = self._open_writer()
        with self._guard():
            writer.delete_ids(_ID, self._ids | self._removed)
            self._writer = None  # a writer whose commit fails cannot be cancelled any more
            writer.commit()
        self._ids, self._removed = set(), set()

    def cancel(self) -> None:
        """Let go of the segment that is being written."""
        if self._writer:
            self._writer.cancel()

    def _open_writer(self) -> ArrayWriter:
        if self._writer is None:
            with self._guard():
                self._writer = ArrayWriter(self._index, layout(), self._terms)
        return self._writer

    def _terms(self, segment: Any) -> ArrayTermsReader:
        """Return the terms reader of a segment, which is mostly open for queries anyhow."""
        return self._files.of(self._index.storage, segment).terms
