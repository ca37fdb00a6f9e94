"""The postings of one field in one segment: which documents have a term, how often, and at which positions.

Terms are numbered in the order of their bytes. The arrays (`building.build_field` makes them, `FieldPostings` reads them):

    term_bytes, term_ends     the terms, and where each ends
    ends                      how many postings the terms up to this one have; those of one term by document, ascending
    gaps…                     the first document of a term, then how many documents lie between each and the one before
    position_ends             how many positions the terms up to this one have
    counts…                   how often a term stands in each document, less one
    firsts…                   the first position of each posting
    steps…                    each further position less the one before
    lengths                   how many positions each document has
    part_starts               where each part of a document begins, in positions; all parts of a document, then those of the next
    part_sets                 in which parts of a document a term may stand, a bit a part; the commonest set first
    part_codes…               in which it stands of each posting: the place of that set

`…` stands for the arrays of a stream (`encoding`), which has a number a posting, but for `steps`. A field without positions ends
with `gaps`, one that is not divided into parts with `part_starts`. A part is a field of its own to Whoosh (`PartPostings`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.array_file import Packed
from indexer.columnar.streams import Stream, walked
from indexer.columnar.terms import Terms
from indexer.columnar.types import Array, IntArray


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


class FieldPostings(Terms):
    """Reads the arrays of a field."""

    def __init__(self, packed: Packed) -> None:
        arrays: Mapping[str, Array] = packed.arrays
        super().__init__(arrays["term_bytes"], arrays["term_ends"])
        self._arrays = arrays
        self._ends = arrays["ends"].data
        self.has_positions = "position_ends" in arrays
        self.part_names: Sequence[str] = packed.notes.get("parts", ())
        self._gaps = Stream(arrays, "gaps")
        if self.has_positions:
            self._position_ends = arrays["position_ends"].data
            self._counts, self._firsts, self._steps = (
                Stream(arrays, name) for name in ("counts", "firsts", "steps")
            )
        if "part_sets" in arrays:
            self._part_codes = Stream(arrays, "part_codes")
            self._part_table = bytes(arrays["part_sets"]).ljust(256, b"\0")

    def frequency(self, number: int) -> int:
        """Return in how many documents a term stands."""
        return self._ends[number] - (self._ends[number - 1] if number else 0)

    def occurrences(self, number: int) -> int:
        """Return at how many positions a term stands, in all documents together."""
        return self._position_ends[number] - (self._position_ends[number - 1] if number else 0)

    def docs(self, number: int) -> IntArray:
        """Return the documents that have a term, ascending."""
        return self._gaps.sums(number, self.frequency(number), least=1)

    def docs_into(self, number: int, first: int, docs: IntArray) -> None:
        """Read the documents that have a term into an array of their length, counted from `first` on."""
        self._gaps.into(number, docs)
        docs += 1
        docs[0] += first - 1
        docs.cumsum(out=docs)

    def few_docs(self, number: int, first: int) -> list[int]:
        """Return the documents that have a term, of which there are few, counted from `first` on."""
        doc = first - 1
        return [doc := doc + gap + 1 for gap in self._gaps.few(number, self.frequency(number))]

    def counts(self, number: int) -> IntArray:
        """Return how often a term stands in each document that has it."""
        counts = self._counts.of(number, self.frequency(number))
        counts += 1
        return counts

    def most_counts(self, number: int) -> int:
        """Return what none of the counts of a term exceeds."""
        return self._counts.most(number) + 1

    def counts_into(self, number: int, counts: Array) -> None:
        """Read the counts of a term into an array of their length, of a type that holds `most_counts`."""
        self._counts.into(number, counts)
        counts += 1

    def few_counts(self, number: int) -> list[int]:
        """Return the counts of a term that few documents have."""
        return [count + 1 for count in self._counts.few(number, self.frequency(number))]

    def positions(self, number: int, counts: IntArray) -> IntArray:
        """Return the positions of a term in all its documents, one behind the other; `counts` as `counts` gives them."""
        firsts = self._firsts.of(number, len(counts))
        further = self.occurrences(number) - len(counts)
        return joined(firsts, self._steps.of(number, further), counts) if further else firsts

    def firsts(self, number: int, which: IntArray) -> IntArray:
        """Return the first position of a term in some of its documents, given by their places among those that have it."""
        return self._firsts.some(number, self.frequency(number), which)

    def steps(self, number: int, which: IntArray) -> IntArray:
        """Return some of the ways to the further positions of a term, given by their places among all of these."""
        return self._steps.some(number, self.occurrences(number) - self.frequency(number), which)

    def part_bits(self, number: int) -> NDArray[np.uint8]:
        """Return for each document that has a term the parts in which it stands there, a bit a part."""
        codes = self._part_codes.codes(number, self.frequency(number))
        return np.frombuffer(codes.translate(self._part_table), np.uint8)

    def parts(self) -> Parts:
        """Return how its documents are divided."""
        return self._parts

    @cached_property
    def _parts(self) -> Parts:
        starts = self._arrays["part_starts"].reshape(-1, max(len(self.part_names), 1))
        return Parts(starts, self._arrays["lengths"])

    def part_of(self, docs: IntArray, positions: IntArray) -> NDArray[np.uint8]:
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
        counts = self._counts.all(frequencies) + 1
        all_docs, positions = np.repeat(docs, counts), self._all_positions(frequencies, counts)
        return Occurrences(
            terms,
            np.repeat(numbers, counts).astype(np.uint32),
            all_docs.astype(np.uint32),
            positions.astype(np.uint32),
            self.part_of(all_docs, positions) if self.part_names else None,
        )

    def _all_docs(self, frequencies: IntArray) -> IntArray:
        gaps = self._gaps.all(frequencies) + 1
        gaps[np.cumsum(frequencies) - frequencies] -= 1
        return walked(gaps, frequencies)

    def _all_positions(self, frequencies: IntArray, counts: IntArray) -> IntArray:
        sizes = _sizes(self._arrays["position_ends"]) - frequencies
        return joined(self._firsts.all(frequencies), self._steps.all(sizes), counts)


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

    def docs(self, number: int) -> IntArray:
        """Return the documents that have a term in this part, ascending."""
        return self._whole.docs(number)[self._having(number)]

    def counts(self, number: int) -> IntArray:
        """Return how often a term stands in this part of each document that has it there."""
        docs, _ = self._places(number)
        return np.unique(docs, return_counts=True)[1]

    def positions(self, number: int, counts: IntArray) -> IntArray:
        """Return the positions of a term in this part of all documents, one behind the other, counted from where the part begins."""
        docs, positions = self._places(number)
        within: IntArray = positions - self._whole.parts().starts[docs, self._part]
        return within

    def _having(self, number: int) -> NDArray[np.bool_]:
        return (self._whole.part_bits(number) >> self._part & 1).astype(np.bool_)

    def _places(self, number: int) -> tuple[IntArray, IntArray]:
        counts = self._whole.counts(number)
        docs, positions = (
            np.repeat(self._whole.docs(number), counts),
            self._whole.positions(number, counts),
        )
        inside = self._whole.part_of(docs, positions) == self._part
        return docs[inside], positions[inside]


def joined(firsts: IntArray, further: IntArray, counts: IntArray) -> IntArray:
    """Return positions by the first of each document, the steps to the further ones, and how many there are of both."""
    begins = np.cumsum(counts) - counts
    steps = np.empty(len(firsts) + len(further), dtype=np.int64)
    stepped = np.ones(len(steps), dtype=np.bool_)
    stepped[begins] = False
    steps[begins] = firsts
    steps[stepped] = further
    return walked(steps, counts)


def _sizes(ends: Array) -> IntArray:
    sizes: IntArray = np.diff(np.concatenate([np.zeros(1, dtype=np.int64), ends]))
    return sizes
