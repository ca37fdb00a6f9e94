"""The codec: a Whoosh segment whose inverted fields are arrays. Everything else of it (deletions, columns, TOC) is Whoosh's.

Whoosh's own reader and searcher work on such a segment as on any other, through the terms reader below, a posting at a time.
The engine goes past them, to `ArrayTermsReader.words` and `pairs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from whoosh.codec.base import FieldCursor, FieldWriter, TermsReader
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from indexer.columnar.array_file import Packed, read_arrays, write_arrays
from indexer.columnar.bigrams import PairPostings
from indexer.columnar.keyword_postings import field_of
from indexer.columnar.postings import FieldPostings, PartPostings
from indexer.columnar.types import Array
from indexer.engines.whoosh.column_files import ColumnsReader, ColumnsWriter
from indexer.engines.whoosh.mapped_files import mapped

_EXTENSION = ".arr"
_FLAGS = "flags"
"""The file of all the fields of flags."""
PAIRS = "pairs"
"""The name of the field of pairs of characters."""

AnyPostings: TypeAlias = FieldPostings | PairPostings | PartPostings


class ArrayCodec(W3Codec):  # type: ignore[misc]  # whoosh has no types
    """Whoosh's codec with the inverted fields as arrays."""

    def field_writer(self, storage: Any, segment: Any) -> ArrayFieldWriter:
        """Return what writes the inverted fields of a segment."""
        return ArrayFieldWriter(storage, segment)

    def per_document_writer(self, storage: Any, segment: Any) -> ColumnsWriter:
        """Return what writes the columns of a segment."""
        return ColumnsWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> ArrayTermsReader:
        """Return what reads the inverted fields of a segment."""
        return ArrayTermsReader(storage, segment)

    def per_document_reader(self, storage: Any, segment: Any) -> ColumnsReader:
        """Return what reads the columns of a segment."""
        return ColumnsReader(storage, segment)

    def new_segment(self, storage: Any, indexname: str) -> W3Segment:
        """Return a new segment, written and read by this codec."""
        return W3Segment(self, indexname)


