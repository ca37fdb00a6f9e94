"""Occurrences of terms → the arrays of a field (`postings` says what they are)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.arrays.encoding import Numbers, encode, radix_order, small_type
from indexer.engines.whoosh_engine.arrays.packing import Array
from indexer.engines.whoosh_engine.arrays.postings import Occurrences, Parts

_WIDE = 255
_WIDE_COST = 4
"""The bytes of a number that does not fit into one."""


def build_field(occurrences: Occurrences, size: int, parts: Parts | None = None) -> dict[str, Array]:
    """Return the arrays of a field of a segment with `size` documents; with `parts` if its terms have positions."""
    terms = sorted(range(len(occurrences.terms)), key=occurrences.terms.__getitem__)
    rank = np.empty(len(terms), dtype=np.uint32)
    rank[terms] = np.arange(len(terms), dtype=np.uint32)
    keys = rank[occurrences.numbers]
    order = radix_order(keys, len(terms))
    keys, docs = keys[order], occurrences.docs[order]
    starts = _starts(keys, docs)
    ends = np.searchsorted(keys[starts], np.arange(len(terms), dtype=np.uint32), side="right")
    texts = [occurrences.terms[at] for at in terms]
    arrays: dict[str, Array] = {
        "term_bytes": np.frombuffer(b"".join(texts), dtype=np.uint8),
        "term_ends": np.cumsum([len(text) for text in texts], dtype=np.int64).astype(np.uint32),
        "ends": ends.astype(np.uint32),
        **_docs(docs[starts], ends, size),
    }
    if occurrences.positions is not None:
        arrays |= _counts(np.diff(starts, append=len(keys)), ends)
        arrays |= _positions(occurrences.positions[order], starts, ends)
    if parts is not None:
        arrays |= _parts(parts)
    if parts is not None and occurrences.parts is not None:
        bits = np.left_shift(np.uint8(1), occurrences.parts[order])
        arrays["part_bits"] = np.bitwise_or.reduceat(bits, starts) if len(starts) else bits
    return arrays


def _starts(keys: NDArray[np.uint32], docs: NDArray[np.uint32]) -> Numbers:
    """Return where the postings begin: where the term or the document changes."""
    new = np.ones(len(keys), dtype=np.bool_)
    new[1:] = (keys[1:] != keys[:-1]) | (docs[1:] != docs[:-1])
    return np.flatnonzero(new)


def _parts(parts: Parts) -> dict[str, Array]:
    greatest = int(max(parts.starts.max(initial=0), parts.lengths.max(initial=0)))
    kind = small_type(greatest)
    return {"part_starts": parts.starts.ravel().astype(kind), "lengths": parts.lengths.astype(kind)}


def _docs(docs: NDArray[np.uint32], ends: Numbers, size: int) -> dict[str, Array]:
    begins = ends - np.diff(ends, prepend=0)
    gaps = np.diff(docs, prepend=np.uint32(0))
    gaps[begins] = docs[begins]
    kind = small_type(size)
    wide = np.add.reduceat((gaps >= _WIDE).astype(np.int64), begins) if len(begins) else begins
    frequencies = ends - begins
    dense = frequencies + _WIDE_COST * wide < np.dtype(kind).itemsize * frequencies
    in_dense = np.repeat(dense, frequencies)
    gap_ends = np.cumsum(np.where(dense, frequencies, 0))
    return {
        **_stream("gaps", gaps[in_dense], gap_ends),
        "docs": docs[~in_dense].astype(kind),
        "docs_ends": np.cumsum(np.where(dense, 0, frequencies)).astype(np.uint32),
    }


def _counts(counts: Numbers, ends: Numbers) -> dict[str, Array]:
    """Return the bits of the postings that stand more than once, whole bytes a term, and the counts of those."""
    frequencies = np.diff(ends, prepend=0)
    repeats = np.maximum.reduceat(counts, ends - frequencies) > 1 if len(ends) else ends > 0
    sizes = np.where(repeats, -(-frequencies // 8), 0)
    byte_ends = np.cumsum(sizes)
    several = np.flatnonzero(counts > 1)
    term = np.searchsorted(ends, several, side="right")
    bits = np.zeros(8 * int(byte_ends[-1]) if len(byte_ends) else 0, dtype=np.bool_)
    bits[8 * (byte_ends - sizes)[term] + several - (ends - frequencies)[term]] = True
    return {
        "several": np.packbits(bits),
        "several_ends": byte_ends.astype(np.uint32),
        **_stream("counts", counts[several], np.searchsorted(several, ends)),
    }


def _positions(positions: NDArray[np.uint32], starts: Numbers, ends: Numbers) -> dict[str, Array]:
    steps = np.diff(positions, prepend=np.uint32(0))
    further = np.ones(len(positions), dtype=np.bool_)
    further[starts] = False
    firsts = positions[starts]
    edges = np.append(starts, len(positions))[ends]
    return {
        "firsts": firsts.astype(small_type(int(firsts.max(initial=0)))),
        **_stream("steps", steps[further], edges - ends),
    }


def _stream(name: str, numbers: NDArray[np.uint32] | Numbers, ends: Numbers) -> dict[str, Array]:
    stream = encode(numbers, ends)
    return {
        name: stream.small,
        f"{name}_wide": stream.wide,
        f"{name}_wide_ends": stream.wide_ends,
        f"{name}_ends": ends.astype(np.uint32),
    }
