from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests.webapp.reading import href, soup, text, texts

REPORT = "/reports/yw2x5g7q2nwy"
HAN = re.compile("[\u4e00-\u9fff]")
LATIN = re.compile("[A-Za-z]")
PAGES = [
    "/",
    "/about",
    "/help",
    "/nowhere",
    "/reports/aaaaaaaaaaaa",
    f"{REPORT}/nowhere",
    REPORT,
    f"{REPORT}?q=公开&cells=links",
    f"{REPORT}?q=(",
    f"{REPORT}/requests",
    f"{REPORT}/problems?q=公开",
    f"{REPORT}/why?q=信息公开 依申请公开",
    f"{REPORT}/why?level=township",
    f"{REPORT}/why?q=公开&sort=year&level=county",
    "/search",
    "/search?q=政务公开",
    "/search?q=政物公开",
    "/search?q=败诉最多的乡镇",
    "/search?q=依申请公开",
    "/search?q=依申请公开&synonyms=off",
    "/search?q=拆迁 OR 征地 -微信 章节:问题",
    "/search?q=-(微信 OR 微博) 公开",
    "/search?q=zzz 年份:2019..",
    "/search?q=新收申请=99999 层级:乡镇",
    '/search?q=年份：2019 "公开',
    "/search?q=采购金额>=100万&unjudged=1",
    "/search?level=township&-year=2020&size=1",
    "/search?requests.received.total_status=blank",
    "/search?requests.received.total_min=1&unjudged=1&sort=-requests.received.total",
    "/search?figure=proactive.fees.amount_yuan&figure=requests.received.total",
    "/search?region=宜春&unjudged=1",
    "/search?page=99",
    "/search?levle=township",
    "/search?level=x",
    "/search?page=0",
    "/search?sort=x",
    "/search?figure=requests.received.total&min=x",
    "/search?figure=requests.received.total&min=9&max=1",
    "/search?q=a&q=b",
    "/search?q=新收申请>abc",
    "/search?lang=fr",
]


