"""Parses a report's title: body and year, in whatever order the clerk put them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.report.identity.printed_dates import (
    ACADEMIC,
    YEAR,
    find_academic_year,
    is_academic,
    parse_year,
)
from indexer.text.folding import fold, fold_with_offsets

_SUBJECT = re.compile(r"(?:政府)?(?:信息公开|信息(?:与|和|及)政务公开)|政务(?:信息)?公开|政府信息")
_REPORT = re.compile("报告|年报")
_YEAR = re.compile(rf"(?P<year>{YEAR})(?P<after>年度?|(?!\d))")
_ISSUED = re.compile(r"[(\[【〔][^()\]】〕]*(?:发布|公布|印发|公开|月)[^()\]】〕]*[)\]】〕]")
_LEAD = re.compile(
    r"^(?:【[^】]*(?:报告|年报|公开|公告|公示|文件)[^】]*】|附件\d*|(?:文字|图文|图片|一图)?解读"
    rf"|关于|公布|发布|印发|报送|编制|做好|[:《\"“(\[【\-—]|{ACADEMIC}|{YEAR}(?:年度?)?|年度|度)++"
)
_TAIL = re.compile(
    rf"(?:关于|公布|发布|编制|开展|{ACADEMIC}|{YEAR}(?:年度?)?[省市县区镇乡]?|年度|本级|的|工作"
    r"|(?<!大学)(?<!学院)\([^()]*\)|\([^()]*\d[^()]*\)|[:》\"”《“(\[【】\]\-—,])++$"
)
_SITE = re.compile(r"\s*(?:[_|｜>＞]+|(?<!\d)(?<!\d )[-–—－]{1,2}|[-–—－]{1,2}(?! ?\d))\s*")
_WHOLE = re.compile("[全本我][省市县区州盟旗镇乡局办委]")
"""全市 and 本局 are no names; 全州 is one, but of a county that is called 全州县."""

_SEVERAL = re.compile(rf"{YEAR}年?度?(?:[-—–~～至到、和及]+|——){YEAR}年?度?(?!\d?\d月)")
_TRAILING = re.compile(r"^(?:.*(?:报告|年报))[(\-—_:\[【]+(?P<body>[^()\[\]]+?)[)\]】]?$")


_PRONUNCIATION = re.compile(r"[(（][a-z\u00c0-\u024f\u0300-\u036f]{1,6}[)）]", re.IGNORECASE)
"""The pronunciation that some pages print behind a character: 區(qū)."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Soft hyphens and the like in web pages."""


@dataclass(frozen=True, slots=True)
class ParsedTitle:
    """A title, parsed: the body's name without white space, "" if none, and the year."""

    body: str = ""
    year: int | None = None


def read_title(title: str) -> ParsedTitle:
    """Return the body and the year that a title names.

    >>> read_title("关于高安市教育局２０２０年政府信息公开工作年度报告（2021年1月发布）")
    ParsedTitle(body='高安市教育局', year=2020)
    """
    title = _INVISIBLE.sub("", without_pronunciation(title))
    folded = fold_with_offsets(title)
    start, end = _body_span(folded.text)
    body = "".join(title[slice(*folded.span(start, end))].split()) if start < end else ""
    return ParsedTitle(
        "" if _WHOLE.fullmatch(body) else _without_years(body), _find_year(folded.text)
    )


def without_pronunciation(text: str) -> str:
    """Return a text without the pronunciation that some pages print behind a character.

    >>> without_pronunciation("西藏自治區(qū)")
    '西藏自治區'
    """
    return _PRONUNCIATION.sub("", text)


def split_site(title: str) -> tuple[str, tuple[str, ...]]:
    """Return a page's title without what the site appends, and the appended names of the site.

    >>> split_site("高安市2019年政府信息公开工作年度报告_高安市人民政府")
    ('高安市2019年政府信息公开工作年度报告', ('高安市人民政府',))
    """
    parts = tuple(part for part in _SITE.split(title.strip()) if part)
    naming = [part for part in parts if names_report(part)]
    if not naming:
        return title.strip(), ()
    best = next((part for part in naming if read_title(part).body), naming[0])
    return best, tuple(part for part in parts if part != best)


def names_report(title: str) -> bool:
    """Return whether a page's title is a report's and not just the site's."""
    folded = fold(without_pronunciation(title))
    return bool(_SUBJECT.search(folded) and _REPORT.search(folded))


def _body_span(title: str) -> tuple[int, int]:
    """Return the span of the body's name in a folded title: before the subject, else after it.

    After it, the name stands in brackets or behind a dash.
    """
    subject = _SUBJECT.search(title)
    if subject is None:
        return 0, 0
    end = subject.start()
    # In 某县人民政府信息公开 the 政府 is the body's and not the subject's.
    if title[:end].endswith("人民") and subject.group().startswith("政府"):
        end += 2
    lead = _LEAD.match(title[:end])
    start = lead.end() if lead else 0
    tail = _TAIL.search(title, start, end)
    end = tail.start() if tail else end
    if start < end:
        return start, end
    after = _TRAILING.match(title)
    if (
        after
        and not re.fullmatch(f"{ACADEMIC}|{_YEAR.pattern}", after["body"])
        and not _ISSUED.search(f"({after['body']})")
    ):
        return after.span("body")
    return 0, 0


def _without_years(body: str) -> str:
    return re.sub(rf"{YEAR}年度?", "", body) if re.search(rf"{YEAR}年", body) else body


def _find_year(title: str) -> int | None:
    """Return the last year before the subject, else the first after it; a date of issue is none.

    A title of two years (2019—2020年) names no one year, that of an academic year the one in which
    it ends.
    """
    if is_academic(title):
        return find_academic_year(title)
    if _SEVERAL.search(title):
        return None
    subject = _SUBJECT.search(title)
    at = subject.start() if subject else len(title)
    years = list(_years(title))
    before = [year for start, year in years if start < at]
    after = [year for start, year in years if start >= at]
    return next(iter((*reversed(before), *after)), None)


def _years(title: str) -> Iterator[tuple[int, int]]:
    """Yield the years of a folded title with their places, without those of dates."""
    issued = [match.span() for match in _ISSUED.finditer(title)]
    for match in _YEAR.finditer(title):
        year = parse_year(match["year"])
        is_issue = any(start <= match.start() < end for start, end in issued)
        is_date = re.match(r"年?\d{1,2}月|[./-]\d", title[match.end("year") :])
        if year and not is_issue and not is_date:
            yield match.start(), year
