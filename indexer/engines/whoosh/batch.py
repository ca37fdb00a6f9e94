"""A batch of documents, gathered in flat arrays until it is large enough for a segment."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3PerDocReader

from indexer.columnar.postings import FieldPostings, PartBounds, TermOccurrences
from indexer.columnar.streams import concatenated_ranges
from indexer.columnar.types import Array, ByteArray, FloatArray, IntArray, Mask

_Uint32s = NDArray[np.uint32]
_CLAUSES_PER_CHUNK = 1 << 14
"""Clauses whose terms are placed at once, which bounds the memory."""


class TokenizedClause(Protocol):
    """A clause cut into terms, each at a position counted from the clause's beginning; `size`
    positions in all.
    """

    @property
    def terms(self) -> Sequence[str]:
        """The terms."""
        ...

    @property
    def positions(self) -> Sequence[int]:
        """The position of each term, never descending."""
        ...

    @property
    def size(self) -> int:
        """The number of positions."""
        ...


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document as the writer takes it.

    `words` has the clauses of each part of a text field, `keywords` the terms of the keyword
    fields; `records` and `blobs` are columns, `numbers` and `statuses` the figures in the order of
    the layout.
    """

    words: Mapping[str, Sequence[Sequence[str]]]
    keywords: Mapping[str, Collection[str]]
    records: Mapping[str, bytes]
    blobs: Mapping[str, bytes]
    numbers: FloatArray
    statuses: bytes


