"""Reads the main text of a Word 97–2003 file from its bytes, without tables.

Layouts are those of [MS-DOC]. The FIB at the start of the stream WordDocument names a table
stream. That holds the piece table (Clx), which locates each stretch of text, and the pages of
formatting (FKP), of which four properties are read.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexer.records import Message

SIGNATURE = 0xA5EC
_WORD_97 = 0x00C1
"""The version number of Word 97, the first with a piece table of this kind."""
_FORMATTING_PAGE_SIZE = 512
_DELETED, _HIDDEN, _IN_TABLE = 0x0800, 0x083C, 0x2416
_OPERANDS = (1, 1, 2, 4, 2, 2, None, 3)
"""Operand sizes of property modifiers by their three top bits; None: the first byte says."""
_LONG_TABLE, _LONG_TABS = 0xD608, 0xC615


class DamagedDoc(ValueError):
    """A structure that leads out of the file or contradicts itself: `source.<code>` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.message = Message.of(f"source.{code}")


class TextPiece(NamedTuple):
    """A stretch of text: its offset in WordDocument, its characters, and the bytes for each."""

    start: int
    text: str
    width: int


class ByteSpan(NamedTuple):
    """A stretch of WordDocument, end excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class WordHeader:
    """What the FIB says; `length` is the number of characters of the main text."""

    version: int
    encrypted: bool
    table_stream: str
    length: int
    pieces: ByteSpan
    characters: ByteSpan
    paragraphs: ByteSpan


def read_header(document: bytes) -> WordHeader:
    """Return the header of a stream WordDocument. Damaged if it is none."""
    signature, version = _unpack("<HH", document, 0)
    if signature != SIGNATURE or version < _WORD_97:
        return WordHeader(version, False, "", 0, ByteSpan(0, 0), ByteSpan(0, 0), ByteSpan(0, 0))
    flags = _unpack("<H", document, 0x0A)[0]
    (length,) = _unpack("<i", document, 0x4C)
    spans = [_unpack("<II", document, 0x9A + 8 * at) for at in (33, 12, 13)]
    pieces, characters, paragraphs = (ByteSpan(start, start + size) for start, size in spans)
    return WordHeader(
        version,
        bool(flags & 0x0100),
        "1Table" if flags & 0x0200 else "0Table",
        length,
        pieces,
        characters,
        paragraphs,
    )


def is_readable(header: WordHeader) -> bool:
    """Say whether this is the format of Word 97 to 2003."""
    return bool(header.table_stream)


def read_prose(header: WordHeader, document: bytes, table: bytes) -> list[str]:
    """Return the paragraphs of the main text outside tables; DamagedDoc if they cannot be found.

    Hidden and deleted text is left out.
    """
    pieces = list(_read_pieces(header, document, table))
    dropped = _merge(
        _read_marks(document, table, header.characters, (_DELETED, _HIDDEN), paragraphs=False)
    )
    tables = _merge(_read_marks(document, table, header.paragraphs, (_IN_TABLE,), paragraphs=True))
    return _ProseReader().read(pieces, dropped, tables)


def _read_pieces(header: WordHeader, document: bytes, table: bytes) -> Iterator[TextPiece]:
    """Yield the pieces of the main text in order; together they are no longer than the file."""
    plc = _find_piece_table(table[slice(*header.pieces)])
    count = (len(plc) - 4) // 12
    if count < 1 or not 0 <= header.length <= len(document):
        raise DamagedDoc("piece_table")
    starts = struct.unpack_from(f"<{count + 1}i", plc)
    for at in range(count):
        first, end = starts[at], min(starts[at + 1], header.length)
        if first >= end:
            continue
        if first < 0:
            raise DamagedDoc("piece_table")
        (where,) = _unpack("<I", plc, 4 * (count + 1) + 8 * at + 2)
        width = 1 if where & 0x40000000 else 2
        start = (where & 0x3FFFFFFF) // (2 if width == 1 else 1)
        raw = document[start : start + (end - first) * width]
        if len(raw) < (end - first) * width:
            raise DamagedDoc("piece_table")
        yield TextPiece(
            start, raw.decode("cp1252" if width == 1 else "utf-16-le", "replace"), width
        )


def _find_piece_table(clx: bytes) -> bytes:
    """Return the PlcPcd behind the property modifiers that may precede it."""
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + max(_unpack("<h", clx, at + 1)[0], 0)
    if at >= len(clx) or clx[at] != 2:
        raise DamagedDoc("piece_table")
    (size,) = _unpack("<I", clx, at + 1)
    return clx[at + 5 : at + 5 + size]


# ── formatting ────────────────────────────────────────────────────────────────────────────────


def _read_marks(
    document: bytes, table: bytes, where: ByteSpan, wanted: Sequence[int], *, paragraphs: bool
) -> Iterator[ByteSpan]:
    """Yield the stretches that have one of the wanted properties switched on."""
    plc = table[slice(*where)]
    count = max((len(plc) - 4) // 8, 0)
    for at in range(count):
        page = (_unpack("<I", plc, 4 * (count + 1) + 4 * at)[0] & 0x3FFFFF) * _FORMATTING_PAGE_SIZE
        yield from _read_page(document[page : page + _FORMATTING_PAGE_SIZE], wanted, paragraphs)


def _read_page(page: bytes, wanted: Sequence[int], paragraphs: bool) -> Iterator[ByteSpan]:
    """Yield the stretches of one formatting page that have one of the wanted properties.

    A page begins with the bounds of its stretches; then comes the offset of each one's properties.
    """
    count = page[-1] if len(page) == _FORMATTING_PAGE_SIZE else 0
    step = 13 if paragraphs else 1
    if not count or 4 * (count + 1) + step * count > _FORMATTING_PAGE_SIZE:
        return
    bounds = struct.unpack_from(f"<{count + 1}I", page)
    for at in range(count):
        offset = 2 * page[4 * (count + 1) + step * at]
        if offset and any(
            on and code in wanted for code, on in _modifiers(_properties(page, offset, paragraphs))
        ):
            yield ByteSpan(bounds[at], bounds[at + 1])


def _properties(page: bytes, offset: int, paragraphs: bool) -> bytes:
    size = page[offset]
    if not paragraphs:
        return page[offset + 1 : offset + 1 + size]
    if size:
        return page[offset + 3 : offset + 2 * size]
    size = page[offset + 1] if offset + 1 < len(page) else 0
    return page[offset + 4 : offset + 2 + 2 * size]


def _modifiers(properties: bytes) -> Iterator[tuple[int, bool]]:
    """Yield the property modifiers in a list, and whether each switches its property on."""
    at = 0
    while at + 2 < len(properties):
        (code,) = struct.unpack_from("<H", properties, at)
        at += 2
        size = _OPERANDS[code >> 13]
        if size is None:
            size = 1 + properties[at]
            if code == _LONG_TABLE and at + 2 <= len(properties):
                size = 1 + struct.unpack_from("<H", properties, at)[0]
            elif code == _LONG_TABS and properties[at] == 255:
                return
        yield code, properties[at] in (1, 0x81)
        at += size


def _merge(spans: Iterator[ByteSpan]) -> list[ByteSpan]:
    """Return the spans in order, those that touch or overlap as one."""
    merged: list[ByteSpan] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = ByteSpan(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


# ── text ──────────────────────────────────────────────────────────────────────────────────────

_PARAGRAPH, _CELL, _LINE = "\r\f\x0e", "\x07", "\x0b"
_BEGIN, _SEPARATE, _END = "\x13", "\x14", "\x15"
_SHOWN = {"\x1e": "-", "\x1f": "", "\t": "\t"}


class _ProseReader:
    """Walks over the characters and gathers paragraphs.

    `line` is the paragraph so far. `fields` are the open fields: False while their instruction is
    read, True in their result.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.fields: list[bool] = []

    def read(
        self, pieces: Sequence[TextPiece], dropped: Sequence[ByteSpan], tables: Sequence[ByteSpan]
    ) -> list[str]:
        """Return the lines of the paragraphs that are no part of a table."""
        for piece in pieces:
            for at, character in enumerate(piece.text):
                place = piece.start + at * piece.width
                if character in _PARAGRAPH or character == _CELL:
                    self._end_paragraph(kept=character != _CELL and not _holds(tables, place))
                elif not _holds(dropped, place):
                    self._read(character)
        self._end_paragraph(kept=True)
        return self.lines

    def _read(self, character: str) -> None:
        if character == _BEGIN:
            self.fields.append(False)
        elif character == _SEPARATE and self.fields:
            self.fields[-1] = True
        elif character == _END and self.fields:
            self.fields.pop()
        elif all(self.fields):
            if character == _LINE:
                self.line.append("\n")
            elif character >= " ":
                self.line.append(character)
            else:
                self.line.append(_SHOWN.get(character, ""))

    def _end_paragraph(self, *, kept: bool) -> None:
        """End the paragraph; an instruction that was never closed ends with it."""
        if not all(self.fields):
            self.fields.clear()
        if kept:
            self.lines += "".join(self.line).split("\n")
        self.line.clear()


def _holds(spans: Sequence[ByteSpan], place: int) -> bool:
    at = bisect_right(spans, (place, float("inf"))) - 1
    return at >= 0 and spans[at].start <= place < spans[at].end


def _unpack(layout: str, data: bytes, at: int) -> tuple[int, ...]:
    try:
        return struct.unpack_from(layout, data, at)
    except struct.error as error:
        raise DamagedDoc("word_header") from error
