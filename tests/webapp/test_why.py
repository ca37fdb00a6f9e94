"""Why a report is found: the page and its JSON."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from tests.webapp.reading import href, soup, text, texts

WORDS = "门户网站 依申请公开办理 政务*"


def test_each_hit_leads_to_a_table_whose_numbers_add_up_to_its_score(client: FlaskClient) -> None:
    results = client.get("/search.json", query_string={"q": WORDS, "size": "3"}).get_json()[
        "results"
    ]
    links = [
        str(link["href"])
        for link in soup(client, "/search", q=WORDS, size="3").select("ol.hits a.why")
    ]

    assert len(links) == len(results) > 0
    for link, hit in zip(links, results, strict=True):
        page = soup(client, link)
        points = [Decimal(cell) for cell in texts(page, ".clues tbody td:nth-of-type(1)")]
        assert sum(points) == Decimal(text(page, ".clues tfoot td")) == Decimal(str(hit["score"]))
        for row in page.select(".clues tbody tr"):
            parts = [Decimal(cell) for cell in texts(row, "td.num")]
            assert len(parts) == 2 or parts[0] == sum(parts[2:])
        assert href(page, ".crumb a").startswith("/search?q=")


def test_the_table_says_which_word_stands_where_and_how_often(client: FlaskClient) -> None:
    page = soup(client, href(soup(client, "/search", q="门户网站 依申请公开"), "ol.hits a.why"))
    rows = {text(row, "th"): row for row in page.select(".clues tbody tr")}

    assert any(name.startswith("词 门户网站") for name in rows)
    synonym = next(row for name, row in rows.items() if name.startswith("同义 申请公开"))
    assert "代“依申请公开”，按一半计" in text(synonym, "th")
    word = next(row for name, row in rows.items() if name.startswith("词 依申请公开"))
    assert "次" in text(word, "td:nth-of-type(2)")
    section = href(word, "td a")
    assert "依申请公开" in texts(soup(client, section), "mark")


def test_the_table_says_what_the_sub_headings_bring_in(client: FlaskClient) -> None:
    page = soup(client, href(soup(client, "/search", q="怎么 放管服"), "ol.hits a.why"))
    (row,) = page.select(".clues tbody tr")

    assert texts(page, ".clues thead th")[-2:] == ["小标题", "正文"]
    assert any("小标题" in name for name in texts(row, "td a"))
    assert Decimal(texts(row, "td.num")[-2]) > 0
    assert "疑问词“怎么”不作为条件" in text(soup(client, "/search", q="怎么 放管服"), ".chip.fix")


def test_the_same_is_there_for_machines(client: FlaskClient) -> None:
    hit = client.get("/search.json", query_string={"q": WORDS}).get_json()["results"][0]
    told = client.get(hit["why"]).get_json()

    assert (told["id"], told["score"], told["matches"], told["reports"]) == (
        hit["id"],
        hit["score"],
        True,
        5,
    )
    points = [Decimal(str(value)) for clue in told["clues"] for value in clue["points"].values()]
    assert sum(points) == Decimal(str(hit["score"]))
    assert client.get(told["search"]).get_json()["results"][0]["id"] == hit["id"]
    page = href(soup(client, "/search", q=WORDS), "ol.hits a.why")
    assert client.get(page, headers={"Accept": "application/json"}).get_json() == told


def test_a_report_that_does_not_match_or_a_search_without_words_is_explained_too(
    client: FlaskClient,
) -> None:
    other = soup(client, "/reports/yw2x5g7q2nwy/why", q="微信 没有的词语")
    assert "不合这次检索的条件" in text(other, ".say1")
    wordless = soup(client, "/reports/yw2x5g7q2nwy/why", level="township")
    assert "没有要找的词" in text(wordless, ".say1")
    assert not soup(client, "/search", level="township").select("a.why")
    sorted_otherwise = soup(client, "/reports/yw2x5g7q2nwy/why", q="公开", sort="-year")
    assert "不是按相关排序" in text(sorted_otherwise, ".say1")


@pytest.mark.parametrize(
    ("path", "status"), [("aaaaaaaaaaaa/why?q=微信", 404), ("yw2x5g7q2nwy/why?x=1", 400)]
)
def test_no_such_report_and_no_such_argument_are_said(
    client: FlaskClient, path: str, status: int
) -> None:
    for address in (f"/reports/{path}", f"/reports/{path}".replace("why", "why.json")):
        assert client.get(address).status_code == status


def test_hostile_text_stays_text(odd_client: FlaskClient) -> None:
    results = odd_client.get("/search.json", query_string={"q": "script alert"}).get_json()[
        "results"
    ]
    page = soup(odd_client, href(soup(odd_client, "/search", q="script alert"), "ol.hits a.why"))
    assert results
    assert not page.select("main script, main img")
