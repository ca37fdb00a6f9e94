"""What one report is in Whoosh: one document, a field for each section, columns for facets and figures, the report itself.

Figures are columns and no postings: a number as postings costs eight of them. Columns are read whole, as arrays.
"""

from __future__ import annotations

import hashlib
import json
import math
import unicodedata
import zlib
from collections.abc import Mapping, Sequence
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray
from whoosh.columns import FixedBytesColumn, VarBytesColumn
from whoosh.fields import COLUMN, ID, FieldType, Schema
from whoosh.formats import Existence, Positions

from indexer.engines.whoosh_engine.analyzer import WordTokenizer, cut, grams
from indexer.engines.whoosh_engine.texts import FIELDS, pack_texts
from indexer.interchange import report_from_dict, report_to_dict
from indexer.records import STATUSES, Report
from indexer.search import fields, segment
from indexer.search.documents import TEXT_FIELDS
from indexer.search.histograms import as_float
from indexer.search.port import Figure, IndexDocument
from indexer.search.ranking import GROUPS, group_of
from indexer.text import fold, fold_digits

_LAYOUT = 2
"""Goes up when what is written changes in a way that nothing else below shows."""

FIGURE = np.dtype([("value", "<f8"), ("status", "u1")])
"""A figure in its column: not a number unless reported; status 0 is a report without it, n the n-th of `STATUSES`."""
COUNTS = np.dtype([("present", "<u4"), *((group, "<u4") for group in GROUPS), *((name, "<u4") for name in STATUSES)])
"""Bits of the text fields that hold text, the words of each group of fields, the cells of each status."""


class PackedPositions(Positions):  # type: ignore[misc]  # whoosh has no types
    """Positions as plain 32-bit numbers, so that those of many reports are read as one array."""

    def encode(self, poslist: Sequence[int]) -> bytes:
        """Return the bytes of the positions."""
        return np.asarray(poslist, dtype="<u4").tobytes()

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """Return the positions."""
        return [int(position) for position in np.frombuffer(valuestring, dtype="<u4")]

    def decode_frequency(self, valuestring: bytes) -> int:
        """Return how often the word stands there."""
        return len(valuestring) // 4


class ArrayColumn(FixedBytesColumn):  # type: ignore[misc]  # whoosh has no types
    """A column of records of one size that is read as one array."""

    class Reader(FixedBytesColumn.Reader):  # type: ignore[misc]  # whoosh has no types
        """Reads the column."""

        def array(self, dtype: np.dtype[np.void]) -> NDArray[np.void]:
            """Return the records of all documents; those after the last one written are zero."""
            data = self._dbfile.get(self._basepos, self._count * self._fixedlen)
            written = np.frombuffer(data, dtype=dtype)
            return np.concatenate([written, np.zeros(self._doccount - self._count, dtype=dtype)])


class BytesColumn(VarBytesColumn):  # type: ignore[misc]  # whoosh has no types
    """A column of byte strings that is read as one string, or one by one."""

    class Reader(VarBytesColumn.Reader):  # type: ignore[misc]  # whoosh has no types
        """Reads the column."""

        def joined(self) -> bytes:
            """Return the strings of all documents, one behind the other."""
            return self.part(0, sum(self._lengths))

        def part(self, start: int, end: int) -> bytes:
            """Return the bytes `[start, end)` of all the strings together."""
            return bytes(self._dbfile.get(self._basepos + int(start), int(end - start)))

        def lengths(self) -> NDArray[np.int64]:
            """Return how many bytes each document has."""
            return np.asarray(self._lengths, dtype=np.int64)


def build_schema() -> Schema:
    """Return the schema: a field of words for each text field, one of grams over all of them, and the columns."""
    schema = Schema(id=ID(unique=True))
    for field in TEXT_FIELDS:
        schema.add(field, FieldType(PackedPositions(), WordTokenizer()))
    schema.add("grams", FieldType(Existence(), WordTokenizer()))
    for facet in fields.facets():
        schema.add(facet_field(facet), COLUMN(BytesColumn()))
    for key in fields.figures():
        schema.add(key, COLUMN(ArrayColumn(FIGURE.itemsize)))
    schema.add("counts", COLUMN(ArrayColumn(COUNTS.itemsize)))
    schema.add("texts", COLUMN(BytesColumn()))
    schema.add("text_fields", COLUMN(ArrayColumn(FIELDS.itemsize)))
    schema.add("report", COLUMN(BytesColumn()))
    return schema


def facet_field(facet: str) -> str:
    """Return the name of a facet's column."""
    return f"facet_{facet}"


def index_format() -> str:
    """Return what an index must have been written with for this program to read it right."""
    parts = [
        str(_LAYOUT),
        segment.fingerprint(),
        unicodedata.unidata_version,
        *(version(package) for package in ("whoosh3", "opencc")),
        *fields.facets(),
        *fields.figures(),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def build_row(document: IndexDocument) -> Mapping[str, object]:
    """Return the document as Whoosh takes it."""
    folded = {field: folded for field, text in document.texts.items() if (folded := fold(text))}
    compared = {field: fold_digits(text) for field, text in folded.items()}
    packed, fields_of_text = pack_texts(compared)
    row: dict[str, object] = {
        "id": document.id,
        **folded,
        "grams": tuple(set().union(*(grams(text) for text in compared.values()))),
        "counts": _counts(document, folded),
        "texts": packed,
        "text_fields": fields_of_text,
        "report": pack_report(document.report),
    }
    for facet in fields.facets():
        row[facet_field(facet)] = json.dumps(document.facets[facet], ensure_ascii=True).encode() + b","
    for key in fields.figures():
        if key in document.figures:
            row[key] = _figure(document.figures[key])
    return row


def _counts(document: IndexDocument, folded: Mapping[str, str]) -> bytes:
    counts = np.zeros(1, dtype=COUNTS)
    counts["present"] = sum(1 << TEXT_FIELDS.index(field) for field in folded)
    for field, text in folded.items():
        words = cut(text)
        counts[group_of(field)] += words[-1].position + 1 if words else 0
    for cell in document.report.cells:
        counts[cell.status] += 1
    return counts.tobytes()


def _figure(figure: Figure) -> bytes:
    value = as_float(figure.value) if figure.status == "reported" and figure.value is not None else math.nan
    return np.array([(value, STATUSES.index(figure.status) + 1)], dtype=FIGURE).tobytes()


def pack_report(report: Report) -> bytes:
    """Return the report as it is kept: its JSON without the sections' text, which the paragraphs give, compressed."""
    data = report_to_dict(report)
    for section in data["sections"]:
        del section["text"]
    return zlib.compress(json.dumps(data, ensure_ascii=True, separators=(",", ":")).encode(), 6)


def unpack_report(packed: bytes) -> Report:
    """Return the report that was packed."""
    return report_from_dict(json.loads(zlib.decompress(packed)))
