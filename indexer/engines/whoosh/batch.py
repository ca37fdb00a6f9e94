"""Documents gathered in flat arrays until there are enough of them for a segment."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3PerDocReader

from indexer.columnar.postings import FieldPostings, Occurrences, Parts
from indexer.columnar.streams import spread
from indexer.columnar.types import IntArray

_Whole = NDArray[np.uint32]
_AT_ONCE = 1 << 14
"""The terms of so many clauses are put in their places at once."""


class Cut(Protocol):
    """A clause cut into terms, each at a position counted from its beginning; `size` positions in all."""

    @property
    def terms(self) -> Sequence[str]:
        """The terms."""
        ...

    @property
    def positions(self) -> Sequence[int]:
        """The position of each, never going back."""
        ...

    @property
    def size(self) -> int:
        """How many positions it has."""
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """A document as the writer takes it.

    `words` are, by field, the clauses of each of its parts; `flags` the terms of the fields without positions; `records` and
    `blobs` columns; `numbers` and `statuses` those of the layout's `numbers`, in their order.
    """

    words: Mapping[str, Sequence[Sequence[str]]]
    flags: Mapping[str, Collection[str]]
    records: Mapping[str, bytes]
    blobs: Mapping[str, bytes]
    numbers: NDArray[np.float64]
    statuses: bytes


class Vocabulary(dict[str, int]):
    """IntArray for terms, given as they are met."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


class Clauses(dict[str, int]):
    """IntArray for clauses, each cut when it is first met: reports say much in the same words."""

    def __init__(self, cut: Callable[[str], Cut]) -> None:
        self._cut = cut
        self.vocabulary = Vocabulary()
        self._terms, self._positions = array("I"), array("I")
        self._begins, self._counts, self._sizes = array("I"), array("I"), array("I")

    def __missing__(self, clause: str) -> int:
        number = self[clause] = len(self)
        cut = self._cut(clause)
        self._begins.append(len(self._terms))
        self._terms.extend(map(self.vocabulary.__getitem__, cut.terms))
        self._positions.extend(cut.positions)
        self._counts.append(len(cut.terms))
        self._sizes.append(cut.size)
        return number

    def counts(self, clauses: _Whole) -> IntArray:
        """Return how many terms clauses have."""
        counts: IntArray = as_array(self._counts)[clauses].astype(np.int64)
        return counts

    def sizes(self, clauses: _Whole) -> IntArray:
        """Return how many positions clauses have."""
        sizes: IntArray = as_array(self._sizes)[clauses].astype(np.int64)
        return sizes

    def cut(self, clauses: _Whole) -> tuple[IntArray, _Whole, _Whole]:
        """Return how many terms clauses have, all their terms, and the position of each within its clause."""
        counts = self.counts(clauses)
        at = spread(as_array(self._begins)[clauses], counts)
        return counts, as_array(self._terms)[at], as_array(self._positions)[at]


