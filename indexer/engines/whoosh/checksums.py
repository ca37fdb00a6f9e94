"""Checksums of a generation's files, by which a flipped bit is found when the generation is opened.

Each file is verified once per process: Whoosh never changes a file, and generations share those
that stay.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from indexer.engines.whoosh.damaged_index import DamagedFile

_CHUNK_BYTES = 1 << 20
_SEAL = ', "checksum": '
_KEYS_BEFORE_SEALS = {"format", "updated"}
"""The keys of a file written by a version without seals."""

_FileState: TypeAlias = tuple[int, int, int, int]
"""Device, inode, size and modification time."""
_VERIFIED: set[tuple[_FileState, int]] = set()
"""The files that this process has verified, with their checksum."""


def write_sealed(file: Path, content: Mapping[str, Any]) -> None:
    """Write an object as JSON whose last member is the checksum of all the text before it."""
    said = json.dumps(content).removesuffix("}")
    file.write_text(f"{said}{_seal(said)}", encoding="ascii")


def read_sealed(file: Path) -> tuple[Mapping[str, Any], bool]:
    """Return a sealed object without its checksum, and whether the seal is intact; a version
    without seals wrote none.
    """
    text = file.read_bytes().decode("ascii", "replace")
    said, seal, _ = text.rpartition(_SEAL)
    try:
        content = json.loads(text)
    except ValueError:
        return {}, False
    if not isinstance(content, dict):
        return {}, False
    is_sealed = content.pop("checksum", None) is not None or bool(seal)
    return (
        content,
        text == f"{said}{_seal(said)}" if is_sealed else content.keys() == _KEYS_BEFORE_SEALS,
    )


def _seal(said: str) -> str:
    return f"{_SEAL}{zlib.crc32(said.encode())}}}"


def sum_files(folder: Path, before: tuple[Path, Mapping[str, int]] | None) -> Mapping[str, int]:
    """Return the checksum of each file in a folder; `before` is the folder from which some are
    linked, and their checksums.
    """
    return {file.name: _sum(file, before) for file in sorted(list_files(folder))}


def check_files(folder: Path, sums: Mapping[str, int]) -> None:
    """Raise DamagedFile if a file of a folder does not have its checksum, FileNotFoundError if one
    is missing.
    """
    for name, noted in sums.items():
        file = folder / name
        seen = (_identity(file), noted)
        if seen not in _VERIFIED:
            if _crc(file) != noted:
                raise DamagedFile(name)
            _VERIFIED.add(seen)


def list_files(folder: Path) -> list[Path]:
    """Return the files of a folder except lock files."""
    return [
        folder / entry.name
        for entry in os.scandir(folder)
        if entry.is_file() and not entry.name.endswith("LOCK")
    ]


def _sum(file: Path, before: tuple[Path, Mapping[str, int]] | None) -> int:
    if (
        before is not None
        and file.name in before[1]
        and os.path.samefile(file, before[0] / file.name)
    ):
        return before[1][file.name]
    return _crc(file)


def _identity(file: Path) -> _FileState:
    found = os.stat(file)
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _crc(file: Path) -> int:
    checksum = 0
    with open(file, "rb") as data:
        while chunk := data.read(_CHUNK_BYTES):
            checksum = zlib.crc32(chunk, checksum)
    return checksum
