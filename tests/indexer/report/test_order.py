"""Tables whose columns, rows or parts stand in another order than the form's: read by their heads,
or not trusted.
"""

from __future__ import annotations

import pytest

from tests.small_tables import (
    APPLICANTS,
    FOUR,
    HEADS_2019,
    RECEIVED,
    THREE,
    cells,
    reported,
    row,
    values,
)

ORGANISATIONS = "商业企业|科研机构|社会公益组织|法律服务机构|其他"


@pytest.mark.parametrize(
    ("heads", "figures"),
    [
        (
            "r3:|c7:申请人情况/r2:总计|r2:自然人|c5:法人或其他组织/" + ORGANISATIONS,
            "21|1|2|3|4|5|6",
        ),
        (
            "r3:|c7:申请人情况/c5:法人或其他组织|r2:自然人|r2:总计/" + ORGANISATIONS,
            "2|3|4|5|6|1|21",
        ),
        (
            (
                "r3:|c7:申请人情况/r2:自然人|c5:法人或其他组织|r2:总计/其他|法律服务机构|"
                "社会公益组织|科研机构|商业企业"
            ),
            "1|6|5|4|3|2|21",
        ),
        ("|申请人情况/总计|自然人|法人或其他组织/" + ORGANISATIONS, "21|1|2|3|4|5|6"),
        ("|总计|其他|法律服务机构|社会公益组织|科研机构|商业企业|自然人", "21|6|5|4|3|2|1"),
    ],
)
def test_applicants_in_another_order_are_read_by_their_heads(heads: str, figures: str) -> None:
    read = cells(THREE, f"{heads}/{RECEIVED}|{figures}")
    assert values(read, "requests.received") == [1, 2, 3, 4, 5, 6, 21]


def test_a_total_before_organisations_whose_heads_are_not_all_known_is_not_trusted() -> None:
    heads = (
        "r3:|c7:申请人情况/r2:总计|r2:自然人|c5:法人或其他组织/工商户|科研机构|社会公益组织|"
        "法律服务机构|其他"
    )
    assert not reported(cells(THREE, f"{heads}/{RECEIVED}|21|1|2|3|4|5|6"))


def test_heads_in_the_forms_order_are_trusted_though_one_of_them_is_unknown() -> None:
    heads = (
        "r3:|c7:申请人情况/r2:自然人|c5:法人或其他组织|r2:总计/"
        f"{ORGANISATIONS.replace('商业企业', '工商户')}"
    )
    assert values(cells(THREE, f"{heads}/{RECEIVED}|1|2|3|4|5|6|21"), "requests.received") == [
        1,
        2,
        3,
        4,
        5,
        6,
        21,
    ]
    assert (
        values(cells(THREE, f"|{APPLICANTS}/{RECEIVED}|1|2|3|4|5|6|21"), "requests.received")[-1]
        == 21
    )


def test_the_order_of_the_heads_holds_for_the_rest_of_a_table_that_was_cut() -> None:
    three_rows = "r3:|c7:申请人情况/r2:总计|r2:自然人|c5:法人或其他组织/" + ORGANISATIONS
    granted = "（一）予以公开|21|1|2|3|4|5|6"
    read = cells(THREE, f"{three_rows}/{RECEIVED}|21|1|2|3|4|5|6", granted)
    assert values(read, "requests.granted") == [1, 2, 3, 4, 5, 6, 21]
    narrower = cells(
        THREE, f"{three_rows.replace('r3:|', 'c2:|')}/c2:{RECEIVED}|21|1|2|3|4|5|6", granted
    )
    assert {status for _, status in row(narrower, "requests.granted")} == {"suspect"}
    turned = cells("信息内容|对外公开总数量|本年新公开数量|本年新制作数量", "c2:规章|3|2|1")
    assert values(turned, "proactive.regulations") == [1, 2, 3]


DISPUTED = "1|0|0|0|1|0|2|0|0|2|0|0|3|0|3"
OUTCOMES = "结果维持|结果纠正|其他结果|尚未审结|总计"


@pytest.mark.parametrize(
    "heads",
    [
        (
            f"c10:行政诉讼|c5:行政复议/c5:未经复议直接起诉|c5:复议后起诉/{OUTCOMES}|{OUTCOMES}|"
            f"{OUTCOMES}"
        ),
        (
            f"c5:行政复议|c10:行政诉讼/c5:|c5:复议后起诉|c5:未经复议直接起诉/{OUTCOMES}|"
            f"{OUTCOMES}|{OUTCOMES}"
        ),
    ],
)
def test_numbers_under_disputes_in_another_order_are_not_trusted(heads: str) -> None:
    assert not reported(cells(FOUR, f"{heads}/{DISPUTED}"))


def test_disputes_upright_are_read_by_their_labels_in_any_order() -> None:
    read = cells(
        FOUR, f"|{OUTCOMES}/复议后起诉|0|0|3|0|3/未经复议直接起诉|0|2|0|0|2/行政复议|1|0|0|0|1"
    )
    assert values(read, "disputes.litigation_after_reconsideration") == [0, 0, 3, 0, 3]
    assert values(read, "disputes.reconsideration") == [1, 0, 0, 0, 1]


def test_a_serial_number_beside_the_heads_leaves_them_heads() -> None:
    cell = cells("1|信息内容|本年收费金额（单位：万元）/2|行政事业性收费|12.5", year=2022)[
        "proactive.fees.amount_yuan"
    ]
    assert (cell.value, cell.unit) == (125000, "万元")
    assert values(cells(f"1|{HEADS_2019}/2|规章|1|2|3"), "proactive.regulations") == [1, 2, 3]