class Vocabulary(dict[str, int]):
    """Numbers the terms in the order of their first lookup."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


class ClauseTable(dict[str, int]):
    """Numbers the clauses, and cuts each of them only once: reports say much in the same words."""

    def __init__(self, tokenize: Callable[[str], TokenizedClause]) -> None:
        self._tokenize = tokenize
        self.vocabulary = Vocabulary()
        self._terms, self._positions = array("I"), array("I")
        self._begins, self._counts, self._sizes = array("I"), array("I"), array("I")

    def __missing__(self, clause: str) -> int:
        number = self[clause] = len(self)
        found = self._tokenize(clause)
        self._begins.append(len(self._terms))
        self._terms.extend(map(self.vocabulary.__getitem__, found.terms))
        self._positions.extend(found.positions)
        self._counts.append(len(found.terms))
        self._sizes.append(found.size)
        return number

    def term_counts(self, clauses: _Uint32s) -> IntArray:
        """Return the number of terms of each clause."""
        counts: IntArray = as_array(self._counts)[clauses].astype(np.int64)
        return counts

    def sizes(self, clauses: _Uint32s) -> IntArray:
        """Return the number of positions of each clause."""
        sizes: IntArray = as_array(self._sizes)[clauses].astype(np.int64)
        return sizes

    def terms(self, clauses: _Uint32s) -> tuple[IntArray, _Uint32s, _Uint32s]:
        """Return the number of terms of each clause, all their terms, and the position of each
        within its clause.
        """
        counts = self.term_counts(clauses)
        at = concatenated_ranges(as_array(self._begins)[clauses], counts)
        return counts, as_array(self._terms)[at], as_array(self._positions)[at]


@dataclass
class TextBatch:
    """A text field. `merged` has the occurrences of merged segments, whose documents follow all
    added ones.
    """

    table: ClauseTable
    part_names: tuple[str, ...]
    clauses: array[int] = field(default_factory=lambda: array("I"))
    clause_counts: array[int] = field(default_factory=lambda: array("I"))
    merged: list[tuple[TermOccurrences, PartBounds]] = field(default_factory=list)

    def add(self, parts: Sequence[Sequence[str]]) -> None:
        """Add the next document's clauses, part by part."""
        for part in parts:
            self.clauses.extend(map(self.table.__getitem__, part))
            self.clause_counts.append(len(part))

    def merge(self, postings: FieldPostings, new_numbers: IntArray) -> None:
        """Add the documents of another segment; `new_numbers` maps them to this batch, -1 if
        deleted.
        """
        parts, live = postings.part_bounds, new_numbers >= 0
        occurrences = _renumbered(postings, new_numbers, self.table.vocabulary)
        bounds = PartBounds(parts.starts[live], parts.lengths[live])
        self.merged.append((occurrences, bounds))

    def occurrences(self) -> tuple[TermOccurrences, PartBounds]:
        """Return all occurrences, and the parts of the documents."""
        clauses = as_array(self.clauses)
        per_part = as_array(self.clause_counts).astype(np.int64)
        width = max(len(self.part_names), 1)
        sizes = self.table.sizes(clauses)
        reached = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)])
        edges = np.cumsum(per_part)
        starts = reached[edges - per_part].reshape(-1, width)
        firsts = starts[:, :1]
        lengths = reached[edges].reshape(-1, width)[:, -1] - firsts[:, 0]
        part = np.repeat(np.arange(len(per_part), dtype=np.uint32), per_part)
        base = reached[:-1] - firsts.ravel()[part // width]
        added = self._added(clauses, part, base.astype(np.uint32))
        bounds = [PartBounds(starts - firsts, lengths), *(parts for _, parts in self.merged)]
        joined = _joined(
            [added, *(occurrences for occurrences, _ in self.merged)], self.table.vocabulary
        )
        return joined, PartBounds(
            np.concatenate([one.starts for one in bounds]),
            np.concatenate([one.lengths for one in bounds]),
        )

    def _added(self, clauses: _Uint32s, part: _Uint32s, base: _Uint32s) -> TermOccurrences:
        """Return the terms of clauses. `part` counts the parts of all documents, `base` is the
        position of a clause.
        """
        width = max(len(self.part_names), 1)
        size = int(self.table.term_counts(clauses).sum())
        terms, docs, positions = (np.empty(size, dtype=np.uint32) for _ in range(3))
        parts = np.empty(size if self.part_names else 0, dtype=np.uint8)
        end = 0
        for first in range(0, len(clauses), _CLAUSES_PER_CHUNK):
            chunk = slice(first, first + _CLAUSES_PER_CHUNK)
            counts, its_terms, within = self.table.terms(clauses[chunk])
            begin, end = end, end + len(its_terms)
            terms[begin:end] = its_terms
            docs[begin:end] = np.repeat(part[chunk] // width, counts)
            np.add(np.repeat(base[chunk], counts), within, out=positions[begin:end])
            if self.part_names:
                parts[begin:end] = np.repeat((part[chunk] % width).astype(np.uint8), counts)
        return TermOccurrences((), terms, docs, positions, parts if self.part_names else None)


@dataclass
class KeywordBatch:
    """All keyword fields as one: each term starts with the number of its field. `merged` as in
    `TextBatch`.
    """

    fields: tuple[str, ...]
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    numbers: array[int] = field(default_factory=lambda: array("I"))
    counts: array[int] = field(default_factory=lambda: array("I"))
    merged: list[TermOccurrences] = field(default_factory=list)

    def add(self, keywords: Mapping[str, Collection[str]]) -> None:
        """Add the next document's terms by field, each once."""
        before = len(self.numbers)
        for number, name in enumerate(self.fields):
            first = chr(number)
            self.numbers.extend([self.vocabulary[first + term] for term in keywords[name]])
        self.counts.append(len(self.numbers) - before)

    def merge(self, fields: Callable[[str], FieldPostings], new_numbers: IntArray) -> None:
        """Add the documents of another segment; `new_numbers` maps them to this batch, -1 if
        deleted.
        """
        for number, name in enumerate(self.fields):
            occurrences = _renumbered(fields(name), new_numbers, self.vocabulary, chr(number))
            self.merged.append(occurrences)

    def occurrences(self) -> TermOccurrences:
        """Return all occurrences."""
        docs = np.repeat(np.arange(len(self.counts), dtype=np.uint32), as_array(self.counts))
        added = TermOccurrences((), as_array(self.numbers), docs, None)
        return _joined([added, *self.merged], self.vocabulary)


@dataclass
class BlobBatch:
    """The values of a column: their bytes, concatenated, and the length of each."""

    data: bytearray = field(default_factory=bytearray)
    lengths: array[int] = field(default_factory=lambda: array("Q"))

    def add(self, value: bytes | memoryview) -> None:
        """Add a document's value."""
        self.data += value
        self.lengths.append(len(value))

    def merge(self, values: Iterable[bytes | memoryview]) -> None:
        """Add the values of documents of another segment."""
        for value in values:
            self.add(value)


@dataclass
class FigureBatch:
    """All figures and their statuses, one row per document; `merged` are blocks of rows, which
    follow all added ones.
    """

    numbers: bytearray = field(default_factory=bytearray)
    statuses: bytearray = field(default_factory=bytearray)
    merged: list[tuple[FloatArray, ByteArray]] = field(default_factory=list)

    def add(self, numbers: FloatArray, statuses: bytes) -> None:
        """Add the next document's row."""
        self.numbers += numbers.tobytes()
        self.statuses += statuses

    def columns(self, width: int) -> tuple[FloatArray, ByteArray]:
        """Return the columns, one per row."""
        added_numbers = np.frombuffer(self.numbers, dtype=np.float64).reshape(-1, width)
        added_statuses = np.frombuffer(self.statuses, dtype=np.uint8).reshape(-1, width)
        numbers = np.concatenate([added_numbers, *(block for block, _ in self.merged)])
        statuses = np.concatenate([added_statuses, *(block for _, block in self.merged)])
        return np.ascontiguousarray(numbers.T), np.ascontiguousarray(statuses.T)


def live_mask(columns: W3PerDocReader) -> Mask:
    """Return which documents of a segment are not deleted."""
    live = np.ones(columns.doc_count_all(), dtype=np.bool_)
    live[list(columns.deleted_docs())] = False
    return live


def renumber_live(live: Mask, first: int) -> IntArray:
    """Return numbers from `first` on for the live documents of a segment, and -1 for the deleted
    ones.
    """
    numbers: IntArray = np.where(live, np.cumsum(live) - 1 + first, -1)
    return numbers


def as_array(numbers: array[int]) -> Any:
    """Return a Python array as a NumPy array of the same memory."""
    kind = f"u{numbers.itemsize}"
    return np.frombuffer(numbers, dtype=kind) if numbers else np.zeros(0, kind)


def _renumbered(
    postings: FieldPostings, new_numbers: IntArray, vocabulary: Vocabulary, before: str = ""
) -> TermOccurrences:
    found = postings.decode()
    new_terms = np.array(
        [vocabulary[before + term.decode()] for term in found.terms], dtype=np.uint32
    )
    docs = new_numbers[found.docs]
    live = docs >= 0
    return TermOccurrences(
        (),
        new_terms[found.numbers[live]],
        docs[live].astype(np.uint32),
        found.positions[live] if found.positions is not None else None,
        found.parts[live] if found.parts is not None else None,
    )


def _joined(parts: Sequence[TermOccurrences], vocabulary: Vocabulary) -> TermOccurrences:
    """Concatenate occurrences, and leave out the terms that have none."""
    numbers = _concatenated([part.numbers for part in parts])
    used = np.flatnonzero(np.bincount(numbers, minlength=len(vocabulary)))
    new_numbers = np.zeros(len(vocabulary), dtype=np.uint32)
    new_numbers[used] = np.arange(len(used), dtype=np.uint32)
    terms = list(vocabulary)
    positions = [part.positions for part in parts if part.positions is not None]
    text_parts = [part.parts for part in parts if part.parts is not None]
    return TermOccurrences(
        [terms[number].encode() for number in used.tolist()],
        new_numbers[numbers],
        _concatenated([part.docs for part in parts]),
        _concatenated(positions) if positions else None,
        _concatenated(text_parts) if text_parts else None,
    )


def _concatenated(arrays: Sequence[Array]) -> Array:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)
