"""Addresses that are not in UTF-8 are read as what they are, or refused."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.webapp.reading import soup, texts


@pytest.mark.parametrize(
    "words", ["公开", "政务公开", "信息公开 保密", "“政务公开”", "层级:乡镇", "强", "查路"]
)
def test_gbk_is_read_as_what_it_is_and_said(client: FlaskClient, words: str) -> None:
    address = f"/search?q={quote(words.encode('gbk'))}"
    meant = client.get("/search.json", query_string={"q": words}).get_json()
    found = client.get(address.replace("/search", "/search.json")).get_json()
    page = soup(client, address)

    if words != "强":  # one character whose two bytes are a letter in UTF-8 as well
        assert found["total"] == meant["total"]
        assert any(words in warning and "GBK" in warning for warning in found["warnings"])
        assert any("GBK" in text for text in texts(page, ".chip.fix"))
        assert page.select("input[name=q]")[0]["value"] == words


def test_two_letters_that_may_be_a_word_in_gbk_are_that_word(client: FlaskClient) -> None:
    warnings = client.get(f"/search.json?q={quote('强强'.encode('gbk'))}").get_json()["warnings"]

    assert client.get("/search.json?q=%C2%B7").get_json()["warnings"] == []
    assert client.get(f"/search.json?q={quote('αβγ')}").get_json()["warnings"] == []
    assert warnings == [] or "强强" in warnings[0]


def test_a_facet_in_gbk_is_that_facet(client: FlaskClient) -> None:
    county = quote("高安市".encode("gbk"))
    meant = client.get("/search.json", query_string={"county": "高安市"}).get_json()

    assert client.get(f"/search.json?county={county}").get_json()["total"] == meant["total"] > 0


@pytest.mark.parametrize("letters", ["%FF", "%A4%BD%B6%7D", "%C0%80", "%EF%BF%BD", "a%80b"])
@pytest.mark.parametrize("argument", ["q", "county", "sort"])
def test_letters_in_no_known_encoding_are_refused(
    client: FlaskClient, argument: str, letters: str
) -> None:
    response = client.get(f"/search?{argument}={letters}")

    assert response.status_code == 400
    assert "UTF-8" in response.text
    assert client.get(f"/search.json?{argument}={letters}").status_code == 400


def test_a_report_is_shown_whatever_its_words_are_in(client: FlaskClient) -> None:
    assert client.get("/reports/yw2x5g7q2nwy?q=%FF").status_code == 200
    assert "<mark>" in client.get(f"/reports/yw2x5g7q2nwy?q={quote('公开'.encode('gbk'))}").text


def test_suggestions_are_made_of_gbk_too(client: FlaskClient) -> None:
    assert client.get(f"/suggest.json?q={quote('高安'.encode('gbk'))}").get_json()["suggestions"]


@pytest.mark.parametrize("words", ["公开", "café 100%", "a+b", "阿·买提", "《条例》", "𠮷", "é"])
def test_utf_8_stays_what_it_is(client: FlaskClient, words: str) -> None:
    found = client.get("/search.json", query_string={"q": words}).get_json()

    assert not [warning for warning in found["warnings"] if "GBK" in warning]
    assert soup(client, "/search", q=words).select("input[name=q]")[0]["value"] == words
