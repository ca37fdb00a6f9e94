"""A report as a Whoosh document: a text field for each group of the ranking, a keyword field for
each facet, and columns.

The sections are parts of one field, so that a word is looked up once and not section by section; to
Whoosh each part is a field of its own. Figures are columns and not postings, of which a number
would need eight.
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
from indexer.engines.whoosh.batch import DocumentRow
from indexer.engines.whoosh.codec import BIGRAMS
from indexer.engines.whoosh.columns import BlobColumn, FigureColumn, RecordColumn
from indexer.engines.whoosh.field_texts import TEXT_STARTS, pack_texts
from indexer.engines.whoosh.stored_report import pack_report
from indexer.engines.whoosh.writer import RowLayout
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

_LAYOUT_VERSION = 13
"""To be raised when the stored format changes in a way that `index_format` does not see."""

PARTS: Mapping[str, tuple[str, ...]] = {
    group: tuple(field for field in RANKED_FIELDS if field != group and group_of(field) == group)
    for group in GROUPS
}
"""The parts of each group of fields, which is one field of the index; none if the group is a single
field.
"""
GROUP_FIELDS = {group: parts or (group,) for group, parts in PARTS.items()}
"""The fields of each group, in the order in which `TermPositions.parts` numbers them."""
COUNTS = np.dtype([("present", "<u4"), *((name, "<u4") for name in STATUSES)])
"""One bit per text field that has text, and the number of cells of each status."""
STATUS_CODES = {status: code for code, status in enumerate(STATUSES, 1)}
"""The stored status of a figure; 0 is a report without that figure."""


class PackedPositions(Positions):  # type: ignore[misc]  # whoosh has no types
    """Positions as plain 32-bit integers, for Whoosh's own searcher."""

    def encode(self, poslist: Sequence[int]) -> bytes:
        """Return the bytes of the positions."""
        return np.asarray(poslist, dtype="<u4").tobytes()

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """Return the positions."""
        return [int(position) for position in np.frombuffer(valuestring, dtype="<u4")]

    def decode_frequency(self, valuestring: bytes) -> int:
        """Return the number of positions."""
        return len(valuestring) // 4


class BigramField(FieldType):  # type: ignore[misc]  # whoosh has no types
    """The character bigrams; each term is two 16-bit units."""

    def __init__(self) -> None:
        super().__init__(PackedPositions(), WordTokenizer())

    def to_bytes(self, value: str | bytes) -> bytes:
        """Return a bigram as a term."""
        return value if isinstance(value, bytes) else value.encode("utf-16-be", "surrogatepass")

    def from_bytes(self, term: bytes) -> str:
        """Return the bigram of a term."""
        return term.decode("utf-16-be", "surrogatepass")


@catalogue_cache
def layout() -> RowLayout:
    """Return the fields and columns of a row."""
    return RowLayout(
        words=PARTS,
        keywords=tuple(map(facet_field, keyword_fields())),
        records=("counts", "text_starts"),
        blobs=("texts", "report"),
        texts="texts",
        numbers=tuple(figures()),
        tokenize=segmenter.tokenize_clause,
    )


@catalogue_cache
def build_schema() -> Schema:
    """Return Whoosh's schema of the layout."""
    schema, rows = Schema(), layout()
    for field, parts in rows.words.items():
        for name in (field, *parts):
            schema.add(name, FieldType(PackedPositions(), WordTokenizer()))
    for field in rows.keywords:
        schema.add(field, FieldType(Existence(), WordTokenizer()))
    schema.add(BIGRAMS, BigramField())
    schema.add("counts", COLUMN(RecordColumn(COUNTS)))
    schema.add("text_starts", COLUMN(RecordColumn(TEXT_STARTS)))
    for name in rows.blobs:
        schema.add(name, COLUMN(BlobColumn()))
    figure = COLUMN(
        FigureColumn()
    )  # one for all, so that the schema is written with every change in less time
    for name in rows.numbers:
        schema.add(name, figure)
    return schema


@catalogue_cache
def _facet_fields() -> Mapping[str, str]:
    """Return the field of each facet."""
    return {facet: facet_field(facet) for facet in keyword_fields()}


def facet_field(facet: str) -> str:
    """Return the keyword field of a facet."""
    return f"facet_{facet}"


@catalogue_cache
def index_format() -> str:
    """Return a fingerprint of all that an index depends on: an index with another one must be
    rebuilt.
    """
    parts = [
        str(_LAYOUT_VERSION),
        segmenter.fingerprint(),
        unicodedata.unidata_version,
        *(version(package) for package in ("whoosh3", "opencc")),
        *keyword_fields(),
        *figures(),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def build_row(document: IndexDocument) -> DocumentRow:
    """Return the document as the writer takes it."""
    folded = folded_fields(document.texts, document.headings)
    texts, starts = pack_texts(folded)
    clauses = {field: segmenter.clauses(text) for field, text in folded.items()}
    found = list(map(document.figures.get, layout().numbers))
    return DocumentRow(
        words={
            group: [clauses.get(part, ()) for part in parts or (group,)]
            for group, parts in layout().words.items()
        },
        keywords={
            field: dict.fromkeys(document.facets[facet]) for facet, field in _facet_fields().items()
        },
        records={"counts": _counts(document, folded), "text_starts": starts},
        blobs={"texts": fold_digit_units(texts), "report": pack_report(document.report)},
        numbers=_numbers(found),
        statuses=bytes([STATUS_CODES[figure.status] if figure else 0 for figure in found]),
    )


def _numbers(figures: Sequence[Figure | None]) -> NDArray[np.float64]:
    """Return the numbers of the figure columns: NaN for `reported` without a value, 0 for every
    other status.
    """
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
