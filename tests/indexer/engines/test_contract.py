"""What every search engine does, on every engine; the memory engine is the oracle of the others."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh_engine.engine import WhooshEngine
from indexer.errors import QueryError, ReportNotFound
from indexer.records import Finding
from indexer.search.documents import build_document
from indexer.search.port import Change, SearchEngine
from indexer.search.query import FacetFilter, FigureFilter, Phrase, Query, Sort, Word
from indexer.search.syntax import parse_query
from indexer.text import fold
from tests.strategies import compared, make_query, make_report, randoms, texts

ENGINES: dict[str, Callable[[Path], SearchEngine]] = {
    "memory": lambda folder: MemoryEngine(),
    "whoosh": lambda folder: WhooshEngine(folder / "index", query_seconds=60),
}
OTHERS = [name for name in ENGINES if name != "memory"]


@contextmanager
def new_engine(name: str) -> Iterator[SearchEngine]:
    with tempfile.TemporaryDirectory() as folder:
        engine = ENGINES[name](Path(folder))
        yield engine
        engine.close()


@pytest.fixture(params=ENGINES)
def engine(request):
    with new_engine(request.param) as engine:
        yield engine


def page_of(engine, query):
    return replace(engine.search(query), took_ms=0.0)


def facts_of(engine):
    return replace(engine.stats(), generation="", updated="")


def make_documents(random, count):
    return [build_document(make_report(random)) for _ in range(count)]


def reworded(document):
    """The same report with another finding and another title, as a change may revise it."""
    report = document.report
    identity = replace(report.identity, title="改过的年度报告")
    return build_document(replace(report, identity=identity, findings=(Finding("years.carried", "doubt", "不等"),)))


# ── the same as the oracle ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", OTHERS)
@settings(max_examples=30, deadline=None)
@given(random=randoms())
def test_answers_as_the_oracle_does(name, random):
    documents = make_documents(random, random.randint(0, 12))
    oracle = MemoryEngine(documents)
    with new_engine(name) as engine:
        engine.replace(documents)
        for _ in range(20):
            query = make_query(random)
            assert page_of(engine, query) == page_of(oracle, query)


@pytest.mark.parametrize("name", OTHERS)
@settings(max_examples=10, deadline=None)
@given(random=randoms())
def test_answers_as_the_oracle_does_after_any_changes(name, random):
    known: list[str] = []
    oracle = MemoryEngine()
    with new_engine(name) as engine:
        for number in range(random.randint(1, 5)):
            removed = random.sample(known, random.randint(0, len(known) // 2))
            again = [build_document(oracle.get(report_id)) for report_id in known[:1]]
            replaced = [*make_documents(random, random.randint(0, 4)), *again]
            old = [build_document(oracle.get(report_id)) for report_id in known[-1:] if report_id not in removed]
            revised = [reworded(document) for document in random.sample(replaced, min(2, len(replaced)))]
            revised = [document for document in revised if document.id not in removed] + old
            for one in (engine, oracle):
                one.apply(Change(replaced, removed, lambda number=number: b"%d" % number, number == 0, revised))
            known = [hit.id for hit in oracle.search(Query(size=100)).hits]
            assert engine.ledger() == oracle.ledger()
            assert facts_of(engine) == facts_of(oracle)
            assert engine.facet_values("region") == oracle.facet_values("region")
            assert engine.suggest("镇") == oracle.suggest("镇")
            for _ in range(5):
                query = make_query(random)
                assert page_of(engine, query) == page_of(oracle, query)


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=15, deadline=None)
@given(random=randoms())
def test_a_quoted_phrase_finds_every_report_that_contains_it_and_no_other(name, random):
    documents = make_documents(random, 8)
    with new_engine(name) as engine:
        engine.replace(documents)
        for _ in range(20):
            text = random.choice([text for document in documents for text in document.texts.values()])
            start = random.randrange(len(text))
            phrase = text[start : start + random.randint(1, 8)]
            expected = {
                document.id
                for document in documents
                if fold(phrase) and any(compared(phrase) in compared(text) for text in document.texts.values())
            }
            page = engine.search(Query(root=Phrase(phrase), size=100))
            assert page.total == len(expected)
            assert {hit.id for hit in page.hits} == expected


# ── what the port says ──────────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=15, deadline=None)
@given(random=randoms())
@pytest.mark.parametrize("name", ENGINES)
def test_gives_back_every_report_as_it_was(name, random):
    documents = make_documents(random, 5)
    with new_engine(name) as engine:
        engine.replace(documents)
        for document in documents:
            assert engine.get(document.id) == document.report


def test_a_document_revised_by_the_change_that_brought_it_is_there_once_and_as_revised(engine, build):
    brought, other = build(key="a", overview="甲"), build(key="b", overview="乙")
    engine.apply(Change([brought, other], revised=[build(key="a", overview="丙")]))
    page = engine.search(Query(size=10))
    assert sorted(hit.id for hit in page.hits) == ["a", "b"]
    assert engine.get("a").sections[0].text == "丙"
    assert engine.search(parse_query("甲")).total == 0


def test_says_that_a_report_is_not_there(engine):
    engine.replace([])
    with pytest.raises(ReportNotFound) as caught:
        engine.get("nothing")
    assert caught.value.report_id == "nothing"


def test_finds_nothing_in_an_index_without_reports(engine):
    engine.replace([])
    page = engine.search(
        replace(parse_query("公开 行政诉讼>0"), facets=("year",), histograms=("requests.received.total",))
    )
    assert (page.total, page.unjudged, page.judged, page.hits, page.facets["year"]) == (0, 0, 0, (), ())


def test_of_a_report_that_comes_twice_in_one_change_the_last_counts(engine, build):
    engine.replace([build(key="a", overview="拆迁"), build(key="b", overview="拆迁"), build(key="a", overview="征地")])
    assert ids(engine, "拆迁") == ["b"]
    assert ids(engine, "征地") == ["a"]
    assert engine.stats().reports == 2
    engine.remove(["a"])
    assert ids(engine, "") == ["b"]


def test_a_change_that_fails_changes_nothing(engine, build):
    engine.replace([build(key="a")])

    def failing():
        yield build(key="b")
        raise ValueError("the corpus is gone")

    with pytest.raises(ValueError, match="gone"):
        engine.apply(Change(failing(), ["a"], lambda: b"new"))
    assert ids(engine, "") == ["a"]
    assert engine.ledger() is None


def test_a_fresh_change_can_take_over_what_was_before(engine, build):
    engine.replace([build(key="a"), build(key="b")])
    engine.apply(Change((build_document(engine.get(key)) for key in "a"), fresh=True))
    assert ids(engine, "") == ["a"]


def test_a_fresh_change_forgets_what_was_before(engine, build):
    engine.apply(Change([build(key="a")], ledger=lambda: b"old"))
    engine.apply(Change([build(key="b")], fresh=True))
    assert ids(engine, "") == ["b"]
    assert engine.ledger() is None


def test_a_change_without_a_ledger_keeps_the_one_there_is(engine, build):
    engine.apply(Change([build(key="a")], ledger=lambda: b"noted"))
    engine.remove(["a"])
    assert engine.ledger() == b"noted"


def test_the_ledger_is_asked_for_after_the_last_document(engine, build):
    order = []

    def drawn():
        order.append("document")
        yield build(key="a")

    engine.apply(Change(drawn(), ledger=lambda: order.append("ledger") or b""))
    assert order == ["document", "ledger"]


# ── what a query finds ──────────────────────────────────────────────────────────────────────────────────────────


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
    engine.replace(three)
    assert sorted(ids(engine, query)) == found


def test_counts_what_cannot_be_judged_apart(engine, three):
    engine.replace(three)
    page = engine.search(parse_query("行政诉讼>0"))
    assert (page.total, page.unjudged, page.judged) == (1, 1, 2)
    assert [hit.id for hit in page.unjudged_hits] == ["c"]
    page = engine.search(replace(parse_query("行政诉讼>0"), include_unjudged=True))
    assert [(hit.id, hit.judged) for hit in page.hits] == [("b", True), ("c", False)]


def test_a_condition_that_fails_anyway_leaves_nothing_unjudged(engine, three):
    engine.replace(three)
    page = engine.search(parse_query("行政诉讼>0 拆迁"))
    assert (page.total, page.unjudged) == (1, 0)


def test_a_facet_is_counted_without_its_own_filter(engine, three):
    engine.replace(three)
    page = engine.search(replace(parse_query("年份:2019 地区:宜春"), facets=("year", "level")))
    assert [(count.value, count.count) for count in page.facets["year"]] == [("2019", 1), ("2020", 1)]
    assert [(count.value, count.count) for count in page.facets["level"]] == [("county", 1)]


def test_counts_and_filters_by_the_kind_of_file(engine, build):
    page, plain = (
        replace(document, facets={**document.facets, "filetype": (kind,)})
        for document, kind in ((build(key="a"), "html"), (build(key="b"), "txt"))
    )
    engine.replace([page, plain])
    assert ids(engine, "文件类型:网页") == ["a"]
    found = engine.search(replace(parse_query("filetype:txt"), facets=("filetype",)))
    assert [(one.value, one.count) for one in found.facets["filetype"]] == [("html", 1), ("txt", 1)]


def test_the_section_facet_counts_where_the_words_stand(engine, three):
    engine.replace(three)
    page = engine.search(replace(parse_query("拆迁"), facets=("section",)))
    assert [(count.value, count.count) for count in page.facets["section"]] == [("overview", 1), ("problems", 1)]
    page = engine.search(replace(parse_query("拆迁"), filters=(FacetFilter("section", ("problems",)),)))
    assert [hit.id for hit in page.hits] == ["b"]


def test_a_histogram_leaves_out_its_own_filter_but_sums_inside_it(engine, three):
    engine.replace(three)
    key = "disputes.litigation.total"
    histogram = engine.search(replace(parse_query("行政诉讼>0"), histograms=(key,))).histograms[key]
    assert histogram.bins == ((0.0, 0.0, 1), (1.0, 9.0, 1))
    assert (histogram.count, histogram.total, histogram.median, histogram.unjudged) == (1, 3, 3.0, 1)


def test_the_order_is_total(engine, three):
    engine.replace(three)
    assert ids(engine, "") == ["c", "b", "a"]
    assert ids(engine, "", Sort("year", descending=False)) == ["a", "b", "c"]
    assert ids(engine, "", Sort("disputes.litigation.total")) == ["b", "a", "c"]
    assert ids(engine, "", Sort("disputes.litigation.total", descending=False)) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("run", "scattered"),
    [("征地补偿安置", "征地。补偿。安置。"), ("征地陬补偿", "征地陬。补偿。"), ("征地某补偿某", "征地某。补偿某。")],
)
def test_a_literal_run_stands_before_scattered_words_however_many(engine, build, run, scattered):
    often = build(key="a", overview=scattered * 30, year=2022)
    literal = build(key="b", overview="公开。" * 200 + run + "。", year=2019)
    engine.replace([often, literal])
    assert ids(engine, run) == ["b", "a"]


def test_near_stands_before_far(engine, build):
    far = build(key="a", overview="拆迁" + "，工作" * 40 + "，信访。", year=2022)
    near = build(key="b", overview="工作，" * 40 + "拆迁，信访。", year=2019)
    engine.replace([far, near])
    assert ids(engine, "拆迁 信访") == ["b", "a"]


def test_the_title_stands_before_the_text(engine, build):
    text = build(key="a", overview="拆迁。", year=2022)
    title = build(key="b", title="拆迁专项报告", overview="工作。", year=2019)
    engine.replace([text, title])
    assert ids(engine, "拆迁") == ["b", "a"]


def test_shows_the_sections_with_the_words_marked_as_printed(engine, build):
    engine.replace([build(key="a", overview="办 结\n率为100%。", problems="无。")])
    (hit,) = engine.search(parse_query('"办结率"')).hits
    (section,) = hit.sections
    (snippet,) = section.snippets
    assert (section.key, snippet.text, snippet.marks) == ("overview", "办 结\n率为100%。", ((0, 5),))


def test_suggests_bodies_and_places_by_what_is_in_their_names(engine, three):
    engine.replace(three)
    assert [(one.label, one.query, one.count) for one in engine.suggest("宜春")] == [("宜春市", "地区:宜春市", 2)]
    assert [one.label for one in engine.suggest("岭")] == ["荷岭镇人民政府"]
    assert engine.suggest("") == ()


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
    engine.replace([])
    with pytest.raises(QueryError):
        engine.search(query)


@settings(max_examples=30, deadline=None)
@given(random=randoms(), typed=st.lists(st.text(max_size=30) | texts(), max_size=10))
@pytest.mark.parametrize("name", ENGINES)
def test_whatever_is_typed_gets_an_answer_or_a_query_error(name, random, typed):
    with new_engine(name) as engine:
        engine.replace(make_documents(random, 3))
        for text in typed:
            try:
                query = parse_query(text)
            except QueryError as error:
                assert 0 <= error.at <= len(text)
            else:
                assert engine.search(query).total <= 3
            assert len(engine.suggest(text)) <= 8


def ids(engine, text, sort=Sort()):
    return [hit.id for hit in engine.search(replace(parse_query(text), sort=sort, size=100)).hits]


def test_a_word_of_which_folding_leaves_nothing_holds_nowhere(engine, build):
    engine.replace([build(key="a")])
    assert engine.search(Query(root=Word("\u200b"))).total == 0
