"""Recognises the report's title and the headings of its sections among the lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.records import Block, Line

_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_SAYS = {
    "overview": r"总体情况|总体概述|基本情况|总体工作情况|概述|概况",
    "proactive": r"(?:行政机关)?主动公开(?:政府)?信息(?:的)?(?:主要)?情况",
    "requests": r"(?:行政机关)?(?:收到和处理|依申请公开|申请公开)(?:政府信息)?(?:公开)?(?:政府信息)?(?:申请)?(?:的)?(?:办理)?情况",
    "disputes": r"(?:因)?政府信息公开(?:工作)?(?:被申请|引起的|引发的|申请|的)?行政复议(?:[、和及，,]|以及)?(?:提起|被提起)?(?:行政)?诉讼(?:的)?(?:情况)?",
    "problems": r"(?:政府信息公开工作)?(?:存在的?|面临的?)(?:主要)?(?:问题|困难|不足)(?:以?及|和|与|、)?(?:下一步|今后)?(?:的)?(?:改进|整改|解决)?(?:情况|措施|办法|意见|打算)?",
    "other": r"(?:其他|其它)?(?:需要|需)(?:报告|说明)的?(?:其他|其它)?(?:事项|情况)|其他(?:事项|情况)",
}
_NUMBER = r"(?:[一二三四五六七八九]\s*[、．.：:]|第[一二三四五六七八九]部分[、：:]?|[1-9]\s*[、．.])"
_NUMBERED = {key: re.compile(rf"\s*{_NUMBER}\s*(?P<head>{says})\s*(?P<tail>.*)", re.S) for key, says in _SAYS.items()}
_BARE = {
    key: re.compile(rf"\s*(?P<head>{says})[。：:]?\s*")
    for key, says in _SAYS.items()
    if key not in ("overview", "other")
}
_BARE_EXACT = {"总体情况": "overview", "其他需要报告的事项": "other"}
_CHINESE_NUMBER = re.compile(r"\s*(?:第?[一二三四五六七八九])")
_BREAK = re.compile(r"^[。．：:；;，,\s\u3000]")
_TITLE = re.compile(r"(?:信息|政务)公开.*(?:报告|年报)|年度?(?:信息|政务)公开.*(?:报告|年报)")
_NOT_TITLE = re.compile(
    r"[。；！]|^(?:本|根据|按照|现将|为|关于做好|关于印发)|(?:通知|指南|目录|办法|制度|方案)(?:[（(].*)?$"
)
_TITLE_LENGTH = 60
_TITLE_LINES = 25


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading: its `key`, how it is printed, and the prose that follows it on the same line."""

    key: str
    text: str
    rest: str


def find_heading(line: str) -> Heading | None:
    """Return the heading of a section, or None. A sub-heading such as （一）主动公开 is none.

    >>> find_heading("3、 收到和处理政府信息公开申请情况").key, find_heading("（一）主动公开政府信息情况")
    ('requests', None)
    >>> find_heading("六、其他需要报告的事项：无。")
    Heading(key='other', text='六、其他需要报告的事项：', rest='无。')
    """
    text = _BOOKMARK.sub("", line).strip()
    compact = re.sub(r"\s+", "", text)
    for key, pattern in _NUMBERED.items():
        match = pattern.fullmatch(compact)
        if match and not match["tail"].strip("。．：:；;"):
            return Heading(key, text, "")
        if match and _BREAK.match(match["tail"]):
            return _split(key, text, match["head"])
    if compact.strip("。：:") in _BARE_EXACT:
        return Heading(_BARE_EXACT[compact.strip("。：:")], text, "")
    for key, pattern in _BARE.items():
        match = pattern.fullmatch(compact)
        if match and len(compact) >= 9:
            return Heading(key, text, "")
    return None


def _split(key: str, text: str, head: str) -> Heading | None:
    """Cut a heading from the prose on its line; `head` is the heading's wording without white space."""
    spaced = re.search(r"\s*".join(map(re.escape, head)) + r"\s*[。．：:；;，,]?", text)
    if not spaced:
        return None
    return Heading(key, text[: spaced.end()].strip(), text[spaced.end() :].strip())


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a section begins: the block of its heading."""

    at: int
    heading: Heading


def find_openings(blocks: Sequence[Block]) -> list[Opening]:
    """Return the headings that open a section, one a key.

    Where several lines read like one section's heading (a table of contents, a numbered item), the first one under a Chinese
    number with something below it counts; where all are empty, the last.
    """
    found = [Opening(at, heading) for at, heading in _headings(blocks)]
    ends = [*(opening.at for opening in found), len(blocks)][1:]
    best: dict[str, tuple[tuple[bool, bool, int], Opening]] = {}
    for opening, end in zip(found, ends, strict=True):
        filled = end - opening.at > 1 or bool(opening.heading.rest)
        numbered = bool(_CHINESE_NUMBER.match(opening.heading.text))
        rank = (filled and numbered, filled, -opening.at if filled else opening.at)
        if opening.heading.key not in best or rank > best[opening.heading.key][0]:
            best[opening.heading.key] = (rank, opening)
    return sorted((opening for _, opening in best.values()), key=lambda opening: opening.at)


def _headings(blocks: Sequence[Block]) -> Iterator[tuple[int, Heading]]:
    for at, block in enumerate(blocks):
        heading = find_heading(block.text) if isinstance(block, Line) else None
        if heading:
            yield at, heading


def find_title(blocks: Sequence[Block]) -> tuple[int, int, str] | None:
    """Return the title as printed and the blocks `[start, end)` it takes; None where the file has none.

    It stands before the first section; a title broken over two lines is joined.
    """
    for at, block in enumerate(blocks[:_TITLE_LINES]):
        if not isinstance(block, Line) or find_heading(block.text):
            return None
        text = _BOOKMARK.sub("", block.text).strip()
        if is_title(text):
            above = blocks[at - 1] if at else None
            if isinstance(above, Line) and _is_first_half(above.text, text):
                return at - 1, at + 1, above.text.strip() + text
            return at, at + 1, text
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if (
            isinstance(following, Line)
            and len(text) <= 30
            and _TITLE_HALF.search(text)
            and is_title(text + following.text)
        ):
            return at, at + 2, text + following.text.strip()
    return None


_TITLE_HALF = re.compile(r"^[^。；：:]*(?:信息|政务)公开(?:工作)?$")
_FIRST_HALF = re.compile(
    r"^[^。；：:，,、《》|/>]{2,30}(?:政府|街道|办事处|委员会|管委会|局|厅|乡|镇|县|市|区|省|办公室)$"
)


def is_title(text: str) -> bool:
    """Say whether a line names a yearly report on freedom-of-information work."""
    compact = re.sub(r"\s+", "", text)
    return len(compact) <= _TITLE_LENGTH and bool(_TITLE.search(compact)) and not _NOT_TITLE.search(compact)


def _is_first_half(above: str, title: str) -> bool:
    """Say whether the line above a title that begins with the year is the body's name, broken off from it."""
    compact = re.sub(r"\s+", "", title)
    return bool(_FIRST_HALF.match(re.sub(r"\s+", "", above))) and bool(
        re.match(r"[二2][〇○0零]?[\d〇○一二三四五六七八九]+年|政府信息", compact)
    )
