"""Word documents in a single XML file, as office systems fill them from templates and name them DOC.

A package laid flat (Word 2007 and later) is made a package again; the XML of Word 2003 is left to LibreOffice.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx.oxml.parser import parse_xml
from lxml import etree

from indexer.errors import BrokenFile, TooLarge, UnsupportedFormat
from indexer.formats.docx.package import MAX_TAGS, MAX_XML, Element
from indexer.formats.docx.reader import read_docx
from indexer.formats.libreoffice import convert_to_docx
from indexer.records import Document

_HEAD = 4096
_NAME = "{http://schemas.microsoft.com/office/2006/xmlPackage}name"
_PART, _DATA = (
    f"{{http://schemas.microsoft.com/office/2006/xmlPackage}}{name}" for name in ("part", "xmlData")
)


def read_word_xml(data: bytes, path: str) -> Document:
    """Return the document. BrokenFile, TooLarge or UnsupportedFormat say why there is none."""
    package = (
        _fold(data, path) if b"<pkg:package" in data[:_HEAD] else convert_to_docx(data, ".xml")
    )
    if package is None:
        raise UnsupportedFormat(
            path,
            f"{path}：内容是 Word 2003 XML，要经 LibreOffice 转换才能读，这里没有装或没有转成。"
            "请另存为 DOCX 再放回来，或装上之后运行 nianbao index --full。",
        )
    return read_docx(package, path)


def _fold(data: bytes, path: str) -> bytes:
    """Return the package that was laid flat, without the parts that are no XML: they are pictures."""
    if len(data) > MAX_XML or data.count(b"<") > MAX_TAGS:
        raise TooLarge(
            path,
            f"{path}：Word XML 超过上限（{MAX_XML / 1e6:.0f} MB、{MAX_TAGS} 个标记）。请确认它是一份年报。",
        )
    try:
        root: Element = parse_xml(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    except etree.XMLSyntaxError as error:
        raise BrokenFile(
            path, f"{path}：不是完好的 XML（{error.msg}）。请重新取得，或用 Word 打开后另存。"
        ) from error
    if root.getroottree().docinfo.doctype:
        raise BrokenFile(path, f"{path}：带有 DTD 声明，Word 文档里不会有。请重新取得这个文件。")
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for part in root.iter(_PART):
            content = part.find(_DATA)
            if content is not None and len(content):
                package.writestr(part.get(_NAME, "").lstrip("/"), etree.tostring(content[0]))
    return file.getvalue()
