from __future__ import annotations

import json
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import BrokenFile, Encrypted, NianbaoError, TooLarge, UnsupportedFormat
from indexer.formats.docx.reader import read_docx
from indexer.formats.html.reader import read_html
from indexer.formats.registry import read_document
from indexer.limits import Allowance, Limits
from indexer.messages import render
from indexer.records import Document, Grid, SourceFile
from indexer.report.build import build_report
from tests.golden import CORPUS_CASES, ROOT
from tests.printing import lines, printed_from, printed_reports, read_tables, said
from tests.rendering import Printed, Td, render_html
from tests.rendering_docx import WHOLE, pack, paragraph, render_docx, repack, run, table, text_box
from tests.saying import raises_saying

CASES = CORPUS_CASES


def read(body: str, parts: dict[str, bytes] | None = None) -> Document:
    return read_document(pack(body, parts), "某镇.docx")


def grid(document: Document) -> Grid:
    return next(block for block in document.blocks if isinstance(block, Grid))


def texts(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid(document).rows]


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def rows(*rows: str) -> str:
    return (
        "<w:tbl><w:tblPr/><w:tblGrid/>"
        + "".join(f"<w:tr>{row}</w:tr>" for row in rows)
        + "</w:tbl>"
    )


# ── whole reports ─────────────────────────────────────────────────────────────────────────────


def printed_case(case: Path) -> tuple[Printed, dict[str, Any]]:
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    data = (ROOT / "corpus" / f"{case.name}.txt").read_bytes()
    report = build_report(
        read_document(data, case.name), SourceFile(case.name, "00" * 32, len(data))
    )
    prose = {section.key: [p.text for p in section.paragraphs] for section in report.sections}
    return printed_from(expected["cells"], report.identity.title or "", prose), expected["cells"]


@pytest.mark.parametrize(
    "damages", [(), WHOLE[:5], WHOLE[5:-2], *((damage,) for damage in WHOLE)], ids=str
)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_report_of_the_corpus_gives_its_very_cells_from_word_too(
    case: Path, damages: tuple[str, ...]
) -> None:
    printed, expected = printed_case(case)
    data = render_docx(printed, *damages)
    report = build_report(
        read_document(data, "某镇"), SourceFile("某镇.docx", "00" * 32, len(data))
    )
    assert {c.key: (str(c.value), c.status) for c in report.cells} == {
        key: (str(cell["value"]), cell["status"]) for key, cell in expected.items()
    }
    text = {section.key: section.text for section in report.sections if section.key != "preamble"}
    assert text == {
        key: "\n".join(prose) for key, prose in printed.prose.items() if key != "preamble"
    }


@pytest.mark.parametrize("damage", ["", *WHOLE])
@settings(max_examples=6, deadline=None)
@given(printed=printed_reports())
def test_word_and_the_web_page_of_a_report_give_the_same_cells(
    damage: str, printed: Printed
) -> None:
    reading = read_tables(read_docx(render_docx(printed, damage), "某镇"))
    assert reading.form == printed.generation
    assert said(reading.cells) == said(read_tables(read_html(render_html(printed))).cells)


@pytest.mark.parametrize("damage", ["", "split", "ungrouped", "padded"])
@settings(max_examples=10, deadline=None)
@given(printed=printed_reports("2019"), data=st.data())
def test_a_row_that_lost_cells_has_no_reported_number(
    damage: str, printed: Printed, data: st.DataObject
) -> None:
    lost = {key for key in printed.raws if key.startswith("requests.received.")}
    lost = data.draw(st.sets(st.sampled_from(sorted(lost)), min_size=1, max_size=6))
    raws = {key: raw for key, raw in printed.raws.items() if key not in lost}
    cells = read_tables(read_docx(render_docx(replace(printed, raws=raws), damage), "某镇")).cells
    assert all(c.status != "reported" for c in cells if c.key.startswith("requests.received."))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.text(st.sampled_from("一二1９ a<&。"), max_size=5), min_size=2, max_size=6),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["", *(damage for damage in WHOLE if damage not in ("tracked", "padded"))]),
)
def test_any_cells_come_back_exactly(written: list[list[str]], damage: str) -> None:
    document = read(table([[Td(text) for text in row] for row in written], (damage,)))
    assert texts(document) == [[text.strip(" ") for text in row] for row in written]


