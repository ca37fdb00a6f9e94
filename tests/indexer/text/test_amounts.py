from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.amounts import ParsedAmount, find_unit, read_amount, read_count


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0", 0),
        ("\xa00 ", 0),
        ("１２", 12),
        ("1,234", 1234),
        ("+5", 5),
        ("-26", -26),
        ("－７", -7),
        ("−3", -3),
        ("9个", 9),
        ("3 件", 3),
        ("[bookmark: _GoBack]9个", 9),
        ("22（其中修订16件）", 22),
        ("\u200b8\ufeff", 8),
        ("15.00", 15),
    ],
)
def test_reads_counts_as_clerks_type_them(raw: str, value: int) -> None:
    assert read_count(raw).value == value
    assert read_count(raw).status == "reported"


@pytest.mark.parametrize(
    "raw",
    [
        "若干",
        "见附件",
        "#REF!",
        "30余",
        "1 5",
        "12,34",
        "3.5",
        "约3",
        "3-5",
        "十",
        "1/2",
        "5（7）",
        "0x1",
        "5①",
        "3²",
        "½",
        "一",
        "٣",
    ],
)
def test_what_is_no_whole_number_is_unreadable_and_has_no_value(raw: str) -> None:
    assert read_count(raw).status == "unreadable"
    assert read_count(raw).value is None


@pytest.mark.parametrize("raw", ["/", "／", "-", "－", "–", "—", "――", "——", "无", " / "])
def test_a_stroke_or_none_is_not_applicable(raw: str) -> None:
    assert read_count(raw).status == "not_applicable"
    assert read_amount(raw).status == "not_applicable"


@pytest.mark.parametrize("raw", ["", " ", "\xa0", "\u3000\n", "[bookmark: _GoBack]", "\u200b"])
def test_an_empty_cell_is_blank_and_never_zero(raw: str) -> None:
    assert read_count(raw).status == "blank"
    assert read_amount(raw).value is None


@pytest.mark.parametrize(
    ("raw", "head", "value", "unit"),
    [
        ("91.4701万元", None, "914701", "万元"),
        ("4.48亿", None, "448000000", "亿"),
        ("180000元", None, "180000", "元"),
        ("180000", None, "180000", None),
        ("477.35", "万元", "4773500", "万元"),
        ("5000元", "万元", "5000", "元"),
        ("￥12.5万元", None, "125000", "万元"),
        ("0", None, "0", None),
        ("0", "万元", "0", None),
        ("1,234.56 万元", None, "12345600", "万元"),
        ("12.345元", None, "12.345", "元"),
    ],
)
def test_reads_amounts_in_yuan(raw: str, head: str | None, value: str, unit: str | None) -> None:
    reading = read_amount(raw, head)
    assert reading.value == Decimal(value)
    assert (reading.status, reading.unit) == ("reported", unit)


@pytest.mark.parametrize("raw", ["约30万元", "30余万元", "1亿2000万元", "3万5千", "若干", "12万8"])
def test_an_amount_that_is_not_plain_is_unreadable(raw: str) -> None:
    assert read_amount(raw).status == "unreadable"


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("采购总金额（万元）", "万元"),
        ("本年收费金额（单位：万元）", "万元"),
        ("采购总金额", None),
        ("金额(元)", "元"),
    ],
)
def test_a_head_gives_its_unit(head: str, unit: str | None) -> None:
    assert find_unit(head) == unit


@given(
    st.integers(min_value=-(10**9), max_value=10**9),
    st.sampled_from(["{}", "{}件", " {} ", "{:,}", "\xa0{}"]),
)
def test_every_whole_number_reads_back(number: int, shape: str) -> None:
    assert read_count(shape.format(number)).value == number


@given(st.text())
def test_no_text_whatever_makes_the_reader_fail_or_a_number_without_digits(text: str) -> None:
    for reading in (read_count(text), read_amount(text)):
        assert (reading.value is not None) == (reading.status == "reported")
        if reading.status == "reported":
            assert any(character.isdigit() or character.isnumeric() for character in text)


