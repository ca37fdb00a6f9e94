"""The numbers that people type: digits, Chinese numerals and amounts, with their units."""

from __future__ import annotations

import math
import re

from indexer.search.language.comparison_wordings import DATE, UNIT
from indexer.text.amounts import read_amount, read_count
from indexer.text.folding import fold
from indexer.text.numerals import parse_number

MAX_NUMBER_LENGTH = 20
"""A longer number is more than any report prints."""

_PERCENT = re.compile("[%‰]|百分|成$|倍$")
_DATED = re.compile(rf"({DATE})|(\d{{4}})年度?$")
_COUNTED = re.compile(rf"(?P<number>.*?)\s?(?:{UNIT})*")
_LARGE = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s?(?P<by>[十百千])(?P<more>[万亿]?)元?")
_FACTORS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "": 1}
_HAN_NUMBER = re.compile("[零〇一二两三四五六七八九十百千万]+")


def is_percentage(written: str) -> bool:
    """Say whether a value is a share or a multiple: 15%, 百分之三, 两成, 三倍."""
    return bool(_PERCENT.search(fold(written)))


def is_date(written: str) -> bool:
    """Say whether a value begins with a date, or is a year."""
    return bool(_DATED.match(fold(written)))


def read_number(written: str) -> float | None:
    """Return a number as a cell may print it, an amount in yuan.

    Infinite where it is too large for any report.
    """
    if len(written) > MAX_NUMBER_LENGTH:
        return math.inf if re.fullmatch(r"[+-]?[\d.,]+", fold(written)) else None
    for parsed in (read_count(written), read_amount(written)):
        if parsed.status == "reported" and parsed.value is not None:
            return float(parsed.value)
    return None


def read_value(written: str) -> float | None:
    """Return a number as a person types it: with any counting word, or in Chinese numerals.

    >>> read_value("1,000"), read_value("三件"), read_value("15%"), read_value("2人次")
    (1000.0, 3.0, None, 2.0)
    >>> read_value("1.5千件")
    1500.0
    """
    number = read_number(written)
    is_other = len(written) > MAX_NUMBER_LENGTH or is_percentage(written) or is_date(written)
    if number is not None or is_other:
        return number
    plain = fold(written)
    counted = _COUNTED.fullmatch(plain)
    bare = counted["number"] if counted else ""
    if bare and bare != plain and not re.search("[万亿元]", plain):
        return read_value(bare)
    large = _LARGE.fullmatch(plain)
    if large:
        factor = _FACTORS[large["by"]] * _FACTORS[large["more"]]
        return round(float(large["number"]) * factor, 6)
    return _read_numeral(plain)


def _read_numeral(plain: str) -> float | None:
    if not _HAN_NUMBER.fullmatch(plain):
        return None
    numeral = parse_number(f"一{plain}" if plain[0] in "百千万" else plain)
    return None if numeral is None else float(numeral)
