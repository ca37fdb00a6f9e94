"""What one report is in Whoosh: one document, a field for each section and facet, columns for figures, the report itself.

Figures are columns and no postings: a number as postings costs eight of them. Columns are read whole, as arrays.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version

import numpy as np
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Existence, Positions

from indexer.engines.whoosh_engine.analyzer import WordTokenizer, cut, grams
from indexer.engines.whoosh_engine.arrays.batch import Row, Words
from indexer.engines.whoosh_engine.arrays.columns import BlobColumn, RecordColumn
from indexer.engines.whoosh_engine.arrays.writer import Layout
from indexer.engines.whoosh_engine.stored import pack_report
from indexer.engines.whoosh_engine.texts import FIELDS, pack_texts
from indexer.records import STATUSES
from indexer.search import fields, segment
from indexer.search.documents import RANKED_FIELDS, TEXT_FIELDS, folded_fields
from indexer.search.histograms import as_float
from indexer.search.port import Figure, IndexDocument
from indexer.search.ranking import GROUPS, group_of
from indexer.search.segment import Token
from indexer.text import fold_digits

_LAYOUT = 5
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


_FIGURES = RecordColumn(FIGURE)


def layout() -> Layout:
    """Return what a row is made of: a field of words for each ranked field, one of grams over all, one for each facet; columns."""
    return Layout(
        words=RANKED_FIELDS,
        flags=("grams", *map(facet_field, fields.facets())),
        records={"counts": RecordColumn(COUNTS), "text_fields": RecordColumn(FIELDS)},
        blobs=("texts", "report"),
        tables=tuple(fields.figures()),
        record=_FIGURES,
    )


def build_schema() -> Schema:
    """Return Whoosh's schema of that layout."""
    schema, rows = Schema(), layout()
    for field in rows.words:
        schema.add(field, FieldType(PackedPositions(), WordTokenizer()))
    for field in rows.flags:
        schema.add(field, FieldType(Existence(), WordTokenizer()))
    for name, column in (*rows.records.items(), *((name, rows.record) for name in rows.tables)):
        schema.add(name, COLUMN(column))
    for name in rows.blobs:
        schema.add(name, COLUMN(BlobColumn()))
    return schema


def facet_field(facet: str) -> str:
    """Return the name of a facet's field, whose terms are its values."""
    return f"facet_{facet}"


@cache
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


def build_row(document: IndexDocument) -> Row:
    """Return the document as the writer takes it."""
    folded = folded_fields(document.texts, document.headings)
    compared = {field: fold_digits(text) for field, text in folded.items()}
    texts, fields_of_text = pack_texts(compared)
    cuts = {field: cut(text) for field, text in folded.items()}
    facets = {facet_field(facet): dict.fromkeys(document.facets[facet]) for facet in fields.facets()}
    return Row(
        words={field: _words(tokens) for field, tokens in cuts.items()},
        flags={"grams": set().union(*(grams(compared[field]) for field in TEXT_FIELDS if field in compared)), **facets},
        records={"counts": _counts(document, cuts), "text_fields": fields_of_text},
        blobs={"texts": texts, "report": pack_report(document.report)},
        table=_figures(document),
    )


def _words(tokens: Sequence[Token]) -> Words:
    return Words([token.text for token in tokens], [token.position for token in tokens])


def _counts(document: IndexDocument, cuts: Mapping[str, Sequence[Token]]) -> bytes:
    counts = np.zeros(1, dtype=COUNTS)
    counts["present"] = sum(1 << bit for bit, field in enumerate(TEXT_FIELDS) if field in cuts)
    for field, tokens in cuts.items():
        counts[group_of(field)] += tokens[-1].position + 1 if tokens else 0
    for cell in document.report.cells:
        counts[cell.status] += 1
    return counts.tobytes()


def _figures(document: IndexDocument) -> bytes:
    known = [document.figures.get(key) for key in fields.figures()]
    figures = np.zeros(len(known), dtype=FIGURE)
    figures["value"] = [_value(figure) for figure in known]
    figures["status"] = [STATUSES.index(figure.status) + 1 if figure else 0 for figure in known]
    return figures.tobytes()


def _value(figure: Figure | None) -> float:
    return as_float(figure.value) if figure and figure.status == "reported" and figure.value is not None else math.nan
