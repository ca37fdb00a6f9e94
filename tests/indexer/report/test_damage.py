"""Tables as they should not be: each kind of damage by itself, in the smallest table that shows
it.
"""

from __future__ import annotations

import pytest

from indexer.report.tables.form_grids import read_grids
from tests.small_tables import (
    APPLICANTS,
    DISPUTES,
    FIVE,
    FOUR,
    HEADS_2019,
    RECEIVED,
    THREE,
    cells,
    page,
    reported,
    row,
    values,
)

# ── tables that are not the form's ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "foreign",
    [
        "类别|总数|新增|取消/行政许可|120|3|5/行政处罚|220|4|6",
        "名称|次数|金额/政府采购|9|100",
        "类别|一月|二月|三月|四月|五月|六月|合计/重复申请|1|2|3|4|5|6|21",
    ],
)
def test_a_table_with_heads_that_no_form_knows_is_noted_and_not_read(foreign: str) -> None:
    for parts in (
        (foreign,),
        (f"{HEADS_2019}/规章|1|2|3", foreign),
        (THREE, f"|{APPLICANTS}/{RECEIVED}|1|0|0|0|0|0|1", FIVE, foreign),
    ):
        readings = read_grids(page(*parts).blocks)
        assert not readings[-1].rows
        assert len(readings[-1].notes) == foreign.count("/") + 1


def test_a_foreign_table_leaves_the_forms_own_row_alone() -> None:
    own = "第二十条第（五）项/信息内容|上一年项目数量|本年增减|处理决定数量/行政许可|1|2|3"
    assert values(cells("类别|总数|新增|取消/行政许可|120|3|5", own), "proactive.licensing") == [
        1,
        2,
        3,
    ]


def test_a_heading_ends_the_table_before_it() -> None:
    read = cells(FOUR, DISPUTES, FIVE, "年度|" + "|".join(map(str, range(1, 15))))
    assert not reported(read)


def test_numbers_after_the_disputes_do_not_shake_them() -> None:
    read = cells(FOUR, f"{DISPUTES}/" + "|".join("100010000000000"), FIVE, "序号|次数/1|20")
    assert values(read, "disputes.reconsideration") == [1, 0, 0, 0, 1]


def test_a_figure_that_is_no_number_right_behind_the_label_costs_the_disputes_no_other() -> None:
    rest = "|".join("00010000000000")
    for read in (
        cells(FOUR, f"{DISPUTES}/本年数量|若干|{rest}"),
        cells(FOUR, f"|结果维持|结果纠正|其他结果|尚未审结|总计/行政复议|若干|{'|'.join('0001')}"),
    ):
        assert [status for _, status in row(read, "disputes.reconsideration")] == ["unreadable"] + [
            "reported"
        ] * 4


@pytest.mark.parametrize(
    "counted",
    [
        f"单位|{APPLICANTS}/县教育局|1|0|0|0|0|0|1/县公安局|2|0|0|0|0|0|2/总计|3|0|0|0|0|0|3",
        "单位|本年新收|予以公开|部分公开|总计/县教育局|1|1|0|1/合计|1|1|0|1",
        "申请人情况|数量/自然人|3/商业企业|0/总计|3",
    ],
)
def test_sums_over_bodies_or_applicants_shake_no_sum_of_the_form(counted: str) -> None:
    own = f"|{APPLICANTS}/{RECEIVED}|1|0|0|0|0|0|1/（七）总计|1|0|0|0|0|0|1"
    for parts in ((THREE, own, counted), (THREE, counted, own), (THREE, own, FIVE, counted)):
        read = cells(*parts)
        assert (
            values(read, "requests.received")
            == values(read, "requests.disposed")
            == [1, 0, 0, 0, 0, 0, 1]
        )
        assert any(
            "总计" in note or "合计" in note
            for grid in read_grids(page(*parts).blocks)
            for note in grid.notes
        )


