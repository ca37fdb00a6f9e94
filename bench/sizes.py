"""The size of an index, in all and without its stored reports and texts."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import open_dir

from bench.fts5.writer import open_database
from indexer.engines.whoosh.schema import layout


@dataclass(frozen=True, slots=True)
class Size:
    """Megabytes of an index: `all`, and `bare` of stored reports and texts."""

    all: float
    bare: float


def size_of_ours(folder: Path) -> Size:
    """Measure our index: its byte-string columns hold the texts and the reports."""
    (live,) = {toc.parent for toc in folder.rglob("*.toc")}
    with closing(open_dir(str(live))) as index:
        stored = sum(_stored(index, segment) for segment in index._segments())
    return _size(_bytes(folder), stored)


def size_of_fts5(folder: Path) -> Size:
    """Measure a database: reports have a table of their own, and the FTS tables no copy of the
    text.
    """
    with closing(open_database(folder / "fts5.db")) as database:
        stored = database.execute(
            "SELECT sum(pgsize) FROM dbstat WHERE name = 'reports'"
        ).fetchone()[0]
    return _size(_bytes(folder), stored)


def size_of_tantivy(folder: Path) -> Size:
    """Measure an index: stored documents have files of their own."""
    return _size(_bytes(folder), sum(file.stat().st_size for file in folder.glob("*.store")))


def _stored(index: object, segment: object) -> int:
    """Return the bytes of the stored columns of a segment, in one file or many."""
    storage = index.storage  # type: ignore[attr-defined]  # whoosh has no types
    if segment.is_compound():  # type: ignore[attr-defined]
        storage = segment.open_compound_file(storage)  # type: ignore[attr-defined]
    return sum(
        storage.file_length(W3Codec.column_filename(segment, name)) for name in layout().blobs
    )


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _size(everything: int, stored: int) -> Size:
    return Size(everything / 1_000_000, (everything - stored) / 1_000_000)
