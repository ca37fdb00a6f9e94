from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from webapp.typography import break_words


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("息陬镇人民政府2019年信息公开年度报告", "息陬镇|人民政府|2019年|信息公开|年度报告"),
        ("五、存在的主要问题及改进情况", "五、|存在的|主要|问题及|改进情况"),
        ("社会公益组织", "社会|公益|组织"),
        ("（三）不予公开", "（三）|不予公开"),
        ("本年增/减", "本年增/减"),
        ("", ""),
    ],
)
def test_a_line_may_break_after_a_word_and_not_before_a_sign(text: str, broken: str) -> None:
    assert break_words(text).replace("<wbr>", "|") == broken


def test_a_narrow_column_may_break_a_long_word_in_two() -> None:
    assert break_words("科研机构", fine=True) == "科研<wbr>机构"
    assert break_words("总计", fine=True) == "总计"


def test_no_line_begins_with_a_middle_dot() -> None:
    assert "\u2060·" in break_words("行政诉讼·总计")


@given(st.text(max_size=40))
def test_a_heading_is_never_changed_nor_markup(text: str) -> None:
    assert break_words(text).replace("<wbr>", "").replace("\u2060", "") == str(escape(text)).replace("\u2060", "")
