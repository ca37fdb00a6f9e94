"""What a query finds, counts and shows, on every engine."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import QueryError
from indexer.search.language.parser import parse_query
from indexer.search.query import And, FacetFilter, FigureFilter, Or, Query, Sort, UnquotedText
from tests.changes import change_index
from tests.indexer.engines.contract import ENGINES, ids, make_documents, new_engine
from tests.strategies import NEEDLES, randoms, texts


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("办结率", ["a"]),
        ("结率均", ["a"]),
        ("拆迁某", []),
        ('"率均为"', ["a"]),
        ("信息公开", ["b"]),
        ('"府信"', ["b"]),
        ("公开 拆迁", ["b"]),
        ('"拆迁工作"', ["a"]),
        ("GDP", ["c"]),
        ("ＧＤＰ", ["c"]),
        ("資訊", ["c"]),
        ('"二〇一九年度"', ["c"]),
        ('"二零1九年"', ["c"]),
        ("信访*", ["a"]),
        ("-拆迁", ["c"]),
        ("征地 OR 资讯", ["b", "c"]),
        ("章节:问题 拆迁", ["b"]),
        ("章节:问题 拆迁 征地", ["b"]),
        ("章节:问题 公开 征地", []),
        ("拆迁 -章节:问题", ["a"]),
        ("荷岭镇", ["c"]),
        ("机构:荷岭", ["c"]),
        ("地区:宜春", ["a", "b"]),
        ("地区:宜春市", ["a", "b"]),
        ("region:360900", ["a", "b"]),
        ("省:360000", ["a", "b"]),
        ("市:3609", ["a", "b"]),
        ("年份:2019..2020", ["a", "b"]),
        ("年份>2019", ["b", "c"]),
        ("层级:乡镇 拆迁", ["b"]),
        ("问题:数据矛盾", ["a"]),
        ("finding:requests.balance", ["a"]),
        ("问题:无", ["b", "c"]),
        ("行政诉讼>0", ["b"]),
        ("-行政诉讼>0", ["a"]),
        ("行政诉讼:缺", ["c"]),
        ("行政诉讼>0 OR 资讯", ["b", "c"]),
    ],
)  # fmt: skip
def test_a_query_finds_what_it_says(engine, three, query, found):
    change_index(engine, three)
    assert sorted(ids(engine, query)) == found


def test_all_of_nothing_holds_everywhere_and_any_of_nothing_nowhere(engine, three):
    change_index(engine, three)
    assert engine.count(Query(root=And(()))).total == 3
    assert engine.count(Query(root=Or(()))).total == 0


def test_counts_what_cannot_be_judged_apart(engine, three):
    change_index(engine, three)
    page = engine.search(parse_query("行政诉讼>0"))
    assert (page.total, page.unjudged, page.judged) == (1, 1, 2)
    assert [hit.id for hit in page.unjudged_hits] == ["c"]
    page = engine.search(replace(parse_query("行政诉讼>0"), include_unjudged=True))
    assert [(hit.id, hit.judged) for hit in page.hits] == [("b", True), ("c", False)]


def test_a_condition_that_fails_anyway_leaves_nothing_unjudged(engine, three):
    change_index(engine, three)
    page = engine.search(parse_query("行政诉讼>0 拆迁"))
    assert (page.total, page.unjudged) == (1, 0)


def test_a_facet_is_counted_without_its_own_filter(engine, three):
    change_index(engine, three)
    page = engine.search(replace(parse_query("年份:2019 地区:宜春"), facets=("year", "level")))
    assert [(count.value, count.count) for count in page.facets["year"]] == [
        ("2019", 1),
        ("2020", 1),
    ]
    assert [(count.value, count.count) for count in page.facets["level"]] == [("county", 1)]


def test_counts_and_filters_by_the_kind_of_file(engine, build):
    page, plain = (
        replace(document, facets={**document.facets, "filetype": (kind,)})
        for document, kind in ((build(key="a"), "html"), (build(key="b"), "txt"))
    )
    change_index(engine, [page, plain])
    assert ids(engine, "文件类型:网页") == ["a"]
    found = engine.search(replace(parse_query("filetype:txt"), facets=("filetype",)))
    assert [(one.value, one.count) for one in found.facets["filetype"]] == [("html", 1), ("txt", 1)]


def test_the_section_facet_counts_where_the_words_stand(engine, three):
    change_index(engine, three)
    page = engine.search(replace(parse_query("拆迁"), facets=("section",)))
    assert [(count.value, count.count) for count in page.facets["section"]] == [
        ("overview", 1),
        ("problems", 1),
    ]
    page = engine.search(
        replace(parse_query("拆迁"), filters=(FacetFilter("section", ("problems",)),))
    )
    assert [hit.id for hit in page.hits] == ["b"]


def test_a_histogram_leaves_out_its_own_filter_but_sums_inside_it(engine, three):
    change_index(engine, three)
    key = "disputes.litigation.total"
    histogram = engine.search(replace(parse_query("行政诉讼>0"), histograms=(key,))).histograms[key]
    assert histogram.bins == ((0.0, 0.0, 1), (1.0, 9.0, 1))
    assert (histogram.count, histogram.total, histogram.median, histogram.unjudged) == (
        1,
        3,
        3.0,
        1,
    )


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=15, deadline=None)
@given(random=randoms())
def test_with_words_left_out_nothing_is_lost(name, random):
    documents = make_documents(random, 8)
    with new_engine(name) as engine:
        change_index(engine, documents)
        for _ in range(10):
            text = "".join(random.choices(NEEDLES, k=random.randint(1, 4)))
            without = tuple(random.choices(("公开", "信息", "拆迁", "镇", "年"), k=2))
            typed = {hit.id for hit in engine.search(Query(root=UnquotedText(text), size=100)).hits}
            hits = engine.search(Query(root=UnquotedText(text, without), size=100)).hits
            assert typed <= {hit.id for hit in hits}


def test_nothing_is_found_that_runs_from_one_sub_heading_into_another(engine, build):
    change_index(
        engine,
        [
            build(key="a", overview="（一）摸排\n工作。\n（二）整改\n工作。"),
            build(key="b", overview="摸排"),
        ],
    )
    assert ids(engine, '"摸排（二）"') == []
    told = engine.explain(parse_query('摸排 OR "摸排（二）"'), "a")
    assert [clue.freqs for clue in told.details if clue.kind == "phrase"] == [()]
    assert engine.max_doc_freq("排（") == 0


def test_shows_the_sections_with_the_words_marked_as_printed(engine, build):
    change_index(engine, [build(key="a", overview="办 结\n率为100%。", problems="无。")])
    (hit,) = engine.search(parse_query('"办结率"')).hits
    (section,) = hit.sections
    (snippet,) = section.snippets
    assert (section.key, snippet.text, snippet.marks) == (
        "overview",
        "办 结\n率为100%。",
        ((0, 5),),
    )


@pytest.mark.parametrize(
    "query",
    [
        Query(facets=("nowhere",)),
        Query(filters=(FacetFilter("nowhere", ("a",)),)),
        Query(figures=(FigureFilter("requests.nothing.total", low=1),)),
        Query(sort=Sort("nothing")),
        Query(histograms=("nothing",)),
        Query(page=0),
    ],
)
def test_a_query_with_an_unknown_name_says_so(engine, query):
    change_index(engine, [])
    with pytest.raises(QueryError):
        engine.search(query)


@settings(max_examples=30, deadline=None)
@given(random=randoms(), typed=st.lists(st.text(max_size=30) | texts(), max_size=10))
@pytest.mark.parametrize("name", ENGINES)
def test_whatever_is_typed_gets_an_answer_or_a_query_error(name, random, typed):
    with new_engine(name) as engine:
        change_index(engine, make_documents(random, 3))
        for text in typed:
            try:
                query = parse_query(text)
            except QueryError as error:
                assert 0 <= error.at <= len(text)
            else:
                assert engine.search(query).total <= 3
            assert len(engine.suggest(text)) <= 8


def test_a_word_of_which_folding_leaves_nothing_holds_nowhere(engine, build):
    change_index(engine, [build(key="a")])
    assert engine.search(Query(root=UnquotedText("\u200b"))).total == 0
