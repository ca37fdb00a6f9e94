"""A language that is added from outside appears on every page of the site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.engines.memory.engine import MemoryEngine
from indexer.messages.catalogue import register_language, remove_language
from indexer.search.documents import build_document
from indexer.settings import Settings
from tests.golden import CORPUS
from tests.webapp.builders import build_report
from tests.webapp.conftest import make_app
from tests.webapp.reading import soup, text, texts

CATALOGUE = """
[language]
fr = "français"

[page.frame]
search = "Rechercher"

[page.counts]
found = "{count:,plural rapport|rapports}"
"""


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    file = tmp_path / "fr.toml"
    file.write_text(CATALOGUE, encoding="utf-8")
    register_language(file)
    settings = Settings(corpus=CORPUS, base_url="https://nianbao.example")
    yield make_app(MemoryEngine([build_document(build_report())]), settings).test_client()
    remove_language("fr")


@pytest.mark.parametrize("path", ["/", "/help", "/about", "/search", "/nowhere"])
def test_the_switch_of_every_page_offers_it(client: FlaskClient, path: str) -> None:
    page = soup(client, path, 404 if path == "/nowhere" else 200)

    assert texts(page, ".langs li") == ["中文", "English", "français"]


def test_its_pages_say_what_it_says_and_the_rest_in_english(client: FlaskClient) -> None:
    page = soup(client, "/search?lang=fr")

    assert page.html is not None
    assert page.html["lang"] == "fr"
    assert text(page, ".langs [aria-current]") == "français"
    assert text(page, ".found") == "1 rapport"
    assert texts(page, ".top nav li")[:2] == ["Rechercher", "Help"]


def test_a_visitor_who_prefers_it_gets_it(client: FlaskClient) -> None:
    assert 'lang="fr"' in client.get("/", headers={"Accept-Language": "fr-CA,en;q=0.5"}).text[:60]
    assert client.get("/search?lang=de").status_code == 400
