"""A facet that is registered from outside appears wherever a facet does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.engines.memory.engine import MemoryEngine
from indexer.engines.whoosh.schema import build_schema, index_format
from indexer.errors import QueryError
from indexer.messages import render
from indexer.messages.catalogue import add_sentences, remove_sentences
from indexer.records import Paragraph, Report, Section
from indexer.search.catalogue.facets import Facet, keyword_fields, register_facet, remove_facet
from indexer.search.documents import build_document
from indexer.search.language.parser import parse_query
from indexer.search.language.query_text import describe_condition, print_query
from indexer.search.port import FacetCount
from indexer.search.query import FacetFilter
from indexer.settings import Settings
from tests.changes import change_index
from tests.indexer.engines.contract import ENGINES, new_engine
from tests.saying import raises_saying
from tests.webapp.builders import build_report
from tests.webapp.conftest import make_app
from tests.webapp.reading import soup, texts
from webapp.arguments.catalogue import listed_arguments, search_arguments

LENGTH = Facet(
    "length",
    ("篇幅", "长短"),
    lambda report: ("long" if sum(len(one.text) for one in report.sections) > 500 else "short",),
    lambda: {"short": ("短",), "long": ("长",)},
    shown=99,
)
WORDS = {
    "zh": {"facet.length": "篇幅", "length.short": "短篇", "length.long": "长篇"},
    "en": {"facet.length": "length", "length.short": "short", "length.long": "long"},
}


@pytest.fixture(autouse=True)
def length() -> Iterator[None]:
    for language, words in WORDS.items():
        add_sentences(language, {f"label.{key}": word for key, word in words.items()})
    register_facet(LENGTH)
    yield
    remove_facet("length")
    for language, words in WORDS.items():
        remove_sentences(language, [f"label.{key}" for key in words])


def make_reports() -> list[Report]:
    prose = (Section("overview", "一、总体情况", (Paragraph(1, "公开" * 300),)),)
    return [build_report("甲镇"), build_report("乙镇"), build_report("丙镇", sections=prose)]


def test_the_document_and_the_schema_of_the_index_have_it():
    assert build_document(make_reports()[0]).facets["length"] == ("short",)
    assert "length" in keyword_fields()
    assert "facet_length" in build_schema().names()
    with_it = index_format()
    remove_facet("length")
    assert index_format() != with_it
    assert "facet_length" not in build_schema().names()


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_filters_by_it_and_counts_its_values(name):
    with new_engine(name) as engine:
        change_index(engine, map(build_document, make_reports()))
        for text, count in (("篇幅:长篇", 1), ("长短:短", 2), ("-length:long", 2)):
            assert engine.search(parse_query(text)).total == count
        counts = (FacetCount("short", 2), FacetCount("long", 1))
        assert engine.facet_values("length") == counts


def test_the_query_language_reads_and_writes_it():
    query = parse_query("篇幅:短篇 公开")
    assert query.filters == (FacetFilter("length", ("short",)),)
    assert print_query(query.filters) == "length:short"
    assert describe_condition(query.filters[0]) == "篇幅:短篇"
    with raises_saying(QueryError, "“篇幅”没有“中篇”这个值。.*短篇") as raised:
        parse_query("篇幅:中篇")
    assert raised.value.suggestion == '"篇幅:中篇"'


def test_it_is_labelled_in_both_languages():
    assert [LENGTH.label, LENGTH.label_in("en")] == ["篇幅", "length"]


def test_the_site_offers_it_as_argument_list_and_chip():
    engine = MemoryEngine(map(build_document, make_reports()))
    client = make_app(engine, Settings()).test_client()
    assert {"length", "-length"} <= set(search_arguments())
    assert render(search_arguments()["length"].meaning) == "篇幅是"
    assert {"length", "-length"} <= {argument.name for argument in listed_arguments()}
    page = soup(client, "/search")
    assert page.select_one("#fc-length").get_text() == "篇幅"
    chosen = client.get("/search.json?length=long").get_json()
    assert chosen["total"] == 1
    assert {one["label"]: one["count"] for one in chosen["facets"]["length"]} == {
        "短篇": 2,
        "长篇": 1,
    }
    chips = texts(soup(client, "/search", length="long"), ".chips")
    assert "篇幅长篇" in "".join(chips)


def test_a_name_that_is_taken_is_refused():
    with pytest.raises(ValueError, match="'year'"):
        register_facet(Facet("year", ("年",), lambda report: ()))