@pytest.mark.parametrize(
    "rows",
    [
        (
            f"{RECEIVED}/二、上年结转政府信息公开申请数量|1|0|0|0|0|0|1/（一）予以公开|2|0|0|0|"
            "0|0|2/3|0|0|0|0|0|3"
        ),
        (
            f"1|0|0|0|0|0|1/{RECEIVED}|2|0|0|0|0|0|2/二、上年结转政府信息公开申请数量|3|0|0|0|"
            "0|0|3/（一）予以公开"
        ),
    ],
)
def test_labels_that_may_stand_one_row_off_are_not_trusted(rows: str) -> None:
    assert not reported(cells(THREE, f"|{APPLICANTS}/{rows}"))
    assert (
        len(
            reported(
                cells(
                    THREE,
                    (
                        f"|{APPLICANTS}/"
                        f"{rows.replace('/3|0|0|0|0|0|3', '').replace('1|0|0|0|0|0|1/一', '一')}"
                    ),
                )
            )
        )
        == 14
    )


@pytest.mark.parametrize("bare", ["（一）予以公开", "（一）予以公开|||||||"])
@pytest.mark.parametrize("figures", ["5|0|0|0|0|0|5", "|5|0|0|0|0|0|5", "|5||||||5"])
def test_labels_one_row_off_are_not_trusted_however_the_torn_row_is_printed(
    bare: str, figures: str
) -> None:
    sound = f"{RECEIVED}|1|0|0|0|0|0|1/二、上年结转政府信息公开申请数量|2|0|0|0|0|0|2"
    astray = f"（二）部分公开|3|0|0|0|0|0|3/（三）不予公开|1.属于国家秘密|4|0|0|0|0|0|4/{figures}"
    read = cells(THREE, f"|{APPLICANTS}/{sound}/{bare}/{astray}/（七）总计|6|0|0|0|0|0|6")
    assert {key.split(".")[1] for key in reported(read)} == {"received", "carried_in", "disposed"}


def test_several_runs_of_labels_one_row_off_are_none_of_them_trusted() -> None:
    first = f"{RECEIVED}/二、上年结转政府信息公开申请数量|1|0|0|0|0|0|1/2|0|0|0|0|0|2"
    second = "（一）予以公开|3|0|0|0|0|0|3/（二）部分公开/（七）总计|4|0|0|0|0|0|4/5|0|0|0|0|0|5"
    assert not reported(cells(THREE, f"|{APPLICANTS}/{first}/{second}"))


def test_a_row_whose_figures_stand_right_below_its_label_shakes_no_other() -> None:
    cut = "（一）予以公开/2|0|0|0|0|0|2/（二）部分公开|3|0|0|0|0|0|3/（七）总计/4|0|0|0|0|0|4"
    assert values(cells(THREE, f"|{APPLICANTS}/{cut}"), "requests.partially_granted") == [
        3,
        0,
        0,
        0,
        0,
        0,
        3,
    ]


@pytest.mark.parametrize("numbers", ["1|2|3", "|1|2|3"])
def test_numbers_of_the_columns_are_no_figures_of_a_row(numbers: str) -> None:
    heads = "信息内容|本年制发件数|本年废止件数|现行有效件数"
    read = cells(f"{heads}/{numbers}/规章|0|0|5/行政规范性文件|||", year=2021)
    assert values(read, "proactive.regulations") == [0, 0, 5]


def test_where_both_forms_are_printed_neither_is_trusted() -> None:
    new = "信息内容|本年制发件数|本年废止件数|现行有效件数/规章|1|2|3/行政规范性文件|4|5|6"
    old = f"{HEADS_2019}/规章|7|8|9"
    assert reported(cells(new, year=2021))
    assert not reported(cells(new, old, year=2021))
    assert not reported(cells(old, new, year=2021))


def test_figures_that_stand_for_two_rows_are_no_rows_own() -> None:
    merged = "|".join(f"r2:{figure}" for figure in "1000001")
    read = cells(f"|{APPLICANTS}/{RECEIVED}|{merged}/二、上年结转政府信息公开申请数量")
    assert {status for _, status in row(read, "requests.received")} == {"suspect"}
    assert {status for _, status in row(read, "requests.carried_in")} == {"missing"}
    tall = cells(f"|{APPLICANTS}/{RECEIVED}|{merged}/（单位：件）")
    assert values(tall, "requests.received") == [1, 0, 0, 0, 0, 0, 1]


