"""Chinese numerals as numbers, for counts in the prose, dates, years and queries."""

from __future__ import annotations

import re
from collections.abc import Mapping

HAN_DIGITS = "零〇○一二三四五六七八九"
"""The Chinese digits, with the three ways to write zero first."""

DIGITS: Mapping[str, int] = dict(zip(HAN_DIGITS, (0, 0, 0, *range(1, 10)), strict=True))
"""The value of each Chinese digit."""

_DIGITS_OF_COUNTS = {**DIGITS, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}


def parse_number(text: str) -> int | None:
    """Return the whole number that digits or Chinese numerals write, None if they write none.

    >>> parse_number("1,205"), parse_number("三十九"), parse_number("一百零五")
    (1205, 39, 105)
    >>> parse_number("十百") is None
    True
    """
    plain = re.sub("[,，]", "", text)
    if re.fullmatch(r"[0-9０-９]+", plain):
        return int(plain)
    high, _, low = plain.rpartition("万")
    if not high:
        return None if plain.startswith("万") else _parse_below_ten_thousand(low)
    tens, ones = _parse_below_ten_thousand(high), _parse_below_ten_thousand(low) if low else 0
    return None if tens is None or ones is None else tens * 10_000 + ones


def _parse_below_ten_thousand(text: str) -> int | None:
    """Return the number of numerals without 万; None unless their places descend (三百零五)."""
    total, digit, last = 0, None, 10_000
    for character in text:
        if character in _DIGITS_OF_COUNTS:
            if digit:
                return None
            digit = _DIGITS_OF_COUNTS[character]
            continue
        place = _PLACES.get(character, last)
        # Only 十 may stand without a digit before it, and only at the beginning: 十二.
        if place >= last or not (digit or (character == "十" and total == 0)):
            return None
        total, digit, last = total + (digit or 1) * place, None, place
    return total + (digit or 0)
