"""The site below a path of its host: nothing on it leads out of that path."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import Client, TestResponse

from indexer.search.port import SearchEngine
from indexer.settings import Settings
from tests.webapp.conftest import make_app

PUBLIC = "https://example.org/nianbao"
STARTS = (
    "/nianbao/",
    "/nianbao/search?q=%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80",
    "/nianbao/search?q=%E6%8B%86%E8%BF%81%20OR",
    "/nianbao/search?disputes.litigation.total_mn=1&level=county",
    "/nianbao/search?min=x&figure=requests.received.total",
    "/nianbao/search?size=2&page=2&sort=-requests.received.total",
    "/nianbao/search.json?size=2&q=%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80",
    "/nianbao/search.json?page=0",
    "/nianbao/reports/yw2x5g7q2nwy/nowhere",
    "/nianbao/nowhere",
    "/nianbao/help.json",
    "/nianbao/index.json",
)
_ALIKE = 4
"""So many pages of one kind are looked at."""


@pytest.fixture
def mounted(engine: SearchEngine, settings: Settings) -> Client:
    return Client(make_app(engine, replace(settings, base_url=PUBLIC)), TestResponse)


def test_every_link_and_asset_stays_below_the_path_and_answers(mounted: Client) -> None:
    waiting, seen = list(STARTS), set(STARTS)
    kinds = set()
    while waiting:
        path = waiting.pop(0)
        with mounted.get(path) as response:
            kinds.add(response.mimetype)
            plain = re.sub(r"[?&]lang=\w+", "", path)
            assert response.status_code in (200, 301, 302) or plain in STARTS, path
            found = list(_addresses(response, path))
        for address in found:
            assert f"{address}/".startswith("/nianbao/"), (path, address)
            alike = [one for one in seen if _kind(one) == _kind(address)]
            if address not in seen and len(alike) < _ALIKE:
                seen.add(address)
                waiting.append(address)

    assert kinds >= {
        "text/html",
        "application/json",
        "text/css",
        "image/svg+xml",
        "text/javascript",
    }
    assert {urlsplit(one).path for one in seen} >= {
        "/nianbao/about",
        "/nianbao/reports/yw2x5g7q2nwy/source",
    }


def _kind(address: str) -> str:
    """Return what addresses have in common that lead to pages of one kind."""
    return re.sub("[a-z2-7]{12}", "", urlsplit(address).path)


def _addresses(response: TestResponse, path: str) -> Iterator[str]:
    """Yield every address of this site that an answer names."""
    if response.location:
        yield _local(response.location)
    elif response.mimetype == "text/html":
        yield from _in_page(BeautifulSoup(response.text, "lxml"), path)
    elif response.mimetype.endswith("json"):
        for name, address in _named(json.loads(response.text)):
            if (
                name in ("url", "next", "report_url", "search", "why", "type", "instance", "fixed")
                and address
            ):
                yield _local(address)
    elif response.mimetype == "text/css":
        for address in re.findall(r"url\(([^)]+)\)", response.text):
            yield _local(urljoin(path, address.strip("\"'")))


def _in_page(page: BeautifulSoup, path: str) -> Iterator[str]:
    for name in ("href", "src", "action", "srcset", "data-url"):
        for tag in page.select(f"[{name}]"):
            if tag.get("rel") != ["external", "noopener", "noreferrer"]:
                yield _local(urljoin(path, str(tag[name])))
    for address in re.findall(r"https://example\.org[^\s\"'<>{},]*", page.get_text()):
        yield _local(address.rstrip("."))


def _named(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        yield from ((name, one) for name, one in value.items() if isinstance(one, str))
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _named(one)


def _local(address: str) -> str:
    plain = urldefrag(address)[0]
    if urlsplit(plain).netloc:
        assert plain.startswith(f"{PUBLIC}/"), plain
        return plain.removeprefix("https://example.org")
    return plain


@pytest.mark.parametrize("path", ["/search", "/nianbao/search", "/nianbao", "/", "/nianbao/"])
def test_a_proxy_may_cut_the_path_off_or_leave_it(mounted: Client, path: str) -> None:
    response = mounted.get(path)

    assert response.status_code == 200
    assert 'action="/nianbao/search"' in response.text


def test_redirects_and_cited_addresses_have_the_path_once(mounted: Client) -> None:
    form = mounted.get("/nianbao/search?figure=requests.received.total&min=1")
    pasted = mounted.get("/nianbao/reports/yw2x5g7q2nwy%E3%80%82?q=a")
    report = BeautifulSoup(mounted.get("/nianbao/reports/yw2x5g7q2nwy").text, "lxml")

    assert form.location == "/nianbao/search?requests.received.total_min=1"
    assert pasted.location == "/nianbao/reports/yw2x5g7q2nwy?q=a"
    assert report.select("link[rel=canonical]")[0]["href"] == f"{PUBLIC}/reports/yw2x5g7q2nwy"
    assert f"[2026-11-21]. {PUBLIC}/reports/yw2x5g7q2nwy." in report.get_text()


def test_the_page_for_an_address_that_is_too_long_has_its_style(
    engine: SearchEngine, settings: Settings
) -> None:
    app = make_app(engine, replace(settings, base_url=PUBLIC))
    with app.test_request_context("/search"):
        assert app.url_for("static", filename="style.css") == "/nianbao/static/style.css"
