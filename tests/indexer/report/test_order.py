"""Tables whose columns, rows or parts stand in another order than the form's: read by their heads, or not trusted."""

from __future__ import annotations

import pytest

from tests.small_tables import APPLICANTS, RECEIVED, THREE, cells, reported, values

ORGANISATIONS = "商业企业|科研机构|社会公益组织|法律服务机构|其他"


@pytest.mark.parametrize(
    ("heads", "figures"),
    [
        ("r3:|c7:申请人情况/r2:总计|r2:自然人|c5:法人或其他组织/" + ORGANISATIONS, "21|1|2|3|4|5|6"),
        ("r3:|c7:申请人情况/c5:法人或其他组织|r2:自然人|r2:总计/" + ORGANISATIONS, "2|3|4|5|6|1|21"),
        (
            "r3:|c7:申请人情况/r2:自然人|c5:法人或其他组织|r2:总计/其他|法律服务机构|社会公益组织|科研机构|商业企业",
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
    heads = "r3:|c7:申请人情况/r2:总计|r2:自然人|c5:法人或其他组织/工商户|科研机构|社会公益组织|法律服务机构|其他"
    assert not reported(cells(THREE, f"{heads}/{RECEIVED}|21|1|2|3|4|5|6"))


def test_heads_in_the_forms_order_are_trusted_though_one_of_them_is_unknown() -> None:
    heads = f"r3:|c7:申请人情况/r2:自然人|c5:法人或其他组织|r2:总计/{ORGANISATIONS.replace('商业企业', '工商户')}"
    assert values(cells(THREE, f"{heads}/{RECEIVED}|1|2|3|4|5|6|21"), "requests.received") == [1, 2, 3, 4, 5, 6, 21]
    assert values(cells(THREE, f"|{APPLICANTS}/{RECEIVED}|1|2|3|4|5|6|21"), "requests.received")[-1] == 21
