"""The synonyms of a search on pages and in JSON: said, marked, switched off for good."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient

from indexer.engines.memory.engine import MemoryEngine
from indexer.errors import ConfigError
from indexer.settings import Settings
from tests.saying import raises_saying
from tests.webapp.reading import href, soup, text, texts
from webapp import create_app

WORDS = "门户网站 依申请公开"


def arguments(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query)


def test_the_chips_say_what_is_searched_for_as_well_and_switch_one_or_all_off(
    client: FlaskClient,
) -> None:
    page = soup(client, "/search", q=WORDS)
    chips = {text(chip, "b"): str(href(chip, "a")) for chip in page.select(".chip.syn")}
    assert list(chips) == ["门户网站 ≈ 政府网站", "依申请公开 ≈ 申请公开", "以上全部"]

    assert arguments(chips["门户网站 ≈ 政府网站"]) == [("q", WORDS), ("-synonym", "政府网站")]
    one_off = soup(client, chips["门户网站 ≈ 政府网站"])
    assert texts(one_off, ".chip.syn:not(.no) b") == ["依申请公开 ≈ 申请公开"]
    assert texts(one_off, ".chip.syn.no b") == ["门户网站 ≈ 政府网站"]
    assert arguments(href(one_off, ".chip.syn.no a")) == [("q", WORDS)]

    all_off = soup(client, chips["以上全部"])
    assert arguments(chips["以上全部"]) == [("q", WORDS), ("synonyms", "off")]
    assert texts(all_off, ".chip.syn b") == ["全部"]
    assert arguments(href(all_off, ".chip.syn a")) == [("q", WORDS)]


def test_a_synonym_is_marked_in_the_results_and_in_the_report_unless_it_is_off(
    client: FlaskClient,
) -> None:
    page = soup(client, "/search", q="门户网站")
    assert "政府网站" in texts(page, ".secs mark")
    section = next(
        str(link["href"])
        for link in page.select(".secs div:has(mark:-soup-contains('政府网站')) dt a")
    )
    assert "政府网站" in texts(soup(client, section), "mark")

    off = soup(client, "/search", q="门户网站", **{"-synonym": "政府网站"})
    assert "政府网站" not in texts(off, ".secs mark")
    for link in off.select("ol.hits h2 a, .secs dt a, .secs dd a"):
        assert ("-synonym", "政府网站") in arguments(str(link["href"]))
        report = soup(client, str(link["href"]).partition("#")[0])
        assert "政府网站" not in texts(report, "mark")
        for other in report.select(".toc a[href*='/reports/']"):
            assert ("-synonym", "政府网站") in arguments(str(other["href"]))


@pytest.mark.parametrize("switch", [("synonyms", "off"), ("-synonym", "政府网站")])
def test_every_link_of_a_search_keeps_what_is_switched_off(
    client: FlaskClient, switch: tuple[str, str]
) -> None:
    page = soup(client, "/search", q="门户网站", size="1", **dict([switch]))
    links = [
        str(link["href"]) for link in page.select("main a[href^='/search'], main a[href*='/why']")
    ]
    others = [
        link for link in links if link not in [href(chip, "a") for chip in page.select(".chip.syn")]
    ]

    assert len(others) > 20
    assert all(switch in arguments(link) for link in others)
    assert [field["value"] for field in page.select(f".ask input[name='{switch[0]}']")] == [
        switch[1]
    ]


def test_the_json_names_the_synonyms_with_the_address_that_turns_each(client: FlaskClient) -> None:
    answer = client.get(
        "/search.json", query_string={"q": WORDS, "-synonym": "申请公开"}
    ).get_json()

    assert [(one["word"], one["also"], one["on"]) for one in answer["synonyms"]] == [
        ("门户网站", "政府网站", True),
        ("依申请公开", "申请公开", False),
    ]
    turned = [client.get(one["url"]).get_json()["synonyms"] for one in answer["synonyms"]]
    assert [[one["on"] for one in synonyms] for synonyms in turned] == [
        [False, False],
        [True, True],
    ]
    assert client.get("/search.json", query_string={"q": '"门户网站"'}).get_json()["synonyms"] == []


def test_a_synonym_that_the_file_no_longer_has_may_still_stand_in_an_address(
    client: FlaskClient,
) -> None:
    assert (
        client.get("/search", query_string={"q": "微信", "-synonym": "从前有过的"}).status_code
        == 200
    )
    assert client.get("/search", query_string={"q": "微信", "synonyms": "of"}).status_code == 400
    assert "off" in text(soup(client, "/search", 400, q="微信", synonyms="of"), "main")


def test_a_site_does_not_start_with_a_faulty_synonym_file_and_takes_a_changed_one_when_started_anew(
    tmp_path: Path, engine: MemoryEngine
) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("微信 ~ ", encoding="utf-8")
    with raises_saying(ConfigError, "第 1 行"):
        create_app(engine, Settings(synonyms=file))
    file.write_text("微信 ~ 微博", encoding="utf-8")
    client = create_app(engine, Settings(synonyms=file)).test_client()
    assert texts(soup(client, "/search", q="微信"), ".chip.syn b") == ["微信 ≈ 微博"]
