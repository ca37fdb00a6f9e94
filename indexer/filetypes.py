"""The file formats that can be read. Each is one record, and whatever speaks of formats asks here.

From it follow the detection and the reader (`indexer.formats.registry`), the values and names of
the facet `filetype`, the media types in JSON, the messages that list what can be read, and the
help. A package from outside adds a format by an entry point in the group `nianbao.formats` that
names a `FileFormat`; worker processes find it there, too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import entry_points

from indexer.messages import label
from indexer.messages.catalogue import add_source, labels, read_catalogue
from indexer.records import Message

ENTRY_POINTS = "nianbao.formats"
_LATIN = re.compile("[A-Za-z]")


@dataclass(frozen=True, slots=True)
class FileVariant:
    """A way in which the files of a format begin, and the function that reads them.

    `recognised_by` is the bytes at the beginning, or a function `module:name` of all the bytes.
    `reader` is `module:name` of a function `(bytes, path, Allowance) -> Document`; it is imported
    when a file of the kind is met.
    """

    recognised_by: bytes | str
    reader: str
    names_format: bool = False
    """The reader decides which format it is, and sets the media type of the document."""


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A file format: its name as a value of the facet `filetype`, and all that depends on it."""

    name: str
    media_types: tuple[str, ...]
    """The media type that is published, and others that mean the same."""
    variants: tuple[FileVariant, ...]
    family: str = ""
    """What messages call the format and its relatives; empty: its own label."""
    query_names: tuple[str, ...] = ()
    """Further names by which a query asks for it, beside its name and its labels."""
    requirement: str | None = None
    """What `pip install` gets when a package that the reader needs is missing."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Its label by language; formats of our own have theirs in `messages/`."""


_BUILT_IN = (
    FileFormat(
        "html",
        ("text/html", "application/xhtml+xml"),
        (
            FileVariant(
                "indexer.formats.html.mhtml:is_archive", "indexer.formats.html.mhtml:read_archive"
            ),
            # A bare page is recognised once it is decoded: see the reader of plain text.
        ),
        family="html",
        query_names=("网页",),
    ),
    FileFormat(
        "docx",
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
        (
            FileVariant(b"PK\x03\x04", "indexer.formats.docx.reader:read_docx"),
            FileVariant(
                "indexer.formats.text_file:is_word_xml",
                "indexer.formats.docx.flat_xml:read_word_xml",
            ),
        ),
        family="word",
        requirement="nianbao[docx]",
    ),
    FileFormat(
        "doc",
        ("application/msword",),
        (FileVariant(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "indexer.formats.doc.reader:read_doc"),),
        family="word",
        query_names=("word",),
        requirement="nianbao[doc]",
    ),
    FileFormat(
        "rtf",
        ("application/rtf",),
        (FileVariant(b"{\\rtf", "indexer.formats.doc.reader:read_rtf"),),
        family="word",
        requirement="nianbao[doc]",
    ),
    FileFormat(
        "pdf",
        ("application/pdf",),
        (FileVariant("indexer.formats.text_file:is_pdf", "indexer.formats.pdf:read_pdf"),),
        family="pdf",
        requirement="nianbao[pdf]",
    ),
    FileFormat(
        "txt",
        ("text/plain",),
        (
            FileVariant(
                "indexer.formats.text_file:is_text",
                "indexer.formats.text_file:read_text_file",
                names_format=True,
            ),
        ),
        family="plain",
        query_names=("文本", "纯文本"),
    ),
)
_added: list[FileFormat] = []


def register(added: FileFormat) -> None:
    """Add a format to this process; it is recognised before those of our own.

    A package does so by an entry point, since workers are processes of their own.
    """
    _added.append(added)
    read_catalogue.cache_clear()
    labels.cache_clear()


def _added_labels(language: str) -> Mapping[str, str]:
    _load_entry_points()
    words: dict[str, str] = {}
    for added in _added:
        own = added.labels.get(language, added.name)
        words[f"label.filetype.{added.name}"] = own
        if not added.family:
            words[f"label.file_family.{added.name}"] = own
    return words


add_source(_added_labels)


@cache
def _load_entry_points() -> None:
    for entry in entry_points(group=ENTRY_POINTS):
        register(entry.load())


def file_formats() -> tuple[FileFormat, ...]:
    """Return all formats: our own in the order in which to show them, then those from outside."""
    _load_entry_points()
    return (*_BUILT_IN, *_added)


def in_order_of_detection() -> tuple[FileFormat, ...]:
    """Return all formats, the more special before the more general.

    Formats from outside come first, for they may be special kinds of ZIP or text.
    """
    formats = file_formats()
    return (*formats[len(_BUILT_IN) :], *formats[: len(_BUILT_IN)])


def media_type_of(name: str) -> str:
    """Return the published media type of a format.

    >>> media_type_of("doc")
    'application/msword'
    """
    return next(known.media_types[0] for known in file_formats() if known.name == name)


def file_type(media_type: str | None) -> str | None:
    """Return the name of the format with a media type, None if there is none.

    >>> file_type("application/msword"), file_type("application/xhtml+xml"), file_type(None)
    ('doc', 'html', None)
    """
    return next((known.name for known in file_formats() if media_type in known.media_types), None)


def query_names() -> Mapping[str, tuple[str, ...]]:
    """Return by format the further names by which a query asks for it."""
    return {known.name: known.query_names for known in file_formats()}


def readable_families() -> tuple[Message, ...]:
    """Return the labels of all that can be read, for a message that lists them."""
    known = [known.family or known.name for known in file_formats()]
    ordered = [family for family in labels("file_family") if family in known]
    names = dict.fromkeys([*ordered, *known])
    return tuple(Message.of(f"label.file_family.{name}") for name in names)


def typed_names(language: str) -> tuple[str, ...]:
    """Return the shortest name of each format that a query understands, for examples.

    >>> typed_names("zh")[:2], typed_names("zh")[-1]
    (('网页', 'docx'), '纯文本')
    """
    words = [(known.name, label("filetype", known.name, language)) for known in file_formats()]
    return tuple(name if _LATIN.search(word) else word for name, word in words)
