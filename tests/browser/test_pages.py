"""What holds for every page, at the width of a desk and of a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

PAGES = (
    "/",
    "/search",
    "/search?q=%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80&requests.received.total_min=0&-level=department",
    "/search?q=%E5%B1%82%E7%BA%A7%3A%E4%B9%A1%E9%95%87%20%E8%A1%8C%E6%94%BF%E8%AF%89%E8%AE%BC%3E0",
    "/search?figure=proactive.procurement.amount_yuan",
    "/search?q=%E6%8B%86%E8%BF%81%20OR",
    "/search?disputes.litigation_after_reconsideration.corrected_mnimum=1",
    "/search?figure=proactive.procurement.amount",
    "/reports/yw2x5g7q2nwy?q=%E6%94%BF%E5%8A%A1",
    "/reports/an3cmvzvum7s?cells=links",
    "/reports/xfdq6zpcez7h",
    "/reports/xfdq6zpcez7h/requests",
    "/reports/aaaaaaaaaaaa",
    "/help",
    "/about",
)


@pytest.fixture(params=[1280, 390])
def wide(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that may run the test's own scripts, at one of the widths."""
    context = browser.new_context(locale="zh-CN", viewport={"width": request.param, "height": 844})
    yield context.new_page()
    context.close()


def test_no_page_asks_anything_of_another_site_nor_breaks_its_own_policy(
    wide: Page, site: str
) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    wide.on("request", lambda request: asked.append(request.url))
    wide.on("console", lambda message: complaints.append(message.text))
    for path in PAGES:
        wide.goto(f"{site}{path}")

    assert asked
    assert not [address for address in asked if not address.startswith((f"{site}/", "data:"))]
    assert not [text for text in complaints if "status of 40" not in text]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_its_window(wide: Page, site: str, path: str) -> None:
    wide.goto(f"{site}{path}")

    assert wide.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_text_below_twelve_pixels(wide: Page, site: str, path: str) -> None:
    wide.goto(f"{site}{path}")
    small = wide.evaluate(
        """[...document.querySelectorAll('body *')].filter(one => [...one.childNodes].some(
             node => node.nodeType === 3 && node.textContent.trim()) &&
             parseFloat(getComputedStyle(one).fontSize) < 12)
             .map(one => one.outerHTML.slice(0, 100))"""
    )

    assert small == []


def test_the_name_of_a_place_stands_on_one_line_whatever_the_number_of_years(
    wide: Page, site: str
) -> None:
    wide.goto(f"{site}/")
    lines = wide.evaluate(
        """[...document.querySelectorAll('.over tbody th a')]
             .map(one => one.getClientRects().length)"""
    )

    assert lines
    assert set(lines) == {1}


def test_on_paper_the_results_keep_their_count_and_drop_what_can_only_be_clicked(
    wide: Page, site: str
) -> None:
    wide.emulate_media(media="print")
    wide.goto(f"{site}/search?q=%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80")

    assert wide.locator(".found").is_visible()
    assert wide.locator(".chip b").is_visible()
    assert not wide.locator(".chip > a").is_visible()
    assert not wide.locator("nav[aria-label=排序]").is_visible()


@pytest.mark.parametrize(
    "path", ["/reports/yw2x5g7q2nwy", "/reports/xfdq6zpcez7h?q=%E6%94%BF%E5%8A%A1"]
)
def test_what_is_copied_from_a_paragraph_is_what_is_printed_there(
    wide: Page, site: str, path: str
) -> None:
    wide.goto(f"{site}{path}")
    printed = wide.request.get(f"{site}{path.partition('?')[0]}.json").json()["sections"]
    copied = wide.evaluate(
        """[...document.querySelectorAll('.p, .pp > p')].map(one => {
             getSelection().selectAllChildren(one);
             return getSelection().toString().trim();
        })"""
    )

    paragraphs = {paragraph["text"] for section in printed for paragraph in section["paragraphs"]}
    assert copied
    assert set(copied) <= paragraphs
