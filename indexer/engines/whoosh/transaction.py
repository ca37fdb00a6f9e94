"""A change, written into a generation that nobody sees yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import FileIndex

from indexer.engines.whoosh.codec import ArrayTermsReader
from indexer.engines.whoosh.damaged_index import guarded_index
from indexer.engines.whoosh.reader.segment import INDEX, OpenFiles
from indexer.engines.whoosh.schema import build_row, build_schema, facet_field, layout
from indexer.engines.whoosh.writer import ArrayWriter
from indexer.search.port import Change, IndexDocument

_ID = facet_field("id")


def write_change(change: Change, folder: Path, base: Path | None, files: OpenFiles) -> None:
    """Write a change into a folder, which has the files of the generation `base` if there is one."""
    storage, schema = _Folder(str(folder)), build_schema()
    guard = partial(guarded_index, base) if base else nullcontext
    with guard():
        index = (
            FileIndex(storage, schema, INDEX) if base else FileIndex.create(storage, schema, INDEX)
        )
    draft = _Draft(index, files, guard)
    draft.put(change.replaced)
    draft.remove(change.removed)
    draft.put(change.revised)


class _Folder(FileStorage):  # type: ignore[misc]  # whoosh has no types
    """A folder without a folder for temporary files in it: our writer has none."""

    def temp_storage(self, name: str | None = None) -> RamStorage:
        """Return a place for temporary files."""
        return RamStorage()


_Guard: TypeAlias = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class _Draft:
    """The index that is changed. `guard` is around whatever reads what was there before."""

    index: FileIndex
    files: OpenFiles
    guard: _Guard

    def put(self, documents: Iterable[IndexDocument]) -> None:
        """Put documents in place of those with their ids, a segment at a time; of several with one id the last counts."""
        drawn = iter(documents)
        document = next(drawn, None)
        while document is not None:
            ids: set[str] = set()
            with self._committing() as writer:
                while document is not None and document.id not in ids and not writer.full:
                    writer.add_row(build_row(document))
                    ids.add(document.id)
                    document = next(drawn, None)
                with self.guard():
                    writer.delete_ids(_ID, ids)

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out."""
        removed = list(ids)
        if removed:
            with self._committing() as writer, self.guard():
                writer.delete_ids(_ID, removed)

    @contextmanager
    def _committing(self) -> Iterator[ArrayWriter]:
        """Give a writer, committed at the end; the segments that it merges then are read, so the guard is around it."""
        with self.guard():
            writer = ArrayWriter(self.index, layout(), self._terms)
        try:
            yield writer
        except BaseException:
            writer.cancel()
            raise
        with self.guard():
            writer.commit()

    def _terms(self, segment: Any) -> ArrayTermsReader:
        """Return what reads the terms of a segment: most segments are open for queries anyhow."""
        return self.files.of(self.index.storage, segment).terms
