"""Finds the format of a file in its content, whatever its name says, and reads it into a Document."""

from __future__ import annotations

import re

from indexer.errors import NotAReport, UnsupportedFormat
from indexer.readers.charset import decode_text
from indexer.readers.html import read_html
from indexer.readers.txt import read_txt
from indexer.records import Document

_SIGNATURES = (
    (b"PK\x03\x04", "DOCX 或其他 ZIP 文档"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Word（DOC）"),
    (b"{\\rtf", "RTF"),
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
_MARKUP = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|meta|table|div|p|span|title|article)\b", re.IGNORECASE)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1a\x1b\x00"))


def read_document(data: bytes, path: str) -> Document:
    """Return the document in these bytes. `path` is for messages only.

    NotAReport for an empty file, UnsupportedFormat for what is in no format that is read here, UndecodableText for text in no
    charset that decodes it; NoTextLayer, Encrypted, BrokenFile or TooLarge for a PDF that cannot be read.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise NotAReport(path, f"{path}：文件是空的。请重新取得这份年报再放回来。")
    if _PDF in data[:_PDF_WITHIN] and not _MARKUP.search(data[: data.index(_PDF)]):
        return _read_pdf(data, path)
    kind = _find_signature(data)
    if kind:
        raise UnsupportedFormat(path, f"{path}：内容是{kind}，目前只读纯文本、HTML 和 PDF。请另存为其中一种。")
    wide = _sample(data).translate(None, b"\x00") != _sample(data)
    if _is_binary(data, wide):
        raise UnsupportedFormat(path, f"{path}：内容是二进制数据，不是文本或 HTML。请确认它是一份年报。")
    declared = _DECLARED.search(data[:4096])
    text = decode_text(data, path, declared[1].decode("ascii") if declared else None)
    if "\x00" in text:
        raise UnsupportedFormat(path, f"{path}：内容里有空字符（NUL），不是文本或 HTML。请重新取得这个文件。")
    return read_html(text) if _MARKUP.search(text[:65536].encode("utf-8", "replace")) else read_txt(text)


def _read_pdf(data: bytes, path: str) -> Document:
    """Read a PDF, if what reads them is installed: it is heavy, and comes as an extra."""
    try:
        from indexer.readers.pdf import read_pdf
    except ImportError as error:
        raise UnsupportedFormat(
            path, f"{path}：内容是 PDF，但没有安装读 PDF 的组件。请运行 pip install 'nianbao[pdf]'。"
        ) from error
    return read_pdf(data, path)


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
