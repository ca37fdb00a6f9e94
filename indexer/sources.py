"""The corpus: walks its folder, reads its manifest and its files. Nothing else opens a report file."""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import ConfigError, SourceError, TooLarge, UnreadableFile
from indexer.records import SourceFile

MANIFEST = "manifest.csv"
_COLUMNS = ("file", "title", "origin", "retrieved", "sha256")
_NOT_REPORTS = frozenset({MANIFEST, "bodies.csv"})


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """What the manifest says of a file. Unknown is None; `sha256` is the hash that the file had when it was entered."""

    title: str | None
    origin: str | None
    retrieved: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file met on a walk. `path` is relative to the corpus with `/`; `stamp` changes whenever the file is written."""

    path: str
    location: Path
    size: int
    stamp: str


def walk_corpus(corpus: Path) -> Iterator[FoundFile | SourceError]:
    """Yield each file of the corpus in the order of its path, or the error met in its place; hidden ones are left out.

    A symbolic link that leads out of the corpus is an error, one to a folder within it is passed over: that is walked anyway. ConfigError if the folder is not there.
    """
    if not corpus.is_dir():
        raise ConfigError(
            f"语料文件夹 {corpus} 不存在或不是文件夹。请新建它，或用 NIANBAO_CORPUS 指到报告所在的文件夹。"
        )
    yield from _walk(corpus, corpus.resolve(), "")


def find_file(path: Path) -> FoundFile:
    """Return a file named by a person, outside any corpus; UnreadableFile if it cannot be looked at."""
    try:
        return _found(str(path), path)
    except OSError as error:
        raise _unreadable(str(path), error) from error


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
    location = (root / source.path).resolve()
    if not location.is_relative_to(root):
        raise UnreadableFile(source.path, f"{source.path}：不在语料文件夹里。")
    try:
        data = location.read_bytes()
    except OSError as error:
        raise _unreadable(source.path, error) from error
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise UnreadableFile(source.path, f"{source.path}：文件在收录之后改动过，SHA-256 已不是 {source.sha256}。")
    return data


def build_source(found: FoundFile, data: bytes, entry: ManifestEntry | None = None) -> SourceFile:
    """Return the source record of a file: its path, hash and size, and what the manifest knows of it."""
    digest = hashlib.sha256(data).hexdigest()
    if entry is None or (entry.sha256 and entry.sha256 != digest):
        return SourceFile(found.path, digest, len(data))
    return SourceFile(found.path, digest, len(data), None, entry.origin, entry.retrieved, entry.title)


def read_manifest(corpus: Path) -> Mapping[str, ManifestEntry]:
    """Return the manifest by file; empty without one. ConfigError names the line at fault."""
    file = corpus / MANIFEST
    if not file.exists():
        return {}
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            lacking = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
            if lacking:
                raise ConfigError(f"{file} 第 1 行缺少列 {'、'.join(lacking)}；应有 {','.join(_COLUMNS)}。")
            return {row["file"]: _entry(row) for row in reader}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigError(f"{file} 读不出来：{error}。应是 UTF-8 的 CSV，列为 {','.join(_COLUMNS)}。") from error


def _entry(row: dict[str, str]) -> ManifestEntry:
    values = {name: (row[name] or "").strip() or None for name in _COLUMNS}
    return ManifestEntry(values["title"], values["origin"], values["retrieved"], values["sha256"])


def _walk(folder: Path, root: Path, prefix: str) -> Iterator[FoundFile | SourceError]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield _unreadable(prefix or str(folder), error)
        return
    for entry in entries:
        if entry.name.startswith((".", "~$")) or (not prefix and entry.name in _NOT_REPORTS):
            continue
        path = f"{prefix}{entry.name}"
        try:
            if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(root):
                yield UnreadableFile(path, f"{path}：是指向语料文件夹之外的链接，没有读。请改放文件本身。")
            elif entry.is_symlink() and entry.is_dir():
                continue
            elif entry.is_dir():
                yield from _walk(Path(entry.path), root, f"{path}/")
            else:
                yield _found(path, Path(entry.path))
        except SourceError as error:
            yield error
        except OSError as error:
            yield _unreadable(path, error)


def _found(path: str, location: Path) -> FoundFile:
    stat = location.stat()
    if not location.is_file():
        kind = "文件夹" if location.is_dir() else "设备或管道"
        raise UnreadableFile(path, f"{path}：是{kind}，不是文件。请给出文件本身。")
    return FoundFile(path, location, stat.st_size, f"{stat.st_size}-{stat.st_mtime_ns}")


def _unreadable(path: str, error: OSError) -> UnreadableFile:
    if isinstance(error, PermissionError):
        return UnreadableFile(path, f"{path}：没有读取权限。请改权限（如 chmod -R a+rX）后再运行。")
    if isinstance(error, FileNotFoundError):
        return UnreadableFile(path, f"{path}：找不到这个文件。请核对路径。")
    return UnreadableFile(path, f"{path}：打不开（{error.strerror or error}）。请检查磁盘或重新取得这个文件。")
