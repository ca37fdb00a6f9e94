"""Finds a report's title in a line among labels, cells, the path to the page or decorations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from indexer.report.identity.title_parsing import read_title, split_site, without_pronunciation
from indexer.text.converter_marks import drop_bookmarks
from indexer.text.folding import fold

Kind: TypeAlias = Literal["line", "part", "path"]

_TITLE = re.compile(r"(?:信息|政务)公开.*(?:报告|年报)|年度?(?:信息|政务)公开.*(?:报告|年报)")
_NOT_TITLE = re.compile(
    r"[。;!]|[:]$|^(?:本(?!溪)|根据|按照|现将|为|第.{1,3}条)|关于(?:认真|切实|进一步)?(?:做好|印发|转发)"
    r"|(?:通知|指南|目录|办法|制度|方案|格式|规定|细则|要求|模板|模版|范本|范文|样本|说明)(?:[(].*)?$"
    r"|^(?:内容概述|概述|摘要|关键词|描述|来源|信息来源|发布机构|索引号|责任编辑|[上下]一[篇条]|相关|当前位置|当前的位置|您?(?:现在)?(?:所在)?的?位置|首页)"
    r"|[|│┃>»›→]|^(?:所属)?(?:(?:信息|主题|体裁|组配|文件|公开)?(?:分类|类别|栏目|目录)|主题词|标签):"
)
_MAX_TITLE_LENGTH = 60
"""Characters of a folded title."""
_NAME = (
    r"(?:(?:公\s*报|文\s*章|信\s*息|文\s*件|公\s*文|文\s*档|公\s*开|内\s*容|报\s*告|稿\s*件|资\s*料|政府信息|标题|主|正)\s*)?"
    r"(?:标\s*题|名\s*称|题\s*名|题\s*目|主\s*题(?=\s*[：:|｜]))"
)
_BRACKETED = rf"[【\[(（<〈]\s*{_NAME}\s*[】\])）>〉]"
_LABEL = re.compile(rf"^(?:{_BRACKETED}|{_NAME})[\s：:|｜│┃]*(?=\S{{6}})")
_ONLY_LABEL = re.compile(rf"\s*(?:{_BRACKETED}|{_NAME})\s*[：:]?\s*")
_INNER_LABEL = re.compile(
    rf"(?<=[\s|｜│┃;；,，])(?:{_BRACKETED}\s*[：:]?|{_NAME}\s*(?:[：:]|(?<=\s)))\s*"
)
_PROSE = re.compile(r"(?<=报告|年报)\s+(?:根据|按照|依据|遵照|本报告|本年度|现将|为).*$")
_COLUMN = re.compile(r"\s[-—–]\s")
_OTHER_LABELS = (
    r"索\s*引\s*号|信息索引|(?:主题|信息|体裁|组配)?分\s*类|发布(?:机构|单位)|发文(?:机关|单位|日期|字号|时间)"
    r"|公开(?:日期|时间|方式|范围|主体)|(?:成文|生成|废止)日期|文\s*号|有\s*效\s*性|关\s*键\s*词|主\s*题\s*词|内容概述|服务对象"
)
_DAY = r"[【\[（(]?20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?[】\]）)]?"
_DECORATION = re.compile(
    r"(?:[【\[（(]\s*)?(?:(?:发布|发表|公开|成文|更新|录入)?(?:时间|日期)|(?:信息|文章|稿件)?来源|作者|浏览(?:次数|量)?|阅读|点击(?:数|量)?|字号|字体|访问量|打印本页)\s*[：:].*$"
    r"|[【\[（(]\s*(?:字号|字体|打印|大\s*中\s*小).*$|(?<=\s)大\s+中\s+小.*$|\.(?:docx?|wps|pdf|txt)$"
    rf"|(?<=[\s|｜│┃;；,，])(?:{_OTHER_LABELS})(?:[：:\s|｜].*)?$|[【\[（(]\s*(?:{_OTHER_LABELS}|日期|时间)\s*[】\]）)].*$"
    rf"|\s+{_DAY}\s*$"
)
_LED_BY = re.compile(
    rf"^(?:(?:(?:通知)?公[告示]\s*[：:]|{_DAY}|[\[【(（](?:热|新|顶|荐|置顶|推荐|公告|图文|原创|转载)[\]】)）]"
    r"|\d{1,2}[.、．](?!\d)|[\u4e00-\u9fff]{2,12}[〔\[（(]20\d\d[〕\]）)]\s*第?\d+号(?=\s)|[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f]+)\s*)+"
)
"""What precedes a title in lists of news: a day, 公告, its number or a mark."""

_MARKUP = re.compile(r"^(?:#{1,6}\s+|[•●◆■▪※★☆◇□]\s*|[-*]\s+)|\*\*|__(?=\S)|(?<=\S)__")
_LINK = re.compile(r"\[([^\[\]]+)\]\([^()]*\)")
"""A link of Markdown, of which only the text is printed."""

_CELL = re.compile(r"\s*(?:[|｜│┃\t]|\s{3,})\s*")
_LEAD = re.compile(
    r"^[|\s]*(?:(?:您?现在)?的?(?:您)?(?:当前|现在|所在|目前)?(?:的|所在)?(?:的)?位置(?:是|为)?|当前栏目|导航|路径)\s*[：:]?\s*|^[|\s]*(?=(?:网站|门户)?(?:首\s*页|主\s*页))"
)
_STEP = re.compile(r"\s*(?:[>＞»›→]+|&gt;|—>|->)\s*")
_WEAK_STEP = re.compile(r"\s*(?:[>＞»›→/／|｜·•\\]+|::|--+|——|(?<!\d)[-–—]|[-–—](?!\d))\s*")
_SITE_OR_COLUMN = re.compile("公开|网站?|门户|专栏|栏目|首页|年报|之窗|在线")
_CONTENT = re.compile(r"(?:正文|内容|详情|详细内容|信息内容|内容页|浏览|阅读|查看|文章|)")


@dataclass(frozen=True, slots=True)
class TitlePiece:
    """A title and where it stands: a whole `line`, a `part`, or the last step of a `path`."""

    text: str
    kind: Kind


def is_title(text: str) -> bool:
    """Return whether a line names a yearly report on freedom-of-information work."""
    folded = fold(without_pronunciation(text))
    return (
        len(folded) <= _MAX_TITLE_LENGTH
        and bool(_TITLE.search(folded))
        and not _NOT_TITLE.search(folded)
    )


def find_pieces(line: str) -> Iterator[TitlePiece]:
    """Yield the titles that a line holds.

    >>> [piece.text for piece in find_pieces("首页 > 年报 > 高安市2016年政府信息公开年度报告")]
    ['高安市2016年政府信息公开年度报告']
    """
    text = _LINK.sub(r"\1", drop_bookmarks(line).strip())
    if not _TITLE.search(fold(without_pronunciation(text))):
        return
    if is_title(text) and _bare(text) == text:
        yield TitlePiece(text, "part" if _LINK.search(line) else "line")
    elif steps := _steps(text):
        yield from _last_step(steps)
    else:
        yield from _parts(text)


def _bare(text: str) -> str:
    """Return a text without markup, leading label, decorations, trailing prose and site name."""
    bare = _MARKUP.sub("", _PROSE.sub("", text).strip("|｜│┃ ")).strip()
    inner = _INNER_LABEL.search(bare)
    bare = bare[inner.end() :] if inner else _LABEL.sub("", bare)
    bare = _DECORATION.sub("", _LED_BY.sub("", bare)).strip("|｜│┃ \t\u3000;；,，")
    bare = _below_column(bare)
    if "_" in bare or (_COLUMN.search(bare) and read_title(split_site(bare)[0]).body):
        bare = split_site(bare)[0]
    return bare


def _below_column(bare: str) -> str:
    """Return a title without the names of site and column that stand before it on the line."""
    for gap in reversed([*re.finditer(r"\s+", bare)]):
        said, before = read_title(bare[gap.end() :]), bare[: gap.start()]
        if (
            said.body
            and said.year
            and _SITE_OR_COLUMN.search(before)
            and is_title(bare[gap.end() :])
        ):
            return bare[gap.end() :]
    return bare


def _parts(text: str) -> Iterator[TitlePiece]:
    """Yield the title beside its label and decorations, or in a row printed on one line."""
    bare = _bare(text)
    if is_title(bare):
        yield TitlePiece(bare, "part")
        return
    cells = [cell.strip("*# ") for cell in _CELL.split(text)]
    for before, cell in zip(["", *cells], cells, strict=False):
        bare = _bare(cell)
        if not is_title(bare):
            continue
        said = read_title(bare)
        if _ONLY_LABEL.fullmatch(before) or bare != cell or (said.body and said.year):
            yield TitlePiece(bare, "part")


def _steps(text: str) -> list[str]:
    """Return the steps of a line that is the path to a page: it says so, or has two arrows."""
    lead = _LEAD.match(text)
    steps = (_WEAK_STEP if lead else _STEP).split(text[lead.end() :] if lead else text)
    starts_below = text.startswith((">", "＞", "»", "›", "→"))
    return [step.strip("*| ") for step in steps] if lead or len(steps) > 2 or starts_below else []


def _last_step(steps: list[str]) -> Iterator[TitlePiece]:
    """Yield the title at the end of a path; it must name a body and a year, unlike a column."""
    named = [step for step in steps if not _CONTENT.fullmatch(step)]
    bare = _bare(named[-1]) if named else ""
    said = read_title(bare)
    if is_title(bare) and said.body and said.year:
        yield TitlePiece(bare, "path")
