"""Whole pages over HTTP, from the site as `nianbao serve` starts it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from bench.bars import FTS5
from bench.child import run_child
from bench.costs import Cost
from bench.fts5.searcher import Searcher
from bench.fts5.writer import open_database
from bench.kept import Builder
from bench.latencies import percentiles
from bench.memory import children_of, resident_megabytes
from bench.questions import draw_questions
from bench.rates import OURS
from indexer.search.query import Query
from webapp.arguments.printing import build_search

WORKERS = 2
_CLIENTS = 4
_EACH = 30
"""Queries of each kind."""
_STARTING = 20
"""Pages asked for before anything is timed, so that every worker has opened the index."""
_PATIENCE = 60.0
_SERVE = (
    "import sys; from indexer.cli.commands import main; sys.argv[1:] = ['serve', '--quiet']; main()"
)
_MOST_P50, _MOST_P95, _LEAST_PAGES = 25, 60, 60


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its process and its port."""

    process: int
    port: int


def measure_roundtrips(builder: Builder) -> Iterator[Cost]:
    """Yield the latency of pages and the memory of the server."""
    index, database = builder.build(OURS).path, builder.build(FTS5).path / "fts5.db"
    with closing(open_database(database)) as opened:
        questions = draw_questions(Searcher(opened), builder.seed, _EACH)
    addresses = [address_of(question.query) for question in questions]
    with (
        TemporaryDirectory(prefix="nianbao-bench-") as folder,
        _serving(index, Path(folder)) as server,
    ):
        _load(server, Path(folder), addresses[:: len(addresses) // _STARTING], _CLIENTS)
        one, _ = _load(server, Path(folder), addresses, 1)
        half, most = percentiles(one)
        pages, seconds = _load(server, Path(folder), addresses, _CLIENTS)
        rate = len(pages) / seconds
        yield Cost(
            "results page over HTTP, p50, ms", {OURS: half}, f"≤ {_MOST_P50}", half <= _MOST_P50
        )
        yield Cost(
            "results page over HTTP, p95, ms", {OURS: most}, f"≤ {_MOST_P95}", most <= _MOST_P95
        )
        yield Cost(
            f"pages a second, {_CLIENTS} clients",
            {OURS: rate},
            f"≥ {_LEAST_PAGES}",
            rate >= _LEAST_PAGES,
        )
        yield Cost("worker's memory of its own, then, MB", {OURS: _memory(server)})


def address_of(query: Query) -> str:
    """Return the address of a query's results page, which counts all facets."""
    return f"/search?{urlencode(build_search(replace(query, facets=(), size=20)))}"


@contextmanager
def _serving(index: Path, folder: Path) -> Iterator[Server]:
    port = _free_port()
    ours = {"NIANBAO_INDEX": str(index), "NIANBAO_PORT": str(port), "NIANBAO_WORKERS": str(WORKERS)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NIANBAO_")}
    path = os.pathsep.join(
        filter(None, (str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH")))
    )
    with Path(folder, "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", _SERVE],
            env={**kept, **ours, "PYTHONPATH": path},
            cwd=folder,
            stdout=log,
            stderr=log,
        )
        try:
            _wait(process, port)
            yield Server(process.pid, port)
        finally:
            process.terminate()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def _load(
    server: Server, folder: Path, addresses: Sequence[str], clients: int
) -> tuple[list[float], float]:
    file = folder / "addresses.json"
    file.write_text(json.dumps(list(addresses)), encoding="utf-8")
    told = run_child("bench.load", server.port, str(file), clients)
    return told["pages"], told["seconds"]


def _memory(server: Server) -> float:
    return max(resident_megabytes(child)[1] for child in children_of(server.process))


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
