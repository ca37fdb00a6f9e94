from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.formats.html.reader import read_html
from indexer.formats.txt import read_txt
from indexer.forms.form import read_forms
from indexer.records import Document, Grid, GridCell
from indexer.report.tables.label_matching import vocabulary
from indexer.text.amounts import read_amount, read_count
from tests.printing import PROSE, printed_reports, read_tables, said
from tests.rendering import APPLICANTS, Printed, render_html, render_txt
from tests.small_tables import DISPUTES, FOUR, page

RENDERINGS = {
    "txt": lambda printed: read_txt(render_txt(printed)),
    "plain": lambda printed: read_html(render_html(printed, "plain")),
    "word": lambda printed: read_html(render_html(printed, "word")),
    "nested": lambda printed: read_html(render_html(printed, "nested")),
}


def expected_cells(printed: Printed) -> dict[str, tuple[object, str, str | None]]:
    """The oracle: each raw text read by itself, then the one rule about a request row that has
    slipped.
    """
    cells = {}
    for key in read_forms()[printed.generation].keys():
        head = "万元" if printed.generation == "2021" else None
        reading = (
            read_amount(printed.raws[key], head)
            if key.endswith("amount_yuan")
            else read_count(printed.raws[key])
        )
        cells[key] = (reading.value, reading.status, reading.unit)
    for row in {key.rsplit(".", 1)[0] for key in cells if key.startswith("requests.")}:
        keys = [f"{row}.{column}" for column in APPLICANTS]
        numbers = [cells[key][0] for key in keys if cells[key][1] == "reported"]
        if (
            cells[keys[-1]][1] == "blank"
            and len(numbers) > 1
            and numbers[-1] > 0
            and numbers[-1] == sum(numbers[:-1])
        ):
            cells.update(
                {k: (cells[k][0], "suspect", None) for k in keys if cells[k][1] == "reported"}
            )
    return cells


@pytest.mark.parametrize("rendering", RENDERINGS)
@settings(max_examples=40, deadline=None)
@given(printed=printed_reports())
def test_every_rendering_of_a_report_gives_its_very_cells(rendering: str, printed: Printed) -> None:
    reading = read_tables(RENDERINGS[rendering](printed))
    assert reading.form == printed.generation
    assert said(reading.cells) == expected_cells(printed)


@pytest.mark.parametrize("rendering", RENDERINGS)
@settings(max_examples=25, deadline=None)
@given(printed=printed_reports("2019"), data=st.data())
def test_a_row_that_lost_cells_has_no_reported_number(
    rendering: str, printed: Printed, data: st.DataObject
) -> None:
    row = data.draw(
        st.sampled_from([row.key for row in read_forms()["2019"].tables_of("requests")[0].rows])
    )
    lost = data.draw(st.sets(st.sampled_from(APPLICANTS), min_size=1, max_size=6))
    raws = {
        key: raw
        for key, raw in printed.raws.items()
        if key not in {f"requests.{row}.{c}" for c in lost}
    }
    cells = said(read_tables(RENDERINGS[rendering](replace(printed, raws=raws))).cells)
    of_row = [cells[f"requests.{row}.{column}"] for column in APPLICANTS]
    assert all(status != "reported" for _, status, _ in of_row)
    assert [status for _, status, _ in of_row[-len(lost) :]] == ["missing"] * len(lost)
    other = {key: cell for key, cell in cells.items() if not key.startswith(f"requests.{row}.")}
    assert other == {key: cell for key, cell in expected_cells(printed).items() if key in other}


def grid(*rows: list[str]) -> Document:
    cells = tuple(tuple(GridCell(text, at) for at, text in enumerate(row)) for row in rows)
    return Document((Grid(cells),), "text/plain")


def one_row(
    *values: str, label: str = "一、本年新收政府信息公开申请数量"
) -> list[tuple[object, str]]:
    document = grid(["", "自然人", "法人或其他组织", "总计"], [label, *values])
    cells = {cell.key: cell for cell in read_tables(document).cells}
    return [
        (cells[f"requests.received.{c}"].value, cells[f"requests.received.{c}"].status)
        for c in APPLICANTS
    ]


def test_empty_cells_too_many_at_the_end_are_read_through() -> None:
    assert one_row("1", "2", "0", "0", "0", "0", "3", "", "") == [
        (n, "reported") for n in (1, 2, 0, 0, 0, 0, 3)
    ]


def test_empty_cells_between_label_and_values_are_read_through() -> None:
    assert one_row("", "", "1", "2", "0", "0", "0", "0", "3") == [
        (n, "reported") for n in (1, 2, 0, 0, 0, 0, 3)
    ]


def test_a_number_left_over_makes_every_number_of_the_row_suspect() -> None:
    assert {status for _, status in one_row("1", "2", "0", "0", "0", "0", "3", "4")} == {"suspect"}


def test_where_an_empty_cell_could_be_on_either_side_nothing_is_reported() -> None:
    assert {status for _, status in one_row("", "1", "0", "0", "0", "0", "2", "")} <= {
        "suspect",
        "blank",
    }


def test_a_row_slipped_by_one_is_suspect_and_keeps_its_numbers_in_their_places() -> None:
    assert one_row("1", "0", "0", "0", "0", "1", "") == [
        (n, "suspect") for n in (1, 0, 0, 0, 0, 1)
    ] + [(None, "blank")]


