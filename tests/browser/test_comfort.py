"""What it takes to use the pages by keyboard, with a thumb, or from a link in an article."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

_MOST_STOPS = 4


@pytest.fixture(params=[1280, 390])
def wide(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A visitor with scripts, at one of the widths."""
    context = browser.new_context(locale="zh-CN", viewport={"width": request.param, "height": 844})
    yield context.new_page()
    context.close()


def test_the_first_hit_is_a_few_stops_of_the_keyboard_away(wide: Page, site: str) -> None:
    wide.goto(f"{site}/search?q=%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80")
    stops = 0
    while wide.locator(":focus").count() == 0 or wide.locator(":focus").inner_text() != "跳到结果":
        wide.keyboard.press("Tab")
        stops += 1
        assert stops <= _MOST_STOPS
    wide.keyboard.press("Enter")
    wide.keyboard.press("Tab")

    assert stops + 1 <= _MOST_STOPS
    assert wide.evaluate("document.activeElement === document.querySelector('.hits h2 a')")


def test_without_the_skip_links_no_filter_stands_before_the_first_hit(
    wide: Page, site: str
) -> None:
    wide.goto(f"{site}/search?q=%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80")
    for _ in range(25):
        wide.keyboard.press("Tab")
        if wide.evaluate("document.activeElement === document.querySelector('.hits h2 a')"):
            return
        assert not wide.evaluate("document.activeElement.closest('aside') !== null")
    pytest.fail("the first hit is not among the first stops")


def test_the_filters_are_beside_the_hits_or_above_them(wide: Page, site: str) -> None:
    wide.goto(f"{site}/search?q=%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80")
    filters, hits = wide.locator("aside").bounding_box(), wide.locator(".hits").bounding_box()

    assert filters
    assert hits
    assert (
        filters["x"] + filters["width"] <= hits["x"]
        or filters["y"] + filters["height"] <= hits["y"]
    )
    assert filters["y"] <= hits["y"] + 20


def test_page_numbers_are_large_enough_for_a_thumb(wide: Page, site: str) -> None:
    wide.goto(f"{site}/search?size=1&page=3")
    boxes = [one.bounding_box() or {} for one in wide.locator(".pager li a").all()]

    assert len(boxes) >= 4
    assert all(box["width"] >= 44 and box["height"] >= 44 for box in boxes)


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=%E5%B1%82%E6%9E%81%3A%E4%B9%A1%E9%95%87",
        "/search?figure=requests.received.total&min=abc",
        "/search?level=county&disputes.litigation.total_mn=1",
    ],
)
def test_no_button_of_an_error_page_is_broken(wide: Page, site: str, path: str) -> None:
    wide.goto(f"{site}{path}")
    lines = wide.evaluate(
        """[...document.querySelectorAll('main button')].map(one => {
             const range = document.createRange(); range.selectNodeContents(one);
             const tops = [...range.getClientRects()].map(rect => Math.round(rect.top));
             return new Set(tops).size; })"""
    )

    assert lines
    assert set(lines) == {1}


@pytest.mark.parametrize("report", ["xfdq6zpcez7h", "yw2x5g7q2nwy", "an3cmvzvum7s"])
def test_a_link_to_a_sentence_leads_there(wide: Page, site: str, report: str) -> None:
    wide.goto(f"{site}/reports/{report}")
    link = wide.locator(".cite pre").last.text_content() or ""
    sentence = unquote(link.partition("#:~:text=")[2])
    wide.goto("about:blank")
    wide.goto(link)

    paragraph = wide.locator(".p, .pp", has_text=sentence).first
    expect(paragraph).to_be_in_viewport()
    assert sentence
    assert (paragraph.bounding_box() or {})["y"] > 0
    assert wide.evaluate("scrollY") > 0


@pytest.mark.parametrize("tail", ["。", "，详见", ".", ")", "%E3%80%82", "”"])
@pytest.mark.parametrize("anchor", ["p3", "requests.received.total"])
def test_an_anchor_pasted_with_text_behind_it_is_found(
    browser: Browser, site: str, anchor: str, tail: str
) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site}/reports/xfdq6zpcez7h#{anchor}{tail}")
    expect(page.locator(":target")).to_have_attribute("id", anchor)
    expect(page.locator(":target")).to_be_in_viewport()
    context.close()
