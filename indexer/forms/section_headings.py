"""Reads the heading of a section on a line, as the forms print it and as reports before 2019 did.

A heading is a number and words of the field and nothing else up to its end:
四、因政府信息公开申请行政复议、提起行政诉讼情况. Clerks combine these words in hundreds of ways, so
they are a vocabulary and not a list of headings; one or two decisive words say which section it is.
A heading that belongs to none (收费及减免情况, 咨询处理情况) opens none and stays a line.

Numbers get lost on the way from Word to the web: a list's automatic numbers are gone, or a bullet
stands in their place. Without a number, only wording that is no plain phrase of prose makes a
heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from indexer.text.converter_marks import drop_bookmarks
from indexer.text.folding import Folded, fold, fold_with_offsets
from indexer.text.memo import remember_short

Style: TypeAlias = Literal["part", "han", "arabic", "bracketed", "bare", "weak", "run_in"]

_DECORATION = re.compile(r"\*{1,3}|_{1,3}|`+|^[\s>#|｜【〖=]+|(?<=\S)[\s#|｜】〗=]+$")
"""Markdown's marks, brackets around a heading, and the pipes of a row of one cell."""

MAX_HEADING_LENGTH = 70
"""Characters at the beginning of a line in which its heading is looked for."""
MAX_UNNUMBERED_LENGTH = 45
"""Characters of a line that may be a heading without a number."""
_HAN = "一二三四五六七八九"
_BIG = "壹贰叁肆伍陆柒捌玖"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_BULLET = re.compile(
    r"[\s•·●■◆▪▫□◇○◦◎★☆※➢➤►▶▸▷→✓√✔⚫⬤⚪‣⁃∙⋅・▲△♦◼◾⬛❖❏❑☑§¤\ue000-\uf8ff*+–—\-]+|[louwnqüØvpΟο](?=\s|总体|主动公开|收到|政府信息|存在|其他)\s*"
)
"""What replaces a list's numbers: a bullet, its symbol font code, or the letter of that code."""
_STRAY = re.compile(r"[、.．,，:：)）]\s*")
"""What is left of a number whose digit is lost."""

_NUMBER = re.compile(
    rf"(?:第?(?P<part>[{_HAN}十]|\d)\s*部分[、:,.]?|第(?P<chapter>[{_HAN}十]|\d)[章节篇][、:,.]?"
    rf"|(?P<han>[{_HAN}十])[、.:,·]+|(?P<big>[{_BIG}])[、.:,]?|(?P<arabic>0?[1-9])(?:[、.](?!\d)|\)[、.]?)"
    rf"|(?P<roman>i{{1,3}}|iv|vi{{0,3}}|ix)[、.:,]|\((?P<bracketed>[{_HAN}]|[1-9])\)[、.]?)"
)
_LOOSE = re.compile(rf"(?P<han>[{_HAN}])|(?P<arabic>0?[1-9])")
"""A number without its mark, before a heading in the form's own words: 一 总体情况."""
_MAYBE = re.compile(
    rf"[^\n]{{0,{MAX_UNNUMBERED_LENGTH}}}$|[\s\W]{{0,12}}(?:[a-zØü]\s)?[\s\W]{{0,4}}"
    rf"(?:[第{_HAN}十{_BIG}1-9１-９(（㈠-㈩①-⑨⒈-⒐Ⅰ-ⅨⅠiIvVxX0]|总[体體]|主[动動]公|收到|政府信息公|存在|其[他它]需)"
)
"""A line worth folding: short, or beginning with a number or as the form's headings do."""

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
        re.compile(
            "其[他它](?:需|应|有关|相关)?.{0,6}(?:事项|事宜|情况)|(?:需要?|应当?)(?:报告|说明|反映)|附[表件]"
        ),
    ),
    ("proactive", re.compile("主动公开")),
    ("requests", re.compile("依申请公开|公开申请|申请公开|申请(?:办理|处理|受理|答复)|处理申请")),
    ("overview", re.compile("概述|概况|总体|基本情况|主要工作")),
)
"""The decisive words; the first in this order counts, but 主动公开 and 依申请 as they come."""