@pytest.mark.parametrize(
    ("raw", "value"), [("0（其\n中修订\n0件）", 0), ("12（其中\n修订1\n6件）", 12), ("3\n件", 3)]
)
def test_a_line_break_that_parts_no_digits_is_read_through(raw: str, value: int) -> None:
    assert read_count(raw) == ParsedAmount("reported", value)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("90（信用中国网站）", 90),
        ("7（废止2件）", 7),
        ("7（2件废止）", 7),
        ("7（修订3件、废止2件）", 7),
        ("7件【含转办1件】", 7),
        ("7[网上公开]", 7),
        ("7〔不含街道20件〕", 7),
        ("7（件）", 7),
        ("7（部）", 7),
        ("7（注1）", 7),
        ("7（2）", 7),
        ("0（无此类事项）", 0),
        ("-7（按清单调整）", -7),
        ("7人次", 7),
        ("7件次", 7),
        ("共7件", 7),
        ("7批次", 7),
    ],
)
def test_a_remark_in_brackets_leaves_a_count_as_it_is(raw: str, value: int) -> None:
    assert read_count(raw) == ParsedAmount("reported", value)


@pytest.mark.parametrize(
    "raw",
    [
        "（5）",
        "5（5）",
        "0（0）",
        "5（10）",
        "5[1]",
        "5〔2〕",
        "5（2件）",
        "5（十）",
        "5（二件）",
        "5（②）",
        "5（一）",
        "5（？）",
        "5（）",
        "5（约）",
        "5（左右）",
        "5（余件）",
        "5（预计）",
        "5（待核实）",
        "5（应为6件）",
        "5（有误）",
        "5（更正为六）",
        "5（最多）",
        "5（上年）",
        "5（去年数）",
        "5（2020年）",
        "5（累计数）",
        "5（减少）",
        "5（另有3件）",
        "5（含县级20件）",
        "5（共10件）",
        "5（处罚2，许可3）",
        "5（万元）",
        "5（元）",
        "5（3至7件）",
        "5（网站）（微信）",
        "5（网站",
        "5件（元）",
        "约5",
        "5*",
        "5※",
        "5+3",
        "5-1",
        "5/3",
        "零",
        "〇",
        "5万件",
        "5（部分）",
        "5（1月至6月）",
        "5 信用中国网站",
    ],
)
def test_what_may_make_another_number_of_a_count_leaves_none(raw: str) -> None:
    assert read_count(raw) == ParsedAmount("unreadable")


@pytest.mark.parametrize(
    ("raw", "head", "value", "unit"),
    [
        ("5（万元）", None, "50000", "万元"),
        ("5（单位：万元）", None, "50000", "万元"),
        ("5（元）", "万元", "5", "元"),
        ("5万元（含税）", None, "50000", "万元"),
        ("282.1（全额上缴财政）", "万元", "2821000", "万元"),
        ("282.1（全额上缴财政）", None, "282.1", None),
        ("91.4万元（其中工程80万元）", None, "914000", "万元"),
    ],
)
def test_a_remark_leaves_an_amount_as_it_is_or_gives_its_unit(
    raw: str, head: str | None, value: str, unit: str | None
) -> None:
    assert read_amount(raw, head) == ParsedAmount("reported", Decimal(value), unit)


@pytest.mark.parametrize(
    "raw",
    [
        "5万元（元）",
        "5（10）",
        "5（约）",
        "5万元（含工程80万元）",
        "5（件）",
        "5（废止2件）",
        "（5）",
        "5（2万元）",
        "5万元（上年）",
    ],
)
def test_what_may_make_another_sum_of_an_amount_leaves_none(raw: str) -> None:
    assert read_amount(raw, "万元") == ParsedAmount("unreadable")


@pytest.mark.parametrize("raw", ["1\n2", "1 2", "3（另有\n5件）"])
def test_a_line_break_between_digits_leaves_no_number(raw: str) -> None:
    assert read_count(raw).status == "unreadable"


@pytest.mark.parametrize("stroke", ["∕", "⁄", "－－", "—/—"])
def test_strokes_of_every_font_are_strokes(stroke: str) -> None:
    assert read_count(stroke).status == "not_applicable"


def test_many_line_breaks_between_digits_leave_no_number() -> None:
    assert read_count("5" + "\n" * 3000 + "6").status == "unreadable"


def test_more_digits_than_any_figure_has_are_no_number() -> None:
    assert {
        read_count("9" * 16).status,
        read_amount("9" * 30).status,
        read_amount("1." + "3" * 40).status,
    } == {"unreadable"}
