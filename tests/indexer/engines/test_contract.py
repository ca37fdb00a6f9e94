"""What every search engine does, on every engine; the memory engine is the oracle of the others."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.memory_engine.engine import MemoryEngine
from indexer.engines.whoosh_engine.engine import WhooshEngine
from indexer.errors import QueryError, ReportNotFound
from indexer.records import Finding
from indexer.search.documents import build_document
from indexer.search.port import Change, SearchEngine
from indexer.search.query import (
    And,
    Body,
    FacetFilter,
    FigureFilter,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Sort,
    Synonym,
    Word,
)
from indexer.search.ranking import RANKING, Ranking
from indexer.search.syntax import parse_query
from indexer.text import fold
from tests.strategies import NEEDLES, compared, make_query, make_report, make_synonyms, randoms, texts

ENGINES: dict[str, Callable[[Path, Ranking], SearchEngine]] = {
    "memory": lambda folder, ranking: MemoryEngine(ranking=ranking),
    "whoosh": lambda folder, ranking: WhooshEngine(folder / "index", query_seconds=60, ranking=ranking),
}
OTHERS = [name for name in ENGINES if name != "memory"]


@contextmanager
def new_engine(name: str, ranking: Ranking = RANKING) -> Iterator[SearchEngine]:
    with tempfile.TemporaryDirectory() as folder:
        engine = ENGINES[name](Path(folder), ranking)
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
            assert engine.find(query) == oracle.find(query)


@pytest.mark.parametrize("name", OTHERS)
@settings(max_examples=10, deadline=None)
@given(random=randoms())
def test_ranks_and_explains_as_the_oracle_does_whatever_the_ranking(name, random):
    documents = make_documents(random, random.randint(2, 12))
    ranking = Ranking(**{field.name: random.choice((0.1, 0.5, 0.9)) for field in fields(Ranking)})
    oracle = MemoryEngine(documents, ranking=ranking)
    with new_engine(name, ranking) as engine:
        engine.replace(documents)
        for _ in range(10):
            query = make_query(random)
            page = page_of(engine, query)
            assert page == page_of(oracle, query)
            for hit in page.hits[:2]:
                assert engine.explain(query, hit.id) == oracle.explain(query, hit.id)
                assert engine.explain(query, hit.id).score == hit.score


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
            for typed in ("镇", "gaoan", "hlz", random.choice(NEEDLES)):
                assert engine.suggest(typed) == oracle.suggest(typed)
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


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=15, deadline=None)
@given(random=randoms())
def test_an_explanation_adds_up_to_the_score_of_the_hit_in_every_engine(name, random):
    documents = make_documents(random, random.randint(1, 6))
    oracle = MemoryEngine(documents)
    with new_engine(name) as engine:
        engine.replace(documents)
        for _ in range(8):
            query = replace(make_query(random), page=1, size=100, include_unjudged=True)
            hits = {hit.id: hit for hit in engine.search(query).hits}
            for document in documents:
                told = engine.explain(query, document.id)
                assert told == oracle.explain(query, document.id)
                assert told.holds is (hits[document.id].judged or None if document.id in hits else False)
                assert sum(Decimal(str(worth)) for clue in told.clues for _, worth in clue.worths) == Decimal(
                    str(told.score)
                )
                if document.id in hits:
                    assert told.score == hits[document.id].score


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


@pytest.mark.parametrize("query", ["怎么申请政府信息公开", "请问 政府信息公开 申请", "政府信息公开是怎么申请的？"])
def test_a_question_finds_what_it_asks_about_and_first_where_it_stands_as_typed(engine, build, query):
    scattered = build(key="a", overview="申请，政府信息公开。" * 30, year=2022)
    literal = build(key="b", overview="工作。" * 200 + "怎么申请政府信息公开。", year=2019)
    engine.replace([scattered, literal, build(key="c", overview="政府信息公开，怎么，请问。")])
    assert sorted(ids(engine, query)) == ["a", "b"]
    assert ids(engine, "怎么申请政府信息公开") == ["b", "a"]
    assert ids(engine, '"怎么申请政府信息公开"') == ["b"]
    assert sorted(ids(engine, "-怎么申请政府信息公开")) == ["a", "c"]


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=15, deadline=None)
@given(random=randoms())
def test_with_words_left_out_nothing_is_lost(name, random):
    documents = make_documents(random, 8)
    with new_engine(name) as engine:
        engine.replace(documents)
        for _ in range(10):
            text = "".join(random.choices(NEEDLES, k=random.randint(1, 4)))
            without = tuple(random.choices(("公开", "信息", "拆迁", "镇", "年"), k=2))
            typed = {hit.id for hit in engine.search(Query(root=Word(text), size=100)).hits}
            hits = engine.search(Query(root=Word(text, without), size=100)).hits
            assert typed <= {hit.id for hit in hits}


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


@pytest.mark.parametrize("query", ["电子烟摸排", "摸排", "摸排*", '"烟摸"', "章节:总体情况 摸排"])
def test_a_sub_heading_stands_before_the_text(engine, build, query):
    text = build(key="a", overview="（一）其他工作\n电子烟摸排，电子烟摸排，电子烟摸排。", year=2022)
    headed = build(key="b", overview="（一）电子烟摸排\n此项工作已经完成，名单张贴七天。", year=2019)
    led = build(key="c", overview="工作已完成。\n2.电子烟摸排。此项工作已经完成，名单张贴七天。", year=2018)
    engine.replace([text, headed, led])
    assert ids(engine, query) == ["b", "c", "a"]


def test_what_is_held_to_a_section_takes_nothing_from_the_headings_of_another(engine, build):
    elsewhere = build(key="a", overview="（一）摸排", problems="摸排不细。", year=2022)
    nowhere = build(key="b", overview="（一）工作", problems="摸排不细。", year=2022)
    engine.replace([elsewhere, nowhere])
    first, second = engine.search(parse_query("章节:问题 摸排")).hits
    assert (first.id, first.score) == ("a", second.score)


def test_an_explanation_tells_what_the_sub_headings_bring_in(engine, build):
    engine.replace([build(key="a", overview="（一）摸排情况\n摸排已经完成。"), build(key="b", overview="工作。")])
    (clue,) = engine.explain(parse_query("摸排"), "a").clues
    assert clue.places == (("overview", 2), ("heading_overview", 1))
    assert dict(clue.worths)["heading"] > dict(clue.worths)["text"] > 0


def test_nothing_is_found_that_runs_from_one_sub_heading_into_another(engine, build):
    engine.replace([build(key="a", overview="（一）摸排\n工作。\n（二）整改\n工作。"), build(key="b", overview="摸排")])
    assert ids(engine, '"摸排（二）"') == []
    told = engine.explain(parse_query('摸排 OR "摸排（二）"'), "a")
    assert [clue.places for clue in told.clues if clue.kind == "phrase"] == [()]
    assert engine.frequency("排（") == 0


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
    assert [one.label for one in engine.suggest("tnz")] == ["田南镇人民政府"]
    assert engine.suggest("yichun", kind="body") == ()
    assert engine.suggest("") == ()


def test_suggests_what_is_there_after_a_change(engine, build):
    engine.replace([build(key="a", body="息陬镇人民政府")])
    assert [one.label for one in engine.suggest("xzz")] == ["息陬镇人民政府"]
    engine.replace([build(key="a", body="田南镇人民政府")])
    assert engine.suggest("xzz") == ()
    assert [one.label for one in engine.suggest("tiannan")] == ["田南镇人民政府"]


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


# ── synonyms ────────────────────────────────────────────────────────────────────────────────────────────────────


@settings(max_examples=30, deadline=None)
@given(random=randoms())
@pytest.mark.parametrize("name", ENGINES)
def test_a_synonym_brings_what_contains_it_and_takes_nothing_away(name, random):
    documents = make_documents(random, 8)
    word, also = random.sample([needle for needle in NEEDLES if len(fold(needle)) > 1], 2)
    synonyms = (Synonym(word, also), Synonym(word, "办理", on=False))
    with new_engine(name) as engine:
        engine.replace(documents)
        typed, quoted = (found_by(engine, Query(root=root)) for root in (Word(word), Phrase(also)))
        assert found_by(engine, Query(root=Word(word), synonyms=synonyms)) == typed | quoted
        for root in (Phrase(word), Prefix(word), Body(word), Not(Word(word))):
            assert found_by(engine, Query(root=root, synonyms=synonyms)) == found_by(engine, Query(root=root))


@settings(max_examples=20, deadline=None)
@given(random=randoms())
@pytest.mark.parametrize("name", ENGINES)
def test_with_synonyms_a_word_that_is_not_ruled_out_finds_what_it_found_before(name, random):
    documents = make_documents(random, 8)
    with new_engine(name) as engine:
        engine.replace(documents)
        for _ in range(10):
            words = tuple(Word("".join(random.choices(NEEDLES, k=random.randint(1, 3)))) for _ in range(2))
            query = Query(root=random.choice([And, Or])(words), synonyms=make_synonyms(random))
            assert found_by(engine, replace(query, synonyms=())) <= found_by(engine, query)


def found_by(engine, query):
    return {hit.id for hit in engine.search(replace(query, size=100)).hits}


COMMISSION = (Synonym("发改委", "发展和改革委员会"),)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("发改委", ["a", "b", "d"]),
        ("发改委印发", ["a", "b"]),
        ("县发改委", ["b", "d"]),
        ('"发改委"', ["a"]),
        ("发改*", ["a"]),
        ("-发改委", ["b", "c", "d"]),
        ("章节:问题 发改委", ["d"]),
        ("-(发改委 OR 印发)", ["c", "d"]),
    ],
)
def test_a_synonym_stands_literally_where_the_word_may_stand(engine, build, text, found):
    engine.replace(
        [
            build(key="a", overview="发改委和信访局印发"),
            build(key="b", overview="由县发展和改革\n委员会主办，文件已印发"),
            build(key="c", overview="发展经济，改革开放，和委员会一起"),
            build(key="d", problems="县发展和改革委员会"),
        ]
    )
    query = replace(parse_query(text), synonyms=COMMISSION, size=10)
    assert sorted(found_by(engine, query)) == found


def test_a_synonym_is_marked_and_said_where_it_stands(engine, build):
    engine.replace([build(key="a", title="发展和改革委员会年报", overview="无。", problems="发展和改革委员会人少。")])
    query = replace(parse_query("发改委"), synonyms=COMMISSION, facets=("section",))
    page = engine.search(query)
    (hit,) = page.hits
    assert hit.title_marks == ((0, 8),)
    assert [(section.key, section.snippets[0].marks) for section in hit.sections] == [("problems", ((0, 8),))]
    assert [count.value for count in page.facets["section"]] == ["problems"]


@pytest.mark.parametrize(("word", "also"), [("发改委", "发展和改革委员会"), ("拆迁工作", "征地"), ("一二三四", "征地")])
def test_a_synonym_counts_less_than_the_word_that_was_typed(engine, build, word, also):
    """Even where it is the rarer of the two, and the newer report."""
    engine.replace(
        [
            build(key="typed", overview=f"今年，{word}，无。", year=2019),
            build(key="again", overview=f"无，{word}，今年。", year=2018),
            build(key="synonym", overview=f"今年，{also}，无。", year=2022),
        ]
    )
    page = engine.search(replace(parse_query(word), synonyms=(Synonym(word, also),)))
    assert [hit.id for hit in page.hits] == ["typed", "again", "synonym"]
    assert page.hits[2].score < page.hits[0].score / 2 + 0.001


def test_a_synonym_within_the_word_that_was_typed_does_not_count_again(engine, build):
    engine.replace(
        [build(key="a", overview="依申请公开。", title=None), build(key="b", overview="申请公开。", title=None)]
    )
    plain = parse_query("依申请公开")
    query = replace(plain, synonyms=(Synonym("依申请公开", "申请公开"),))
    assert ids_of(engine, query) == ["a", "b"]
    assert engine.search(query).hits[0].score == engine.search(plain).hits[0].score
    assert [(clue.text, clue.places) for clue in engine.explain(query, "a").clues] == [
        ("依申请公开", (("overview", 1),)),
        ("申请公开", ()),
    ]


def ids_of(engine, query):
    return [hit.id for hit in engine.search(query).hits]


def test_an_explanation_says_what_was_found_where_how_often_and_how_many_have_it(engine, build):
    engine.replace(
        [
            build(key="a", title="拆迁年报", overview="拆迁，拆迁和信访。", problems="发展和改革委员会"),
            build(key="b", overview="信访"),
            build(key="c", overview="征地"),
        ]
    )
    told = engine.explain(replace(parse_query("拆迁 信访 发改委"), synonyms=COMMISSION), "a")
    assert [(clue.kind, clue.text, clue.places, clue.having) for clue in told.clues] == [
        ("word", "拆迁", (("title", 1), ("overview", 2)), 1),
        ("word", "信访", (("overview", 1),), 2),
        ("word", "发改委", (), 0),
        ("synonym", "发展和改革委员会", (("problems", 1),), 1),
        ("near", "拆迁", (("overview", 1),), None),
    ]
    assert told.clues[0].worth > told.clues[1].worth > told.clues[2].worth == 0
    assert (told.clues[3].stands_for, told.clues[4].beside, told.clues[4].distance) == ("发改委", "信访", 2)
    assert (told.holds, told.reports) == (True, 3)
    assert engine.explain(parse_query("拆迁"), "b").holds is False
    with pytest.raises(ReportNotFound):
        engine.explain(parse_query("拆迁"), "nothing")


def ids(engine, text, sort=Sort()):
    return [hit.id for hit in engine.search(replace(parse_query(text), sort=sort, size=100)).hits]


def test_a_word_of_which_folding_leaves_nothing_holds_nowhere(engine, build):
    engine.replace([build(key="a")])
    assert engine.search(Query(root=Word("\u200b"))).total == 0