_ENDS = (
    "情况",
    "事项",
    "措施",
    "概述",
    "概况",
    "问题",
    "打算",
    "意见",
    "方向",
    "办法",
    "事宜",
    "不足",
)
_FORMAL = re.compile(
    "主动公开政府信息的?情况|收到和处理政府信息公开申请的?情况|政府信息公开.{0,8}行政复议.{1,6}诉讼的?情况|存在的主要问题及改进情况"
)
_EXACT = (
    ("overview", re.compile("(?:政府信息公开)?(?:工作)?总体情况")),
    ("proactive", re.compile("(?:行政机关)?主动公开(?:政府)?信息(?:的)?情况")),
    (
        "requests",
        re.compile("(?:行政机关)?(?:收到|接收|受理)和处理(?:政府)?信息公开申请(?:的)?情况"),
    ),
    (
        "disputes",
        re.compile(
            "(?:因)?政府信息公开(?:工作)?(?:被)?(?:申请|提起)?行政复议"
            "(?:、|和|及|与|,)?(?:被?提起)?(?:行政)?诉讼(?:的)?情况"
        ),
    ),
    (
        "problems",
        re.compile(
            "(?:政府信息公开)?(?:工作)?存在的?(?:主要)?问题"
            "(?:及|和|与|、)(?:下一步)?改进(?:情况|措施)"
        ),
    ),
    (
        "other",
        re.compile(
            "其[他它](?:需要?|应当?)(?:报告|说明)的?(?:情况|事项|事宜)"
            "|(?:需要?|应当?)(?:报告|说明)的其[他它]事项"
        ),
    ),
)
"""The forms' own headings, with the slips that are common; what is worded so needs no number."""

_DECISIVE = re.compile(
    "总体|總體|主[动動]公|申[请請]|复议|復議|[诉訴][讼訟]|问题|問題|不足|事[项項]|概[况述]"
)
"""What stands in any heading: most lines are told by it without being read."""

_WEAK = re.compile(
    "(?:工作)?(?:概述|概况)|基本情况|总体(?:概述|概况)|(?:政府信息)?主动公开(?:工作|政府信息)?(?:的)?情况|(?:政府信息)?依申请公开(?:政府信息|工作)?(?:办理|处理)?(?:的)?情况"
    "|(?:行政)?(?:复议|诉讼).{0,8}情况|存在的?(?:主要)?(?:问题|不足)(?:(?:及|和|与)(?:下一步)?(?:工作)?(?:改进|整改)?(?:措施|打算|计划|情况|意见))?"
    "|其[他它](?:有关|相关)?事项|附[表件]"
)
"""Headings of earlier reports that, without their numbers, may as well be those of paragraphs."""

MIN_UNNUMBERED_LENGTH = 9
"""Characters of wording that is no plain phrase of prose."""
_LIST_OF_HEADINGS = re.compile("(?:情况|事项|措施)[、,和及与]")
"""Several headings on one line: a list of the report's parts."""
_PROSE = re.compile(
    r"(?<=情况|事项|措施|概述|概况|问题|打算|意见|方向|办法|事宜|不足),?(?=20\d\d年|本年度|[全本我][省市县区旗镇乡局委街])"
)
"""Where prose in words of the vocabulary is joined to a heading: 一、总体情况2022年，我局…"""

_REMARK = re.compile(r"\([^()]*\)[。:]?")
_BREAK = re.compile(r"[\s。．.：:；;，,\u3000]")
_RUNS_ON = re.compile(r"20\d\d年|\([一1]\)|本年度|[我本全]|无(?:$|[。,])|没有|暂无|根据|按照")
"""How the prose on a heading's own line begins where nothing parts them."""

