"""The postings of one field in one segment: which documents have a term, how often, and at which positions.

Terms are numbered in the order of their bytes. The arrays (`build` makes them, `FieldPostings` reads them):

    term_bytes, term_ends     the terms, and where each ends
    ends                      how many postings the terms up to this one have; those of one term by document, ascending
    gaps…, gaps_ends          of terms with many documents: each less the one before, a stream
    docs, docs_ends           of the others: the documents themselves
    several, several_ends     of terms that stand twice in a document: a bit for each posting, set where they do; whole bytes a term
    counts…, counts_ends      how often, where that bit is set, a stream
    firsts                    the first position of each posting
    steps…, steps_ends        each further position less the one before, a stream

`…` stands for the three arrays of a stream (`encoding.Stream`). A field without positions has only the first two groups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.arrays.encoding import WIDE, Numbers, Stream, encode, small_type
from indexer.engines.whoosh_engine.arrays.packing import Array, Packed

_WIDE_COST = 4
"""The bytes of a number that does not fit into one."""


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The terms of a field and where they stand: `terms[numbers[i]]` stands in document `docs[i]` at `positions[i]`.

    Those of one term come by document, and within one by position. Without `positions` a term stands at most once in a document.
    """

    terms: Sequence[bytes]
    numbers: NDArray[np.uint32]
    docs: NDArray[np.uint32]
    positions: NDArray[np.uint32] | None


def build(occurrences: Occurrences, size: int) -> dict[str, Array]:
    """Return the arrays of a field of a segment with `size` documents."""
    terms = sorted(range(len(occurrences.terms)), key=occurrences.terms.__getitem__)
    rank = np.empty(len(terms), dtype=np.uint32)
    rank[terms] = np.arange(len(terms), dtype=np.uint32)
    keys = rank[occurrences.numbers]
    order = _stable_order(keys, len(terms))
    keys, docs = keys[order], occurrences.docs[order].astype(np.int64)
    starts = _starts(keys, docs)
    ends = np.searchsorted(keys[starts], np.arange(len(terms)), side="right")
    texts = [occurrences.terms[at] for at in terms]
    arrays: dict[str, Array] = {
        "term_bytes": np.frombuffer(b"".join(texts), dtype=np.uint8),
        "term_ends": np.cumsum([len(text) for text in texts], dtype=np.int64).astype(np.uint32),
        "ends": ends.astype(np.uint32),
        **_docs(docs[starts], ends, size),
    }
    if occurrences.positions is not None:
        positions = occurrences.positions[order].astype(np.int64)
        arrays |= _counts(np.diff(starts, append=len(keys)), ends) | _positions(positions, starts, ends)
    return arrays


def _stable_order(keys: NDArray[np.uint32], below: int) -> Numbers:
    """Return the order that sorts the keys and leaves equal ones as they are: NumPy sorts 16 bits at a time in linear time."""
    order = np.argsort((keys & 0xFFFF).astype(np.uint16), kind="stable")
    if below <= 1 << 16:
        return order
    return order[np.argsort((keys >> 16).astype(np.uint16)[order], kind="stable")]


def _starts(keys: NDArray[np.uint32], docs: Numbers) -> Numbers:
    """Return where the postings begin: where the term or the document changes."""
    new = np.ones(len(keys), dtype=np.bool_)
    new[1:] = (keys[1:] != keys[:-1]) | (docs[1:] != docs[:-1])
    return np.flatnonzero(new)


