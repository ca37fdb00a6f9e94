"""Reads pages saved as one file (MHTML), as Word and browsers do, often under the name of a DOC."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from itertools import islice

from indexer.errors import BrokenFile
from indexer.formats.charset import decode_text, find_declared_charset
from indexer.formats.html.reader import read_html
from indexer.limits import Allowance, Limits
from indexer.records import Block, Document

_HEAD = 4096
_VERSION = re.compile(rb"^MIME-Version\s*:", re.IGNORECASE | re.MULTILINE)
_KIND = re.compile(
    rb"^Content-Type\s*:\s*(?:multipart/(?:related|mixed|alternative)|text/html)\b",
    re.IGNORECASE | re.MULTILINE,
)
_PAGE = re.compile(rb"<(?:!doctype html|html|body|table|p|div)\b", re.IGNORECASE)


def is_archive(data: bytes) -> bool:
    """Say whether this begins with the header lines of an MHTML rather than with a page."""
    head = re.split(rb"\r?\n\r?\n", data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n"), maxsplit=1)[0]
    return bool(_VERSION.search(head) and _KIND.search(head))


def read_archive(data: bytes, path: str, allowance: Allowance) -> Document:
    """Return the document in the first page of an archive; later ones are frames and the like."""
    limits = allowance.limits
    for part in _parts(data, limits.max_archive_parts):
        payload = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(payload, bytes) and payload.strip():
            return read_page(payload, path, limits, part.get_content_charset())
    raise BrokenFile(path, "source.archive_without_page")


def _parts(data: bytes, most: int) -> Iterator[Message]:
    """Yield the first parts of an archive in order, `most` of them; none if nested too deeply."""
    try:
        message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
        yield from islice(message.walk(), most)
    except RecursionError:
        return


def read_page(data: bytes, path: str, limits: Limits, declared: str | None = None) -> Document:
    """Return the document in a page's bytes; `declared` is the charset that came with it.

    Otherwise the page's own declaration counts.
    """
    decoded = decode_text(data, path, declared or find_declared_charset(data))
    return replace(read_html(decoded.text, limits), lost=decoded.lost)


def read_chunk(data: bytes, path: str, allowance: Allowance) -> tuple[Block, ...]:
    """Return the blocks of a page that a Word document includes; nothing for other formats."""
    if is_archive(data):
        return read_archive(data, path, allowance).blocks
    return read_page(data, path, allowance.limits).blocks if _PAGE.search(data[:_HEAD]) else ()