# ── lines ─────────────────────────────────────────────────────────────────────────────────────


def test_lines_are_the_paragraphs_in_order_without_what_surrounds_them() -> None:
    document = read(paragraph("　　一、总体情况　") + "<w:p/>" + paragraph("公开1条。\n另起一行。"))
    assert lines(document) == ["一、总体情况", "公开1条。", "另起一行。"]
    assert document.media_type.endswith("wordprocessingml.document")
    assert (document.title, document.published) == ("政府信息公开工作年度报告", None)


def test_a_title_left_over_from_another_file_is_not_taken() -> None:
    data = pack(paragraph("一"))
    with ZipFile(BytesIO(data)) as archive:
        core = archive.read("docProps/core.xml")
    assert (
        read_docx(
            repack(data, {"docProps/core.xml": core.replace("公开".encode(), b"")}), "某镇"
        ).title
        is None
    )


def test_changes_are_taken_as_accepted() -> None:
    body = (
        f'<w:p>{run("公开")}<w:del w:id="1"><w:r><w:delText>3</w:delText>'
        f'</w:r></w:del><w:ins w:id="2">{run("5")}</w:ins>'
        f'<w:moveFrom w:id="3">{run("9")}</w:moveFrom><w:moveTo'
        f' w:id="4">{run("条")}</w:moveTo></w:p>'
        f'<w:p><w:pPr><w:rPr><w:del w:id="5"/></w:rPr></w:pPr>'
        f"{run('前半，')}</w:p>{paragraph('后半。')}"
    )
    assert lines(read(body)) == ["公开5条", "前半，后半。"]


def test_rows_and_cells_struck_in_a_tracked_change_are_gone() -> None:
    body = rows(
        cell(paragraph("甲"))
        + cell(paragraph("9"), '<w:cellDel w:id="1"/>')
        + cell(paragraph("1")),
        '<w:trPr><w:del w:id="2"/></w:trPr>' + cell(paragraph("乙")) + cell(paragraph("2")),
        '<w:trPr><w:ins w:id="3"/></w:trPr>' + cell(paragraph("丙")) + cell(paragraph("3")),
    )
    assert texts(read(body)) == [["甲", "1"], ["丙", "3"]]


def test_hidden_text_is_not_read() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>公开</w:t></w:r>'
    assert lines(read(f"<w:p>{hidden}{shown}</w:p>")) == ["公开"]


def test_a_field_shows_its_result_and_a_page_number_nothing() -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    instruction = "<w:r><w:instrText> {} </w:instrText></w:r>".format
    inner = f"{field('begin')}{instruction('DATE')}{field('separate')}{run('7')}{field('end')}"
    body = (
        f"<w:p>{run('共')}{field('begin')}{instruction('IF')}{inner}{run('不算')}{field('separate')}{run('12')}{field('end')}{run('件')}</w:p>"
        f"<w:p>{run('第')}{field('begin')}{instruction('PAGE')}{field('separate')}{run('3')}{field('end')}"
        f'<w:fldSimple w:instr=" NUMPAGES ">{run("9")}</w:fldSimple><w:fldSimple'
        f' w:instr=" DOCPROPERTY x ">{run("页")}</w:fldSimple></w:p>'
    )
    assert lines(read(body)) == ["共12件", "第页"]


def test_a_field_that_never_ends_does_not_swallow_the_rest() -> None:
    body = (
        f'<w:p>{run("甲")}<w:r><w:fldChar w:fldCharType="begin"/>'
        f"</w:r>{run('丢')}</w:p>{paragraph('乙')}"
    )
    assert lines(read(body)) == ["甲", "乙"]


def test_marks_within_words_are_kept_apart_from_digits() -> None:
    def marked(text: str, mark: str) -> str:
        return f"<w:r><w:rPr>{mark}</w:rPr><w:t>{text}</w:t></w:r>"

    note = marked("1", '<w:vertAlign w:val="superscript"/>')
    body = rows(
        cell(f"<w:p>{run('5')}{note}</w:p>")
        + cell(f"<w:p>{marked('3', '<w:strike/>')}{run('4')}</w:p>"),
        cell(
            "<w:p><w:r><w:t>2</w:t><w:noBreakHyphen/><w:t>1</w:t><w:softHyphen/><w:tab/><w:t>a</w:t></w:r></w:p>"
        )
        + cell(
            '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:char="E123"/></w:r></w:p>'
        ),
        cell(f"<w:p>{run('6')}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>")
        + cell(paragraph("")),
    )
    assert texts(read(body)) == [["5¹", "3\u03364"], ["2-1\ta", "✓\ue123"], ["6", ""]]


