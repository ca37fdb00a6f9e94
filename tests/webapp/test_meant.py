"""What plain words may mean and which part finds nothing, on the page and in JSON."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.webapp.reading import href, soup, text, texts


def searched(client: FlaskClient, query: str) -> dict:
    response = client.get("/search.json", query_string={"q": query})
    assert response.status_code == 200
    return response.get_json()


def test_a_ranking_in_words_is_offered_and_not_applied(client: FlaskClient) -> None:
    found = searched(client, "败诉最多的乡镇")
    best = found["meant"][0]
    asked = parse_qs(urlsplit(best["url"]).query)
    assert found["total"] == 0
    assert (best["q"], best["total"], best["unjudged"]) == ("", 4, 0)
    assert asked == {"level": ["township"], "sort": ["-disputes.litigation.corrected"]}
    assert best["url"].startswith("https://")


def test_a_level_and_a_figure_are_offered_as_conditions(client: FlaskClient) -> None:
    best = searched(client, "乡镇 新收申请")["meant"][0]
    asked = parse_qs(urlsplit(best["url"]).query)
    assert best["text"] == "层级:乡镇 新收申请>0"
    assert asked == {"level": ["township"], "requests.received.total_min": ["1"]}
    again = client.get(f"/search.json?{urlsplit(best['url']).query}").get_json()
    assert (again["total"], again["unjudged"]) == (best["total"], best["unjudged"])


@pytest.mark.parametrize(
    ("query", "best", "left"),
    [
        ("江西", "地区:江西", ""),
        ("江西 拆迁", None, ""),
        ("江西 政务公开", "地区:江西 政务公开", "政务公开"),
    ],
)
def test_a_place_is_offered_with_the_words_that_are_left(
    client: FlaskClient, query: str, best: str | None, left: str
) -> None:
    meant = searched(client, query)["meant"]
    assert [one["text"] for one in meant][:1] == ([best] if best else [])
    assert [one["q"] for one in meant][:1] == ([left] if best else [])


def test_the_page_offers_conditions_above_the_hits(client: FlaskClient) -> None:
    page = soup(client, "/search", q="江西")
    assert texts(page, ".offers a") == ["地区:江西"]
    assert "4 份" in text(page, ".offers .n")
    assert "region=" in href(page, ".offers a")
    markup = str(page)
    assert markup.index('class="offers"') < markup.index('class="hits"')


def test_what_finds_nothing_is_said_part_by_part(client: FlaskClient) -> None:
    found = searched(client, "无此词 政务公开")
    assert found["total"] == 0
    assert [part["text"] for part in found["parts"]] == ["无此词", "政务公开"]
    assert found["parts"][0]["total"] == 0
    assert found["parts"][1]["total"] > 0
    assert "单独也找不到：“无此词”" in found["nothing"]
    assert found["nothing"] in text(soup(client, "/search", q="无此词 政务公开"), ".msg")


def test_what_finds_something_needs_no_parts(client: FlaskClient) -> None:
    found = searched(client, "政务公开")
    assert (found["parts"], found["nothing"], found["meant"]) == ([], "", [])


def test_a_condition_that_is_not_understood_is_a_400_with_what_is_near(client: FlaskClient) -> None:
    for query in ("复议纠错率>=15%", "发布日期>2022-01-31", "行政诉讼>", ">0", "a>b"):
        response = client.get("/search.json", query_string={"q": query})
        assert response.status_code == 400
        assert response.get_json()["suggestion"]
        assert soup(client, "/search", 400, q=query).select_one("#q-fault") is not None


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("-地区:江西 行政诉讼>=0", "不含 江西，行政诉讼 ≥ 0"),
        ("地区:江西 -行政诉讼>99", "江西，行政诉讼 不> 99"),
        ("-微信 政务公开", "政务公开"),
        ("政务公开 -微信", "不含 微信"),
        ('政务公开 -"微信公众号"', "不含“微信公众号”"),
        ("年份:2019", "2019"),
        ("年份>2020", "2021 年起"),
        ("年份<=2020", "2020 年及以前"),
        ("-(层级:乡镇 OR 地区:河南)", "不含（层级 乡镇 或 地区 河南）"),
        ("层级:不详", "层级 不详"),
        ("-地区:不详", "不含 地区 不详"),
        ("章节:问题 人手", "问题及改进 人手"),
        ("问题:requests.balance", "发现 requests.balance"),
    ],
)
def test_a_title_says_the_negation_and_the_name_of_a_figure(
    client: FlaskClient, query: str, title: str
) -> None:
    page = soup(client, "/search", q=query)
    description = page.select_one("meta[name=description]")
    assert title in text(page, "title")
    assert description is not None
    assert title in str(description["content"])


def test_a_page_that_finds_nothing_names_what_was_sought(client: FlaskClient) -> None:
    assert text(soup(client, "/search", q="-地区:江西 行政诉讼>99"), "title") == (
        "没有报告符合：不含 江西，行政诉讼 > 99 · 年报"
    )


@pytest.mark.parametrize(
    ("query", "chip"),
    [
        ("层级:乡镇 OR 行政诉讼>0", "层级 乡镇 或 行政诉讼·总计 > 0"),
        ("政务公开 OR 层级:部门", "政务公开 或 层级 部门"),
        ("-层级:乡镇 OR 年份:2019", "不含 层级 乡镇 或 年份 2019"),
        ("-(微信 OR 层级:乡镇)", "微信 或 层级 乡镇"),
        ("政务公开 OR 机构:高安", "政务公开 或 机构 高安"),
        ("-行政诉讼:空", "行政诉讼·总计 空"),
    ],
)
def test_a_chip_of_alternatives_speaks_chinese(client: FlaskClient, query: str, chip: str) -> None:
    chips = texts(soup(client, "/search", q=query), ".chip b")
    assert chip in chips
    assert not [one for one in chips if "level:" in one or "township" in one]
