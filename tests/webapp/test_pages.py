from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from indexer.engines.memory import MemoryEngine
from indexer.records import Cell, Report
from indexer.search.documents import build_document
from indexer.search.fields import figures
from indexer.settings import Settings
from tests.webapp.builders import HEADINGS, build_report
from tests.webapp.conftest import make_app
from webapp.guide import GUIDE

LITIGATION = "disputes.litigation.total"
CASES = [
    ("息陬镇-2019", "4 处对不上"),
    ("高安市-2019", "2 处对不上"),
    ("荷岭镇-2020", "无矛盾；3 条规则未能核对"),
    ("蟠龙镇-2020", "没有发现对不上的数"),
]


def soup(client: FlaskClient, path: str, status: int = 200, **query: Any) -> BeautifulSoup:
    response = client.get(path, query_string=query or None)
    assert response.status_code == status, response.text[:2000]
    return BeautifulSoup(response.text, "lxml")


def text(node: BeautifulSoup | Tag, selector: str) -> str:
    found = node.select_one(selector)
    assert found is not None, selector
    return " ".join(found.get_text().split())


def texts(node: BeautifulSoup | Tag, selector: str) -> list[str]:
    return [" ".join(found.get_text().split()) for found in node.select(selector)]


def href(node: BeautifulSoup | Tag, selector: str) -> str:
    found = node.select_one(selector)
    assert found is not None, selector
    return str(found["href"])


# ── home ──


def test_home_says_what_is_in_the_corpus(client: FlaskClient) -> None:
    page = soup(client, "/")
    facts = dict(zip(texts(page, ".facts dt"), texts(page, ".facts dd"), strict=True))

    assert facts["报告"].startswith("5份")
    assert facts["机构"].startswith("5")
    assert facts["年份"] == "2019–2020"
    assert "有数 836" in text(page, ".strip + .sum")
    assert len(page.select(".strip rect")) == 4


def test_home_asks_questions_whose_counts_are_those_of_the_search(client: FlaskClient) -> None:
    page = soup(client, "/")
    for row in page.select("#h-ask + ul > li"):
        answer = client.get(href(row, "a"), headers={"Accept": "application/json"}).get_json()
        assert text(row, ".n").startswith(f"{answer['total']} 份")
        assert ("无法判断" in text(row, ".n")) == bool(answer["unjudged"])


def test_home_counts_reports_by_region_and_year(client: FlaskClient) -> None:
    page = soup(client, "/")
    rows = {text(row, "th"): texts(row, "td") for row in page.select("#h-by ~ div tbody tr")}

    assert sum(int(cells[-1]) for cells in rows.values()) == 5
    for link in page.select("#h-by ~ div tbody td a"):
        answer = client.get(str(link["href"]), headers={"Accept": "application/json"}).get_json()
        assert answer["total"] == int(link.get_text())


def test_home_of_an_empty_index_says_so(empty_client: FlaskClient) -> None:
    page = soup(empty_client, "/")

    assert "索引里还没有报告" in page.get_text()
    assert soup(empty_client, "/search", q="微信").select_one(".found") is not None


# ── results ──


def test_results_name_body_place_level_and_year_and_lead_to_the_sections(client: FlaskClient) -> None:
    page = soup(client, "/search", q='"保密审查"')

    assert text(page, ".found").startswith("3 份报告")
    first = page.select("ol.hits > li")[0]
    assert re.search(r"镇|市", text(first, "h2"))
    assert "年" in text(first, ".meta")
    assert "保密审查" in texts(first, ".secs mark")
    section = href(first, ".secs dt a")
    assert "?q=%22" in section
    assert "保密审查" in texts(soup(client, section), "mark")


def test_a_snippet_leads_to_its_paragraph(client: FlaskClient) -> None:
    page = soup(client, "/search", q='"信息公开保密审查"')
    link = href(page, ".secs dd a.hash")
    path, _, anchor = link.partition("#")

    assert "信息公开保密审查" in text(soup(client, path), f"[id={anchor}]")


def test_townships_with_nonzero_litigation_say_how_many_were_judged(client: FlaskClient) -> None:
    page = soup(client, "/search", q="层级:乡镇 行政诉讼>0")

    assert text(page, ".found") == "没有报告符合全部条件"
    assert "在 4 份乡镇报告里没有「行政诉讼·总计 > 0」的：4 份全部能判断。" in text(page, ".alert")


