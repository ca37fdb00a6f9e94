"""Builds the arrays of a field from the occurrences of its terms; see `postings`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.postings import PartBounds, TermOccurrences
from indexer.columnar.stream_writer import NamedStream, encode_streams
from indexer.columnar.streams import radix_argsort, smallest_uint
from indexer.columnar.types import Array, ByteArray, IntArray


def build_postings(
    occurrences: TermOccurrences, parts: PartBounds | None = None
) -> dict[str, Array]:
    """Return the arrays of a field, with `parts` if its terms have positions."""
    terms = sorted(range(len(occurrences.terms)), key=occurrences.terms.__getitem__)
    rank = np.empty(len(terms), dtype=np.uint32)
    rank[terms] = np.arange(len(terms), dtype=np.uint32)
    keys = rank[occurrences.numbers]
    order = radix_argsort(keys, len(terms))
    keys, docs = keys[order], occurrences.docs[order]
    starts = _posting_starts(keys, docs)
    ends = np.searchsorted(keys[starts], np.arange(len(terms), dtype=np.uint32), side="right")
    sizes = np.diff(ends, prepend=0)
    texts = [occurrences.terms[at] for at in terms]
    arrays: dict[str, Array] = {
        "term_bytes": np.frombuffer(b"".join(texts), dtype=np.uint8),
        "term_ends": np.cumsum([len(text) for text in texts], dtype=np.int64).astype(np.uint32),
        "posting_ends": ends.astype(np.uint32),
    }
    doc_deltas = ("doc_deltas", _doc_deltas(docs[starts], ends - sizes), sizes)
    streams: list[Iterable[NamedStream]] = [[doc_deltas]]
    if occurrences.positions is not None:
        position_ends = np.append(starts, len(keys))[ends]
        arrays["position_ends"] = position_ends.astype(np.uint32)
        delta_sizes = np.diff(position_ends - ends, prepend=0)
        streams.append(_position_streams(occurrences.positions[order], starts, sizes, delta_sizes))
    if parts is not None:
        arrays |= _part_arrays(parts)
    if parts is not None and occurrences.parts is not None:
        bits = np.left_shift(np.uint8(1), occurrences.parts[order])
        sets = np.bitwise_or.reduceat(bits, starts) if len(starts) else bits
        arrays["part_sets"], codes = _part_sets(sets)
        streams.append([("part_codes", codes, sizes)])
    return arrays | encode_streams(chain.from_iterable(streams))


def _posting_starts(keys: NDArray[np.uint32], docs: NDArray[np.uint32]) -> IntArray:
    """Return where the postings start: where the term or the document changes."""
    new = np.ones(len(keys), dtype=np.bool_)
    new[1:] = (keys[1:] != keys[:-1]) | (docs[1:] != docs[:-1])
    return np.flatnonzero(new)


def _part_arrays(parts: PartBounds) -> dict[str, Array]:
    maximum = int(max(parts.starts.max(initial=0), parts.lengths.max(initial=0)))
    kind = smallest_uint(maximum)
    return {"part_starts": parts.starts.ravel().astype(kind), "lengths": parts.lengths.astype(kind)}


def _doc_deltas(docs: NDArray[np.uint32], begins: IntArray) -> NDArray[np.uint32]:
    """Return the first document of each term, and for the others the number of documents in
    between.

    Documents of a term ascend strictly, so one less than the difference is stored.
    """
    deltas = np.diff(docs, prepend=np.uint32(0)) - np.uint32(1)
    deltas[begins] = docs[begins]
    return deltas


def _position_streams(
    positions: NDArray[np.uint32], starts: IntArray, sizes: IntArray, delta_sizes: IntArray
) -> Iterator[NamedStream]:
    yield "freqs", np.diff(starts, append=len(positions)) - 1, sizes
    yield "first_positions", positions[starts], sizes
    deltas = np.diff(positions, prepend=np.uint32(0))
    is_delta = np.ones(len(positions), dtype=np.bool_)
    is_delta[starts] = False
    yield "position_deltas", deltas[is_delta], delta_sizes


def _part_sets(bits: ByteArray) -> tuple[ByteArray, ByteArray]:
    """Return the distinct sets of parts, the most frequent first, and the index of each posting's
    among them.
    """
    times = np.bincount(bits, minlength=256)
    sets = np.argsort(-times, kind="stable")[: np.count_nonzero(times)].astype(np.uint8)
    codes = np.zeros(256, dtype=np.uint8)
    codes[sets] = np.arange(len(sets))
    return sets, codes[bits]