# ── columns ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "rows",
    [
        f"{APPLICANTS}/{RECEIVED}|||5|0|0|0|0||",
        (
            f"x|自然人|商业企业|科研机构|社会公益组织|法律服务机构|c2:其他|总计/{RECEIVED}|||4|"
            "0|6|0||10"
        ),
        (
            "c3:x|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|小计|总计/"
            f"c3:{RECEIVED}||1|0|0|0|0|1|1"
        ),
        (
            "c3:x|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|小计|总计/"
            f"c3:{RECEIVED}|1|2|0|0|0|0|2|"
        ),
        f"x|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他/{RECEIVED}||0|0|0|0|0|0",
        f"c3:x|{APPLICANTS}/{RECEIVED}||3|4|5|6|7|8",
        f"c3:x|{APPLICANTS}/c3:{RECEIVED}||1|0|0|0|0|1|9",
    ],
)
def test_where_heads_and_cells_disagree_no_number_is_reported(rows: str) -> None:
    assert not reported(cells(rows))


def test_empty_label_cells_and_an_empty_total_are_told_apart_by_the_heads() -> None:
    read = cells(f"c3:x|{APPLICANTS}/{RECEIVED}|||5|0|||||")
    assert values(read, "requests.received") == [5, 0, None, None, None, None, None]


def test_an_empty_row_is_blank_whatever_its_spans() -> None:
    read = cells(f"c3:x|{APPLICANTS}/{RECEIVED}|||||||")
    assert {status for _, status in row(read, "requests.received")} == {"blank"}


def test_columns_in_another_order_are_read_by_their_heads() -> None:
    read = cells("信息内容|本年新公开数量|本年新制作数量|对外公开总数量/规章|1|2|3")
    assert values(read, "proactive.regulations") == [2, 1, 3]
    read = cells(
        "x|总计|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他/一、"
        "本年新收政府信息公开申请数量|9|1|2|3|1|1|1"
    )
    assert values(read, "requests.received") == [1, 2, 3, 1, 1, 1, 9]


def test_last_years_figure_in_a_column_of_its_own_is_not_this_years() -> None:
    assert not reported(cells("信息内容|本年处理决定数量|上年处理决定数量/行政许可||9", year=2022))


# ── labels ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "label",
    [
        "其他规范性文件",
        "党政规范性文件",
        "其中：规范性文件",
        "非行政许可",
        "行政处罚和行政强制",
        "政府采购",
    ],
)
def test_a_label_that_names_something_else_is_not_bent_to_the_forms(label: str) -> None:
    assert not reported(cells(f"{HEADS_2019}/{label}|1|2|3"))


def test_not_granting_is_no_granting() -> None:
    read = cells(f"|{APPLICANTS}/（三）不予以公开|1|2|3|4|5|6|7/不重复申请|1|2|3|4|5|6|7")
    assert not reported(read)


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("三、本年度办理情况|（一）予以公开", "granted"),
        ("三|本年度办理结果|一）予以公开", "granted"),
        ("（四）无法提拱|1.本机关不掌握相关政府信息", "unavailable_not_held"),
        ("（二）部份公开|（区分处理的，只计这一情形，不计其他情形）", "partially_granted"),
        ("二、上年结转|政府信息公开|申请数量", "carried_in"),
        ("（三）不予公开1.属于国家秘密", "denied_state_secret"),
        ("三、本年度办理结果（一）予以公开", "granted"),
        ("一、本年新收政府信息公开申请数量指2019年", "received"),
        ("（六）其它处理", "other"),
        ("1.信访投诉举报", "rejected_petition"),
        ("（一）予以公开¹", "granted"),
        ("（一）予以公开[¹²]", "granted"),
        ("2.重复申请②", "rejected_repeat"),
        ("②重复申请", "rejected_repeat"),
    ],
)
def test_a_label_is_found_whatever_stands_before_in_or_behind_it(printed: str, key: str) -> None:
    assert values(cells(f"|{APPLICANTS}/{printed}|1|0|0|0|0|0|1"), f"requests.{key}") == [
        1,
        0,
        0,
        0,
        0,
        0,
        1,
    ]


def test_serial_numbers_and_units_beside_the_labels_are_no_values() -> None:
    assert values(cells(f"序号|{HEADS_2019}/1|规章|1|2|3"), "proactive.regulations") == [1, 2, 3]
    assert values(
        cells("信息内容|单位|本年新制作数量|本年新公开数量|对外公开总数量/规章|件|1|2|3"),
        "proactive.regulations",
    ) == [1, 2, 3]


