"""What plain words may mean and which part finds nothing, the same from every engine."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.memory.engine import MemoryEngine
from indexer.errors import QueryError
from indexer.messages import render, render_all
from indexer.records import Cell, Division, Region
from indexer.search.language.intents import rate_in, read_run
from indexer.search.language.parser import parse_query
from indexer.search.language.spoken_places import find_place
from indexer.search.query import FacetFilter, FigureFilter, Sort, UnquotedText
from indexer.search.suggest.empty_parts import count_parts, describe_parts
from indexer.search.suggest.meant_conditions import MAX_OFFERED, find_meant_searches
from tests.changes import change_index
from tests.indexer.engines.conftest import build_test_document
from tests.indexer.engines.contract import ENGINES, new_engine

CORRECTED, LITIGATION = "disputes.litigation.corrected", "disputes.litigation.total"
GAOAN = Region(
    Division("江西省", "360000", "text"),
    Division("宜春市", "360900", "text"),
    Division("高安市", "360983", "text"),
)
MIANYANG = Region(
    Division("四川省", "510000", "text"),
    Division("绵阳市", "510700", "text"),
    Division("涪城区", "510703", "text"),
)


def suits(corrected: int | None, total: int | None) -> tuple[Cell, ...]:
    return tuple(
        Cell(f"disputes.{row}.{column}", value, "blank" if value is None else "reported", "")
        for column, number in (("corrected", corrected), ("total", total))
        for row, value in (("litigation_direct", number),
            ("litigation_after_reconsideration", None if number is None else 0))
    )  # fmt: skip


DOCUMENTS = [
    build_test_document(key="a", body="甲镇", level="township", region=GAOAN, year=2019,
        cells=suits(1, 3), overview="政务公开，行政诉讼。"),
    build_test_document(key="b", body="乙镇", level="township", region=GAOAN, year=2020,
        cells=suits(0, 0), overview="乡镇工作，拆迁。"),
    build_test_document(key="c", body="丙镇", level="township", region=MIANYANG, year=2020,
        cells=suits(None, None), overview="依申请公开。"),
    build_test_document(key="d", body="丁市", level="county", region=GAOAN, year=2020,
        cells=suits(2, 9), overview="四川来电，拆迁。"),
]  # fmt: skip


@pytest.fixture(scope="module")
def filled():
    return MemoryEngine(DOCUMENTS)


def offers(engine, text):
    page = engine.search(replace(parse_query(text), size=5))
    return [
        (render(one.text), one.found.total, one.found.unjudged)
        for one in find_meant_searches(page, engine, 60)
    ]


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("败诉最多的乡镇", ("层级:乡镇 按行政诉讼·结果纠正从多到少", 3, 0)),
        ("败诉最少的县", ("层级:县市区 按行政诉讼·结果纠正从少到多", 1, 0)),
        ("哪些乡镇败诉", ("层级:乡镇 行政诉讼·结果纠正>0", 1, 1)),
        ("乡镇 行政诉讼", ("层级:乡镇 行政诉讼>0", 1, 1)),
        ("乡镇行政诉讼", ("层级:乡镇 行政诉讼>0", 1, 1)),
        ("没有行政诉讼的乡镇", ("层级:乡镇 行政诉讼=0", 1, 1)),
        ("有过行政诉讼", ("行政诉讼>0", 2, 1)),
        ("被起诉的乡镇", ("层级:乡镇 行政诉讼>0", 1, 1)),
        ("行政诉讼最多的", ("按行政诉讼从多到少", 4, 0)),
        ("行政诉讼 排名", ("按行政诉讼从多到少", 4, 0)),
        ("行政诉讼3件", ("行政诉讼=3", 1, 1)),
        ("去年哪些乡镇因信息公开被起诉？", ("层级:乡镇 行政诉讼>0", 1, 1)),
        ("四川", ("地区:四川", 1, 0)),
        ("四川省", ("地区:四川省", 1, 0)),
        ("四川 绵阳", ("地区:四川 地区:绵阳", 1, 0)),
        ("四川绵阳", ("地区:四川 地区:绵阳", 1, 0)),
        ("四川 江西", ("地区:四川,江西", 4, 0)),
        ("高安", ("地区:高安", 3, 0)),
        ("江西 拆迁", ("地区:江西 拆迁", 2, 0)),
        ("江西拆迁", ("地区:江西 拆迁", 2, 0)),
        ("江西 乡镇 行政诉讼", ("地区:江西 层级:乡镇 行政诉讼>0", 1, 0)),
        ("乡镇", ("层级:乡镇", 3, 0)),
        ("县 行政诉讼", ("层级:县市区 行政诉讼>0", 1, 0)),
        ("2020年", ("年份:2020", 3, 0)),
        ("行政诉讼", ("行政诉讼>0", 2, 1)),
        ("哪个县败诉最多", ("层级:县市区 按行政诉讼·结果纠正从多到少", 1, 0)),
        ("行政诉讼最多的10个县", ("层级:县市区 按行政诉讼从多到少", 1, 0)),
        ("5件以上行政诉讼", ("行政诉讼>=5", 1, 1)),
        ("五件以下行政诉讼的乡镇", ("层级:乡镇 行政诉讼<=5", 2, 1)),
        ("2020年以后的", ("年份:2020..", 3, 0)),
        ("2019年之后", ("年份:2020..", 3, 0)),
        ("2020年以前", ("年份:..2019", 1, 0)),
        ("截至2019年", ("年份:..2019", 1, 0)),
        ("2018-2020", ("年份:2018,2019,2020", 4, 0)),
        ("2019至2020年 乡镇", ("层级:乡镇 年份:2019,2020", 3, 0)),
        ("年份 2020", ("年份:2020", 3, 0)),
        ("地区 四川", ("地区:四川", 1, 0)),
        ("非乡镇", ("-层级:乡镇", 1, 0)),
        ("除四川外", ("-地区:四川", 3, 0)),
        ("不是2020年", ("-年份:2020", 1, 0)),
    ],
)  # fmt: skip
def test_offers_what_plain_words_may_mean_the_likeliest_first(filled, typed, best):
    found = offers(filled, typed)
    assert found[0] == best
    assert len(found) <= MAX_OFFERED
    assert all(total or unjudged for _, total, unjudged in found)


@pytest.mark.parametrize(
    "typed",
    ["拆迁", "公安", "和平", "朝阳", "部门预算公开", "信访", '"四川"', "-四川", "地区:四川",
        "行政诉讼>0", "四川*", "云南", "",
     "四川以外的乡镇", "拆迁以外", "除", "年份", "5件以上", "12020年以后"],
)  # fmt: skip
def test_offers_nothing_where_nothing_else_is_meant_or_it_finds_nothing(filled, typed):
    assert offers(filled, typed) == []


def test_each_of_several_places_is_offered_alone_too(filled):
    assert [text for text, _, _ in offers(filled, "江西 高安")] == [
        "地区:江西 地区:高安",
        "地区:高安",
        "地区:江西",
    ]
    assert [text for text, _, _ in offers(filled, "四川 江西")][1:] == ["地区:四川", "地区:江西"]


def test_an_offer_is_never_applied_and_keeps_what_is_in_force(filled):
    page = filled.search(parse_query("乡镇 行政诉讼 年份:2019"))
    assert page.total == 0
    best = find_meant_searches(page, filled, 60)[0]
    assert best.query.filters == (
        FacetFilter("year", ("2019",)),
        FacetFilter("level", ("township",)),
    )
    assert best.query.figures == (FigureFilter(LITIGATION, low=1.0),)
    assert best.query.root is None


def test_a_ranking_is_an_order(filled):
    best = find_meant_searches(filled.search(parse_query("败诉最多的乡镇")), filled, 60)[0]
    assert (best.query.sort, best.query.figures) == (Sort(CORRECTED), ())
    assert filled.search(best.query).hits[0].id == "a"


def test_what_is_offered_finds_what_it_says(filled):
    for typed in ("败诉最多的乡镇", "四川 绵阳", "乡镇 行政诉讼", "江西 拆迁"):
        for one in find_meant_searches(filled.search(parse_query(typed)), filled, 60):
            page = filled.search(one.query)
            assert (page.total, page.unjudged) == (one.found.total, one.found.unjudged)


def test_offers_nothing_when_there_is_no_time(filled):
    page = filled.search(parse_query("四川"))
    assert find_meant_searches(page, filled, -1) == ()
    assert count_parts(filled.search(parse_query("无此词")), filled, -1) == ()


@pytest.mark.parametrize("kind", ENGINES)
def test_every_engine_offers_and_counts_the_same(kind, filled):
    with new_engine(kind) as engine:
        change_index(engine, DOCUMENTS)
        for typed in ("败诉最多的乡镇", "四川 绵阳", "乡镇 行政诉讼 拆迁"):
            asked = replace(parse_query(typed), size=0)
            here, there = engine.search(asked), filled.search(asked)
            assert find_meant_searches(here, engine, 60) == find_meant_searches(there, filled, 60)
            assert count_parts(here, engine, 60) == count_parts(there, filled, 60)


@pytest.mark.parametrize(
    ("typed", "counted"),
    [
        ("无此词", [("无此词", 0, 0)]),
        ("无此词 拆迁", [("无此词", 0, 0), ("拆迁", 2, 0)]),
        ("拆迁 年份:2019", [("拆迁", 2, 0), ("年份:2019", 1, 0)]),
        ("拆迁 行政诉讼=5", [("拆迁", 2, 0), ("行政诉讼=5", 0, 1)]),
        ("-拆迁 地区:高安 年份:2020", [("-拆迁", 2, 0), ("地区:高安", 3, 0), ("年份:2020", 3, 0)]),
        ("败诉最多的乡镇", [("败诉", 0, 0), ("最多", 0, 0), ("乡镇", 1, 0)]),
        ("拆迁", []),
    ],
)
def test_counts_each_part_of_what_finds_nothing(filled, typed, counted):
    parts = count_parts(filled.search(parse_query(typed)), filled, 60)
    assert [(part.text, part.found.total, part.found.unjudged) for part in parts] == counted


def test_says_which_part_finds_nothing(filled):
    page = filled.search(parse_query("无此词 拆迁"))
    assert render_all(describe_parts(count_parts(page, filled, 60))) == (
        "没有报告符合全部条件。单独也找不到：“无此词”。单独能找到：“拆迁”2 份。"
    )
    apart = filled.search(parse_query("拆迁 年份:2019"))
    assert "合在一起没有" in render_all(describe_parts(count_parts(apart, filled, 60)))
    assert describe_parts(()) == ()


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(["四川", "绵阳", "乡镇", "县级", "行政诉讼", "败诉", "最多", "没有", "的",
            "拆迁", "2020年", "哪些", "无此词", "公开率"]),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(("", " ")),
)  # fmt: skip
def test_what_finds_nothing_is_never_silent(words, between):
    engine = MemoryEngine(DOCUMENTS)
    try:
        page = engine.search(replace(parse_query(between.join(words)), size=0))
    except QueryError as error:
        assert "引号" in render(error.message)
        return
    offered, counted = find_meant_searches(page, engine, 60), count_parts(page, engine, 60)
    assert page.total or counted
    assert all(one.found.total or one.found.unjudged for one in offered)
    assert len(offered) <= MAX_OFFERED


def test_reads_the_words_of_a_run():
    kinds = [word.kind for word in read_run("江西省2019年败诉最多的乡镇")]
    assert kinds == ["place", "year", "figure", "most", "filler", "level"]
    assert read_run("部门预算公开")[-1].kind in ("text", "filler")


def test_a_rate_is_no_order():
    assert (rate_in("公开率最低的县"), rate_in("公开率"), rate_in("败诉最多的县")) == (
        "公开率",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("word", "sure"),
    [("四川", True), ("内蒙古", True), ("绵阳", True), ("高安", True), ("公安县", True),
        ("公安", False), ("和平", False), ("朝阳", False), ("资源", False)],
)  # fmt: skip
def test_a_name_without_its_class_is_a_place_only_where_it_is_no_word(word, sure):
    found = find_place(word)
    assert found is not None
    assert found.sure == sure


def test_a_word_is_a_place_beside_one_it_lies_in(filled):
    document = build_test_document(
        key="e", level="county", region=Region(province=Division("湖北省", "420000", "text"),
            county=Division("公安县", "421022", "text"))
    )  # fmt: skip
    engine = MemoryEngine([*DOCUMENTS, document])
    page = engine.search(replace(parse_query("湖北 公安"), size=0))
    assert find_meant_searches(page, engine, 60)[0].text == "地区:湖北 地区:公安"
    assert page.query.root is not None
    assert UnquotedText("公安") in page.query.root.parts
