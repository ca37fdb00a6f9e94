"""Recognises the headings of the sections among the lines, as the forms print them and as reports before 2019 did.

A heading is a number and words of the field and nothing else up to its end: 四、因政府信息公开申请行政复议、提起行政诉讼情况.
Clerks put these words together in hundreds of ways, so they are a vocabulary and not a list of headings; one or two decisive
words say which section it is. A heading that belongs to none (收费及减免情况, 咨询处理情况) opens none and stays a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.records import Block, Line
from indexer.text import fold, fold_with_offsets

_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_LONGEST = 70
"""Characters at the beginning of a line among which its heading is looked for."""

_LONGEST_BARE = 45
_HAN = "一二三四五六七八九"
_NUMBER = re.compile(
    rf"(?:第?(?P<part>[{_HAN}十]|\d)部分[、:,]?|(?P<han>[{_HAN}十])[、.:,]|(?P<arabic>[1-9])[、.](?!\d)"
    rf"|\((?P<bracketed>[{_HAN}])\)[、.]?)"
)
_MAYBE = re.compile(rf"\s*(?:[第{_HAN}十1-9１-９(（㈠-㈩]|[^\n]{{0,{_LONGEST_BARE}}}$)")
"""What is worth folding: a line that begins with a number, or a short one."""

_WORDS = re.compile(
    r"(?:20\d\d年度?|本年度|年度|年|政府|信息与政务|政务|信息|公开|工作|行政机关|机关|部门|主动|依|申请|收到|接收|受理|处理|办理|答复|回复|"
    r"公众|各[类项]|和|与|及|以|、|,|的|情况|总体|总的|基本|主要|概述|概况|开展|推进|进展|完成|因|被|由|引起|引发|产生|有关|相关|关于|"
    r"涉及|行政|复议|诉讼|提起|提出|投诉|举报|申诉|纠纷|存在|面临|问题|困难|不足|之处|薄弱环节|改进|整改|解决|改善|措施|办法|意见|打算|方向|"
    r"下一?步|下一?年度?|今后|明年|来年|思路|计划|建议|对策|其[他它]|需要|需|应当?|报告|说明|反映|事项|事宜|附[表件]|不予|同意|咨询|"
    r"收费|费用|减免|支出|[全本我][省市县区旗镇乡局委街]|[省市县区旗镇乡局委](?=政府)|方面|中|还|有|等|[()])+"
)
_KEYS = (
    ("disputes", re.compile("复议|诉讼|申诉")),
    ("problems", re.compile("问题|不足|困难|薄弱")),
    (
        "other",
        re.compile("其[他它](?:需|应|有关|相关)?.{0,6}(?:事项|事宜|情况)|(?:需要?|应当?)(?:报告|说明|反映)|附[表件]"),
    ),
    ("proactive", re.compile("主动公开")),
    ("requests", re.compile("依申请|公开申请|申请公开|申请(?:办理|处理|受理|答复)|处理申请")),
    ("overview", re.compile("概述|概况|总体|基本情况|主要工作")),
)
"""The words that decide; of those that occur in a heading the first of this order, but 主动公开 and 依申请 as they come."""

_ENDS = ("情况", "事项", "措施", "概述", "概况", "问题", "打算", "意见", "方向", "办法", "事宜", "不足")
_BARE_EXACT = {"总体情况": "overview", "其他需要报告的事项": "other", "其它需要报告的事项": "other"}
_SHORTEST_BARE = 9
_PROSE = re.compile(
    r"(?<=情况|事项|措施|概述|概况|问题|打算|意见|方向|办法|事宜|不足),?(?=20\d\d年|本年度|[全本我][省市县区旗镇乡局委街])"
)
"""Where prose that begins with words of the vocabulary is joined to a heading: 一、总体情况2022年，我局…"""

_REMARK = re.compile(r"\([^()]*\)[。:]?")
_BREAK = re.compile(r"[\s。．.：:；;，,\u3000]")
_RUNS_ON = re.compile(r"20\d\d年|\([一1]\)|本年度|[我本全]|无(?:$|[。,])|没有|暂无|根据|按照")
"""How the prose on a heading's own line begins where nothing parts them."""

