from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from indexer.engines.memory.engine import MemoryEngine
from indexer.search.documents import build_document
from indexer.settings import Settings
from tests.webapp.builders import build_report
from tests.webapp.conftest import make_app
from tests.webapp.reading import href, soup, text, texts
from webapp.shapes.help_page import build_guide


def test_home_says_what_is_in_the_corpus(client: FlaskClient) -> None:
    page = soup(client, "/")
    facts = dict(zip(texts(page, ".facts dt"), texts(page, ".facts dd"), strict=True))

    assert facts["报告"].startswith("5份")
    assert facts["机构"].startswith("5")
    assert facts["年份"] == "2019–2020"
    assert "有数 836" in text(page, ".strip + .sum")
    assert len(page.select(".strip rect")) == 4


def test_the_levels_on_home_add_up_to_all_reports(settings: Settings) -> None:
    named = build_report()
    unnamed = build_report("某单位", identity=replace(named.identity, level=None))
    app = make_app(MemoryEngine([build_document(report) for report in (named, unnamed)]), settings)

    assert text(soup(app.test_client(), "/"), ".facts dd") == "2份乡镇 1、不详 1"


def test_home_asks_questions_whose_counts_are_those_of_the_search(client: FlaskClient) -> None:
    page = soup(client, "/")
    for row in page.select("#h-ask + ul > li"):
        answer = client.get(href(row, "a"), headers={"Accept": "application/json"}).get_json()
        assert text(row, ".n").startswith(f"{answer['total']} 份")
        assert ("无法判断" in text(row, ".n")) == bool(answer["unjudged"])


def test_every_search_that_home_gives_as_an_example_finds_something(client: FlaskClient) -> None:
    examples = soup(client, "/").select(".hero .hint a:has(code)")

    assert len(examples) == 3
    for link in examples:
        assert (
            client.get(str(link["href"]), headers={"Accept": "application/json"}).get_json()[
                "total"
            ]
            > 0
        )


def test_home_gives_no_example_that_finds_nothing(empty_client: FlaskClient) -> None:
    page = soup(empty_client, "/")

    assert not page.select(".hero .hint code")
    assert "例如" not in text(page, ".hero .hint")


def test_home_counts_reports_by_region_and_year(client: FlaskClient) -> None:
    page = soup(client, "/")
    rows = {text(row, "th"): texts(row, "td") for row in page.select("#h-by ~ div tbody tr")}

    assert sum(int(cells[-1]) for cells in rows.values()) == 5
    for link in page.select("#h-by ~ div tbody td a"):
        answer = client.get(str(link["href"]), headers={"Accept": "application/json"}).get_json()
        assert answer["total"] == int(link.get_text())


def test_home_of_an_empty_index_says_so(empty_client: FlaskClient) -> None:
    page = soup(empty_client, "/")

    assert "索引里还没有报告" in page.get_text()
    assert soup(empty_client, "/search", q="微信").select_one(".found") is not None


def test_every_example_of_the_help_runs(client: FlaskClient) -> None:
    page = soup(client, "/help")
    links = [
        str(link["href"])
        for link in page.select("main td a, main th a, main p a")
        if "/search" in str(link["href"])
    ]

    assert len(links) >= sum(len(chapter.examples) for chapter in build_guide())
    for link in links:
        assert client.get(link).status_code == 200, link
    for chapter in build_guide():
        for example in chapter.examples:
            assert not client.get("/search.json", query_string={"q": example.text}).get_json()[
                "warnings"
            ], example.text


def test_the_help_says_what_is_suggested_and_what_is_proposed(client: FlaskClient) -> None:
    page = soup(client, "/help").get_text()

    assert "拼音首字母" in page
    assert "也许要找的是" in page


def test_method_and_limits_are_written_down(client: FlaskClient) -> None:
    assert "无法判断" in soup(client, "/about").get_text()


@pytest.mark.parametrize(
    "path", ["/", "/search?q=微信", "/help", "/about", "/nowhere", "/search?q=(", "/search?x=1"]
)
def test_no_page_runs_a_script_but_our_own_file_or_styles_itself(
    client: FlaskClient, path: str
) -> None:
    response = client.get(path)
    page = BeautifulSoup(response.text, "lxml")

    assert [(tag.get("src"), tag.get_text()) for tag in page.select("script")] == [
        ("/static/suggest.js", "")
    ]
    assert not page.select("style, [style], iframe, object, embed, form[method=post]")
    assert not [
        tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)
    ]
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/", "/search?q=微信", "/search?q=(", "/help", "/about", "/nowhere"]
)
def test_every_page_has_landmarks_labels_and_one_heading(client: FlaskClient, path: str) -> None:
    page = BeautifulSoup(client.get(path).text, "lxml")

    assert len(page.select("main#main")) == len(page.select("h1")) == 1
    assert href(page, "a.skip") == "#main"
    assert page.select_one("html[lang=zh-Hans]") is not None
    for field in page.select("input:not([type=hidden]), select"):
        assert page.select_one(f"label[for='{field.get('id')}']") or field.find_parent("label"), (
            str(field)
        )
    ids = [str(one["id"]) for one in page.select("[id]")]
    assert len(ids) == len(set(ids))
