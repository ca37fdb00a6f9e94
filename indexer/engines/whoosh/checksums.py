"""Checksums of a generation's files: a bit that has flipped anywhere is found when the generation is opened.

A file is read through once in the life of a process, for Whoosh never changes one, and generations share those that stay.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

_CHUNK = 1 << 20
_SEAL = ', "checksum": '
_BEFORE_SEALS = {"format", "updated"}
"""What there was before there were seals."""

_File: TypeAlias = tuple[int, int, int, int]
_SOUND: set[tuple[_File, int]] = set()
"""The files that this process has read through, with the checksum they had."""


class DamagedFile(ValueError):
    """A file is not what was written."""


def write_sealed(file: Path, content: Mapping[str, Any]) -> None:
    """Write an object as JSON, with the checksum of all that stands before it as its last member."""
    said = json.dumps(content).removesuffix("}")
    file.write_text(f"{said}{_seal(said)}", encoding="ascii")


def read_sealed(file: Path) -> tuple[Mapping[str, Any], bool]:
    """Return what is in such a file, without the checksum, and whether it is as it was written: by a version that knew no seals, too."""
    text = file.read_bytes().decode("ascii", "replace")
    said, seal, _ = text.rpartition(_SEAL)
    try:
        content = json.loads(text)
    except ValueError:
        return {}, False
    if not isinstance(content, dict):
        return {}, False
    is_sealed = content.pop("checksum", None) is not None or bool(seal)
    return content, text == f"{said}{_seal(said)}" if is_sealed else content.keys() == _BEFORE_SEALS


def _seal(said: str) -> str:
    return f"{_SEAL}{zlib.crc32(said.encode())}}}"


def sum_files(folder: Path, before: tuple[Path, Mapping[str, int]] | None) -> Mapping[str, int]:
    """Return the checksum of each file in a folder; those linked from the folder before have theirs, which is given with it."""
    return {file.name: _sum(file, before) for file in sorted(list_files(folder))}


def check_files(folder: Path, sums: Mapping[str, int]) -> None:
    """Raise DamagedFile if a file of a folder has not the checksum noted, FileNotFoundError if one is missing."""
    for name, noted in sums.items():
        file = folder / name
        seen = (_identity(file), noted)
        if seen not in _SOUND:
            if _crc(file) != noted:
                raise DamagedFile(f"{name} 的内容变了")
            _SOUND.add(seen)


def list_files(folder: Path) -> list[Path]:
    """Return the files of a folder, without what is only there to be locked."""
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


def _identity(file: Path) -> _File:
    found = os.stat(file)
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _crc(file: Path) -> int:
    sum_ = 0
    with open(file, "rb") as data:
        while chunk := data.read(_CHUNK):
            sum_ = zlib.crc32(chunk, sum_)
    return sum_
