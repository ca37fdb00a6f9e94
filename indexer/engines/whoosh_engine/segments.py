"""The segments of a generation, read as if they were one: what Whoosh keeps by segment, by the numbers of the snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.index import open_dir

from indexer.engines.whoosh_engine.arrays.batch import live_documents, moved_numbers
from indexer.engines.whoosh_engine.arrays.codec import ArrayTermsReader
from indexer.engines.whoosh_engine.arrays.postings import FieldPostings
from indexer.engines.whoosh_engine.facets import Facet, build_facet
from indexer.engines.whoosh_engine.kept import Kept
from indexer.engines.whoosh_engine.schema import STATUS_CODES, build_schema, facet_field
from indexer.engines.whoosh_engine.texts import Mask, Numbers, Occurrences, SegmentTexts

_NONE = np.zeros(0, dtype=np.int64)
_NO_PARTS = np.zeros(0, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Postings:
    """The reports that have a word in a field, ascending, and how often; in `parts` a bit for each part, None without parts."""

    docs: Numbers
    counts: Numbers
    parts: NDArray[np.uint8] | None

    @property
    def nbytes(self) -> int:
        """What it takes of memory."""
        return self.docs.nbytes + self.counts.nbytes + (0 if self.parts is None else self.parts.nbytes)


@dataclass(frozen=True, slots=True)
class Positions:
    """Every place of a word in a field: the report, ascending, the position in it, the number of the part."""

    docs: Numbers
    positions: Numbers
    parts: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Figures:
    """A figure of all reports: its number, 0 or not a number where none is reported, and its status as it is kept."""

    numbers: NDArray[Any]
    statuses: NDArray[np.uint8]

    @property
    def known(self) -> Mask:
        """Which reports have a number."""
        known: Mask = self.statuses == STATUS_CODES["reported"]
        return known & ~np.isnan(self.numbers) if self.numbers.dtype.kind == "f" else known

    @property
    def nbytes(self) -> int:
        """What it takes of memory."""
        return int(self.numbers.nbytes) + self.statuses.nbytes


class SegmentWord:
    """A word in a field of a segment: the documents that have it, be they gone or not, how often, and in which parts."""

    def __init__(self, postings: FieldPostings, number: int | None) -> None:
        self._postings = postings
        self._number = number
        self.docs = _NONE if number is None else postings.docs(number)
        self.counts = _NONE if number is None else postings.counts(number)
        self.parts = postings.part_bits(number) if number is not None and postings.part_names else None
        self.occurrences = 0 if number is None else postings.occurrences(number)

    @property
    def nbytes(self) -> int:
        """What it takes of memory; the parts lie in the file."""
        return self.docs.nbytes + self.counts.nbytes

    def positions(self, which: Numbers) -> Positions:
        """Return every place of the word in some of its documents, given by their places among these."""
        if self._number is None:
            return Positions(_NONE, _NONE, _NO_PARTS)
        docs = np.repeat(self.docs[which], self.counts[which])
        positions = self._postings.positions_of(self._number, self.counts, which)
        return Positions(docs, positions, self._postings.part_of(docs, positions))


class Segment:
    """A segment: its readers, and the numbers that its documents have in the snapshot, -1 where one is gone."""

    def __init__(self, reader: Any, schema: Any, first: int) -> None:
        self._columns = reader.codec().per_document_reader(reader.storage(), reader.segment())
        self._schema = schema
        self.terms: ArrayTermsReader = reader.codec().terms_reader(reader.storage(), reader.segment())
        self.live: Mask = live_documents(self._columns)
        self.size = int(self.live.sum())
        self._first = first
        self._numbers: Numbers | None = None if self.size == len(self.live) else moved_numbers(self.live, first)

    def column(self, name: str) -> Any:
        """Return the reader of a column."""
        return self._columns.column_reader(name, self._schema[name].column_type)

    def kept(self, array: NDArray[Any]) -> NDArray[Any]:
        """Return the items of an array, one a document, of those that are there."""
        return array if self._numbers is None else array[self.live]

    def there(self, docs: Numbers) -> Mask | None:
        """Return which of some documents are still there; None: all of them."""
        if self._numbers is None:
            return None
        there: Mask = self.live[docs]
        return there

    def numbers(self, docs: Numbers) -> Numbers:
        """Return the numbers in the snapshot of documents that are there."""
        return docs + self._first if self._numbers is None else self._numbers[docs]

    def among(self, reports: Mask) -> Mask:
        """Return which of the documents are among some reports, given by their numbers in the snapshot."""
        here = reports[self._first : self._first + self.size]
        if self._numbers is None:
            return here
        found = np.zeros(len(self.live), dtype=np.bool_)
        found[self.live] = here
        return found

    @cached_property
    def texts(self) -> SegmentTexts:
        """The folded texts."""
        return SegmentTexts(self.column("texts"), self.column("text_starts").array(), self.terms.pairs())

    def close(self) -> None:
        """Let go of the files."""
        self._columns.close()
        self.terms.close()


def _read_word(postings: FieldPostings, word: str) -> SegmentWord:
    return SegmentWord(postings, postings.find(word.encode()))


class Segments:
    """All segments of the index in a folder. Of what is read, the words are kept for a while."""

    def __init__(self, folder: str, kept: Kept) -> None:
        self._kept = kept
        schema = build_schema()
        self._reader = open_dir(folder, readonly=True, schema=schema).reader()
        self._segments: list[Segment] = []
        self.size = 0
        for reader, _ in self._reader.leaf_readers():
            if reader.doc_count():
                self._segments.append(Segment(reader, schema, self.size))
                self.size += self._segments[-1].size

    def close(self) -> None:
        """Let go of the files."""
        for segment in self._segments:
            segment.close()
        self._reader.close()

    # ── columns ──

    def records(self, name: str) -> NDArray[np.void]:
        """Return a column of records."""
        found = [segment.kept(segment.column(name).array()) for segment in self._segments]
        return np.concatenate(found) if found else np.zeros(0, dtype=build_schema()[name].column_type.dtype)

    def lengths(self, field: str) -> Numbers:
        """Return how many words each report has in a field."""
        found = [segment.kept(segment.terms.words(field).parts().lengths) for segment in self._segments]
        return np.concatenate([_NONE, *found])

    def figures(self, key: str) -> Figures:
        """Return a figure."""
        columns = [(segment, segment.column(key)) for segment in self._segments]
        none = np.zeros(0, dtype=np.uint8)
        return Figures(
            np.concatenate([none, *(segment.kept(column.numbers) for segment, column in columns)]),
            np.concatenate([none, *(segment.kept(column.statuses) for segment, column in columns)]),
        )

    def string(self, name: str, number: int) -> bytes:
        """Return the byte string of a report in a column of such."""
        for segment in self._segments:
            if number < segment.size:
                doc = number if segment.size == len(segment.live) else int(np.flatnonzero(segment.live)[number])
                return bytes(segment.column(name)[doc])
            number -= segment.size
        raise IndexError(number)

    # ── facets ──

    def facet(self, name: str) -> Facet:
        """Return a facet."""
        code_of: dict[str, int] = {}
        docs, codes = [_NONE], [_NONE]
        for values, having, numbers in self._values(name):
            present = np.unique(numbers)
            codes_here = np.zeros(len(values), dtype=np.int64)
            codes_here[present] = [code_of.setdefault(values[n], len(code_of) + 1) for n in present.tolist()]
            docs.append(having)
            codes.append(codes_here[numbers])
        return build_facet(name, tuple(code_of), np.concatenate(docs), np.concatenate(codes), self.size)

    def ids(self) -> NDArray[np.object_]:
        """Return the reports' ids."""
        ids = np.full(self.size, "", dtype=object)
        for values, docs, numbers in self._values("id"):
            ids[docs] = np.array(values, dtype=object)[numbers]
        return ids

    def number(self, report_id: str) -> int | None:
        """Return the number of the report with this id."""
        found = self.docs(facet_field("id"), report_id)
        return int(found[0]) if len(found) else None

    def _values(self, name: str) -> Iterator[tuple[Sequence[str], Numbers, Numbers]]:
        """Yield for each segment the values of a facet, and pairs of arrays: a report, and the number of its value."""
        for segment in self._segments:
            found = segment.terms.words(facet_field(name)).decode()
            docs, numbers = found.docs.astype(np.int64), found.numbers.astype(np.int64)
            there = segment.there(docs)
            if there is not None:
                docs, numbers = docs[there], numbers[there]
            yield [term.decode() for term in found.terms], segment.numbers(docs), numbers

    # ── words ──

    def _found(self, field: str, term: str) -> Iterator[tuple[Segment, FieldPostings, int]]:
        """Yield the segments that have a term, with the postings of its field and its number there."""
        encoded = term.encode()
        for segment in self._segments:
            postings = segment.terms.words(field)
            number = postings.find(encoded)
            if number is not None:
                yield segment, postings, number

    def docs(self, field: str, term: str) -> Numbers:
        """Return the reports that have a term in a field."""
        found = [_NONE]
        for segment, postings, number in self._found(field, term):
            docs = postings.docs(number)
            there = segment.there(docs)
            found.append(segment.numbers(docs if there is None else docs[there]))
        return np.concatenate(found)

    def _words(self, field: str, word: str) -> Iterator[tuple[Segment, SegmentWord]]:
        """Yield the segments, with a word in each."""
        for segment in self._segments:
            postings = segment.terms.words(field)
            read = partial(_read_word, postings, word)
            yield segment, self._kept.get((segment, field, word), read)

    def postings(self, field: str, word: str) -> Postings:
        """Return where a word stands in a field; empty postings if it stands nowhere."""
        found: list[Sequence[NDArray[Any]]] = []
        divided = False
        for segment, its in self._words(field, word):
            divided = divided or its.parts is not None
            docs, counts, parts = its.docs, its.counts, _NO_PARTS if its.parts is None else its.parts
            there = segment.there(docs)
            if there is not None:
                docs, counts, parts = docs[there], counts[there], parts[there] if divided else parts
            found.append((segment.numbers(docs), counts, parts))
        docs, counts, parts = map(np.concatenate, zip((_NONE, _NONE, _NO_PARTS), *found, strict=True))
        return Postings(docs, counts, parts.astype(np.uint8) if divided else None)

    def positions(self, field: str, word: str, among: Mask) -> Positions:
        """Return every place of a word in a field of some reports."""
        found: list[tuple[Numbers, Numbers, NDArray[np.uint8]]] = []
        for segment, its in self._words(field, word):
            which = np.flatnonzero(segment.among(among)[its.docs])
            if len(which):
                positions = its.positions(which)
                found.append((segment.numbers(positions.docs), positions.positions, positions.parts))
        return Positions(*map(np.concatenate, zip((_NONE, _NONE, _NO_PARTS), *found, strict=True)))

    def occurrences_of_word(self, field: str, word: str) -> int:
        """Return how often a word stands in a field, in documents gone since as well."""
        return sum(its.occurrences for _, its in self._words(field, word))

    def words_beginning(self, field: str, prefix: str) -> Sequence[str]:
        """Return the words of a field that begin so."""
        encoded, words = prefix.encode(), set()
        for segment in self._segments:
            postings = segment.terms.words(field)
            for number in range(postings.first_from(encoded), postings.size):
                if not postings.term(number).startswith(encoded):
                    break
                words.add(postings.term(number).decode())
        return sorted(words)

    # ── texts ──

    def occurrences(self, needle: str) -> Occurrences:
        """Return where a needle stands."""
        docs, fields = [_NONE], [_NO_PARTS]
        for segment in self._segments:
            found = segment.texts.find(needle)
            there = segment.there(found.docs)
            if there is not None:
                found = Occurrences(found.docs[there], found.fields[there])
            docs.append(segment.numbers(found.docs))
            fields.append(found.fields)
        return Occurrences(np.concatenate(docs), np.concatenate(fields))

    def most_occurrences(self, needle: str) -> int:
        """Return at how many places at the most a needle stands, in documents gone since as well: told without reading texts."""
        return sum(segment.texts.occurrences(needle) for segment in self._segments)
