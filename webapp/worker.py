"""The process that serves: it says in Chinese, on a page of the site, what the server refuses before the site is asked."""

from __future__ import annotations

import socket
from typing import Any

from gunicorn.http.errors import LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker
from werkzeug.exceptions import RequestURITooLarge

from webapp.errors import answer_http


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A worker of gunicorn's. Who pastes a whole page into the search box sends an address that no server takes."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Answer what cannot be read as a request."""
        if isinstance(exc, LimitRequestLine):
            client.sendall(self._too_long())
        else:
            super().handle_error(req, client, addr, exc)

    def _too_long(self) -> bytes:
        """The page as it goes over the wire. Nothing is known of what was asked, so it is no JSON."""
        with self.wsgi.test_request_context("/search"):
            response = self.wsgi.process_response(answer_http(RequestURITooLarge()))
        response.headers["Connection"] = "close"
        lines = [f"HTTP/1.1 {response.status}", *(f"{name}: {value}" for name, value in response.headers)]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + bytes(response.get_data())
