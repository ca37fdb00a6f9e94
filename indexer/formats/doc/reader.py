"""A legacy Word file (DOC) → Document: whole through LibreOffice where it is installed, else its prose without its tables.

Nothing in the bytes of a DOC says surely which cell of a table is which column, so no grid is made of them here.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from io import BytesIO
from typing import Any

import olefile

from indexer.errors import BrokenFile, Encrypted, SourceError, TooLarge, UnsupportedFormat
from indexer.formats.doc.word97 import Damaged, Header, is_readable, read_header, read_prose
from indexer.formats.libreoffice import read_converted
from indexer.formats.whitespace import EDGES
from indexer.limits import Allowance
from indexer.records import Document, Line, SourcePlace

MEDIA_TYPE = "application/msword"
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
    ("Workbook", "Excel 表格（XLS）"),
    ("Book", "Excel 表格（XLS）"),
    ("PowerPoint Document", "演示文稿（PPT）"),
    ("__properties_version1.0", "邮件（MSG）"),
)


def read_doc(data: bytes, path: str, allowance: Allowance | None = None) -> Document:
    """Return the document in a DOC. BrokenFile, Encrypted or UnsupportedFormat say why there is none."""
    allowance = allowance or Allowance.start()
    streams = _Streams(data, path)
    if streams.has("EncryptedPackage"):
        raise Encrypted(path, f"{path}：Word 文档有密码。请去掉密码再放回来。")
    if not streams.has("WordDocument"):
        kind = next(
            (kind for name, kind in _OTHERS if streams.has(name)), "OLE 容器，里面没有 Word 正文"
        )
        raise UnsupportedFormat(
            path, f"{path}：内容是{kind}，不是 Word 文档。请另存为 DOCX 再放回来。"
        )
    header = streams.header()
    if header.encrypted:
        raise Encrypted(path, f"{path}：Word 文档有密码。请去掉密码再放回来。")
    converted = _read_whole(data, path, allowance)
    return converted or _read_prose(streams, header, allowance.limits.max_doc_characters)


def _read_whole(data: bytes, path: str, allowance: Allowance) -> Document | None:
    """Return the document as LibreOffice reads it, or None if it cannot."""
    try:
        document = read_converted(data, path, ".doc", "DOC", allowance)
        return replace(document, media_type=MEDIA_TYPE)
    except SourceError:
        return None


def read_rtf(data: bytes, path: str, allowance: Allowance) -> Document:
    """Return the document in an RTF, through LibreOffice alone; UnsupportedFormat without it."""
    document = read_converted(data, path, ".rtf", "RTF", allowance)
    return replace(document, media_type="application/rtf")


def _read_prose(streams: _Streams, header: Header, max_characters: int) -> Document:
    """Return the lines outside tables, as this program reads them by itself."""
    path = streams.path
    if not is_readable(header):
        raise UnsupportedFormat(
            path,
            f"{path}：内容是 Word 95 或更早的文档，不能读。请用 Word 或 WPS 另存为 DOCX 再放回来。",
        )
    if header.length > max_characters:
        raise TooLarge(
            path, "source.too_many_characters", count=header.length, limit=max_characters
        )
    try:
        texts = read_prose(header, streams.read("WordDocument"), streams.read(header.table_stream))
    except Damaged as error:
        raise streams.broken(error) from error
    lines = (text for text in (text.strip(EDGES) for text in texts) if text)
    return Document(
        tuple(Line(text, SourcePlace(line=at)) for at, text in enumerate(lines, start=1)),
        MEDIA_TYPE,
    )


class _Streams:
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

    def header(self) -> Header:
        """Return the header of the Word file in the container."""
        try:
            return read_header(self.read("WordDocument"))
        except Damaged as error:
            raise self.broken(error) from error

    def read(self, name: str) -> bytes:
        """Return a stream. BrokenFile if it is not there or cannot be followed through the container."""
        try:
            with self.container.openstream(name) as stream:
                return bytes(stream.read(self.size + 1))
        except _FAULTS as error:
            raise self.broken(error) from error

    def broken(self, error: Exception) -> BrokenFile:
        """Return the error for a container or a Word file in it that leads nowhere."""
        return BrokenFile(
            self.path,
            f"{self.path}：Word 文档已损坏（{error}），多半没有下载完整。请重新取得这个文件。",
        )
