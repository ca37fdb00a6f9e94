"""The table of reconsiderations and lawsuits in other shapes."""

from __future__ import annotations

from random import Random

from tests.damage.paper import Box, Paper, Row, Sheet
from tests.rendering import DISPUTES

_HEADS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
_LABELS = ("行政复议", "行政诉讼：未经复议直接起诉", "行政诉讼：复议后起诉")


def _figures(sheet: Sheet) -> list[list[Box]] | None:
    """The fifteen cells in three parts; None where the table is no longer whole."""
    rows = [sheet.rows[at] for at in sheet.form_rows()]
    if len(rows) != 1 or len(rows[0].figures) != 15:
        return None
    return [rows[0].figures[at : at + 5] for at in (0, 5, 10)]


def _keys(part: str) -> tuple[str, ...]:
    return tuple(
        f"disputes.{part}.{name}" for name in ("upheld", "corrected", "other", "pending", "total")
    )


def disputes_upright(paper: Paper, random: Random) -> None:
    """Three rows of five instead of one of fifteen."""
    for sheet in paper.sheets("disputes"):
        parts = _figures(sheet)
        if parts:
            heads = Row([Box(""), *map(Box, _HEADS)])
            below = zip(_LABELS, parts, DISPUTES, strict=True)
            sheet.rows = [
                heads,
                *(Row([Box(label), *boxes], _keys(part)) for label, boxes, part in below),
            ]


def disputes_split(paper: Paper, random: Random) -> None:
    """Two tables: one of reconsiderations, one of lawsuits."""
    for sheet in paper.sheets("disputes"):
        parts = _figures(sheet)
        if not parts:
            continue
        second = [
            Row([Box("行政诉讼", 10)]),
            Row([Box("未经复议直接起诉", 5), Box("复议后起诉", 5)]),
            Row([Box(head) for head in (*_HEADS, *_HEADS)]),
            Row([*parts[1], *parts[2]], (*_keys(DISPUTES[1]), *_keys(DISPUTES[2]))),
        ]
        sheet.rows = [
            Row([Box("行政复议", 5)]),
            Row([Box(head) for head in _HEADS]),
            Row(parts[0], _keys(DISPUTES[0])),
        ]
        at = paper.blocks.index(sheet)
        paper.blocks[at + 1 : at + 1] = [Sheet("disputes", second)]
