"""The postings of one field in one segment: which documents have a term, how often, and at which positions.

Terms are numbered in the order of their bytes. The arrays (`building.build_field` makes them, `FieldPostings` reads them):

    term_bytes, term_ends     the terms, and where each ends
    ends                      how many postings the terms up to this one have; those of one term by document, ascending
    gaps…, gaps_ends          of terms with many documents: each less the one before, a stream
    docs, docs_ends           of the others: the documents themselves
    several, several_ends     of terms that stand twice in a document: a bit for each posting, set where they do; whole bytes a term
    counts…, counts_ends      how often, where that bit is set, a stream
    firsts                    the first position of each posting
    steps…, steps_ends        each further position less the one before, a stream
    lengths                   how many positions each document has
    part_starts               where each part of a document begins, in positions; all parts of a document, then those of the next
    part_bits                 of each posting: a bit for each part of the document in which the term stands

`…` stands for the three arrays of a stream (`encoding.Stream`). A field without positions has only the first two groups, one
that is not divided into parts has no `part_bits`. A part is a field of its own to Whoosh (`PartPostings`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.arrays.encoding import Numbers, Stream, spread, walked
from indexer.engines.whoosh_engine.arrays.packing import Array, Packed


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The terms of a field and where they stand: `terms[numbers[i]]` stands in document `docs[i]` at `positions[i]`, in `parts[i]`.

    Those of one term come by document, and within one by position. Without `positions` a term stands at most once in a document;
    `parts` is None where a field is not divided.
    """

    terms: Sequence[bytes]
    numbers: NDArray[np.uint32]
    docs: NDArray[np.uint32]
    positions: NDArray[np.uint32] | None
    parts: NDArray[np.uint8] | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """How the documents of a field are divided: where each part begins, a row a document, and how many positions there are in all."""

    starts: NDArray[Any]
    lengths: NDArray[Any]


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
        self.part_names: Sequence[str] = packed.notes.get("parts", ())
        self._streams = {
            name: Stream(arrays[name], arrays[f"{name}_wide"], arrays[f"{name}_wide_ends"])
            for name in ("gaps", "counts", "steps")
            if name in arrays
        }

    def term(self, number: int) -> bytes:
        """Return a term by its number."""
        start = self._text_ends[number - 1] if number else 0
        return bytes(self._text[start : self._text_ends[number]])

    def heads(self, size: int) -> Numbers:
        """Return of each term the first so many bytes, at most seven, as a number: those of less stand before those of more."""
        ends = self._arrays["term_ends"].astype(np.int64)
        begins = np.concatenate([np.zeros(1, dtype=np.int64), ends[:-1]])
        heads = np.zeros(self.size, dtype=np.int64)
        for at in range(size):
            there = begins + at < ends
            heads <<= 8
            heads[there] |= self._arrays["term_bytes"][(begins + at)[there]]
        return heads

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

    def occurrences(self, number: int) -> int:
        """Return at how many positions a term stands, in all documents together."""
        start, end = self._span("steps_ends", number)
        return self.frequency(number) + end - start

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
        return walked(steps, counts)

    def positions_of(self, number: int, counts: Numbers, which: Numbers) -> Numbers:
        """Return the positions of a term in some of its documents, given by their places among those that have it, ascending."""
        firsts = self._arrays["firsts"][slice(*self._span("ends", number))][which].astype(np.int64)
        start, end = self._span("steps_ends", number)
        times = counts[which]
        if end == start:
            return firsts
        begins = np.cumsum(counts - 1) - (counts - 1)
        steps = np.empty(int(times.sum()), dtype=np.int64)
        further = np.ones(len(steps), dtype=np.bool_)
        heads = np.cumsum(times) - times
        further[heads] = False
        steps[heads] = firsts
        steps[further] = self._streams["steps"].some(number, start, end, spread(begins[which], times - 1))
        return walked(steps, times) if len(steps) else steps

    def part_bits(self, number: int) -> NDArray[np.uint8]:
        """Return for each document that has a term the parts in which it stands there, a bit a part."""
        return self._arrays["part_bits"][slice(*self._span("ends", number))]

    def parts(self) -> Parts:
        """Return how its documents are divided."""
        starts = self._arrays["part_starts"].reshape(-1, max(len(self.part_names), 1))
        return Parts(starts, self._arrays["lengths"])

    def part_of(self, docs: Numbers, positions: Numbers) -> NDArray[np.uint8]:
        """Return in which part of its document each position stands. One that is empty begins where the next begins."""
        starts = self.parts().starts
        part = np.zeros(len(docs), dtype=np.uint8)
        for number in range(1, starts.shape[1]):
            part += positions >= starts[docs, number]
        return part

    def decode(self) -> Occurrences:
        """Return all that the field holds, term by term, as it was built from."""
        frequencies = _sizes(self._arrays["ends"])
        docs = self._all_docs(frequencies)
        numbers = np.repeat(np.arange(self.size), frequencies)
        terms = [self.term(number) for number in range(self.size)]
        if not self.has_positions:
            return Occurrences(terms, numbers.astype(np.uint32), docs.astype(np.uint32), None)
        counts = self._all_counts(frequencies)
        all_docs, positions = np.repeat(docs, counts), self._all_positions(counts)
        return Occurrences(
            terms,
            np.repeat(numbers, counts).astype(np.uint32),
            all_docs.astype(np.uint32),
            positions.astype(np.uint32),
            self.part_of(all_docs, positions) if self.part_names else None,
        )

    def _all_docs(self, frequencies: Numbers) -> Numbers:
        dense = _sizes(self._arrays["gaps_ends"]) > 0
        gaps = self._streams["gaps"].all()
        docs = np.empty(int(frequencies.sum()), dtype=np.int64)
        in_dense = np.repeat(dense, frequencies)
        docs[~in_dense] = self._arrays["docs"]
        docs[in_dense] = walked(gaps, frequencies[dense])
        return docs

    def _all_counts(self, frequencies: Numbers) -> Numbers:
        sizes = _sizes(self._arrays["several_ends"])
        bits = np.unpackbits(self._arrays["several"]).astype(np.bool_)
        bit_begins = 8 * (np.cumsum(sizes) - sizes)[sizes > 0]
        several = np.zeros(int(frequencies.sum()), dtype=np.bool_)
        several[np.repeat(sizes > 0, frequencies)] = bits[spread(bit_begins, frequencies[sizes > 0])]
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
        return walked(steps, counts)

    def _span(self, name: str, number: int) -> tuple[int, int]:
        ends = self._arrays[name]
        return int(ends[number - 1]) if number else 0, int(ends[number])


