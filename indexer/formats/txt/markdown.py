"""The marks of Markdown, in prose and in cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_CLOSING = re.compile(r"\s+#+$")
_DELIMITERS = re.compile(r"\s*\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)+\|?\s*")
_STRONG = re.compile(
    r"(?:(?<!\w)|(?![*_]+[、，。；：！？）》”,.;:!?)]))(\*\*\*|___|\*\*|__)(?=[^\s*_])(.+?)(?<=\S)\1"
)
"""Strong words. Behind a letter and before punctuation the marks hide names: 张**、李**."""
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?![\w*])")
_CODE = re.compile(r"(`+)([^`]+)\1")
_CELL_TAG = re.compile(r"</?(?:b|strong|i|em|u|p|span|font|center|div)\b[^<>]*>", re.IGNORECASE)
_QUOTE = re.compile(r"(?:\s*>)+ ?")
_WITHIN = re.compile(
    r"(?<![0-9A-Za-z*])\*(?=[^\s*0-9])([^*]{1,60}?)(?<=[^\s*0-9])\*(?![0-9A-Za-z*])"
)
"""Emphasis within a Chinese sentence, without blanks; figures may be multiplied: 3*4."""
_STRESS = re.compile(r"(?<![\w_])_(?=[^\s_])([^_]+?)(?<=[^\s_])_(?![\w_])")
_TAG = re.compile(
    r"</?(?:b|strong|em|i|u|center|font|big|small|mark|ins)\b[^<>]*>|<br\s*/?>|&(?:nbsp|e[mn]sp);",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)


_LED = re.compile(
    r"[\s>]*(?:[-*+•]\s+|\d{1,2}[.、)]\s*)?(?:<\w+[^<>]*>)*"
    r"(?P<mark>\*{2,3}|_{2,3})(?=[^\s*_])[^*_]{2,}(?<=\S)(?P=mark)(?![*_])"
)
"""A line beginning with a tag for strong words, an anchor, a link or an escaped number."""


_LINK = re.compile(r"\[([^\[\]]+)\]\(#[^()]*\)")
"""A link within the page: an entry of a table of contents, or a heading's link back to it."""
_ANCHOR = re.compile(r"<a\b[^<>]*>|</a>|\s*\{#[^{}]*\}\s*$", re.IGNORECASE)
_MARKED = re.compile(
    r"\s*(?:<(?P<tag>b|strong)\b[^<>]*>[^<>]{2,60}</(?P=tag)>|<a\s+(?:name|id)=|\[[^\[\]]+\]\(#|\d{1,2}\\\.\s)",
    re.IGNORECASE,
)
"""A line beginning with a tag for strong words, an anchor, a link within the page or an escaped
number."""


def is_markdown(lines: Sequence[str]) -> bool:
    """Say whether a text is Markdown: it has headings, strong words or a table."""
    return any(
        _HEADING.match(line)
        or _LED.match(line)
        or _DELIMITERS.fullmatch(line)
        or _MARKED.match(line)
        for line in lines
    )


def strip_quote(line: str) -> str:
    """Return a line of Markdown without the marks of a quotation before it."""
    return _QUOTE.sub("", line, count=1) if line.lstrip().startswith(">") else line


def strip_marks(text: str, marked: bool) -> str:
    """Return a line without the marks of headings, weight and escape.

    `marked`: the text is Markdown.

    >>> strip_marks("## **一、总体情况**", True), strip_marks("# 一、总体情况", False)
    ('一、总体情况', '# 一、总体情况')
    """
    if not marked:
        return text
    head = _HEADING.match(text)
    bare = _CLOSING.sub("", text[head.end() :]) if head else text
    bare = _LINK.sub(r"\1", _ANCHOR.sub("", bare)) if "#" in bare or "<" in bare else bare
    bare = _TAG.sub(
        lambda tag: "" if tag[0].startswith("<") and "br" not in tag[0].lower() else " ", bare
    )
    return _ESCAPED.sub(r"\1", _STRESS.sub(r"\1", _WITHIN.sub(r"\1", _STRONG.sub(r"\2", bare))))


def strip_cell(text: str) -> str:
    r"""Return what a cell between pipes says.

    >>> strip_cell(" **12** "), strip_cell("3.危及<br>三安全")
    ('12', '3.危及\n三安全')
    """
    bare = _BREAK.sub("\n", text.strip(" \u3000\xa0")).replace("&nbsp;", " ")
    bare = _CELL_TAG.sub("", bare) if "<" in bare else bare
    whole = _CODE.fullmatch(bare)
    bare = whole[2] if whole else bare
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\1", _STRONG.sub(r"\2", bare))).strip(" ")
