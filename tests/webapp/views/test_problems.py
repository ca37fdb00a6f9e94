from __future__ import annotations

import logging
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from indexer.engines.memory.engine import MemoryEngine
from indexer.errors import EngineBusy, EngineError, IndexMissing, IndexOutdated, QueryError
from indexer.search.port import ResultPage, Stats
from indexer.search.query import Query
from indexer.settings import Settings
from tests.webapp.conftest import make_app

LITIGATION = "disputes.litigation.total"


class FailingEngine(MemoryEngine):
    """An engine that fails as it is told to."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def search(self, query: Query) -> ResultPage:
        raise self.error

    def stats(self) -> Stats:
        raise self.error


@pytest.fixture
def _quiet() -> Iterator[None]:
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def test_an_unknown_argument_is_named_and_mended_on_the_page(client: FlaskClient) -> None:
    response = client.get(f"/search?level=township&{LITIGATION}_mn=1")
    page = BeautifulSoup(response.text, "lxml")

    assert response.status_code == 400
    assert f"{LITIGATION}_mn" in page.select("h1")[0].get_text()
    assert page.select("code.addr mark")[0].get_text() == f"{LITIGATION}_mn"
    assert page.select("code.addr")[0].get_text() == f"/search?level=township&{LITIGATION}_mn=1"
    fix, without = (str(link["href"]) for link in page.select("main p a.btn"))
    assert (fix, without) == (
        f"/search?level=township&{LITIGATION}_min=1",
        "/search?level=township",
    )
    assert [one.get_text() for one in page.select("tbody th")] == [
        f"{LITIGATION}_{end}" for end in ("min", "max", "status")
    ]
    for link in page.select("main a[href^='/search']"):
        assert client.get(str(link["href"])).status_code == 200
    assert page.select_one(f"form input[name='{LITIGATION}_min'][value='1']") is not None
    assert page.select_one("main form input[type=hidden][name=level][value=township]") is not None


def test_an_unknown_argument_is_named_and_mended_for_machines(client: FlaskClient) -> None:
    response = client.get(f"/search.json?level=township&{LITIGATION}_mn=1")
    problem = response.get_json()

    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert set(problem) >= {"type", "title", "status", "detail", "instance"}
    assert problem["argument"] == f"{LITIGATION}_mn"
    assert problem["nearest"][0] == f"{LITIGATION}_min"
    assert client.get(problem["fixed"]).status_code == 200
    assert client.get(problem["type"]).status_code == 200


@pytest.mark.parametrize(
    ("address", "marked"),
    [("/search?year=x", "x"), ("/search?page=0", "0"), ("/search?sort=", "␣")],
)
def test_a_malformed_value_is_marked_in_the_address(
    client: FlaskClient, address: str, marked: str
) -> None:
    page = BeautifulSoup(client.get(address).text, "lxml")

    assert page.select("code.addr mark")[0].get_text() == marked
    assert client.get(str(page.select("main a.btn.go")[0]["href"])).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/help", "/about", "/reports/yw2x5g7q2nwy", "/reports/yw2x5g7q2nwy/overview.json"]
)
def test_what_sharing_hangs_on_an_address_changes_nothing(client: FlaskClient, path: str) -> None:
    response = client.get(f"{path}?from=singlemessage&isappinstalled=0")

    assert response.status_code == 200
    assert response.data == client.get(path).data


def test_a_query_that_cannot_be_read_is_shown_in_place(client: FlaskClient) -> None:
    response = client.get("/search", query_string={"q": "拆迁 | | 征地", "level": "township"})
    page = BeautifulSoup(response.text, "lxml")

    assert response.status_code == 400
    field = page.select("main input[name=q]")[0]
    assert (field["value"], field["aria-invalid"]) == ("拆迁 | | 征地", "true")
    assert page.find(id=str(field["aria-describedby"])) is not None
    assert page.select("code.addr mark")
    assert page.select_one("main input[type=hidden][name=level][value=township]") is not None


def test_a_query_error_gives_its_position_and_a_query_that_works(client: FlaskClient) -> None:
    response = client.get("/search.json", query_string={"q": "层极:乡镇"})
    problem = response.get_json()

    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert problem["at"] == 0
    assert client.get("/search", query_string={"q": problem["suggestion"]}).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/reports/aaaaaaaaaaaa", "/reports/aaaaaaaaaaaa/overview", "/reports/aaaaaaaaaaaa/source"],
)
def test_an_unknown_report_is_not_found_either_way(client: FlaskClient, path: str) -> None:
    page = client.get(path)
    json = client.get(path, headers={"Accept": "application/json"})

    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "aaaaaaaaaaaa" in page.text
    assert (json.status_code, json.mimetype) == (404, "application/problem+json")
    assert json.get_json()["type"] == "/help#report-not-found"


def test_an_unknown_section_is_not_found_and_those_there_are_named(client: FlaskClient) -> None:
    response = client.get("/reports/yw2x5g7q2nwy/nowhere")
    page = BeautifulSoup(response.text, "lxml")

    assert response.status_code == 404
    assert all(
        client.get(str(link["href"])).status_code == 200 for link in page.select("main .rows a")
    )
    assert "problems" in client.get("/reports/yw2x5g7q2nwy/nowhere.json").get_json()["sections"]


@pytest.mark.parametrize("path", ["/nowhere", "/reports/", "/static/nothing.css", "/search/"])
def test_an_address_without_a_page_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert (
        client.get(path, headers={"Accept": "application/json"}).mimetype
        == "application/problem+json"
    )


def test_another_method_is_refused_with_those_allowed(client: FlaskClient) -> None:
    response = client.post("/search")

    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert "只能用 GET" in response.text


@pytest.mark.usefixtures("_quiet")
@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (IndexMissing("/secret/path 还没有索引"), 503, "index-missing"),
        (IndexOutdated("/secret/path 索引过时"), 503, "index-outdated"),
        (EngineBusy("/secret/path 正在写"), 503, "engine-busy"),
        (EngineError("/secret/path 坏了"), 500, "engine"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/search", "/readyz"])
def test_a_failing_engine_is_told_apart_from_a_wrong_request(
    settings: Settings, error: Exception, status: int, kind: str, path: str
) -> None:
    client = make_app(FailingEngine(error), settings).test_client()
    page = client.get(path)
    json = client.get(path, headers={"Accept": "application/json"})

    assert (page.status_code, json.status_code) == (status, status)
    assert json.get_json()["type"] == f"/help#{kind}"
    assert "/secret/path" not in page.text + json.text
    assert ("Retry-After" in page.headers) == (status == 503)


@pytest.mark.usefixtures("_quiet")
def test_a_failure_nobody_thought_of_says_nothing_of_the_inside(settings: Settings) -> None:
    app = make_app(FailingEngine(RuntimeError("/secret/path")), settings)
    app.testing = False
    page = app.test_client().get("/search")
    json = app.test_client().get("/search.json")

    assert (page.status_code, json.status_code) == (500, 500)
    assert "secret" not in page.text + json.text
    assert json.mimetype == "application/problem+json"


def test_a_search_that_takes_too_long_is_a_wrong_request(settings: Settings) -> None:
    client = make_app(
        FailingEngine(QueryError("查得太久。请加条件。", "a*", 0)), settings
    ).test_client()

    assert client.get("/search?q=a*").status_code == 400
    assert "查得太久" in client.get("/search?q=a*").text


def test_a_process_says_that_it_lives_whatever_the_engine_does(settings: Settings) -> None:
    client = make_app(FailingEngine(IndexMissing("还没有索引")), settings).test_client()

    assert client.get("/healthz").text == "ok\n"


def test_a_ready_process_says_what_it_serves(client: FlaskClient) -> None:
    assert client.get("/readyz").get_json()["reports"] == 5


def test_errors_reflect_an_address_without_being_its_markup(client: FlaskClient) -> None:
    for path in ("/search?<script>=1", "/search?q=|<script>", "/<script>", "/reports/<script>"):
        response = client.get(path)
        assert response.status_code in (400, 404)
        assert "<script>" not in response.text
        assert "<script>" in unquote(path)


NAMES = st.sampled_from(
    ["q", "level", "-year", "sort", "page", "size", "figure", "min", f"{LITIGATION}_min", "region"]
)
VALUES = st.sampled_from(
    ["", "1", "-", "微信", "township", "2019", LITIGATION, "层级:乡镇 行政诉讼>0", "“"]
) | st.text(max_size=12)


@limits(
    max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    path=st.sampled_from(["/search", "/search.json"]),
    pairs=st.lists(st.tuples(NAMES, VALUES), max_size=4),
)
def test_no_arguments_make_the_site_fail(
    client: FlaskClient, path: str, pairs: list[tuple[str, str]]
) -> None:
    assert client.get(path, query_string=pairs).status_code in (200, 302, 400)


@limits(
    max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.text(max_size=30))
def test_no_query_makes_the_site_fail(client: FlaskClient, text: str) -> None:
    assert client.get("/search", query_string={"q": text}).status_code in (200, 400)
    assert client.get("/reports/yw2x5g7q2nwy", query_string={"q": text}).status_code == 200


@pytest.mark.parametrize(
    ("low", "high", "faulty"),
    [("abc", "9", [True, False]), ("1", "很多", [False, True]), ("12", "9", [True, True])],
)
def test_a_fault_in_the_figure_form_speaks_of_its_boxes_and_keeps_what_was_typed(
    client: FlaskClient, low: str, high: str, faulty: list[bool]
) -> None:
    asked = {
        "q": "公开",
        "level": "township",
        "figure": "requests.received.total",
        "min": low,
        "max": high,
    }
    response = client.get("/search", query_string=asked)
    page = BeautifulSoup(response.text, "lxml")
    boxes = page.select("main form .range input")

    assert response.status_code == 400
    assert "新收申请" in page.select("h1")[0].get_text()
    assert "参数" not in page.select("main h1")[0].get_text()
    assert [(box["name"], box["value"]) for box in boxes] == [("min", low), ("max", high)]
    assert [box.get("aria-invalid") == "true" for box in boxes] == faulty
    kept = {(one["name"], one["value"]) for one in page.select("main form input[type=hidden]")}
    assert kept == {("q", "公开"), ("level", "township"), ("figure", "requests.received.total")}
    for link in page.select("main p a.btn"):
        assert client.get(str(link["href"]), follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("政务公开 层极:乡镇", "层极:乡镇"),
        ("(拆迁 OR 层极:乡镇)", "层极:乡镇"),
        ("拆迁 | | 征地", "|"),
    ],
)
def test_the_whole_condition_at_fault_is_marked(
    client: FlaskClient, text: str, marked: str
) -> None:
    page = BeautifulSoup(client.get("/search", query_string={"q": text}).text, "lxml")

    assert [one.get_text() for one in page.select("code.addr mark")] == [marked]
