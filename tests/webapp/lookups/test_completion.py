from __future__ import annotations

import pytest
from flask.testing import FlaskClient


def texts(client: FlaskClient, typed: str) -> list[str]:
    return [
        one["q"]
        for one in client.get("/suggest.json", query_string={"q": typed}).get_json()["suggestions"]
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("tiannan", "地区:田南镇"),
        ("拆迁 tnz", "拆迁 地区:田南镇"),
        ("拆迁 tian nan", "拆迁 地区:田南镇"),
        ("GDP tian nan", "GDP 地区:田南镇"),
        ("gdp tian nan", "gdp 地区:田南镇"),
        ("拆迁 -tnz", "拆迁 -地区:田南镇"),
        ("(拆迁 OR 田南", "(拆迁 OR 地区:田南镇"),
        ("拆迁｜田南", "拆迁｜地区:田南镇"),
        ("机构:tn", "机构:田南镇人民政府"),
        ("拆迁 机构：田南", "拆迁 机构:田南镇人民政府"),
        ("县:gas", "地区:高安市"),
        ('"保密审查" 息陬', '"保密审查" 地区:息陬镇'),
    ],
)
def test_the_last_word_is_completed_and_the_rest_stays(
    client: FlaskClient, typed: str, first: str
) -> None:
    assert texts(client, typed)[:1] == [first]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "田南 ",
        '"田南',
        "“田南",
        '"保密"田南',
        "年份:2019",
        "层级:乡",
        "行政诉讼>0",
        "OR",
        "机构:",
        "12345",
        "a" * 2000,
    ],
)
def test_what_is_no_beginning_of_a_name_is_not_completed(client: FlaskClient, typed: str) -> None:
    assert texts(client, typed) == []


def test_what_is_put_into_the_box_finds_as_many_reports_as_it_says(client: FlaskClient) -> None:
    for typed in ("镇", "zf", "g", "宜春"):
        for one in client.get("/suggest.json", query_string={"q": typed}).get_json()["suggestions"]:
            assert (
                client.get("/search.json", query_string={"q": one["q"]}).get_json()["total"]
                == one["count"]
            )


def test_says_of_each_suggestion_what_it_is(client: FlaskClient) -> None:
    found = client.get("/suggest.json?q=xzz").get_json()
    assert found["q"] == "xzz"
    assert found["suggestions"][0] == {
        "label": "息陬镇", "kind": "region", "query": "地区:息陬镇", "q": "地区:息陬镇", "count": 1,
    }  # fmt: skip


def test_a_site_without_reports_suggests_nothing(empty_client: FlaskClient) -> None:
    assert texts(empty_client, "gaoan") == []


@pytest.mark.parametrize(
    ("typed", "suggested", "kind"),
    [
        ("乡镇", "层级:乡镇", "level"),
        ("公开 部门", "", ""),
        ("问题", "章节:问题", "section"),
        ("行政诉讼", "行政诉讼>0", "figure"),
        ("公开 -新收申请", "公开 -新收申请>0", "figure"),
    ],
)
def test_levels_sections_and_figures_are_suggested_with_what_they_find(
    client: FlaskClient, typed: str, suggested: str, kind: str
) -> None:
    found = client.get("/suggest.json", query_string={"q": typed}).get_json()["suggestions"]
    conditions = [one for one in found if one["kind"] not in ("region", "body")]

    assert len(found) <= 8
    if suggested:
        (meant,) = [one for one in conditions if one["q"] == suggested]
        assert meant["kind"] == kind
    else:
        assert conditions == []
    for one in conditions:
        assert (
            client.get("/search.json", query_string={"q": one["query"]}).get_json()["total"]
            == one["count"]
            > 0
        )
