"""The site below a path of its host, as `https://example.org/nianbao`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def mount(app: Flask, path: str) -> None:
    """Serve an application below `path`, as `/nianbao`; an empty path changes nothing."""
    if path:
        app.config["APPLICATION_ROOT"] = path
        app.wsgi_app = _Mounted(app.wsgi_app, path)  # type: ignore[method-assign]  # as Flask documents it


class _Mounted:
    """An application below a path, whether or not the proxy before it cuts that path off."""

    def __init__(self, app: WSGIApplication, path: str) -> None:
        self._app = app
        self._path = path

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked = environ.get("PATH_INFO", "")
        if asked == self._path or asked.startswith(f"{self._path}/"):
            asked = asked[len(self._path) :]
        return self._app(
            {**environ, "SCRIPT_NAME": self._path, "PATH_INFO": asked or "/"}, start_response
        )
