"""The encoding of a query string: GBK, as old pages and programs send it, is read as GBK."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

from flask import Flask, request

from indexer.search.analysis.segmenter import word_frequency
from indexer.text.folding import HAN, fold

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_READ = "nianbao.read_as_gbk"
_TWO_BYTES = re.compile("[\x00-\x7f\u0080-\u07ff]*").fullmatch
"""Matches text that takes one or two bytes a letter in UTF-8: only such bytes may be GBK too."""
_CHINESE = re.compile(rf"(?:{HAN}|[\x20-\x7e\u3000-\u3011\uff01-\uff5e·—‘’“”…《》])+").fullmatch


def read_charsets(app: Flask) -> None:
    """Let an application see the arguments of every address in UTF-8."""
    app.wsgi_app = _Reader(app.wsgi_app)  # type: ignore[method-assign]  # as Flask documents it


def read_as_gbk() -> tuple[str, ...]:
    """Return the values of the present request that came in GBK."""
    return tuple(request.environ.get(_READ, ()))


class _Reader:
    """An application whose query strings are UTF-8 where it is certain what they are in."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        query = environ.get("QUERY_STRING", "")
        if "%" in query or not query.isascii():
            read: list[str] = []
            pairs = [
                [_in_utf8(part, read) for part in pair.split("=", 1)] for pair in query.split("&")
            ]
            environ = {
                **environ,
                "QUERY_STRING": "&".join("=".join(pair) for pair in pairs),
                _READ: read,
            }
        return self._app(environ, start_response)


def _in_utf8(part: str, read: list[str]) -> str:
    """Return a name or a value quoted in UTF-8, with U+FFFD for bytes in neither UTF-8 nor GBK."""
    data = unquote_to_bytes(part.replace("+", " ").encode("latin-1", "replace"))
    text = _decoded(data)
    if text is None:
        return quote(data.decode(errors="replace"), safe="")
    if text.encode() != data:
        read.append(text)
        return quote(text, safe="")
    return part if part.isascii() else quote(text, safe="")


def _decoded(data: bytes) -> str | None:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _in_gbk(data)
    if text.isascii() or not _TWO_BYTES(text):
        return text
    other = _in_gbk(data) or ""
    return other if len(other) > 1 and word_frequency(fold(other)) else text


def _in_gbk(data: bytes) -> str | None:
    """Return the text in GB 2312, the common part of GBK; None unless it is Chinese throughout."""
    try:
        text = data.decode("gb2312")
    except UnicodeDecodeError:
        return None
    return text if _CHINESE(text) else None
