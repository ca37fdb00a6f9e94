"""What a visitor does and sees, in a real browser, without scripts, on the real server."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, expect


def test_from_a_question_to_a_cell_that_can_be_quoted(
    browser: Browser, page: Page, site: str
) -> None:
    page.goto(site)
    page.get_by_role("searchbox", name="检索年报").fill("政务公开")
    page.get_by_role("button", name="检索").click()
    expect(page.locator(".found")).to_contain_text("份报告")

    page.get_by_role("complementary", name="筛选").get_by_role(
        "link", name="县（市、区） 1", exact=True
    ).click()
    expect(page.locator(".found")).to_have_text("1 份报告")
    expect(page.get_by_role("list", name="正在生效的条件")).to_contain_text("层级县（市、区）")

    form = page.locator("form.figform")
    form.get_by_label("哪个数").select_option(label="行政诉讼·总计（合成）")
    form.get_by_label("最小").fill("1")
    form.get_by_role("button", name="应用").click()
    expect(page).to_have_url(re.compile(r"level=county&disputes\.litigation\.total_min=1$"))
    expect(page.locator(".found")).to_have_text("1 份报告")
    expect(page.locator(".fig b")).to_have_text("18")
    expect(page.get_by_role("list", name="正在生效的条件")).to_contain_text("行政诉讼·总计≥ 1")

    page.locator(".secs dt a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("高安市")
    expect(page.locator("mark", has_text="政务公开").first).to_be_visible()
    permalink = page.locator(".part h2 a.hash").get_attribute("href")
    assert permalink

    stranger = browser.new_context(locale="zh-CN", java_script_enabled=False)
    quoted = stranger.new_page()
    quoted.goto(urljoin(page.url, permalink))
    expect(quoted.get_by_role("heading", level=2, name="一、总体情况")).to_be_visible()
    expect(quoted.locator(".part")).to_have_count(1)
    expect(quoted.locator("mark")).to_have_count(0)
    stranger.close()


def test_a_figure_leads_to_its_cell_and_the_cell_to_itself(page: Page, site: str) -> None:
    page.goto(f"{site}/search?requests.received.total_min=1&sort=-requests.received.total")
    expect(page.locator(".fig b")).to_have_text(["3", "1"])
    page.locator(".fig a").first.click()

    expect(page).to_have_url(re.compile(r"#requests\.received\.total$"))
    expect(page.locator("td:target")).to_have_text("3")
    expect(page.locator("td:target")).to_be_in_viewport()
    page.locator("[id='requests.granted.natural_person'] a.c").click()
    expect(page.locator("td:target")).to_have_attribute("id", "requests.granted.natural_person")


def test_the_anchor_of_a_derived_figure_frames_its_number(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site}/reports/an3cmvzvum7s#disputes.litigation.total")

    expect(page.locator(".derived :target")).to_have_text("各列 0")
    expect(page.locator(".derived :target")).to_be_in_viewport()
    assert (page.locator(".derived :target").bounding_box() or {})["width"] > 30


def test_a_second_figure_joins_the_first(page: Page, site: str) -> None:
    page.goto(f"{site}/search?disputes.litigation.total_min=1&q=-火&level=county")
    form = page.locator("form.figform")
    form.get_by_label("哪个数").select_option(label="新收申请")
    form.get_by_label("最小").fill("0")
    form.get_by_role("button", name="应用").click()

    conditions = page.get_by_role("list", name="正在生效的条件")
    expect(conditions).to_contain_text("行政诉讼·总计≥ 1")
    expect(conditions).to_contain_text("新收申请·总计≥ 0")


def test_hover_and_focus_show_what_a_cell_was_read_as(page: Page, site: str) -> None:
    page.goto(f"{site}/reports/xfdq6zpcez7h")
    cell = page.locator("[id='proactive.procurement.amount_yuan'] a.c")
    gloss = cell.locator(".raw")

    assert (gloss.bounding_box() or {})["width"] <= 1
    cell.hover()
    expect(gloss).to_have_text("即 448,000,000 元")
    assert (gloss.bounding_box() or {})["width"] > 50
    page.mouse.move(0, 0)
    cell.focus()
    assert (gloss.bounding_box() or {})["width"] > 50


def test_rows_of_zeros_are_put_away_without_scripts(page: Page, site: str) -> None:
    page.goto(f"{site}/reports/xfdq6zpcez7h")
    row = page.locator("tr.z").first
    before = (row.bounding_box() or {})["height"]
    page.get_by_label(re.compile("收起全为 0 的")).check()

    assert (row.bounding_box() or {})["height"] < before / 3


def test_the_skip_link_is_the_first_stop_of_the_keyboard(page: Page, site: str) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("跳到正文")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))


def test_a_mistyped_address_is_mended_with_one_click(page: Page, site: str) -> None:
    page.goto(f"{site}/search?level=county&disputes.litigation.total_mn=1")
    expect(page.locator("code.addr mark")).to_have_text("disputes.litigation.total_mn")
    page.get_by_role("link", name="改成 total_min 再查").click()
    expect(page.locator(".found")).to_have_text("1 份报告")


def test_the_original_file_is_downloaded_under_its_own_name(page: Page, site: str) -> None:
    page.goto(f"{site}/reports/xfdq6zpcez7h")
    with page.expect_download() as download:
        page.get_by_role("link", name="高安市-2019.txt").click()
    assert download.value.suggested_filename == "高安市-2019.txt"


def test_an_open_quote_is_closed_and_the_page_says_so(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("searchbox").fill('"信息公开保密审查')
    page.keyboard.press("Enter")
    expect(page.locator(".chip.fix")).to_contain_text("引号")
    expect(page.locator(".secs mark").first).to_have_text("信息公开保密审查")


def test_whoever_pastes_a_whole_page_into_the_box_is_told_so_on_a_page_of_the_site(
    page: Page, site: str
) -> None:
    page.goto(site)
    page.get_by_role("searchbox").fill("政府信息公开" * 700)
    page.get_by_role("button", name="检索").click()

    assert page.locator("h1").inner_text() == "地址太长"
    assert "800 个汉字以内" in page.locator("main").inner_text()
    assert "application/problem+json" not in page.locator("main").inner_text()
    page.goto(f"{site}/search")
    assert page.locator(".found").is_visible()
