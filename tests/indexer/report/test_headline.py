"""The report's title among the lines above the report."""

from __future__ import annotations

import pytest

from indexer.records import Block, Grid, GridCell, Line
from indexer.report.headline import find_title


def lines(text: str) -> tuple[Block, ...]:
    return tuple(Line(line) for line in text.splitlines())


def found(text: str, page: str | None = None) -> str | None:
    headline = find_title(lines(text), page)
    return headline and headline.text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("高安市教育局\n2022年政府信息公开工作年度报告", "高安市教育局2022年政府信息公开工作年度报告"),
        ("高安市教育局2022年政府信息公开工作年度\n报告", "高安市教育局2022年政府信息公开工作年度报告"),
        ("高安市教育局2022年\n政府信息公开工作年度报告", "高安市教育局2022年政府信息公开工作年度报告"),
        ("高安市教育局\n2022年政府信息公开\n年度报告", "高安市教育局2022年政府信息公开年度报告"),
        ("高安市\n教育局\n2022年政府信息公开\n年度报告", "高安市教育局2022年政府信息公开年度报告"),
        ("九原区阿嘎如泰苏木\n2025年政府信息公开工作年度报告", "九原区阿嘎如泰苏木2025年政府信息公开工作年度报告"),
        ("政府信息公开\n高安市2016年政府信息公开工作年度报告", "高安市2016年政府信息公开工作年度报告"),
        ("2022年政府信息公开工作年度报告\n桃江县松木塘镇人民政府\n2022年政府信息公开工作年度报告", "桃江县松木塘镇人民政府2022年政府信息公开工作年度报告"),
        ("首页 > 政务公开 > 政府信息公开年度报告\n高安市2016年政府信息公开年度报告", "高安市2016年政府信息公开年度报告"),
        ("| 当前位置: 首页 > 鼓楼区人民政府 > 政府信息公开年度报告 |\n高安市2016年政府信息公开年度报告", "高安市2016年政府信息公开年度报告"),
        ("首页\n> ... > 政府信息公开年度报告\n高安市2016年政府信息公开年度报告", "高安市2016年政府信息公开年度报告"),
        ("索引号 | 014416330/2018 | 分类 | 政府信息公开年报 |\n现公布报告。", None),
        ("政府信息公开年度报告\n高安市2016年政府信息公开年度报告", "高安市2016年政府信息公开年度报告"),
        ("公报标题高安市2016年政府信息公开年度报告", "高安市2016年政府信息公开年度报告"),
        ("标 题：高安市2016年政府信息公开年度报告", "高安市2016年政府信息公开年度报告"),
        ("高安市2016年政府信息公开年度报告 发布时间：2017-01-12 字号：大 中 小", "高安市2016年政府信息公开年度报告"),
        ("高安市2016年政府信息公开年度报告【字号：大 中 小】", "高安市2016年政府信息公开年度报告"),
        ("高安市2016年政府信息公开年度报告_高安市人民政府", "高安市2016年政府信息公开年度报告"),
        ("高安市2016年政府信息公开年度报告[bookmark: _GoBack]", "高安市2016年政府信息公开年度报告"),
        ("高安縣二〇一六年政府信息公開年度報告", "高安縣二〇一六年政府信息公開年度報告"),
        ("高安市政府信息公开工作年度报告", "高安市政府信息公开工作年度报告"),
        ("高安市教育局关于2021年度\n政府信息公开工作的\n年度报告", "高安市教育局关于2021年度政府信息公开工作的年度报告"),
        ("高安市民政局2021年政府信息公开年度报告\n高安市水利局2021年政府信息公开年度报告", None),
        ("高安市民政局2020年政府信息公开年度报告\n高安市民政局2021年政府信息公开年度报告", None),
        ("2016年龙归镇政府信息公开年度报告\n武江区龙归镇人民政府2016年政府信息公开年度报告", "2016年龙归镇政府信息公开年度报告"),
        ("本溪县教育局2023年政府信息公开工作年度报告", "本溪县教育局2023年政府信息公开工作年度报告"),
        ("高安市教育局办公厅2022\n政府信息公开工作年度报告", "高安市教育局办公厅2022政府信息公开工作年度报告"),
        ("名 称: 高安市人民政府2019年政府信息公开工作年度报告 | |||", "高安市人民政府2019年政府信息公开工作年度报告"),
        ("标 题 | 高安市2014年政府信息公开工作年度报告 | ||\n索引号 | 0149/2015 |", "高安市2014年政府信息公开工作年度报告"),
        ("高安市教育局2019年政府信息公开工作年度报告 - 公开年报 - 高安市政府网站", "高安市教育局2019年政府信息公开工作年度报告"),
        ("高安市田南镇2021年政府信息公开工作年度报告.docx", "高安市田南镇2021年政府信息公开工作年度报告"),
        ("名 称: 高安市2020年政府信息公开工作年度报告 信息来源: 市政务公开办\n高安市2020年政府信息公开工作年度报告", "高安市2020年政府信息公开工作年度报告"),
        ("名 称: 高安市2020年政府信息公开工作年度报告 信息来源: 市政务公开办", "高安市2020年政府信息公开工作年度报告"),
        ("内容概述: 高安市2020年度政府信息公开工作报告 有 效 性: /\n高安市2020年度政府信息公开工作报告", "高安市2020年度政府信息公开工作报告"),
        ("高安市2020年政府信息公开工作年度报告 根据《条例》要求，现公布本年度报告。", "高安市2020年政府信息公开工作年度报告"),
        (f"高安市教育局{' ' * 3000}通知", None),
        ("政府信息公开工作年度报告范文", None),
        ("第三条 政府信息公开年度报告应当包括下列内容：", None),
        ("高安市人民政府办公室\n关于做好2017年政府信息公开工作年度报告\n编制工作的通知", None),
        ("中华人民共和国政府信息公开工作年度报告格式", None),
        ("为做好政府信息公开年度报告工作，报告如下", None),
        ("关于做好2016年政府信息公开年度报告工作的通知", None),
        ("本报告是高安市2016年政府信息公开年度报告", None),
        ("一、总体情况\n高安市2016年政府信息公开年度报告", None),
    ],
)  # fmt: skip
def test_finds_the_title_as_printed(text: str, title: str | None) -> None:
    assert found(text) == title


