"""The sub-headings of a section, which only the ranking uses: they match nothing by themselves."""

from __future__ import annotations

import re

from indexer.records import Paragraph

_MAX_HEADING_LENGTH = 30
"""In characters after the number; anything longer is numbered prose."""
_HAN = "一二三四五六七八九十"
_NUMBER = re.compile(
    rf"\s*(?:第[{_HAN}]{{1,3}}[、，,：:]|[（(](?:[{_HAN}]{{1,3}}|\d{{1,2}})[）)][、．.]?"
    rf"|[{_HAN}]{{1,3}}[、．.]|\d{{1,2}}[、．.](?!\d)|[①-⑳⑴-⒇⒈-⒛㈠-㈩])\s*"
)
_STOP = re.compile("[。；;！!？?：:]")
_PARTING = "。：:"
"""What may stand between a heading and the prose that follows on its line."""


def heading_of(paragraph: Paragraph) -> str | None:
    """Return the numbered sub-heading that a paragraph is or begins with; None if in doubt.

    Without a number a short line may as well be a name, a date or a row. A short sentence by itself
    is prose, but before more prose it is a heading: most reports print （一）主动公开。2019年… on
    one line.

    >>> heading_of(Paragraph(1, "（一）主动公开情况"))
    '（一）主动公开情况'
    >>> heading_of(Paragraph(1, "2.明确公开时间。每月定期公布。"))
    '2.明确公开时间'
    >>> heading_of(Paragraph(1, "主动公开情况")), heading_of(Paragraph(1, "（三）没有收到申请。"))
    (None, None)
    """
    number = _NUMBER.match(paragraph.text) if paragraph.kind == "text" else None
    if number is None:
        return None
    text = paragraph.text.rstrip().rstrip("：:")
    stop = _STOP.search(text, number.end())
    if stop and (stop[0] not in _PARTING or stop.end() == len(text)):
        return None
    heading = text[: stop.start()] if stop else text
    return heading if 0 < len(heading) - number.end() <= _MAX_HEADING_LENGTH else None