def test_what_cannot_be_judged_is_said_beside_what_was_found(client: FlaskClient) -> None:
    page = soup(client, "/search", **{"requests.received.total_min": "1"})

    assert text(page, ".found") == "2 份报告，另有 1 份无法判断"
    assert "其余条件下 5 份里能判断 4 份" in text(page, "main")
    assert "这一格是空的" in text(page, "#unjudged")
    assert page.select_one("#unjudged a[href$='#requests.received.total']") is not None


def test_the_unjudged_can_be_listed_among_the_hits(client: FlaskClient) -> None:
    page = soup(client, "/search", **{"requests.received.total_min": "1", "unjudged": "1"})

    assert len(page.select("ol.hits > li")) == 3
    assert "无法判断" in texts(page, "ol.hits > li .meta")[-1]
    assert page.select_one("input[name=unjudged][checked]") is not None


def test_nothing_found_but_something_unjudged_is_not_called_none(client: FlaskClient) -> None:
    page = soup(client, "/search", q="机构:荷岭 新收申请>=1")

    assert "但有 1 份无法判断，不能说“没有”" in text(page, ".alert")


def test_every_condition_has_a_chip_that_lets_go_of_it(client: FlaskClient) -> None:
    page = soup(client, "/search", q="微信 层级:乡镇 -章节:问题", year="2019", **{f"{LITIGATION}_max": "9"})
    chips = page.select(".chip:has(a)")
    kinds = [text(chip, "i") for chip in chips]

    assert len(chips) >= 4
    assert {"层级", "年份", "行政诉讼·总计"} <= set(kinds)
    for chip in chips:
        loose = soup(client, href(chip, "a"))
        assert len(loose.select(".chip:has(a)")) == len(chips) - 1


def test_a_repair_is_shown(client: FlaskClient) -> None:
    assert "引号" in text(soup(client, "/search", q='"保密审查'), ".chip.fix")


def test_choosing_excluding_and_letting_go_of_a_facet(client: FlaskClient) -> None:
    page = soup(client, "/search")
    county = next(item for item in page.select("#fc-level ~ ul > li") if "县" in item.get_text())
    chosen = soup(client, href(county, "a.fv"))
    excluded = soup(client, href(county, "a.ex"))

    assert (text(chosen, ".found"), text(excluded, ".found")) == ("1 份报告", "4 份报告")
    assert "县" in text(chosen, "#fc-level ~ ul a[aria-current]")
    assert "已排除：" in text(excluded, "a.fv.no")
    assert text(soup(client, href(chosen, "#fc-level ~ ul a[aria-current]")), ".found") == "5 份报告"
    assert text(soup(client, href(excluded, "#fc-level ~ ul a.fv.no")), ".found") == "5 份报告"


def test_regions_open_from_province_to_county(client: FlaskClient) -> None:
    page = soup(client, "/search")
    province = soup(client, next(str(a["href"]) for a in page.select("#fc-region ~ ul a.fv") if "江西" in a.get_text()))
    prefecture = soup(
        client, next(str(a["href"]) for a in province.select("#fc-region ~ ul ul a.fv") if "宜春" in a.get_text())
    )
    county = soup(client, href(prefecture, "#fc-region ~ ul ul ul a.fv"))

    assert [text(one, ".found") for one in (province, prefecture, county)] == ["4 份报告", "3 份报告", "3 份报告"]
    assert [text(chip, "b") for chip in county.select(".chip:has(a)")] == ["江西省", "宜春市", "高安市"]


def test_the_figure_form_is_answered_with_the_address_it_means(client: FlaskClient) -> None:
    page = soup(client, "/search", q="政务公开", level="township")
    fields = {str(one["name"]): str(one.get("value", "")) for one in page.select(".figform input[type=hidden]")}
    response = client.get("/search", query_string={**fields, "figure": LITIGATION, "min": "0", "max": ""})

    assert response.status_code == 302
    assert response.location == f"/search?q=%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80&level=township&{LITIGATION}_min=0"
    again = soup(client, response.location)
    assert again.select_one(f"option[value='{LITIGATION}'][selected]") is not None
    assert again.select_one("input[name=min][value='0']") is not None


