from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from webapp.shapes.figure_panel import FigureGroup
from webapp.views.template_filters import break_words, write_options


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
    assert break_words(text).replace("<wbr>", "").replace("\u2060", "") == str(
        escape(text)
    ).replace("\u2060", "")


def test_the_options_are_written_with_the_chosen_one_marked_and_nothing_in_them_taken_for_markup():
    groups = (
        FigureGroup("申请&", (("a", "新收<b>"), ("b", "结转"))),
        FigureGroup("诉讼", (("c", "总计"),)),
    )
    assert write_options(groups, "b") == (
        '<optgroup label="申请&amp;"><option value="a">新收&lt;b&gt;</option>'
        '<option value="b" selected>结转</option>'
        '</optgroup><optgroup label="诉讼"><option value="c">总计</option></optgroup>'
    )
    assert "selected" not in write_options(groups, "d")
