from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.golden import ROOT

_PATIENCE = 60.0


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real server over a real index of the corpus."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("NIANBAO_")}
    settings = {
        "NIANBAO_CORPUS": str(ROOT / "corpus"),
        "NIANBAO_INDEX": str(tmp_path_factory.mktemp("index") / "index"),
        "NIANBAO_PORT": str(port),
        "NIANBAO_WORKERS": "1",
    }
    nianbao = [sys.executable, "-c", "from indexer.cli.commands import main; main()"]
    subprocess.run([*nianbao, "index", "--quiet"], check=True, cwd=ROOT, env={**plain, **settings})
    server = subprocess.Popen([*nianbao, "serve", "--quiet"], cwd=ROOT, env={**plain, **settings})
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_ready(f"{address}/readyz", server)
        yield address
    finally:
        server.terminate()
        server.wait(_PATIENCE)


def wait_until_ready(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                response.read()
            return
        except (urllib.error.URLError, ConnectionError):
            assert server.poll() is None, "the server went away"
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.1)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor without scripts."""
    context = browser.new_context(
        locale="zh-CN", java_script_enabled=False, viewport={"width": 1280, "height": 900}
    )
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