def test_the_distribution_has_a_bar_for_what_cannot_be_judged(client: FlaskClient) -> None:
    page = soup(client, "/search", figure="requests.received.total")

    assert texts(page, ".hist th") == ["0", "1–9", "无法判断"]
    assert texts(page, ".hist td:last-child") == ["2", "2", "1"]
    assert "合计 4，中位数 0.5" in text(page, ".figform ~ .sum")
    assert text(soup(client, href(page, ".hist tr:last-child a")), ".found") == "1 份报告"


def test_every_figure_can_be_chosen_by_its_name(client: FlaskClient) -> None:
    page = soup(client, "/search")

    assert {str(one["value"]) for one in page.select("select[name=figure] option")} == set(figures())
    assert len(page.select("select[name=figure] option[selected]")) == 1
    assert len({str(group["label"]) for group in page.select("optgroup")}) == len(page.select("optgroup"))


def test_results_can_be_put_in_order_by_a_figure(client: FlaskClient) -> None:
    page = soup(client, "/search", figure="requests.received.total")
    order = next(str(a["href"]) for a in page.select("nav[aria-label=排序] a") if "新收申请 ↓" in a.get_text())
    figures = texts(soup(client, order), ".fig b")

    assert figures == ["3", "1", "0", "0", "空"]


def test_pages_lead_on_and_back(client: FlaskClient) -> None:
    first = soup(client, "/search", size="2")
    second = soup(client, href(first, ".pager a[rel=next]"))
    third = soup(client, href(second, ".pager a[rel=next]"))
    titles = [title for page in (first, second, third) for title in texts(page, "ol.hits h2")]

    assert len(set(titles)) == 5
    assert third.select_one(".pager a[rel=next]") is None
    assert second.select_one("ol.hits[start='3']") is not None


def test_a_page_behind_the_last_says_so(client: FlaskClient) -> None:
    page = soup(client, "/search", page="9")

    assert "没有第 9 页" in page.get_text()
    assert len(soup(client, href(page, ".say1 a")).select("ol.hits > li")) == 5


def test_new_words_keep_the_other_conditions(client: FlaskClient) -> None:
    page = soup(client, "/search", q="微信", level="township", page="1")

    assert [(str(one["name"]), str(one["value"])) for one in page.select(".top .ask input[type=hidden]")] == [
        ("level", "township")
    ]


# ── reports ──


@pytest.mark.parametrize(("name", "heading"), CASES)
def test_a_report_shows_its_text_and_every_cell(
    client: FlaskClient, reports: dict[str, Report], name: str, heading: str
) -> None:
    report = reports[name]
    page = soup(client, f"/reports/{report.id}")

    assert text(page, "#finds") == heading
    assert all(page.find(id=cell.key) is not None for cell in report.cells)
    for section in report.sections:
        for paragraph in section.paragraphs:
            shown = page.find(id=f"p{paragraph.number}")
            assert isinstance(shown, Tag)
            printed = "".join(paragraph.text.split())
            assert "".join(shown.get_text().split()).removeprefix(str(paragraph.number))[:20] == printed[:20]


def test_a_wrong_sum_is_framed_and_explained_below_its_row(client: FlaskClient, reports: dict[str, Report]) -> None:
    page = soup(client, f"/reports/{reports['息陬镇-2019'].id}")
    cell = page.find(id="requests.granted.total")
    assert isinstance(cell, Tag)

    assert "bad" in cell["class"]
    assert text(cell, "a.c b") == "0"
    note = page.select_one("tr.say .note")
    assert note is not None
    assert f"#{note['id']}" == href(cell, "a.ref")
    assert "矛盾" in note.get_text()
    assert "3＋0＋0＋0＋0＋0＝3 ≠ 0" in note.get_text()


def test_a_sentence_at_fault_is_underlined_with_its_note_beside_it(
    client: FlaskClient, reports: dict[str, Report]
) -> None:
    page = soup(client, f"/reports/{reports['高安市-2019'].id}")
    paragraph = page.select_one(".pp")
    assert paragraph is not None

    assert any("不予公开1件" in one.get_text() for one in paragraph.select(".fx"))
    assert {"矛盾", "疑点"} == set(texts(paragraph, ".note .badge"))


