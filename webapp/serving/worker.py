"""The server process: it reads, or refuses on a page of the site, what gunicorn would refuse."""

from __future__ import annotations

import re
import socket
from typing import Any

from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.http.message import Request
from gunicorn.http.parser import RequestParser
from gunicorn.workers.gthread import ThreadWorker
from werkzeug.exceptions import BadRequest, RequestHeaderFieldsTooLarge, RequestURITooLarge

from webapp.views.problems import answer_http

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


class LenientRequest(Request):  # type: ignore[misc]  # gunicorn has no types
    """A request whose address may hold Chinese characters that are not percent-encoded."""

    def parse_request_line(self, line_bytes: bytes) -> None:
        """Read the request line, its letters beyond ASCII as if they were percent-encoded."""
        method, space, rest = line_bytes.partition(b" ")
        encoded = _BEYOND_ASCII.sub(lambda match: b"%%%02X" % match[0][0], rest)
        super().parse_request_line(method + space + encoded)


RequestParser.mesg_class = LenientRequest


class Worker(ThreadWorker):  # type: ignore[misc]  # likewise
    """A threaded worker that answers malformed requests in Chinese.

    A visitor who pastes a whole page into the search box sends an address that no server takes.
    """

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Answer what cannot be read as a request."""
        if isinstance(exc, ParseException):
            client.sendall(self._refusal(exc))
        else:
            super().handle_error(req, client, addr, exc)

    def _refusal(self, exc: ParseException) -> bytes:
        """Return the page as it goes over the wire; JSON is not possible without a request."""
        error = _ERRORS.get(type(exc), BadRequest)()
        with self.wsgi.test_request_context("/search"):
            response = self.wsgi.process_response(answer_http(error))
        response.headers["Connection"] = "close"
        lines = [
            f"HTTP/1.1 {response.status}",
            *(f"{name}: {value}" for name, value in response.headers),
        ]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + bytes(response.get_data())


_ERRORS = {LimitRequestLine: RequestURITooLarge, LimitRequestHeaders: RequestHeaderFieldsTooLarge}
