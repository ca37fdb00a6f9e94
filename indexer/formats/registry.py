"""Finds the format of a file in its content, whatever its name says, and reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import cast

from indexer.errors import NotAReport, UnsupportedFormat
from indexer.filetypes import (
    FileFormat,
    FileVariant,
    in_order_of_detection,
    readable_families,
)
from indexer.formats.text_file import find_refused
from indexer.limits import Allowance
from indexer.records import Document, Message

Reader = Callable[[bytes, str, Allowance], Document]

_BLANKS = b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"
"""Bytes of a file in which nothing is written: white space, NULs and byte order marks."""


def read_document(data: bytes, path: str, allowance: Allowance | None = None) -> Document:
    """Return the document in these bytes. `path` is for messages only.

    Without an allowance the default limits hold, from now on.

    NotAReport for an empty file, UnsupportedFormat for a format that is not read, or not without
    an optional package, UndecodableText for text that no charset decodes; the readers of Word and
    PDF say why a file cannot be opened.
    """
    if not data.strip(_BLANKS):
        raise NotAReport(path, "source.empty")
    for known in in_order_of_detection():
        for variant in known.variants:
            if _is_recognised(variant, data):
                read = _load_reader(known, variant, path)
                document = read(data, path, allowance or Allowance.start())
                if variant.names_format:
                    return document
                return replace(document, media_type=known.media_types[0])
    if refused := find_refused(data):
        content = Message.of(f"label.content.{refused}")
        raise UnsupportedFormat(
            path, "source.unsupported", content=content, readable=readable_families()
        )
    raise UnsupportedFormat(path, "source.binary")


def _is_recognised(variant: FileVariant, data: bytes) -> bool:
    if isinstance(variant.recognised_by, bytes):
        return data.startswith(variant.recognised_by)
    return bool(_resolve(variant.recognised_by)(data))


def _load_reader(known: FileFormat, variant: FileVariant, path: str) -> Reader:
    """Return a reader; UnsupportedFormat names the optional package that it needs."""
    try:
        return cast(Reader, _resolve(variant.reader))
    except ModuleNotFoundError as error:
        is_ours = not error.name or error.name.startswith("indexer")
        if is_ours or known.requirement is None:
            raise
        raise UnsupportedFormat(
            path, "source.needs_package", requirement=known.requirement
        ) from error


def _resolve(name: str) -> Callable[..., object]:
    """Return the function `module:name`."""
    module, function = name.split(":")
    return cast(Callable[..., object], getattr(import_module(module), function))