def test_zeros_before_a_blank_total_have_not_slipped() -> None:
    assert one_row("0", "0", "0", "0", "0", "0", "") == [(0, "reported")] * 6 + [(None, "blank")]


@pytest.mark.parametrize(
    "label",
    [
        "本年新收政府信息公开申请数量",
        "一 、本年新收政府信息公开申请数量",
        "1、本年新收政府信息公开申请数量",
        "一、本年新收\n政府信息公开\n申请数量",
    ],
)
def test_a_label_is_known_whatever_its_numbering_and_breaks(label: str) -> None:
    assert one_row("1", "0", "0", "0", "0", "0", "1", label=label)[0] == (1, "reported")


def test_a_row_that_is_not_there_is_missing_and_an_unknown_one_is_noted() -> None:
    document = grid(["", "自然人", "法人或其他组织", "总计"], ["（九）转送其他机关", *"1234567"])
    reading = read_tables(document)
    assert all(
        cell.status == "missing" for cell in reading.cells if cell.key.startswith("requests.")
    )


def test_a_row_that_stands_twice_with_other_numbers_is_suspect() -> None:
    label = "二、上年结转政府信息公开申请数量"
    document = grid(
        ["", "自然人", "法人或其他组织", "总计"], [label, *"1000001"], [label, *"2000002"]
    )
    cells = [
        cell for cell in read_tables(document).cells if cell.key.startswith("requests.carried_in.")
    ]
    assert {cell.status for cell in cells} == {"suspect"}


def test_the_third_kind_of_other_handling_is_taken_only_below_its_head() -> None:
    head = ["", "自然人", "法人或其他组织", "总计"]
    lost = read_tables(grid(head, ["（五）不予处理", "6.其他", *"1111111"]))
    assert all(
        cell.status == "missing"
        for cell in lost.cells
        if ".other" in cell.key and cell.key.startswith("requests.")
    )
    kept = read_tables(
        grid(
            head,
            ["（六）其他处理", "1.申请人无正当理由逾期不补正", *"0000000"],
            ["", "3.其他", *"1111111"],
        )
    )
    assert {cell.value for cell in kept.cells if cell.key.startswith("requests.other_misc.")} == {1}


def test_two_rows_known_by_a_part_of_the_same_label_are_two_and_uncertain() -> None:
    head = ["信息内容", "本年处理决定数量"]
    both = read_tables(grid(head, ["行政强制措施", "3"], ["行政强制执行", "3"])).cells
    assert {cell.status for cell in both if cell.key == "proactive.coercion.decisions"} == {
        "suspect"
    }
    whole = read_tables(grid(head, ["行政强制", "5"], ["行政强制措施", "3"])).cells
    assert [cell.value for cell in whole if cell.key == "proactive.coercion.decisions"] == [5]


def test_no_core_of_a_row_stands_in_the_label_of_another() -> None:
    for section in ("proactive", "requests"):
        words = vocabulary(section)
        for label, key in words.rows.items():
            assert words.find_row(label) == key
            if label != "部分予以公开":
                assert {other for core, other in words.cores.items() if core in label} <= {key}


def test_the_new_form_with_the_old_row_of_other_handling_is_hybrid() -> None:
    printed = Printed(
        "某某镇2021年政府信息公开工作年度报告",
        dict.fromkeys(read_forms()["2021"].keys(), "0"),
        PROSE,
        "2021",
    )
    old = Printed(printed.title, dict.fromkeys(read_forms()["2019"].keys(), "0"), PROSE, "2019")
    blocks = [b for b in read_txt(render_txt(printed)).blocks if isinstance(b, Grid)][:1]
    blocks += [b for b in read_txt(render_txt(old)).blocks if isinstance(b, Grid)][1:]
    reading = read_tables(Document(tuple(blocks), "text/plain"))
    assert reading.form == "hybrid"
    assert len(reading.cells) == 10 + 161 + 15


def test_a_head_gives_its_unit_to_a_bare_amount_and_without_one_nothing_is_multiplied() -> None:
    for head, value, unit in (
        ("采购总金额（万元）", 4773500, "万元"),
        ("采购总金额", 477.35, None),
    ):
        cells = {
            c.key: c
            for c in read_tables(
                grid(["信息内容", "采购项目数量", head], ["政府集中采购", "13", "477.35"])
            ).cells
        }
        amount = cells["proactive.procurement.amount_yuan"]
        assert (float(amount.value or 0), amount.unit, amount.status) == (value, unit, "reported")


def test_a_document_without_tables_has_no_form_and_no_cells() -> None:
    assert (
        read_tables(read_txt("某镇2016年政府信息公开工作年度报告\n一、概述\n全年公开12条。")).form
        == "none"
    )


def test_a_row_without_cells_of_its_own_takes_nothing_from_the_disputes_table() -> None:
    figures = "|".join(str(figure) for figure in (1, 0, 0, 0, 1, *[0] * 5, 2, 0, 0, 0, 2))
    document = page(FOUR, f"{DISPUTES}/{figures}")
    *before, grid = document.blocks
    assert isinstance(grid, Grid)
    split = replace(grid, rows=(*grid.rows[:-1], (), grid.rows[-1]))
    read = read_tables(replace(document, blocks=(*before, split))).cells
    assert read == read_tables(document).cells
    assert sum(int(cell.value or 0) for cell in read if cell.status == "reported") == 6
