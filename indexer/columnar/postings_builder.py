"""Occurrences of terms → the arrays of a field (`postings` says what they are)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.postings import Occurrences, Parts
from indexer.columnar.stream_writer import Named, encode_all
from indexer.columnar.streams import radix_order, small_type
from indexer.columnar.types import Array, IntArray


def build_field(occurrences: Occurrences, parts: Parts | None = None) -> dict[str, Array]:
    """Return the arrays of a field of a segment; with `parts` if its terms have positions."""
    terms = sorted(range(len(occurrences.terms)), key=occurrences.terms.__getitem__)
    rank = np.empty(len(terms), dtype=np.uint32)
    rank[terms] = np.arange(len(terms), dtype=np.uint32)
    keys = rank[occurrences.numbers]
    order = radix_order(keys, len(terms))
    keys, docs = keys[order], occurrences.docs[order]
    starts = _starts(keys, docs)
    ends = np.searchsorted(keys[starts], np.arange(len(terms), dtype=np.uint32), side="right")
    sizes = np.diff(ends, prepend=0)
    texts = [occurrences.terms[at] for at in terms]
    arrays: dict[str, Array] = {
        "term_bytes": np.frombuffer(b"".join(texts), dtype=np.uint8),
        "term_ends": np.cumsum([len(text) for text in texts], dtype=np.int64).astype(np.uint32),
        "ends": ends.astype(np.uint32),
    }
    streams: list[Iterable[Named]] = [[("gaps", _gaps(docs[starts], ends - sizes), sizes)]]
    if occurrences.positions is not None:
        position_ends = np.append(starts, len(keys))[ends]
        arrays["position_ends"] = position_ends.astype(np.uint32)
        streams.append(
            _positions(
                occurrences.positions[order],
                starts,
                sizes,
                np.diff(position_ends - ends, prepend=0),
            )
        )
    if parts is not None:
        arrays |= _parts(parts)
    if parts is not None and occurrences.parts is not None:
        bits = np.left_shift(np.uint8(1), occurrences.parts[order])
        arrays["part_sets"], codes = _part_sets(
            np.bitwise_or.reduceat(bits, starts) if len(starts) else bits
        )
        streams.append([("part_codes", codes, sizes)])
    return arrays | encode_all(chain.from_iterable(streams))


def _starts(keys: NDArray[np.uint32], docs: NDArray[np.uint32]) -> IntArray:
    """Return where the postings begin: where the term or the document changes."""
    new = np.ones(len(keys), dtype=np.bool_)
    new[1:] = (keys[1:] != keys[:-1]) | (docs[1:] != docs[:-1])
    return np.flatnonzero(new)


def _parts(parts: Parts) -> dict[str, Array]:
    greatest = int(max(parts.starts.max(initial=0), parts.lengths.max(initial=0)))
    kind = small_type(greatest)
    return {"part_starts": parts.starts.ravel().astype(kind), "lengths": parts.lengths.astype(kind)}


def _gaps(docs: NDArray[np.uint32], begins: IntArray) -> NDArray[np.uint32]:
    """Return the first document of each term, and of the others how many documents lie between them and the one before."""
    gaps = np.diff(docs, prepend=np.uint32(0)) - np.uint32(1)
    gaps[begins] = docs[begins]
    return gaps


def _positions(
    positions: NDArray[np.uint32], starts: IntArray, sizes: IntArray, further_sizes: IntArray
) -> Iterator[Named]:
    yield "counts", np.diff(starts, append=len(positions)) - 1, sizes
    yield "firsts", positions[starts], sizes
    steps = np.diff(positions, prepend=np.uint32(0))
    further = np.ones(len(positions), dtype=np.bool_)
    further[starts] = False
    yield "steps", steps[further], further_sizes


def _part_sets(bits: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the sets of parts that there are, the commonest first, and the place of each posting's among them."""
    times = np.bincount(bits, minlength=256)
    sets = np.argsort(-times, kind="stable")[: np.count_nonzero(times)].astype(np.uint8)
    places = np.zeros(256, dtype=np.uint8)
    places[sets] = np.arange(len(sets))
    return sets, places[bits]
