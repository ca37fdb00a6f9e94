from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from indexer.records import Report
from tests.published import report_from_dict

JSON = {"Accept": "application/json"}


@pytest.mark.parametrize(
    ("page", "json"),
    [
        ("/", "/.json"),
        ("/", "/index.json"),
        (
            "/search?q=%E4%BF%9D%E5%AF%86%E5%AE%A1%E6%9F%A5",
            "/search.json?q=%E4%BF%9D%E5%AF%86%E5%AE%A1%E6%9F%A5",
        ),
        ("/reports/yw2x5g7q2nwy", "/reports/yw2x5g7q2nwy.json"),
        ("/reports/yw2x5g7q2nwy/requests", "/reports/yw2x5g7q2nwy/requests.json"),
    ],
)
def test_a_page_is_json_for_whoever_prefers_it(client: FlaskClient, page: str, json: str) -> None:
    preferred = client.get(page, headers=JSON)
    named = client.get(json)

    assert (preferred.mimetype, named.mimetype) == ("application/json", "application/json")
    assert {**preferred.get_json(), "took_ms": 0} == {**named.get_json(), "took_ms": 0}
    assert "Accept" in preferred.headers["Vary"]
    assert (
        client.get(page, headers={"Accept": "text/html,application/json;q=0.9,*/*;q=0.8"}).mimetype
        == "text/html"
    )


def test_a_search_answers_with_counts_hits_and_facets(client: FlaskClient) -> None:
    answer = client.get(
        "/search.json",
        query_string={"q": '"保密审查"', "requests.received.total_min": "0", "size": 1},
    ).get_json()

    assert (answer["total"], answer["unjudged"]) == (3, 0) or answer["total"] + answer[
        "unjudged"
    ] == 3
    hit = answer["results"][0]
    assert set(hit) >= {
        "id",
        "title",
        "body",
        "level",
        "region",
        "year",
        "form",
        "url",
        "score",
        "sections",
        "figures",
        "findings",
    }
    assert hit["url"].startswith("https://nianbao.example/reports/")
    assert hit["figures"]["requests.received.total"]["status"] == "reported"
    snippet = hit["sections"][0]["snippets"][0]
    assert {snippet["text"][start:end] for start, end in snippet["marks"]} == {"保密审查"}
    assert {one["value"] for one in answer["facets"]["level"]} <= {"township", "county"}
    assert set(answer["facets"]["level"][0]) >= {"value", "label", "count", "selected", "url"}


def test_the_next_page_is_an_address_until_there_is_none(client: FlaskClient) -> None:
    path = "/search.json?size=2"
    ids = []
    while path:
        answer = client.get(path.removeprefix("https://nianbao.example")).get_json()
        ids += [hit["id"] for hit in answer["results"]]
        path = answer["next"] or ""

    assert len(ids) == len(set(ids)) == 5


def test_a_facet_value_leads_to_the_search_that_has_it(client: FlaskClient) -> None:
    for one in client.get("/search.json").get_json()["facets"]["level"]:
        assert (
            client.get(one["url"].removeprefix("https://nianbao.example"), headers=JSON).get_json()[
                "total"
            ]
            == one["count"]
        )


def test_what_was_mended_in_a_query_is_a_warning(client: FlaskClient) -> None:
    assert (
        "引号" in client.get("/search.json", query_string={"q": '"微信'}).get_json()["warnings"][0]
    )


def test_a_distribution_comes_with_its_sum_and_what_could_not_be_judged(
    client: FlaskClient,
) -> None:
    answer = client.get(
        "/search.json", query_string={"figure": "requests.received.total"}
    ).get_json()
    histogram = answer["histograms"]["requests.received.total"]

    assert sum(one["count"] for one in histogram["bins"]) == histogram["count"] == 4
    assert (histogram["total"], histogram["unjudged"]) == (4, 1)


def test_the_figure_form_is_answered_as_json_too(client: FlaskClient) -> None:
    response = client.get("/search.json?figure=requests.received.total&min=1&max=")

    assert response.status_code == 302
    assert response.location == "/search.json?requests.received.total_min=1"


def test_a_report_is_the_very_record(client: FlaskClient, reports: dict[str, Report]) -> None:
    for report in reports.values():
        assert report_from_dict(client.get(f"/reports/{report.id}.json").get_json()) == report


def test_a_section_has_its_text_cells_and_findings(client: FlaskClient) -> None:
    answer = client.get("/reports/yw2x5g7q2nwy/requests.json").get_json()

    assert answer["heading"] == "三、收到和处理政府信息公开申请情况"
    assert len(answer["cells"]) == 161
    assert {finding["rule"] for finding in answer["findings"]} == {
        "requests.row_sum",
        "requests.disposed_sum",
    }
    assert answer["url"] == "https://nianbao.example/reports/yw2x5g7q2nwy/requests"
    assert answer["report"]["year"] == 2019


def test_the_corpus_is_described(client: FlaskClient) -> None:
    answer = client.get("/.json").get_json()

    assert (answer["reports"], answer["bodies"], answer["cells"]["suspect"]) == (5, 5, 110)
    assert all(
        client.get(one["url"].removeprefix("https://nianbao.example")).status_code == 200
        for one in answer["questions"]
    )


def test_help_and_method_are_there_for_machines_too(client: FlaskClient) -> None:
    guide, method = client.get("/help.json").get_json(), client.get("/about.json").get_json()
    page, about = client.get("/help").text, client.get("/about").text

    for chapter in guide["chapters"]:
        assert chapter["title"] in page
        assert all(client.get(one["url"]).status_code == 200 for one in chapter["examples"])
    assert all(client.get(one["type"]).status_code == 200 for one in guide["problems"])
    for topic in method["topics"]:
        assert all(
            said in about
            for said in (topic["title"], topic["text"], *topic["terms"].values(), topic["after"])
        )
    assert client.get("/about", headers={"Accept": "application/json"}).get_json() == method