def test_strokes_in_a_total_are_no_heads() -> None:
    read = cells(f"|{APPLICANTS}/三、本年度办理结果|（七）总计|~|~|~|~|~|~|~")
    assert {status for _, status in row(read, "requests.disposed")} == {"not_applicable"}


# ── cut tables, lost heads ────────────────────────────────────────────────────────────────────────


def test_a_table_without_heads_under_its_heading_is_the_forms() -> None:
    rows = f"{RECEIVED}|1|0|0|0|0|0|1/二、上年结转政府信息公开申请数量|0|0|0|0|0|0|0"
    assert values(cells(f"{HEADS_2019}/规章|1|2|3", THREE, rows), "requests.received") == [
        1,
        0,
        0,
        0,
        0,
        0,
        1,
    ]
    fifteen = "|".join("100010000000000")
    assert values(cells(FOUR, fifteen), "disputes.reconsideration") == [1, 0, 0, 0, 1]


def test_a_table_cut_in_two_keeps_its_group_and_its_unit() -> None:
    read = cells(
        f"|{APPLICANTS}/（六）其他处理|2.申请人逾期未按收费通知要求缴纳费用|0|0|0|0|0|0|0",
        "3.其他|1|0|0|0|0|0|1",
        year=2022,
    )
    assert values(read, "requests.other_misc") == [1, 0, 0, 0, 0, 0, 1]
    cell = cells("信息内容|采购项目数量|采购总金额（万元）", "政府集中采购|3|12.5")[
        "proactive.procurement.amount_yuan"
    ]
    assert (float(cell.value or 0), cell.unit) == (125000, "万元")


@pytest.mark.parametrize(
    "head",
    [
        "采购总金额万元",
        "采购总金额~万元",
        "采购总金额（万元",
        "政府采购总金额（万元）",
        "总金额（万元）",
        "采购总额（万元）",
        "采购总金额（单位：万元）",
    ],
)
def test_the_unit_in_the_head_of_an_amount_is_found(head: str) -> None:
    cell = cells(f"信息内容|采购项目数量|{head}/政府集中采购|3|12.5")[
        "proactive.procurement.amount_yuan"
    ]
    assert (float(cell.value or 0), cell.unit, cell.status) == (125000, "万元", "reported")


@pytest.mark.parametrize(
    ("rows", "year", "form"),
    [
        ("规章|1|2|3/行政规范性文件|4|5|6/行政许可|7/行政处罚|8", 2022, "2021"),
        (
            "信息内容|本年制定件数|本年废止数量|现行有效数量/规章|1|2|3/规范性文件|4|5|6",
            2020,
            "2021",
        ),
        (
            (
                "信息内容|本年新|本年新公开|对外公/规章|1|2|3/规范性文件|4|5|6/"
                "其他对外管理服务事项|1|2|3"
            ),
            2022,
            "2019",
        ),
    ],
)
def test_the_form_is_found_by_all_that_the_table_says(rows: str, year: int, form: str) -> None:
    key = {"2019": "proactive.regulations.made", "2021": "proactive.regulations.issued"}[form]
    assert reported(cells("<p>二、主动公开政府信息情况</p>", rows, year=year))[key] == 1


def test_where_nothing_tells_the_form_the_rows_that_differ_are_suspect() -> None:
    read = cells("<p>二、主动公开政府信息情况</p>", "规章|1|2|3/规范性文件|4|5|6", year=2022)
    assert not reported(read)
    assert {status for _, status in row(read, "proactive.regulations")} == {"suspect"}


# ── disputes ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("label", ["件数", "合计", "2020年"])
def test_a_label_and_fourteen_numbers_are_not_fifteen(label: str) -> None:
    read = cells(FOUR, f"{DISPUTES}/{label}|" + "|".join(map(str, range(1, 15))))
    assert not reported(read)


def test_a_row_that_numbers_the_columns_is_none_of_the_form() -> None:
    read = cells(
        FOUR, f"{DISPUTES}/" + "|".join(map(str, range(1, 16))) + "/" + "|".join("100010000000000")
    )
    assert values(read, "disputes.reconsideration") == [1, 0, 0, 0, 1]


