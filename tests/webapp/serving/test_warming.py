"""What a server does before it forks: all but asking the engine."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from indexer.settings import read_settings
from webapp import create_app
from webapp.serving.warming import warm_up


class NobodyAsks:
    """An engine that must not be asked: what it opens now, all processes would share."""

    def __getattr__(self, name):
        raise AssertionError(name)


@pytest.fixture
def _thawed():
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("_thawed")
def test_templates_are_ready_and_kept_from_the_collector_and_no_engine_is_asked():
    app = create_app(NobodyAsks(), read_settings({}))
    warm_up(app)
    assert {name for _, name in app.jinja_env.cache.keys()} >= {
        "results.html",
        "report.html",
        "_facets.html",
    }
    assert gc.get_freeze_count() > 10_000


def test_a_server_loads_nothing_that_only_reading_files_needs(tmp_path):
    only_reading = [
        "pdfplumber",
        "docx",
        "lxml",
        "bs4",
        "pebble",
        "indexer.formats",
        "indexer.report",
        "indexer.corpus.pipeline",
    ]
    loaded = f"[name for name in {only_reading!r} if name in sys.modules]"
    program = f"import sys, webapp.wsgi; print({loaded})"
    env = {"NIANBAO_INDEX": str(tmp_path / "index")}
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, env=env, timeout=60, capture_output=True
    )
    assert done.stdout.strip() == b"[]"
