"""Suggestions while typing, in a real browser with scripts; and the box as it is without them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def typing(browser: Browser) -> Iterator[Page]:
    """A visitor with scripts."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_pinyin_is_completed_by_the_keyboard_and_found(typing: Page, site: str) -> None:
    typing.goto(site)
    box = typing.get_by_role("combobox", name="检索年报")
    box.press_sequentially("政务公开 gaoan")
    options = typing.get_by_role("listbox", name="机构和地区").get_by_role("option")
    expect(options.first).to_contain_text("高安市")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).not_to_have_attribute("aria-activedescendant", "q-option-0")

    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "q-option-0")
    expect(options.first).to_have_attribute("aria-selected", "true")
    box.press("Enter")
    expect(box).to_have_value("政务公开 地区:高安市")
    expect(options).to_have_count(0)
    expect(box).to_be_focused()

    box.press("Enter")
    expect(typing.locator(".found")).to_contain_text("份报告")
    expect(typing.get_by_role("list", name="正在生效的条件")).to_contain_text("高安市")


def test_the_arrows_go_round_by_way_of_the_box_and_escape_closes(typing: Page, site: str) -> None:
    typing.goto(f"{site}/help")
    box = typing.get_by_role("combobox", name="检索年报")
    box.press_sequentially("tnz")
    options = typing.get_by_role("listbox", name="机构和地区").get_by_role("option")
    expect(options).to_have_count(2)
    box.press("ArrowUp")
    expect(box).to_have_attribute("aria-activedescendant", "q-option-1")
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_value("tnz")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press("ArrowDown")
    expect(options).to_have_count(2)
    box.press("Tab")
    expect(options).to_have_count(0)


def test_a_suggestion_is_taken_with_the_pointer(typing: Page, site: str) -> None:
    typing.goto(f"{site}/search?q=%E4%BF%A1%E8%AE%BF")
    box = typing.get_by_role("combobox", name="检索年报")
    box.press("End")
    box.press_sequentially(" xzz")
    typing.get_by_role("listbox", name="机构和地区").get_by_role("option").first.click()
    expect(box).to_have_value("信访 地区:息陬镇")


def test_enter_without_a_choice_searches_for_what_is_typed(typing: Page, site: str) -> None:
    typing.goto(site)
    box = typing.get_by_role("combobox", name="检索年报")
    box.press_sequentially("田南")
    expect(
        typing.get_by_role("listbox", name="机构和地区").get_by_role("option").first
    ).to_be_visible()
    box.press("Enter")
    expect(typing).to_have_url(f"{site}/search?q=%E7%94%B0%E5%8D%97")


def test_nothing_is_asked_while_an_input_method_composes(typing: Page, site: str) -> None:
    asked: list[str] = []
    typing.on("request", lambda request: asked.append(request.url))
    typing.goto(site)
    box = typing.get_by_role("combobox", name="检索年报")
    box.focus()
    method = typing.context.new_cdp_session(typing)
    method.send(
        "Input.imeSetComposition", {"text": "tiannan", "selectionStart": 7, "selectionEnd": 7}
    )
    expect(box).to_have_value("tiannan")
    typing.wait_for_timeout(500)
    assert not [address for address in asked if "suggest.json" in address]

    method.send("Input.insertText", {"text": "田南"})
    expect(
        typing.get_by_role("listbox", name="机构和地区").get_by_role("option").first
    ).to_contain_text("田南镇")
    expect(box).to_have_value("田南")


def test_without_scripts_the_box_is_a_search_box(page: Page, site: str) -> None:
    page.goto(site)
    expect(page.get_by_role("searchbox", name="检索年报")).to_be_visible()
    expect(page.get_by_role("combobox", name="检索年报")).to_have_count(0)