@dataclass
class WordBatch:
    """A field of words. `taken` is what came from other segments, behind all documents that were added."""

    table: Clauses
    part_names: tuple[str, ...]
    clauses: array[int] = field(default_factory=lambda: array("I"))
    counts: array[int] = field(default_factory=lambda: array("I"))
    taken: list[tuple[Occurrences, Parts]] = field(default_factory=list)

    def add(self, parts: Sequence[Sequence[str]]) -> None:
        """Add the next document's clauses, part by part."""
        for part in parts:
            self.clauses.extend(map(self.table.__getitem__, part))
            self.counts.append(len(part))

    def take(self, postings: FieldPostings, moved: IntArray) -> None:
        """Add the terms of another segment's documents; `moved` gives each its number here, -1 if it goes."""
        parts, live = postings.parts(), moved >= 0
        occurrences = _taken(postings, moved, self.table.vocabulary)
        self.taken.append((occurrences, Parts(parts.starts[live], parts.lengths[live])))

    def occurrences(self) -> tuple[Occurrences, Parts]:
        """Return all that was added and taken, and how the documents are divided."""
        clauses, per_part = as_array(self.clauses), as_array(self.counts).astype(np.int64)
        width = max(len(self.part_names), 1)
        sizes = self.table.sizes(clauses)
        reached = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)])
        edges = np.cumsum(per_part)
        starts = reached[edges - per_part].reshape(-1, width)
        firsts = starts[:, :1]
        lengths = reached[edges].reshape(-1, width)[:, -1] - firsts[:, 0]
        part = np.repeat(np.arange(len(per_part), dtype=np.uint32), per_part)
        base = reached[:-1] - firsts.ravel()[part // width]
        own = self._own(clauses, part, base.astype(np.uint32))
        divided = [Parts(starts - firsts, lengths), *(parts for _, parts in self.taken)]
        joined = _joined(
            [own, *(occurrences for occurrences, _ in self.taken)], self.table.vocabulary
        )
        return joined, Parts(
            np.concatenate([parts.starts for parts in divided]),
            np.concatenate([parts.lengths for parts in divided]),
        )

    def _own(self, clauses: _Whole, part: _Whole, base: _Whole) -> Occurrences:
        """Return the terms of clauses, each in a part of all documents and at a position; so many at once, to bound the memory."""
        width = max(len(self.part_names), 1)
        size = int(self.table.counts(clauses).sum())
        terms, docs, positions = (np.empty(size, dtype=np.uint32) for _ in range(3))
        parts = np.empty(size if self.part_names else 0, dtype=np.uint8)
        end = 0
        for first in range(0, len(clauses), _AT_ONCE):
            some = slice(first, first + _AT_ONCE)
            counts, its, within = self.table.cut(clauses[some])
            begin, end = end, end + len(its)
            terms[begin:end] = its
            docs[begin:end] = np.repeat(part[some] // width, counts)
            np.add(np.repeat(base[some], counts), within, out=positions[begin:end])
            if self.part_names:
                parts[begin:end] = np.repeat((part[some] % width).astype(np.uint8), counts)
        return Occurrences((), terms, docs, positions, parts if self.part_names else None)


@dataclass
class FlagBatch:
    """Fields of terms that a document has or has not, as one: before each term stands the number of its field. `taken` as in `WordBatch`."""

    fields: tuple[str, ...]
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    numbers: array[int] = field(default_factory=lambda: array("I"))
    counts: array[int] = field(default_factory=lambda: array("I"))
    taken: list[Occurrences] = field(default_factory=list)

    def add(self, flags: Mapping[str, Collection[str]]) -> None:
        """Add the next document's terms by field, no two of a field alike."""
        before = len(self.numbers)
        for number, name in enumerate(self.fields):
            first = chr(number)
            self.numbers.extend([self.vocabulary[first + term] for term in flags[name]])
        self.counts.append(len(self.numbers) - before)

    def take(self, fields: Callable[[str], FieldPostings], moved: IntArray) -> None:
        """Add the terms of another segment's documents; `moved` gives each its number here, -1 if it goes."""
        for number, name in enumerate(self.fields):
            self.taken.append(_taken(fields(name), moved, self.vocabulary, chr(number)))

    def occurrences(self) -> Occurrences:
        """Return all that was added and taken."""
        docs = np.repeat(np.arange(len(self.counts), dtype=np.uint32), as_array(self.counts))
        own = Occurrences((), as_array(self.numbers), docs, None)
        return _joined([own, *self.taken], self.vocabulary)


@dataclass
class ColumnBatch:
    """The values of a column: bytes joined, and the length of each."""

    data: bytearray = field(default_factory=bytearray)
    lengths: array[int] = field(default_factory=lambda: array("Q"))

    def add(self, value: bytes | memoryview) -> None:
        """Add a document's value."""
        self.data += value
        self.lengths.append(len(value))

    def take(self, values: Iterable[bytes | memoryview]) -> None:
        """Add the values of documents of another segment."""
        for value in values:
            self.add(value)


@dataclass
class NumberBatch:
    """The numbers of a table and their statuses, a row a document; `taken` whole blocks of rows, behind those added."""

    numbers: bytearray = field(default_factory=bytearray)
    statuses: bytearray = field(default_factory=bytearray)
    taken: list[tuple[NDArray[np.float64], NDArray[np.uint8]]] = field(default_factory=list)

    def add(self, numbers: NDArray[np.float64], statuses: bytes) -> None:
        """Add the next document's row."""
        self.numbers += numbers.tobytes()
        self.statuses += statuses

    def columns(self, width: int) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
        """Return the columns, a row each."""
        own = np.frombuffer(self.numbers, dtype=np.float64)
        numbers = [own.reshape(-1, width), *(block for block, _ in self.taken)]
        statuses = [
            np.frombuffer(self.statuses, np.uint8).reshape(-1, width),
            *(block for _, block in self.taken),
        ]
        return np.ascontiguousarray(np.concatenate(numbers).T), np.ascontiguousarray(
            np.concatenate(statuses).T
        )


def live_documents(columns: W3PerDocReader) -> NDArray[np.bool_]:
    """Return which documents of a segment are not deleted."""
    live = np.ones(columns.doc_count_all(), dtype=np.bool_)
    live[list(columns.deleted_docs())] = False
    return live


def moved_numbers(live: NDArray[np.bool_], first: int) -> IntArray:
    """Return for the documents of a segment the numbers from `first` on that those still there get; -1 for the others."""
    moved: IntArray = np.where(live, np.cumsum(live) - 1 + first, -1)
    return moved


def as_array(numbers: array[int]) -> Any:
    """Return an array of Python's as NumPy's."""
    return (
        np.frombuffer(numbers, dtype=f"u{numbers.itemsize}")
        if numbers
        else np.zeros(0, f"u{numbers.itemsize}")
    )


def _taken(
    postings: FieldPostings, moved: IntArray, vocabulary: Vocabulary, before: str = ""
) -> Occurrences:
    found = postings.decode()
    renumbered = np.array(
        [vocabulary[before + term.decode()] for term in found.terms], dtype=np.uint32
    )
    docs = moved[found.docs]
    kept = docs >= 0
    return Occurrences(
        (),
        renumbered[found.numbers[kept]],
        docs[kept].astype(np.uint32),
        found.positions[kept] if found.positions is not None else None,
        found.parts[kept] if found.parts is not None else None,
    )


def _joined(parts: Sequence[Occurrences], vocabulary: Vocabulary) -> Occurrences:
    """Return occurrences one behind the other; terms of which nothing is left are left out."""
    numbers = _concatenated([part.numbers for part in parts])
    used = np.flatnonzero(np.bincount(numbers, minlength=len(vocabulary)))
    renumbered = np.zeros(len(vocabulary), dtype=np.uint32)
    renumbered[used] = np.arange(len(used), dtype=np.uint32)
    terms = list(vocabulary)
    positions = [part.positions for part in parts if part.positions is not None]
    within = [part.parts for part in parts if part.parts is not None]
    return Occurrences(
        [terms[number].encode() for number in used.tolist()],
        renumbered[numbers],
        _concatenated([part.docs for part in parts]),
        _concatenated(positions) if positions else None,
        _concatenated(within) if within else None,
    )


def _concatenated(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)
