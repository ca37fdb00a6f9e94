"""Where the terms of a query hold: over all reports at once, as masks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.columnar.bitsets import Bitmap, pack, unpack
from indexer.columnar.types import IntArray, Mask
from indexer.engines.whoosh.field_texts import Occurrences
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.records import SECTION_KEYS
from indexer.search.documents import RANKED_FIELDS
from indexer.search.ranking import group_of
from indexer.search.terms import Scope, Term

SECTION_BITS = {key: 1 << bit for bit, key in enumerate(SECTION_KEYS)}
"""The bit of each section among the parts of the field of texts."""


@dataclass(frozen=True, slots=True)
class Holding:
    """The reports for which something holds, of `size` reports a bit for each, and how many they are."""

    bits: Bitmap
    size: int
    count: int

    @property
    def mask(self) -> Mask:
        """Those reports, as an array of its own."""
        return unpack(self.bits, self.size)

    @property
    def nbytes(self) -> int:
        """What it takes of memory."""
        return self.bits.nbytes


class Matches:
    """Answers for one query over one snapshot. `check_time` raises when the query has taken too long."""

    def __init__(self, snapshot: Snapshot, check_time: Callable[[], None]) -> None:
        self.snapshot = snapshot
        self.check_time = check_time

    def holds(self, term: Term, scope: Scope) -> Holding:
        """Return in which reports a term holds within a scope."""
        if self._is_word(term):
            return self.word(term.folded, scope)
        key = (term.kind, term.folded, scope)
        return self.snapshot.kept("holds", key, lambda: self._find(term, scope))

    def _find(self, term: Term, scope: Scope) -> Holding:
        self.check_time()
        if not term.needle:
            return _counted(self._nothing())
        if term.kind == "phrase":
            return self.literal(term, scope)
        if self.also_literal(term):
            return _counted(self.by_words(term, scope) | self.literal(term, scope).mask)
        return _counted(self.by_words(term, scope))

    def _is_word(self, term: Term) -> bool:
        """Say whether a term holds where one word stands, and nowhere else."""
        return term.kind == "word" and term.words == (term.folded,) and not self.also_literal(term)

    def also_literal(self, term: Term) -> bool:
        """Say whether a term may hold where it stands literally and not by its words."""
        if not term.literal or term.words != (term.folded,):
            return term.literal
        return not self.snapshot.stands_only_as_word(term.folded, term.needle)

    def literal(self, term: Term, scope: Scope) -> Holding:
        """Return which reports contain a term's text in one of the fields."""
        return self.snapshot.kept(
            "literal", (term.needle, scope), lambda: _counted(self._literal(term, scope))
        )

    def _literal(self, term: Term, scope: Scope) -> Mask:
        found = self.occurrences(term.needle)
        return self.snapshot.mask(found.docs[_among_fields(scope)[found.fields]])

    def by_words(self, term: Term, scope: Scope) -> Mask:
        """Return in which reports all the words of a term stand, or for a prefix a word that begins with it."""
        if term.kind == "prefix":
            return self._any_of(self.beginning(term, scope), scope)
        found = np.full(self.snapshot.size, bool(term.words))
        for word in term.words:
            found = found & self.word(word, scope).mask
        return found

    def word(self, word: str, scope: Scope) -> Holding:
        """Return which reports have a word in one of the fields."""
        return self.snapshot.kept(
            "word", (word, scope), lambda: _counted(self._any_of((word,), scope))
        )

    def _any_of(self, words: Sequence[str], scope: Scope) -> Mask:
        """Return which reports have any of some words in one of the fields."""
        found = self._nothing()
        for group in dict.fromkeys(map(group_of, scope)):
            for word in words:
                found[self._docs(group, word, scope)] = True
        return found

    def _docs(self, group: str, word: str, scope: Scope) -> IntArray:
        """Return the reports that have a word in those of the fields that belong to a group."""
        self.check_time()
        docs = self.snapshot.docs_of(group, word)
        if len(docs) and not set(SECTION_KEYS) <= set(scope):
            parts = self.snapshot.parts_of(group, word)
            if parts is not None:
                return docs[parts & sum(SECTION_BITS.get(key, 0) for key in scope) > 0]
        return docs

    def beginning(self, term: Term, scope: Scope) -> Sequence[str]:
        """Return the words that begin with a prefix, in the fields of the index to which those of the scope belong."""
        if not term.folded:
            return ()
        groups = dict.fromkeys(map(group_of, scope))
        words = (
            word for group in groups for word in self.snapshot.words_beginning(group, term.folded)
        )
        return tuple(dict.fromkeys(words))

    def occurrences(self, needle: str) -> Occurrences:
        """Return where a needle stands."""
        self.check_time()
        return self.snapshot.occurrences(needle)

    def _nothing(self) -> Mask:
        return np.zeros(self.snapshot.size, dtype=np.bool_)


def _among_fields(scope: Scope) -> Mask:
    """Return for each of the ranked fields whether it is in a scope."""
    return np.array([field in scope for field in RANKED_FIELDS])


def _counted(mask: Mask) -> Holding:
    return Holding(pack(mask), len(mask), int(np.count_nonzero(mask)))
