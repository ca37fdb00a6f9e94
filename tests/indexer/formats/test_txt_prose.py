"""Prose that looks like a table, and tables that prose stands in."""

from __future__ import annotations

import pytest

from indexer.formats.txt import read_txt
from indexer.forms.form import read_forms
from indexer.records import Grid
from indexer.report.tables.streams import cut_streams
from tests.printing import PROSE, lines, read_tables
from tests.rendering import Printed
from tests.rendering_text import render_text

ZEROS = Printed(
    "某某镇2019年政府信息公开工作年度报告", dict.fromkeys(read_forms()["2019"].keys(), "0"), PROSE
)


@pytest.mark.parametrize(
    "text",
    [
        "\t为切实做好政府信息公开工作，根据有关文件精神，现公布本报告。\n\t一、总体情况\n\t全年公开12条。",
        "首页 | 政务公开 | 年度报告\n一、总体情况\n全年公开12条。",
        "联系人：张某\t电话：0795-5771001\n一、总体情况",
        "某某镇人民政府\t2020年1月20日",
        "2020年1月20日   某某镇",
        "1.规章\n2.行政许可\n3.行政处罚\n4.行政强制\n5.行政事业性收费\n6.政府集中采购",
        "公开情况如下：\n12\n7\n3\n以上为全年数据。",
        "注：本表不含上年数｜下同。\n说明 | 略",
        "一、总体情况\t1\n二、主动公开政府信息情况\t2\n六、其他需要报告的事项\t5",
        "Wang, Li, Zhao\n甲, 乙",
    ],
)
def test_prose_with_the_marks_of_a_table_stays_prose(text: str) -> None:
    document = cut_streams(read_txt(text))
    assert not any(isinstance(block, Grid) for block in document.blocks)
    assert lines(document) == [line.strip() for line in text.split("\n")]


@pytest.mark.parametrize("mark", ["- 3 -", "第3页", "第 3 页 共 8 页", "— 3 —"])
def test_a_page_number_between_cells_is_no_cell(mark: str) -> None:
    text = render_text(ZEROS, "cell_lines").split("\n")
    at = text.index("2.重复申请") + 4
    document = cut_streams(read_txt("\n".join([*text[:at], mark, *text[at:]])))
    assert {cell.status for cell in read_tables(document).cells} == {"reported"}
    assert mark in lines(document)


def test_a_bare_page_number_makes_its_row_suspect_and_no_other() -> None:
    text = render_text(ZEROS, "cell_lines").split("\n")
    at = text.index("2.重复申请") + 4
    cells = read_tables(cut_streams(read_txt("\n".join([*text[:at], "12", *text[at:]])))).cells
    assert {cell.key.rsplit(".", 1)[0] for cell in cells if cell.status != "reported"} == {
        "requests.rejected_repeat"
    }


def test_a_page_number_before_a_form_feed_is_no_cell() -> None:
    text = render_text(ZEROS, "cell_lines").split("\n")
    at = text.index("2.重复申请") + 4
    broken = [*text[:at], "  12", f"\f{text[at]}", *text[at + 1 :]]
    assert {
        cell.status for cell in read_tables(cut_streams(read_txt("\n".join(broken)))).cells
    } == {"reported"}


def test_a_row_that_no_form_knows_gives_its_figures_to_no_other() -> None:
    text = render_text(ZEROS, "cell_lines").split("\n")
    at = text.index("2.重复申请")
    document = cut_streams(
        read_txt("\n".join([*text[:at], "转送其他机关", *"1234567", *text[at:]]))
    )
    assert {(cell.value, cell.status) for cell in read_tables(document).cells} == {(0, "reported")}


def test_a_note_below_a_table_stays_prose() -> None:
    text = render_text(ZEROS, "cell_lines").replace(
        "四、政府信息公开", "注：本表数据截至12月31日\n四、政府信息公开"
    )
    document = cut_streams(read_txt(text))
    assert "注：本表数据截至12月31日" in lines(document)
    assert {cell.status for cell in read_tables(document).cells} == {"reported"}


def test_blank_lines_between_rows_and_groups_are_no_cells() -> None:
    spaced: list[str] = []
    for line in render_text(ZEROS, "cell_lines").split("\n"):
        spaced += ["", line] if line and not line.isdigit() else [line]
    cells = read_tables(cut_streams(read_txt("\n".join(spaced)))).cells
    assert {cell.status for cell in cells} == {"reported"}


def test_a_lost_cell_is_not_made_good_by_a_blank_line_behind_its_row() -> None:
    text = render_text(ZEROS, "cell_lines").split("\n")
    at = text.index("2.重复申请") + 1
    spaced = [*text[:at], *"101000", "", *text[at + 7 :]]
    spaced = [
        piece for line in spaced for piece in (["", line] if line.startswith("3.") else [line])
    ]
    cells = read_tables(cut_streams(read_txt("\n".join(spaced)))).cells
    row = [cell.status for cell in cells if cell.key.startswith("requests.rejected_repeat.")]
    assert row == ["suspect"] * 6 + ["missing"]


def test_markdown_headings_open_sections_and_escaped_pipes_are_text() -> None:
    document = read_txt(
        "# 年报\n\n## **一、总体情况**\n\n甲\\|乙。\n\n| 项 | 数 | 计"
        " |\n|---|:-:|---|\n| 甲\\|乙 | **3** | 4<br>件 |\n"
    )
    assert lines(document) == ["年报", "一、总体情况", "甲|乙。"]
    grid = next(block for block in document.blocks if isinstance(block, Grid))
    assert [[cell.text for cell in row] for row in grid.rows][1] == ["甲|乙", "3", "4\n件"]


@pytest.mark.parametrize("between", [" | ", "\t"])
def test_a_row_full_of_figures_is_a_table_by_itself(between: str) -> None:
    document = read_txt(
        f"四、政府信息公开行政复议、行政诉讼情况\n{between.join('100010000000000')}\n五、存在的主要问题及改进情况\n无。"
    )
    [grid] = [block for block in document.blocks if isinstance(block, Grid)]
    assert [cell.text for cell in grid.rows[0]] == list("100010000000000")


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("**一、总体情况**", "一、总体情况"),
        (
            "2023年，我局**依法**公开*政府信息*，共__12__条。",
            "2023年，我局依法公开政府信息，共12条。",
        ),
        ("落实**《条例》**要求。", "落实《条例》要求。"),
        ("<center>***总体情况***</center>", "总体情况"),
        ("张**、李**反映，3*4=12，5*6=30。", "张**、李**反映，3*4=12，5*6=30。"),
    ],
)
def test_marks_of_markdown_do_not_stand_between_words(printed: str, said: str) -> None:
    assert lines(read_txt(f"**高安市2023年政府信息公开工作年度报告**\n{printed}"))[1:] == [said]


def test_strokes_for_what_is_left_out_make_no_markdown() -> None:
    assert lines(read_txt("张**同志任组长，*注*。\n李**任副组长。")) == [
        "张**同志任组长，*注*。",
        "李**任副组长。",
    ]