def test_short_rows_are_suspect_and_missing_in_words(client: FlaskClient, reports: dict[str, Report]) -> None:
    page = soup(client, f"/reports/{reports['荷岭镇-2020'].id}")
    table = page.select_one(".req table")
    assert table is not None

    assert (len(table.select("td.suspect")), len(table.select("td.missing")), len(table.select("td.blank"))) == (
        110,
        41,
        3,
    )
    assert {text(cell, "small") for cell in table.select("td.suspect")} == {"疑"}
    assert text(page, "h1 small") == "标题为本站所拟，原件无标题"
    assert "（二）部分公开（区分处理的，只记这一情形，不记其他情形）" in texts(table, "th")


def test_the_six_statuses_are_told_apart(odd_client: FlaskClient, odd_reports: dict[str, Report]) -> None:
    page = soup(odd_client, f"/reports/{odd_reports['2019'].id}")
    row = {str(cell["id"]).rpartition(".")[2]: cell for cell in page.select("td[id^='requests.received']")}

    assert {name: (" ".join(cell.get("class", [])), cell.get_text()) for name, cell in row.items()} == {
        "natural_person": ("", "12"),
        "business": ("blank", "空"),
        "research": ("na", "／不适用"),
        "nonprofit": ("missing", "缺"),
        "legal_service": ("suspect", "3疑"),
        "other_organisation": ("nr", "若干不识"),
        "total": ("z0", "0"),
    }
    assert text(page, "[id='requests.carried_in.total'] .raw") == "原文：[bookmark: _GoBack]9个"


def test_only_telling_cells_are_links_unless_all_are_asked_for(client: FlaskClient, reports: dict[str, Report]) -> None:
    report = reports["息陬镇-2019"]
    page = soup(client, f"/reports/{report.id}")
    more = soup(client, href(page, ".tools a[href*='cells=links']"))

    assert len(page.select("td a.c")) == 6
    assert len(more.select("td a.c")) == len(report.cells)
    assert all(str(link["href"]) == f"#{link.find_parent('td')['id']}" for link in more.select("td a.c"))  # type: ignore[index]


def test_every_section_and_paragraph_has_a_link_to_itself(client: FlaskClient, reports: dict[str, Report]) -> None:
    page = soup(client, f"/reports/{reports['息陬镇-2019'].id}")

    assert [str(link["href"]) for link in page.select("h2 a.hash")] == [f"#{key}" for key in HEADINGS]
    assert [str(link["href"]) for link in page.select("a.pn")] == [f"#p{number}" for number in range(1, 14)]


def test_a_section_stands_on_a_page_of_its_own(client: FlaskClient, reports: dict[str, Report]) -> None:
    report = reports["息陬镇-2019"]
    page = soup(client, f"/reports/{report.id}/problems", q="政务公开")

    assert texts(page, ".part > h2") == ["五、存在的主要问题及改进情况#"]
    assert href(page, ".part > h2 a") == f"/reports/{report.id}/problems"
    assert "政务公开" in texts(page, "mark")
    assert text(page, "h1") == report.identity.title
    assert {one.partition("#")[0] for one in (str(a["href"]) for a in page.select(".finds a.ref"))} == {
        f"/reports/{report.id}?q=%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80"
    }


def test_the_words_of_the_query_are_marked_in_the_whole_report(client: FlaskClient, reports: dict[str, Report]) -> None:
    report = reports["息陬镇-2019"]
    page = soup(client, f"/reports/{report.id}", q='"门户网站" 层级:乡镇')

    assert set(texts(page, "mark")) == {"门户网站"}
    assert not soup(client, f"/reports/{report.id}").select("mark")


def test_a_query_that_cannot_be_read_marks_nothing_and_says_so(client: FlaskClient, reports: dict[str, Report]) -> None:
    page = soup(client, f"/reports/{reports['息陬镇-2019'].id}", q="(")

    assert "没有标出检索词" in page.get_text()


def test_a_report_says_where_it_comes_from_and_how_to_cite_it(client: FlaskClient, reports: dict[str, Report]) -> None:
    report = reports["息陬镇-2019"]
    page = soup(client, f"/reports/{report.id}")
    box = text(page, ".rh .drawer")

    assert report.sources[0].sha256 in box
    assert "9,229 字节" in box
    assert f"https://nianbao.example/reports/{report.id}" in box
    assert (
        "息陬镇人民政府. 息陬镇人民政府2019年信息公开年度报告[R/OL]. [2026-11-21]. "
        f"https://nianbao.example/reports/{report.id}." in box
    )
    assert "@techreport{nianbao:" in box
    assert "#:~:text=" in box


