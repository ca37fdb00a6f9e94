"""Tells remarks in brackets behind a number from those that change the number."""

from __future__ import annotations

import re
from decimal import Decimal

from indexer.text.memo import remember_short

COUNTING = "(?:[个件条项份宗起例部本篇类家人批户名笔则]次?|次)"
"""A pattern for one counting word behind a figure: 9例, 9件, 9人次."""
_HAN = re.compile("[\u4e00-\u9fff]")
_NOTE = re.compile(r"(?:见|详见)?(?:备?注|附注)\s*[0-9]{0,2}")
_DOUBTS = re.compile(
    "约|余|多|近|左右|上下|大概|估|预计|预估|暂|待|核实|未核|不详|不明|不清|不确|不准"
    "|以上|以下|至少|至多|最|不足|不到|超|逾|几|若干"
    "|更正|改为|修正|订正|应为|应是|应当|应该|实为|实际|实有|原|误|错|而非|不是|并非"
    "|另|加|减|负|降|少|(?<!新)增|^部分$"
    "|上一?年|去年|往年|上期|同期|历年|累计|不适用|无法|作废|合计|总计|小计|共"
)
"""Words that may mark the number as inexact, wrong, partial, or another cell's."""
_BRACKETS = "()\\[\\]【】〔〕〖〗{}"
_NUMERALS = re.compile(rf"第?[一二三四五六七八九十百千零〇两○]+{COUNTING}?")
_PART = re.compile(
    r"(?<=[\u4e00-\u9fff])\s*(?P<number>[0-9]{1,9}(?:\.[0-9]{1,6})?)"
    rf"\s*(?P<unit>{COUNTING}|[千百]?万元|亿元|千元|元)"
    rf"|(?P<led>[0-9]{{1,9}})\s*(?P<led_unit>{COUNTING})(?=[\u4e00-\u9fff])"
)
"""A part of the number: a figure with its unit, a word before or behind (废止2件, 2件废止)."""
_MONEY = re.compile("[万千亿]元|单位|人民币|^元$")

REMARK = rf"[(\[【〔〖]\s*(?P<remark>[^{_BRACKETS}。]{{1,60}}?)\s*[)\]】〕〗]"
"""A pattern for a remark in brackets of any kind, in a text whose width is folded."""


@remember_short
def is_remark(text: str) -> bool:
    """Return whether words in brackets behind a number surely leave the number as it is.

    A second number that could replace the first, a unit of money, or a word of doubt is no remark.

    >>> is_remark("信用中国网站"), is_remark("废止2件"), is_remark("10"), is_remark("万元")
    (True, True, False, False)
    >>> is_remark("上年"), is_remark("约")
    (False, False)
    """
    if _NOTE.fullmatch(text) or re.fullmatch(COUNTING, text):
        return True
    if len(_HAN.findall(text)) < 2 or _DOUBTS.search(text) or _NUMERALS.fullmatch(text):
        return False
    rest = _PART.sub("", text)
    # Chinese numerals are numeric too, but they occur in words (一般, 三公).
    has_number = any(char.isnumeric() and not _HAN.match(char) for char in rest)
    return not has_number and not _MONEY.search(rest)


def parts_of(text: str) -> list[tuple[Decimal, str]]:
    """Return the numbers in a remark with their units.

    >>> parts_of("含修订2件、废止1件")
    [(Decimal('2'), '件'), (Decimal('1'), '件')]
    """
    return [
        (Decimal(match["number"] or match["led"]), match["unit"] or match["led_unit"])
        for match in _PART.finditer(text)
    ]
