"""The server as it is started, and requests as they go over the wire."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import ROOT

NIANBAO = [sys.executable, "-c", "from indexer.cli.commands import main; main()"]
_PATIENCE = 60.0


def ask(site: str, line: bytes) -> tuple[bytes, dict[str, str], bytes]:
    """Send a raw request line; return the status line, headers and body of the answer."""
    address = urlsplit(site)
    with socket.create_connection((address.hostname, address.port), _PATIENCE) as wire:
        wire.sendall(line + b"\r\nHost: nianbao.example\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: wire.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *headers = head.split(b"\r\n")
    return status, dict(line.decode("latin-1").split(": ", 1) for line in headers), body


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_chinese_that_is_not_encoded_is_searched_for(site: str, encoding: str) -> None:
    _, _, meant = ask(site, b"GET /search.json?q=%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80 HTTP/1.1")
    status, _, found = ask(site, "GET /search.json?q=政务公开 HTTP/1.1".encode(encoding))

    assert status.startswith(b"HTTP/1.1 200 ")
    assert json.loads(found)["total"] == json.loads(meant)["total"] > 0
    assert any("GBK" in text for text in json.loads(found)["warnings"]) == (encoding == "gbk")


def test_a_path_that_is_not_encoded_leads_to_the_report(site: str) -> None:
    status, headers, _ = ask(site, "GET /reports/yw2x5g7q2nwy，详见 HTTP/1.1".encode())

    assert status.startswith(b"HTTP/1.1 301 ")
    assert headers["Location"] == "/reports/yw2x5g7q2nwy"


@pytest.mark.parametrize(
    "line",
    [
        "GET /search?q=政务 公开 HTTP/1.1".encode(),
        b"GET /search?q=%FF HTTP/1.1",
        b"GET /search?q=\xff HTTP/1.1",
        b"GET nothing HTTP/1.1",
        b"NONSENSE",
        "公开 / HTTP/1.1".encode(),
    ],
)
def test_what_cannot_be_read_is_refused_in_chinese(site: str, line: bytes) -> None:
    status, headers, body = ask(site, line)

    assert status.startswith(b"HTTP/1.1 400 ")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert "检索" in body.decode()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a server with its own index, below a path, at any free port."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("NIANBAO_")}
    settings = {
        "NIANBAO_CORPUS": str(ROOT / "corpus"),
        "NIANBAO_INDEX": str(tmp_path_factory.mktemp("index") / "index"),
        "NIANBAO_PORT": "0",
        "NIANBAO_WORKERS": "1",
        "NIANBAO_BASE_URL": "https://example.org/nianbao",
    }
    subprocess.run([*NIANBAO, "index", "--quiet"], check=True, cwd=ROOT, env={**plain, **settings})
    return {**plain, **settings}


@pytest.fixture(scope="module")
def mounted(index: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address that the server prints."""
    log = Path(tmp_path_factory.mktemp("log") / "stderr")
    with log.open("wb") as written:
        server = subprocess.Popen([*NIANBAO, "serve"], cwd=ROOT, env=index, stderr=written)
    try:
        while not (said := re.search(r"年报在 (http://\S+) ，", log.read_text("utf-8"))):
            assert server.poll() is None, log.read_text("utf-8")
            time.sleep(0.1)
        yield said[1]
    finally:
        server.terminate()
        server.wait(_PATIENCE)


def test_the_address_is_printed_once_the_server_listens_there(mounted: str) -> None:
    status, _, body = ask(mounted, b"GET /nianbao/search.json HTTP/1.1")

    assert mounted.endswith("/nianbao/")
    assert status.startswith(b"HTTP/1.1 200 ")
    assert json.loads(body)["results"][0]["url"].startswith("https://example.org/nianbao/reports/")


def test_a_port_that_is_taken_is_one_clear_error(index: dict[str, str], mounted: str) -> None:
    port = str(urlsplit(mounted).port)
    done = subprocess.run(
        [*NIANBAO, "serve"],
        cwd=ROOT,
        env={**index, "NIANBAO_PORT": port},
        capture_output=True,
        timeout=_PATIENCE,
    )

    assert done.returncode == 2
    assert done.stdout == b""
    (line,) = done.stderr.decode().splitlines()
    assert f"127.0.0.1:{port}" in line
    assert "NIANBAO_PORT" in line
    assert "年报在" not in line


def test_suggestions_and_forms_work_below_a_path(browser: Browser, mounted: str) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(mounted)
    page.get_by_role("combobox", name="检索年报").press_sequentially("高安")
    expect(page.get_by_role("option").first).to_contain_text("高安")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/nianbao/search\?q="))
    assert page.evaluate("getComputedStyle(document.querySelector('.top')).display") == "flex"
    context.close()
