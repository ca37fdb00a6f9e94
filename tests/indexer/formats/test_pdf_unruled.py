"""Tables in PDF files whose lines are not all drawn: set by hand where every point matters, and
printed by a browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random

import pytest
from playwright.sync_api import Browser, Page

from indexer.formats.pdf import read_pdf
from indexer.records import Grid, SourceFile
from indexer.report.build import build_report
from tests.damage.oracle import judge
from tests.damage.paper import BLANK, YEARS, Figure, Paper, build_paper
from tests.damage.press import pdf_page
from tests.pdf_press import UNRULED, HandSet, hand_set_pdf, page_head, print_pdf
from tests.printing import lines

XS = (60, 200, 260, 320)
HEADS = ("信息内容", "甲甲", "乙乙", "丙丙")


@pytest.fixture(scope="module")
def press(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def table(
    *rows: Sequence[str],
    page: HandSet | None = None,
    top: float = 700,
    pitch: float = 24,
    xs: Sequence[float] = XS,
) -> HandSet:
    """A page with these rows, each text centred on its column's place but for the labels."""
    page = page or HandSet()
    for at, row in enumerate(rows):
        for x, text in zip(xs, row, strict=False):
            width = sum(5 if character.isascii() else 10 for character in text)
            page.text(x if x == xs[0] else x - width / 2, top - pitch * at, text)
    return page


def cells(*pages: HandSet) -> list[list[tuple[str, int]]]:
    document = read_pdf(hand_set_pdf(*pages), "某镇.pdf")
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    return [[(cell.text, cell.column) for cell in row] for grid in grids for row in grid.rows]


def figures(*pages: HandSet) -> list[list[str]]:
    """The texts of the rows that have a label of their own."""
    return [[text for text, _ in row] for row in cells(*pages) if row[0][1] == 2]


# ── columns ───────────────────────────────────────────────────────────────────────────────────


def test_figures_without_lines_stand_under_their_heads_and_an_empty_cell_in_its_column() -> None:
    page = table(HEADS, ("规章", "1", "2", "3"), ("行政许可", "4", "", "65432"))
    assert cells(page) == [
        [("信息内容", 0), ("甲甲", 3), ("乙乙", 4), ("丙丙", 5)],
        [("规章", 2), ("1", 3), ("2", 4), ("3", 5)],
        [("行政许可", 2), ("4", 3), ("", 4), ("65432", 5)],
    ]


def test_a_column_that_is_empty_in_every_row_is_known_by_its_head_alone() -> None:
    page = table(HEADS, ("规章", "1", "", "3"), ("行政许可", "4", "", "6"))
    assert figures(page) == [["规章", "1", "", "3"], ["行政许可", "4", "", "6"]]


def test_where_neither_heads_nor_a_full_row_tell_the_columns_no_row_looks_whole() -> None:
    page = table(("规章", "1", "", "3"), ("行政许可", "", "5", "6"), ("行政处罚", "", "", "7"))
    assert figures(page) == [
        ["规章", "1\ufffd", "3\ufffd"],
        ["行政许可", "5\ufffd", "6\ufffd"],
        ["行政处罚", "7"],
    ]


def test_a_stroke_in_a_row_whose_columns_are_not_certain_is_unreadable() -> None:
    page = table(("规章", "1", "", "3"), ("行政许可", "", "5", "6"), ("行政处罚", "", "", "—"))
    assert figures(page)[2] == ["行政处罚", "—\ufffd"]


def test_columns_go_on_on_the_next_page_where_no_row_is_full() -> None:
    first = table(("规章", "1", "2", "3"), ("行政许可", "4", "5", "6"), top=90)
    second = table(("行政处罚", "1", "", "3"), ("行政强制", "", "5", "6"), top=800)
    assert figures(first, second)[2:] == [["行政处罚", "1", "", "3"], ["行政强制", "", "5", "6"]]


def test_a_figure_under_two_columns_makes_its_row_unreadable_and_no_other() -> None:
    page = table(("规章", "1", "2", "3"), ("行政许可", "4", "5", "6"), ("行政处罚", "7", "8"))
    page.text(XS[2] - 10, 700 - 72, "123456789012345678").text(60, 700 - 72, "行政强制")
    assert figures(page)[:2] == [["规章", "1", "2", "3"], ["行政许可", "4", "5", "6"]]
    assert all("\ufffd" in text for text in figures(page)[3][1:] if text)


def test_figures_apart_in_one_column_are_not_two_columns() -> None:
    page = table(("规章", "1", "2", "3"), ("行政许可", "4", "", ""), ("行政处罚", "6", "7", "8"))
    page.text(XS[3] - 20, 700 - 24, "1").text(XS[3] - 10, 700 - 24, "234567")
    assert all("\ufffd" in text for text in figures(page)[1][1:])


# ── rows ──────────────────────────────────────────────────────────────────────────────────────


def test_a_label_over_several_lines_stands_beside_the_figures_at_its_middle() -> None:
    page = table(HEADS, ("1.属于国家", "", "", ""), ("秘密", "", "", ""), pitch=14)
    table(("", "1", "2", "3"), page=page, top=679)
    table(("2.其他", "4", "5", "6"), ("3.危及", "7", "8", "9"), page=page, top=640)
    assert figures(page) == [
        ["1.属于国家秘密", "1", "2", "3"],
        ["2.其他", "4", "5", "6"],
        ["3.危及", "7", "8", "9"],
    ]


def test_the_head_of_a_group_between_its_rows_is_no_part_of_their_labels() -> None:
    page = table(
        ("1.甲的事", "1", "2", "3"), ("2.乙的事", "4", "5", "6"), xs=(120, 200, 260, 320)
    ).text(50, 688, "（三）组")
    read = [[text for text, column in row if column >= 2] for row in cells(page)]
    assert read == [["1.甲的事", "1", "2", "3"], ["（三）组"], ["2.乙的事", "4", "5", "6"]]


