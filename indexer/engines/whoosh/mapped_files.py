"""Files of a segment where they are mapped into memory. Whoosh's own way to open one copies it whole."""

from __future__ import annotations

from typing import Any


def mapped(storage: Any, name: str) -> memoryview:
    """Return the bytes of a file in one of Whoosh's storages, without copying those of a segment that is one mapped file."""
    compound = getattr(storage, "a", storage)
    source = getattr(compound, "_source", None)
    if source is not None and compound.file_exists(name):
        offset, length = compound.range(name)
        return memoryview(source)[offset : offset + length]
    with storage.open_file(name) as file:
        return memoryview(file.read())


class MappedFile:
    """As much of a file of Whoosh's as a column needs."""

    def __init__(self, data: memoryview) -> None:
        self.data = data

    def get(self, position: int, length: int) -> bytes:
        """Return some of its bytes."""
        return bytes(self.data[position : position + length])

    def close(self) -> None:
        """Let go of the bytes; the arrays made of them keep them."""
        self.data = memoryview(b"")
