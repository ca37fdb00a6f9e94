from __future__ import annotations

import pytest
from bs4 import Tag
from flask.testing import FlaskClient

from indexer.engines.memory.engine import MemoryEngine
from indexer.records import Cell, Report
from indexer.search.documents import build_document
from indexer.settings import Settings
from tests.webapp.builders import HEADINGS, build_report
from tests.webapp.conftest import make_app
from tests.webapp.reading import href, soup, text, texts

LITIGATION = "disputes.litigation.total"
CASES = [
    ("息陬镇-2019", "4 处对不上"),
    ("高安市-2019", "2 处对不上"),
    ("荷岭镇-2020", "无矛盾；3 条规则未能核对"),
    ("蟠龙镇-2020", "没有发现对不上的数"),
]


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
            assert (
                "".join(shown.get_text().split()).removeprefix(str(paragraph.number))[:20]
                == printed[:20]
            )


def test_a_wrong_sum_is_framed_and_explained_below_its_row(
    client: FlaskClient, reports: dict[str, Report]
) -> None:
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


def test_short_rows_are_suspect_and_missing_in_words(
    client: FlaskClient, reports: dict[str, Report]
) -> None:
    page = soup(client, f"/reports/{reports['荷岭镇-2020'].id}")
    table = page.select_one(".req table")
    assert table is not None

    assert (
        len(table.select("td.suspect")),
        len(table.select("td.missing")),
        len(table.select("td.blank")),
    ) == (
        110,
        41,
        3,
    )
    assert {text(cell, "small") for cell in table.select("td.suspect")} == {"疑"}
    assert text(page, "h1 small") == "标题为本站所拟，原件无标题"
    assert "（二）部分公开（区分处理的，只记这一情形，不记其他情形）" in texts(table, "th")


def test_the_six_statuses_are_told_apart(
    odd_client: FlaskClient, odd_reports: dict[str, Report]
) -> None:
    page = soup(odd_client, f"/reports/{odd_reports['2019'].id}")
    row = {
        str(cell["id"]).rpartition(".")[2]: cell
        for cell in page.select("td[id^='requests.received']")
    }

    assert {
        name: (" ".join(cell.get("class", [])), cell.get_text()) for name, cell in row.items()
    } == {
        "natural_person": ("", "12"),
        "business": ("blank", "空"),
        "research": ("na", "／不适用"),
        "nonprofit": ("missing", "缺"),
        "legal_service": ("suspect", "3疑"),
        "other_organisation": ("nr", "若干不识"),
        "total": ("z0", "0"),
    }
    assert text(page, "[id='requests.carried_in.total'] .raw") == "原文：[bookmark: _GoBack]9个"


def test_only_telling_cells_are_links_unless_all_are_asked_for(
    client: FlaskClient, reports: dict[str, Report]
) -> None:
    report = reports["息陬镇-2019"]
    page = soup(client, f"/reports/{report.id}")
    more = soup(client, href(page, ".tools a[href*='cells=links']"))

    assert len(page.select("td a.c")) == 6
    assert len(more.select("td a.c")) == len(report.cells)
    assert all(
        str(link["href"]) == f"#{link.find_parent('td')['id']}" for link in more.select("td a.c")
    )  # type: ignore[index]


def test_every_section_and_paragraph_has_a_link_to_itself(
    client: FlaskClient, reports: dict[str, Report]
) -> None:
    page = soup(client, f"/reports/{reports['息陬镇-2019'].id}")

    assert [str(link["href"]) for link in page.select("h2 a.hash")] == [
        f"#{key}" for key in HEADINGS
    ]
    assert [str(link["href"]) for link in page.select("a.pn")] == [
        f"#p{number}" for number in range(1, 14)
    ]


def test_a_section_stands_on_a_page_of_its_own(
    client: FlaskClient, reports: dict[str, Report]
) -> None:
    report = reports["息陬镇-2019"]
    page = soup(client, f"/reports/{report.id}/problems", q="政务公开")

    assert texts(page, ".part > h2") == ["五、存在的主要问题及改进情况#"]
    assert href(page, ".part > h2 a") == f"/reports/{report.id}/problems"
    assert "政务公开" in texts(page, "mark")
    assert text(page, "h1") == report.identity.title
    assert {
        one.partition("#")[0] for one in (str(a["href"]) for a in page.select(".finds a.ref"))
    } == {f"/reports/{report.id}?q=%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80"}


def test_the_words_of_the_query_are_marked_in_the_whole_report(
    client: FlaskClient, reports: dict[str, Report]
) -> None:
    report = reports["息陬镇-2019"]
    page = soup(client, f"/reports/{report.id}", q='"门户网站" 层级:乡镇')

    assert set(texts(page, "mark")) == {"门户网站"}
    assert not soup(client, f"/reports/{report.id}").select("mark")


def test_a_query_that_cannot_be_read_marks_nothing_and_says_so(
    client: FlaskClient, reports: dict[str, Report]
) -> None:
    page = soup(client, f"/reports/{reports['息陬镇-2019'].id}", q="(")

    assert "没有标出检索词" in page.get_text()


def test_a_report_says_where_it_comes_from_and_how_to_cite_it(
    client: FlaskClient, reports: dict[str, Report]
) -> None:
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
            Cell(cell.key, None, "missing", None) if cell.key.startswith("requests.") else cell
            for cell in whole.cells
        ),
    )
    page = soup(
        make_app(MemoryEngine([build_document(cut)]), settings).test_client(), f"/reports/{cut.id}"
    )

    assert "原件没有“三、申请”这一节" in page.get_text()
    assert "missing" in page.select("td[id='requests.received.total']")[0]["class"]
    assert [one.get("id") or one.get("aria-labelledby") for one in page.select(".part")] == list(
        HEADINGS
    )


def test_derived_figures_have_their_own_anchors(
    client: FlaskClient, reports: dict[str, Report]
) -> None:
    page = soup(client, f"/reports/{reports['高安市-2019'].id}")

    assert text(page, f"[id='{LITIGATION}']") == "总计 18"
    assert text(page, "[id='disputes.all.total']") == "总计 54"
    assert page.find(id="requests.denied.total") is not None


def test_the_anchor_of_each_figure_that_says_the_same_holds_the_number(
    client: FlaskClient, reports: dict[str, Report]
) -> None:
    page = soup(client, f"/reports/{reports['荷岭镇-2020'].id}")

    assert text(page, f"[id='{LITIGATION}']") == "各列 0"
    assert text(page, "[id='disputes.litigation.corrected']") == "各列 0"


@pytest.mark.parametrize("path", ["", "/overview", "?cells=links", "?q=script"])
def test_text_from_a_file_is_never_markup(
    odd_client: FlaskClient, odd_reports: dict[str, Report], path: str
) -> None:
    for page in (
        soup(odd_client, f"/reports/{odd_reports['hostile'].id}{path}"),
        soup(odd_client, "/search", q="script"),
        soup(odd_client, "/"),
    ):
        assert [tag.get("src") for tag in page.select("script")] == ["/static/suggest.js"]
        assert page.find("img") is None
        assert not [
            tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)
        ]
        assert not page.select("a[href^='javascript:']")
        assert "alert(1)" in page.get_text()
