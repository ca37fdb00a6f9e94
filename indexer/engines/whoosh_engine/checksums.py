"""Checksums of a generation's files: a bit that has flipped anywhere is found when the generation is opened.

A file is read through once in the life of a process, for Whoosh never changes one, and generations share those that stay.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

NAME = "checksums.json"
_CHUNK = 1 << 20

_File: TypeAlias = tuple[int, int, int, int]
_SOUND: set[tuple[_File, int]] = set()
"""The files that this process has read through, with the checksum they had."""


class DamagedFile(ValueError):
    """A file is not what was written."""


def note_checksums(folder: Path, before: Path | None) -> None:
    """Write down the checksum of each file in a folder; those linked from the folder before keep theirs."""
    known = _noted(before) if before else {}
    sums = {file.name: _sum(file, known, before) for file in _files(folder)}
    listed = json.dumps(sums, sort_keys=True)
    (folder / NAME).write_text(f"{listed}\n{zlib.crc32(listed.encode())}\n", encoding="ascii")


def check_files(folder: Path) -> None:
    """Raise DamagedFile if a file of a folder is missing, or is not as it was when it was written down."""
    for name, noted in _noted(folder).items():
        file = folder / name
        seen = (_identity(file), noted)
        if seen not in _SOUND:
            if _crc(file) != noted:
                raise DamagedFile(f"{name} 的内容变了")
            _SOUND.add(seen)


def _noted(folder: Path) -> Mapping[str, int]:
    listed, _, rest = (folder / NAME).read_text(encoding="ascii").partition("\n")
    if rest != f"{zlib.crc32(listed.encode())}\n":
        raise DamagedFile(f"{NAME} 的内容变了")
    noted: dict[str, int] = json.loads(listed)
    return noted


def _sum(file: Path, known: Mapping[str, int], before: Path | None) -> int:
    linked = before is not None and file.name in known and os.path.samefile(file, before / file.name)
    return known[file.name] if linked else _crc(file)


def _files(folder: Path) -> Iterator[Path]:
    return (
        file for file in folder.iterdir() if file.is_file() and file.name != NAME and not file.name.endswith("LOCK")
    )


def _identity(file: Path) -> _File:
    found = os.stat(file)
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _crc(file: Path) -> int:
    sum_ = 0
    with open(file, "rb") as data:
        while chunk := data.read(_CHUNK):
            sum_ = zlib.crc32(chunk, sum_)
    return sum_