class ArrayFieldWriter(FieldWriter):  # type: ignore[misc]  # whoosh has no types
    """Writes inverted fields, each whole; postings one at a time are not its way."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._storage = storage
        self._segment = segment
        self.is_closed = False

    def write(self, field: str, arrays: Mapping[str, Array], parts: Sequence[str] = ()) -> None:
        """Write a field; `parts` are the names of those into which its documents are divided."""
        with closing(self._segment.create_file(self._storage, f".{field}{_EXTENSION}")) as file:
            write_arrays(file, arrays, {"parts": parts})

    def write_flags(self, fields: Sequence[str], arrays: Mapping[str, Array]) -> None:
        """Write fields of terms without positions, all of them in one file."""
        with closing(self._segment.create_file(self._storage, f".{_FLAGS}{_EXTENSION}")) as file:
            write_arrays(file, arrays, {"fields": fields})

    def close(self) -> None:
        """Have written all."""
        self.is_closed = True


class ArrayTermsReader(TermsReader):  # type: ignore[misc]  # whoosh has no types
    """Reads inverted fields."""

    def __init__(self, storage: Any, segment: Any) -> None:
        before = segment.make_filename(".")
        self._storage = storage
        self._files = {
            name[len(before) : -len(_EXTENSION)]: name
            for name in storage.list()
            if name.startswith(before) and name.endswith(_EXTENSION)
        }
        self._read: dict[str, FieldPostings | PairPostings] = {}

    @cached_property
    def _flags(self) -> tuple[Packed, Mapping[str, int]]:
        """The arrays of the fields of flags, and the number of each field."""
        packed = read_arrays(mapped(self._storage, self._files[_FLAGS]))
        return packed, {name: number for number, name in enumerate(packed.notes["fields"])}

    def words(self, name: str) -> FieldPostings:
        """Return the postings of a field other than that of the pairs. KeyError if there is no such file."""
        postings = self._postings_in(name)
        assert isinstance(postings, FieldPostings)
        return postings

    def pairs(self) -> PairPostings:
        """Return the pairs of characters."""
        postings = self._postings_in(PAIRS)
        assert isinstance(postings, PairPostings)
        return postings

    def _postings_in(self, name: str) -> FieldPostings | PairPostings:
        if name not in self._read:
            packed = self._packed(name)
            self._read[name] = PairPostings(packed) if name == PAIRS else FieldPostings(packed)
        return self._read[name]

    def _packed(self, name: str) -> Packed:
        if name in self._files:
            return read_arrays(mapped(self._storage, self._files[name]))
        flags, numbers = self._flags
        return field_of(flags, numbers[name])

    def _fields(self) -> Mapping[str, AnyPostings]:
        """Return all fields as Whoosh has them: the parts of one that is divided as well."""
        names = [name for name in self._files if name != _FLAGS]
        whole = {name: self._postings_in(name) for name in (*names, *self._flags[1])}
        parts = {
            part: PartPostings(postings, number)
            for postings in whole.values()
            if isinstance(postings, FieldPostings)
            for number, part in enumerate(postings.part_names)
        }
        return {**whole, **parts}

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._find(*term) is not None

    def indexed_field_names(self) -> Iterable[str]:
        """Return the names of the fields."""
        return self._fields().keys()

    def cursor(self, fieldname: str, fieldobj: Any) -> ArrayCursor:
        """Return a walk over the terms of a field."""
        return ArrayCursor(self._field(fieldname), fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield every field with each of its terms, in order."""
        for name in sorted(self._fields()):
            yield from self._terms_of(name, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield the terms from this one on, those of later fields as well."""
        for name in sorted(self._fields()):
            if name >= fieldname:
                yield from self._terms_of(name, prefix if name == fieldname else b"")

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield every term with what is known of it."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield the terms from this one on with what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return what is known of a term; TermNotFound if the field has no such term."""
        field, number = self._found(fieldname, text)
        docs, counts = field.docs(number), _counts(field, number)
        return TermInfo(
            weight=float(counts.sum()),
            df=len(docs),
            minlength=1,
            maxlength=1,
            maxweight=float(counts.max()),
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return how often a term stands in all documents together; 0 where it does not stand."""
        return float(self.term_info(fieldname, text).weight()) if (fieldname, text) in self else 0.0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return in how many documents a term stands, those gone since included; 0 where it does not stand."""
        number = self._find(fieldname, text)
        return 0 if number is None else self._field(fieldname).frequency(number)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        """Return Whoosh's matcher over the postings of a term."""
        field, number = self._found(fieldname, text)
        docs, counts = field.docs(number), _counts(field, number)
        values = [b""] * len(docs)
        if field.has_positions:
            places = np.split(field.positions(number, counts), np.cumsum(counts)[:-1])
            values = [format_.encode(part.tolist()) for part in places]
        return ListMatcher(
            docs.tolist(),
            counts.astype(float).tolist(),
            values,
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def close(self) -> None:
        """Let go of the files."""
        self._read.clear()

    def _terms_of(self, name: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        field = self._field(name)
        numbers = range(field.first_from(prefix), field.size)
        return ((name, field.term(number)) for number in numbers if field.frequency(number))

    def _field(self, name: str) -> AnyPostings:
        field = self._fields().get(name)
        if field is None:
            raise TermNotFound(f"no terms in field {name}")
        return field

    def _find(self, fieldname: str, text: bytes) -> int | None:
        field = self._fields().get(fieldname)
        return None if field is None else field.find(text)

    def _found(self, fieldname: str, text: bytes) -> tuple[AnyPostings, int]:
        number = self._find(fieldname, text)
        if number is None:
            raise TermNotFound(f"no term {fieldname}:{text!r}")
        return self._field(fieldname), number


class ArrayCursor(FieldCursor):  # type: ignore[misc]  # whoosh has no types
    """A walk over the terms of a field."""

    def __init__(self, field: AnyPostings, fieldobj: Any) -> None:
        self._field = field
        self._fieldobj = fieldobj
        self._at = 0

    def first(self) -> object:
        """Go to the first term."""
        return self._go_to(0)

    def find(self, term: Any) -> object:
        """Go to this term or the next one behind it."""
        return self._go_to(
            self._field.first_from(
                term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
            )
        )

    def next(self) -> object:
        """Go to the next term."""
        return self._go_to(self._at + 1)

    def _go_to(self, number: int) -> object:
        """Go to this term or the next one that there is: a part of a field has not all its terms."""
        while number < self._field.size and not self._field.frequency(number):
            number += 1
        self._at = number
        return self.text()

    def text(self) -> object:
        """Return the term; None behind the last."""
        return self._fieldobj.from_bytes(self._field.term(self._at)) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Say whether there is a term here."""
        return self._at < self._field.size


def _counts(field: AnyPostings, number: int) -> Any:
    return (
        field.counts(number)
        if field.has_positions
        else np.ones(field.frequency(number), dtype=np.int64)
    )
