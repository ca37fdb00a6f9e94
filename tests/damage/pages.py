"""Damage to the page as a whole: tables cut and joined, tables that are not the report's, headings
lost and out of order.
"""

from __future__ import annotations

from random import Random

from tests.damage.heads import opening_heads
from tests.damage.layout import cut_above
from tests.damage.paper import Box, Paper, Row, Sheet, build_paper
from tests.rendering import HEADINGS

_SECTIONS = ("proactive", "requests", "disputes")
_FOREIGN = (
    (
        ("类别", "总数", "新增", "取消"),
        ("行政许可", "120", "3", "5"),
        ("行政处罚", "220", "4", "6"),
    ),
    (
        ("渠道", "一季度", "二季度", "三季度", "四季度", "合计"),
        ("政府网站", "11", "12", "13", "14", "50"),
    ),
    (("名称", "次数", "金额"), ("政府集中采购", "9", "100"), ("行政事业性收费", "2", "7")),
    (("信息类别", "条数"), ("规范性文件", "31"), ("规章", "2"), ("重复申请", "8")),
    (("申请方式", "件数", "占比"), ("当面申请", "5", "50%"), ("信函申请", "5", "50%")),
)


def tables_cut(paper: Paper, random: Random) -> None:
    """The table of requests, and perhaps the first, is cut into two or three tables, the later
    ones without heads.
    """
    _cut(paper, random, heads=False)


def tables_cut_with_heads(paper: Paper, random: Random) -> None:
    """The same, the heads printed over every part."""
    _cut(paper, random, heads=True)


def _cut(paper: Paper, random: Random, *, heads: bool) -> None:
    for sheet in paper.sheets("requests"):
        opening = opening_heads(sheet) if heads else []
        edges = sheet.form_rows()[1:]
        for edge in sorted(
            random.sample(edges, k=min(len(edges), random.randint(1, 2))), reverse=True
        ):
            cut_above(sheet.rows, edge)
            below = Sheet(sheet.section, [*(row.copy() for row in opening), *sheet.rows[edge:]])
            del sheet.rows[edge:]
            at = paper.blocks.index(sheet)
            paper.blocks[at + 1 : at + 1] = ["", below]


def tables_joined(paper: Paper, random: Random) -> None:
    """All forms stand in one table, with the sections' headings as rows of it, or without them."""
    sheets, titled = paper.sheets(), random.random() < 0.5
    rows: list[Row] = []
    for sheet in sheets:
        wide = _width(sheet)
        if titled and rows:
            rows.append(Row([Box(HEADINGS[sheet.section], wide)]))
        rows += sheet.rows
    sheets[0].rows = rows
    gone = [*sheets[1:], *(HEADINGS[section] for section in _SECTIONS[1:])]
    paper.blocks = [
        block for block in paper.blocks if not any(block is one or block == one for one in gone)
    ]


def _width(sheet: Sheet) -> int:
    return max(sum(box.colspan for box in row.boxes) for row in sheet.rows)


def last_year_beside(paper: Paper, random: Random) -> None:
    """Last year's tables stand behind the report's own, or one of them before it."""
    _put_beside(paper, random, "附：上一年度数据")


def other_body_beside(paper: Paper, random: Random) -> None:
    """The tables of another body stand behind the report's own, or one of them before it."""
    _put_beside(paper, random, "附：唐江镇便民服务中心数据")


def _put_beside(paper: Paper, random: Random, title: str) -> None:
    section = random.choice([name for name in _SECTIONS if paper.sheets(name)])
    other = build_paper(paper.generation, random).sheets(section)[0]
    other.own = False
    for row in other.rows:
        row.keys = ()
    own = paper.at(section)
    at = random.choice([own, own + 1, len(paper.blocks)])
    paper.blocks[at:at] = [title, other]
    paper.doubtful |= {key for key in paper.keys if key.startswith(section)}


def foreign_tables(paper: Paper, random: Random) -> None:
    """Tables of something else, with words that the forms have, too, stand in the prose."""
    for heading in ("overview", "problems"):
        rows = [Row([Box(text) for text in texts]) for texts in random.choice(_FOREIGN)]
        at = (
            paper.blocks.index(HEADINGS[heading])
            if HEADINGS[heading] in paper.blocks
            else len(paper.blocks) - 1
        )
        paper.blocks.insert(at + 1, Sheet("", rows, own=False))


def sections_shuffled(paper: Paper, random: Random) -> None:
    """The sections with tables stand in another order, with their numbers or renumbered."""
    parts = [part for part in _parts(paper) if part]
    first, *rest = parts
    random.shuffle(rest)
    paper.blocks = [block for part in [first, *rest] for block in part]


def _parts(paper: Paper) -> list[list[str | Sheet]]:
    parts: list[list[str | Sheet]] = [[]]
    for block in paper.blocks:
        if block in HEADINGS.values():
            parts.append([])
        parts[-1].append(block)
    return parts


def headings_lost(paper: Paper, random: Random) -> None:
    """The headings of the sections with tables are gone, of all or of some."""
    lost = {HEADINGS[section] for section in random.sample(_SECTIONS, k=random.randint(1, 3))}
    paper.blocks = [
        block for block in paper.blocks if isinstance(block, Sheet) or block not in lost
    ]


def contents_before(paper: Paper, random: Random) -> None:
    """A table of contents stands before the report."""
    paper.blocks[:0] = ["目录", *HEADINGS.values()]
