"""The address of a report with what sticks to it when it is copied out of running text."""

from __future__ import annotations

from random import Random
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as limits

from tests.strategies import randoms

REPORT = "/reports/yw2x5g7q2nwy"
TAILS = (
    "。",
    "，详见",
    ")",
    "）",
    "”",
    "/",
    ".",
    ",",
    "；后文",
    "、",
    "》",
    "】",
    "]",
    "…",
    "%E3%80%82",
    "%2F",
    " ",
    "\u3000见",
    "&x=1",
)
PAGES = ("", "/problems", "/requests", "/source", ".json", "/problems.json", "/why.json")


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("page", PAGES)
def test_what_is_pasted_behind_an_address_is_dropped(
    client: FlaskClient, page: str, tail: str
) -> None:
    response = client.get(quote(f"{REPORT}{page}{tail}", safe="/%"))

    assert (response.status_code, response.location) == (301, f"{REPORT}{page}")
    assert client.get(response.location).status_code == 200


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/reports/YW2X5G7Q2NWY", REPORT),
        ("/Reports/yw2x5g7q2nwy/Problems", f"{REPORT}/problems"),
        (
            "/reports/Yw2x5g7q2nwy/problems?q=%E5%85%AC%E5%BC%80",
            f"{REPORT}/problems?q=%E5%85%AC%E5%BC%80",
        ),
        ("/reports/yw2x5g7q2nwy%E3%80%82?q=a&cells=links", f"{REPORT}?q=a&cells=links"),
        ("/reports/%20yw2x5g7q2nwy", REPORT),
        ("/reports/yw2x5g7q2nwyabc", REPORT),
        ("/reports/yw2x5g7q2nwy.html", REPORT),
        ("/reports/yw2x5g7q2nwy/problems/", f"{REPORT}/problems"),
        ("/reports/yw2x5g7q2nwy/problems/x", f"{REPORT}/problems"),
        ("/reports/yw2x5g7q2nwy/nowhere%E3%80%82", REPORT),
        ("/reports/yw2x5g7q2nwy%E3%80%82/problems", REPORT),
        ("/reports/YW2X5G7Q2NWY.JSON", f"{REPORT}.json"),
    ],
)
def test_the_report_and_what_is_right_behind_it_are_kept(
    client: FlaskClient, asked: str, meant: str
) -> None:
    response = client.get(asked)

    assert (response.status_code, response.location) == (301, meant)


@pytest.mark.parametrize(
    "path",
    [
        "/reports/aaaaaaaaaaaa%E3%80%82",
        "/reports/yw2x5g7q2nw",
        "/reports/yw2x5g7q2nw%E3%80%82",
        "/report/yw2x5g7q2nwy%E3%80%82",
    ],
)
def test_what_begins_with_no_report_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_name_that_no_section_has_is_told_which_there_are(client: FlaskClient) -> None:
    assert client.get(f"{REPORT}/nowhere").status_code == 404
    assert client.get(f"{REPORT}/nowhere.json").status_code == 404
    assert client.post(f"{REPORT}%E3%80%82").status_code == 405


def test_a_program_is_led_to_the_same_address(client: FlaskClient) -> None:
    response = client.get(f"{REPORT}/", headers={"Accept": "application/json"})

    assert (response.status_code, response.location) == (301, REPORT)


@limits(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(randoms())
def test_every_address_that_begins_with_a_report_leads_to_it_in_one_step(
    client: FlaskClient, random: Random
) -> None:
    page = random.choice((*PAGES, "/nowhere"))
    tail = "".join(
        random.choices(
            ("。", "，", "详见", ")", "/", ".", "a", "9", "\u200b", " ", "?", "%", "’"),
            k=random.randint(0, 4),
        )
    )
    head = "".join(random.choice((sign, sign.upper())) for sign in f"{REPORT}{page}")
    response = client.get(quote(head + tail, safe="/"))
    if response.status_code == 301:
        assert urlsplit(response.location).path.startswith(REPORT)
        response = client.get(response.location)

    assert response.status_code == 200 or head.startswith(f"{REPORT}/")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/help/", "/help"),
        ("/about。", "/about"),
        ("/help），后文", "/help"),
        ("/search/?q=a", "/search?q=a"),
        ("/search.json/?q=a", "/search.json?q=a"),
        ("/Help/", "/help"),
    ],
)
def test_what_is_pasted_behind_the_address_of_a_page_is_dropped(
    client: FlaskClient, asked: str, meant: str
) -> None:
    response = client.get(quote(asked, safe="/?=%"))

    assert (response.status_code, response.location) == (301, meant)


@pytest.mark.parametrize("asked", ["/helpers", "/help/x", "/about-us", "/searches/", "/help.html"])
def test_another_address_is_no_page_of_the_site(client: FlaskClient, asked: str) -> None:
    assert client.get(asked).status_code == 404
