"""Parses years and dates as clerks print them: the statistical period, the year of the prose.

All functions take folded text (`text.fold`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeAlias

from indexer.text.folding import PAGE_MARK
from indexer.text.numerals import DIGITS, parse_number

_YEAR_DIGITS = {digit: str(value) for digit, value in DIGITS.items()} | {
    "o": "0",
    **{digit: digit for digit in "0123456789"},
}
"""The digits of a printed year; a Latin o is typed for 〇."""
_HAN_YEAR = "[一二][〇○零o0一二三四五六七八九]{3}"
YEAR = rf"(?:(?<!\d)20\d\d|{_HAN_YEAR})"
"""A pattern for a year as printed, in digits or in Chinese numerals."""

_ACADEMIC = re.compile(
    rf"(?<!\d)(?P<from>20\d\d|{_HAN_YEAR})(?:年|学年)?度? ?[-—–─~～至到/、]+ ?"
    rf"(?P<to>20\d\d|\d\d(?!\d)|{_HAN_YEAR})年?学年"
    rf"|(?<!\d)(?P<alone>20\d\d|{_HAN_YEAR})年?学年"
)
"""An academic year: 2020-2021学年, 2020—21学年度, or 2020学年, which names one of its two years."""

ACADEMIC = (
    rf"(?<!\d)(?:20\d\d|{_HAN_YEAR})(?:年|学年)?度?"
    rf"(?: ?[-—–─~～至到/、]+ ?(?:20\d\d|\d\d(?!\d)|{_HAN_YEAR}))?年?学年度?"
)
"""A pattern for an academic year as printed."""

_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])"
_DAY = (
    r"(?:3[01]|[12]\d|0?[1-9]"
    r"|[二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
)
_START = (
    rf"(?P<y1>{YEAR})(?:年(?:度?[(,:]|度)?|[./ -])?"
    rf"(?P<m1>{_MONTH})[月./ -](?P<d1>{_DAY})(?!\d)[日号]?"
)
_END = (
    rf"(?:(?P<y2>{YEAR})(?:年|[./ -])?)?(?:(?:当年|同年|本年)度?)?"
    rf"(?P<m2>{_MONTH})[月./ -](?P<d2>{_DAY})(?!\d)[日号]?"
)
_HOUR = r"(?:\(含\))?(?:零时|零点|0时|0点|0?0:00(?::00)?)?(?:\(含\))?"
_SPAN = re.compile(
    rf"{_START}{_HOUR}(?:起算?|开始|始)?,?(?:截?至|到|止于|迄|截止[到至]?|[-—–─~～]+)(?:至|到)?{_END}"
)
_MONTHS = re.compile(
    rf"(?P<y1>{YEAR})年(?P<m1>{_MONTH})(?:月份?)?(?:起|开始)?(?:至|到|[-—–─~～]+)"
    rf"(?:(?P<y2>{YEAR})年)?(?P<m2>{_MONTH})月(?![\d一二三四五六七八九十])"
)
DATE = re.compile(rf"(?P<y>{YEAR})[年./-](?P<m>{_MONTH})[月./-](?P<d>{_DAY})(?!\d)[日号]?")
"""A pattern for a date as printed."""

_STATES_PERIOD = re.compile(
    "统计(?!局|调查|科|股|处|部门|年鉴|学会|法)|数据(?!局|中心|资源|管理)"
    "|期限|时限|时间(?:跨度|范围)|报告期|涵盖|期间的政府信息公开"
)
_MAY_STATE = re.compile("[统数期时报涵]")
_MAX_SENTENCE_LENGTH = 240
"""Characters of a sentence over several lines that are read."""
_MAX_DISTANCE = 40
"""Characters between the word that states a period and the period, over several lines."""

_REST_OF_DAY = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:[日号止。;,]|$)")
_SENTENCE_END = re.compile("[。;]")
_SENTENCE = re.compile(r"[^。;\n]+")
_SENTENCE_BEGUN = re.compile(r"[^。;\n]*$")
_TELLS_YEAR = re.compile(
    rf"(?:现将|现就|公布|公开|报告|总结|发布|特)[^。;\n《〔]{{0,30}}?(?P<year>{YEAR})年(?!{_MONTH}[月至到-])"
)
_YEAR_IN_PROSE = re.compile(rf"(?P<year>{YEAR})年(?!(?:\d|[一二三四五六七八九十]){{1,2}}月)")
_MIN_DAYS_OF_SEVERAL_YEARS = 700
_ReadSpan: TypeAlias = Callable[[re.Match[str]], tuple[date, date] | None]
_QUOTED = re.compile(r"《[^》]*》|\([^()]*(?:号|令)[^()]*\)|〔[^〕]*〕号?")
_NOT_OF_THE_YEAR = re.compile(
    rf"(?:转|转入|转到|转至|延至|顺延至?){YEAR}年|{YEAR}年度?(?=结转|转入|(?:的)?(?:重点)?工作(?:计划|思路|打算|要点|安排)|(?:政务公开)?工作要点)"
)
"""Years to or from which something is carried, or for which something is planned."""


def parse_year(printed: str) -> int | None:
    """Return a printed year as a number, or None if it is no year of such reports.

    >>> parse_year("2019"), parse_year("二○一九"), parse_year("1019")
    (2019, 2019, None)
    """
    if len(printed) != 4 or not _YEAR_DIGITS.keys() >= set(printed):
        return None
    year = int("".join(_YEAR_DIGITS[character] for character in printed))
    return year if 2000 <= year < 2100 else None


def is_academic(text: str) -> bool:
    """Return whether a folded text speaks of an academic year."""
    return _ACADEMIC.search(text) is not None


def find_academic_year(text: str) -> int | None:
    """Return the year in which the academic year of a folded text ends.

    None is returned if it names none, or only one of the two years.

    >>> find_academic_year("2020-2021学年"), find_academic_year("2020—21学年度")
    (2021, 2021)
    >>> find_academic_year("2020学年") is None
    True
    """
    for match in _ACADEMIC.finditer(text):
        first, last = parse_year(match["from"] or ""), match["to"] or ""
        second = parse_year(f"{first // 100}{last}" if first and len(last) == 2 else last)
        if first and second == first + 1:
            return first + 1
    return None


def find_period(texts: Sequence[str]) -> tuple[date, date] | None:
    """Return the first statistical period (统计期限) that is stated with two valid dates.

    A second date without a year is of the first one's. Only a sentence that speaks of statistics,
    data or a term states a period: prose is full of other spans. The sentence may be broken over
    several lines anywhere, as in the text of a PDF.
    """
    lines = [text for text in texts if not PAGE_MARK.fullmatch(text)]
    for line, following in pairwise([*lines, ""]):
        for sentence in _SENTENCE.finditer(line):
            if _STATES_PERIOD.search(sentence.group()):
                goes_on = sentence.end() == len(line) and bool(_REST_OF_DAY.match(following))
                found = next(_spans(sentence.group(), goes_on=goes_on), None)
                if found:
                    return found
    return next((found for at in range(len(lines)) if (found := _broken_period(lines[at:]))), None)


def _broken_period(lines: Sequence[str]) -> tuple[date, date] | None:
    """Return the period of the sentence that begins on the first line and goes on below it."""
    begun = _SENTENCE_BEGUN.search(lines[0])
    if begun is None or not _MAY_STATE.search(begun.group()):
        return None
    text = begun.group()
    for line in lines[1:]:
        if len(text) > _MAX_SENTENCE_LENGTH or _SENTENCE_END.search(text):
            break
        text += line
    sentence = _SENTENCE.match(text)
    stated = _STATES_PERIOD.search(sentence.group()) if sentence else None
    if sentence is None or stated is None or stated.start() >= len(begun.group()):
        return None
    said = sentence.group()[stated.start() :]
    return next(
        _spans(
            said[: _MAX_DISTANCE + _MAX_SENTENCE_LENGTH],
            _MAX_DISTANCE,
            goes_on=sentence.end() == len(text),
        ),
        None,
    )


def _spans(
    sentence: str, within: int | None = None, goes_on: bool = False
) -> Iterator[tuple[date, date]]:
    """Yield the spans of a sentence from one day to a later one.

    With `within`, a span begins among the first characters. Whole months end on their last day. Of
    a sentence that `goes_on` beyond the text the last day may be cut: 12月3 of 12月31日.
    """
    reach = len(sentence) if within is None else within
    readers_to_end = _readers_to_end(sentence, goes_on)
    for pattern, read in ((_SPAN, _span_of_days), (_MONTHS, _span_of_months)):
        for match in pattern.finditer(sentence):
            is_cut = match.end() == len(sentence) and read not in readers_to_end
            span = read(match) if match.start() <= reach and not is_cut else None
            if span and span[0] < span[1]:
                yield span


def _readers_to_end(sentence: str, goes_on: bool) -> tuple[_ReadSpan, ...]:
    """Return the readers of spans that may end with the sentence without being cut."""
    if not goes_on:
        return (_span_of_days, _span_of_months)
    return (_span_of_days,) if sentence.endswith(("日", "号")) else ()


def _span_of_days(match: re.Match[str]) -> tuple[date, date] | None:
    first = _date(match["y1"], match["m1"], match["d1"])
    last = _date(match["y2"] or match["y1"], match["m2"], match["d2"])
    return (first, last) if first and last else None


def _span_of_months(match: re.Match[str]) -> tuple[date, date] | None:
    first = _date(match["y1"], match["m1"], "1")
    year, month = parse_year(match["y2"] or match["y1"]), _number(match["m2"])
    return (first, date(year, month, monthrange(year, month)[1])) if first and year else None


def find_year(period: tuple[date, date] | None) -> int | None:
    """Return the year in which a statistical period ends; None for a period of several years."""
    return (
        period[1].year
        if period and (period[1] - period[0]).days < _MIN_DAYS_OF_SEVERAL_YEARS
        else None
    )


def find_narrated_year(texts: Iterable[str]) -> int | None:
    """Return the year that the prose reports on: 现将我镇2019年度…; else the one it names most.

    Titles and numbers of documents are left out: 国办发〔2016〕80号 says nothing of the year.
    """
    # What is carried to another year or planned for it does not tell the year reported on.
    plain = [_NOT_OF_THE_YEAR.sub("", _QUOTED.sub("", text)) for text in texts]
    for text in plain:
        match = _TELLS_YEAR.search(text)
        year = parse_year(match["year"]) if match else None
        if year:
            return year
    counted = Counter(_years(plain)).most_common(2)
    # Two years named equally often leave it open.
    if not counted or (len(counted) == 2 and counted[0][1] == counted[1][1]):
        return None
    return counted[0][0]


def _years(texts: Iterable[str]) -> Iterator[int]:
    for text in texts:
        for match in _YEAR_IN_PROSE.finditer(text):
            year = parse_year(match["year"])
            if year:
                yield year


def date_in(printed: str) -> date | None:
    """Return the first date of a folded text, None if it is not valid."""
    match = DATE.search(printed)
    return _date(match["y"], match["m"], match["d"]) if match else None


def _date(year: str, month: str, day: str) -> date | None:
    number = parse_year(year)
    try:
        return date(number, _number(month), _number(day)) if number else None
    except ValueError:
        return None


def _number(printed: str) -> int:
    """Return the number of a month or a day, in digits or in Chinese numerals (元月, 廿八日)."""
    number = 1 if printed == "元" else parse_number(printed.replace("廿", "二十"))
    if number is None:
        raise ValueError(f"no month and no day: {printed}")
    return number
