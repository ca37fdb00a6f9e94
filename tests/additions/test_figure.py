"""A figure that is registered from outside appears wherever a figure does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.engines.memory.engine import MemoryEngine
from indexer.engines.whoosh.schema import build_schema, index_format
from indexer.messages import render
from indexer.messages.catalogue import add_sentences, remove_sentences
from indexer.records import Cell, Report
from indexer.search.catalogue.figure_aliases import FigureAliases
from indexer.search.catalogue.figures import (
    FigureField,
    FigureLookup,
    figure_of,
    register_figure,
    remove_figure,
)
from indexer.search.documents import build_document
from indexer.search.language.parser import parse_query
from indexer.search.port import Figure
from indexer.search.query import FigureFilter, Query, Sort
from indexer.settings import Settings
from tests.changes import change_index
from tests.indexer.engines.contract import ENGINES, new_engine
from tests.webapp.builders import build_report
from tests.webapp.conftest import make_app
from webapp.arguments.catalogue import search_arguments

KEY = "requests.net_carried.total"
IN, OUT = "requests.carried_in.total", "requests.carried_out.total"


def compute_net(lookup: FigureLookup) -> Figure | None:
    """Return how many more requests are carried out of the year than into it."""
    carried_in, carried_out = lookup(IN), lookup(OUT)
    if carried_in is None or carried_out is None:
        return None
    for operand in (carried_in, carried_out):
        if operand.value is None or operand.status != "reported":
            return Figure(None, operand.status)
    return Figure(carried_out.value - carried_in.value, "reported")


NET = FigureField(
    key=KEY,
    label="净结转·总计",
    section="requests",
    row="净结转",
    column="总计",
    forms=("2019", "2021"),
    compute=compute_net,
    aliases=FigureAliases(names=("积压增加",)),
)


@pytest.fixture(autouse=True)
def net() -> Iterator[None]:
    add_sentences("en", {f"label.figure.{KEY}": "net carried over"})
    register_figure(NET)
    yield
    remove_figure(KEY)
    remove_sentences("en", [f"label.figure.{KEY}"])


def make_report(name: str, carried_in: Cell, carried_out: Cell) -> Report:
    report = build_report(name)
    others = (cell for cell in report.cells if cell.key not in (IN, OUT))
    return build_report(name, cells=(*others, carried_in, carried_out))


def reported(key: str, value: int) -> Cell:
    return Cell(key, value, "reported", str(value))


def make_reports() -> list[Report]:
    return [
        make_report("甲镇", reported(IN, 1), reported(OUT, 4)),
        make_report("乙镇", reported(IN, 2), reported(OUT, 2)),
        make_report("丙镇", reported(IN, 2), Cell(OUT, None, "blank", "")),
    ]


def test_it_is_computed_and_never_guessed():
    found = [build_document(report).figures[KEY] for report in make_reports()]
    assert found == [Figure(3, "reported"), Figure(0, "reported"), Figure(None, "blank")]
    assert [figure_of(report, KEY) for report in make_reports()] == found
    assert figure_of(build_report(form="none"), KEY) is None


def test_the_schema_of_the_index_has_it():
    assert KEY in build_schema().names()
    with_it = index_format()
    remove_figure(KEY)
    assert index_format() != with_it


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_filters_sorts_and_counts_it(name):
    with new_engine(name) as engine:
        change_index(engine, map(build_document, make_reports()))
        page = engine.search(parse_query("净结转>0"))
        assert (page.total, page.unjudged) == (1, 1)
        assert engine.search(parse_query("积压增加:空")).total == 1
        page = engine.search(Query(sort=Sort(KEY), histograms=(KEY,)))
        assert [hit.figures[KEY].value for hit in page.hits] == [3, 0, None]
        assert page.histograms[KEY].bins == ((0.0, 0.0, 1), (1.0, 9.0, 1))
        assert (page.histograms[KEY].total, page.histograms[KEY].unjudged) == (3, 1)


def test_the_query_language_knows_its_names():
    asked = FigureFilter(KEY, low=0, low_open=True)
    for text in ("净结转>0", "净结转·总计>0", "积压增加大于0", f"{KEY}>0"):
        assert parse_query(text).figures == (asked,)


def test_it_is_labelled_in_both_languages():
    assert [NET.label_in("zh"), NET.label_in("en")] == ["净结转·总计", "net carried over"]


def test_the_site_offers_it_as_arguments_order_and_histogram():
    engine = MemoryEngine(map(build_document, make_reports()))
    client = make_app(engine, Settings()).test_client()
    names = [f"{KEY}_{suffix}" for suffix in ("min", "max", "status")]
    assert set(names) <= set(search_arguments())
    assert "净结转" in render(search_arguments()[names[0]].meaning)
    for query, total in ((f"{KEY}_min=1", 1), (f"{KEY}_max=0", 1), (f"{KEY}_status=blank", 1)):
        assert client.get(f"/search.json?{query}").get_json()["total"] == total
    ordered = client.get(f"/search.json?sort=-{KEY}").get_json()
    assert ordered["total"] == 3
    page = client.get(f"/search?figure={KEY}").get_data(as_text=True)
    assert "净结转" in page
    assert "净结转" in client.get(f"/reports/{make_reports()[0].id}").get_data(as_text=True)
