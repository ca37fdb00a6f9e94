from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import NianbaoError, NotAReport, UndecodableText, UnsupportedFormat
from indexer.formats.html.reader import read_html
from indexer.formats.registry import read_document
from indexer.formats.txt import read_txt
from indexer.messages import render
from indexer.records import Grid, Line
from tests.saying import raises_saying


def texts(grid: object) -> list[list[str]]:
    assert isinstance(grid, Grid)
    return [[cell.text for cell in row] for row in grid.rows]


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00" * 64])
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    with raises_saying(NotAReport, "文件是空的"):
        read_document(data, "某镇.txt")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"\x7fELF\x02\x01\x01" + bytes(1000),
        bytes(range(256)) * 64,
        "年报".encode() + b"\x01\x02\x03\x04\x05\x06\x07\x08" * 100,
    ],
)
def test_what_is_neither_text_nor_a_page_is_refused_by_its_content(data: bytes) -> None:
    with raises_saying(UnsupportedFormat, "某镇.txt"):
        read_document(data, "某镇.txt")


def test_text_in_no_known_charset_is_undecodable() -> None:
    with raises_saying(UndecodableText, "UTF-8"):
        read_document(b"\xff\xa0\x80" * 500 + b"plain", "某镇.txt")


def test_a_few_broken_bytes_do_not_lose_the_rest() -> None:
    data = "政府信息公开工作年度报告，主动公开信息。".encode() * 60
    document = read_document(data + b"\xe6\x94", "某镇.txt")
    assert "主动公开信息" in "".join(
        block.text for block in document.blocks if isinstance(block, Line)
    )


@given(st.binary(max_size=2000))
def test_any_bytes_end_in_a_document_or_in_a_clear_error(data: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")
        try:
            document = read_document(data, "某镇")
        except NianbaoError as error:
            assert render(error.message).startswith("某镇：")
        else:
            assert document.media_type in ("text/plain", "text/html")


def test_a_cell_runs_over_line_breaks_and_a_blank_line_within_its_table() -> None:
    document = read_txt(
        "\t科研\n\n机构\n\t自\n然\n人\n\n\t0\n\t3\n\n\n四、政府信息公开行政复议、行政诉讼情况"
    )
    assert texts(document.blocks[0]) == [["科研\n机构", "自\n然\n人"], ["0", "3"]]
    assert document.blocks[1] == Line(
        "四、政府信息公开行政复议、行政诉讼情况", document.blocks[1].place
    )  # type: ignore[union-attr]


def test_prose_after_a_number_is_no_part_of_its_cell() -> None:
    document = read_txt("\t合计\n\t3\n\n附表说明\n\t项目\n\t数量\n")
    assert texts(document.blocks[0]) == [["合计", "3"]]
    assert isinstance(document.blocks[1], Line)


def test_a_blank_cell_stays_a_cell() -> None:
    assert texts(read_txt("\t总计\n\t1\n\t\n\t\n").blocks[0]) == [["总计", "1", "", ""]]


def test_spans_are_resolved_into_columns() -> None:
    html = (
        "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td>"
        "</tr><tr><td>1</td><td>2</td></tr></table>"
    )
    grid = read_html(html).blocks[0]
    assert isinstance(grid, Grid)
    assert [[(cell.text, cell.column) for cell in row] for row in grid.rows] == [
        [("甲", 0), ("乙", 1)],
        [("1", 1), ("2", 2)],
    ]


def test_a_number_that_word_split_over_tags_is_one_number() -> None:
    html = (
        "<table><tr><td><p class=MsoNormal><span>1</span><span"
        " lang=EN-US>2\n</span></p></td><td>&nbsp;</td></tr></table>"
    )
    assert texts(read_html(html).blocks[0]) == [["12", ""]]


def test_scripts_styles_and_hidden_text_are_not_read() -> None:
    html = (
        "<p>公开</p><script>var a='<p>脚本</p>'</script><style>p{}"
        "</style><p style='display: none'>隐藏</p><!-- 注 -->"
    )
    assert [block.text for block in read_html(html).blocks if isinstance(block, Line)] == ["公开"]


def test_the_site_around_the_article_is_left_out() -> None:
    html = """<body><div class=nav><a>首页</a></div><div>
    <div id=zoom><p>根据《政府信息公开条例》，现公布本报告。</p>
    <div><p>一、总体情况</p><p>公开1条。</p>
    <p>二、主动公开政府信息情况</p></div></div></div><div class=footer>版权所有</div></body>"""
    lines = [block.text for block in read_html(html).blocks if isinstance(block, Line)]
    assert lines == [
        "根据《政府信息公开条例》，现公布本报告。",
        "一、总体情况",
        "公开1条。",
        "二、主动公开政府信息情况",
    ]


def test_the_pages_own_metadata_is_kept() -> None:
    document = read_html(
        "<head><title>某镇年报_某市政府</title><meta name=ArticleTitle"
        " content='某镇2019年政府信息公开工作年度报告'>"
        "<meta name=PubDate content='2020-01-20 09:00'><link rel=canonical href='http://www.example.gov.cn/1.html'></head><p>一</p>"
    )
    assert document.title == "某镇2019年政府信息公开工作年度报告"
    assert str(document.published) == "2020-01-20"
    assert document.origin == "http://www.example.gov.cn/1.html"


def test_a_page_of_much_markup_and_little_prose_is_decoded() -> None:
    markup = '<p class="MsoNormal" style="text-indent:32.0pt"><span lang="EN-US"></span></p>' * 2000
    page = (
        f"<html><body>{markup}<p>"
        f"高安市田南镇人民政府2020年政府信息公开工作年度报告</p></body></html>"
    )
    [line] = [
        block
        for block in read_document(page.encode("gb18030"), "某镇.html").blocks
        if isinstance(block, Line)
    ]
    assert line.text == "高安市田南镇人民政府2020年政府信息公开工作年度报告"
