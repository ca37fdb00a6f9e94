"""The codec: a Whoosh segment whose inverted fields are arrays. Deletions, columns and the table of
contents are Whoosh's.

Whoosh's own reader and searcher work on such a segment through the terms reader below, one posting
at a time; the tests use them as an independent reader. The engine goes past them, to
`ArrayTermsReader.postings` and `bigrams`.
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

from indexer.columnar.array_file import ArrayFile, read_arrays, write_arrays
from indexer.columnar.bigrams import BigramPostings
from indexer.columnar.keyword_postings import keyword_field
from indexer.columnar.postings import FieldPostings, PartPostings
from indexer.columnar.types import Array
from indexer.engines.whoosh.column_files import ColumnsReader, ColumnsWriter
from indexer.engines.whoosh.mapped_files import mapped_bytes

_EXTENSION = ".arr"
_KEYWORDS = "keywords"
"""The name of the file of all keyword fields."""
BIGRAMS = "bigrams"
"""The name of the field of character bigrams."""

AnyPostings: TypeAlias = FieldPostings | BigramPostings | PartPostings


class ArrayCodec(W3Codec):  # type: ignore[misc]  # whoosh has no types
    """Whoosh's codec with inverted fields as arrays."""

    def field_writer(self, storage: Any, segment: Any) -> ArrayFieldWriter:
        """Return a writer of the inverted fields of a segment."""
        return ArrayFieldWriter(storage, segment)

    def per_document_writer(self, storage: Any, segment: Any) -> ColumnsWriter:
        """Return a writer of the columns of a segment."""
        return ColumnsWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> ArrayTermsReader:
        """Return a reader of the inverted fields of a segment."""
        return ArrayTermsReader(storage, segment)

    def per_document_reader(self, storage: Any, segment: Any) -> ColumnsReader:
        """Return a reader of the columns of a segment."""
        return ColumnsReader(storage, segment)

    def new_segment(self, storage: Any, indexname: str) -> W3Segment:
        """Return a new segment of this codec."""
        return W3Segment(self, indexname)


