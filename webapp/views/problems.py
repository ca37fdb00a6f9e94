"""Errors → what a visitor is told, as a page or as RFC 9457 problem details. Status codes are here and nowhere else."""

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
from indexer.messages import render
from webapp.arguments.pasted_addresses import find_pasted
from webapp.arguments.record import ArgumentError
from webapp.negotiation import language, wants_json
from webapp.permalinks import rooted
from webapp.shapes.faults import shape_argument, shape_query

_RETRY_SECONDS = 30


class SectionNotFound(NianbaoError):
    """The report has no such section. `there` are the keys and names of those it has."""

    def __init__(self, report_id: str, section: str, there: tuple[tuple[str, str], ...]) -> None:
        super().__init__(
            f"这份报告没有“{section[:40]}”这一节。它有的是：{'、'.join(name for _, name in there)}。"
        )
        self.report_id = report_id
        self.there = there


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong: its stable kind, status, title, the fault itself and what to do. `members` are for machines."""

    kind: str
    status: int
    title: str
    detail: str
    advice: str = ""
    members: Mapping[str, Any] = field(default_factory=dict)


_KINDS: tuple[tuple[type[NianbaoError], str, int, str, str], ...] = (
    (ArgumentError, "argument", 400, "读不懂的参数", "检索没有执行。请改正这个参数，或去掉它。"),
    (QueryError, "query", 400, "读不懂的检索式", "检索没有执行。请按提示改正。"),
    (
        ReportNotFound,
        "report-not-found",
        404,
        "没有这份报告",
        "报告的地址是 /reports/ 加 12 个小写字母或数字。",
    ),
    (SectionNotFound, "section-not-found", 404, "没有这一节", "请从整份报告的目录里选一节。"),
    (
        SourceError,
        "source-unavailable",
        410,
        "原始文件取不到",
        "报告的文字和数字仍可查看；SHA-256 可用来在别处核对。",
    ),
    (IndexMissing, "index-missing", 503, "还没有索引", "请管理员运行 nianbao index，然后再来。"),
    (
        IndexOutdated,
        "index-outdated",
        503,
        "索引过时了",
        "请管理员运行 nianbao index --full，然后再来。",
    ),
    (EngineBusy, "engine-busy", 503, "索引正在更新", "请过一会儿再试。"),
    (EngineError, "engine", 500, "检索出了故障", "故障已记录，请稍后再试。"),
    (NianbaoError, "internal", 500, "出了故障", "故障已记录，请稍后再试。"),
)
_HTTP: Mapping[int, tuple[str, str, str]] = {
    400: ("请求读不懂", "这个请求不合 HTTP 的写法。", "请核对地址，或回到检索页。"),
    404: ("没有这个网页", "这个地址上没有东西。", "请核对地址，或回到检索页查找。"),
    405: ("不能这样访问", "这个地址只能用 GET 访问。", "请直接打开地址。"),
    413: ("请求太大", "这个请求太大。", "请缩短后再试。"),
    431: (
        "请求头太长",
        "这个请求的请求头太长，多半是 Cookie 太多。",
        "请清除本站的 Cookie 后再试。",
    ),
    414: ("地址太长", "这个地址太长。", "请把检索式缩短到约 800 个汉字以内，或减少条件。"),
    500: ("出了故障", "网站出了故障。", "故障已记录，请稍后再试。"),
}


def list_problems() -> tuple[tuple[str, int, str], ...]:
    """Return every kind of problem with its status and title, for the help page."""
    return tuple((kind, status, title) for _, kind, status, title, _ in _KINDS) + tuple(
        (f"http-{status}", status, title) for status, (title, _, _) in _HTTP.items()
    )


def register_errors(app: Flask) -> None:
    """Answer every error of an application as a page or as JSON, whichever the visitor prefers."""
    app.register_error_handler(NianbaoError, answer_error)
    app.register_error_handler(HTTPException, answer_http)


def find_problem(error: NianbaoError) -> Problem:
    """Return what is told of an error; the inside of a failure of ours, such as where the index lies, is not."""
    kind, status, title, advice = next(known[1:] for known in _KINDS if isinstance(error, known[0]))
    detail = "服务器现在没能完成这个请求。" if status >= 500 else render(error.message, language())
    return Problem(kind, status, title, detail, advice, _members(error))


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
    title, detail, advice = _HTTP.get(
        status, ("请求没有成功", f"服务器回答 {status}。", "请核对地址，或回到检索页。")
    )
    problem = Problem(f"http-{status}", status, title, detail, advice)
    response = _as_json(problem) if wants_json() else _as_page(problem, "error.html", error=None)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _as_json(problem: Problem) -> Response:
    body = {
        "type": f"{rooted('/help')}#{problem.kind}",
        "title": problem.title,
        "status": problem.status,
        "detail": f"{problem.detail}{problem.advice}",
        "instance": rooted(request.path),
        **problem.members,
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
