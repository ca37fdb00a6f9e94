"""Opens the ZIP package of a DOCX and parses the parts that are read, within limits."""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Any, TypeAlias
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from docx.oxml.parser import parse_xml
from lxml import etree

from indexer.errors import BrokenFile, Encrypted, TooLarge, UnsupportedFormat
from indexer.limits import Limits
from indexer.records import Message

Element: TypeAlias = Any
"""An element of python-docx's tree; lxml has no types of its own."""

_READ_SIZE = 1 << 16
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)  # fmt: skip
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DOCUMENT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}document"
_OTHERS = (
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
    ("content.xml", "opendocument"),
    ("ofd.xml", "ofd"),
    ("word/", "word_without_text"),
)


@dataclass(frozen=True, slots=True)
class DocxParts:
    """The parts of a DOCX that a reader needs; None for one that is not there."""

    document: Element
    numbering: Element | None
    styles: Element | None
    properties: Element | None
    chunks: Mapping[str, bytes]
    """The files of other formats that the document takes in whole, by the name it calls them."""


def open_docx_parts(data: bytes, path: str, limits: Limits) -> DocxParts:
    """Return the parts of a DOCX.

    BrokenFile, Encrypted, TooLarge or UnsupportedFormat if they cannot be read.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _DocxPackage(archive, path, limits).parts()
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise BrokenFile(path, "source.zip_broken", reason=str(error)) from error


class _DocxPackage:
    """An open package. As in Word, names of parts ignore case and the kind of slash."""

    def __init__(self, archive: ZipFile, path: str, limits: Limits) -> None:
        self.archive = archive
        self.path = path
        self.limits = limits
        self.entries = {_plain(entry.filename): entry for entry in archive.infolist()}
        size = sum(entry.file_size for entry in archive.infolist())
        if size > limits.max_unpacked_bytes:
            raise self._too_large(size)

    def parts(self) -> DocxParts:
        name = self._find("", "officeDocument") or "word/document.xml"
        document = self._read(name)
        if document is None or document.tag != _DOCUMENT:
            content = Message.of(f"label.content.{self._kind()}")
            raise UnsupportedFormat(self.path, "source.not_docx", content=content)
        numbering, styles = (self._read(self._find(name, kind)) for kind in ("numbering", "styles"))
        properties = self._read(self._find("", "core-properties"))
        return DocxParts(document, numbering, styles, properties, dict(self._chunks(name)))

    def _kind(self) -> str:
        return next(
            (kind for start, kind in _OTHERS if any(n.startswith(start) for n in self.entries)),
            "zip",
        )

    def _find(self, part: str, kind: str) -> str | None:
        """Return the name of the first part that a part, or the package, has this relation to."""
        return next((target for _, target in self._related(part, kind)), None)

    def _related(self, part: str, kind: str) -> Iterator[tuple[str, str]]:
        """Yield the relations of this kind of a part: each one's id, and the name of its target."""
        folder, name = posixpath.split(part)
        relations = self._read(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in () if relations is None else relations.iter(_RELATION):
            target = relation.get("Target", "").replace("\\", "/")
            if (
                relation.get("Type", "").rpartition("/")[2] == kind
                and relation.get("TargetMode") != "External"
            ):
                whole = (
                    target
                    if target.startswith("/")
                    else posixpath.normpath(posixpath.join(folder, target))
                )
                yield relation.get("Id", ""), whole

    def _chunks(self, part: str) -> Iterator[tuple[str, bytes]]:
        for called, name in islice(self._related(part, "aFChunk"), self.limits.max_embedded_pages):
            entry = self.entries.get(_plain(name))
            if entry is not None:
                yield called, self._unpack(entry)

    def _read(self, name: str | None) -> Element | None:
        entry = self.entries.get(_plain(name)) if name else None
        if entry is None:
            return None
        xml = self._unpack(entry)
        tags = self.limits.max_part_tags
        if xml.count(b"<") > tags:
            raise TooLarge(
                self.path,
                "source.too_many_tags",
                part=entry.filename,
                limit=tags,
            )
        for strict, transitional in _STRICT:
            xml = xml.replace(strict, transitional)
        try:
            root: Element = parse_xml(xml)
        except etree.XMLSyntaxError as error:
            raise BrokenFile(
                self.path,
                "source.part_malformed",
                part=entry.filename,
                reason=error.msg,
            ) from error
        if root.getroottree().docinfo.doctype:
            raise BrokenFile(self.path, "source.part_with_dtd", part=entry.filename)
        return root

    def _unpack(self, entry: ZipInfo) -> bytes:
        """Return the bytes of an entry; TooLarge over the limit, whatever size the entry claims."""
        if entry.flag_bits & 1:
            raise Encrypted(self.path, "source.zip_password")
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise BrokenFile(self.path, "source.zip_compression")
        unpacked = bytearray()
        with self.archive.open(entry) as file:
            while chunk := file.read(_READ_SIZE):
                unpacked += chunk
                if len(unpacked) > self.limits.max_part_bytes:
                    raise self._too_large(max(entry.file_size, len(unpacked)))
        return bytes(unpacked)

    def _too_large(self, size: int) -> TooLarge:
        return TooLarge(
            self.path,
            "source.unpacks_too_large",
            size=size,
            part_limit=self.limits.max_part_bytes,
            limit=self.limits.max_unpacked_bytes,
        )


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
