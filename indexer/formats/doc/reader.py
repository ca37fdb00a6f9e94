"""Reads legacy Word files (DOC) through LibreOffice, or their prose alone where that is missing.

Nothing in the bytes of a DOC says for certain which cell of a table is in which column, so tables
are left out rather than guessed.
"""

from __future__ import annotations

import struct
from io import BytesIO
from typing import Any

import olefile

from indexer.errors import BrokenFile, Encrypted, SourceError, TooLarge, UnsupportedFormat
from indexer.filetypes import media_type_of
from indexer.formats.doc.word97 import DamagedDoc, WordHeader, is_readable, read_header, read_prose
from indexer.formats.libreoffice import read_converted
from indexer.formats.whitespace import EDGES
from indexer.limits import Allowance
from indexer.records import Document, Line, Message, SourcePlace

_FAULTS = (
    OSError,
    ValueError,
    LookupError,
    ArithmeticError,
    TypeError,
    AttributeError,
    RecursionError,
    struct.error,
)
"""What olefile raises on a damaged container, besides errors of its own."""
_OTHERS = (
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)


def read_doc(data: bytes, path: str, allowance: Allowance | None = None) -> Document:
    """Return the document in a DOC; BrokenFile, Encrypted or UnsupportedFormat if there is none."""
    allowance = allowance or Allowance.start()
    streams = _OleStreams(data, path)
    if streams.has("EncryptedPackage"):
        raise Encrypted(path, "source.word_password")
    if not streams.has("WordDocument"):
        kind = next((kind for name, kind in _OTHERS if streams.has(name)), "ole")
        content = Message.of(f"label.content.{kind}")
        raise UnsupportedFormat(path, "source.not_doc", content=content)
    header = streams.header()
    if header.encrypted:
        raise Encrypted(path, "source.word_password")
    converted = _read_whole(data, path, allowance)
    return converted or _read_prose(streams, header, allowance.limits.max_doc_characters)


def _read_whole(data: bytes, path: str, allowance: Allowance) -> Document | None:
    """Return the document as LibreOffice reads it, or None if it cannot."""
    try:
        return read_converted(data, path, ".doc", "DOC", allowance)
    except SourceError:
        return None


def read_rtf(data: bytes, path: str, allowance: Allowance) -> Document:
    """Return the document in an RTF, through LibreOffice alone; UnsupportedFormat without it."""
    return read_converted(data, path, ".rtf", "RTF", allowance)


def _read_prose(streams: _OleStreams, header: WordHeader, max_characters: int) -> Document:
    """Return the lines outside tables, as this program reads them by itself."""
    path = streams.path
    if not is_readable(header):
        raise UnsupportedFormat(path, "source.word_95")
    if header.length > max_characters:
        raise TooLarge(
            path, "source.too_many_characters", count=header.length, limit=max_characters
        )
    try:
        texts = read_prose(header, streams.read("WordDocument"), streams.read(header.table_stream))
    except DamagedDoc as error:
        raise streams.broken(error) from error
    lines = (text for text in (text.strip(EDGES) for text in texts) if text)
    return Document(
        tuple(Line(text, SourcePlace(line=at)) for at, text in enumerate(lines, start=1)),
        media_type_of("doc"),
    )


class _OleStreams:
    """The streams of an OLE container, read whole; none is longer than the container itself."""

    def __init__(self, data: bytes, path: str) -> None:
        self.path = path
        self.size = len(data)
        try:
            self.container: Any = olefile.OleFileIO(BytesIO(data))
        except _FAULTS as error:
            raise self.broken(error) from error

    def has(self, name: str) -> bool:
        return bool(self.container.exists(name))

    def header(self) -> WordHeader:
        """Return the header of the Word file in the container."""
        try:
            return read_header(self.read("WordDocument"))
        except DamagedDoc as error:
            raise self.broken(error) from error

    def read(self, name: str) -> bytes:
        """Return a stream; BrokenFile if it is missing or its chain of sectors is broken."""
        try:
            with self.container.openstream(name) as stream:
                return bytes(stream.read(self.size + 1))
        except _FAULTS as error:
            raise self.broken(error) from error

    def broken(self, error: Exception) -> BrokenFile:
        """Return the error for a container or a Word file in it that leads nowhere."""
        reason = error.message if isinstance(error, DamagedDoc) else str(error)
        return BrokenFile(self.path, "source.word_broken", reason=reason)
