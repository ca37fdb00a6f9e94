"""Damaged text tables in every shape: no number at another's place, and what the page shows
clearly is read."""

from __future__ import annotations

from collections import Counter

import pytest

from indexer.formats.txt import read_txt
from indexer.forms.form import read_forms
from indexer.records import Cell, Line
from indexer.report.tables.streams import cut_streams
from tests.accuracy import papers, tally
from tests.damage.kinds import KINDS
from tests.printing import PROSE, lines, read_tables
from tests.rendering import Printed
from tests.rendering_text import LOSSY, SHAPES, render_text

_ZEROS = dict.fromkeys(read_forms()["2019"].keys(), "0")
ZEROS = Printed("某某镇2019年政府信息公开工作年度报告", _ZEROS, PROSE)
EXACT = [shape for shape in SHAPES if shape not in LOSSY]
RUNNING = tuple(
    shape for shape in SHAPES if shape.startswith(("cell_lines", "pipe_lines", "paragraphs"))
)
FILLED = ("markdown", "box", "box_drawn")
HARD = (
    "disputes_split",
    "disputes_upright",
    "figures_unreadable",
    "numbering_restarted",
    "heads_truncated",
    "tables_cut_with_heads",
)
SHORT = ("cells_lost", "rows_contradicting", "row_slipped", "foreign_tables", "figures_blank")


def cells_of(text: str) -> dict[str, Cell]:
    return {cell.key: cell for cell in read_tables(cut_streams(read_txt(text))).cells}


def not_reported(text: str) -> set[str]:
    """The rows that have a cell which is not reported."""
    return {
        key.rsplit(".", 1)[0] for key, cell in cells_of(text).items() if cell.status != "reported"
    }


def break_into(text: str, before: str, *lines_put: str) -> str:
    at = text.split("\n").index(next(line for line in text.split("\n") if before in line))
    printed = text.split("\n")
    return "\n".join([*printed[:at], *lines_put, *printed[at:]])


@pytest.mark.parametrize("shape", EXACT)
@pytest.mark.parametrize("kind", HARD)
def test_a_clear_page_is_read_in_every_shape(kind: str, shape: str) -> None:
    counter = tally(papers(kind), shape)
    assert (counter["cautious"], counter["silent"]) == (0, 0)


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        (kind, shape)
        for kind in SHORT
        for shape in SHAPES
        if kind != "cells_lost" or shape not in FILLED
    ],
)
def test_what_is_short_or_told_twice_is_never_silently_wrong_in_any_shape(
    kind: str, shape: str
) -> None:
    assert tally(papers(kind), shape)["silent"] == 0


@pytest.mark.parametrize(
    "shape",
    [shape for shape in EXACT if not shape.startswith(("cell_lines_held", "cell_lines_padded"))],
)
def test_a_page_number_in_a_table_is_no_part_of_it(shape: str) -> None:
    text = break_into(render_text(ZEROS, shape), "4.保护第三", "- 3 -")
    assert not_reported(text) == set()
    assert "- 3 -" in lines(read_txt(text))


@pytest.mark.parametrize(
    "shape", ["pipe_lines_enclosed", "box", "box_drawn", "commas", "pipes", "tab_rows", "markdown"]
)
def test_a_bare_number_without_the_marks_of_the_table_is_no_cell(shape: str) -> None:
    text = break_into(render_text(ZEROS, shape), "4.保护第三", "3")
    assert not_reported(text) == set()


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape.startswith("pipe_lines")])
def test_a_number_broken_over_two_lines_is_never_one_half_of_it(shape: str) -> None:
    key = "requests.denied_third_party.natural_person"
    text = render_text(Printed(ZEROS.title, _ZEROS | {key: "33177"}, PROSE), shape)
    assert cells_of(text.replace("33177", "331\n77"))[key].status != "reported"


def test_a_figure_before_a_form_feed_is_no_page_number() -> None:
    text = render_text(
        Printed(ZEROS.title, _ZEROS | {"requests.rejected_repeat.business": "7"}, PROSE),
        "cell_lines",
    )
    assert not_reported(text.replace("\n7\n0", "\n7\n\f0")) == set()


def test_numbers_that_count_the_pages_before_form_feeds_are_no_figures() -> None:
    text = break_into(render_text(ZEROS, "cell_lines"), "4.保护第三", "4", "\f")
    assert not_reported(break_into(text, "2.重复申请", "5", "\f")) == set()


