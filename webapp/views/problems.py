"""Errors → a page or RFC 9457 problem details. Status codes are here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
)
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from indexer.errors import (
    EngineBusy,
    EngineError,
    IndexMissing,
    IndexOutdated,
    NianbaoError,
    QueryError,
    ReportNotFound,
    SourceError,
)
from indexer.records import Message
from indexer.serialise.messages import message_to_dict
from webapp.arguments.pasted_addresses import find_pasted
from webapp.arguments.record import ArgumentError
from webapp.names import Text
from webapp.negotiation import wants_json
from webapp.permalinks import rooted
from webapp.shapes.faults import shape_argument, shape_query

_RETRY_SECONDS = 30
MAX_QUOTED_SECTION = 40
"""The characters of an unknown section that a message repeats."""


class SectionNotFound(NianbaoError):
    """The report has no such section. `there` are the keys and names of those it has."""

    def __init__(self, report_id: str, section: str, there: tuple[tuple[str, Text], ...]) -> None:
        names = tuple(name for _, name in there)
        super().__init__("report.no_section", section=section[:MAX_QUOTED_SECTION], sections=names)
        self.report_id = report_id
        self.there = there


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong: its stable kind, its status, and the fault itself.

    `members` are for machines.
    """

    kind: str
    status: int
    detail: Message
    members: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    """The kind whose words it has; empty for its own."""

    @property
    def title(self) -> Message:
        """What kind of thing went wrong."""
        return Message.of(f"problem.{self.words or self.kind}.title")

    @property
    def advice(self) -> Message:
        """What to do about it."""
        return Message.of(f"problem.{self.words or self.kind}.advice")


_KINDS: tuple[tuple[type[NianbaoError], str, int], ...] = (
    (ArgumentError, "argument", 400),
    (QueryError, "query", 400),
    (ReportNotFound, "report-not-found", 404),
    (SectionNotFound, "section-not-found", 404),
    (SourceError, "source-unavailable", 410),
    (IndexMissing, "index-missing", 503),
    (IndexOutdated, "index-outdated", 503),
    (EngineBusy, "engine-busy", 503),
    (EngineError, "engine", 500),
    (NianbaoError, "internal", 500),
)
_HTTP = (400, 404, 405, 413, 431, 414, 500)
"""The errors of HTTP itself that have words of their own; the others share `http-other`."""


def list_problems() -> tuple[tuple[str, int, Message], ...]:
    """Return every kind of problem with its status and title, for the help page."""
    kinds = [(kind, status) for _, kind, status in _KINDS]
    kinds += [(f"http-{status}", status) for status in _HTTP]
    return tuple((kind, status, Message.of(f"problem.{kind}.title")) for kind, status in kinds)


def register_errors(app: Flask) -> None:
    """Answer every error of an application as a page or as JSON, whichever the visitor prefers."""
    app.register_error_handler(NianbaoError, answer_error)
    app.register_error_handler(HTTPException, answer_http)


def find_problem(error: NianbaoError) -> Problem:
    """Return what is told of an error.

    The inside of a failure of ours, such as where the index lies, is not.
    """
    kind, status = next(known[1:] for known in _KINDS if isinstance(error, known[0]))
    detail = Message.of("problem.server") if status >= 500 else error.message
    return Problem(kind, status, detail, _members(error))


def answer_error(error: NianbaoError) -> AnyResponse:
    """Answer an error raised on purpose; a pasted address of a report redirects to the report."""
    problem = find_problem(error)
    if problem.status == 404 and (meant := find_pasted()):
        return redirect(meant, 301)
    if problem.status >= 500:
        current_app.logger.error("%s: %s", type(error).__name__, error, exc_info=error)
    if wants_json():
        return _as_json(problem)
    if isinstance(error, QueryError):
        return _as_page(
            problem,
            "query_fault.html",
            fault=shape_query(error, tuple(request.args.items(multi=True))),
        )
    if isinstance(error, ArgumentError):
        return _as_page(
            problem, "argument_fault.html", fault=shape_argument(error, rooted(request.path))
        )
    return _as_page(problem, "error.html", error=error)


def answer_http(error: HTTPException) -> AnyResponse:
    """Answer an error of HTTP itself: no such page, no such method. Redirects pass."""
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    if status == 404 and (meant := find_pasted()):
        return redirect(meant, 301)
    problem = _http_problem(status)
    response = _as_json(problem) if wants_json() else _as_page(problem, "error.html", error=None)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _http_problem(status: int) -> Problem:
    kind = f"http-{status}"
    if status in _HTTP:
        return Problem(kind, status, Message.of(f"problem.{kind}.detail"))
    detail = Message.of("problem.http-other.detail", status=status)
    return Problem(kind, status, detail, words="http-other")


def _as_json(problem: Problem) -> Response:
    said = message_to_dict(problem.detail)
    body = {
        "type": f"{rooted('/help')}#{problem.kind}",
        "title": problem.title,
        "status": problem.status,
        "detail": Message.of("problem.detail", fault=problem.detail, advice=problem.advice),
        "instance": rooted(request.path),
        **problem.members,
        "code": said["code"],
        "params": said["params"],
    }
    response = jsonify(body)
    response.mimetype = "application/problem+json"
    return _finished(response, problem)


def _as_page(problem: Problem, template: str, **details: object) -> Response:
    return _finished(make_response(render_template(template, problem=problem, **details)), problem)


def _finished(response: Response, problem: Problem) -> Response:
    response.status_code = problem.status
    if problem.status == 503:
        response.headers["Retry-After"] = str(_RETRY_SECONDS)
    return response


def _members(error: NianbaoError) -> Mapping[str, Any]:
    if isinstance(error, ArgumentError):
        fault = shape_argument(error, rooted(request.path))
        name, value = error.pairs[error.at]
        return {
            "argument": name,
            "value": value,
            "nearest": [near.name for near in error.near],
            "fixed": fault.fixed or None,
        }
    if isinstance(error, QueryError):
        return {"query": error.text, "at": error.at, "suggestion": error.suggestion}
    if isinstance(error, SectionNotFound):
        return {"sections": [key for key, _ in error.there]}
    return {}
