"""Reports of unknown place or level: counted apart, named, listed on demand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from indexer.engines.memory.engine import MemoryEngine
from indexer.records import Division, Region, Report
from indexer.search.documents import build_document
from indexer.settings import Settings
from tests.webapp.builders import build_report
from tests.webapp.conftest import make_app
from tests.webapp.reading import href, soup, text, texts

CANDIDATES = (
    "江西省宜春市高安市",
    "江西省宜春市丰城市",
    "江西省宜春市樟树市",
    "江西省宜春市靖安县",
)
AMBIGUOUS = Division(None, status="ambiguous", candidates=CANDIDATES)


def of(name: str, region: Region, **changes: object) -> Report:
    report = build_report(name)
    return replace(report, identity=replace(report.identity, region=region, **changes))


@pytest.fixture
def visitor(settings: Settings) -> FlaskClient:
    province, prefecture = Division("江西省", None, "text"), Division("宜春市", None, "text")
    reports = [
        of("甲镇", Region(province, prefecture, Division("高安市", None, "text"))),
        of("乙镇", Region(province, prefecture, AMBIGUOUS)),
        of("丙镇", Region()),
        of(
            "丁镇",
            Region(
                Division("四川省", None, "text"), Division("成都市", None, "text"), Division("郫县")
            ),
        ),
        of("戊县", Region(province, prefecture, Division("戊县")), level=None),
    ]
    return make_app(MemoryEngine(map(build_document, reports)), settings).test_client()


def test_says_how_many_places_are_not_known_and_lists_them_with_their_candidates(
    visitor: FlaskClient,
) -> None:
    page = soup(visitor, "/search", q="县:高安")
    assert text(page, ".found") == "1 份报告，另有 2 份地区不能确定"
    reasons = texts(page, "#unjudged li")
    assert any(
        "江西省宜春市高安市 或 江西省宜春市丰城市 或 江西省宜春市樟树市……" in reason
        for reason in reasons
    )
    assert "只是地区不能确定" in text(page, "#unjudged .hint")
    listed = soup(visitor, href(page, "#unjudged .hint a"))
    assert len(listed.select("ol.hits > li")) == 3


def test_none_found_is_no_none_where_places_are_not_known(visitor: FlaskClient) -> None:
    page = soup(visitor, "/search", q="地区:湖南")
    assert text(page, ".alert") == "但有 1 份地区不能确定，不能说“没有”。"
    page = soup(visitor, "/search", q="层级:县")
    assert text(page, ".alert") == "但有 1 份层级不能确定，不能说“没有”。"
    page = soup(visitor, "/search", level="county", **{"requests.received.business_min": "1"})
    assert "符合或可能符合其余条件的 1 份县（市、区）报告里，1 份无法判断。" in text(page, ".alert")
    page = soup(visitor, "/search", q="层级:县 新收申请>5")
    assert (
        text(page, ".alert") == "没有县（市、区）报告符合其余条件，「新收申请·总计 > 5」没有用上。"
    )


def test_the_unknown_is_a_value_of_the_facets_to_choose_and_to_exclude(
    visitor: FlaskClient,
) -> None:
    page = soup(visitor, "/search")
    tree = texts(page, "section[aria-labelledby=fc-region] a.fv")
    assert tree[-1] == "不详 1"
    assert "不详 1" in texts(page, "section[aria-labelledby=fc-level] a.fv")
    chosen = soup(visitor, "/search", province="unknown")
    assert texts(chosen, ".chip span") == ["省不详"]
    assert text(chosen, ".found") == "1 份报告"
    excluded = soup(visitor, "/search", **{"-level": "unknown"})
    assert text(excluded, ".found") == "4 份报告"
    assert soup(visitor, "/search", q="层级:不详").select_one("ol.hits") is not None


def test_json_says_by_facet_and_figure_what_could_not_be_judged(visitor: FlaskClient) -> None:
    answer = visitor.get("/search.json?q=县:高安").get_json()
    assert (answer["total"], answer["unjudged"], answer["unjudged_by"]) == (1, 2, {"county": 2})
    answer = visitor.get("/search.json?level=county").get_json()
    assert (answer["total"], answer["unjudged"], answer["unjudged_by"]) == (0, 1, {"level": 1})
    answer = visitor.get("/search.json?province=江西&requests.received.business_min=1").get_json()
    assert answer["unjudged_by"] == {"province": 1, "requests.received.business": 4}
    values = {
        one["value"]: one for one in visitor.get("/search.json").get_json()["facets"]["province"]
    }
    assert (values["unknown"]["label"], values["unknown"]["count"]) == ("不详", 1)
    assert visitor.get(values["unknown"]["url"]).status_code == 200


def test_a_sum_says_of_how_many_it_is_not_known_whether_they_belong_to_it(
    visitor: FlaskClient,
) -> None:
    answer = visitor.get("/search.json?q=县:高安").get_json()
    (histogram,) = answer["histograms"].values()
    assert (histogram["count"], histogram["unjudged"]) == (1, 2)
    assert "不知是否在内" in texts(soup(visitor, "/search", q="县:高安"), ".hist th")


def test_the_home_page_counts_bodies_and_places_without_the_unknown(visitor: FlaskClient) -> None:
    facts = text(soup(visitor, "/"), "dl.facts")
    assert "机构2个另有 3 份报告的机构不能确定" in facts
    assert "不详 1" in facts
    assert "地区2省2 个设区市" in facts
    assert visitor.get("/index.json").get_json()["of_unknown_bodies"] == 3


@pytest.mark.parametrize(
    ("level", "named"),
    [("county", "县（市、区）"), ("zone", "开发区"), ("township", "乡镇")],
)
def test_a_place_of_any_level_that_is_not_certain_is_named_on_the_page_of_its_report(
    settings: Settings, level: str, named: str
) -> None:
    report = of("甲镇", replace(Region(), **{level: AMBIGUOUS}))
    client = make_app(MemoryEngine([build_document(report)]), settings).test_client()
    crumbs = text(soup(client, f"/reports/{report.id}"), "ol.crumb")
    assert crumbs.startswith(f"{named}不能确定：江西省宜春市高安市 或 ")
    assert client.get(f"/reports/{report.id}?lang=en").status_code == 200