def test_a_paragraph_table_gives_a_short_row_no_empty_cell() -> None:
    printed = Printed(ZEROS.title, _ZEROS, PROSE)
    rows = render_text(printed, "paragraphs").split("\n")
    at = next(number for number, line in enumerate(rows) if "4.保护第三" in line)
    short = [*rows[: at + 6], f"{rows[at + 7]}|", *rows[at + 8 :]]
    statuses = {key: cell.status for key, cell in cells_of("\n".join(short)).items()}
    assert {
        statuses[f"requests.denied_third_party.{name}"]
        for name in ("natural_person", "other_organisation")
    } == {"suspect"}
    assert statuses["requests.denied_third_party.total"] == "missing"


def test_a_misprinted_label_broken_over_lines_is_one_label() -> None:
    text = render_text(ZEROS, "tab_rows").replace("6.属于四类过程性信息", "6.属于四类\n过程信息")
    assert not_reported(text) == set()


def test_a_head_cut_within_its_brackets_takes_no_label_with_it() -> None:
    text = render_text(ZEROS, "cell_lines").replace(
        "法律服务机构\n其他\n", "法律服务机构\n其他（\n"
    )
    assert not_reported(text) == set()


def test_a_label_that_goes_on_in_the_next_cell_leaves_its_row_short() -> None:
    text = render_text(ZEROS, "tab_rows").replace(
        "1.信访举报投诉类申请\t0\t", "1.信访举报投诉类\t申请\t"
    )
    statuses = {cell.status for key, cell in cells_of(text).items() if ".rejected_petition." in key}
    assert statuses == {"suspect", "missing"}


def test_the_last_rows_of_other_handling_that_contradict_each_other_are_suspect() -> None:
    raws = dict.fromkeys(read_forms()["2021"].keys(), "0")
    text = render_text(Printed(ZEROS.title, raws, PROSE, "2021"), "tab_rows")
    row = next(line for line in text.split("\n") if line.startswith("3.其他\t"))
    cells = cells_of(text.replace(row, f"{row}\n{row[:-1]}8"))
    assert {cell.status for key, cell in cells.items() if ".other_misc." in key} == {"suspect"}


def test_fifteen_figures_alone_under_their_heading_are_the_disputes() -> None:
    text = render_text(ZEROS, "cell_lines")
    first, second = (
        text.index("行政复议\n", text.index("四、政府信息公开")),
        text.index("0\n", text.rindex("总计\n")),
    )
    assert not_reported(text[:first] + text[second:]) == set()


@pytest.mark.parametrize("printed", ["3-5", "5①", "12%"])
def test_what_is_no_number_fills_its_cell_where_a_row_is_printed_cell_by_cell(printed: str) -> None:
    raws = _ZEROS | {"requests.rejected_repeat.business": printed}
    cells = cells_of(render_text(Printed(ZEROS.title, raws, PROSE), "cell_lines"))
    assert Counter(cell.status for cell in cells.values()) == Counter(
        reported=len(cells) - 1, unreadable=1
    )


def test_a_row_numbered_like_a_section_is_no_heading() -> None:
    text = render_text(ZEROS, "pipes").replace("8.属于行政查询事项", "一、属于行政查询事项")
    assert not_reported(text) == set()


def test_spreadsheet_rows_that_are_nearly_all_empty_are_a_table() -> None:
    blank = {key: "" for key in _ZEROS if key.startswith("disputes")} | {
        "disputes.reconsideration.upheld": "4"
    }
    cells = cells_of(render_text(Printed(ZEROS.title, _ZEROS | blank, PROSE), "commas"))
    statuses = Counter(cell.status for key, cell in cells.items() if key.startswith("disputes"))
    assert statuses == Counter(reported=1, blank=14)


def test_every_page_number_stays_in_the_text() -> None:
    document = read_txt("一、总体情况\n第 1 页\n公开12条。\n- 2 -\n")
    assert [block.text for block in document.blocks if isinstance(block, Line)] == [
        "一、总体情况",
        "第 1 页",
        "公开12条。",
        "- 2 -",
    ]
    assert [block.place.line for block in document.blocks] == [1, 2, 3, 4]  # type: ignore[union-attr]


def test_every_kind_of_damage_named_here_exists() -> None:
    assert {*HARD, *SHORT} <= set(KINDS)


