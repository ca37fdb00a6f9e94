"""Text and Markdown with tables in HTML: the lines stay lines, the tables keep their spans."""

from __future__ import annotations

import pytest

from indexer.formats.registry import read_document
from indexer.formats.txt.html_tables import is_mixed
from indexer.records import Grid, Line

TABLE = "<table>\n<tr><td colspan='2'>规章</td></tr>\n<tr><td>1</td><td>2</td></tr>\n</table>"


def test_lines_around_a_table_keep_their_text_and_their_numbers() -> None:
    text = f"# 某镇2023年年报\n\n## 一、总体情况\n{TABLE}\n下一步**加强**公开。\n"
    document = read_document(text.encode(), "report.md")
    lines = [(block.text, block.place.line) for block in document.blocks if isinstance(block, Line)]
    assert lines == [("某镇2023年年报", 1), ("一、总体情况", 3), ("下一步加强公开。", 8)]
    [grid] = [block for block in document.blocks if isinstance(block, Grid)]
    assert (grid.spans_known, grid.rows[0][0].colspan) == (True, 2)


def test_two_tables_on_one_line_stand_in_their_order() -> None:
    one, two = "<table><tr><td>甲</td></tr></table>", "<table><tr><td>乙</td></tr></table>"
    document = read_document(f"年报\n{one}{two}完\n".encode(), "report.txt")
    said = [b.rows[0][0].text if isinstance(b, Grid) else b.text for b in document.blocks]
    assert said == ["年报", "甲", "乙", "完"]


@pytest.mark.parametrize(
    "text",
    [
        f"<html><body># 年报\n{TABLE}</body></html>",
        f"<div>年报</div>{TABLE}",
        f"<p>年报</p>\n{TABLE}",
        "年报\n<table><tr><td>1</td></tr>",
        "年报\n<table><tr><td><table><tr><td>1</td></tr></table></td></tr></table>",
        "年报，小于 < 号",
    ],
)
def test_pages_and_plain_text_are_not_mixed(text: str) -> None:
    assert not is_mixed(text)
