"""What a clerk typed into a cell → its status and its number. Nothing is ever guessed into a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from indexer.records import Number, Status
from indexer.text.memo import remember_short
from indexer.text.remarks import COUNTING, REMARK, is_remark, parts_of

_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0xA0: 0x20,
    0x2028: 0x0A,
    0x2029: 0x0A,
}
"""Full-width forms to ASCII and nothing else: folding more would read a footnote mark (5①, 3²) as a digit."""
_STROKES = re.compile(r"[-/\\‐‑‒–—―─━－／∕⁄﹣−]+|无")
_BLANK = re.compile(r"\s+")
_PARTS_NOTHING = re.compile(r"[(\u4e00-\u9fff]")
"""A line break beside a Chinese character or a bracket parts no digits."""
_NUMBER = r"(?P<sign>[+\-−–]?)\s*(?P<digits>[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?P<fraction>\.[0-9]{1,9})?"
"""No figure of a report has more digits: what has is none."""
_OF_WHICH = r"\((?P<of_which>[^()0-9+\-]*?(?:其中|含|包括)[^()]*)\)"
_EXCEPT = re.compile("不[含包计]|除|未含")
_COUNTED = re.compile(
    rf"(?:共计?\s*(?=[0-9]))?{_NUMBER}\s*(?:{COUNTING}|件次)?\s*(?P<bracket>{_OF_WHICH}|{REMARK})?"
)
_SMALLER = re.compile(r"\(\s*[0-9]{1,9}\s*\)")
"""A number in round brackets: where it is smaller, it is a part of the count before it."""
_UNIT = "万元|亿元|千元|百万元|千万元|元|万|亿"
_AMOUNT = re.compile(_NUMBER + rf"\s*(?P<unit>{_UNIT})?\s*(?:人民币|整)?\s*(?:{REMARK})?")
_OWN_UNIT = re.compile(rf"(?:单位\s*:?\s*)?(?:人民币)?\s*(?P<unit>{_UNIT})")
_HEAD_UNIT = re.compile(r"百万元|千万元|千元|万元|亿元|元")
_MULTIPLES = {
    "元": 1,
    "千元": 1_000,
    "万": 10_000,
    "万元": 10_000,
    "百万元": 1_000_000,
    "千万元": 10_000_000,
    "亿": 100_000_000,
    "亿元": 100_000_000,
}


@dataclass(frozen=True, slots=True)
class ParsedAmount:
    """What a cell says: `value` is None unless `status` is `reported`; `unit` is the unit an amount was printed in."""

    status: Status
    value: Number | None = None
    unit: str | None = None


@remember_short
def clean(raw: str) -> str:
    """Return what is printed in a cell, with width folded and the marks of converters, invisible characters and edges gone.

    >>> clean("[bookmark: _GoBack]９个")
    '9个'
    """
    return _INVISIBLE.sub("", _BOOKMARK.sub("", raw)).translate(_WIDTH).strip()


@remember_short
def is_number(raw: str) -> bool:
    """Say whether a number of any kind is printed, as a count or as an amount."""
    return read_count(raw).status == "reported" or read_amount(raw).status == "reported"


def is_value(raw: str) -> bool:
    """Say whether this can stand in a cell for figures: empty, a stroke, or a number."""
    return read_count(raw).status != "unreadable" or is_number(raw)


@remember_short
def read_count(raw: str) -> ParsedAmount:
    """Read a cell that holds a whole number, perhaps signed.

    >>> read_count("+5"), read_count("22（其中修订16件）").value, read_count(" ").status, read_count("30余").status
    (Reading(status='reported', value=5, unit=None), 22, 'blank', 'unreadable')
    """
    text = _BLANK.sub(_mend, clean(raw))
    empty = _read_empty(text)
    if empty:
        return empty
    match = _COUNTED.fullmatch(text)
    if not match or (match["fraction"] and match["fraction"].strip(".0")):
        return ParsedAmount("unreadable")
    number = int(match["digits"].replace(",", ""))
    if not _leaves_count(match, number):
        return ParsedAmount("unreadable")
    return ParsedAmount("reported", _sign(match) * number)


def read_amount(raw: str, head_unit: str | None = None) -> ParsedAmount:
    """Read a cell that holds a sum of money, in yuan. `head_unit` is the unit printed in the column's head, for a bare number.

    Without any unit the number stands as printed, with `unit` None: the reader is told, and nothing is multiplied.

    >>> read_amount("91.4701万元")
    ParsedAmount(status='reported', value=Decimal('914701'), unit='万元')
    >>> read_amount("4.48", "亿元").value, read_amount("180000").unit
    (Decimal('448000000'), None)
    """
    text = clean(raw)
    empty = _read_empty(text)
    if empty:
        return empty
    match = _AMOUNT.fullmatch(text.removeprefix("¥").removeprefix("￥").removeprefix("人民币"))
    if not match:
        return ParsedAmount("unreadable")
    number = _sign(match) * Decimal(match["digits"].replace(",", "") + (match["fraction"] or ""))
    bracketed = _OWN_UNIT.fullmatch(match["remark"] or "")
    if bracketed and match["unit"] not in (None, bracketed["unit"]):
        return ParsedAmount("unreadable")
    unit = match["unit"] or (bracketed["unit"] if bracketed else head_unit)
    if not bracketed and not _leaves_amount(
        match["remark"], abs(number) * _MULTIPLES[unit or "元"]
    ):
        return ParsedAmount("unreadable")
    value = number * _MULTIPLES[unit] if unit else number
    return ParsedAmount(
        "reported", _plain(value), unit if value or match["unit"] or bracketed else None
    )


def find_unit(head: str) -> str | None:
    """Return the unit that a column's head prints, e.g. `万元` for 采购总金额（万元）, or None.

    A head with a lost character has none: the 万 of 万元 may be what is lost.

    >>> find_unit("采购总金额（单位：万元）"), find_unit("采购总金额")
    ('万元', None)
    """
    match = _HEAD_UNIT.search(clean(head))
    return match[0] if match and "\ufffd" not in head else None


def _mend(blank: re.Match[str]) -> str:
    """Return nothing for a line break that parts no digits, and any other blank as it is."""
    beside = blank.string[blank.start() - 1] + blank.string[blank.end()]
    return "" if "\n" in blank[0] and _PARTS_NOTHING.search(beside) else blank[0]


def _leaves_count(match: re.Match[str], number: int) -> bool:
    """Say whether the bracket behind a count is a remark whose parts do not exceed the count."""
    remark = match["remark"] or match["of_which"]
    if remark is None:
        return True
    if _SMALLER.fullmatch(match["bracket"] or ""):
        return int(remark) < number
    fits = _EXCEPT.search(remark) or all(part <= number for part, _ in parts_of(remark))
    return bool(fits) and (match["remark"] is None or is_remark(remark))


def _leaves_amount(remark: str | None, yuan: Decimal) -> bool:
    """Say whether the bracket behind a sum of money is a remark whose parts are smaller sums."""
    if remark is None:
        return True
    parts = parts_of(remark)
    money = all(unit in _MULTIPLES and part * _MULTIPLES[unit] <= yuan for part, unit in parts)
    return money and is_remark(remark) and not re.fullmatch(COUNTING, remark)


def _read_empty(text: str) -> ParsedAmount | None:
    if not text:
        return ParsedAmount("blank")
    return ParsedAmount("not_applicable") if _STROKES.fullmatch(text) else None


def _sign(match: re.Match[str]) -> int:
    return -1 if match["sign"] in ("-", "−", "–") and match["sign"] else 1


def _plain(value: Decimal) -> Decimal:
    """Return the same number without an exponent or idle zeros."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
