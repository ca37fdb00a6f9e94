"""“Did you mean”, on every engine: proposed only in doubt, and only if it finds something."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from indexer.engines.memory.engine import MemoryEngine
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.errors import QueryError
from indexer.records import Division, Region
from indexer.search.documents import build_document
from indexer.search.language.parser import parse_query
from indexer.search.query import FacetFilter, Or, Query, UnquotedText
from indexer.search.suggest.spelling_correction import correct
from tests.changes import change_index
from tests.indexer.engines.conftest import build_test_document
from tests.strategies import FRAGMENTS, make_query, make_report, randoms

GAOAN = Region(
    province=Division("江西省", "360000", "text"), county=Division("高安市", "360983", "text")
)
DOCUMENTS = [
    *(
        build_test_document(
            key=f"a{number}", body="高安市人民政府", region=GAOAN, year=2019,
            overview="信访工作，政府信息公开，补偿安置，办结率100%，公示。",
        )
        for number in range(30)
    ),
    build_test_document(key="b", body="田南镇人民政府", year=2020, overview="拆迁，信访。",
        problems="人员不足。"),
    build_test_document(key="c", body="息陬镇人民政府", year=2021,
        overview="人员，行政诉讼。来仿的人少。"),
]  # fmt: skip


@contextmanager
def on(name, documents):
    with tempfile.TemporaryDirectory() as folder:
        engine = (
            MemoryEngine()
            if name == "memory"
            else WhooshEngine(Path(folder) / "index", query_seconds=60)
        )
        change_index(engine, documents)
        yield engine
        engine.close()


@pytest.fixture(scope="module", params=["memory", "whoosh"])
def engine(request):
    with on(request.param, DOCUMENTS) as engine:
        yield engine


def meant(engine, text, **changes):
    found = correct(engine.search(replace(parse_query(text), **changes)), engine, 60)
    return (found.query.text, found.found.total) if found else None


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("信仿", ("信访", 31)),
        ("政府信息工开", ("政府信息公开", 30)),
        ('"政府信息工开"', ('"政府信息公开"', 30)),
        ("政府信息公", None),
        ("攻势", ("公示", 30)),
        ("办结律", ("办结率", 30)),
        ("补尝安置", ("补偿安置", 30)),
        ("行政诉松", ("行政诉讼", 1)),
        ("息邹镇", ("息陬镇", 1)),
        ("田男镇人民政府", ("田南镇人民政府", 1)),
        ("信仿 年份:2019", ("信访 年份:2019", 30)),
        ("信仿 拆千", ("信访 拆迁", 1)),
        ("信仿*", ("信访*", 31)),
        ("机构:田男镇", ("机构:田南镇人民政府", 1)),
        ("地区:高案", ("地区:高安市", 30)),
        ("gaoan", ("高安市", 30)),
        ("章节:问题 人圆", ("章节:问题 人员", 1)),
        ("信访 OR 拆千", None),
        ("公示 OR 人圆", ("公示 OR 人员", 32)),
        ("来仿", None),
    ],
)
def test_proposes_the_near_words_that_find_something(engine, typed, proposed):
    assert meant(engine, typed) == proposed


FREQUENT = [
    *(
        build_test_document(
            key=f"f{number}", year=2020, overview="依申请公开，政府信息公开。行政复议，行政诉讼。"
        )
        for number in range(20)
    ),
    build_test_document(key="g", year=2021, overview="脱贫攻坚。公开六件。公开信。征地拆迁。"),
    build_test_document(key="h", year=2022, overview="政府信息攻坚战。行政夏令营。"),
]


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("政府信息公幵", ("政府信息公开", 20)),
        ("政府信息公廾", ("政府信息公开", 20)),
        ("政府信息公兲", ("政府信息公开", 20)),
        ("政府信总公开", ("政府信息公开", 20)),
        ("公幵", ("公开", 21)),
        ("依申请公幵", ("依申请公开", 20)),
        ("行政夏议", ("行政复议", 20)),
        ("行政讼诉", ("行政诉讼", 20)),
        ("公开率", None),
        ("公开律", None),
        ("复议纠错率", None),
        ("纠错率", None),
        ("无行政诉讼", None),
        ("未依申请公开", None),
        ("没有行政诉松", None),
    ],
)
def test_a_frequent_term_that_looks_alike_comes_before_a_rarity_and_no_other_meaning(
    engine, typed, proposed
):
    with on("memory" if isinstance(engine, MemoryEngine) else "whoosh", FREQUENT) as other:
        assert meant(other, typed) == proposed


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "信访",
        "-信仿",
        "没有的词",
        "12354",
        "年份:2022",
        "人员 信访",
        "行政诉讼>5",
        "qwrt",
        "信访 年份:2021",
        "田南镇",
    ],
)
def test_proposes_nothing_where_nothing_is_in_doubt_or_nothing_near_would_find_more(engine, typed):
    assert meant(engine, typed) is None


def test_a_word_that_hardly_any_report_has_may_be_a_slip(engine):
    slip = build_test_document(key="d", overview="信仿。")
    with on(
        "memory" if isinstance(engine, MemoryEngine) else "whoosh", [*DOCUMENTS, slip]
    ) as other:
        assert meant(other, "信仿") == ("信访", 31)


def test_what_is_said_to_be_found_is_found(engine):
    for typed in ("信仿", "政府信息工开 年份:2019", "机构:田男镇", "地区:高案 信仿"):
        found = correct(engine.search(parse_query(typed)), engine)
        assert engine.search(found.query).total == found.found.total > 0
        assert engine.search(parse_query(found.query.text)).total == found.found.total


def test_a_name_among_the_filters_is_corrected_too(engine):
    found = correct(engine.search(Query(filters=(FacetFilter("region", ("高桉市",)),))), engine)
    assert found.query.filters == (FacetFilter("region", ("高安市",)),)
    assert found.replaced == (("高桉市", "高安市"),)


def test_says_nothing_when_there_is_no_time(engine):
    with pytest.raises(QueryError):
        correct(engine.search(parse_query("信仿")), engine, 0)


def garbled(random, query):
    """A word that is none, or a fragment, alone or beside another, under the filters of a query."""
    word = UnquotedText(
        random.choice(
            ["信仿", "工开", "荷令镇", "田南真", "复仪", "拆千", "政府信息公幵", *FRAGMENTS]
        )
    )
    return Query(
        root=Or((word, UnquotedText("征地"))) if random.random() < 0.2 else word,
        filters=query.filters,
    )


@settings(max_examples=20, deadline=None)
@given(random=randoms())
def test_both_engines_propose_the_same(random):
    documents = [build_document(make_report(random)) for _ in range(random.randint(0, 10))]
    oracle = MemoryEngine(documents)
    with on("whoosh", documents) as engine:
        for _ in range(8):
            query = make_query(random)
            for asked in (query, garbled(random, replace(query, filters=query.filters[:1]))):
                asked = replace(asked, size=0, facets=(), histograms=())
                assert correct(engine.search(asked), engine, 60) == correct(
                    oracle.search(asked), oracle, 60
                )
                assert engine.count(asked) == oracle.count(asked)
        for text in (
            "公开",
            "",
            "二〇一九",
            "2019年",
            "信访投诉",
            "公",
            "ＧＤＰ",
            "a b",
            "\n",
            random.choice(FRAGMENTS),
        ):
            assert engine.max_doc_freq(text) == oracle.max_doc_freq(text)
