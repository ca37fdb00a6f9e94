"""Parses the text of a table cell into a status and a number, without ever guessing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from indexer.records import LOST, Number, Status
from indexer.text.converter_marks import drop_bookmarks
from indexer.text.memo import remember_short
from indexer.text.remarks import COUNTING, REMARK, is_remark, parts_of

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0xA0: 0x20,
    0x2028: 0x0A,
    0x2029: 0x0A,
}
"""Full-width forms to ASCII, and nothing else.

NFKC would turn the mark of a footnote (5①, 3²) into a digit of the number.
"""
_STROKES = re.compile(r"[-/\\‐‑‒–—―─━－／∕⁄﹣−]+|无")
_BLANK = re.compile(r"\s+")
_PARTS_NO_DIGITS = re.compile(r"[(\u4e00-\u9fff]")
"""A line break beside a Chinese character or a bracket does not separate digits."""
# No figure of a report has more than 15 digits: a longer one is none.
_NUMBER = (
    r"(?P<sign>[+\-−–]?)\s*"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?P<fraction>\.[0-9]{1,9})?"
)
_OF_WHICH = r"\((?P<of_which>[^()0-9+\-]*?(?:其中|含|包括)[^()]*)\)"
_EXCEPT = re.compile("不[含包计]|除|未含")
_COUNT = re.compile(
    rf"(?P<led>共计?\s*(?=[0-9]))?{_NUMBER}\s*(?:{COUNTING}|件次)?"
    rf"\s*(?P<bracket>{_OF_WHICH}|{REMARK})?"
)
_BARE_BRACKET = re.compile(r"\(\s*[0-9]{1,9}\s*\)")
"""A number in round brackets: where it is smaller, it is a part of the count before it."""

_YUAN: Mapping[str, int] = {
    "元": 1,
    "千元": 1_000,
    "万": 10_000,
    "万元": 10_000,
    "百万元": 1_000_000,
    "千万元": 10_000_000,
    "亿": 100_000_000,
    "亿元": 100_000_000,
}
"""The units of money as cells print them, in yuan."""
# Alternatives are tried in this order: a unit stands before those that it begins with.
_UNIT = "万元|亿元|千元|百万元|千万元|元|万|亿"
_AMOUNT = re.compile(
    rf"(?P<led>¥?￥?(?:人民币)?){_NUMBER}\s*(?P<unit>{_UNIT})?\s*(?P<behind>人民币|整)?"
    rf"\s*(?P<bracket>{REMARK})?"
)
_OWN_UNIT = re.compile(rf"(?:单位\s*:?\s*)?(?:人民币)?\s*(?P<unit>{_UNIT})")
_HEAD_UNIT = re.compile(r"百万元|千万元|千元|万元|亿元|元")


@dataclass(frozen=True, slots=True)
class ParsedAmount:
    """A cell, parsed: `value` is None unless `status` is `reported`.

    `unit` is the unit an amount was printed in. `as_printed` says that the text shows the value
    itself, apart from width, thousands separators and a counting word.
    """

    status: Status
    value: Number | None = None
    unit: str | None = None
    # Not compared: it tells of the spelling, and two spellings of one number say the same.
    as_printed: bool = field(default=True, compare=False, repr=False)


@remember_short
def clean(raw: str) -> str:
    """Return the printed text of a cell.

    Width is folded; the marks of converters, invisible characters and outer white space are gone.

    >>> clean("[bookmark: _GoBack]９个")
    '9个'
    """
    return _INVISIBLE.sub("", drop_bookmarks(raw)).translate(_WIDTH).strip()


@remember_short
def is_number(raw: str) -> bool:
    """Return whether a cell prints a number of any kind, a count or an amount."""
    return read_count(raw).status == "reported" or read_amount(raw).status == "reported"


def is_value(raw: str) -> bool:
    """Return whether a text can stand in a cell for figures: empty, a stroke, or a number."""
    return read_count(raw).status != "unreadable" or is_number(raw)


@remember_short
def read_count(raw: str) -> ParsedAmount:
    """Parse a cell that holds a whole number, perhaps signed.

    >>> read_count("+5"), read_count("22（其中修订16件）").value
    (ParsedAmount(status='reported', value=5, unit=None), 22)
    >>> read_count(" ").status, read_count("30余").status
    ('blank', 'unreadable')
    """
    text = _BLANK.sub(_mend, clean(raw))
    empty = _read_empty(text)
    if empty:
        return empty
    match = _COUNT.fullmatch(text)
    if not match or (match["fraction"] and match["fraction"].strip(".0")):
        return ParsedAmount("unreadable")
    number = int(_digits(match))
    if not _leaves_count(match, number):
        return ParsedAmount("unreadable")
    value = _sign(match) * number
    return ParsedAmount("reported", value, as_printed=_is_as_printed(match, value))


def read_amount(raw: str, head_unit: str | None = None) -> ParsedAmount:
    """Parse a cell that holds a sum of money, in yuan.

    `head_unit` is the unit in the column's head, for a number without its own. Without any unit
    the number stays as printed and `unit` is None: the reader is told, and nothing is multiplied.

    >>> read_amount("91.4701万元")
    ParsedAmount(status='reported', value=Decimal('914701'), unit='万元')
    >>> read_amount("4.48", "亿元").value, read_amount("180000").unit
    (Decimal('448000000'), None)
    """
    text = clean(raw)
    empty = _read_empty(text)
    if empty:
        return empty
    match = _AMOUNT.fullmatch(text)
    if not match:
        return ParsedAmount("unreadable")
    in_bracket = _OWN_UNIT.fullmatch(match["remark"] or "")
    units = {match["unit"], in_bracket["unit"] if in_bracket else None} - {None}
    own_unit = units.pop() if units else None
    # Two units contradict each other.
    if units or not (in_bracket or _leaves_amount(match, own_unit or head_unit)):
        return ParsedAmount("unreadable")
    return _in_yuan(match, own_unit, head_unit)


def _in_yuan(match: re.Match[str], own_unit: str | None, head_unit: str | None) -> ParsedAmount:
    unit = own_unit or head_unit
    value = _plain(_sign(match) * _magnitude(match) * (_YUAN[unit] if unit else 1))
    as_printed = not own_unit and not match["behind"] and _is_as_printed(match, value)
    # A zero is the same in every unit: it does not need the head's.
    return ParsedAmount("reported", value, unit if value else own_unit, as_printed)


def find_unit(head: str) -> str | None:
    """Return the unit that a column's head prints, e.g. `万元` for 采购总金额（万元）, or None.

    A head with a lost character has none: the 万 of 万元 may be what is lost.

    >>> find_unit("采购总金额（单位：万元）"), find_unit("采购总金额")
    ('万元', None)
    """
    match = _HEAD_UNIT.search(clean(head))
    return match[0] if match and LOST not in head else None


def _mend(blank: re.Match[str]) -> str:
    """Return nothing for a line break that separates no digits, and any other blank as it is."""
    beside = blank.string[blank.start() - 1] + blank.string[blank.end()]
    return "" if "\n" in blank[0] and _PARTS_NO_DIGITS.search(beside) else blank[0]


def _leaves_count(match: re.Match[str], number: int) -> bool:
    """Return whether the bracket behind a count is a remark whose parts do not exceed the count."""
    remark = match["remark"] or match["of_which"]
    if remark is None:
        return True
    if _BARE_BRACKET.fullmatch(match["bracket"] or ""):
        return int(remark) < number
    fits = _EXCEPT.search(remark) or all(part <= number for part, _ in parts_of(remark))
    return bool(fits) and (match["remark"] is None or is_remark(remark))


def _leaves_amount(match: re.Match[str], unit: str | None) -> bool:
    """Return whether the bracket behind a sum of money is a remark whose parts are smaller sums."""
    remark = match["remark"]
    if remark is None:
        return True
    yuan = _magnitude(match) * _YUAN[unit or "元"]
    are_smaller = all(
        part_unit in _YUAN and part * _YUAN[part_unit] <= yuan
        for part, part_unit in parts_of(remark)
    )
    return are_smaller and is_remark(remark) and not re.fullmatch(COUNTING, remark)


def _read_empty(text: str) -> ParsedAmount | None:
    if not text:
        return ParsedAmount("blank")
    return ParsedAmount("not_applicable") if _STROKES.fullmatch(text) else None


def _digits(match: re.Match[str]) -> str:
    return match["digits"].replace(",", "")


def _magnitude(match: re.Match[str]) -> Decimal:
    return Decimal(_digits(match) + (match["fraction"] or ""))


def _sign(match: re.Match[str]) -> int:
    return -1 if match["sign"] in ("-", "−", "–") else 1


def _is_as_printed(match: re.Match[str], value: Number) -> bool:
    """Return whether the matched number shows its value, with nothing before it and no bracket.

    A dash before it (–5) is no plain minus sign: the page says that it was read as one.
    """
    sign = {"+": "", "−": "-"}.get(match["sign"], match["sign"])
    is_alone = not match["led"] and not match["bracket"]
    return is_alone and f"{sign}{_digits(match)}{match['fraction'] or ''}" == str(value)


def _plain(value: Decimal) -> Decimal:
    """Return the same number without an exponent and without trailing zeros."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
