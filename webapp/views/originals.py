"""The original files, byte for byte, and the questions that operators ask."""

from __future__ import annotations

import base64
import unicodedata
from io import BytesIO
from urllib.parse import quote

from flask import Blueprint, Response, jsonify, send_file

from indexer.corpus.sources import read_original
from indexer.errors import SourceError
from indexer.records import Report, SourceFile
from webapp.site import site

originals = Blueprint("originals", __name__)


@originals.get("/reports/<report_id>/source")
def source(report_id: str) -> Response:
    """Send the file that a report was read from, after checking its hash."""
    original, data = _read_any(site().engine.get(report_id))
    response = send_file(BytesIO(data), "application/octet-stream")
    response.headers.set(
        "Content-Disposition", "attachment", **_names(report_id, _plain_name(original))
    )
    digest = base64.b64encode(bytes.fromhex(original.sha256)).decode("ascii")
    response.headers["Repr-Digest"] = f"sha-256=:{digest}:"
    return response


@originals.get("/healthz")
def healthz() -> Response:
    """Say that the process answers."""
    return Response("ok\n", mimetype="text/plain")


@originals.get("/readyz")
def readyz() -> Response:
    """Say that searches can be answered, or fail as they would."""
    stats = site().engine.stats()
    return jsonify({"status": "ok", "reports": stats.reports, "generation": stats.generation})


def _read_any(report: Report) -> tuple[SourceFile, bytes]:
    """Return the first readable copy of the original; raise the first error if none is."""
    failures: list[SourceError] = []
    for original in report.sources:
        try:
            return original, read_original(site().settings.corpus, original)
        except SourceError as error:
            failures.append(error)
    raise failures[0]


def _names(report_id: str, name: str) -> dict[str, str]:
    """Return a file's name for a header, with the report's id as its ASCII fallback."""
    if name.isascii():
        return {"filename": name}
    _, dot, ending = name.rpartition(".")
    ascii_name = f"{report_id}.{ending}" if dot and ending.isascii() else report_id
    return {"filename": ascii_name, "filename*": f"UTF-8''{quote(name, safe='')}"}


def _plain_name(original: SourceFile) -> str:
    """The file's own name without what no header may hold."""
    name = original.path.rpartition("/")[2]
    return (
        "".join(
            "_" if unicodedata.category(character)[0] == "C" else character for character in name
        )
        or "report"
    )
