"""Finds the date of issue: that of the signature, or the page's own, around the title.

All functions take folded lines (`text.fold`). A list of other pages, a clock and the date of the
last change are no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from indexer.records import Block, Line
from indexer.report.identity.printed_dates import DATE, date_in
from indexer.report.sections.openings import find_heading
from indexer.text.folding import fold


@dataclass(frozen=True, slots=True)
class _HeadLines:
    """Lines around a page's title that may hold its date."""

    below: int = 12
    beside: int = 6
    """Lines below the title in which an unlabelled date counts."""
    above: int = 14


_HEAD_LINES = _HeadLines()
_MAX_METADATA_LENGTH = 120
"""Characters of a line that has only metadata; a longer one is prose."""
_MAX_WORD_LENGTH, _MAX_ORGAN_LENGTH = 8, 24
"""Characters of a word left in such a line: of any word, and of an organ's name."""

_CLOSED = r"[府处会局厅室办心院站所队社委校司]"
_SIGNED = re.compile(
    rf"(?:^|[。;]|(?<={_CLOSED})|(?<=章\)))\(?(?P<date>{DATE.pattern})\)?(?:发布|公布|印发)?[。.]?$"
)
_ALONE = re.compile(rf"[•·(\[【]?\s?{DATE.pattern}(?:\s?\d\d?:\d\d(?::\d\d)?)?[)\]】]?")
_ORGAN = re.compile(
    r"[\u4e00-\u9fff()]{2,30}(?:政府|办公室|办公厅|办事处|委员会|管委会|局|厅|院|中心|公司|大学|学校"
    r"|支队|大队|总队|分局|办|委|室|网站?)"
)
_NEWS = re.compile(
    "召开|举行|举办|开展|关于|通知|公告|公示|座谈|调研|赴|(?:年度|工作)报告|年报|解读|我[局市县区镇乡]"
)
_MAYBE_NEWS = re.compile("组织|会议|培训|学习|检查|部署|推进|活动")
_OTHER_TIME = re.compile(
    "更新|修改|刷新|截[至止]|统计(?!局|调查)|期限|有效|施行|实施|今天|现在|当前时间|星期|备案|废止|失效|登录|访问时间|报送|农历|建[设于成]"
)
_UNKNOWN_TIME = re.compile(
    r"(?<![\u4e00-\u9fff])(?!(?:信息|文章|稿件|内容|文件)?(?:发布|发表|公开|公布|发文|印发|录入|上传|成文|生成|编制|制作|签发|发稿|添加|创建|撰写|供稿|投稿)(?:时间|日期)|(?:信息|文章|稿件|新闻|内容)(?:时间|日期))"
    r"[\u4e00-\u9fff]{2,6}(?<![局府厅办室委会院社网站心司报])(?:时间|日期)[:|]?"
)
"""The label of a time that is not the issue's: 下载日期, 办公时间."""
_ISSUED = r"(?:发布|发表|公开|公布|发文|印发|发布于|录入|上传)(?:时间|日期)?"
_MADE = r"(?:成文|生成|编制|制作|签发)(?:时间|日期)|时间|日期"
_LABELLED = tuple(
    re.compile(
        rf"(?<![\u4e00-\u9fff])(?:{label})[:|\s]*[\[【(]?\s*(?P<date>{DATE.pattern})(?!起|至|到|止|[-—~])"
    )
    for label in (_ISSUED, _MADE)
)
_ANYWHERE = re.compile(
    rf"(?:发布|发表|公开|成文|公布|生成|发文|印发)(?:时间|日期)[:|\s]*[\[【(]?(?P<date>{DATE.pattern})(?!起|至|到|止|[-—~])"
)
_STATE = re.compile(r"(?:时效性?|效力(?:状态)?|有效性):?(?:有效|失效|废止)$")
"""A document's validity, printed right before its date: 公文时效：有效 发布日期：2014-02-07."""

_ONLY_LABEL = re.compile(rf"[•·|\s]*(?:{_ISSUED}|{_MADE})[:|]?")
_CLOCK = re.compile(r"\s*t?\d{1,2}(?::\d\d(?::\d\d(?:\.\d+)?)?|时\d{1,2}分(?:\d{1,2}秒)?)")
_FURNITURE = re.compile(
    r"(?:https?://)?(?:www\.)[a-z0-9.\-/_]+|投\s*稿|供\s*稿|(?:信息|文章|稿件|内容)?来\s*源|稿源|作\s*者|编\s*辑|责任编辑|审\s*核|撰\s*稿|发布(?:者|人|机构|单位|于)?|发表|公开|时\s*间|日\s*期"
    r"|浏览(?:次数|量|数)?|点击(?:次数|量|数|率)?|阅读(?:次数|量|数)?|访问(?:次数|量)|人气|次数|字\s*号|字\s*体|大小|打印(?:本页)?|分享(?:到)?|收藏|关闭(?:窗口)?"
    r"|保护视力色|视力保护色|下载|纠错|繁体|[大中小次佚名无]|微信|微博|[\d\s:|·•()\[\]【】+\-—/,.]"
)


