from __future__ import annotations

from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from flask.testing import FlaskClient


def test_an_empty_page_proposes_what_may_have_been_meant_and_does_not_search_for_it(
    client: FlaskClient,
) -> None:
    page = BeautifulSoup(
        client.get("/search", query_string={"q": "政府信息工开 年份:2019"}).text, "lxml"
    )
    box = page.select_one("#q")
    proposed = page.select_one(".meant a")

    assert box is not None
    assert proposed is not None
    assert box["value"] == "政府信息工开 年份:2019"
    assert page.select(".hits > li") == []
    assert proposed.get_text() == "政府信息公开 年份:2019"
    assert "3 份" in page.select(".meant")[0].get_text()
    found = BeautifulSoup(client.get(str(proposed["href"])).text, "lxml")
    assert len(found.select(".hits > li")) == 3
    assert found.select(".meant") == []


def test_the_json_of_a_search_says_what_may_have_been_meant(client: FlaskClient) -> None:
    meant = client.get("/search.json", query_string={"q": "保密审察"}).get_json()["did_you_mean"]
    url = meant.pop("url")

    assert meant == {
        "q": "保密审查",
        "replaced": [{"from": "保密审察", "to": "保密审查"}],
        "total": meant["total"],
        "unjudged": 0,
    }  # fmt: skip
    parts = urlsplit(url)
    assert client.get(f"{parts.path}?{parts.query}").get_json()["total"] == meant["total"] > 0
    assert (
        client.get("/search.json", query_string={"q": "保密审查"}).get_json()["did_you_mean"]
        is None
    )


def test_a_place_among_the_arguments_is_corrected_in_the_arguments(client: FlaskClient) -> None:
    answer = client.get("/search.json", query_string={"county": "高桉市"}).get_json()
    assert answer["total"] == 0
    assert answer["did_you_mean"]["url"].endswith("/search.json?county=%E9%AB%98%E5%AE%89%E5%B8%82")


def test_a_search_that_finds_enough_proposes_nothing(client: FlaskClient) -> None:
    assert 'class="meant"' not in client.get("/search?q=公开").text
    assert client.get("/search.json?q=公开").get_json()["did_you_mean"] is None
