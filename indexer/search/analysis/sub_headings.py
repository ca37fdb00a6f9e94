"""The sub-headings of a section: how its paragraphs are headed, for ranking alone. What is found does not depend on them."""

from __future__ import annotations

import re

from indexer.records import Paragraph

_LONGEST = 30
"""The characters behind the number; what is longer is prose that is numbered."""
_HAN = "一二三四五六七八九十"
_NUMBER = re.compile(
    rf"\s*(?:第[{_HAN}]{{1,3}}[、，,：:]|[（(](?:[{_HAN}]{{1,3}}|\d{{1,2}})[）)][、．.]?"
    rf"|[{_HAN}]{{1,3}}[、．.]|\d{{1,2}}[、．.](?!\d)|[①-⑳⑴-⒇⒈-⒛㈠-㈩])\s*"
)
_STOP = re.compile("[。；;！!？?：:]")
_PARTING = "。：:"
"""What may stand between a heading and the prose that follows on its line."""


def heading_of(paragraph: Paragraph) -> str | None:
    """Return the numbered sub-heading that a paragraph is, or that it begins with; None where that is not certain.

    Without a number a short line may as well be a name, a date or a row. A short sentence by itself is a sentence, but one before
    more prose heads it: most reports print （一）主动公开。2019年… on one line.

    >>> heading_of(Paragraph(1, "（一）主动公开情况")), heading_of(Paragraph(1, "2.明确公开时间。每月定期公布。"))
    ('（一）主动公开情况', '2.明确公开时间')
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
    return heading if 0 < len(heading) - number.end() <= _LONGEST else None
