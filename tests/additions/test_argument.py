"""An argument of addresses that is added from outside, found wherever arguments are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from indexer.engines.memory.engine import MemoryEngine
from indexer.messages.catalogue import add_sentences, remove_sentences
from indexer.records import Message
from indexer.search.documents import build_document
from indexer.search.query import FacetFilter, Query
from indexer.settings import Settings
from tests.golden import CORPUS
from tests.webapp.builders import build_report
from tests.webapp.conftest import make_app
from tests.webapp.reading import soup, texts
from webapp.arguments.catalogue import register, unregister
from webapp.arguments.parsing import parse_search
from webapp.arguments.printing import build_search
from webapp.arguments.record import (
    ArgumentChip,
    ArgumentError,
    Condition,
    GivenArgument,
    Pairs,
    SearchReading,
    UrlArgument,
)

SENTENCES = {
    "zh": {"argument.meaning.since": "从哪一年起", "argument.not_a_year": "{argument}：不是年份。"},
    "en": {"argument.meaning.since": "first year", "argument.not_a_year": "{argument}: no year."},
}


def parse(given: GivenArgument) -> str:
    if not given.value.isdecimal():
        given.refuse("argument.not_a_year", SINCE.meaning, "2019")
    return given.value


def apply(reading: SearchReading) -> None:
    years = FacetFilter("year", (f"{reading.value('since')}..",))
    reading.query = replace(reading.query, filters=(*reading.query.filters, years))


def says(condition: Condition) -> Pairs | None:
    if not isinstance(condition, FacetFilter) or condition.field != "year" or condition.excluded:
        return None
    first, dots, last = condition.values[0].partition("..")
    return (("since", first),) if dots and not last and len(condition.values) == 1 else None


SINCE = UrlArgument(
    "since",
    Message.of("argument.meaning.since"),
    "2019",
    group="condition",
    parse=parse,
    apply=apply,
    says=says,
)
TINY = UrlArgument(
    "tiny",
    Message.of("argument.meaning.since"),
    "1",
    apply=lambda reading: setattr(reading, "query", replace(reading.query, size=2)),
    prints=lambda query: (("tiny", "1"),) if query.size == 2 else (),
    chip=lambda query: (
        ArgumentChip(Message.of("argument.meaning.since"), Message.of("page.chip.all"), Query())
        if query.size == 2
        else None
    ),
)


@pytest.fixture(autouse=True)
def added() -> Iterator[None]:
    for language, sentences in SENTENCES.items():
        add_sentences(language, sentences)
    for argument in (SINCE, TINY):
        register(argument)
    yield
    for argument in (SINCE, TINY):
        unregister(argument)
    for language, sentences in SENTENCES.items():
        remove_sentences(language, sentences)


@pytest.fixture
def client() -> FlaskClient:
    settings = Settings(corpus=CORPUS, base_url="https://nianbao.example")
    return make_app(MemoryEngine([build_document(build_report())]), settings).test_client()


def test_it_is_parsed_and_printed() -> None:
    query = parse_search([("q", "公开"), ("since", "2018")])

    assert query.filters == (FacetFilter("year", ("2018..",)),)
    assert build_search(query) == (("q", "公开"), ("since", "2018"))


def test_a_malformed_value_is_refused_with_one_that_works() -> None:
    with pytest.raises(ArgumentError) as caught:
        parse_search([("since", "x")])

    assert caught.value.fixed == (("since", "2019"),)


def test_the_error_of_a_misspelt_name_lists_it(client: FlaskClient) -> None:
    page = soup(client, "/search?sinse=2018", 400)

    assert "since" in texts(page, ".dt th[scope=row]")
    assert "since" in client.get("/search.json?sinse=2018").json["nearest"]


def test_the_help_documents_it_in_each_language(client: FlaskClient) -> None:
    listed = {one["name"]: one for one in client.get("/help.json").json["arguments"]}

    assert listed["since"]["meaning"] == "从哪一年起"
    assert "first year" in soup(client, "/help?lang=en").get_text()


def test_forms_and_links_keep_it_and_a_chip_shows_it(client: FlaskClient) -> None:
    page = soup(client, "/search?since=2018&tiny=1")

    for name, value in (("since", "2018"), ("tiny", "1")):
        assert page.select(f'form.ask input[name="{name}"][value="{value}"]')
    assert all("since=2018" in str(link["href"]) for link in page.select("nav[aria-label=排序] a"))
    assert "从哪一年起全部" in texts(page, ".chip span")
    assert "2018 年起" in " ".join(texts(page, ".chip"))
