"""What the port promises, on every engine: reports come back as they were, and changes are made
whole.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from indexer.errors import ReportNotFound
from indexer.search.documents import build_document
from indexer.search.language.parser import parse_query
from indexer.search.query import Query
from tests.changes import change_index
from tests.indexer.engines.contract import ENGINES, ids, make_documents, new_engine
from tests.strategies import randoms


@settings(max_examples=15, deadline=None)
@given(random=randoms())
@pytest.mark.parametrize("name", ENGINES)
def test_gives_back_every_report_as_it_was(name, random):
    documents = make_documents(random, 5)
    with new_engine(name) as engine:
        change_index(engine, documents)
        for document in documents:
            assert engine.get(document.id) == document.report


def test_a_document_revised_by_the_change_that_brought_it_is_there_once_and_as_revised(
    engine, build
):
    brought, other = build(key="a", overview="甲"), build(key="b", overview="乙")
    change_index(engine, [brought, other], revise=[build(key="a", overview="丙")])
    page = engine.search(Query(size=10))
    assert sorted(hit.id for hit in page.hits) == ["a", "b"]
    assert engine.get("a").sections[0].text == "丙"
    assert engine.search(parse_query("甲")).total == 0


def test_says_that_a_report_is_not_there(engine):
    change_index(engine, [])
    with pytest.raises(ReportNotFound) as caught:
        engine.get("nothing")
    assert caught.value.report_id == "nothing"


def test_finds_nothing_in_an_index_without_reports(engine):
    change_index(engine, [])
    page = engine.search(
        replace(
            parse_query("公开 行政诉讼>0"),
            facets=("year",),
            histograms=("requests.received.total",),
        )
    )
    assert (page.total, page.unjudged, page.judged, page.hits, page.facets["year"]) == (
        0,
        0,
        0,
        (),
        (),
    )


def test_of_a_report_that_comes_twice_in_one_change_the_last_counts(engine, build):
    change_index(
        engine,
        [
            build(key="a", overview="拆迁"),
            build(key="b", overview="拆迁"),
            build(key="a", overview="征地"),
        ],
    )
    assert ids(engine, "拆迁") == ["b"]
    assert ids(engine, "征地") == ["a"]
    assert engine.stats().reports == 2
    change_index(engine, remove=["a"])
    assert ids(engine, "") == ["b"]


def test_a_change_that_fails_changes_nothing(engine, build):
    change_index(engine, [build(key="a")])

    def failing():
        yield build(key="b")
        raise ValueError("the corpus is gone")

    with pytest.raises(ValueError, match="gone"):
        change_index(engine, failing(), remove=["a"], ledger=b"new")
    assert ids(engine, "") == ["a"]
    assert engine.ledger() is None


def test_a_fresh_change_can_take_over_what_was_before(engine, build):
    change_index(engine, [build(key="a"), build(key="b")])
    change_index(engine, (build_document(engine.get(key)) for key in "a"), fresh=True)
    assert ids(engine, "") == ["a"]


def test_a_fresh_change_forgets_what_was_before(engine, build):
    change_index(engine, [build(key="a")], ledger=b"old")
    change_index(engine, [build(key="b")], fresh=True)
    assert ids(engine, "") == ["b"]
    assert engine.ledger() is None


def test_a_change_without_a_ledger_keeps_the_one_there_is(engine, build):
    change_index(engine, [build(key="a")], ledger=b"noted")
    change_index(engine, remove=["a"])
    assert engine.ledger() == b"noted"


def test_nothing_of_a_change_is_seen_before_it_ends(engine, build):
    change_index(engine, [build(key="a", overview="拆迁"), build(key="b")], ledger=b"old")
    with engine.change() as draft:
        draft.put(build(key="a", overview="征地"))
        draft.put(build(key="c"))
        draft.remove("b")
        draft.note(b"new")
        assert ids(engine, "") == ["a", "b"]
        assert ids(engine, "拆迁") == ["a"]
        assert engine.get("a").sections[0].text == "拆迁"
        assert engine.ledger() == b"old"
    assert ids(engine, "") == ["a", "c"]
    assert ids(engine, "征地") == ["a"]
    assert engine.ledger() == b"new"


def test_an_error_rolls_back_whatever_was_done_before_it(engine, build):
    change_index(engine, [build(key="a", overview="拆迁"), build(key="b")], ledger=b"old")

    def fail(fresh):
        with engine.change(fresh=fresh) as draft:
            draft.put(build(key="a", overview="征地"))
            draft.put(build(key="a", overview="信访"))
            draft.remove("b")
            draft.note(b"new")
            raise ZeroDivisionError

    for fresh in (False, True):
        with pytest.raises(ZeroDivisionError):
            fail(fresh)
        assert ids(engine, "") == ["a", "b"]
        assert ids(engine, "拆迁") == ["a"]
        assert engine.ledger() == b"old"
    change_index(engine, remove=["a"])
    assert ids(engine, "") == ["b"]


@settings(max_examples=20, deadline=None)
@given(random=randoms())
@pytest.mark.parametrize("name", ENGINES)
def test_the_order_of_calls_about_different_reports_is_of_no_consequence(name, random):
    before, new = make_documents(random, 4), make_documents(random, 2)
    removed = [before[0].id, "nothing"]
    calls = [
        *((document.id, "put", document) for document in (*before[1:3], *new)),
        *((report_id, "remove", report_id) for report_id in removed),
    ]
    random.shuffle(calls)
    with new_engine(name) as engine:
        change_index(engine, before)
        with engine.change() as draft:
            for _, method, argument in calls:
                getattr(draft, method)(argument)
        held = {hit.id: hit.report for hit in engine.search(Query(size=10)).hits}
    expected = {document.id: document.report for document in (*before, *new)}
    assert held == {key: report for key, report in expected.items() if key not in removed}


def test_of_several_calls_about_one_report_the_last_counts(engine, build):
    change_index(engine, [build(key="a"), build(key="b", overview="拆迁")])
    with engine.change() as draft:
        draft.put(build(key="c"))
        draft.remove("c")
        draft.remove("b")
        draft.put(build(key="b", overview="征地"))
        draft.put(build(key="a", overview="甲"))
        draft.remove("a")
        draft.put(build(key="a", overview="信访"))
    assert ids(engine, "") == ["a", "b"]
    assert ids(engine, "征地") == ["b"]
    assert ids(engine, "信访") == ["a"]


# ── names ──


def test_suggests_bodies_and_places_by_what_is_in_their_names(engine, three):
    change_index(engine, three)
    assert [(one.label, one.query, one.count) for one in engine.suggest("宜春")] == [
        ("宜春市", "地区:宜春市", 2)
    ]
    assert [one.label for one in engine.suggest("岭")] == ["荷岭镇人民政府"]
    assert [one.label for one in engine.suggest("tnz")] == ["田南镇人民政府"]
    assert engine.suggest("yichun", kind="body") == ()
    assert engine.suggest("") == ()


def test_suggests_what_is_there_after_a_change(engine, build):
    change_index(engine, [build(key="a", body="息陬镇人民政府")])
    assert [one.label for one in engine.suggest("xzz")] == ["息陬镇人民政府"]
    change_index(engine, [build(key="a", body="田南镇人民政府")])
    assert engine.suggest("xzz") == ()
    assert [one.label for one in engine.suggest("tiannan")] == ["田南镇人民政府"]
