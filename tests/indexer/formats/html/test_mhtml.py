"""Reports in wrappings of one file: pages saved as MHTML, Word documents in a single XML, pages
that a DOCX takes in."""

from __future__ import annotations

import base64
import quopri
from io import BytesIO
from zipfile import ZipFile

import pytest

from indexer.errors import BrokenFile, UnsupportedFormat
from indexer.formats import libreoffice
from indexer.formats.registry import read_document
from indexer.records import Document, Grid
from tests.rendering import HEADINGS, Printed, render_html
from tests.rendering_docx import pack, render_docx, repack
from tests.saying import raises_saying

PRINTED = Printed(
    "某市青山镇人民政府2019年政府信息公开工作年度报告", {}, {"overview": ("本年没有收到申请。",)}
)
PAGE = render_html(PRINTED, "word")
WORD = render_docx(PRINTED)


def archive(encoding: str, charset: str = "utf-8", end: str = "\r\n") -> bytes:
    page = PAGE.encode(charset)
    body = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes, "8bit": bytes}[
        encoding
    ](page)
    head = (
        "MIME-Version: 1.0\nContent-Type: multipart/related;"
        ' boundary="----=_Part_1"\n\n单个文件网页\n\n'
        f"------=_Part_1\nContent-Type: text/html;"
        f' charset="{charset}"\nContent-Transfer-Encoding: {encoding}\n\n'
    )
    foot = "\n------=_Part_1\nContent-Type: text/html\n\n<p>页眉</p>\n------=_Part_1--\n"
    return head.encode().replace(b"\n", end.encode()) + body + foot.encode()


def flat(data: bytes) -> bytes:
    """A DOCX as one XML file."""
    with ZipFile(BytesIO(data)) as package:
        parts = [
            (
                f'<pkg:part pkg:name="/{name}"><pkg:xmlData>'
                f"{package.read(name).decode().partition('?>')[2]}</pkg:xmlData></pkg:part>"
            )
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        ]
    space = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
    return (
        f'<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        f"<pkg:package {space}>{''.join(parts)}</pkg:package>"
    ).encode()


def taking_in(chunk: bytes) -> bytes:
    """A DOCX whose body is nothing but a file of another format."""
    space = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    data = pack(f'<w:altChunk {space} r:id="page"/>')
    with ZipFile(BytesIO(data)) as package:
        relations = package.read("word/_rels/document.xml.rels").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    entry = f'<Relationship Id="page" Type="{kind}" Target="/word/page.mht"/></Relationships>'
    relations = relations.replace("</Relationships>", entry)
    return repack(
        data, {"word/_rels/document.xml.rels": relations.encode(), "word/page.mht": chunk}
    )


def shown(document: Document) -> list[object]:
    return [
        [[cell.text for cell in row] for row in block.rows]
        if isinstance(block, Grid)
        else block.text
        for block in document.blocks
    ]


@pytest.mark.parametrize(
    ("encoding", "charset", "end"),
    [
        ("quoted-printable", "utf-8", "\r\n"),
        ("base64", "utf-8", "\n"),
        ("8bit", "utf-8", "\n"),
        ("quoted-printable", "gb18030", "\n"),
        ("base64", "utf-16", "\r\n"),
    ],
)
def test_a_page_saved_as_one_file_is_the_page(encoding: str, charset: str, end: str) -> None:
    document = read_document(archive(encoding, charset, end), "某镇.doc")
    assert shown(document) == shown(read_document(PAGE.encode(), "某镇.html"))
    assert all(
        any(heading in str(block) for block in shown(document)) for heading in HEADINGS.values()
    )


def test_an_archive_without_a_page_is_broken() -> None:
    with raises_saying(BrokenFile, "某镇.doc"):
        read_document(archive("base64").partition(b"------=_Part_1")[0], "某镇.doc")


def test_a_letter_that_only_quotes_such_lines_is_text() -> None:
    text = (
        "某镇2019年政府信息公开工作年度报告\n\n一"
        "、总体情况\nMIME-Version: 1.0\nContent-Type: text/html\n"
    )
    assert read_document(text.encode(), "某镇.txt").media_type == "text/plain"


def test_parts_within_parts_without_end_are_no_crash() -> None:
    deep = b"".join(
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b%d"\n\n--b%d\n' % (at, at)
        for at in range(3000)
    )
    with pytest.raises(BrokenFile):
        read_document(deep, "某镇.mht")


def test_a_word_document_laid_flat_in_one_file_is_the_document() -> None:
    assert shown(read_document(flat(WORD), "某镇.doc")) == shown(read_document(WORD, "某镇.docx"))
    with raises_saying(BrokenFile, "某镇.doc"):
        read_document(flat(WORD)[:5000], "某镇.doc")


def test_the_xml_of_word_2003_is_left_to_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>'
    converted = {".xml": WORD}
    monkeypatch.setattr(
        libreoffice, "convert_to_docx", lambda data, suffix, allowance: converted.get(suffix)
    )
    assert shown(read_document(data, "某镇.doc")) == shown(read_document(WORD, "某镇.docx"))
    converted.clear()
    with raises_saying(UnsupportedFormat, "LibreOffice"):
        read_document(data, "某镇.doc")


@pytest.mark.parametrize("chunk", [archive("quoted-printable"), PAGE.encode()])
def test_a_page_that_a_word_document_takes_in_is_read_where_it_stands(chunk: bytes) -> None:
    document = read_document(taking_in(chunk), "某镇.docx")
    assert shown(document) == shown(read_document(PAGE.encode(), "某镇.html"))
    assert read_document(taking_in(WORD), "某镇.docx").blocks == ()
