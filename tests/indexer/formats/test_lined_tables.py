"""Tables written in lines, in pages and Word files: read as the same lines of a text file."""

from __future__ import annotations

from html import escape

import pytest

from indexer.formats.docx.reader import read_docx
from indexer.formats.html.reader import read_html
from indexer.records import Document, Grid
from tests.rendering_docx import pack, run

ROWS = [
    ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
    ["规章", "1", "2", "3"],
    ["规范性文件", "4", "5", "6"],
    ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
    ["行政许可", "7", "8", "9"],
    ["行政处罚", "10", "11", "12"],
]
HEADING = "二、主动公开政府信息情况"


def figures(document: Document) -> list[list[str]]:
    rows = [
        [cell.text for cell in row]
        for block in document.blocks
        if isinstance(block, Grid)
        for row in block.rows
    ]
    return [row for row in rows if len(row) == 4]


@pytest.mark.parametrize(
    "between", ["&nbsp;&nbsp;&nbsp;&nbsp;", "&nbsp; &nbsp;", "|", "｜", "&emsp;&emsp;"]
)
@pytest.mark.parametrize("end", ["</p><p>", "<br>"])
def test_lines_of_a_page_with_wide_blanks_or_pipes_are_rows(between: str, end: str) -> None:
    edge = between if len(between) == 1 else ""
    lines = end.join(edge + between.join(map(escape, row)) + edge for row in ROWS)
    assert figures(read_html(f"<html><body><p>{HEADING}</p><p>{lines}</p></body></html>")) == ROWS


def test_tabbed_lines_of_a_word_file_are_rows() -> None:
    body = "".join("<w:p>" + "<w:r><w:tab/></w:r>".join(map(run, row)) + "</w:p>" for row in ROWS)
    assert figures(read_docx(pack(f"<w:p>{run(HEADING)}</w:p>{body}"), "某镇.docx")) == ROWS


def test_prose_and_pages_with_tables_of_their_own_are_left_as_they_are() -> None:
    prose = "".join(f"<p>（{at}）主动公开&nbsp;&nbsp;信息。</p>" for at in range(9))
    assert not any(
        isinstance(block, Grid) for block in read_html(f"<html><body>{prose}</body></html>").blocks
    )
    lines = "<br>".join("|".join(row) for row in ROWS)
    table = "<table><tr><td>规章</td><td>1</td><td>2</td><td>3</td></tr></table>"
    document = read_html(f"<html><body><p>{HEADING}</p>{table}<p>{lines}</p></body></html>")
    assert figures(document) == [ROWS[1]]
