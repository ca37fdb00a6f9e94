"""Words of the official forms by which the readers of file formats tell tables, headings and prose.

The readers do not know yet which form a report follows, so these are words that all forms share.
"""

from __future__ import annotations

import re

SPANNING_HEADS = frozenset({"申请人情况", "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉"})
"""Heads over several columns, which may stand over one of them as if they were its own."""
_SPANNING_BEGINNINGS = ("第二十条", "法人")
"""The captions of tables, and the head over the organisations in any wording: 法人或者其他组织."""

CAPTION_BEGINNING = "第二十条第"
"""The captions of the first tables name an item of this article of the regulation."""
BALANCE_CORNER = "勾稽关系"
"""The long head of the labels in the table of requests: a sentence, but no prose."""

_NUMBERED_LABEL = re.compile(
    r"\s*(?:[（(]?\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[）)、．.]|第二十条)"
)
TABLE_NOTE = re.compile(r"[（(]?\s*(?:注|备注|说明|附注)\s*\d?\s*[：:]")
"""A note below a table."""

_NUMBERED_LINE = r"第?[一二三四五六七八九]\s*(?:[、．.：:]|部分)\s*"
SECTION_LINE = re.compile(
    _NUMBERED_LINE + r"(?!属于)[^，,]{2,30}(?:情况|事项|问题|概述|措施|打算)\s*[。：:]?"
)
"""The heading of a section in a text; 三、属于… is the label of a row."""
SECTION_LINE_BESIDE_FIGURES = re.compile(
    _NUMBERED_LINE + r"[^，,]{2,30}(?:情况|事项|问题|概述|措施|打算|报告)\s*[。：:]?"
)
"""The same on a page without ruling lines, where labels have figures beside them."""
HALF_SECTION_LINE = re.compile(r"\s*[二三四五六七八]、[^\d|｜。]{1,20}\s*")
"""A heading that may go on in the next line."""
SECTION_ONLY = re.compile(
    r"\s*(?:[一二三四五六七]|[1-7])\s*[、.．]\s*\S{0,6}?"
    r"(?:总体|概述|概况|主动公开|收到|依申请|行政复议|政府信息公开行政|存在|其他需要)"
    r"[^，。；]{0,30}"
)
"""A line that is nothing but the heading of one of a report's sections."""
SECTION_BEGINNING = re.compile(
    r"^\s*[一二三四五六][、．.]\s*\S{0,6}"
    r"(?:总体|概述|主动公开|收到和处理|行政复议|存在的?|其他)"
)
"""The beginning of a paragraph that opens a section of a report."""

CELL_WORDS = frozenset(
    [
        "第二十条",
        "自然人",
        "结果维持",
        "结果维护",
        "本年新收",
        "商业企业",
        "行政许可",
        "尚未审结",
    ]
)
"""Texts of cells that no other table on a government's page has."""
PREAMBLE_WORDS = ("本报告", "年度报告", "统计期限", "信息公开条例")
"""One of them stands in the opening sentence of nearly every report."""

REPORT_TITLE = re.compile(r"(?:信息|政务)公开.*(?:报告|年报)")
REPORT_TITLE_END = re.compile(r"(?:报告|年报)\s*[）)》]?$")


def is_spanning_head(text: str) -> bool:
    """Say whether a head stands over several columns.

    >>> is_spanning_head("行政诉讼"), is_spanning_head("法人或者其他组织"), is_spanning_head("总计")
    (True, True, False)
    """
    return text in SPANNING_HEADS or text.startswith(_SPANNING_BEGINNINGS)


def begins_numbered(text: str) -> bool:
    """Say whether a text begins with the number of a row, or is the caption of a table.

    >>> begins_numbered("（一）予以公开"), begins_numbered("3.危及"), begins_numbered("自然人")
    (True, True, False)
    """
    return bool(_NUMBERED_LABEL.match(text))


def names_report(text: str) -> bool:
    """Say whether a title is plainly that of a yearly report on disclosure.

    >>> names_report("2020年政府信息公开年报"), names_report("2020年工作报告")
    (True, False)
    """
    return "公开" in text and ("报告" in text or "年报" in text)
