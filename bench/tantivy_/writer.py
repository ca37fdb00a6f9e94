"""Documents → a tantivy index of one segment.

The words that our segmenter finds are in three fields, as our ranking sees them. `pairs` holds every two neighbouring
characters of all fields with their positions, so that any string of two or more characters is found exactly, as a phrase
of pairs. Facets and figures are columns ("fast fields"); a figure that is not `reported` has no value.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import tantivy

from bench.fts5.writer import SINGLE_FACETS, figure_columns, figure_value, join_pairs, join_words, single_value
from indexer.interchange import report_to_dict
from indexer.search.documents import TEXT_FIELDS, folded_fields
from indexer.search.port import IndexDocument
from indexer.search.ranking import GROUPS, group_of

_WHITE_SPACE = "cut at white space"
_APART = " \ue001 "
"""Stands between two fields, so that no phrase runs from one into the other."""
_MEMORY_BYTES = 256_000_000
_LAST_YEAR = 0xFFF
_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
"""Of ids, in the order in which strings are compared."""


def build_schema() -> tantivy.Schema:
    """Return the schema."""
    builder = tantivy.SchemaBuilder()
    for group in GROUPS:
        builder.add_text_field(group, tokenizer_name=_WHITE_SPACE, index_option="freq")
    builder.add_text_field("pairs", tokenizer_name=_WHITE_SPACE, index_option="position")
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("report", stored=True)
    for facet in SINGLE_FACETS:
        builder.add_text_field(facet, fast=True, tokenizer_name="raw", index_option="basic")
    for column in figure_columns().values():
        builder.add_float_field(column, fast=True)
    builder.add_unsigned_field("tie", fast=True)
    return builder.build()


def open_index(folder: Path) -> tantivy.Index:
    """Open an index, made when the folder holds none."""
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(build_schema(), path=str(folder))
    index.register_tokenizer(_WHITE_SPACE, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def write_documents(index: tantivy.Index, documents: Iterable[IndexDocument]) -> None:
    """Index documents with one thread, as the others do, and wait until the segments are merged."""
    writer = index.writer(_MEMORY_BYTES, 1)
    for document in documents:
        writer.add_document(_row(document))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()


def _row(document: IndexDocument) -> tantivy.Document:
    row = tantivy.Document()
    folded = folded_fields(document.texts, document.headings)
    for group in GROUPS:
        row.add_text(group, " ".join(join_words(text) for field, text in folded.items() if group_of(field) == group))
    row.add_text("pairs", _APART.join(join_pairs(folded[field]) for field in TEXT_FIELDS if field in folded))
    row.add_text("id", document.id)
    row.add_bytes("report", json.dumps(report_to_dict(document.report), ensure_ascii=False).encode())
    for facet in SINGLE_FACETS:
        if (value := single_value(document, facet)) is not None:
            row.add_text(facet, value)
    for key, column in figure_columns().items():
        if (number := figure_value(document, key)) is not None:
            row.add_float(column, number)
    row.add_unsigned("tie", _tie(document))
    return row


def _tie(document: IndexDocument) -> int:
    """Return what orders reports by year, newest first, then id: tantivy orders by one number only.

    The number has room for 52 of the 60 bits of an id; that two reports of a benchmark share them is not to be expected.
    """
    bits = 0
    for letter in document.id:
        bits = bits << 5 | _LETTERS.index(letter)
    return (_LAST_YEAR - (document.report.identity.year or 0)) << 52 | bits >> 8