def test_the_disputes_in_two_tables_or_upright_are_read() -> None:
    heads = "结果维持|结果纠正|其他结果|尚未审结|总计"
    two = cells(
        FOUR,
        f"c5:行政复议/{heads}/1|0|0|0|1",
        f"c10:行政诉讼/c5:未经复议直接起诉|c5:复议后起诉/{heads}|{heads}/0|2|0|0|2|0|0|3|0|3",
    )
    upright = cells(
        FOUR,
        (
            f"|{heads}/行政复议|1|0|0|0|1/行政诉讼：未经复议直接起诉|0|2|0|0|2/"
            "行政诉讼（复议后起诉）|0|0|3|0|3"
        ),
    )
    for read in (two, upright):
        assert values(read, "disputes.reconsideration") == [1, 0, 0, 0, 1]
        assert values(read, "disputes.litigation_direct") == [0, 2, 0, 0, 2]
        assert values(read, "disputes.litigation_after_reconsideration") == [0, 0, 3, 0, 3]


def test_results_in_another_order_are_suspect() -> None:
    heads = "总计|结果维持|结果纠正|其他结果|尚未审结"
    assert not reported(cells(FOUR, f"|{heads}/行政复议|10|1|2|3|4"))


def test_nothing_printed_in_a_table_is_lost() -> None:
    readings = read_grids(
        page(
            FOUR,
            f"{DISPUTES}/注：均无|1/" + "|".join("0" * 15),
            f"{HEADS_2019}/规章|1|2|3|另有4件待发",
        ).blocks
    )
    assert any("均无" in note for note in readings[0].notes)
    assert any("另有4件待发" in note for note in readings[1].notes)


# ── several tables of one section ─────────────────────────────────────────────────────────────────

OUTCOMES = "结果维持|结果纠正|其他结果|尚未审结|总计"
PARTS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")


@pytest.mark.parametrize(
    "lawsuits",
    ["c10:行政诉讼/c5:未经复议直接起诉|c5:复议后起诉", "行政诉讼 未经复议直接起诉/复议后起诉"],
)
def test_lawsuits_below_the_reconsiderations_in_one_table_are_read(lawsuits: str) -> None:
    rows = f"c5:行政复议/{OUTCOMES}/1|0|0|0|1/{lawsuits}/{OUTCOMES}|{OUTCOMES}/0|2|0|0|2|0|0|3|0|3"
    read = cells(FOUR, rows)
    assert [values(read, f"disputes.{part}") for part in PARTS] == [
        [1, 0, 0, 0, 1],
        [0, 2, 0, 0, 2],
        [0, 0, 3, 0, 3],
    ]


def test_an_empty_row_of_upright_disputes_is_blank_and_not_missing() -> None:
    read = cells(
        FOUR,
        f"|{OUTCOMES}/行政复议||||||/行政诉讼：未经复议直接起诉|0|2|0|0|2".replace(
            "||||||/", "|||||/"
        ),
    )
    assert row(read, "disputes.reconsideration") == [(None, "blank")] * 5
    assert values(read, "disputes.litigation_direct") == [0, 2, 0, 0, 2]


def test_another_years_disputes_with_an_empty_cell_too_many_are_no_less_a_rival() -> None:
    rows = [
        f"{DISPUTES}/" + "|".join(figures) for figures in ("100010000000000", "200020000000000 ")
    ]
    assert not reported(cells(FOUR, *rows))


def test_what_only_one_of_two_rival_tables_has_is_not_trusted() -> None:
    own = f"|{APPLICANTS}/{RECEIVED}|1|0|0|0|0|0|1"
    other = f"|{APPLICANTS}/{RECEIVED}|5|0|0|0|0|0|5/（一）予以公开|4|0|0|0|0|0|4"
    assert not reported(cells(THREE, own, other))
    same = f"|{APPLICANTS}/{RECEIVED}|1|0|0|0|0|0|1/（一）予以公开|4|0|0|0|0|0|4"
    assert values(cells(THREE, own, same), "requests.granted") == [4, 0, 0, 0, 0, 0, 4]


def test_a_row_told_twice_in_other_spellings_is_told_once() -> None:
    read = cells(THREE, f"|{APPLICANTS}/{RECEIVED}|１|0|0|0|0|0|1件/{RECEIVED}|1|0|0|0|0|0|1")
    assert values(read, "requests.received") == [1, 0, 0, 0, 0, 0, 1]
