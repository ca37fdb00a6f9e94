"""The index folder: generations side by side, one of them live; a new one is built unseen and goes
live atomically.

    LOCK       held by the one writer
    CURRENT    the name of the live generation, replaced atomically
    gen-7/     a generation: Whoosh's files, meta.json, ledger.json

A crash at any moment leaves the live generation as it was; the next writer removes what it left
behind. The generation before the live one is kept for readers that are just opening it.
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
    check_files,
    list_files,
    read_sealed,
    sum_files,
    write_sealed,
)
from indexer.engines.whoosh.damaged_index import DamagedFile
from indexer.engines.whoosh.schema import index_format
from indexer.errors import EngineBusy, EngineError, IndexMissing, IndexOutdated

_META, _LEDGER = "meta.json", "ledger.json"
_NAME = re.compile(r"gen-[0-9]+")
_NOT_SHARED = (_META, _LEDGER)
"""The files of which each generation has its own."""


@dataclass(frozen=True, slots=True)
class Meta:
    """The metadata of a generation: its format, when it was written, and the checksums of its other
    files.
    """

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
        """Return the metadata; IndexOutdated if another version of the program wrote it,
        DamagedFile if it has changed since.
        """
        content, is_sound = read_sealed(self.path / _META)
        if not is_sound:
            raise DamagedFile(_META)
        if content.get("format") != index_format():
            raise IndexOutdated("engine.outdated", path=str(self.path))
        return Meta(**content)

    def check(self) -> Meta:
        """Verify all files and return the metadata. DamagedFile if one has changed; else raises as
        `meta` does.
        """
        meta = self.meta()
        check_files(self.path, meta.files)
        return meta

    def ledger(self) -> bytes | None:
        """Return the ledger written with it, None if there is none."""
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
        """Return a value that changes whenever another generation goes live; IndexMissing without a
        live one.
        """
        try:
            found = os.stat(self._current)
        except (FileNotFoundError, NotADirectoryError):
            raise self._missing() from None
        return found.st_ino, found.st_mtime_ns, found.st_ctime_ns

    def _named_live(self) -> str:
        """Return the name of the live generation; IndexMissing without one."""
        try:
            return (self.path / "CURRENT").read_text(encoding="utf-8", errors="replace").strip()
        except (FileNotFoundError, NotADirectoryError):
            raise self._missing() from None

    def live(self) -> Generation:
        """Return the live generation; IndexMissing without one, EngineError in a folder that others
        may write to.
        """
        self._refuse_if_writable_by_others()
        name = self._named_live()
        generation = self._find(name)
        if generation is None:
            raise EngineError("engine.no_generation", path=str(self.path), name=repr(name))
        return generation

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock of the folder, which is made if need be; EngineBusy if another
        process has it.
        """
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._refuse_if_writable_by_others()
        with open(self.path / "LOCK", "a", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise EngineBusy("engine.busy", path=str(self.path)) from None
            yield

    def begin(self, base: Generation | None) -> Generation:
        """Make a new generation, which shares the files of `base` if there is one; only while
        `writing`.
        """
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
        """Sync a generation that began from `base` to disk, then make it live; only while
        `writing`.
        """
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
        """Remove a generation that did not go live."""
        if new != self._named():
            shutil.rmtree(new.path, ignore_errors=True)

    def _named(self) -> Generation | None:
        """Return the generation that `CURRENT` names, None if there is no such."""
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
        """Whoosh unpickles its schema: whoever can write to the folder could run code as the
        reader.
        """
        try:
            mode = os.stat(self.path).st_mode
        except (FileNotFoundError, NotADirectoryError):
            raise self._missing() from None
        if mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise EngineError("engine.unsafe_folder", path=str(self.path))

    def _missing(self) -> IndexMissing:
        return IndexMissing("engine.missing", path=str(self.path))


def _share_files(source: Path, target: Path) -> None:
    """Hard-link the files, which Whoosh never changes; copy them where the file system has no
    links.
    """
    for file in list_files(source):
        if file.name not in _NOT_SHARED:
            try:
                os.link(file, target / file.name)
            except OSError:
                shutil.copy2(file, target / file.name)


def _sync_tree(folder: Path) -> None:
    """Sync the files of a folder to disk; those shared with another generation already are."""
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
