"""A report as stored in the index. It is read field by field, because a page of results needs
little of each report.

The format: a CRC-32 of all that follows, the length of the first part, then two parts, each
compressed JSON: the fields of the report, and its cells by columns (`stored_cells`). Numbers,
strings and dates come back exactly as they were.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import orjson

from indexer.engines.whoosh.stored_cells import (
    StoredCells,
    pack_cells,
    pack_number,
    unpack_number,
)
from indexer.records import (
    Cell,
    Division,
    Finding,
    Identity,
    Paragraph,
    Passage,
    PrintedLabel,
    Region,
    Report,
    Section,
    SourceFile,
)
from indexer.serialise.messages import pack_message, unpack_message

_CHECKSUM = struct.Struct("<I")
_LENGTH = struct.Struct("<I")
_ZLIB_LEVEL = 1
"""A higher zlib level saves 2% and takes half as long again (measured)."""
_STANDARD_JSON = b" "
"""Marks JSON from the standard library, for what orjson does not accept: lone surrogates, integers
beyond 64 bits.
"""


class StoredReport(Report):
    """A report whose fields are read on first access. It equals the report that was packed."""

    __slots__ = ("_columns", "_fields", "_packed_cells")
    _fields: Mapping[str, Any]
    _packed_cells: bytes
    _columns: StoredCells

    def __getattr__(self, name: str) -> Any:
        """Read a field on its first access."""
        match name:
            case "_columns":
                value: Any = StoredCells(_read(self._packed_cells))
            case "cells":
                value = self._columns.cells()
            case _ if name in _FIELDS:
                value = _FIELDS[name][1](self._fields[name])
            case _:
                raise AttributeError(name)
        object.__setattr__(self, name, value)
        return value

    def cell(self, key: str) -> Cell | None:
        """Return the cell of a key, without making the others."""
        return self._columns.cell(key)

    def __eq__(self, other: object) -> bool:
        return _values(self) == _values(other) if isinstance(other, Report) else NotImplemented

    __hash__ = Report.__hash__

    def __reduce__(self) -> tuple[type[Report], tuple[Any, ...]]:
        """Pickle as the plain record."""
        return Report, _values(self)


def pack_report(report: Report) -> bytes:
    """Return the stored form of a report."""
    fields = _write({name: write(getattr(report, name)) for name, (write, _) in _FIELDS.items()})
    rest = b"".join((_LENGTH.pack(len(fields)), fields, _write(pack_cells(report.cells))))
    return _CHECKSUM.pack(zlib.crc32(rest)) + rest


def unpack_report(packed: bytes) -> Report:
    """Return the report that was packed. ValueError if the checksum does not match."""
    start = _CHECKSUM.size + _LENGTH.size
    if (
        len(packed) < start
        or zlib.crc32(memoryview(packed)[_CHECKSUM.size :]) != _CHECKSUM.unpack_from(packed)[0]
    ):
        raise ValueError("a report's checksum is wrong")
    end = start + _LENGTH.unpack_from(packed, _CHECKSUM.size)[0]
    report = StoredReport.__new__(StoredReport)
    object.__setattr__(report, "_fields", _read(packed[start:end]))
    object.__setattr__(report, "_packed_cells", packed[end:])
    return report


def _write(data: object) -> bytes:
    try:
        text = orjson.dumps(data)
    except TypeError:
        text = _STANDARD_JSON + json.dumps(data, ensure_ascii=False).encode(
            "utf-8", "surrogatepass"
        )
    return zlib.compress(text, _ZLIB_LEVEL)


def _read(packed: bytes) -> Any:
    text = zlib.decompress(packed)
    return (
        json.loads(text.decode("utf-8", "surrogatepass"))
        if text.startswith(_STANDARD_JSON)
        else orjson.loads(text)
    )


def _values(report: Report) -> tuple[Any, ...]:
    return tuple(getattr(report, name) for name in Report.__dataclass_fields__)


# ── the fields ──


def _same(value: str) -> str:
    return value


def _pack_identity(identity: Identity) -> object:
    region, period, published = identity.region, identity.period, identity.published
    return (
        identity.title,
        identity.title_printed,
        identity.body,
        identity.level,
        identity.parent_level,
        [
            _pack_division(division)
            for division in (
                region.province,
                region.prefecture,
                region.county,
                region.zone,
                region.township,
            )
        ],
        identity.year,
        period and [day.isoformat() for day in period],
        published and published.isoformat(),
    )


def _unpack_identity(data: Any) -> Identity:
    title, title_printed, body, level, parent_level, region, year, period, published = data
    return Identity(
        title,
        title_printed,
        body,
        level,
        parent_level,
        Region(*map(_unpack_division, region)),
        year,
        period and (date.fromisoformat(period[0]), date.fromisoformat(period[1])),
        published and date.fromisoformat(published),
    )


def _pack_division(division: Division | None) -> object:
    return division and (
        division.name,
        division.code,
        division.evidence,
        division.status,
        division.candidates,
    )


def _unpack_division(data: Any) -> Division | None:
    if data is None:
        return None
    name, code, evidence, status, candidates = data
    return Division(name, code, evidence, status, tuple(candidates))


def _pack_sections(sections: tuple[Section, ...]) -> object:
    return [
        (
            section.key,
            section.heading,
            section.table_at,
            [
                (paragraph.number, paragraph.text, paragraph.kind)
                for paragraph in section.paragraphs
            ],
        )
        for section in sections
    ]


def _unpack_sections(data: Any) -> tuple[Section, ...]:
    return tuple(
        Section(key, heading, tuple(Paragraph(*paragraph) for paragraph in paragraphs), table_at)
        for key, heading, table_at, paragraphs in data
    )


def _pack_labels(labels: tuple[PrintedLabel, ...]) -> object:
    return [(label.key, label.text) for label in labels]


def _unpack_labels(data: Any) -> tuple[PrintedLabel, ...]:
    return tuple(PrintedLabel(*label) for label in data)


def _pack_findings(findings: tuple[Finding, ...]) -> object:
    return [
        (
            finding.rule,
            finding.severity,
            pack_message(finding.message),
            finding.cells,
            pack_number(finding.expected),
            pack_number(finding.found),
            [(passage.paragraph, passage.start, passage.end) for passage in finding.passages],
            finding.reports,
        )
        for finding in findings
    ]


def _unpack_findings(data: Any) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            rule,
            severity,
            unpack_message(message),
            tuple(cells),
            unpack_number(expected),
            unpack_number(found),
            tuple(Passage(*passage) for passage in passages),
            tuple(reports),
        )
        for rule, severity, message, cells, expected, found, passages, reports in data
    )


def _pack_sources(sources: tuple[SourceFile, ...]) -> object:
    return [
        [getattr(source, name) for name in SourceFile.__dataclass_fields__] for source in sources
    ]


def _unpack_sources(data: Any) -> tuple[SourceFile, ...]:
    return tuple(SourceFile(*source) for source in data)


_FIELDS: Mapping[str, tuple[Callable[[Any], object], Callable[[Any], object]]] = {
    "id": (_same, _same),
    "identity": (_pack_identity, _unpack_identity),
    "form": (_same, _same),
    "sections": (_pack_sections, _unpack_sections),
    "labels": (_pack_labels, _unpack_labels),
    "findings": (_pack_findings, _unpack_findings),
    "sources": (_pack_sources, _unpack_sources),
}
"""How each field except the cells is packed and unpacked."""
