"""On every engine a filter neither finds nor rules out reports of unknown place or level."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.records import Cell, Division, Region
from indexer.search.language.parser import parse_query
from indexer.search.query import Query
from tests.changes import change_index
from tests.indexer.engines.conftest import build_test_document
from tests.indexer.engines.contract import ids

KEY = "requests.received.total"
AMBIGUOUS = Division(
    None, status="ambiguous", candidates=("江西省宜春市高安市", "江西省宜春市丰城市")
)


def known(*names: str | None) -> Region:
    return Region(*(name and Division(name, None, "text") for name in names))


@pytest.fixture
def places():
    """One report a place; each has a number of requests but `nowhere`."""
    gaoan, yichun = known("江西省", "宜春市", "高安市"), known("江西省", "宜春市")
    told = {
        "gaoan": ("county", gaoan),
        "chengdu": ("prefecture", known("四川省", "成都市")),
        "beijing": ("township", known("北京市", None, "朝阳区")),
        "direct": ("township", known("河南省", None, "济源市")),
        "dongguan": ("township", known("广东省", "东莞市")),
        "ambiguous": ("township", replace(yichun, county=AMBIGUOUS)),
        "jiangxi": ("township", known("江西省")),
        "nowhere": ("township", Region()),
        "levelless": (None, gaoan),
        "capital": ("province", known("江西省")),
    }
    return [
        build_test_document(
            key=key,
            level=level,
            region=region,
            cells=(Cell(KEY, 2, "reported", "2"),) if key != "nowhere" else (),
        )
        for key, (level, region) in told.items()
    ]


@pytest.mark.parametrize(
    ("query", "found", "unjudged"),
    [
        ("省:四川", ["chengdu"], ["nowhere"]),
        ("地区:四川", ["chengdu"], ["nowhere"]),
        ("-地区:四川", "*", ["nowhere"]),
        ("-地区:江西", ["beijing", "chengdu", "direct", "dongguan"], ["nowhere"]),
        ("市:宜春", ["ambiguous", "gaoan", "levelless"], ["jiangxi", "nowhere"]),
        ("市:成都", ["chengdu"], ["nowhere"]),
        ("地区:宜春", ["ambiguous", "gaoan", "levelless"], ["jiangxi", "nowhere"]),
        ("县:高安", ["gaoan", "levelless"], ["ambiguous", "jiangxi", "nowhere"]),
        ("地区:高安", ["gaoan", "levelless"], ["ambiguous", "jiangxi", "nowhere"]),
        ("县:樟树", [], ["ambiguous", "jiangxi", "nowhere"]),
        ("县:朝阳区", ["beijing"], ["nowhere"]),
        ("县:武侯区", [], ["nowhere"]),
        ("地区:没有的县", [], ["ambiguous", "jiangxi", "nowhere"]),
        (
            "-县:高安",
            ["beijing", "capital", "chengdu", "direct", "dongguan"],
            ["ambiguous", "jiangxi", "nowhere"],
        ),
        ("层级:县", ["gaoan"], ["levelless"]),
        ("-层级:乡镇", ["capital", "chengdu", "gaoan"], ["levelless"]),
        ("层级:不详", ["levelless"], []),
        ("level=unknown", ["levelless"], []),
        ("-层级:不详 地区:高安", ["gaoan"], ["ambiguous", "jiangxi", "nowhere"]),
        ("省:不详", ["nowhere"], []),
        ("市:不详", ["jiangxi", "nowhere"], []),
        ("县:不详", ["ambiguous", "jiangxi", "nowhere"], []),
        ("地区:不详", ["ambiguous", "jiangxi", "nowhere"], []),
        (
            "-省:unknown 层级:乡镇",
            ["ambiguous", "beijing", "direct", "dongguan", "jiangxi"],
            ["levelless"],
        ),
        ("省:四川,不详", ["chengdu", "nowhere"], []),
        ("层级:县 地区:四川", [], []),
        ("层级:县 OR 地区:四川", ["chengdu", "gaoan"], ["levelless", "nowhere"]),
        ("地区:四川 新收申请>5", [], ["nowhere"]),
        ("地区:四川 新收申请<5", ["chengdu"], ["nowhere"]),
        ("地区:江西 新收申请>5", [], ["nowhere"]),
    ],
)  # fmt: skip
def test_an_unknown_place_or_level_is_unjudged(engine, places, query, found, unjudged):
    change_index(engine, places)
    asked = replace(parse_query(query), size=100)
    page = engine.search(asked)
    every = {document.id for document in places}
    expected = sorted(every - {"chengdu", *unjudged}) if found == "*" else found
    assert sorted(hit.id for hit in page.hits) == expected
    assert sorted(hit.id for hit in page.unjudged_hits) == unjudged
    assert page.unjudged == len(page.unjudged_hits)
    count = engine.count(asked)
    assert (count.total, count.unjudged) == (page.total, page.unjudged)
    listed = engine.search(replace(asked, include_unjudged=True))
    assert sorted(hit.id for hit in listed.hits if not hit.judged) == unjudged


def test_says_which_facet_or_figure_could_not_be_judged(engine, places):
    change_index(engine, places)
    assert engine.search(parse_query("地区:四川")).unjudged_by == {"region": 1}
    assert engine.search(parse_query("层级:县 OR 地区:四川")).unjudged_by == {
        "level": 1,
        "region": 1,
    }
    assert engine.search(parse_query("省:四川 新收申请>0")).unjudged_by == {"province": 1, KEY: 1}
    assert engine.search(parse_query("新收申请>5")).unjudged_by == {KEY: 1}
    assert engine.search(parse_query("地区:不详")).unjudged_by == {}
    assert engine.search(parse_query("-县:高安 层级:县")).unjudged_by == {}


def test_a_place_that_is_known_to_be_elsewhere_leaves_nothing_unjudged(engine, places):
    change_index(
        engine, [document for document in places if document.id not in ("nowhere", "jiangxi")]
    )
    for query in ("地区:四川", "市:成都", "县:武侯区", "地区:武侯区", "-省:四川"):
        assert engine.search(parse_query(query)).unjudged == 0


def test_facets_count_the_unknown_as_a_value_of_its_own(engine, places):
    change_index(engine, places)
    page = engine.search(Query(facets=("level", "province", "prefecture", "county"), size=0))
    counts = {facet: {one.value: one.count for one in page.facets[facet]} for facet in page.facets}
    assert counts["level"]["unknown"] == 1
    assert counts["province"]["unknown"] == 1
    assert counts["prefecture"] == {"宜春市": 3, "unknown": 2, "东莞市": 1, "成都市": 1}
    assert counts["county"] == {"unknown": 3, "高安市": 2, "朝阳区": 1, "济源市": 1}
    assert {one.value: one.count for one in engine.facet_values("province")}["unknown"] == 1


def test_a_sum_counts_the_reports_that_only_may_belong_to_it(engine, places):
    change_index(engine, places)
    histogram = engine.search(replace(parse_query("县:高安"), histograms=(KEY,))).histograms[KEY]
    assert (histogram.count, histogram.total) == (2, 4)
    assert (histogram.unjudged, histogram.undecided) == (3, 3)
    histogram = engine.search(replace(parse_query("层级:乡镇"), histograms=(KEY,))).histograms[KEY]
    assert (histogram.count, histogram.unjudged, histogram.undecided) == (5, 2, 1)


def test_an_unknown_place_is_no_suggestion(engine, places):
    change_index(engine, places)
    assert engine.suggest("unknown") == ()
    assert ids(engine, "地区:unknown") == ids(engine, "地区:不详")


def test_counts_bodies_by_name_level_and_place(engine, build):
    def of(place, name="城关镇人民政府", level="township"):
        return {"body": name, "level": level, "region": place}

    here, there = known("甘肃省", "兰州市", "榆中县"), known("甘肃省", "定西市", "临洮县")
    change_index(
        engine,
        [
            build(key="a", year=2019, **of(here)),
            build(key="b", year=2020, **of(here)),
            build(key="c", **of(there)),
            build(key="d", **of(Region())),
            build(key="e", **of(here, level=None)),
        ],
    )
    stats = engine.stats()
    assert (stats.reports, stats.bodies, stats.of_unknown_bodies) == (5, 2, 2)
    change_index(engine, remove=["c", "d"])
    assert (engine.stats().bodies, engine.stats().of_unknown_bodies) == (1, 1)


def test_a_province_is_asked_for_by_its_short_name_and_no_place_that_is_called_like_it(engine):
    regions = {
        "henan": known("河南省", "濮阳市"),
        "street": known("吉林省", "长春市", "公主岭市", None, "河南街道"),
        "city": known("吉林省", "吉林市"),
        "hainan": known("青海省", "海南藏族自治州"),
        "county": known("青海省", "黄南藏族自治州", "河南蒙古族自治县"),
    }
    change_index(
        engine,
        [
            build_test_document(key=key, level="department", region=region)
            for key, region in regions.items()
        ],
    )
    for query, found in (
        ("地区:河南", ["henan"]),
        ("-地区:河南", ["city", "county", "hainan", "street"]),
        ("地区:吉林", ["city", "street"]),
        ("地区:海南", []),
        ("地区:河南街道", ["street"]),
        ("地区:海南藏族自治州", ["hainan"]),
        ("县:河南", ["county"]),
        ("市:吉林", ["city"]),
        ("市:海南", ["hainan"]),
    ):
        assert sorted(ids(engine, query)) == found, query