_NEXT_NUMBER = re.compile(rf"^[。.:;,]*(?:[{_HAN}]、|第[{_HAN}]部分)")
_LEADER = re.compile(r"[.。…·\-—]*\d{0,3}")
"""What stands behind a heading in a table of contents: dots and the page, or nothing."""

_STATISTICS = re.compile("[^。]{0,40}(?:情况统计表|统计指标|指标名称)[^。]{0,20}")
"""The head of the statistics table of the years before 2019, whose rows are numbered and worded like sections."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading: its `key`, how it is printed, and the prose that follows it on the same line.

    `style` is how it is numbered (`part`, `han`, `arabic`, `bracketed`, `bare`) and `number` the number, 0 without one.
    """

    key: str
    text: str
    rest: str
    style: str = "bare"
    number: int = 0


def find_heading(line: str) -> Heading | None:
    """Return the heading of a section, or None. A sub-heading such as （一）主动公开 is none.

    >>> find_heading("3、 收到和处理政府信息公开申请情况").key, find_heading("（一）主动公开政府信息情况")
    ('requests', None)
    >>> heading = find_heading("六、其他需要报告的事项：无。")
    >>> heading.key, heading.text, heading.rest
    ('other', '六、其他需要报告的事项：', '无。')
    """
    heading = _read(line)
    return None if heading is None or heading.style == "bracketed" else heading


def _read(line: str) -> Heading | None:
    """Return the heading of a line in whatever style."""
    if not _MAYBE.match(line):
        return None
    text = _BOOKMARK.sub("", line).strip()
    printed = fold_with_offsets(text[:_LONGEST])
    number = _NUMBER.match(printed.text)
    words = _WORDS.match(printed.text, number.end() if number else 0)
    if words is None:
        return None
    prose = _PROSE.search(printed.text, words.start(), words.end())
    end = prose.start() if prose else words.end()
    while end > words.start() and printed.text[end - 1] in "、,(及和与以":
        end -= 1
    if end <= words.start():
        return None
    said = printed.text[words.start() : end]
    if number is None:
        key = _bare_key(said) if not printed.text[end:].strip("。:") and len(text) <= _LONGEST_BARE else None
        return Heading(key, text, "") if key else None
    key = _numbered_key(said, number)
    tail = printed.text[end:]
    at = len(text) if _REMARK.fullmatch(tail) else printed.ends[end - 1]
    if key is None or not _ends_there(said, tail, text[printed.ends[end - 1] :]):
        return None
    while at < len(text) and _BREAK.match(text[at]):
        at += 1
    rest = text[at:].strip()
    return Heading(key, text[:at].strip() if rest else text, rest, *_style(number))


def _style(number: re.Match[str]) -> tuple[str, int]:
    style = number.lastgroup or "han"
    printed = number[style]
    return style, int(printed) if printed.isdecimal() else (_HAN + "十").index(printed) + 1


def _ends_there(said: str, tail: str, rest: str) -> bool:
    """Whether a heading ends where its words do: at a break, or where prose begins; not before the next entry of a list."""
    if _NEXT_NUMBER.match(tail):
        return False
    if not tail.strip("。.:;,") or _REMARK.fullmatch(tail):
        return True
    if _LEADER.fullmatch(tail):
        return False
    if _BREAK.match(rest):
        return said.endswith(_ENDS) or rest[:1] not in ",，"
    return said.endswith(_ENDS) and bool(_RUNS_ON.match(tail))


def _numbered_key(said: str, number: re.Match[str]) -> str | None:
    key = _key(said)
    if key is None and _style(number)[1] == 1 and re.fullmatch(".*工作(?:开展|推进)?情况", said):
        return "overview"
    if key is None and _style(number)[1] > 1 and re.fullmatch("(?:政府)?信息公开(?:的)?情况", said):
        return "proactive"
    return key


def _bare_key(said: str) -> str | None:
    """Return the key of a heading without a number: only of one that is long and ends as headings end."""
    if said in _BARE_EXACT:
        return _BARE_EXACT[said]
    key = _key(said) if len(said) >= _SHORTEST_BARE and said.endswith(_ENDS) else None
    return None if key in ("overview", "other") else key


