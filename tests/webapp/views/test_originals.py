from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from indexer.engines.memory.engine import MemoryEngine
from indexer.records import Report, SourceFile
from indexer.search.documents import build_document
from indexer.settings import Settings
from tests.webapp.builders import build_report
from tests.webapp.conftest import CORPUS, make_app

DATA = "原件\n".encode("gb18030")


def client_of(corpus: Path, *paths: str) -> tuple[FlaskClient, str]:
    """A site over one report with these files, all said to hold `DATA`."""
    sources = tuple(
        SourceFile(path, hashlib.sha256(DATA).hexdigest(), len(DATA), "text/plain")
        for path in paths
    )
    report = replace(build_report(), id=sources[0].report_id, sources=sources)
    app = make_app(MemoryEngine([build_document(report)]), Settings(corpus=corpus))
    return app.test_client(), f"/reports/{report.id}/source"


def test_the_original_comes_byte_for_byte_under_its_own_name(
    client: FlaskClient, reports: dict[str, Report]
) -> None:
    for name, report in reports.items():
        response = client.get(f"/reports/{report.id}/source")

        assert response.data == (CORPUS / f"{name}.txt").read_bytes()
        assert response.headers["Content-Disposition"].startswith(
            f"attachment; filename={report.id}.txt;"
        )
        assert f"filename*=UTF-8''{quote(name)}.txt" in response.headers["Content-Disposition"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.mimetype == "application/octet-stream"
        digest = base64.b64encode(hashlib.sha256(response.data).digest()).decode()
        assert response.headers["Repr-Digest"] == f"sha-256=:{digest}:"


def test_a_copy_does_where_the_first_file_is_gone(tmp_path: Path) -> None:
    (tmp_path / "夹").mkdir()
    (tmp_path / "夹" / "b.txt").write_bytes(DATA)
    client, path = client_of(tmp_path, "a.txt", "夹/b.txt")

    response = client.get(path)
    assert response.data == DATA
    assert "b.txt" in response.headers["Content-Disposition"]


def test_a_file_that_is_gone_is_said_to_be(tmp_path: Path) -> None:
    client, path = client_of(tmp_path, "a.txt")

    assert client.get(path).status_code == 410
    assert "a.txt" in client.get(path).text
    assert (
        client.get(path, headers={"Accept": "application/json"}).get_json()["type"]
        == "/help#source-unavailable"
    )


def test_a_file_that_has_changed_is_not_passed_off_as_the_original(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(DATA + b"!")
    client, path = client_of(tmp_path, "a.txt")

    response = client.get(path)
    assert response.status_code == 410
    assert "改动过" in response.text


@pytest.mark.parametrize("name", ["../secret.txt", "link.txt"])
def test_no_path_leads_out_of_the_corpus(tmp_path: Path, name: str) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (tmp_path / "secret.txt").write_bytes(DATA)
    (corpus / "link.txt").symlink_to(tmp_path / "secret.txt")
    client, path = client_of(corpus, name)

    response = client.get(path)
    assert response.status_code == 410
    assert DATA not in response.data


def test_a_name_that_no_header_can_hold_is_made_plain(tmp_path: Path) -> None:
    (tmp_path / 'a\r\n"b.txt').write_bytes(DATA)
    client, path = client_of(tmp_path, 'a\r\n"b.txt')

    disposition = client.get(path).headers["Content-Disposition"]
    assert "\n" not in disposition
    assert "a__" in disposition