def test_the_pages_own_title_tells_the_report_from_others_that_are_listed_above_it() -> None:
    text = "高安市教育局2019年政府信息公开工作年度报告\n高安市教育局2020年政府信息公开工作年度报告\n现报告如下。"
    assert found(text, "高安市教育局2020年政府信息公开工作年度报告_高安市人民政府") == text.splitlines()[1]


def test_a_line_that_says_more_than_the_title_stays_in_the_report() -> None:
    blocks = lines("高安市2016年政府信息公开年度报告 来源：市政府办 浏览次数：12\n现报告如下。")
    headline = find_title(blocks)
    assert headline is not None
    assert (headline.start, headline.end) == (0, 0)


def test_a_table_of_metadata_stands_above_the_title_and_a_table_of_figures_ends_the_search() -> None:
    title = Line("高安市2016年政府信息公开年度报告")
    metadata, figures = (Grid(((GridCell(text, 0), GridCell("5", 1)),)) for text in ("索 引 号", "行政许可"))
    headline = find_title((metadata, title))
    assert headline is not None
    assert (headline.start, headline.end, find_title((figures, title))) == (1, 2, None)


@pytest.mark.parametrize(
    "row",
    [
        ("标题", "高安市2016年政府信息公开年度报告"),
        ("名称：高安市2016年政府信息公开年度报告", ""),
        ("索引号", "1", "信息名称", "高安市2016年政府信息公开年度报告"),
    ],
)
def test_the_table_that_describes_a_document_gives_its_title_where_no_line_does(row: tuple[str, ...]) -> None:
    table = Grid((tuple(GridCell(text, at) for at, text in enumerate(row)), (GridCell("索引号", 0), GridCell("2", 1))))
    assert (headline := find_title((table, Line("现公布报告。")))) is not None
    assert headline.text == "高安市2016年政府信息公开年度报告"
    printed = Line("高安市2016年政府信息公开工作年度报告")
    assert (headline := find_title((table, printed))) is not None
    assert headline.text == printed.text