def _docs(docs: Numbers, ends: Numbers, size: int) -> dict[str, Array]:
    begins = ends - np.diff(ends, prepend=0)
    gaps = np.diff(docs, prepend=0)
    gaps[begins] = docs[begins]
    kind = small_type(size)
    wide = np.add.reduceat((gaps >= WIDE).astype(np.int64), begins) if len(begins) else begins
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
    frequencies = np.diff(ends, prepend=0)
    begins = ends - frequencies
    greatest = np.maximum.reduceat(counts, begins) if len(begins) else begins
    repeats = greatest > 1
    byte_ends = np.cumsum(np.where(repeats, -(-frequencies // 8), 0))
    kept = counts[np.repeat(repeats, frequencies)]
    within = np.arange(len(counts)) - np.repeat(begins, frequencies)
    byte_begins = byte_ends - np.where(repeats, -(-frequencies // 8), 0)
    bits = np.zeros(8 * int(byte_ends[-1]) if len(byte_ends) else 0, dtype=np.bool_)
    bits[(np.repeat(8 * byte_begins, frequencies) + within)[np.repeat(repeats, frequencies)]] = kept > 1
    several = np.add.reduceat((counts > 1).astype(np.int64), begins) if len(begins) else begins
    return {
        "several": np.packbits(bits),
        "several_ends": byte_ends.astype(np.uint32),
        **_stream("counts", counts[counts > 1], np.cumsum(several)),
    }


def _positions(positions: Numbers, starts: Numbers, ends: Numbers) -> dict[str, Array]:
    steps = np.diff(positions, prepend=0)
    further = np.ones(len(positions), dtype=np.bool_)
    further[starts] = False
    firsts = positions[starts]
    edges = np.append(starts, len(positions))[ends]
    return {
        "firsts": firsts.astype(small_type(int(firsts.max(initial=0)))),
        **_stream("steps", steps[further], edges - ends),
    }


def _stream(name: str, numbers: Numbers, ends: Numbers) -> dict[str, Array]:
    stream = encode(numbers, ends)
    return {
        name: stream.bytes,
        f"{name}_wide": stream.wide,
        f"{name}_wide_ends": stream.wide_ends,
        f"{name}_ends": ends.astype(np.uint32),
    }


class FieldPostings:
    """Reads the arrays of a field."""

    def __init__(self, packed: Packed) -> None:
        arrays: Mapping[str, Array] = packed.arrays
        self._arrays = arrays
        self._text = arrays["term_bytes"].data
        self._text_ends = arrays["term_ends"].data
        self.size = len(arrays["ends"])
        """The number of terms."""
        self.has_positions = "firsts" in arrays
        self._streams = {
            name: Stream(arrays[name], arrays[f"{name}_wide"], arrays[f"{name}_wide_ends"])
            for name in ("gaps", "counts", "steps")
            if name in arrays
        }

    def term(self, number: int) -> bytes:
        """Return a term by its number."""
        start = self._text_ends[number - 1] if number else 0
        return bytes(self._text[start : self._text_ends[number]])

    def find(self, term: bytes) -> int | None:
        """Return the number of a term; None if the field has no such term."""
        number = self.first_from(term)
        return number if number < self.size and self.term(number) == term else None

    def first_from(self, term: bytes) -> int:
        """Return the number of the first term that does not stand before this one; `size` if all do."""
        low, high = 0, self.size
        while low < high:
            middle = (low + high) // 2
            if self.term(middle) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def frequency(self, number: int) -> int:
        """Return in how many documents a term stands."""
        start, end = self._span("ends", number)
        return end - start

    def docs(self, number: int) -> Numbers:
        """Return the documents that have a term, ascending."""
        start, end = self._span("gaps_ends", number)
        if end > start:
            docs: Numbers = np.cumsum(self._streams["gaps"].part(number, start, end))
            return docs
        start, end = self._span("docs_ends", number)
        return self._arrays["docs"][start:end].astype(np.int64)

    def counts(self, number: int) -> Numbers:
        """Return how often a term stands in each document that has it."""
        counts = np.ones(self.frequency(number), dtype=np.int64)
        start, end = self._span("several_ends", number)
        if end > start:
            several = np.unpackbits(self._arrays["several"][start:end], count=len(counts)).astype(np.bool_)
            counts[several] = self._streams["counts"].part(number, *self._span("counts_ends", number))
        return counts

    def positions(self, number: int, counts: Numbers) -> Numbers:
        """Return the positions of a term in all its documents, one behind the other; `counts` as `counts` gives them."""
        firsts = self._arrays["firsts"][slice(*self._span("ends", number))].astype(np.int64)
        start, end = self._span("steps_ends", number)
        if end == start:
            return firsts
        begins = np.cumsum(counts) - counts
        steps = np.empty(int(counts.sum()), dtype=np.int64)
        further = np.ones(len(steps), dtype=np.bool_)
        further[begins] = False
        steps[begins] = firsts
        steps[further] = self._streams["steps"].part(number, start, end)
        return _walked(steps, counts)

    def decode(self) -> Occurrences:
        """Return all that the field holds, term by term, as it was built from."""
        frequencies = _sizes(self._arrays["ends"])
        docs = self._all_docs(frequencies)
        numbers = np.repeat(np.arange(self.size), frequencies)
        terms = [self.term(number) for number in range(self.size)]
        if not self.has_positions:
            return Occurrences(terms, numbers.astype(np.uint32), docs.astype(np.uint32), None)
        counts = self._all_counts(frequencies)
        return Occurrences(
            terms,
            np.repeat(numbers, counts).astype(np.uint32),
            np.repeat(docs, counts).astype(np.uint32),
            self._all_positions(counts).astype(np.uint32),
        )

    def _all_docs(self, frequencies: Numbers) -> Numbers:
        dense = _sizes(self._arrays["gaps_ends"]) > 0
        gaps = self._streams["gaps"].all()
        docs = np.empty(int(frequencies.sum()), dtype=np.int64)
        in_dense = np.repeat(dense, frequencies)
        docs[~in_dense] = self._arrays["docs"]
        docs[in_dense] = _walked(gaps, frequencies[dense])
        return docs

    def _all_counts(self, frequencies: Numbers) -> Numbers:
        sizes = _sizes(self._arrays["several_ends"])
        bits = np.unpackbits(self._arrays["several"]).astype(np.bool_)
        kept = frequencies[sizes > 0]
        within = np.arange(int(kept.sum())) - np.repeat(np.cumsum(kept) - kept, kept)
        bit_begins = 8 * (np.cumsum(sizes) - sizes)[sizes > 0]
        several = np.zeros(int(frequencies.sum()), dtype=np.bool_)
        several[np.repeat(sizes > 0, frequencies)] = bits[np.repeat(bit_begins, kept) + within]
        counts = np.ones(len(several), dtype=np.int64)
        counts[several] = self._streams["counts"].all()
        return counts

    def _all_positions(self, counts: Numbers) -> Numbers:
        begins = np.cumsum(counts) - counts
        steps = np.empty(int(counts.sum()), dtype=np.int64)
        further = np.ones(len(steps), dtype=np.bool_)
        further[begins] = False
        steps[begins] = self._arrays["firsts"]
        steps[further] = self._streams["steps"].all()
        return _walked(steps, counts)

    def _span(self, name: str, number: int) -> tuple[int, int]:
        ends = self._arrays[name]
        return int(ends[number - 1]) if number else 0, int(ends[number])


def _walked(steps: Numbers, sizes: Numbers) -> Numbers:
    """Return the sums of steps within groups of these sizes, each group beginning anew; no group is empty."""
    walked = np.cumsum(steps)
    begins = np.cumsum(sizes) - sizes
    within: Numbers = walked - np.repeat(walked[begins] - steps[begins], sizes)
    return within


def _sizes(ends: Array) -> Numbers:
    sizes: Numbers = np.diff(np.concatenate([np.zeros(1, dtype=np.int64), ends]))
    return sizes
