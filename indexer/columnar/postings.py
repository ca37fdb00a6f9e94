"""The postings of a field in one segment: terms, documents, frequencies, positions and parts, as
arrays and streams.

    term_bytes, term_ends   the terms, concatenated in the order of their bytes, and where each ends
    posting_ends            where the postings of each term end; those of one term ascend by
                            document
    doc_deltas…             the first document of each term, then the number of documents between
                            one and the next
    position_ends           where the positions of each term end
    freqs…                  how often the term occurs in each document, less one
    first_positions…        the first position in each document
    position_deltas…        each further position less the one before
    lengths                 the number of positions in each document
    part_starts             where each part of a document starts, in positions; all parts of a
                            document, then the next
    part_sets               the sets of parts in which a term occurs, one bit per part; the most
                            frequent set first
    part_codes…             for each posting the index of its set

`…` marks a stream (see `streams`), which has one integer per posting except for `position_deltas`.
A field without positions has only the arrays up to `doc_deltas`, a field that is not divided into
parts only those up to `part_starts`. To Whoosh, a part is a field of its own (`PartPostings`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.array_file import ArrayFile
from indexer.columnar.streams import IntegerStream, grouped_cumsum
from indexer.columnar.terms import TermDictionary
from indexer.columnar.types import Array, ByteArray, IntArray, Mask


@dataclass(frozen=True, slots=True)
class TermOccurrences:
    """The inverted form of a field: `terms[numbers[i]]` occurs in document `docs[i]` at
    `positions[i]`, in part `parts[i]`.

    Those of one term ascend by document and position. Without `positions` a term occurs at most
    once in a document; `parts` is None in a field that is not divided.
    """

    terms: Sequence[bytes]
    numbers: NDArray[np.uint32]
    docs: NDArray[np.uint32]
    positions: NDArray[np.uint32] | None
    parts: ByteArray | None = None


@dataclass(frozen=True, slots=True)
class PartBounds:
    """Where the parts of each document start, one row per document, and the number of its positions
    in all.
    """

    starts: Array
    lengths: Array


class FieldPostings(TermDictionary):
    """Reads the postings of a field. Terms are given by their numbers."""

    def __init__(self, file: ArrayFile) -> None:
        arrays: Mapping[str, Array] = file.arrays
        super().__init__(arrays["term_bytes"], arrays["term_ends"])
        self._arrays = arrays
        self._posting_ends = arrays["posting_ends"].data
        self.has_positions = "position_ends" in arrays
        self.part_names: Sequence[str] = file.notes.get("parts", ())
        self._doc_deltas = IntegerStream(arrays, "doc_deltas")
        if self.has_positions:
            self._position_ends = arrays["position_ends"].data
            self._freqs = IntegerStream(arrays, "freqs")
            self._first_positions = IntegerStream(arrays, "first_positions")
            self._position_deltas = IntegerStream(arrays, "position_deltas")
        if "part_sets" in arrays:
            self._part_codes = IntegerStream(arrays, "part_codes")
            self._part_set_table = bytes(arrays["part_sets"]).ljust(256, b"\0")

    def doc_freq(self, number: int) -> int:
        """Return the number of documents that have a term."""
        return self._posting_ends[number] - (self._posting_ends[number - 1] if number else 0)

    def total_freq(self, number: int) -> int:
        """Return how often a term occurs in all documents together."""
        return self._position_ends[number] - (self._position_ends[number - 1] if number else 0)

    def docs(self, number: int) -> IntArray:
        """Return the documents that have a term, ascending."""
        return self._doc_deltas.read_cumulative(number, self.doc_freq(number), min_delta=1)

    def read_docs_into(self, number: int, doc_base: int, docs: IntArray) -> None:
        """Read the documents that have a term, plus `doc_base`, into an array of their number."""
        self._doc_deltas.read_into(number, docs)
        docs += 1
        docs[0] += doc_base - 1
        docs.cumsum(out=docs)

    def docs_short(self, number: int, doc_base: int) -> list[int]:
        """Return the documents that have a rare term, plus `doc_base`."""
        doc = doc_base - 1
        deltas = self._doc_deltas.read_short(number, self.doc_freq(number))
        return [doc := doc + delta + 1 for delta in deltas]

    def freqs(self, number: int) -> IntArray:
        """Return how often a term occurs in each document that has it."""
        freqs = self._freqs.read(number, self.doc_freq(number))
        freqs += 1
        return freqs

    def max_freq(self, number: int) -> int:
        """Return an upper bound on the frequencies of a term."""
        return self._freqs.upper_bound(number) + 1

    def read_freqs_into(self, number: int, freqs: Array) -> None:
        """Read the frequencies of a term into an array of their number, of a type that holds
        `max_freq`.
        """
        self._freqs.read_into(number, freqs)
        freqs += 1

    def freqs_short(self, number: int) -> list[int]:
        """Return the frequencies of a rare term."""
        return [freq + 1 for freq in self._freqs.read_short(number, self.doc_freq(number))]

    def positions(self, number: int, freqs: IntArray) -> IntArray:
        """Return the positions of a term in all its documents, concatenated; `freqs` as `freqs`
        returns them.
        """
        firsts = self._first_positions.read(number, len(freqs))
        further = self.total_freq(number) - len(freqs)
        if not further:
            return firsts
        return join_positions(firsts, self._position_deltas.read(number, further), freqs)

    def first_positions(self, number: int, which: IntArray) -> IntArray:
        """Return the first position of a term in some of its documents, given by their indexes
        among its postings.
        """
        return self._first_positions.read_at(number, self.doc_freq(number), which)

    def position_deltas(self, number: int, which: IntArray) -> IntArray:
        """Return some of the position deltas of a term, given by their indexes."""
        count = self.total_freq(number) - self.doc_freq(number)
        return self._position_deltas.read_at(number, count, which)

    def part_sets(self, number: int) -> ByteArray:
        """Return for each document that has a term the set of parts in which it occurs, one bit per
        part.
        """
        codes = self._part_codes.read_bytes(number, self.doc_freq(number))
        return np.frombuffer(codes.translate(self._part_set_table), np.uint8)

    @cached_property
    def part_bounds(self) -> PartBounds:
        """The parts of the documents."""
        starts = self._arrays["part_starts"].reshape(-1, max(len(self.part_names), 1))
        return PartBounds(starts, self._arrays["lengths"])

    def part_of(self, docs: IntArray, positions: IntArray) -> ByteArray:
        """Return the part of each position. An empty part starts where the next one does, so the
        last start counts.
        """
        starts = self.part_bounds.starts
        part = np.zeros(len(docs), dtype=np.uint8)
        for number in range(1, starts.shape[1]):
            part += positions >= starts[docs, number]
        return part

    def decode(self) -> TermOccurrences:
        """Return all occurrences, term by term, from which the field was built."""
        doc_freqs = _differences(self._arrays["posting_ends"])
        docs = self._all_docs(doc_freqs)
        numbers = np.repeat(np.arange(self.size), doc_freqs)
        terms = [self.term(number) for number in range(self.size)]
        if not self.has_positions:
            return TermOccurrences(terms, numbers.astype(np.uint32), docs.astype(np.uint32), None)
        freqs = self._freqs.read_all(doc_freqs) + 1
        all_docs, positions = np.repeat(docs, freqs), self._all_positions(doc_freqs, freqs)
        return TermOccurrences(
            terms,
            np.repeat(numbers, freqs).astype(np.uint32),
            all_docs.astype(np.uint32),
            positions.astype(np.uint32),
            self.part_of(all_docs, positions) if self.part_names else None,
        )

    def _all_docs(self, doc_freqs: IntArray) -> IntArray:
        deltas = self._doc_deltas.read_all(doc_freqs) + 1
        deltas[np.cumsum(doc_freqs) - doc_freqs] -= 1
        return grouped_cumsum(deltas, doc_freqs)

    def _all_positions(self, doc_freqs: IntArray, freqs: IntArray) -> IntArray:
        sizes = _differences(self._arrays["position_ends"]) - doc_freqs
        firsts, deltas = (
            self._first_positions.read_all(doc_freqs),
            self._position_deltas.read_all(sizes),
        )
        return join_positions(firsts, deltas, freqs)


class PartPostings:
    """One part of a field as if it were a field. Only Whoosh's own reader needs it; the engine
    reads the whole.
    """

    has_positions = True

    def __init__(self, whole: FieldPostings, part: int) -> None:
        self._whole = whole
        self._part = part
        self.size = whole.size

    def term(self, number: int) -> bytes:
        """Return a term by its number."""
        return self._whole.term(number)

    def lower_bound(self, term: bytes) -> int:
        """Return the number of the first term of the whole field that is not less than this one."""
        return self._whole.lower_bound(term)

    def find(self, term: bytes) -> int | None:
        """Return the number of a term; None if this part of no document has it."""
        number = self._whole.find(term)
        return number if number is not None and self.doc_freq(number) else None

    def doc_freq(self, number: int) -> int:
        """Return the number of documents that have a term in this part."""
        return int(np.count_nonzero(self._is_in_part(number)))

    def docs(self, number: int) -> IntArray:
        """Return the documents that have a term in this part, ascending."""
        return self._whole.docs(number)[self._is_in_part(number)]

    def freqs(self, number: int) -> IntArray:
        """Return how often a term occurs in this part of each document that has it there."""
        docs, _ = self._occurrences(number)
        return np.unique(docs, return_counts=True)[1]

    def positions(self, number: int, freqs: IntArray) -> IntArray:
        """Return the positions of a term in this part of all documents, counted from where the part
        starts.
        """
        docs, positions = self._occurrences(number)
        within: IntArray = positions - self._whole.part_bounds.starts[docs, self._part]
        return within

    def _is_in_part(self, number: int) -> Mask:
        return (self._whole.part_sets(number) >> self._part & 1).astype(np.bool_)

    def _occurrences(self, number: int) -> tuple[IntArray, IntArray]:
        freqs = self._whole.freqs(number)
        docs = np.repeat(self._whole.docs(number), freqs)
        positions = self._whole.positions(number, freqs)
        inside = self._whole.part_of(docs, positions) == self._part
        return docs[inside], positions[inside]


def join_positions(firsts: IntArray, deltas: IntArray, freqs: IntArray) -> IntArray:
    """Return positions, given the first of each document, the deltas of the further ones, and the
    number of both.
    """
    begins = np.cumsum(freqs) - freqs
    all_deltas = np.empty(len(firsts) + len(deltas), dtype=np.int64)
    is_delta = np.ones(len(all_deltas), dtype=np.bool_)
    is_delta[begins] = False
    all_deltas[begins] = firsts
    all_deltas[is_delta] = deltas
    return grouped_cumsum(all_deltas, freqs)


def _differences(ends: Array) -> IntArray:
    sizes: IntArray = np.diff(np.concatenate([np.zeros(1, dtype=np.int64), ends]))
    return sizes