class PartPostings:
    """One part of the documents of a field, as if it were a field. Only Whoosh's own reader needs it: the engine reads the whole."""

    has_positions = True

    def __init__(self, whole: FieldPostings, part: int) -> None:
        self._whole = whole
        self._part = part
        self.size = whole.size

    def term(self, number: int) -> bytes:
        """Return a term by its number."""
        return self._whole.term(number)

    def first_from(self, term: bytes) -> int:
        """Return the number of the first term that does not stand before this one, be it in this part or not."""
        return self._whole.first_from(term)

    def find(self, term: bytes) -> int | None:
        """Return the number of a term; None if it does not stand in this part of any document."""
        number = self._whole.find(term)
        return number if number is not None and self.frequency(number) else None

    def frequency(self, number: int) -> int:
        """Return in how many documents a term stands in this part."""
        return int(np.count_nonzero(self._having(number)))

    def docs(self, number: int) -> Numbers:
        """Return the documents that have a term in this part, ascending."""
        return self._whole.docs(number)[self._having(number)]

    def counts(self, number: int) -> Numbers:
        """Return how often a term stands in this part of each document that has it there."""
        docs, _ = self._places(number)
        return np.unique(docs, return_counts=True)[1]

    def positions(self, number: int, counts: Numbers) -> Numbers:
        """Return the positions of a term in this part of all documents, one behind the other, counted from where the part begins."""
        docs, positions = self._places(number)
        within: Numbers = positions - self._whole.parts().starts[docs, self._part]
        return within

    def _having(self, number: int) -> NDArray[np.bool_]:
        return (self._whole.part_bits(number) >> self._part & 1).astype(np.bool_)

    def _places(self, number: int) -> tuple[Numbers, Numbers]:
        counts = self._whole.counts(number)
        docs, positions = np.repeat(self._whole.docs(number), counts), self._whole.positions(number, counts)
        inside = self._whole.part_of(docs, positions) == self._part
        return docs[inside], positions[inside]


def _sizes(ends: Array) -> Numbers:
    sizes: Numbers = np.diff(np.concatenate([np.zeros(1, dtype=np.int64), ends]))
    return sizes