class ArrayFieldWriter(FieldWriter):  # type: ignore[misc]  # whoosh has no types
    """Writes whole inverted fields. Whoosh's interface, a posting at a time, is not implemented."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._storage = storage
        self._segment = segment
        self.is_closed = False

    def write(self, field: str, arrays: Mapping[str, Array], parts: Sequence[str] = ()) -> None:
        """Write a field; `parts` are the names of the parts of its documents."""
        self._write(field, arrays, {"parts": parts})

    def write_keywords(self, fields: Sequence[str], arrays: Mapping[str, Array]) -> None:
        """Write all keyword fields."""
        self._write(_KEYWORDS, arrays, {"fields": fields})

    def close(self) -> None:
        """Mark everything as written."""
        self.is_closed = True

    def _write(self, name: str, arrays: Mapping[str, Array], notes: Mapping[str, Any]) -> None:
        with closing(self._segment.create_file(self._storage, f".{name}{_EXTENSION}")) as file:
            write_arrays(file, arrays, notes)


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
        self._open: dict[str, FieldPostings | BigramPostings] = {}

    @cached_property
    def _keywords(self) -> tuple[ArrayFile, Mapping[str, int]]:
        """The arrays of the keyword fields, and the number of each field."""
        file = read_arrays(mapped_bytes(self._storage, self._files[_KEYWORDS]))
        return file, {name: number for number, name in enumerate(file.notes["fields"])}

    def postings(self, field: str) -> FieldPostings:
        """Return the postings of a text or keyword field. KeyError if there is no such field."""
        postings = self._postings(field)
        assert isinstance(postings, FieldPostings)
        return postings

    def bigrams(self) -> BigramPostings:
        """Return the character bigrams."""
        postings = self._postings(BIGRAMS)
        assert isinstance(postings, BigramPostings)
        return postings

    def _postings(self, name: str) -> FieldPostings | BigramPostings:
        if name not in self._open:
            file = self._array_file(name)
            self._open[name] = BigramPostings(file) if name == BIGRAMS else FieldPostings(file)
        return self._open[name]

    def _array_file(self, name: str) -> ArrayFile:
        if name in self._files:
            return read_arrays(mapped_bytes(self._storage, self._files[name]))
        file, numbers = self._keywords
        return keyword_field(file, numbers[name])

    def _fields(self) -> Mapping[str, AnyPostings]:
        """Return all fields as Whoosh sees them, the parts of divided fields among them."""
        names = [name for name in self._files if name != _KEYWORDS]
        whole = {name: self._postings(name) for name in (*names, *self._keywords[1])}
        parts = {
            part: PartPostings(postings, number)
            for postings in whole.values()
            if isinstance(postings, FieldPostings)
            for number, part in enumerate(postings.part_names)
        }
        return {**whole, **parts}

    # ── Whoosh's interface ──

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._find(*term) is not None

    def indexed_field_names(self) -> Iterable[str]:
        """Return the names of the fields."""
        return self._fields().keys()

    def cursor(self, fieldname: str, fieldobj: Any) -> ArrayCursor:
        """Return a cursor over the terms of a field."""
        return ArrayCursor(self._field(fieldname), fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield every field with each of its terms, in order."""
        for name in sorted(self._fields()):
            yield from self._terms_of(name, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield the terms from this one on, and those of later fields."""
        for name in sorted(self._fields()):
            if name >= fieldname:
                yield from self._terms_of(name, prefix if name == fieldname else b"")

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield every term with its statistics."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield the terms from this one on with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return the statistics of a term; TermNotFound if the field has no such term."""
        field, number = self._found(fieldname, text)
        docs, freqs = field.docs(number), _freqs(field, number)
        return TermInfo(
            weight=float(freqs.sum()),
            df=len(docs),
            minlength=1,
            maxlength=1,
            maxweight=float(freqs.max()),
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return how often a term occurs in all documents together; 0 if the field has no such
        term.
        """
        return float(self.term_info(fieldname, text).weight()) if (fieldname, text) in self else 0.0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return the number of documents that have a term, deleted ones included."""
        number = self._find(fieldname, text)
        return 0 if number is None else self._field(fieldname).doc_freq(number)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        """Return Whoosh's matcher over the postings of a term."""
        field, number = self._found(fieldname, text)
        docs, freqs = field.docs(number), _freqs(field, number)
        values = [b""] * len(docs)
        if field.has_positions:
            by_doc = np.split(field.positions(number, freqs), np.cumsum(freqs)[:-1])
            values = [format_.encode(positions.tolist()) for positions in by_doc]
        return ListMatcher(
            docs.tolist(),
            freqs.astype(float).tolist(),
            values,
            format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def close(self) -> None:
        """Release the files."""
        self._open.clear()

    def _terms_of(self, name: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        field = self._field(name)
        numbers = range(field.lower_bound(prefix), field.size)
        return ((name, field.term(number)) for number in numbers if field.doc_freq(number))

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
    """A cursor over the terms of a field."""

    def __init__(self, field: AnyPostings, fieldobj: Any) -> None:
        self._field = field
        self._fieldobj = fieldobj
        self._at = 0

    def first(self) -> object:
        """Go to the first term."""
        return self._go_to(0)

    def find(self, term: Any) -> object:
        """Go to this term or the next one behind it."""
        key = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        return self._go_to(self._field.lower_bound(key))

    def next(self) -> object:
        """Go to the next term."""
        return self._go_to(self._at + 1)

    def _go_to(self, number: int) -> object:
        """Go to this term or the next one that has documents: a part of a field does not have all
        of its terms.
        """
        while number < self._field.size and not self._field.doc_freq(number):
            number += 1
        self._at = number
        return self.text()

    def text(self) -> object:
        """Return the term; None behind the last."""
        return self._fieldobj.from_bytes(self._field.term(self._at)) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Say whether the cursor is at a term."""
        return self._at < self._field.size


def _freqs(field: AnyPostings, number: int) -> Any:
    if field.has_positions:
        return field.freqs(number)
    return np.ones(field.doc_freq(number), dtype=np.int64)
