from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.amounts import Reading, find_unit, read_amount, read_count


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
    [("采购总金额（万元）", "万元"), ("本年收费金额（单位：万元）", "万元"), ("采购总金额", None), ("金额(元)", "元")],
)
def test_a_head_gives_its_unit(head: str, unit: str | None) -> None:
    assert find_unit(head) == unit


@given(st.integers(min_value=-(10**9), max_value=10**9), st.sampled_from(["{}", "{}件", " {} ", "{:,}", "\xa0{}"]))
def test_every_whole_number_reads_back(number: int, shape: str) -> None:
    assert read_count(shape.format(number)).value == number


@given(st.text())
def test_no_text_whatever_makes_the_reader_fail_or_a_number_without_digits(text: str) -> None:
    for reading in (read_count(text), read_amount(text)):
        assert (reading.value is not None) == (reading.status == "reported")
        if reading.status == "reported":
            assert any(character.isdigit() or character.isnumeric() for character in text)


@pytest.mark.parametrize(("raw", "value"), [("0（其\n中修订\n0件）", 0), ("12（其中\n修订1\n6件）", 12), ("3\n件", 3)])
def test_a_line_break_that_parts_no_digits_is_read_through(raw: str, value: int) -> None:
    assert read_count(raw) == Reading("reported", value)


@pytest.mark.parametrize("raw", ["1\n2", "1 2", "3（另有\n5件）"])
def test_a_line_break_between_digits_leaves_no_number(raw: str) -> None:
    assert read_count(raw).status == "unreadable"


@pytest.mark.parametrize("stroke", ["∕", "⁄", "－－", "—/—"])
def test_strokes_of_every_font_are_strokes(stroke: str) -> None:
    assert read_count(stroke).status == "not_applicable"


def test_many_line_breaks_between_digits_leave_no_number() -> None:
    assert read_count("5" + "\n" * 3000 + "6").status == "unreadable"


def test_more_digits_than_any_figure_has_are_no_number() -> None:
    assert {read_count("9" * 16).status, read_amount("9" * 30).status, read_amount("1." + "3" * 40).status} == {
        "unreadable"
    }
