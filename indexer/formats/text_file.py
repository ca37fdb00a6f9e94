"""Tells text from other content, and reads it: a web page, or plain text with or without tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.errors import UnsupportedFormat
from indexer.formats.charset import decode_text, find_declared_charset
from indexer.formats.html.mhtml import is_archive
from indexer.formats.html.reader import read_html
from indexer.formats.txt import read_txt
from indexer.formats.txt.html_tables import is_mixed, read_mixed
from indexer.limits import Allowance
from indexer.records import Document, SourcePlace

_HEAD_BYTES = 4096
_MARKUP_CHARACTERS = 65_536
"""A page shows one of the common elements within this many characters."""
_PDF_HEADER = b"%PDF-"
_PDF_HEADER_WITHIN = 1024
"""The standard allows this many bytes before a PDF's header, which mail programs and web servers
make use of."""
_REFUSED = (
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf", "seven_zip"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
)
_MARKUP = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|meta|table|div|p|span|title|article)\b", re.IGNORECASE
)
_PICTURE = re.compile(r"!\[[^\[\]]{0,200}\]\([^()\s]+")
_MAX_NUL_SHARE = 0.01
_MAX_CONTROL_SHARE, _MAX_CONTROL_SHARE_WIDE = 0.01, 0.08
"""Control characters in a text; in UTF-16 and UTF-32 bytes of letters look like some."""
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1a\x1b\x00"))
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def is_pdf(data: bytes) -> bool:
    """Say whether this is a PDF, and not a page that shows the beginning of one."""
    at = data.find(_PDF_HEADER, 0, _PDF_HEADER_WITHIN)
    return at >= 0 and not _MARKUP.search(data[:at])


def is_word_xml(data: bytes) -> bool:
    """Say whether this is a Word document in a single XML file."""
    head = data[:_HEAD_BYTES]
    return (b"<w:wordDocument" in head or b"<pkg:package" in head) and not is_archive(data)


def find_refused(data: bytes) -> str | None:
    """Return the kind of a file that is put among reports by mistake, as in `label.content`."""
    return next((kind for signature, kind in _REFUSED if data.startswith(signature)), None)


def is_text(data: bytes) -> bool:
    """Say whether there are so few control characters that this may be text."""
    if find_refused(data):
        return False
    if data.startswith(_WIDE_MARKS):
        return True
    middle = len(data) // 2
    sample = data[:_HEAD_BYTES] + data[middle : middle + _HEAD_BYTES]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    most = _MAX_CONTROL_SHARE_WIDE if b"\x00" in sample else _MAX_CONTROL_SHARE
    return controls <= len(sample) * most


def read_text_file(data: bytes, path: str, allowance: Allowance) -> Document:
    """Return the document in a page or a plain text.

    UndecodableText if no charset decodes it, UnsupportedFormat if it is full of NUL characters.
    """
    decoded = decode_text(data, path, find_declared_charset(data))
    text = decoded.text
    if is_mixed(text):
        mixed = read_mixed(text, allowance.limits)
        document = replace(mixed, pictures=tuple(_find_pictures(text)))
    elif _MARKUP.search(text[:_MARKUP_CHARACTERS].encode("utf-8", "replace")):
        document = read_html(text, allowance.limits)
    elif decoded.nuls > len(text) * _MAX_NUL_SHARE:
        raise UnsupportedFormat(path, "source.nul_characters")
    else:
        document = replace(read_txt(text), pictures=tuple(_find_pictures(text)))
    return replace(document, lost=decoded.lost)


def _find_pictures(text: str) -> Iterator[SourcePlace]:
    """Yield the places of the pictures that a text in Markdown includes."""
    if "![" in text:
        for number, line in enumerate(text.splitlines(), start=1):
            if _PICTURE.search(line):
                yield SourcePlace(line=number)
