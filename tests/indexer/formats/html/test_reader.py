"""What a browser shows of a table is read, and nothing else."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

import pytest
from hypothesis import given, settings

from indexer.formats.html import reader as html
from indexer.formats.html.pruning import prune_page
from indexer.formats.html.reader import read_html
from indexer.records import Grid, Line
from indexer.text.amounts import read_count
from tests.printing import printed_reports
from tests.rendering import Printed, render_html

OPENING = (
    "<h1>高安市田南镇人民政府2020年政府信息公开工作年度报告</h1><p>二、主动公开政府信息情况</p>"
)
HEADS = "<tr><td>信息内容<td>本年新制作数量<td>本年新公开数量<td>对外公开总数量</tr>"


def rows(inner: str) -> list[list[str]]:
    document = read_html(f"<html><body>{OPENING}<table>{HEADS}{inner}</table></body></html>")
    grid = next(block for block in document.blocks if isinstance(block, Grid))
    return [[cell.text for cell in row] for row in grid.rows[1:]]


@pytest.mark.parametrize(
    "cell",
    [
        "5<sup>1</sup>",
        "9<sub>2</sub>",
        '5<span style="vertical-align:super">1</span>',
        '5<font style="font-size:9pt;vertical-align: sub">1</font>',
        "<s>7</s>8",
        "<del>5</del>6",
        '<span style="text-decoration: line-through">7</span>8',
        '5<a href="#_ftn1">1</a>',
        "\n<p>5</p>6",
        "<p>5</p>\n<!-- x -->6",
    ],
)
def test_digits_that_are_no_part_of_the_number_make_no_other_number(cell: str) -> None:
    [row] = rows(f"<tr><td>规章<td>{cell}<td>0<td>0</tr>")
    assert read_count(row[1]).status == "unreadable"


@pytest.mark.parametrize(
    "cell",
    [
        "<sup>12</sup>",
        '<span style="vertical-align:super">12</span>',
        "1<span>2</span>",
        "<ruby>12<rt>3</rt></ruby>",
        '12<span style="font-size:0">6</span>',
        '12<span style="display: none">6</span>',
        "<table><tr><td>12</td></tr></table>",
        "<button>12</button>",
    ],
)
def test_a_number_is_read_as_it_is_shown(cell: str) -> None:
    [row] = rows(f"<tr><td>规章<td>{cell}<td>0<td>0</tr>")
    assert row == ["规章", "12", "0", "0"]


@pytest.mark.parametrize(
    "hidden",
    [
        '<tr style="display:none"><td>规章<td>7<td>8<td>9</tr>',
        '<tbody style="display:none"><tr><td>规章<td>7<td>8<td>9</tr></tbody>',
        "<tr hidden><td>规章<td>7<td>8<td>9</tr>",
    ],
)
def test_hidden_rows_are_not_there(hidden: str) -> None:
    assert rows(f"{hidden}<tr><td>规章<td>1<td>2<td>3</tr>") == [["规章", "1", "2", "3"]]


def test_a_hidden_cell_takes_no_column() -> None:
    [row] = rows('<tr><td>规范性文件<td style="display:none">99<td>1<td>2<td>3</tr>')
    assert row == ["规范性文件", "1", "2", "3"]


def test_a_font_size_that_is_not_nought_hides_nothing() -> None:
    [row] = rows('<tr><td>规章<td><span style="font-size:0.9em">1</span><td>2<td>3</tr>')
    assert row == ["规章", "1", "2", "3"]


def test_preformatted_text_keeps_its_lines_and_tables() -> None:
    text = (
        "二、主动公开政府信息情况\n| 信息内容 | 本年新制作数量 |"
        " 本年新公开数量 | 对外公开总数量 |\n| 规章 | 1 | 2 | 3 |\n完毕。"
    )
    document = read_html(f"<html><body><pre>{text}</pre></body></html>")
    assert [block.text for block in document.blocks if isinstance(block, Line)] == [
        "二、主动公开政府信息情况",
        "完毕。",
    ]
    [grid] = [block for block in document.blocks if isinstance(block, Grid)]
    assert [cell.text for cell in grid.rows[-1]] == ["规章", "1", "2", "3"]


def test_raised_digits_in_prose_stay_where_they_are() -> None:
    document = read_html("<p>面积为30km<sup>2</sup>。</p>")
    assert [block.text for block in document.blocks if isinstance(block, Line)] == ["面积为30km²。"]


@pytest.mark.parametrize("style", ["plain", "word", "nested"])
@settings(max_examples=20, deadline=None)
@given(printed=printed_reports())
def test_a_page_says_the_same_without_what_says_nothing(style: str, printed: Printed) -> None:
    page = render_html(printed, style)
    with patch.object(html, "prune_page", lambda text: text):
        whole = read_html(page)
    assert len(prune_page(page)) < len(page)
    assert read_html(page) == whole


def test_the_spans_that_hide_or_strike_stay() -> None:
    hidden = (
        '<span style="display:none">6</span><span style="text-decoration:line-through">7</span>'
    )
    page = f"<html><body><p>{'<span>1</span>' * 400}{hidden}</p></body></html>"
    [line] = [block for block in read_html(page).blocks if isinstance(block, Line)]
    assert line.text == "1" * 400 + "7\u0336"


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div><span>" * 2000 + "政府" + "</span></div>" * 2000,
        "<html><body>" + "<span>政府\x01</span>" * 400,
        "<span>" * 400 + "政府 & < <span",
    ],
)
def test_no_page_loses_its_text_with_its_spans(page: str) -> None:
    assert "政府" in "".join(
        block.text for block in read_html(page).blocks if isinstance(block, Line)
    )


TITLE = "高安市教育局2023年政府信息公开工作年度报告"
BESIDE = {
    "table": f"<table><tr><td>索引号：</td><td>0145-2024</td><td>"
    f"公开日期：</td><td>2024-01-26</td></tr>"
    f"<tr><td>名 称：</td><td colspan=3>{TITLE}</td></tr></table>",
    "list": (
        f"<dl><dt>信息名称</dt><dd><span>{TITLE}</span></dd><dt>"
        f"发布日期</dt><dd>2024年1月26日</dd></dl>"
    ),
    "lines": f"<ul><li>标题：{TITLE}</li><li>成文日期：2024/1/26</li></ul>",
}
ARTICLE = (
    "<div><p>一、总体情况</p><p>我局认真公开。</p><p>二、主动公开政府信息情况</p><p>无。</p></div>"
)


@pytest.mark.parametrize("beside", BESIDE)
def test_a_table_of_metadata_beside_the_article_gives_the_title_and_the_day(beside: str) -> None:
    page = (
        f"<html><head><title>高安市人民政府网</title></head>"
        f"<body>{BESIDE[beside]}{ARTICLE}</body></html>"
    )
    document = read_html(page)
    assert (document.title, document.published) == (TITLE, date(2024, 1, 26))


def test_a_label_of_something_else_gives_neither_title_nor_day() -> None:
    beside = "<dl><dt>名称</dt><dd>办事指南</dd><dt>发布日期</dt><dd>2024-01-26</dd></dl>"
    document = read_html(
        f"<html><head><title>高安市人民政府网</title></head><body>{beside}{ARTICLE}</body></html>"
    )
    assert (document.title, document.published) == ("高安市人民政府网", None)
