from __future__ import annotations

import gzip

import pytest
from flask.testing import FlaskClient

GZIP = {"Accept-Encoding": "gzip, deflate, br"}
TEXTS = (
    "/",
    "/search?q=公开",
    "/search.json?q=公开",
    "/reports/yw2x5g7q2nwy",
    "/static/style.css",
    "/static/suggest.js",
    "/search?q=|",
)


@pytest.mark.parametrize("path", TEXTS)
def test_text_is_compressed_for_whoever_takes_it(client: FlaskClient, path: str) -> None:
    with client.get(path, headers=GZIP) as packed, client.get(path) as plain:
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in plain.headers
        assert "Accept-Encoding" in packed.vary
        assert "Accept-Encoding" in plain.vary
        assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
        if "q=公开" not in path:  # the time it took is on the page
            assert gzip.decompress(packed.data) == plain.data


@pytest.mark.parametrize(
    "accepted", ["", "identity", "br", "gzip;q=0", "*;q=0", "gzip;q=0, *", "gzip;q=0.2, identity"]
)
def test_whoever_does_not_take_gzip_gets_the_text_as_it_is(
    client: FlaskClient, accepted: str
) -> None:
    response = client.get("/about", headers={"Accept-Encoding": accepted})

    assert "Content-Encoding" not in response.headers
    assert "方法与局限" in response.text


def test_what_is_short_and_what_is_an_original_go_as_they_are(client: FlaskClient) -> None:
    for path in ("/healthz", "/readyz", "/reports/yw2x5g7q2nwy/source"):
        with client.get(path, headers=GZIP) as response:
            assert "Content-Encoding" not in response.headers, path


def test_an_asset_that_did_not_change_is_not_sent_again(client: FlaskClient) -> None:
    with client.get("/static/style.css", headers=GZIP) as first:
        tag = first.headers["ETag"]
    with client.get("/static/style.css", headers={**GZIP, "If-None-Match": tag}) as again:
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag
        assert "Accept-Encoding" in again.vary
    with client.head("/static/style.css", headers=GZIP) as head:
        assert head.data == b""
        assert head.headers["Content-Encoding"] == "gzip"
