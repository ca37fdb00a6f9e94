"""The index folder: generations beside each other, one of them live, a new one built unseen and put in place at once.

    LOCK       held by the one writer
    CURRENT    the name of the live generation, replaced in one step
    gen-7/     a generation: Whoosh's files, meta.json, ledger.json

A crash at any moment leaves the live generation as it was; what it left behind is removed by the next writer. The
generation before the live one is kept for readers that are just opening it.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from indexer.engines.whoosh.checksums import (
    DamagedFile,
    check_files,
    list_files,
    read_sealed,
    sum_files,
    write_sealed,
)
from indexer.engines.whoosh.schema import index_format
from indexer.errors import EngineBusy, EngineError, IndexMissing, IndexOutdated

_META, _LEDGER = "meta.json", "ledger.json"
_NAME = re.compile(r"gen-[0-9]+")
_NOT_SHARED = (_META, _LEDGER)


@dataclass(frozen=True, slots=True)
class Meta:
    """What a generation says of itself: what it was written with, when, and the checksum of its every other file."""

    format: str
    updated: str
    files: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation in its folder, by its name `gen-<n>`."""

    path: Path

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.path.name

    @property
    def number(self) -> int:
        """The n of `gen-<n>`."""
        return int(self.name.removeprefix("gen-"))

    def meta(self) -> Meta:
        """Return what it says of itself; IndexOutdated if another version of the program wrote it, DamagedFile if it has changed since."""
        content, is_sound = read_sealed(self.path / _META)
        if not is_sound:
            raise DamagedFile(f"{_META} 的内容变了")
        if content.get("format") != index_format():
            raise IndexOutdated(
                f"索引 {self.path} 是另一版本的程序写的。请运行 nianbao index --full 重建。"
            )
        return Meta(**content)

    def check(self) -> Meta:
        """Raise DamagedFile if one of its files is not as it was written; return what it says of itself, and raise as `meta` does."""
        meta = self.meta()
        check_files(self.path, meta.files)
        return meta

    def ledger(self) -> bytes | None:
        """Return what was noted with it, None if nothing was."""
        try:
            return (self.path / _LEDGER).read_bytes()
        except FileNotFoundError:
            return None


class IndexFolder:
    """The folder of an index, which need not exist yet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._current = os.fspath(path / "CURRENT")

    def mark(self) -> tuple[int, int, int]:
        """Return what changes whenever another generation goes live; IndexMissing without any."""
        try:
            found = os.stat(self._current)
        except (FileNotFoundError, NotADirectoryError):
            raise self._missing() from None
        return found.st_ino, found.st_mtime_ns, found.st_ctime_ns

    def _named_live(self) -> str:
        """Return the name of the live generation; IndexMissing without any."""
        try:
            return (self.path / "CURRENT").read_text(encoding="utf-8", errors="replace").strip()
        except (FileNotFoundError, NotADirectoryError):
            raise self._missing() from None

    def live(self) -> Generation:
        """Return the live generation; IndexMissing without one, EngineError in a folder that others may write to."""
        self._refuse_if_writable_by_others()
        name = self._named_live()
        generation = self._find(name)
        if generation is None:
            raise EngineError(
                f"索引文件夹 {self.path} 已损坏：CURRENT 所指的 {name!r} 不在。请运行 nianbao index --full 重建。"
            )
        return generation

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the right to write, alone among all processes; EngineBusy if another has it. Makes the folder."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._refuse_if_writable_by_others()
        with open(self.path / "LOCK", "a", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise EngineBusy(f"另一个进程正在写索引 {self.path}。请等它结束后再试。") from None
            yield

    def begin(self, base: Generation | None) -> Generation:
        """Make a new generation, with the files of `base` in it if there is one; only while `writing`."""
        keep = {generation for generation in (base, self._named()) if generation}
        for leftover in set(self._generations()) - keep:
            if not keep or leftover.number > max(generation.number for generation in keep):
                shutil.rmtree(leftover.path)
        number = max((generation.number for generation in self._generations()), default=0) + 1
        new = Generation(self.path / f"gen-{number}")
        new.path.mkdir(mode=0o700)
        if base:
            _share_files(base.path, new.path)
        return new

    def publish(
        self, new: Generation, base: Generation | None, updated: str, ledger: bytes | None
    ) -> None:
        """Put a generation that began from `base` in place, safe on disk before anyone sees it; only while `writing`."""
        if ledger is not None:
            (new.path / _LEDGER).write_bytes(ledger)
        known = (base.path, base.meta().files) if base else None
        write_sealed(
            new.path / _META, asdict(Meta(index_format(), updated, sum_files(new.path, known)))
        )
        _sync_tree(new.path)
        before = self._named()
        temporary = self.path / "CURRENT.new"
        temporary.write_text(new.name, encoding="utf-8")
        _sync(temporary)
        os.replace(temporary, self.path / "CURRENT")
        _sync(self.path)
        for old in set(self._generations()) - {new, before}:
            shutil.rmtree(old.path, ignore_errors=True)

    def discard(self, new: Generation) -> None:
        """Remove a generation that was not put in place."""
        if new != self._named():
            shutil.rmtree(new.path, ignore_errors=True)

    def _named(self) -> Generation | None:
        """Return the generation that `CURRENT` names, None where it names none that is there."""
        try:
            return self._find(self._named_live())
        except IndexMissing:
            return None

    def _find(self, name: str) -> Generation | None:
        return next(
            (generation for generation in self._generations() if generation.name == name), None
        )

    def _generations(self) -> list[Generation]:
        names = (name for name in os.listdir(self.path) if _NAME.fullmatch(name))
        return sorted(
            (Generation(self.path / name) for name in names),
            key=lambda generation: generation.number,
        )

    def _refuse_if_writable_by_others(self) -> None:
        """Whoosh unpickles what lies in the folder: who can write there can run any program as the reader."""
        try:
            mode = os.stat(self.path).st_mode
        except (FileNotFoundError, NotADirectoryError):
            raise self._missing() from None
        if mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise EngineError(
                f"索引文件夹 {self.path} 别人也能写，不安全。请运行 chmod go-w {self.path}，再重建索引。"
            )

    def _missing(self) -> IndexMissing:
        return IndexMissing(f"还没有索引（{self.path}）。请先运行 nianbao index。")


def _share_files(source: Path, target: Path) -> None:
    """Link the files, which Whoosh never changes once written; copy them where the file system has no links."""
    for file in list_files(source):
        if file.name not in _NOT_SHARED:
            try:
                os.link(file, target / file.name)
            except OSError:
                shutil.copy2(file, target / file.name)


def _sync_tree(folder: Path) -> None:
    """Have the files of a folder on disk; those that another generation has as well are there."""
    for file in list_files(folder):
        if file.stat().st_nlink == 1:
            _sync(file)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
