"""Keyword fields, whose terms have no positions, many of them in the arrays of one: the terms of
one field after another.

    field_ends   where the terms of each field end; terms ascend within each field, all else is as
                 in `postings`

A report has few terms in each of a dozen keyword fields: a file for each would be mostly headers,
and slow to write.
"""

from __future__ import annotations

import numpy as np

from indexer.columnar.array_file import ArrayFile
from indexer.columnar.bits import PADDING_BYTES
from indexer.columnar.postings import TermOccurrences
from indexer.columnar.postings_builder import build_postings
from indexer.columnar.types import Array


def build_keywords(occurrences: TermOccurrences, fields: int) -> dict[str, Array]:
    """Return the arrays of keyword fields. Each term starts with a byte, not stored, that is the
    number of its field.
    """
    arrays = build_postings(occurrences)
    begins = np.concatenate([np.zeros(1, dtype=np.uint32), arrays["term_ends"]])[:-1]
    counts = np.bincount(arrays["term_bytes"][begins], minlength=fields)
    return arrays | {
        "term_bytes": np.delete(arrays["term_bytes"], begins),
        "term_ends": arrays["term_ends"] - np.arange(1, len(begins) + 1, dtype=np.uint32),
        "field_ends": np.cumsum(counts).astype(np.uint32),
    }


def keyword_field(file: ArrayFile, number: int) -> ArrayFile:
    """Return the arrays of one of the fields, as if it were alone: slices of those of all."""
    arrays = file.arrays
    first, last = _range(arrays["field_ends"], number, number + 1)
    text, text_end = _range(arrays["term_ends"], first, last)
    byte, byte_end = _range(arrays["doc_deltas_byte_ends"], first, last)
    exception_terms = arrays["doc_deltas_exception_terms"]
    low, high = np.searchsorted(exception_terms, (first, last)).tolist()
    exception, exception_end = _range(arrays["doc_deltas_exception_ends"], low, high)
    postings_before, _ = _range(arrays["posting_ends"], first, last)
    exception_ends = arrays["doc_deltas_exception_ends"][low:high] - np.uint32(exception)
    return ArrayFile(
        {
            "term_bytes": arrays["term_bytes"][text:text_end],
            "term_ends": arrays["term_ends"][first:last] - np.uint32(text),
            "posting_ends": arrays["posting_ends"][first:last] - np.uint32(postings_before),
            "doc_deltas_bytes": arrays["doc_deltas_bytes"][byte : byte_end + PADDING_BYTES],
            "doc_deltas_byte_ends": arrays["doc_deltas_byte_ends"][first:last] - np.uint32(byte),
            "doc_deltas_widths": arrays["doc_deltas_widths"][first:last],
            "doc_deltas_exceptions": arrays["doc_deltas_exceptions"][exception:exception_end],
            "doc_deltas_exception_terms": exception_terms[low:high] - np.uint32(first),
            "doc_deltas_exception_ends": exception_ends,
        },
        {},
    )


def _range(ends: Array, first: int, last: int) -> tuple[int, int]:
    """Return where the items `[first, last)` begin and end, given where each ends."""
    return int(ends[first - 1]) if first else 0, int(ends[last - 1]) if last else 0
