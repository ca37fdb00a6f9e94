"""What the port promises, on every engine: reports come back as they were, and changes are made whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from indexer.errors import ReportNotFound
from indexer.search.documents import build_document
from indexer.search.language.parser import parse_query
from indexer.search.port import Change
from indexer.search.query import Query
from tests.indexer.engines.contract import ENGINES, ids, make_documents, new_engine
from tests.strategies import randoms


@settings(max_examples=15, deadline=None)
@given(random=randoms())
@pytest.mark.parametrize("name", ENGINES)
def test_gives_back_every_report_as_it_was(name, random):
    documents = make_documents(random, 5)
    with new_engine(name) as engine:
        engine.replace(documents)
        for document in documents:
            assert engine.get(document.id) == document.report


def test_a_document_revised_by_the_change_that_brought_it_is_there_once_and_as_revised(
    engine, build
):
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
    engine.replace(
        [
            build(key="a", overview="拆迁"),
            build(key="b", overview="拆迁"),
            build(key="a", overview="征地"),
        ]
    )
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


# ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_suggests_bodies_and_places_by_what_is_in_their_names(engine, three):
    engine.replace(three)
    assert [(one.label, one.query, one.count) for one in engine.suggest("宜春")] == [
        ("宜春市", "地区:宜春市", 2)
    ]
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
