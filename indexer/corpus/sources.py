"""Walks the folder of the corpus and reads its files. Nothing else opens a report file."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.corpus.filenames import find_shown, shown_below, shown_names, shown_path
from indexer.corpus.manifest import MANIFEST, ManifestEntry
from indexer.errors import ConfigError, SourceError, TooLarge, UnreadableFile
from indexer.records import SourceFile

_NOT_REPORTS = frozenset({MANIFEST, "bodies.csv"})


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the corpus.

    `path` is text, relative to the corpus and with `/`; `stamp` changes whenever the file is
    written.
    """

    path: str
    location: Path
    size: int
    stamp: str


def walk_corpus(corpus: Path) -> Iterator[FoundFile | SourceError]:
    """Yield each file of the corpus in the order of paths, or the error met in its place.

    Hidden files are left out. A symbolic link that leads out of the corpus is an error; one to a
    folder within it is skipped, since that folder is walked anyway. The path of a folder's error
    ends in `/`. ConfigError if the corpus itself does not exist or cannot be opened.
    """
    try:
        os.scandir(corpus).close()
    except (FileNotFoundError, NotADirectoryError):
        raise ConfigError("config.corpus.missing", folder=str(corpus)) from None
    except OSError as error:
        raise ConfigError(
            "config.corpus.closed", folder=str(corpus), reason=error.strerror or str(error)
        ) from error
    yield from _walk(corpus, corpus.resolve(), "")


def find_file(path: Path) -> FoundFile:
    """Return a file that a person named, outside any corpus; UnreadableFile if it cannot be
    opened."""
    try:
        return _found(shown_path(path), path)
    except OSError as error:
        raise _unreadable(shown_path(path), error) from error


def relative_paths(paths: Iterable[Path], corpus: Path) -> tuple[str, ...]:
    """Return paths as the corpus names them; ValueError names one that does not lie in it."""
    root = corpus.resolve()
    return tuple(shown_below(root, _resolved(path).relative_to(root)) or "." for path in paths)


def read_bytes(found: FoundFile, limit: int) -> bytes:
    """Return a file's bytes; TooLarge over `limit` bytes, UnreadableFile if it cannot be read."""
    if found.size > limit:
        raise TooLarge(found.path, "source.too_large", size=found.size, limit=limit)
    try:
        with found.location.open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise _unreadable(found.path, error) from error


def read_original(corpus: Path, source: SourceFile) -> bytes:
    """Return the very bytes a report was read from; UnreadableFile if they are gone or changed."""
    root = corpus.resolve()
    location = _resolved(find_shown(root, source.path))
    if not location.is_relative_to(root):
        raise UnreadableFile(source.path, "source.outside_corpus")
    try:
        data = location.read_bytes()
    except OSError as error:
        raise _unreadable(source.path, error) from error
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise UnreadableFile(source.path, "source.changed", sha256=source.sha256)
    return data


def build_source(found: FoundFile, data: bytes, entry: ManifestEntry | None = None) -> SourceFile:
    """Return a file's source record: path, hash, size, and what the manifest says of it."""
    source = SourceFile(found.path, hashlib.sha256(data).hexdigest(), len(data))
    return entry.describe(source) if entry else source


def _walk(folder: Path, root: Path, prefix: str) -> Iterator[FoundFile | SourceError]:
    try:
        with os.scandir(folder) as listed:
            entries = {entry.name: entry for entry in listed}
    except OSError as error:
        yield _unreadable(prefix, error)
        return
    for shown, name in shown_names(entries).items():
        if name.startswith((".", "~$")) or (not prefix and name in _NOT_REPORTS):
            continue
        path = f"{prefix}{shown}"
        try:
            yield from _visit(entries[name], root, path)
        except SourceError as error:
            yield error
        except OSError as error:
            yield _unreadable(path, error)
        except RecursionError:
            yield UnreadableFile(f"{path}/", "source.nested_too_deep")


def _visit(entry: os.DirEntry[str], root: Path, path: str) -> Iterator[FoundFile | SourceError]:
    location = Path(entry.path)
    if entry.is_symlink() and not _resolved(location).is_relative_to(root):
        raise UnreadableFile(path, "source.link_outside")
    if not entry.is_dir():
        yield _found(path, location)
    elif not entry.is_symlink():
        yield from _walk(location, root, f"{path}/")


def _resolved(path: Path) -> Path:
    """Return where a path leads.

    `Path.resolve` raises RuntimeError on a loop of links; this ends at one of its links.
    """
    return Path(os.path.realpath(path))


def _found(path: str, location: Path) -> FoundFile:
    stat = location.stat()
    if not location.is_file():
        code = "source.is_folder" if location.is_dir() else "source.is_device"
        raise UnreadableFile(path, code)
    return FoundFile(path, location, stat.st_size, f"{stat.st_size}-{stat.st_mtime_ns}")


def _unreadable(path: str, error: OSError) -> UnreadableFile:
    if error.errno == errno.ELOOP:
        return UnreadableFile(path, "source.link_loop")
    if isinstance(error, PermissionError):
        return UnreadableFile(path, "source.no_permission")
    if isinstance(error, FileNotFoundError):
        return UnreadableFile(path, "source.not_found")
    return UnreadableFile(path, "source.cannot_open", reason=error.strerror or str(error))
