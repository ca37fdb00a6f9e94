"""Requests pages from a server in its own process, so that it takes no time off the server's."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from bench.child import answer_parent

_SECONDS = 120


def load(port: str, file: str, clients: str) -> dict[str, Any]:
    """Request the addresses in a file, shared among clients; return total and individual seconds.

    Each client keeps its connection and requests the next page as soon as it has one.
    """
    addresses = json.loads(Path(file).read_text(encoding="utf-8"))
    many = int(clients)
    with ThreadPoolExecutor(many) as pool:
        started = time.perf_counter()
        shares = [addresses[at::many] for at in range(many)]
        took = [
            seconds
            for part in pool.map(lambda share: _ask(int(port), share), shares)
            for seconds in part
        ]
        return {"seconds": time.perf_counter() - started, "pages": took}


def _ask(port: int, addresses: Sequence[str]) -> list[float]:
    connection = HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
    took = []
    for address in addresses:
        started = time.perf_counter()
        connection.request("GET", address, headers={"Accept": "text/html"})
        response = connection.getresponse()
        body = response.read()
        took.append(time.perf_counter() - started)
        if response.status != 200 or b"</html>" not in body:
            raise RuntimeError(f"{response.status} {address}")
    connection.close()
    return took


if __name__ == "__main__":
    answer_parent(load)