def test_a_label_without_figures_has_an_empty_row_where_those_beside_it_have_theirs() -> None:
    page = table(("1.甲", "1", "2", "3"), ("2.乙", "", "", ""), ("3.丙", "7", "8", "9"))
    assert figures(page)[1] == ["2.乙", "", "", ""]


def test_figures_without_a_label_make_those_beside_them_unreadable() -> None:
    page = table(("1.甲", "1", "2", "3"), ("", "", "45", ""), ("2.乙", "7", "8", "9"), pitch=15)
    table(("3.丙", "4", "5", "6"), page=page, top=600)
    assert [["\ufffd" in text for text in row[1:]] for row in figures(page)] == [
        [True] * 3,
        [True] * 3,
        [False] * 3,
    ]


def test_the_number_of_the_page_is_no_row_and_prose_around_a_table_stays_prose() -> None:
    page = table(("1.甲", "1", "2", "3"), ("2.乙", "7", "8", "9")).text(295, 30, "3")
    page.text(60, 740, "三、收到和处理政府信息公开申请情况").text(
        60, 620, "以上数据均为本机关统计。"
    )
    document = read_pdf(hand_set_pdf(page), "某镇.pdf")
    assert lines(document) == ["三、收到和处理政府信息公开申请情况", "以上数据均为本机关统计。"]
    assert figures(page) == [["1.甲", "1", "2", "3"], ["2.乙", "7", "8", "9"]]


def test_prose_with_numbers_in_it_is_no_table() -> None:
    page = (
        HandSet()
        .text(60, 700, "全年公开信息 12 条")
        .text(60, 680, "受理申请 3 件，答复 3 件")
        .text(60, 660, "共 15 件")
    )
    assert cells(page) == []


# ── lines that are drawn in part ──────────────────────────────────────────────────────────────

ROWS = (("规章", "1", "2", "3"), ("行政许可", "4", "", "6"), ("行政处罚", "7", "8", "9"))
READ = [list(row) for row in ROWS]


def test_lines_across_alone_part_labels_that_stand_close() -> None:
    page = table(
        ("甲的许可", "1", "2", "3"), ("乙的处罚", "", "", ""), ("丙的强制", "7", "8", "9"), pitch=12
    )
    for y in (709, 697, 685, 673):
        page.line(50, y, 350, y)
    assert figures(page) == [
        ["甲的许可", "1", "2", "3"],
        ["乙的处罚", "", "", ""],
        ["丙的强制", "7", "8", "9"],
    ]


def test_a_frame_with_lines_down_alone_has_the_rows_that_its_figures_show() -> None:
    page = table(HEADS, *ROWS).grid([50, 170, 230, 290, 350], [610, 720])
    assert figures(page) == READ


def test_a_frame_with_lines_across_alone_has_the_columns_that_its_figures_show() -> None:
    page = table(HEADS, *ROWS).grid([50, 350], [612, 636, 660, 684, 710])
    assert figures(page) == READ


def boxed(page: HandSet, gap: float, paint: str) -> HandSet:
    edges = (50, 170, 230, 290, 350)
    for y in (690, 666, 642):
        for x0, x1 in pairwise(edges):
            page.content.insert(
                0, f"{x0 + gap / 2} {y + gap / 2} {x1 - x0 - gap} {24 - gap} {paint}"
            )
    return page


@pytest.mark.parametrize(
    ("gap", "paint"), [(6, "re S"), (9, "re S"), (0, "re f"), (2, "re f"), (9, "re f")]
)
def test_cells_that_are_boxes_of_their_own_are_the_cells(gap: float, paint: str) -> None:
    page = boxed(table(*ROWS), gap, paint)
    page.content.insert(0, "0.9 g")
    assert [[text for text, _ in row] for row in cells(page)] == READ


def test_white_lines_part_cells_where_no_others_do() -> None:
    page = table(*ROWS)
    page.content.insert(0, "1 G")
    page.grid([50, 170, 230, 290, 350], [642, 666, 690, 714])
    assert [[text for text, _ in row] for row in cells(page)] == READ


def test_a_shaded_row_is_not_the_table() -> None:
    page = table(HEADS, *ROWS)
    page.content[:0] = ["0.9 g", *(f"{x} 666 60 24 re f" for x in (50, 110, 170, 230, 290)), "0 g"]
    assert figures(page) == READ


# ── whole reports ─────────────────────────────────────────────────────────────────────────────


def reports(style: str) -> Iterator[Paper]:
    """Reports of each form with empty cells and strokes."""
    for generation in YEARS:
        random = Random(f"{style} {generation}")
        paper = build_paper(generation, random)
        for box in (box for row in paper.rows() for box in row.figures if random.random() < 0.06):
            box.figure = random.choice([BLANK, Figure("—", "not_applicable")])
            box.text = box.figure.text
        yield paper


@pytest.mark.parametrize("style", UNRULED)
def test_a_report_without_all_its_lines_has_no_wrong_number_and_few_are_lost(
    press: Page, style: str
) -> None:
    counts: Counter[str] = Counter()
    for paper in reports(style):
        data = print_pdf(press, page_head(style) + pdf_page(paper).split("</style>", 1)[1])
        report = build_report(
            read_pdf(data, "某镇.pdf"), SourceFile("某镇.pdf", "00" * 32, len(data))
        )
        counts.update(
            {verdict: len(found) for verdict, found in judge(paper, report.cells).items()}
        )
    assert counts["silent"] == 0
    assert counts["cautious"] <= 0.1 * counts["right"]