def test_another_tables_heads_keep_its_rows_out_of_the_form_one_cell_a_line() -> None:
    foreign = (
        "类别\n去年\n今年\n累计\n规章\n31\n32\n33\n规范性文件\n34\n35\n36\n行政许可\n37\n38\n39"
    )
    text = render_text(ZEROS, "cell_lines").replace("一、总体情况\n", f"一、总体情况\n{foreign}\n")
    lost = text.replace("\n规章\n0\n0\n0\n", "\n")
    assert not_reported(text) == set()
    assert {cell.status for key, cell in cells_of(lost).items() if ".regulations." in key} == {
        "missing"
    }


def test_a_foreign_table_does_not_change_how_empty_cells_are_counted() -> None:
    foreign = "\n".join(
        f"| {cell}"
        for row in ("不予公开", "无法提供", "重复申请", "部分公开")
        for cell in (row, 1, 2, 3, 4, 5, 6, 7)
    )
    text = render_text(ZEROS, "pipe_lines").replace(
        "一、总体情况\n", f"一、总体情况\n\n{foreign}\n\n\n"
    )
    short = text.replace("| 3.补正后申请内容仍不明确\n| 0\n", "| 3.补正后申请内容仍不明确\n")
    statuses = {
        cell.status for key, cell in cells_of(short).items() if ".unavailable_unclear." in key
    }
    assert statuses == {"suspect", "missing"}


def test_page_numbers_in_the_heads_of_the_disputes_are_no_row_of_them() -> None:
    text = render_text(ZEROS, "pipe_lines")
    at = text.rindex("| 复议后起诉\n") + len("| 复议后起诉\n")
    assert not_reported(f"{text[:at]}3\n{text[at:]}") == set()


def test_three_rows_of_disputes_that_a_long_one_gainsays_are_suspect() -> None:
    text = render_text(ZEROS, "tab_rows")
    row = "\t".join(["0"] * 15)
    cells = cells_of(text.replace(row, "行政复议\t1\t0\t0\t0\t1\n" + row))
    assert {cells[f"disputes.reconsideration.{name}"].status for name in ("upheld", "total")} == {
        "suspect"
    }


@pytest.mark.parametrize("printed", ["见附件", "若干"])
def test_a_first_figure_that_is_none_is_no_label_of_fifteen_others(printed: str) -> None:
    raws = _ZEROS | {
        "disputes.reconsideration.upheld": printed,
        "disputes.reconsideration.total": "9",
    }
    text = render_text(Printed(ZEROS.title, raws, PROSE), "box").replace(
        f"| {printed} |", f"| {printed} |"
    )
    row = next(line for line in text.split("\n") if printed in line)
    cells = cells_of(text.replace(row, f"{row}  |  |"))
    assert (
        cells["disputes.reconsideration.upheld"].status,
        cells["disputes.reconsideration.total"].value,
    ) == (
        "unreadable",
        9,
    )


def test_the_text_that_a_browser_gives_of_words_tables_keeps_its_empty_cells() -> None:
    rows = (("规章", "63", "\xa0", "4"), ("行政规范性文件", "\xa0", "89", "\xa0"))
    table = "\n\n\n\n\n".join(
        "\n\n\t\n\n".join(row)
        for row in (("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"), *rows)
    )
    cells = cells_of(
        f"二、主动公开政府信息情况\n\n第二十条第（一）项\n\n\n\n\n{table}\n\n\u3000\u3000三、收到和处理政府信息公开申请情况\n"
    )
    said = [
        (cells[f"proactive.{row}.{name}"].value)
        for row in ("regulations", "normative_documents")
        for name in ("issued", "repealed", "in_force")
    ]
    assert said == [63, None, 4, None, 89, None]
    assert {
        cells[key].status for key in cells if key.startswith("proactive.reg") or "normative" in key
    } == {
        "reported",
        "blank",
    }


def test_a_pipe_between_a_short_last_row_and_the_next_heading_is_no_empty_cell() -> None:
    text = render_text(ZEROS, "pipe_lines_alone")
    short = (
        "四、结转下年度继续办理\n" + "|\n0\n" * 6 + "|\n四、政府信息公开行政复议、行政诉讼情况\n|\n"
    )
    begin, end = (
        text.index("四、结转下年度继续办理\n"),
        text.index("行政复议\n", text.rindex("四、政府信息公开")),
    )
    cells = cells_of(text[:begin] + short + text[end:])
    assert {cell.status for key, cell in cells.items() if ".carried_out." in key} == {
        "suspect",
        "missing",
    }
