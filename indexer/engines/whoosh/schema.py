"""What one report is in Whoosh: one document, with a field for each group of fields that ranking knows, one for each facet, columns.

The sections are parts of one field over all of them, so that a word is looked up once and not section by section; to Whoosh each
part is a field of its own. Figures are columns and no postings: a number as postings costs eight of them.
"""

from __future__ import annotations

import hashlib
import math
import struct
import unicodedata
from collections.abc import Mapping, Sequence
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Existence, Positions

from indexer.engines.whoosh.analyzer import WordTokenizer
from indexer.engines.whoosh.batch import Row
from indexer.engines.whoosh.codec import PAIRS
from indexer.engines.whoosh.columns import BlobColumn, NumberColumn, RecordColumn
from indexer.engines.whoosh.field_texts import FIELDS, pack_texts
from indexer.engines.whoosh.stored_report import pack_report
from indexer.engines.whoosh.writer import Layout
from indexer.records import STATUSES
from indexer.search.analysis import segmenter
from indexer.search.catalogue.caching import catalogue_cache
from indexer.search.catalogue.facets import keyword_fields
from indexer.search.catalogue.figures import figures
from indexer.search.catalogue.histograms import MAX_FIGURE, as_float
from indexer.search.documents import RANKED_FIELDS, TEXT_FIELDS, folded_fields
from indexer.search.port import Figure, IndexDocument
from indexer.search.ranking import GROUPS, group_of
from indexer.text.folding import fold_digit_units

_LAYOUT = 11
"""Goes up when what is written changes in a way that nothing else below shows."""

PARTS: Mapping[str, tuple[str, ...]] = {
    group: tuple(field for field in RANKED_FIELDS if field != group and group_of(field) == group)
    for group in GROUPS
}
"""Each group of fields, which is a field of the index, and the fields that are its parts; none where it is one by itself."""
GROUP_FIELDS = {group: parts or (group,) for group, parts in PARTS.items()}
"""The fields of each group: its parts, or else itself, as they are numbered in its positions."""
COUNTS = np.dtype([("present", "<u4"), *((name, "<u4") for name in STATUSES)])
"""Bits of the text fields that hold text, the cells of each status."""
STATUS_CODES = {status: code for code, status in enumerate(STATUSES, 1)}
"""The status of a figure as it is kept; 0 is a report without that figure."""


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


class PairField(FieldType):  # type: ignore[misc]  # whoosh has no types
    """The pairs of characters, each of which is two 16-bit units."""

    def __init__(self) -> None:
        super().__init__(PackedPositions(), WordTokenizer())

    def to_bytes(self, value: str | bytes) -> bytes:
        """Return a pair as a term."""
        return value if isinstance(value, bytes) else value.encode("utf-16-be", "surrogatepass")

    def from_bytes(self, term: bytes) -> str:
        """Return the pair that a term is."""
        return term.decode("utf-16-be", "surrogatepass")


@catalogue_cache
def layout() -> Layout:
    """Return what a row is made of."""
    return Layout(
        words=PARTS,
        flags=tuple(map(facet_field, keyword_fields())),
        records=("counts", "text_starts"),
        blobs=("texts", "report"),
        texts="texts",
        numbers=tuple(figures()),
        cut=segmenter.tokenize_clause,
    )


@catalogue_cache
def build_schema() -> Schema:
    """Return Whoosh's schema of that layout."""
    schema, rows = Schema(), layout()
    for field, parts in rows.words.items():
        for name in (field, *parts):
            schema.add(name, FieldType(PackedPositions(), WordTokenizer()))
    for field in rows.flags:
        schema.add(field, FieldType(Existence(), WordTokenizer()))
    schema.add(PAIRS, PairField())
    schema.add("counts", COLUMN(RecordColumn(COUNTS)))
    schema.add("text_starts", COLUMN(RecordColumn(FIELDS)))
    for name in rows.blobs:
        schema.add(name, COLUMN(BlobColumn()))
    figure = COLUMN(
        NumberColumn()
    )  # one for all, so that the schema is written with every change in less time
    for name in rows.numbers:
        schema.add(name, figure)
    return schema


@catalogue_cache
def _facet_fields() -> Mapping[str, str]:
    """Return the field of each facet."""
    return {facet: facet_field(facet) for facet in keyword_fields()}


def facet_field(facet: str) -> str:
    """Return the name of a facet's field, whose terms are its values."""
    return f"facet_{facet}"


@catalogue_cache
def index_format() -> str:
    """Return what an index must have been written with for this program to read it right."""
    parts = [
        str(_LAYOUT),
        segmenter.fingerprint(),
        unicodedata.unidata_version,
        *(version(package) for package in ("whoosh3", "opencc")),
        *keyword_fields(),
        *figures(),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def build_row(document: IndexDocument) -> Row:
    """Return the document as the writer takes it."""
    folded = folded_fields(document.texts, document.headings)
    texts, starts = pack_texts(folded)
    clauses = {field: segmenter.clauses(text) for field, text in folded.items()}
    found = list(map(document.figures.get, layout().numbers))
    return Row(
        words={
            group: [clauses.get(part, ()) for part in parts or (group,)]
            for group, parts in layout().words.items()
        },
        flags={
            field: dict.fromkeys(document.facets[facet]) for facet, field in _facet_fields().items()
        },
        records={"counts": _counts(document, folded), "text_starts": starts},
        blobs={"texts": fold_digit_units(texts), "report": pack_report(document.report)},
        numbers=_numbers(found),
        statuses=bytes([STATUS_CODES[figure.status] if figure else 0 for figure in found]),
    )


def _numbers(figures: Sequence[Figure | None]) -> NDArray[np.float64]:
    """Return what the columns of figures hold: not a number where one says `reported` and has none, 0 for every other status."""
    values = [
        0
        if figure is None or figure.status != "reported"
        else math.nan
        if figure.value is None
        else figure.value
        for figure in figures
    ]
    try:
        return np.clip(np.array(values, dtype=np.float64), -MAX_FIGURE, MAX_FIGURE)
    except OverflowError:
        return np.array(
            [value if isinstance(value, float) else as_float(value) for value in values]
        )


_PACK_COUNTS = struct.Struct(f"<{1 + len(STATUSES)}I").pack


def _counts(document: IndexDocument, folded: Mapping[str, str]) -> bytes:
    present = sum(1 << bit for bit, field in enumerate(TEXT_FIELDS) if field in folded)
    statuses = [cell.status for cell in document.report.cells]
    return _PACK_COUNTS(present, *map(statuses.count, STATUSES))
