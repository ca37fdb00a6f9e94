"""Drives a checkout from outside: its command line, and its site over HTTP."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import quote

_HOST = "nianbao.example"
"""The base URL of both sites, so that absolute addresses contain no port."""
_PATIENCE = {
    "QUERY_SECONDS": "120",
    "FILE_SECONDS": "120",
    "REQUEST_SECONDS": "300",
    "WORKERS": "1",
}
"""Settings under which no answer depends on how busy the machine is."""
_SHOWN_HEADERS = ("Content-Type", "Location", "Vary", "Cache-Control", "Allow", "Retry-After")
_MORE_HEADERS = ("Content-Disposition", "Repr-Digest", "Content-Language", "Link")
_SAFE = "/?&=%:;,+*!()'-._~"
_START_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a command or an address: its kind of text, and the text."""

    mime: str
    head: str
    text: str

    @property
    def refused(self) -> bool:
        """Whether the site answered with an error."""
        return self.head[:1] in ("4", "5")


@dataclass(frozen=True, slots=True)
class Checkout:
    """A checkout at work on a corpus; `home` is a folder of its own for its index."""

    folder: Path
    home: Path
    corpus: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `nianbao` with these arguments, whatever the exit status."""
        command = [str(find_program(self.folder)), *arguments]
        options: dict[str, Any] = {"cwd": self.home, "env": self._environment()}
        return subprocess.run(command, capture_output=True, text=True, **options)

    def own_words(self) -> Mapping[str, str]:
        """Return the texts that differ with every run, and their placeholders."""
        status = self.run("status", "--json").stdout
        facts = json.loads(status) if status else {}
        return {facts["updated"]: "<updated>"} if facts.get("updated") else {}

    @contextmanager
    def serve(self) -> Iterator[Site]:
        """Serve the index within the context; RuntimeError if the site does not start."""
        port = _free_port()
        command = [str(find_program(self.folder)), "serve", "--quiet"]
        environment = self._environment() | {"NIANBAO_PORT": str(port)}
        with (self.home / "serve.log").open("w") as log:
            options: dict[str, Any] = {"cwd": self.home, "env": environment}
            process = subprocess.Popen(command, stdout=log, stderr=log, **options)
        site = Site(port)
        try:
            self._await(site, process)
            yield site
        finally:
            site.close()
            process.terminate()
            process.wait(30)

    def _await(self, site: Site, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + _START_SECONDS
        while process.poll() is None and time.monotonic() < until:
            try:
                if site.ask("/readyz").head.startswith("200"):
                    return
            except (OSError, HTTPException):
                time.sleep(0.2)
        said = (self.home / "serve.log").read_text(errors="replace")
        raise RuntimeError(f"the site of {self.folder} does not start: {said[-2000:]}")

    def _environment(self) -> dict[str, str]:
        mine = ("NIANBAO_", "PYTHON", "VIRTUAL_ENV")
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(mine)}
        paths = {"CORPUS": str(self.corpus), "INDEX": ".index", "HOST": "127.0.0.1"}
        chosen = {f"NIANBAO_{name}": value for name, value in (paths | _PATIENCE).items()}
        return inherited | chosen


def find_program(checkout: Path) -> Path:
    """Return a checkout's `nianbao`; ValueError unless the checkout's own Python runs it."""
    program = checkout / ".venv" / "bin" / "nianbao"
    if not program.is_file():
        raise ValueError(f"{program} is missing: run make install in {checkout}")
    python = Path(program.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("#!"))
    if not python.is_relative_to(checkout):
        raise ValueError(f"{program} runs by {python}: delete .venv there, run make install")
    return program


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@dataclass(slots=True)
class Site:
    """A running site, asked over one connection."""

    port: int
    connection: HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = HTTPConnection("127.0.0.1", self.port, timeout=300)

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def ask(self, address: str) -> Answer:
        """Request an address, prefixed by a method where it is not GET."""
        method, _, path = address.partition("/")
        method, target = method.strip() or "GET", quote(f"/{path}", safe=_SAFE)
        try:
            return self._ask(method, target)
        except (OSError, HTTPException):  # a connection that the server has closed meanwhile
            self.connection.close()
            return self._ask(method, target)

    def _ask(self, method: str, target: str) -> Answer:
        self.connection.request(method, target, headers={"Host": _HOST, "Accept": _accept(target)})
        response = self.connection.getresponse()
        body = response.read()
        mime = response.headers.get_content_type()
        text = body.decode("utf-8", errors="backslashreplace")
        return Answer(mime, _head(response), text)


def _accept(target: str) -> str:
    return "application/json" if ".json" in target.partition("?")[0] else "text/html"


def _head(response: HTTPResponse) -> str:
    """Return the status and the headers that belong to an answer, methods sorted."""
    names = (*_SHOWN_HEADERS, *_MORE_HEADERS)
    shown = {name: response.headers[name] for name in names if name in response.headers}
    if "Allow" in shown:
        shown["Allow"] = ", ".join(sorted(shown["Allow"].split(", ")))
    return "\n".join([str(response.status), *map(": ".join, shown.items())])
