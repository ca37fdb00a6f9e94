"""Numbers in form fields and pictures of a page: read as shown, or known to be unread."""

from __future__ import annotations

import pytest

from indexer.formats.html.reader import read_html
from indexer.formats.registry import read_document
from indexer.records import Grid, Line, SourcePlace
from indexer.text.amounts import read_count
from tests.rendering_docx import pack, paragraph


def cell(markup: str) -> str:
    page = (
        f"<body><p>一、总体情况</p><table><tr><td>规章</td><td>"
        f"{markup}</td><td>7</td></tr></table></body>"
    )
    [grid] = [block for block in read_html(page).blocks if isinstance(block, Grid)]
    [label, between, last] = grid.rows[0]
    assert (label.text, last.text) == ("规章", "7")
    return between.text


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ('<input value="5">', "5"),
        ('<INPUT VALUE="5" TYPE="TEXT" READONLY>', "5"),
        ('<input type="number" value="5" disabled>', "5"),
        ('<p><span><input value="５"></span></p>', "５"),
        ('<input value="5">件', "5 件"),
        ("<textarea>\n5\n</textarea>", "5"),
        ("<select><option>4</option><option selected>5</option></select>", "5"),
        ("<select><option>5</option><option>6</option></select>", "5"),
        ('<input value="">', ""),
        ('<input type="hidden" value="5">', ""),
        ('<input hidden value="5">', ""),
        ('<input style="display:none" value="5">', ""),
        ('<div style="display:none"><input value="5"></div>', ""),
        ('<input type="checkbox" value="5">', ""),
        ('<input type="submit" value="5">', ""),
        ("<select multiple><option>5</option></select>", ""),
        ('5<input type="hidden" value="9">', "5"),
    ],
)
def test_a_field_in_a_cell_shows_its_value(markup: str, shown: str) -> None:
    assert cell(markup) == shown


@pytest.mark.parametrize(
    "markup", ['1<input value="2">', '<input value="1"><input value="2">', "<img src='5.png'>"]
)
def test_numbers_that_stand_apart_or_in_a_picture_are_not_read(markup: str) -> None:
    assert read_count(cell(markup)).status == "unreadable"


@pytest.mark.parametrize(
    "markup", ['<img width="1" height="1" src="a.gif">', '<img height="20px" src="a.gif">']
)
def test_a_spacer_is_no_number(markup: str) -> None:
    assert cell(markup) == ""
    assert cell(f"5{markup}") == "5"


def test_in_prose_figures_are_read_and_search_boxes_are_not() -> None:
    fields = (
        '<input value="请输入关键字"><select><option>2023年'
        '</option></select>收到申请<input value="12">件。'
    )
    document = read_html(f"<body><p>{fields}</p></body>")
    assert [block.text for block in document.blocks if isinstance(block, Line)] == [
        "收到申请 12 件。"
    ]


def test_pictures_of_the_article_are_told_with_their_places() -> None:
    page = (
        "<body><div><img src=logo.png></div><div><p>一、总体情况</p><p>甲</p>"
        "<img src=t.png><p>六、其他需要报告的事项</p></div></body>"
    )
    assert read_html(page).pictures == (SourcePlace(line=3),)


def test_pictures_in_markdown_are_told() -> None:
    text = "# 某镇2022年政府信息公开工作年度报告\n\n## 二、主动公开\n\n![表一](images/1.png)\n"
    assert read_document(text.encode(), "某镇.md").pictures == (SourcePlace(line=5),)


PICTURE = (
    '<w:r><w:drawing><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:blip r:embed="r1" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
    "</a:graphic></w:drawing></w:r>"
)


def test_pictures_in_a_word_file_are_told_and_one_in_a_cell_is_unread() -> None:
    document = read_document(pack(paragraph("一、总体情况") + f"<w:p>{PICTURE}</w:p>"), "某镇.docx")
    assert document.pictures == (SourcePlace(line=2),)
    row = "".join(
        f"<w:tc><w:p>{part}</w:p></w:tc>" for part in ("<w:r><w:t>规章</w:t></w:r>", PICTURE)
    )
    document = read_document(pack(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"), "某镇.docx")
    [grid] = [block for block in document.blocks if isinstance(block, Grid)]
    assert [read_count(found.text).status for found in grid.rows[0]] == ["unreadable", "unreadable"]
    assert grid.rows[0][1].text == "\ufffc"


@pytest.mark.parametrize(
    ("choice", "shown"),
    [
        ('<w:result w:val="1"/>', "5"),
        ('<w:default w:val="0"/>', "4"),
        ("", "4"),
        ('<w:result w:val="9"/>', ""),
    ],
)
def test_a_drop_down_field_in_a_word_file_shows_its_choice(choice: str, shown: str) -> None:
    entries = '<w:listEntry w:val="4"/><w:listEntry w:val="5"/>'
    field = (
        f'<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>'
        f"{choice}{entries}</w:ddList></w:ffData></w:fldChar>"
    )
    runs = (
        f"<w:r>{field}</w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText>"
        f'</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    cells = f"<w:tc><w:p><w:r><w:t>规章</w:t></w:r></w:p></w:tc><w:tc><w:p>{runs}</w:p></w:tc>"
    document = read_document(pack(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"), "某镇.docx")
    [grid] = [block for block in document.blocks if isinstance(block, Grid)]
    assert [cell.text for cell in grid.rows[0]] == ["规章", shown]
