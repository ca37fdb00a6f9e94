"""Text is sent compressed to whoever takes it so; original files go as they are."""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

_LEAST = 1024
"""A shorter answer gains nothing."""
_LEVEL = 5
_KINDS = (
    "text/",
    "application/json",
    "application/problem+json",
    "application/xml",
    "image/svg+xml",
)


def compress_text(app: Flask) -> None:
    """Let an application compress its answers with gzip where the visitor accepts that."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not (response.mimetype or "").startswith(_KINDS) or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    tag, weak = response.get_etag()
    if tag and not weak:
        response.set_etag(tag, weak=True)  # it holds for the text, compressed or not
    if response.status_code != 200 and response.status_code < 400:
        return response
    response.direct_passthrough = False
    data = response.get_data()
    if len(data) >= _LEAST and _accepted():
        response.set_data(gzip.compress(data, _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        response.headers.pop("Accept-Ranges", None)
    return response


def _accepted() -> bool:
    """Say whether the visitor takes gzip, and does not prefer the plain text."""
    encodings = request.accept_encodings
    plain = encodings["identity"] if "identity" in encodings.values() else 0
    return encodings["gzip"] > 0 and encodings["gzip"] >= plain