def in_language(path: str, language: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={language}"


def read(client: FlaskClient, path: str, **headers: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(path, headers=headers).text, "lxml")


def language_of(page: BeautifulSoup) -> str:
    assert page.html is not None
    return str(page.html["lang"])


def chinese_in(page: BeautifulSoup) -> list[str]:
    """Return the Chinese on a page in another language.

    Text that is marked as Chinese (of reports, names, queries) is not of the page, and the title
    and attributes, which cannot be marked, may name a report or a query within a sentence.
    """
    for node in page.select('[lang^="zh"]'):
        node.decompose()
    texts = [str(node) for node in page.find_all(string=HAN) if node.parent.name != "title"]
    sentences = [str(page.title.string)] if page.title else []
    for node in page.find_all(True):
        for name in ("aria-label", "title", "placeholder", "alt"):
            sentences += [str(node[name])] if name in node.attrs else []
    return texts + [one for one in sentences if HAN.search(one) and not LATIN.search(one)]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_exists_in_english(client: FlaskClient, path: str) -> None:
    page = read(client, in_language(path, "en")) if "lang=" not in path else None
    if page is None:
        return
    assert language_of(page) == "en"
    assert "Message(" not in page.get_text()
    assert not re.search(r"\b(?:page|label|form|problem|argument)\.[a-z_]+", page.find("body").text)  # type: ignore[union-attr]
    assert chinese_in(page) == []


@pytest.mark.parametrize("kind", ["2019", "2021", "hybrid", "none", "hostile"])
def test_every_report_exists_in_english(odd_client: FlaskClient, odd_reports, kind: str) -> None:  # type: ignore[no-untyped-def]
    page = read(odd_client, in_language(f"/reports/{odd_reports[kind].id}", "en"))

    assert language_of(page) == "en"
    assert chinese_in(page) == []


def test_an_empty_index_is_described_in_english(empty_client: FlaskClient) -> None:
    assert chinese_in(read(empty_client, "/?lang=en")) == []


def test_the_visitors_language_counts_where_the_address_names_none(client: FlaskClient) -> None:
    english = {"Accept-Language": "en-GB,en;q=0.9,zh;q=0.5"}

    assert language_of(read(client, "/about")) == "zh-Hans"
    assert language_of(read(client, "/about", **english)) == "en"
    assert language_of(read(client, "/about?lang=zh", **english)) == "zh-Hans"
    assert language_of(read(client, "/about", **{"Accept-Language": "zh-CN,en;q=0.5"})) == "zh-Hans"
    assert language_of(read(client, "/about", **{"Accept-Language": "fr"})) == "zh-Hans"
    assert "Accept-Language" in client.get("/about").headers["Vary"]
    assert "Accept-Language" not in client.get("/about?lang=en").headers["Vary"]


def test_json_is_chinese_unless_the_address_names_a_language(client: FlaskClient) -> None:
    english = {"Accept-Language": "en"}
    path = "/search.json?levle=township"
    plain = client.get(path, headers=english)
    asked = client.get(f"{path}&lang=en")

    assert plain.json["detail"].startswith("没有名叫“levle”的参数。")
    assert "Accept-Language" not in plain.headers.get("Vary", "")
    assert asked.json["detail"].startswith("There is no argument called “levle”.")
    assert plain.json["code"] == asked.json["code"] == "argument.unknown"
    assert plain.json["params"] == {"name": "levle"}
    assert client.get("/about.json", headers=english).json["topics"][0]["title"] == "收的是什么"


@pytest.mark.parametrize(
    "path", ["/", "/help", REPORT, f"{REPORT}/requests?q=公开", "/search?q=公开", "/search?page=0"]
)
def test_the_language_is_carried_in_every_link(client: FlaskClient, path: str) -> None:
    page = soup(client, in_language(path, "en"), 400 if "page=0" in path else 200)
    links = [str(link["href"]) for link in page.select("body a[href]")]
    inner = [one for one in links if not one.startswith(("#", "https://")) and "/source" not in one]
    switch = [str(link["href"]) for link in page.select(".langs a")]

    assert inner
    for one in inner:
        assert parse_qs(urlsplit(one).query)["lang"] == ["zh" if one in switch else "en"], one
    for form in page.select("form"):
        assert form.select('input[name="lang"][value="en"]'), form


def test_what_is_cited_and_canonical_has_no_language(client: FlaskClient) -> None:
    page = soup(client, f"{REPORT}?lang=en")

    assert href(page, 'link[rel="canonical"]') == f"https://nianbao.example{REPORT}"
    assert "lang=" not in text(page, ".cite")


def test_a_switch_leads_to_the_same_page_in_each_language(client: FlaskClient) -> None:
    page = soup(client, "/search?q=公开&lang=en")

    assert texts(page, ".langs li") == ["中文", "English"]
    assert text(page, ".langs [aria-current]") == "English"
    assert href(page, ".langs a") == "/search?q=%E5%85%AC%E5%BC%80&lang=zh"
    alternates = {one["hreflang"]: one["href"] for one in page.select("link[hreflang]")}
    assert alternates == {
        "zh-Hans": "https://nianbao.example/search?q=%E5%85%AC%E5%BC%80",
        "en": "https://nianbao.example/search?q=%E5%85%AC%E5%BC%80&lang=en",
    }


def test_an_unknown_language_is_refused_by_a_search_and_ignored_elsewhere(app: Flask) -> None:
    client = app.test_client()

    assert client.get("/search?lang=fr").status_code == 400
    assert client.get("/about?lang=fr").status_code == 200


def test_the_figure_form_and_pasted_addresses_keep_the_language(client: FlaskClient) -> None:
    form = client.get("/search?figure=requests.received.total&min=1&max=&lang=en")
    pasted = client.get(f"{REPORT}，见?lang=en")

    assert parse_qs(urlsplit(form.location).query)["lang"] == ["en"]
    assert pasted.location == f"{REPORT}?lang=en"


def test_numbers_and_dates_are_written_as_the_language_does(client: FlaskClient) -> None:
    page = soup(client, "/?lang=en")
    facts = dict(zip(texts(page, ".facts dt"), texts(page, ".facts dd"), strict=True))

    assert facts["Last update"] == "21 Nov2026"
    assert text(soup(client, "/search?lang=en"), ".found").startswith("5 reports")