@dataclass(frozen=True, slots=True)
class PageHead:
    """The folded lines around a title: `above` it, the nearest last, and `below` it.

    `lead` is the number of all lines above it.
    """

    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    lead: int = 0


def read_head(blocks: Sequence[Block], title: int) -> PageHead:
    """Return the lines around the title at `blocks[title]`, up to a section.

    A row of a table counts as one line.
    """
    lead = sum(1 for block in blocks[:title] if isinstance(block, Line) and fold(block.text))
    above = [
        text
        for block in blocks[max(0, title - _HEAD_LINES.above) : title]
        for text in _lines(block)
    ]
    below: list[str] = []
    for block in blocks[title : title + _HEAD_LINES.below]:
        if isinstance(block, Line) and find_heading(block.text):
            break
        below += _lines(block)
    return PageHead(tuple(above), tuple(below), lead)


def _lines(block: Block) -> Iterator[str]:
    rows = ((block,),) if isinstance(block, Line) else block.rows
    yield from filter(None, (fold("|".join(cell.text for cell in row)) for row in rows))


def find_signed_date(lines: Iterable[str]) -> date | None:
    """Return the last signature's date: alone on its line, or right behind the body's name.

    Several dates in the last lines may be a list of other pages: then only one with a body's name
    is a signature's.
    """
    found = list(_signed_dates(tuple(lines)))
    # Other pages are listed with their dates, and a signature has the body's name.
    if len({day for day, _ in found}) > 1:
        found = [(day, named) for day, named in found if named]
        found = found if len({day for day, _ in found}) == 1 else []
    return found[0][0] if found else None


def _signed_dates(lines: Sequence[str]) -> Iterator[tuple[date, bool]]:
    """Yield the dates of the last lines, last first, and whether an organ's name precedes them."""
    for at in range(len(lines) - 1, -1, -1):
        match = _SIGNED.search(lines[at])
        day = date_in(match["date"]) if match else None
        if match is None or day is None:
            continue
        above = lines[at - 1] if at and not lines[at - 1].endswith(("。", ";")) else ""
        before = re.split("[。;]", lines[at][: match.start("date")].rstrip("("))[-1] or above
        before = re.sub(r"\((?:盖|公|印)章\)$", "", before)
        if not _is_news(before):
            yield day, bool(_ORGAN.fullmatch(before))


def _is_news(text: str) -> bool:
    """Return whether a line is another page's title: it says what was done and names no organ."""
    return bool(_NEWS.search(text) or (_MAYBE_NEWS.search(text) and not _ORGAN.fullmatch(text)))


def find_titled_date(lines: Iterable[str]) -> date | None:
    """Return the date alone below the title, with or without brackets: （2015年3月18日）."""
    return next(
        (found for line in lines if _ALONE.fullmatch(line) and (found := date_in(line))), None
    )


def find_page_date(head: PageHead) -> date | None:
    """Return the date that a page prints around its title: below it, else with a label above it.

    >>> find_page_date(PageHead(below=("2024-02-07 18:07来源:高安市人民政府办公室",)))
    datetime.date(2024, 2, 7)
    """
    return (
        _beside(head.below[: _HEAD_LINES.beside])
        or find_labelled_date(head.below)
        or find_labelled_date(head.above)
        or _beside(head.above[:-2:-1])
    )


def _beside(lines: Iterable[str]) -> date | None:
    """Return the date of a line that otherwise has only metadata: source, views."""
    for line in lines:
        if "。" in line or len(line) > _MAX_METADATA_LENGTH:
            return None
        days = {day for match in DATE.finditer(line) if (day := date_in(match.group()))}
        if len(days) == 1 and not _tells_another_time(line) and _is_furniture(DATE.sub("", line)):
            return days.pop()
    return None


def _tells_another_time(line: str) -> bool:
    """Return whether a line dates something else: a print, opening hours, a term of office."""
    return bool(_OTHER_TIME.search(line) or _UNKNOWN_TIME.search(line))


def _is_furniture(rest: str) -> bool:
    left = _FURNITURE.sub(" ", _CLOCK.sub("", rest)).split()
    return all(
        len(word) <= (_MAX_ORGAN_LENGTH if _ORGAN.fullmatch(word) else _MAX_WORD_LENGTH)
        and not _is_news(word)
        for word in left
    )


def _with_labels(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines, a mere label joined with the next line: 发布日期 above 2024-02-07."""
    for line, following in pairwise([*lines, ""]):
        yield line.rstrip(":|") + ":" + following if _ONLY_LABEL.fullmatch(line) else line


def find_labelled_date(lines: Iterable[str]) -> date | None:
    """Return the date that a page labels: that of issue, else that of making."""
    plain = list(_with_labels([line for line in lines if "。" not in line]))
    for label in (*_LABELLED[:1], _ANYWHERE, *_LABELLED[1:]):
        for match in filter(None, map(label.search, plain)):
            day, line = date_in(match["date"]), match.string
            # The label may be the end of a longer one (有效期限发布日期), but not of a status.
            before = _STATE.sub("", line[: match.start()])[-4:]
            if day and not _OTHER_TIME.search(before + line[match.start() : match.start("date")]):
                return day
    return None
