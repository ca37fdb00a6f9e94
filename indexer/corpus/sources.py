"""The corpus: walks its folder, reads its files. Nothing else opens a report file."""

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
    """A file met on a walk. `path` is text, relative to the corpus with `/`; `stamp` changes whenever the file is written."""

    path: str
    location: Path
    size: int
    stamp: str


def walk_corpus(corpus: Path) -> Iterator[FoundFile | SourceError]:
    """Yield each file of the corpus in the order of its path, or the error met in its place; hidden ones are left out.

    A symbolic link that leads out of the corpus is an error, one to a folder within it is passed over: that is walked anyway.
    The path of a folder's error ends in `/`. ConfigError if the corpus itself is not there or closed.
    """
    try:
        os.scandir(corpus).close()
    except (FileNotFoundError, NotADirectoryError):
        raise ConfigError(
            f"语料文件夹 {corpus} 不存在或不是文件夹。请新建它，或用 NIANBAO_CORPUS 指到报告所在的文件夹。"
        ) from None
    except OSError as error:
        raise ConfigError(
            f"语料文件夹 {corpus} 打不开（{error.strerror}）。请检查权限和磁盘后再运行。"
        ) from error
    yield from _walk(corpus, corpus.resolve(), "")


def find_file(path: Path) -> FoundFile:
    """Return a file named by a person, outside any corpus; UnreadableFile if it cannot be looked at."""
    try:
        return _found(shown_path(path), path)
    except OSError as error:
        raise _unreadable(shown_path(path), error) from error


def relative_paths(paths: Iterable[Path], corpus: Path) -> tuple[str, ...]:
    """Return paths as the corpus names them; ValueError names one that does not lie in it."""
    root = corpus.resolve()
    return tuple(shown_below(root, _resolved(path).relative_to(root)) or "." for path in paths)


def read_bytes(found: FoundFile, limit: int) -> bytes:
    """Return the bytes of a file; TooLarge over `limit` bytes, UnreadableFile if it cannot be read."""
    if found.size > limit:
        raise TooLarge(
            found.path,
            f"{found.path}：文件有 {found.size / 1e6:.0f} MB，超过上限 {limit / 1e6:.0f} MB。"
            "请确认它是一份年报；确需收录时调大 NIANBAO_MAX_FILE_BYTES。",
        )
    try:
        with found.location.open("rb") as file:
            return file.read(limit + 1)
    except OSError as error:
        raise _unreadable(found.path, error) from error


def read_original(corpus: Path, source: SourceFile) -> bytes:
    """Return the very bytes a report was read from; UnreadableFile if they are gone or no longer the same."""
    root = corpus.resolve()
    location = _resolved(find_shown(root, source.path))
    if not location.is_relative_to(root):
        raise UnreadableFile(source.path, f"{source.path}：不在语料文件夹里。")
    try:
        data = location.read_bytes()
    except OSError as error:
        raise _unreadable(source.path, error) from error
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise UnreadableFile(
            source.path, f"{source.path}：文件在收录之后改动过，SHA-256 已不是 {source.sha256}。"
        )
    return data


def build_source(found: FoundFile, data: bytes, entry: ManifestEntry | None = None) -> SourceFile:
    """Return the source record of a file: its path, hash and size, and what the manifest knows of it."""
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
            yield UnreadableFile(
                f"{path}/", f"{path}/：文件夹套得太深，里面没有读。请移到浅一些的地方。"
            )


def _visit(entry: os.DirEntry[str], root: Path, path: str) -> Iterator[FoundFile | SourceError]:
    location = Path(entry.path)
    if entry.is_symlink() and not _resolved(location).is_relative_to(root):
        raise UnreadableFile(path, f"{path}：是指向语料文件夹之外的链接，没有读。请改放文件本身。")
    if not entry.is_dir():
        yield _found(path, location)
    elif not entry.is_symlink():
        yield from _walk(location, root, f"{path}/")


def _resolved(path: Path) -> Path:
    """Return where a path leads. `Path.resolve` raises RuntimeError on a loop of links; this one ends within the loop."""
    return Path(os.path.realpath(path))


def _found(path: str, location: Path) -> FoundFile:
    stat = location.stat()
    if not location.is_file():
        kind = "文件夹" if location.is_dir() else "设备或管道"
        raise UnreadableFile(path, f"{path}：是{kind}，不是文件。请给出文件本身。")
    return FoundFile(path, location, stat.st_size, f"{stat.st_size}-{stat.st_mtime_ns}")


def _unreadable(path: str, error: OSError) -> UnreadableFile:
    if error.errno == errno.ELOOP:
        return UnreadableFile(path, f"{path}：是绕成圈的链接，没有读。请删去它，或改放文件本身。")
    if isinstance(error, PermissionError):
        return UnreadableFile(path, f"{path}：没有读取权限。请改权限（如 chmod -R a+rX）后再运行。")
    if isinstance(error, FileNotFoundError):
        return UnreadableFile(path, f"{path}：找不到这个文件。请核对路径。")
    return UnreadableFile(
        path, f"{path}：打不开（{error.strerror or error}）。请检查磁盘或重新取得这个文件。"
    )
