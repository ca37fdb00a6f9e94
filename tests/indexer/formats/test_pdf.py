"""PDF files as they are printed: by a browser in many styles, and set by hand where every point
matters."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from indexer.errors import BrokenFile, Encrypted, NoTextLayer, TooLarge, UnsupportedFormat
from indexer.formats.pdf import read_pdf
from indexer.formats.registry import read_document
from indexer.limits import Allowance, Limits
from indexer.records import Document, Grid, Line, SourceFile
from indexer.report.build import build_report
from indexer.serialise.report_json import report_to_dict
from tests.golden import CORPUS_CASES, ROOT
from tests.indexer.report.tables.test_build import expected_cells
from tests.pdf_press import FOOTERS, STYLES, HandSet, hand_set_pdf, page_of, print_pdf
from tests.printing import PROSE, lines, printed_from, printed_reports, read_tables, said
from tests.published import report_from_dict
from tests.rendering import Printed
from tests.saying import raises_saying

CASES = CORPUS_CASES
FRAMELESS = "table{border-style:none}"


@pytest.fixture(scope="module")
def press(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def expectation(case: Path) -> tuple[Printed, dict[str, tuple[object, str]]]:
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    text = read_document((ROOT / "corpus" / f"{case.name}.txt").read_bytes(), case.name)
    report = build_report(text, SourceFile(case.name, "00" * 32, 1))
    prose = {section.key: [p.text for p in section.paragraphs] for section in report.sections}
    printed = printed_from(expected["cells"], str(report.identity.title), prose)
    return printed, {
        key: (cell["value"], cell["status"]) for key, cell in expected["cells"].items()
    }


def values(document: Document) -> dict[str, tuple[object, str]]:
    return {cell.key: (cell.value, cell.status) for cell in read_tables(document).cells}


def squeezed(texts: list[str]) -> list[str]:
    return ["".join(text.split()) for text in texts]


def rows(document: Document) -> list[list[str]]:
    return [
        [cell.text for cell in row]
        for block in document.blocks
        if isinstance(block, Grid)
        for row in block.rows
    ]


# ── whole reports ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_report_printed_on_a4_gives_its_very_cells_and_paragraphs(
    press: Page, case: Path
) -> None:
    printed, expected = expectation(case)
    document = read_pdf(print_pdf(press, page_of(printed, "collapsed", FRAMELESS)), case.name)
    assert values(document) == expected
    brackets = str.maketrans("\u2329\u232a", "〈〉")
    shown = {text.translate(brackets) for text in squeezed(lines(document))}
    prose = [
        printed.title,
        *printed.headings.values(),
        *(text for texts in printed.prose.values() for text in texts),
    ]
    assert [text for text in squeezed(prose) if text.translate(brackets) not in shown] == []


@pytest.mark.parametrize("style", STYLES)
def test_no_style_of_table_shifts_a_number_however_often_pages_break(
    press: Page, style: str
) -> None:
    printed, expected = expectation(CASES[-1])
    read = values(
        read_pdf(print_pdf(press, page_of(printed, style), (210, 130), FOOTERS[1]), style)
    )
    wrong = {
        key: cell
        for key, cell in read.items()
        if cell[1] in ("reported", "blank") and cell != expected[key]
    }
    assert wrong == {}
    lost = sum(1 for key, cell in read.items() if cell != expected[key])
    assert lost <= (7 if style == "open_rows" else 0)


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    printed=printed_reports(), style=st.sampled_from(sorted(STYLES)), height=st.integers(110, 300)
)
def test_whatever_is_printed_no_number_is_wrong_and_few_are_lost(
    press: Page, printed: Printed, style: str, height: int
) -> None:
    pdf = print_pdf(press, page_of(printed, style), (210, height))
    expected, read = expected_cells(printed), said(read_tables(read_pdf(pdf, "某镇.pdf")).cells)
    assert {
        key: cell for key, cell in read.items() if cell[1] == "reported" and cell != expected[key]
    } == {}
    assert sum(1 for key in expected if read.get(key) != expected[key]) <= 0.25 * len(expected)


def test_a_cell_knows_its_page_and_json_keeps_it(press: Page) -> None:
    printed, _ = expectation(CASES[0])
    data = print_pdf(press, page_of(printed), (210, 150))
    report = build_report(read_document(data, "某镇"), SourceFile("某镇.pdf", "00" * 32, len(data)))
    pages = [cell.where.page for cell in report.cells if cell.where and cell.where.page]
    assert pages == sorted(pages)
    assert pages[0] < pages[-1]
    assert report_from_dict(json.loads(json.dumps(report_to_dict(report)))) == report


def test_a_title_over_two_lines_is_one_and_page_numbers_are_none(press: Page) -> None:
    title = "某某经济技术开发区管理委员会发展改革和经济信息化局2021年政府信息公开工作年度报告"
    document = read_pdf(
        print_pdf(press, page_of(Printed(title, {}, PROSE), "collapsed"), footer=FOOTERS[1]),
        "某镇.pdf",
    )
    assert lines(document)[0] == title
    assert not any("页" in text or text == "政府信息公开" for text in lines(document))


# ── exact geometry ────────────────────────────────────────────────────────────────────────────


def test_spans_are_what_the_lines_enclose() -> None:
    page = (
        HandSet()
        .grid([100, 400], [700, 760])
        .line(100, 730, 400, 730)
        .line(200, 700, 200, 760)
        .line(300, 700, 300, 730)
    )
    page.text(120, 740, "甲").text(220, 740, "乙").ascii(220, 710, "12").ascii(320, 710, "3")
    grid = read_pdf(hand_set_pdf(page), "某镇.pdf").blocks[0]
    assert isinstance(grid, Grid)
    assert [[(c.text, c.column, c.colspan) for c in row] for row in grid.rows] == [
        [("甲", 0, 1), ("乙", 1, 2)],
        [("", 0, 1), ("12", 1, 1), ("3", 2, 1)],
    ]


def test_lines_of_dots_enclose_cells_and_a_few_dots_do_not() -> None:
    page = (
        HandSet().text(110, 725, "甲").text(210, 725, "1").text(110, 705, "乙").text(210, 705, "2")
    )
    dots = [(x, y) for y in (700, 720, 740) for x in range(100, 301, 2)]
    dots += [(x, y) for x in (100, 200, 300) for y in range(700, 741, 2)] + [
        (220, 705),
        (220, 710),
        (220, 715),
    ]
    page.content += [f"{x} {y} 1 1 re f" for x, y in dots]
    assert rows(read_pdf(hand_set_pdf(page), "某镇.pdf")) == [["甲", "1"], ["乙", "2"]]


def two_cells(*content: tuple[float, str]) -> HandSet:
    page = HandSet().grid([100, 200, 230, 300], [700, 720, 740])
    page.text(110, 725, "标签").text(110, 705, "标签")
    for x, text in content:
        page.ascii(x, 705, text)
    return page


def test_a_number_that_runs_over_the_edge_of_its_cell_stays_whole() -> None:
    assert rows(read_pdf(hand_set_pdf(two_cells((203, "1234567"))), "某镇.pdf"))[1] == [
        "标签",
        "1234567",
        "",
    ]


def test_a_number_that_runs_into_another_is_unreadable() -> None:
    label, first, second = rows(
        read_pdf(hand_set_pdf(two_cells((203, "1234567"), (250, "8"))), "某镇.pdf")
    )[1]
    assert label == "标签"
    assert "\ufffd" in first
    assert "\ufffd" in second


def test_numbers_that_touch_at_the_line_between_their_cells_are_two() -> None:
    touching = two_cells((202.2, "31547"), (230, "84"))
    assert rows(read_pdf(hand_set_pdf(touching), "某镇.pdf"))[1] == ["标签", "31547", "84"]


def test_digits_drawn_one_by_one_that_touch_at_a_line_are_no_certain_numbers() -> None:
    page = two_cells(*((213.32 + 5.56 * at, digit) for at, digit in enumerate("7463")))
    assert all("\ufffd" in text for text in rows(read_pdf(hand_set_pdf(page), "某镇.pdf"))[1][1:])


def test_where_a_number_runs_over_an_edge_no_line_between_touching_digits_parts_two_numbers() -> (
    None
):
    page = two_cells((202.2, "31547"), (230, "84"))
    page.grid([100, 200, 230, 300], [680, 700]).ascii(240, 685, "7").ascii(216, 685, "7777")
    assert "\ufffd" in rows(read_pdf(hand_set_pdf(page), "某镇.pdf"))[1][1]
    assert "\ufffd" in rows(read_pdf(hand_set_pdf(page), "某镇.pdf"))[1][2]


def test_a_number_of_which_most_lies_in_the_next_cell_is_unreadable() -> None:
    assert "\ufffd" in rows(read_pdf(hand_set_pdf(two_cells((221, "12345"))), "某镇.pdf"))[1][2]


def test_a_number_that_runs_out_of_the_table_is_whole() -> None:
    assert rows(read_pdf(hand_set_pdf(two_cells((282, "1234"))), "某镇.pdf"))[1] == [
        "标签",
        "",
        "1234",
    ]


def test_digits_of_two_numbers_printed_over_one_another_are_unreadable() -> None:
    label, over, _ = rows(
        read_pdf(hand_set_pdf(two_cells((205, "12"), (207.8, "35"))), "某镇.pdf")
    )[1]
    assert (label, "\ufffd" in over) == ("标签", True)


def test_digits_apart_are_no_one_number_and_digits_printed_twice_are_one() -> None:
    page = two_cells((203, "1"), (213, "2"), (250, "7")).ascii(250.3, 705, "7")
    assert rows(read_pdf(hand_set_pdf(page), "某镇.pdf"))[1] == ["标签", "1 2", "7"]


def test_a_number_broken_in_a_narrow_cell_is_joined_only_where_it_had_to_break() -> None:
    narrow = (
        HandSet()
        .grid([100, 112, 200], [700, 740])
        .ascii(103, 725, "1")
        .ascii(103, 712, "2")
        .ascii(190, 712, "5")
    )
    wide = (
        HandSet()
        .grid([100, 150, 200], [700, 740])
        .ascii(103, 725, "1")
        .ascii(103, 712, "2")
        .ascii(190, 712, "5")
    )
    assert rows(read_pdf(hand_set_pdf(narrow), "某镇.pdf")) == [["12", "5"]]
    assert rows(read_pdf(hand_set_pdf(wide), "某镇.pdf")) == [["1\n2", "5"]]


def test_a_raised_digit_is_a_footnote_and_a_glyph_without_character_no_digit() -> None:
    page = two_cells((203, "5")).ascii(209, 709, "2", 5).ascii(250, 705, "4")
    page.content.append("BT /F3 10 Tf 1 0 0 1 256 705 Tm <0014> Tj ET")
    assert rows(read_pdf(hand_set_pdf(page), "某镇.pdf"))[1] == ["标签", "5²", "4\ufffd"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_like_any_other(turn: int) -> None:
    page = replace(two_cells((203, "12"), (250, "8")), extra=f"/Rotate {turn}")
    assert rows(read_pdf(hand_set_pdf(page), "某镇.pdf")) == [["标签", "", ""], ["标签", "12", "8"]]


def test_what_lies_outside_the_visible_page_is_not_there() -> None:
    page = replace(
        two_cells((203, "12")).ascii(500, 400, "99999"), extra="/CropBox [50 50 450 800]"
    )
    assert "99999" not in str(read_pdf(hand_set_pdf(page), "某镇.pdf"))


def test_upright_and_turned_labels_read_in_order() -> None:
    page = HandSet().grid([100, 160, 200, 300], [600, 740])
    for at, text in enumerate("本年度办理结果"):
        page.text(135 - 15 * (at // 4), 725 - 10.5 * (at % 4), text)
    page.text(175, 720, "不予公开", matrix="0 -1 1 0").text(210, 720, "甲乙丙丁戊己庚辛")
    assert rows(read_pdf(hand_set_pdf(page), "某镇.pdf")) == [
        ["本年度办\n理结果", "不予公开", "甲乙丙丁戊己庚辛"]
    ]


def page_break(above: list[str], below: list[str], width: float = 100) -> list[list[str]]:
    """Two rows of one table on two pages, every line drawn, the cells for figures so wide."""
    xs = [60, 160, 160 + width, 160 + 2 * width]
    pages = []
    for texts, y in ((above, 60), (below, 760)):
        page = HandSet().grid(xs, [y, y + 30])
        for x, text in zip(xs, texts, strict=False):
            page.text(x + 4, y + 10, text)
        pages.append(page)
    return rows(read_pdf(hand_set_pdf(*pages), "某镇.pdf"))


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        (["1.属于国", "0", "3"], ["家秘密", "", ""], [["1.属于国\n家秘密", "0", "3"]]),
        (["1.属于国", "", ""], ["家秘密", "0", "3"], [["1.属于国\n家秘密", "0", "3"]]),
        (["1.属于国家秘密", "0", "3"], ["2.其他", "", ""], None),
        (["1.属于国家秘密", "0", "3"], ["2.其他", "1", "4"], None),
        (["行政许可", "0", "3"], ["行政处罚", "", ""], None),
        (["行政许可", "0", "3"], ["行政处罚", "1", "4"], None),
        (["1.属于国家秘密", "1", "3"], ["", "2", ""], [["1.属于国家秘密", "1\n2", "3"]]),
    ],
)  # fmt: skip
def test_a_row_cut_by_the_page_break_is_joined_only_where_that_is_certain(
    above: list[str], below: list[str], joined: list[list[str]] | None
) -> None:
    assert page_break(above, below) == (joined or [above, below])


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        (["5.属于三类", "331", "0"], ["内部事务信息", "11", ""], [[(
"5"
".属于三类\n内部事务信息"
), "33111", "0"]]),
        (["5.", "331", "0"], ["属于三类内部", "11", ""], [["5.\n属于三类内部", "33111", "0"]]),
        (["（", "331", "0"], ["七）总计", "11", ""], [["（\n七）总计", "33111", "0"]]),
        (["5", "331", "123"], ["", "11", ""], [["5", "33111", "123"]]),
        (["5.属于三类", "331", "331"], ["内部事务信息", "11", "5"], [[(
"5"
".属于三类\n内部事务信息"
), "331\n11", "331\n5"]]),
        (["5.属于三类", "33", "331"], ["内部事务信息", "11", ""], [[(
"5"
".属于三类\n内部事务信息"
), "33\n11", "331"]]),
        (["5.属于三类", "331", "0"], ["6.属于四类", "11", ""], None),
        (["行政许可", "331", "331"], ["行政处罚", "11", "5"], None),
        (["行政许可", "33", "0"], ["行政处罚", "11", ""], None),
    ],
)  # fmt: skip
def test_a_number_cut_by_the_page_break_is_one_only_where_it_had_to_break(
    above: list[str], below: list[str], joined: list[list[str]] | None
) -> None:
    assert page_break(above, below, 23) == (joined or [above, below])


def test_heads_printed_again_on_the_next_page_stand_once_and_hide_no_cut_row() -> None:
    xs = [60, 160, 183, 206]
    first = (
        HandSet()
        .grid(xs, [60, 90, 120])
        .text(64, 100, "信息内容")
        .text(164, 100, "甲")
        .text(187, 100, "乙")
    )
    second = (
        HandSet()
        .grid(xs, [730, 760, 790])
        .text(64, 770, "信息内容")
        .text(164, 770, "甲")
        .text(187, 770, "乙")
    )
    first.text(64, 70, "5.属于三类").text(164, 70, "331").text(187, 70, "0")
    second.text(64, 740, "内部事务信息").text(164, 740, "11")
    read = rows(read_pdf(hand_set_pdf(first, second), "某镇.pdf"))
    assert read == [["信息内容", "甲", "乙"], ["5.属于三类\n内部事务信息", "33111", "0"]]


def test_a_table_that_lacks_its_first_column_on_the_next_page_goes_on() -> None:
    xs = [60, 100, 160, 200, 240, 280, 320]
    first, second = HandSet().grid(xs, [60, 90]), HandSet().grid(xs[1:], [730, 760, 790])
    for page, y, texts in (
        (first, 70, ["三、", "1.甲", "1", "2", "3", "4"]),
        (second, 770, ["2.乙", "5", "6", "7", "8"]),
        (second, 740, ["3.丙", "9", "0", "1", "2"]),
    ):
        for x, text in zip(xs[-1 - len(texts) : -1], texts, strict=True):
            page.text(x + 4, y, text)
    (grid,) = (
        block
        for block in read_pdf(hand_set_pdf(first, second), "某镇.pdf").blocks
        if isinstance(block, Grid)
    )
    assert [[(cell.text, cell.column, cell.rowspan) for cell in row[:2]] for row in grid.rows] == [
        [("三、", 0, 3), ("1.甲", 1, 1)],
        [("2.乙", 1, 1), ("5", 2, 1)],
        [("3.丙", 1, 1), ("9", 2, 1)],
    ]


def test_a_table_that_was_wider_or_narrower_on_one_page_is_one() -> None:
    xs = [60, 100, 160, 200, 240, 280, 320]
    pages = [HandSet().grid(edges, [60, 90, 780]) for edges in (xs, xs[1:], xs, [*xs, 360])]
    for number, page in enumerate(pages):
        page.text(204, 70, str(number))
    assert len(grids := read_pdf(hand_set_pdf(*pages), "某镇.pdf").blocks) == 1
    assert isinstance(grids[0], Grid)


def test_an_empty_first_column_that_the_page_before_does_not_draw_hides_no_cut_row() -> None:
    xs = [60, 100, 160, 200, 240, 280, 320]
    first, second = HandSet().grid(xs[1:], [60, 90]), HandSet().grid(xs, [760, 790])
    for x, text in zip(xs[1:], ["5.要求行", "1", "2", "3", "4"], strict=False):
        first.text(x + 4, 70, text)
    second.text(104, 770, "政机关")
    read = rows(read_pdf(hand_set_pdf(first, second), "某镇.pdf"))
    assert read == [["", "5.要求行\n政机关", "1", "2", "3", "4"]]


def test_a_page_number_that_a_cut_row_reaches_over_is_no_part_of_a_figure() -> None:
    page = (
        HandSet().grid([100, 200, 300, 400], [10, 200]).text(110, 180, "5.要求").text(210, 180, "7")
    )
    page.text(290, 30, "—").text(303, 30, "2").text(311, 30, "—")
    assert rows(read_pdf(hand_set_pdf(page), "某镇.pdf")) == [["5.要求", "7", ""]]


def test_strokes_and_a_figure_in_the_last_row_of_a_page_are_no_page_number() -> None:
    page = (
        HandSet()
        .grid([100, 200, 250, 300, 350], [50, 90])
        .text(110, 75, "行政规范")
        .text(110, 60, "性文件")
    )
    page.text(220, 68, "-").text(270, 68, "3").text(320, 68, "-")
    assert rows(read_pdf(hand_set_pdf(page), "某镇.pdf")) == [["行政规范\n性文件", "-", "3", "-"]]


def test_a_line_of_many_blanks_is_no_page_number() -> None:
    page = HandSet().text(100, 30, "1" + " " * 400 + "!", size=1)
    assert lines(read_pdf(hand_set_pdf(page), "某镇.pdf"))


def test_the_last_lines_of_an_upright_label_below_the_cut_table_are_the_label_s() -> None:
    page = (
        HandSet()
        .grid([100, 116, 300, 400], [60, 90, 120])
        .text(130, 100, "予以公开")
        .text(310, 100, "3")
    )
    page.content[5:6] = ["116 90 m 400 90 l S"]
    for at, text in enumerate("三、本年度"):
        page.text(103, 108 - 12 * at, text)
    page.text(103, 48, "办").text(103, 36, "理")
    assert rows(read_pdf(hand_set_pdf(page), "某镇.pdf"))[0] == [
        "三\n、\n本\n年\n度\n办\n理",
        "予以公开",
        "3",
    ]
    assert lines(read_pdf(hand_set_pdf(page.text(200, 36, "注")), "某镇.pdf")) != []


def test_a_table_that_says_nothing_parts_no_table() -> None:
    first, second = (
        HandSet().grid([100, 200, 300], [60, 70, 90]),
        HandSet().grid([100, 200, 300], [770, 790]),
    )
    first.grid([100, 200, 300], [20, 50]).text(110, 75, "甲").text(210, 75, "1")
    second.text(110, 775, "乙").text(210, 775, "2")
    read = [row for row in rows(read_pdf(hand_set_pdf(first, second), "某镇.pdf")) if any(row)]
    assert read == [["甲", "1"], ["乙", "2"]]
    assert len(read_pdf(hand_set_pdf(first, second), "某镇.pdf").blocks) == 1


# ── files that cannot be read ─────────────────────────────────────────────────────────────────


def test_a_file_with_a_password_is_encrypted_and_one_with_an_empty_password_is_read() -> None:
    page = HandSet().ascii(100, 700, "GB 1234-2019")
    with raises_saying(Encrypted, "某镇.pdf：PDF 加了密码"):
        read_pdf(hand_set_pdf(page, password=b"secret"), "某镇.pdf")
    assert lines(read_pdf(hand_set_pdf(page, password=b""), "某镇.pdf")) == ["GB 1234-2019"]


def test_a_scan_has_no_text_layer_even_with_a_number_on_the_page() -> None:
    image = "BI /W 1 /H 1 /BPC 8 /CS /G ID x EI"
    for page in (HandSet(), HandSet(content=[image]).ascii(290, 30, "3")):
        with raises_saying(NoTextLayer, "某镇.pdf：PDF 里只有图像"):
            read_pdf(hand_set_pdf(page), "某镇.pdf")


def test_text_that_no_character_belongs_to_is_no_text_layer() -> None:
    page = HandSet(content=["BT /F3 10 Tf 1 0 0 1 100 700 Tm <00140015001600170018> Tj ET"])
    with pytest.raises(NoTextLayer):
        read_pdf(hand_set_pdf(page), "某镇.pdf")


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6])
def test_a_truncated_file_is_broken_or_has_nothing_in_it(
    share: float, capfd: pytest.CaptureFixture[str]
) -> None:
    data = hand_set_pdf(two_cells((203, "12")))
    with pytest.raises((BrokenFile, NoTextLayer), match=r"path='某镇\.pdf'"):
        read_document(data[: int(len(data) * share)], "某镇.pdf")
    assert capfd.readouterr().err == ""


def test_too_many_pages_and_too_much_on_one_are_too_large() -> None:
    crowded = HandSet(content=["BT /F2 10 Tf 1 0 0 1 10 10 Tm (%s) Tj ET" % ("1" * 1000)] * 30)
    with raises_saying(TooLarge, "第 1 页"):
        read_pdf(hand_set_pdf(crowded), "某镇.pdf")
    with raises_saying(TooLarge, "超过 2 页"):
        read_pdf(
            hand_set_pdf(*[HandSet()] * 3), "某镇.pdf", Allowance.start(Limits(max_pdf_pages=2))
        )


def test_a_page_that_takes_longer_than_the_allowance_is_too_large() -> None:
    full = HandSet(content=["BT /F2 10 Tf 1 0 0 1 10 10 Tm (%s) Tj ET" % ("1" * 1000)] * 10)
    with raises_saying(TooLarge, "0.001 秒.*NIANBAO_FILE_SECONDS"):
        read_pdf(hand_set_pdf(full), "某镇.pdf", Allowance.start(Limits(file_seconds=0.001)))


def test_without_the_extra_the_message_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [name for name in sys.modules if name.startswith("indexer.formats.pdf")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with raises_saying(UnsupportedFormat, r"nianbao\[pdf\]"):
        read_document(b"%PDF-1.7\n", "某镇.pdf")


def test_prose_wraps_into_paragraphs() -> None:
    page = (
        HandSet()
        .text(128, 700, "政" * 28)
        .text(100, 682, "府" * 30)
        .text(100, 664, "信息。")
        .text(128, 646, "新段。")
    )
    page = replace(page, width=620)
    document = read_pdf(hand_set_pdf(page), "某镇.pdf")
    assert lines(document) == ["政" * 28 + "府" * 30 + "信息。", "新段。"]
    assert [block.place.page for block in document.blocks if isinstance(block, Line)] == [1, 1]
