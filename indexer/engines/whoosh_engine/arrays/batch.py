"""Documents gathered in flat arrays until there are enough of them for a segment."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3PerDocReader

from indexer.engines.whoosh_engine.arrays.columns import BlobReader
from indexer.engines.whoosh_engine.arrays.encoding import Numbers
from indexer.engines.whoosh_engine.arrays.postings import FieldPostings, Occurrences

_Whole = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a field of a document, in order, and their positions, which never go back."""

    terms: Sequence[str]
    positions: Sequence[int]


@dataclass(frozen=True, slots=True)
class Row:
    """A document as the writer takes it. `words` and `flags` are inverted, with and without positions; the rest are columns.

    `table` is the records of many columns of one type, in the order of the layout's `tables`.
    """

    words: Mapping[str, Words]
    flags: Mapping[str, Collection[str]]
    records: Mapping[str, bytes]
    blobs: Mapping[str, bytes]
    table: bytes


class _Vocabulary(dict[str, int]):
    """Numbers for terms, given as they are met."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


@dataclass
class FieldBatch:
    """An inverted field. `taken` is what came from other segments, behind all documents that were added."""

    positioned: bool
    vocabulary: _Vocabulary = field(default_factory=_Vocabulary)
    taken: list[Occurrences] = field(default_factory=list)
    numbers: array[int] = field(default_factory=lambda: array("I"))
    positions: array[int] = field(default_factory=lambda: array("I"))
    docs: array[int] = field(default_factory=lambda: array("I"))
    lengths: array[int] = field(default_factory=lambda: array("I"))

    def add(self, doc: int, terms: Collection[str], positions: Sequence[int] = ()) -> None:
        """Add a document's terms."""
        self.numbers.extend(map(self.vocabulary.__getitem__, terms))
        self.positions.extend(positions)
        self.docs.append(doc)
        self.lengths.append(len(terms))

    def take(self, postings: FieldPostings, moved: Numbers) -> None:
        """Add the terms of another segment's documents; `moved` gives each its number here, -1 if it goes."""
        found = postings.decode()
        renumbered = np.array([self.vocabulary[term.decode()] for term in found.terms], dtype=np.uint32)
        docs = moved[found.docs]
        kept = docs >= 0
        positions = found.positions[kept] if found.positions is not None else None
        self.taken.append(Occurrences((), renumbered[found.numbers[kept]], docs[kept].astype(np.uint32), positions))

    def occurrences(self) -> Occurrences:
        """Return all that was added and taken; terms of which nothing is left are left out."""
        docs = np.repeat(_array(self.docs), _array(self.lengths))
        numbers = np.concatenate([_array(self.numbers), *(part.numbers for part in self.taken)])
        used = np.unique(numbers)
        terms = list(self.vocabulary)
        renumbered = np.zeros(len(terms), dtype=np.uint32)
        renumbered[used] = np.arange(len(used), dtype=np.uint32)
        return Occurrences(
            [terms[number].encode() for number in used.tolist()],
            renumbered[numbers],
            np.concatenate([docs, *(part.docs for part in self.taken)]),
            self._all_positions() if self.positioned else None,
        )

    def _all_positions(self) -> _Whole:
        taken = [part.positions for part in self.taken if part.positions is not None]
        return np.concatenate([_array(self.positions), *taken])


@dataclass
class ColumnBatch:
    """The values of a column: bytes joined, and the length of each."""

    data: bytearray = field(default_factory=bytearray)
    lengths: list[int] = field(default_factory=list)

    def add(self, value: bytes) -> None:
        """Add a document's value."""
        self.data += value
        self.lengths.append(len(value))

    def take_records(self, records: NDArray[Any]) -> None:
        """Add the records of documents of another segment, a row or an item each."""
        self.data += records.tobytes()
        self.lengths += [records[:1].nbytes] * len(records)

    def take_strings(self, strings: BlobReader, live: NDArray[np.bool_]) -> None:
        """Add the strings of the documents of another segment that are still there."""
        for doc in np.flatnonzero(live).tolist():
            self.add(strings[doc])


def live_documents(columns: W3PerDocReader) -> NDArray[np.bool_]:
    """Return which documents of a segment are not deleted."""
    live = np.ones(columns.doc_count_all(), dtype=np.bool_)
    live[list(columns.deleted_docs())] = False
    return live


def moved_numbers(live: NDArray[np.bool_], first: int) -> Numbers:
    """Return for the documents of a segment the numbers from `first` on that those still there get; -1 for the others."""
    moved: Numbers = np.where(live, np.cumsum(live) - 1 + first, -1)
    return moved


def _array(numbers: array[int]) -> Any:
    return np.frombuffer(numbers, dtype=np.uint32) if len(numbers) else np.zeros(0, dtype=np.uint32)
