from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.numerals import parse_number

DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """The usual numeral of a number below ten thousand, by hand, as an oracle."""
    out, zero = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            out += ("零" if zero and out else "") + DIGITS[digit] + name
            zero = False
        else:
            zero = True
    return out or "零"


@given(st.integers(0, 9999))
def test_chinese_numerals_are_read_as_they_are_written(number: int) -> None:
    assert parse_number(in_chinese(number)) == number
    assert parse_number(str(number)) == number


@pytest.mark.parametrize("text", ["十百", "百", "万", "五六", "一十千"])
def test_what_is_no_numeral_is_no_number(text: str) -> None:
    assert parse_number(text) is None
