"""Damage to the heads over the columns."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.damage.layout import cut_above, remove
from tests.damage.paper import Box, Figure, Paper, Row, Sheet

_SHORT = 3


def opening_heads(sheet: Sheet) -> list[Row]:
    """The rows of heads that a table begins with."""
    first = min(sheet.form_rows(), default=0)
    return sheet.rows[:first]


def heads_repeated(paper: Paper, random: Random) -> None:
    """The heads of the requests are printed again in the middle, as over a page."""
    for sheet in paper.sheets("requests"):
        heads = [row.copy() for row in opening_heads(sheet)]
        at = random.choice(sheet.form_rows()[1:] or sheet.form_rows())
        cut_above(sheet.rows, at)
        sheet.rows[at:at] = heads


def heads_truncated(paper: Paper, random: Random) -> None:
    """Heads are cut short, so that two of them may say the same: 本年新, 本年新. An amount may
    lose its unit so.
    """
    for sheet in paper.sheets():
        for at in sheet.heads():
            for box in sheet.rows[at].boxes:
                if not _is_frame(box.text) and len(box.text) > _SHORT and random.random() < 0.6:
                    box.text = box.text[:_SHORT]
    forget_unit(paper)


def forget_unit(paper: Paper) -> None:
    """Take a bare amount as it is printed where no head gives a unit any more."""
    if any("万元" in text for text in _head_texts(paper)):
        return
    for row in paper.rows():
        for box in row.figures:
            is_reported = box.figure is not None and box.figure.status == "reported"
            if is_reported and str(box.key).endswith("fees.amount_yuan"):
                box.figure = Figure(box.text, "reported", Decimal(box.text))


def _head_texts(paper: Paper) -> list[str]:
    return [
        box.text
        for sheet in paper.sheets("proactive")
        for at in sheet.heads()
        for box in sheet.rows[at].boxes
    ]


def heads_split(paper: Paper, random: Random) -> None:
    """Each row of heads of the first table stands in two rows: the first letters above, the rest
    below.
    """
    for sheet in paper.sheets("proactive"):
        for at in reversed(sheet.heads()):
            if "信息内容" in [box.text for box in sheet.rows[at].boxes]:
                below = [Box(box.text[_SHORT:], box.colspan) for box in sheet.rows[at].boxes[1:]]
                for box in sheet.rows[at].boxes[1:]:
                    box.text = box.text[:_SHORT]
                sheet.rows[at].boxes[0].rowspan = 2
                sheet.rows.insert(at + 1, Row(below))


def heads_doubled(paper: Paper, random: Random) -> None:
    """The rows of heads that a table begins with are printed twice."""
    for sheet in paper.sheets():
        sheet.rows[:0] = [row.copy() for row in opening_heads(sheet)]


def heads_lost(paper: Paper, random: Random) -> None:
    """The first rows of a table are gone; an amount may have lost its unit with them."""
    for sheet in paper.sheets():
        for _ in range(
            random.randint(min(1, len(opening_heads(sheet))), len(opening_heads(sheet)))
        ):
            remove(sheet.rows, 0)
    forget_unit(paper)


def captions_lost(paper: Paper, random: Random) -> None:
    """The captions 第二十条第（一）项 … are gone."""
    for sheet in paper.sheets("proactive"):
        sheet.rows = [row for row in sheet.rows if not row.boxes[0].text.startswith("第二十条")]


def heads_explained(paper: Paper, random: Random) -> None:
    """Heads are explained, with digits in the explanation."""
    for sheet in paper.sheets():
        for at in sheet.heads():
            for box in sheet.rows[at].boxes:
                if (
                    box.text
                    and not _is_frame(box.text)
                    and "万元" not in box.text
                    and random.random() < 0.4
                ):
                    box.text += random.choice(
                        ["（指2019年）", "（单位：件）", "（如-8）", "（2020年1月至12月）"]
                    )


def _is_frame(text: str) -> bool:
    return text.startswith(
        ("第二十条", "（本列", "申请人情况", "信息内容", "法人", "行政复议", "行政诉讼")
    )
