"""Documents → a tantivy index of one segment, sorted by year, newest first, then id.

`all` holds the tokens of a report; `title`, `body` and `heading` hold some again, for their weight.
`pairs` holds the bigrams of all fields with positions, so that any string of two or more
characters is a phrase of bigrams. Facets and figures are fast fields, figures terms as well; one
that is not `reported` has no value. Ids are looked up by the fast field `number`, since tantivy
returns numbers from columns but strings only from stored documents.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import tantivy

from bench.fts5.writer import (
    CUTTING,
    SINGLE_FACETS,
    figure_columns,
    figure_value,
    join_pairs,
    join_words,
    single_value,
)
from bench.stopwatch import Stopwatch
from indexer.search.documents import TEXT_FIELDS, folded_fields
from indexer.search.port import IndexDocument
from indexer.search.ranking import RANKING, group_of
from indexer.serialise.report_json import report_to_dict

WEIGHTS: Mapping[str, float] = {
    "title": RANKING.title_weight - 1,
    "body": RANKING.body_weight - 1,
    "heading": RANKING.heading_weight,
}
"""What a word in these fields weighs beside the 1 that it weighs in `all`."""

_WHITE_SPACE = "cut at white space"
_APART = " \ue001 \ue001 "
"""Separates two fields, so that no phrase crosses them, even one that skips every second bigram."""
_MEMORY_BYTES = 2_000_000_000
"""Room for all reports, so that they become one segment: the binding cannot merge segments."""
_LAST_YEAR = 0xFFF
_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
"""Of ids, in the order in which strings are compared."""
_NAMES = "names.json"


def build_schema() -> tantivy.Schema:
    """Return the schema."""
    builder = tantivy.SchemaBuilder()
    for field in ("all", *WEIGHTS):
        builder.add_text_field(field, tokenizer_name=_WHITE_SPACE, index_option="freq")
    builder.add_text_field("pairs", tokenizer_name=_WHITE_SPACE, index_option="position")
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("report", stored=True)
    for facet in SINGLE_FACETS:
        builder.add_text_field(facet, fast=True, tokenizer_name="raw", index_option="basic")
    for column in figure_columns().values():
        builder.add_float_field(column, fast=True, indexed=True)
    for column in ("tie", "number"):
        builder.add_unsigned_field(column, fast=True)
    return builder.build()


def open_index(folder: Path) -> tantivy.Index:
    """Open an index, creating it in an empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(
        build_schema(), path=str(folder), sort_by_field="tie", sort_order=tantivy.Order.Asc
    )
    index.register_tokenizer(
        _WHITE_SPACE, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    )
    return index


def write_documents(
    index: tantivy.Index,
    folder: Path,
    documents: Iterable[IndexDocument],
    watch: Stopwatch,
    *,
    stored: bool = True,
) -> None:
    """Index documents on one thread, wait until they are one segment. `stored`: reports too."""
    writer = open_writer(index)
    names = []
    for document in documents:
        writer.add_document(build_row(document, len(names), watch, stored=stored))
        names.append(document.id)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    (folder / _NAMES).write_text(json.dumps(names), encoding="utf-8")


def open_writer(index: tantivy.Index) -> tantivy.IndexWriter:
    """Return a writer with one thread."""
    return index.writer(_MEMORY_BYTES, 1)


def read_names(folder: Path) -> list[str]:
    """Return the ids of the reports by their numbers."""
    return list(json.loads((folder / _NAMES).read_text(encoding="utf-8")))


def build_row(
    document: IndexDocument, number: int, watch: Stopwatch, *, stored: bool = True
) -> tantivy.Document:
    """Return a document as tantivy takes it. Work before its own is timed as stage `CUTTING`."""
    with watch.stage(CUTTING):
        texts = dict(_texts(document))
        facets = {facet: single_value(document, facet) for facet in SINGLE_FACETS}
        figures = {column: figure_value(document, key) for key, column in figure_columns().items()}
        numbers = {"tie": _tie(document), "number": number}
    row = tantivy.Document()
    for name, text in {**texts, **facets, "id": document.id}.items():
        if text is not None:
            row.add_text(name, text)
    for column, figure in figures.items():
        if figure is not None:
            row.add_float(column, figure)
    for column, value in numbers.items():
        row.add_unsigned(column, value)
    if stored:
        row.add_bytes(
            "report", json.dumps(report_to_dict(document.report), ensure_ascii=False).encode()
        )
    return row


def _texts(document: IndexDocument) -> Iterator[tuple[str, str]]:
    """Yield the tokens of each text field, and the bigrams, joined."""
    folded = folded_fields(document.texts, document.headings)
    words = {field: join_words(text) for field, text in folded.items()}
    for group in WEIGHTS:
        yield group, " ".join(text for field, text in words.items() if group_of(field) == group)
    yield "all", " ".join(words[field] for field in TEXT_FIELDS if field in words)
    yield (
        "pairs",
        _APART.join(join_pairs(folded[field]) for field in TEXT_FIELDS if field in folded),
    )


def _tie(document: IndexDocument) -> int:
    """Return a sort key of year, newest first, then id: tantivy sorts an index by one number.

    It holds 52 of the 60 bits of an id; collisions within a benchmark are not expected.
    """
    bits = 0
    for letter in document.id:
        bits = bits << 5 | _LETTERS.index(letter)
    return (_LAST_YEAR - (document.report.identity.year or 0)) << 52 | bits >> 8
