"""Many fields of terms without positions in the arrays of one (`postings`): the terms of one field behind those of another.

    field_ends          up to which term those of each field go; all else as of one field, but that terms ascend within each

A report has few terms in each of a dozen fields: a file for each would be mostly heads, and each takes time to be written.
"""

from __future__ import annotations

import numpy as np

from indexer.columnar.array_file import Packed
from indexer.columnar.bits import SLACK
from indexer.columnar.postings import Occurrences
from indexer.columnar.postings_builder import build_field
from indexer.columnar.types import Array


def build_flags(occurrences: Occurrences, fields: int) -> dict[str, Array]:
    """Return the arrays of so many fields. Each term begins with a byte that is the number of its field, and is not kept."""
    arrays = build_field(occurrences)
    begins = np.concatenate([np.zeros(1, dtype=np.uint32), arrays["term_ends"]])[:-1]
    counts = np.bincount(arrays["term_bytes"][begins], minlength=fields)
    return arrays | {
        "term_bytes": np.delete(arrays["term_bytes"], begins),
        "term_ends": arrays["term_ends"] - np.arange(1, len(begins) + 1, dtype=np.uint32),
        "field_ends": np.cumsum(counts).astype(np.uint32),
    }


def field_of(packed: Packed, number: int) -> Packed:
    """Return the arrays of one of the fields, as if it were alone."""
    arrays = packed.arrays
    first, last = _range(arrays["field_ends"], number, number + 1)
    text, text_end = _range(arrays["term_ends"], first, last)
    byte, byte_end = _range(arrays["gaps_byte_ends"], first, last)
    low, high = np.searchsorted(arrays["gaps_wide_terms"], (first, last)).tolist()
    wide, wide_end = _range(arrays["gaps_wide_ends"], low, high)
    before, _ = _range(arrays["ends"], first, last)
    return Packed(
        {
            "term_bytes": arrays["term_bytes"][text:text_end],
            "term_ends": arrays["term_ends"][first:last] - np.uint32(text),
            "ends": arrays["ends"][first:last] - np.uint32(before),
            "gaps_bytes": arrays["gaps_bytes"][byte : byte_end + SLACK],
            "gaps_byte_ends": arrays["gaps_byte_ends"][first:last] - np.uint32(byte),
            "gaps_widths": arrays["gaps_widths"][first:last],
            "gaps_wide": arrays["gaps_wide"][wide:wide_end],
            "gaps_wide_terms": arrays["gaps_wide_terms"][low:high] - np.uint32(first),
            "gaps_wide_ends": arrays["gaps_wide_ends"][low:high] - np.uint32(wide),
        },
        {},
    )


def _range(ends: Array, first: int, last: int) -> tuple[int, int]:
    """Return where the things `[first, last)` begin and end of which each ends where `ends` says."""
    return int(ends[first - 1]) if first else 0, int(ends[last - 1]) if last else 0