def test_a_notes_number_is_kept_apart_from_digits_however_it_was_raised() -> None:
    typed = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>1</w:t></w:r>'
    styled = '<w:r><w:rPr><w:rStyle w:val="Note"/></w:rPr><w:t>1</w:t></w:r>'
    hidden = '<w:r><w:rPr><w:rStyle w:val="Hidden"/></w:rPr><w:t>1</w:t></w:r>'
    shown = '<w:r><w:rPr><w:rStyle w:val="Hidden"/><w:vanish w:val="0"/></w:rPr><w:t>1</w:t></w:r>'
    space = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    power = (
        f"<m:sSup {space}><m:e><m:r><m:t>5</m:t></m:r></m:e>"
        f"<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    )
    body = (
        "".join(f"<w:p>{run('5')}{mark}</w:p>" for mark in (typed, styled, hidden, shown))
        + f"<w:p>{power}</w:p>"
    )
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    styles = (
        f'<w:styles xmlns:w="{word}"><w:style w:styleId="Note"><w:rPr>'
        f'<w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:styleId="Hidden"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    )
    assert lines(read(body, {"word/styles.xml": styles.encode()})) == ["5¹", "5¹", "5", "51", "5²"]


def test_a_text_box_is_read_once_and_after_the_paragraph_it_hangs_in() -> None:
    box = text_box(paragraph("框里的字") + rows(cell(paragraph("甲")) + cell(paragraph("1"))))
    document = read(f"<w:p>{run('段落的')}{box}{run('字')}</w:p>" + paragraph("下一段"))
    assert lines(document) == ["段落的字", "框里的字", "下一段"]
    assert [type(block).__name__ for block in document.blocks] == ["Line", "Line", "Grid", "Line"]
    assert texts(document) == [["甲", "1"]]


def test_headers_and_footers_are_no_part_of_the_report() -> None:
    assert not any("页眉" in line for line in lines(read(paragraph("一"))))


# ── automatic numbers ─────────────────────────────────────────────────────────────────────────


def numbered(text: str, level: int = 0, number: int = 77) -> str:
    return paragraph(
        text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )


def test_a_number_that_word_puts_before_a_heading_is_read() -> None:
    body = (
        numbered("总体情况")
        + numbered("分项", 1)
        + numbered("")
        + paragraph("正文")
        + numbered("其他")
        + numbered("分项", 1)
    )
    assert lines(read(body)) == ["一、总体情况", "1.1 分项", "正文", "三、其他", "3.1 分项"]


def test_an_automatic_number_never_melts_into_the_number_in_a_cell() -> None:
    body = rows(cell(numbered("0", 1)) + cell(numbered("", 1)) + cell(numbered("0")))
    assert texts(read(body)) == [["1.1 0", "1.2", "一、0"]]


def test_numbers_of_a_style_and_of_a_list_that_starts_anew_are_counted() -> None:
    lists = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
    <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">
    <w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="（%1）"/></w:lvl>
    <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
    <w:lvl w:ilvl="2"><w:numFmt w:val="hebrew1"/><w:lvlText w:val="%3、"/></w:lvl></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
    <w:num w:numId="2"><w:abstractNumId w:val="1"/>
    <w:lvlOverride w:ilvl="0"><w:startOverride w:val="11"/></w:lvlOverride></w:num>
    </w:numbering>"""
    styles = """<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
    <w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>
    <w:style w:styleId="c"><w:basedOn w:val="c"/></w:style>
    <w:style w:styleId="10"><w:name w:val="toc 1"/></w:style></w:styles>"""
    styled = '<w:pStyle w:val="{}"/>'.format
    body = (
        paragraph("甲", styled("a"))
        + paragraph("乙", styled("b"))
        + paragraph("丙", styled("c"))
        + paragraph("丁", styled("a") + ('<w:numPr><w:numId w:val="0"/></w:numPr>'))
        + numbered("戊", 0, 2)
        + numbered("己", 1, 2)
        + numbered("庚", 2, 2)
        + numbered("辛", 0, 1)
        + paragraph(("目录\t3"), styled("10"))
        + numbered("壬", 0, 99)
    )
    document = read(
        body, {"word/numbering.xml": lists.encode(), "word/styles.xml": styles.encode()}
    )
    assert lines(document) == [
        "（一）甲",
        "（二）乙",
        "丙",
        "丁",
        "（十一）戊",
        "己",
        "庚",
        "（十二）辛",
        "壬",
    ]


# ── tables ────────────────────────────────────────────────────────────────────────────────────


def test_spans_of_both_directions_and_cells_left_out_at_the_edges_are_resolved() -> None:
    grid_before = '<w:trPr><w:gridBefore w:val="2"/><w:gridAfter w:val="1"/></w:trPr>'
    body = rows(
        cell(paragraph("甲"), '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>')
        + cell(paragraph("1")),
        cell("<w:p/>", '<w:gridSpan w:val="2"/><w:vMerge/>') + cell(paragraph("2")),
        grid_before + cell(paragraph("3")),
    )
    found = [
        [(c.text, c.column, c.colspan, c.rowspan) for c in row] for row in grid(read(body)).rows
    ]
    assert found == [[("甲", 0, 2, 2), ("1", 2, 1, 1)], [("2", 2, 1, 1)], [("3", 2, 1, 1)]]


def test_a_merged_cell_drawn_in_two_reaches_down_once_and_one_without_a_beginning_is_a_cell() -> (
    None
):
    body = rows(
        cell(paragraph("甲"), '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>')
        + cell(paragraph("1")),
        cell("<w:p/>", "<w:vMerge/>")
        + cell("<w:p/>", "<w:vMerge/>")
        + cell(paragraph("2"), "<w:vMerge/>"),
        cell("<w:p/>", "<w:vMerge/>") + cell(paragraph("乙")) + cell(paragraph("3")),
    )
    found = [[(c.text, c.column, c.rowspan) for c in row] for row in grid(read(body)).rows]
    assert found[0] == [("甲", 0, 3), ("1", 2, 2)]
    assert found[2] == [("乙", 1, 1), ("3", 2, 1)]

    alone = rows(cell(paragraph("甲")) + cell(paragraph("1"), "<w:vMerge/>"))
    assert texts(read(alone)) == [["甲", "1"]]


def test_a_small_table_in_a_cell_does_not_break_its_row() -> None:
    inner = rows(cell(paragraph("3")) + cell(paragraph("4"))) + "<w:p/>"
    body = rows(
        *(cell(paragraph("甲")) + cell(paragraph("1")) for _ in range(6)),
        cell(paragraph("乙")) + cell(inner),
    )
    assert texts(read(body)) == [["甲", "1"]] * 6 + [["乙", "3\n4"]]


def test_tables_for_layout_are_opened_however_deep() -> None:
    body = rows(cell(paragraph("甲")) + cell(paragraph("1")))
    for _ in range(50):
        body = f"<w:tbl><w:tr><w:tc>{paragraph('外')}{body}<w:p/></w:tc></w:tr></w:tbl>"
    assert texts(read(body)) == [["甲", "1"]]


def test_the_text_of_a_cell_keeps_its_lines_and_joins_its_runs() -> None:
    body = rows(
        cell(f"<w:p>{run('1')}{run('2')}</w:p>") + cell(paragraph("科研") + paragraph("机构"))
    )
    assert texts(read(body)) == [["12", "科研\n机构"]]


# ── files that are damaged, hostile, or something else ────────────────────────────────────────


def zipped(parts: dict[str, bytes]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"xl/workbook.xml": b"<a/>"}, "Excel"),
        ({"ppt/presentation.xml": b"<a/>"}, "PPTX"),
        (
            {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"},
            "OpenDocument",
        ),
        ({"报告.txt": b"1"}, "ZIP 压缩包"),
        ({"word/document.xml": b"<html/>"}, "缺正文"),
    ],
)
def test_a_zip_that_is_no_word_document_says_what_it_is(parts: dict[str, bytes], kind: str) -> None:
    with raises_saying(UnsupportedFormat, kind):
        read_document(zipped(parts), "某镇.docx")


def test_a_document_is_found_by_its_relation_whatever_its_name_slashes_and_namespace() -> None:
    relation = (
        b'<Relationships xmlns="http://schemas.ope'
        b'nxmlformats.org/package/2006/relationships"><Relationship Id="a" '
        b'Type="http://purl.oclc.org/ooxml/officeDocument/relat'
        b'ionships/officeDocument" Target="/WORD\\doc1.xml"/></Relationships>'
    )
    document = '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body><w:p><w:r><w:t>一</w:t></w:r></w:p></w:body></w:document>'
    assert lines(
        read_docx(zipped({"_rels\\.rels": relation, "word\\doc1.xml": document.encode()}), "某镇")
    ) == ["一"]


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_broken(kept: float) -> None:
    data = pack(paragraph("一"))
    with raises_saying(BrokenFile, "某镇.docx：.*重新取得"):
        read_document(data[: int(len(data) * kept)], "某镇.docx")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_bytes_are_broken_there_is_a_document_or_a_clear_error(
    data: st.DataObject,
) -> None:
    whole = bytearray(pack(paragraph("一")))
    for at in data.draw(st.lists(st.integers(4, len(whole) - 1), min_size=1, max_size=8)):
        whole[at] = data.draw(st.integers(0, 255))
    try:
        read_docx(bytes(whole), "某镇.docx")
    except NianbaoError as error:
        assert render(error.message).startswith("某镇.docx：")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    strict = Allowance.start(Limits(max_part_bytes=1_000_000))
    bomb = b"<w:document " + W + b">" + b" " * 2_000_000 + b"</w:document>"
    with raises_saying(TooLarge, "上限"):
        read_docx(zipped({"word/document.xml": bomb}), "某镇.docx", strict)
    strict = Allowance.start(Limits(max_unpacked_bytes=1_000_000))
    with raises_saying(TooLarge, "上限"):
        read_docx(
            zipped({"word/document.xml": b"<a/>", "word/media/1.png": b" " * 2_000_000}),
            "某镇.docx",
            strict,
        )


def test_more_tags_than_a_tree_should_hold_are_too_large() -> None:
    with raises_saying(TooLarge, "标记超过上限"):
        read_docx(
            zipped(
                {
                    "word/document.xml": b"<w:document "
                    + W
                    + b">"
                    + b"<w:p/>" * 700_000
                    + b"</w:document>"
                }
            ),
            "某镇",
        )


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    strict = Allowance.start(Limits(max_part_bytes=1_000_000))
    bomb = zipped({"word/document.xml": b" " * 2_000_000})
    lying = bomb.replace((2_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != bomb
    with pytest.raises((TooLarge, BrokenFile)):
        read_docx(lying, "某镇.docx", strict)


@pytest.mark.parametrize(
    "document",
    [
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document ')
        + W
        + b"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>",
        (b'<!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b "')
        + b"&a;" * 100
        + b'"><!ENTITY c "'
        + b"&b;" * 100
        + b'">]><w:document '
        + W
        + (b">&c;</w:document>"),
        b"<w:document " + W + b">" + b"<w:tbl>" * 100_000,
        b"<w:document " + W + b"><w:body>",
        b"\x00\x01\x02",
        b"",
    ],
    ids=["external", "laughs", "deep", "cut", "bytes", "empty"],
)
def test_hostile_xml_is_a_clear_error(document: bytes) -> None:
    with raises_saying(BrokenFile, r"某镇.docx：其中的 word/document.xml"):
        read_docx(zipped({"word/document.xml": document}), "某镇.docx")


def test_a_package_with_a_password_is_encrypted() -> None:
    data = bytearray(zipped({"word/document.xml": b"<a/>"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    data[6] |= 1
    with raises_saying(Encrypted, "密码"):
        read_document(bytes(data), "某镇.docx")


def test_a_table_of_thousands_of_columns_is_read() -> None:
    wide = rows(*("".join(cell(paragraph(str(at))) for at in range(5000)) for _ in range(2)))
    assert texts(read(wide))[1][-1] == "4999"


def test_without_its_extra_the_format_is_refused_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = pack(paragraph("一"))
    for name in [
        name
        for name in sys.modules
        if name.split(".")[0] == "docx" or name == "indexer.formats.docx.reader"
    ]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("indexer.formats.docx.package", "indexer.formats.docx.numbering"):
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "docx", None)
    with raises_saying(UnsupportedFormat, r"pip install 'nianbao\[docx\]'"):
        read_document(data, "某镇.docx")
