"""Reads Word documents in a single XML file, as office systems write them and name them DOC.

A flat package (Word 2007 and later) is packed again; the XML of Word 2003 is left to LibreOffice.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx.oxml.parser import parse_xml
from lxml import etree

from indexer.errors import BrokenFile, TooLarge
from indexer.formats.docx.package import Element
from indexer.formats.docx.reader import read_docx
from indexer.formats.libreoffice import read_converted
from indexer.limits import Allowance, Limits
from indexer.records import Document

_HEAD = 4096
_NAME = "{http://schemas.microsoft.com/office/2006/xmlPackage}name"
_PART, _DATA = (
    f"{{http://schemas.microsoft.com/office/2006/xmlPackage}}{name}" for name in ("part", "xmlData")
)


def read_word_xml(data: bytes, path: str, allowance: Allowance) -> Document:
    """Return the document. BrokenFile, TooLarge or UnsupportedFormat say why there is none."""
    if b"<pkg:package" in data[:_HEAD]:
        return read_docx(_fold(data, path, allowance.limits), path, allowance)
    return read_converted(data, path, ".xml", "Word 2003 XML", allowance)


def _fold(data: bytes, path: str, limits: Limits) -> bytes:
    """Return the DOCX package of a flat one, without parts that are no XML: these are pictures."""
    if len(data) > limits.max_part_bytes or data.count(b"<") > limits.max_part_tags:
        raise TooLarge(
            path,
            "source.word_xml_too_large",
            bytes_limit=limits.max_part_bytes,
            tags_limit=limits.max_part_tags,
        )
    try:
        root: Element = parse_xml(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    except etree.XMLSyntaxError as error:
        raise BrokenFile(path, "source.xml_malformed", reason=error.msg) from error
    if root.getroottree().docinfo.doctype:
        raise BrokenFile(path, "source.xml_with_dtd")
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for part in root.iter(_PART):
            content = part.find(_DATA)
            if content is not None and len(content):
                package.writestr(part.get(_NAME, "").lstrip("/"), etree.tostring(content[0]))
    return file.getvalue()
