from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.corpus.sources import FoundFile, walk_corpus
from indexer.corpus.workers.task import Job, read_report
from indexer.engines.memory.engine import MemoryEngine
from indexer.records import Report
from indexer.search.documents import build_document
from indexer.search.port import SearchEngine
from indexer.settings import Settings
from tests.golden import CORPUS
from tests.webapp.builders import build_report, hostile_report, hybrid_report
from webapp import create_app


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings(corpus=CORPUS, base_url="https://nianbao.example")


@pytest.fixture(scope="session")
def reports(settings: Settings) -> dict[str, Report]:
    """The reports of the corpus by the name of their file."""
    found = [one for one in walk_corpus(CORPUS) if isinstance(one, FoundFile)]
    return {Path(one.path).stem: read_report(Job(one, settings.limits)) for one in found}


@pytest.fixture(scope="session")
def engine(reports: dict[str, Report]) -> SearchEngine:
    return MemoryEngine(
        [build_document(report) for report in reports.values()], "2026-11-21T10:00:00+08:00"
    )


@pytest.fixture(scope="session")
def app(engine: SearchEngine, settings: Settings) -> Flask:
    return make_app(engine, settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def odd_reports() -> dict[str, Report]:
    return {
        "2019": build_report(),
        "2021": build_report("新镇", "2021"),
        "hybrid": hybrid_report(),
        "none": build_report("旧镇", "none"),
        "hostile": hostile_report(),
    }


@pytest.fixture(scope="session")
def odd_app(odd_reports: dict[str, Report], settings: Settings) -> Flask:
    return make_app(
        MemoryEngine([build_document(report) for report in odd_reports.values()]), settings
    )


@pytest.fixture
def odd_client(odd_app: Flask) -> FlaskClient:
    return odd_app.test_client()


@pytest.fixture
def empty_client(settings: Settings) -> FlaskClient:
    return make_app(MemoryEngine(), settings).test_client()


def make_app(engine: SearchEngine, settings: Settings) -> Flask:
    app = create_app(engine, settings, lambda: date(2026, 11, 21))
    app.testing = True
    return app
