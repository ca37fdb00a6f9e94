from __future__ import annotations

from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.webapp.reading import href, soup

PAGES = [
    "/",
    "/search?q=%E5%BE%AE%E4%BF%A1&requests.received.total_max=9&-level=department",
    "/search?q=%E5%B1%82%E7%BA%A7%3A%E4%B9%A1%E9%95%87&disputes.litigation.total_min=1",
    "/search?size=2&page=2&sort=-year",
    "/reports/yw2x5g7q2nwy?q=%E5%BE%AE%E4%BF%A1",
    "/reports/yw2x5g7q2nwy/requests?cells=links",
    "/reports/an3cmvzvum7s",
    "/reports/xfdq6zpcez7h",
    "/help",
    "/about",
    "/nowhere",
]
ELSEWHERE = "https://nianbao.example"


def links_of(html: str, base: str) -> set[str]:
    page = BeautifulSoup(html, "lxml")
    return {
        urljoin(base, str(tag[name]))
        for name in ("href", "src", "action")
        for tag in page.select(f"[{name}]")
    }


@pytest.mark.parametrize("path", PAGES)
def test_no_link_is_dead_and_none_leaves_the_site(client: FlaskClient, path: str) -> None:
    found: dict[str, BeautifulSoup] = {}
    for link in links_of(client.get(path).text, path):
        target, anchor = urldefrag(link)
        assert urlsplit(target).netloc in ("", urlsplit(ELSEWHERE).netloc), link
        if target not in found:
            with client.get(target.removeprefix(ELSEWHERE), follow_redirects=True) as response:
                assert response.status_code == (404 if target == path == "/nowhere" else 200), link
                found[target] = BeautifulSoup(
                    response.text if response.mimetype == "text/html" else "", "lxml"
                )
        assert not anchor or found[target].find(id=anchor) is not None, link


def test_a_figure_of_a_report_without_tables_leads_to_the_report(odd_client: FlaskClient) -> None:
    results = odd_client.get(
        "/search.json?q=机构:旧镇&sort=-requests.received.total&unjudged=1"
    ).get_json()["results"]
    (figure,) = results[0]["figures"].values()
    page = soup(odd_client, "/search", q="机构:旧镇", sort="-requests.received.total", unjudged="1")

    assert figure["status"] == "missing"
    assert figure["url"] == f"{ELSEWHERE}/reports/{results[0]['id']}"
    assert href(page, ".fig a") == f"/reports/{results[0]['id']}"
