"""Finds the format of a file in its content, whatever its name says, and reads it into a Document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import cast

from indexer.errors import NotAReport, UnsupportedFormat
from indexer.formats.charset import decode_text
from indexer.formats.html.mhtml import is_archive, read_archive
from indexer.formats.html.reader import read_html
from indexer.formats.txt import read_txt
from indexer.formats.txt.html_tables import is_mixed, read_mixed
from indexer.limits import Allowance, Limits
from indexer.records import Document, SourcePlace

Reader = Callable[[bytes, str, Allowance], Document]

_READERS = (
    (b"PK\x03\x04", "indexer.formats.docx.reader:read_docx", "docx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "indexer.formats.doc.reader:read_doc", "doc"),
    (b"{\\rtf", "indexer.formats.doc.reader:read_rtf", "doc"),
)
"""How a format begins, its reader (imported only when it is needed), and the extra that brings what the reader needs."""
_SIGNATURES = (
    (b"\x89PNG", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x7fELF", "程序"),
    (b"MZ\x90", "程序"),
)
_PDF = b"%PDF-"
_PDF_WITHIN = 1024
"""A PDF may begin so many bytes into the file, behind what a mail program or a web server put there."""
_MARKUP = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|meta|table|div|p|span|title|article)\b", re.IGNORECASE
)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_PICTURE = re.compile(r"!\[[^\[\]]{0,200}\]\([^()\s]+")
_NULS = 0.01
"""A text with a larger share of places where NUL bytes stand is none."""
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1a\x1b\x00"))


def read_document(data: bytes, path: str, allowance: Allowance | None = None) -> Document:
    """Return the document in these bytes. `path` is for messages only.

    Without an allowance the default limits hold, from now on.

    NotAReport for an empty file, UnsupportedFormat for a format that is not read, or not without an extra, UndecodableText for
    text in no charset that decodes it; the readers of Word and PDF say why a file cannot be opened.
    """
    allowance = allowance or Allowance.start()
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise NotAReport(path, f"{path}：文件是空的。请重新取得这份年报再放回来。")
    for signature, reader, extra in _READERS:
        if data.startswith(signature):
            return _load(reader, extra, path)(data, path, allowance)
    if _PDF in data[:_PDF_WITHIN] and not _MARKUP.search(data[: data.index(_PDF)]):
        return _load("indexer.formats.pdf:read_pdf", "pdf", path)(data, path, allowance)
    if is_archive(data):
        return read_archive(data, path, allowance.limits)
    if b"<w:wordDocument" in data[:4096] or b"<pkg:package" in data[:4096]:
        return _load("indexer.formats.docx.flat_xml:read_word_xml", "docx", path)(
            data, path, allowance
        )
    kind = _find_signature(data)
    if kind:
        raise UnsupportedFormat(
            path, f"{path}：内容是{kind}，能读的是纯文本、HTML、Word 和 PDF。请另存为其中一种。"
        )
    wide = _sample(data).translate(None, b"\x00") != _sample(data)
    if _is_binary(data, wide):
        raise UnsupportedFormat(
            path, f"{path}：内容是二进制数据，不是文本或 HTML。请确认它是一份年报。"
        )
    return _read_text(data, path, allowance.limits)


def _read_text(data: bytes, path: str, limits: Limits) -> Document:
    """Return the document in a page or a plain text."""
    declared = _DECLARED.search(data[:4096])
    decoded = decode_text(data, path, declared[1].decode("ascii") if declared else None)
    if is_mixed(decoded.text):
        document = replace(
            read_mixed(decoded.text, limits), pictures=tuple(_find_pictures(decoded.text))
        )
    elif _MARKUP.search(decoded.text[:65536].encode("utf-8", "replace")):
        document = read_html(decoded.text, limits)
    elif decoded.nuls > len(decoded.text) * _NULS:
        raise UnsupportedFormat(
            path, f"{path}：内容里有空字符（NUL），不是文本或 HTML。请重新取得这个文件。"
        )
    else:
        document = replace(read_txt(decoded.text), pictures=tuple(_find_pictures(decoded.text)))
    return replace(document, lost=decoded.lost)


def _find_pictures(text: str) -> Iterator[SourcePlace]:
    """Yield the places of the pictures that a text in Markdown takes in."""
    if "![" in text:
        for number, line in enumerate(text.splitlines(), start=1):
            if _PICTURE.search(line):
                yield SourcePlace(line=number)


def _load(reader: str, extra: str, path: str) -> Reader:
    """Return a reader; UnsupportedFormat names the extra that is to be installed for it."""
    module, name = reader.split(":")
    try:
        return cast(Reader, getattr(import_module(module), name))
    except ModuleNotFoundError as error:
        if not error.name or error.name.startswith("indexer"):
            raise
        raise UnsupportedFormat(
            path,
            f"{path}：读这种格式要装可选组件。请运行 pip install 'nianbao[{extra}]'，再运行 nianbao index --full。",
        ) from error


def _find_signature(data: bytes) -> str | None:
    return next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)


def _sample(data: bytes) -> bytes:
    return data[:4096] + data[len(data) // 2 : len(data) // 2 + 4096]


def _is_binary(data: bytes, wide: bool) -> bool:
    """Say whether control characters are so many that this is no text; UTF-16 and UTF-32 have them for a reason."""
    sample = _sample(data)
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls > len(sample) * (0.08 if wide else 0.01)