@pytest.mark.parametrize("name", ["2019", "2021", "hybrid", "none"])
def test_a_report_of_any_form_is_shown_with_all_its_cells(
    odd_client: FlaskClient, odd_reports: dict[str, Report], name: str
) -> None:
    report = odd_reports[name]
    page = soup(odd_client, f"/reports/{report.id}")
    ids = [str(one["id"]) for one in page.select("[id]")]

    assert {cell.key for cell in report.cells} <= set(ids)
    assert len(ids) == len(set(ids))
    assert bool(page.select("table")) == bool(report.cells)


def test_a_section_that_is_not_printed_still_has_its_cells_and_says_so(settings: Settings) -> None:
    whole = build_report()
    cut = build_report(
        sections=tuple(section for section in whole.sections if section.key != "requests"),
        cells=tuple(
            Cell(cell.key, None, "missing", None) if cell.key.startswith("requests.") else cell for cell in whole.cells
        ),
    )
    page = soup(make_app(MemoryEngine([build_document(cut)]), settings).test_client(), f"/reports/{cut.id}")

    assert "原件没有“三、申请”这一节" in page.get_text()
    assert "missing" in page.select("td[id='requests.received.total']")[0]["class"]
    assert [one.get("id") or one.get("aria-labelledby") for one in page.select(".part")] == list(HEADINGS)


def test_derived_figures_have_their_own_anchors(client: FlaskClient, reports: dict[str, Report]) -> None:
    page = soup(client, f"/reports/{reports['高安市-2019'].id}")

    assert text(page, f"[id='{LITIGATION}']") == "总计 18"
    assert text(page, "[id='disputes.all.total']") == "总计 54"
    assert page.find(id="requests.denied.total") is not None


@pytest.mark.parametrize("path", ["", "/overview", "?cells=links", "?q=script"])
def test_text_from_a_file_is_never_markup(odd_client: FlaskClient, odd_reports: dict[str, Report], path: str) -> None:
    for page in (
        soup(odd_client, f"/reports/{odd_reports['hostile'].id}{path}"),
        soup(odd_client, "/search", q="script"),
        soup(odd_client, "/"),
    ):
        assert page.find("script") is None
        assert page.find("img") is None
        assert not [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
        assert not page.select("a[href^='javascript:']")
        assert "alert(1)" in page.get_text()


# ── help and about ──


def test_every_example_of_the_help_runs(client: FlaskClient) -> None:
    page = soup(client, "/help")
    links = [
        str(link["href"]) for link in page.select("main td a, main th a, main p a") if "/search" in str(link["href"])
    ]

    assert len(links) >= sum(len(chapter.examples) for chapter in GUIDE)
    for link in links:
        assert client.get(link).status_code == 200, link
    for chapter in GUIDE:
        for example in chapter.examples:
            assert not client.get("/search.json", query_string={"q": example.text}).get_json()["warnings"], example.text


def test_method_and_limits_are_written_down(client: FlaskClient) -> None:
    assert "无法判断" in soup(client, "/about").get_text()


# ── every page ──


@pytest.mark.parametrize("path", ["/", "/search?q=微信", "/help", "/about", "/nowhere", "/search?q=(", "/search?x=1"])
def test_no_page_runs_a_script_or_styles_itself(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    page = BeautifulSoup(response.text, "lxml")

    assert not page.select("script, style, [style], iframe, object, embed, form[method=post]")
    assert not [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", "/search?q=微信", "/search?q=(", "/help", "/about", "/nowhere"])
def test_every_page_has_landmarks_labels_and_one_heading(client: FlaskClient, path: str) -> None:
    page = BeautifulSoup(client.get(path).text, "lxml")

    assert len(page.select("main#main")) == len(page.select("h1")) == 1
    assert href(page, "a.skip") == "#main"
    assert page.select_one("html[lang=zh-Hans]") is not None
    for field in page.select("input:not([type=hidden]), select"):
        assert page.select_one(f"label[for='{field.get('id')}']") or field.find_parent("label"), str(field)
    ids = [str(one["id"]) for one in page.select("[id]")]
    assert len(ids) == len(set(ids))