def _key(said: str) -> str | None:
    found = {key: match for key, pattern in _KEYS if (match := pattern.search(said))}
    if {"proactive", "requests"} <= found.keys() and found["requests"].start() < found["proactive"].start():
        del found["proactive"]
    return next(iter(found), None)


# ── which of the lines that read like headings open a section ───────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a section begins: the block of its heading."""

    at: int
    heading: Heading


_MAIN = ("han", "part")
_FORMAL = re.compile(
    "主动公开政府信息的?情况|收到和处理政府信息公开申请的?情况|政府信息公开.{0,8}行政复议.{1,6}诉讼的?情况|存在的主要问题及改进情况"
)


def find_openings(blocks: Sequence[Block]) -> list[Opening]:
    """Return the headings that open a section, one a key.

    Where several lines read like one section's heading (a table of contents, a numbered item), the first one under a Chinese
    number with something below it counts, and before it one in the form's own words; where all are empty, the last. Under （一） sections stand only where the report
    numbers none of them otherwise.
    """
    found = _without_contents(_without_items(list(_headings(blocks))))
    ends = [*(opening.at for opening in found), len(blocks)][1:]
    best: dict[str, tuple[tuple[bool, bool, bool, int], Opening]] = {}
    for opening, end in zip(found, ends, strict=True):
        filled = end - opening.at > 1 or bool(opening.heading.rest)
        numbered = opening.heading.style in _MAIN
        rank = (filled and numbered, _is_formal(opening.heading), filled, -opening.at if filled else opening.at)
        if opening.heading.key not in best or rank > best[opening.heading.key][0]:
            best[opening.heading.key] = (rank, opening)
    return sorted((opening for _, opening in best.values()), key=lambda opening: opening.at)


def _headings(blocks: Sequence[Block]) -> Iterator[Opening]:
    """Yield all lines that read like headings, the rows of a statistics table that is printed in lines left out."""
    counted, in_statistics = 0, False
    for at, block in enumerate(blocks):
        if not isinstance(block, Line):
            continue
        heading = _read(block.text)
        in_statistics = in_statistics or bool(_STATISTICS.fullmatch(block.text))
        if heading is None or (in_statistics and heading.number <= counted):
            continue
        if heading.style in _MAIN:
            counted = max(counted, heading.number)
        yield Opening(at, heading)


def _without_items(found: list[Opening]) -> list[Opening]:
    """Return the headings without the items of a section: 1.主动公开情况 below 一、总体情况 of a report numbered 一、二、三、."""
    keys = {style: {o.heading.key for o in found if o.heading.style == style} for style in ("bracketed", "arabic")}
    main = {opening.heading.key for opening in found if opening.heading.style in _MAIN}
    plain = main | {opening.heading.key for opening in found if opening.heading.style == "bare"} | keys["arabic"]
    dropped = set()
    if len(plain) > 1 or len(keys["bracketed"]) < 3:
        dropped.add("bracketed")
    if len(main) > 2:
        dropped.add("arabic")
    return [
        opening
        for opening in found
        if opening.heading.style not in dropped or (opening.heading.style == "arabic" and _is_official(opening))
    ]


def _is_formal(heading: Heading) -> bool:
    """Whether a heading has the words of the official forms."""
    return bool(_FORMAL.search(fold(heading.text)))


def _is_official(opening: Opening) -> bool:
    """Whether an item under 3、 is worded as the form words its section, and is the section that the form numbers 3."""
    place = ("overview", "proactive", "requests", "disputes", "problems", "other").index(opening.heading.key) + 1
    return opening.heading.number == place and len(opening.heading.text) >= _SHORTEST_BARE


def _without_contents(found: list[Opening]) -> list[Opening]:
    """Return the headings without a table of contents: three or more on end, each of whose sections is opened again below."""
    kept: list[Opening] = []
    at = 0
    while at < len(found):
        end = at + 1
        while end < len(found) and found[end].at == found[end - 1].at + 1 and not found[end - 1].heading.rest:
            end += 1
        below = {opening.heading.key for opening in found[end:]}
        run = found[at:end]
        if len(run) < 3 or not all(opening.heading.key in below for opening in run):
            kept += run
        at = end
    return kept
