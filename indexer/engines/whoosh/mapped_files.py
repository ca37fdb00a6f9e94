"""Files of a segment as views of the mapped memory. Whoosh's own way to open one copies the whole
file.
"""

from __future__ import annotations

from typing import Any


def mapped_bytes(storage: Any, name: str) -> memoryview:
    """Return the bytes of a file in a Whoosh storage, without a copy if it lies in a segment that
    is mapped into memory.
    """
    compound = getattr(storage, "a", storage)
    source = getattr(compound, "_source", None)
    if source is not None and compound.file_exists(name):
        offset, length = compound.range(name)
        return memoryview(source)[offset : offset + length]
    with storage.open_file(name) as file:
        return memoryview(file.read())


class MappedFile:
    """The part of Whoosh's file interface that a column needs."""

    def __init__(self, data: memoryview) -> None:
        self.data = data

    def get(self, position: int, length: int) -> bytes:
        """Return `length` bytes from a position on."""
        return bytes(self.data[position : position + length])

    def close(self) -> None:
        """Release the bytes; arrays made of them keep them alive."""
        self.data = memoryview(b"")