_NEXT_NUMBER = re.compile(rf"^[。.:;,]*(?:[{_HAN}]、|第[{_HAN}]部分)")
_LEADER = re.compile(r"[.。…·\-—_]*\d{0,3}")
"""What stands behind a heading in a table of contents: dots and the page, or nothing."""
_PAGE = re.compile(r"[\s.。…·\-—_]*\d{1,3}\s*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading: its `key`, its `text`, and the prose behind it on the line, `rest`.

    `text` leaves out Markdown's marks and a bullet in place of a lost number. `style` is how it is
    numbered; without a number it is `bare`, `weak` if a paragraph may have it as its heading, or
    `run_in` with prose on the same line. `number` is 0 without one. `exact` means that its words
    are the form's.
    """

    key: str
    text: str
    rest: str
    style: Style = "bare"
    number: int = 0
    exact: bool = False


def find_heading(line: str) -> Heading | None:
    """Return the heading of a section, or None. A sub-heading such as （一）主动公开 is none.

    >>> find_heading("3、 收到和处理政府信息公开申请情况").key
    'requests'
    >>> find_heading("（一）主动公开政府信息情况"), find_heading("主动公开情况")
    (None, None)
    >>> heading = find_heading("六、其他需要报告的事项：无。")
    >>> heading.key, heading.text, heading.rest
    ('other', '六、其他需要报告的事项：', '无。')
    >>> find_heading("**四、行政复议情况**").text, find_heading("• 总体情况").text
    ('四、行政复议情况', '总体情况')
    """
    heading = read_heading(line)
    return None if heading is None or heading.style in ("bracketed", "weak", "run_in") else heading


def is_whole_heading(line: str) -> bool:
    """Return whether a line is a heading and nothing else, so that no table goes on there.

    >>> [is_whole_heading(line) for line in ("• 总体情况", "申请人情况", "总体情况良好。")]
    [True, False, False]
    """
    if not _DECISIVE.search("".join(line.split())):
        return False
    heading = read_heading(line)
    return heading is not None and heading.style != "weak" and not heading.rest


def is_formal(heading: Heading) -> bool:
    """Return whether a heading has the words of the official forms."""
    return bool(_FORMAL.search(fold(heading.text)))


@remember_short
def read_heading(line: str) -> Heading | None:
    """Return the heading of a line in whatever style, those of paragraphs included."""
    if not _MAYBE.match(line):
        return None
    text = _undecorated(line)
    printed = fold_with_offsets(text[:MAX_HEADING_LENGTH])
    number = _find_number(printed.text)
    start = number.end() if number else 0
    said = _said(printed.text, start)
    if not said:
        return None
    blank = _find_blank(printed, text, start, start + len(said))
    said = said[: blank - start] if blank else said
    end = start + len(said)
    tail, end_in_text = printed.text[end:], printed.ends[end - 1]
    if number is None:
        return _unnumbered(said, text, tail, end_in_text)
    key = _numbered_key(said, number)
    if key is None or not _ends_there(said, tail, text[end_in_text:]):
        return None
    heading, prose = _part(text, len(text) if _REMARK.fullmatch(tail) else end_in_text)
    return Heading(key, heading, prose, *_style(number), exact=_exact_key(said) is not None)


def _find_number(text: str) -> re.Match[str] | None:
    """Return the number before a heading, the last one of several.

    One without its mark (一 总体情况) counts only before a heading in the form's own words.
    """
    number = _NUMBER.match(text)
    if number is None:
        loose = _LOOSE.match(text)
        is_exact = loose and _exact_key(_said(text, loose.end()).rstrip("、,"))
        return loose if is_exact else None
    while again := _NUMBER.match(text, number.end()):
        number = again
    return number


def _undecorated(line: str) -> str:
    """Return a line without Markdown's marks at its beginning, and without the bullet before it."""
    text = drop_bookmarks(line).strip()
    if _DECORATION.search(text[:MAX_HEADING_LENGTH]):
        text = (_DECORATION.sub("", text[:MAX_HEADING_LENGTH]) + text[MAX_HEADING_LENGTH:]).strip()
    bullet = _BULLET.match(text) or _STRAY.match(text)
    return text[bullet.end() :] if bullet else text


def _said(text: str, start: int) -> str:
    """Return the words of the vocabulary that stand here, without a conjunction at their end."""
    words = _WORDS.match(text, start)
    if words is None:
        return ""
    prose = _PROSE.search(text, start, words.end())
    end = prose.start() if prose else words.end()
    return text[start:end].rstrip("、,(及和与以")


def _find_blank(printed: Folded, text: str, start: int, end: int) -> int | None:
    """Return where a form's heading ends at a blank before prose in its own words, or None."""
    for at in range(start + 4, end):
        ends = printed.ends[at - 1]
        if text[ends : ends + 1].isspace() and _exact_key(printed.text[start:at]):
            return None if read_heading(text[ends:MAX_HEADING_LENGTH].strip()) else at
    return None


def _part(text: str, at: int) -> tuple[str, str]:
    """Return the heading and the prose behind it; `at` is where the heading's words end."""
    while at < len(text) and _BREAK.match(text[at]):
        at += 1
    rest = text[at:].strip()
    return (text[:at].strip() if rest else text, rest)


def _style(number: re.Match[str]) -> tuple[Style, int]:
    name = number.lastgroup or "han"
    printed = number[name]
    if name == "roman":
        return "arabic", _ROMAN.index(printed) + 1
    value = (
        int(printed)
        if printed.isdecimal()
        else ((_BIG if name == "big" else _HAN + "十").index(printed) + 1)
    )
    styles: dict[str, Style] = {
        "part": "part",
        "chapter": "part",
        "bracketed": "bracketed",
        "arabic": "arabic",
    }
    return styles.get(name, "han"), value


def _ends_there(said: str, tail: str, rest: str) -> bool:
    """Say whether a heading ends with its words: at a break or before prose, not in a list."""
    if _NEXT_NUMBER.match(tail):
        return False
    if not tail.strip("。.:;,") or _REMARK.fullmatch(tail):
        return True
    if _LEADER.fullmatch(tail) or _PAGE.fullmatch(rest):
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


def _unnumbered(said: str, text: str, tail: str, end: int) -> Heading | None:
    """Return a heading without a number: in the form's words, long and complete, or weak."""
    if tail.strip("。.:;,") and not _REMARK.fullmatch(tail):
        return _run_in(said, text, tail, end)
    if len(text) > MAX_UNNUMBERED_LENGTH:
        return None
    exact = _exact_key(said)
    if key := exact or _long_key(said):
        return Heading(key, text, "", exact=exact is not None)
    key = _key(said) if _WEAK.fullmatch(said) else None
    return Heading(key, text, "", "weak") if key else None


def _run_in(said: str, text: str, tail: str, end: int) -> Heading | None:
    """Return a heading in the form's words that prose follows on the same line."""
    key = _exact_key(said)
    if key is None or text[end : end + 1] in "，,；;、":
        return None
    if not _ends_there(said, tail, text[end:]):
        return None
    heading, prose = _part(text, end)
    return Heading(key, heading, prose, "run_in", exact=True)


def _long_key(said: str) -> str | None:
    """Return the section of wording that is too long and complete to be a plain phrase."""
    if (
        len(said) < MIN_UNNUMBERED_LENGTH
        or not said.endswith(_ENDS)
        or _LIST_OF_HEADINGS.search(said)
    ):
        return None
    key = _key(said)
    return None if key in ("overview", "other") else key


def _exact_key(said: str) -> str | None:
    return next((key for key, pattern in _EXACT if pattern.fullmatch(said)), None)


def _key(said: str) -> str | None:
    found = {key: match for key, pattern in _KEYS if (match := pattern.search(said))}
    if {"proactive", "requests"} <= found.keys() and found["requests"].start() < found[
        "proactive"
    ].start():
        del found["proactive"]
    return next(iter(found), None)
