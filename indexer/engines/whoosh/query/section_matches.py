"""In which sections the terms of a query occur: for each report eight bits, one for each section in their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.types import IntArray, Mask
from indexer.engines.whoosh.query.term_matches import SECTION_BITS, Matches
from indexer.records import SECTION_KEYS
from indexer.search.documents import RANKED_FIELDS
from indexer.search.terms import Scope, Term

Bits = NDArray[np.uint8]


def bits_of(keys: Iterable[str]) -> int:
    """Return the bits of some sections."""
    return sum(SECTION_BITS[key] for key in keys)


def keys_of_bits(bits: int) -> list[str]:
    """Return the sections of some bits."""
    return [key for key, bit in SECTION_BITS.items() if bits & bit]


def count_by_section(bits: Bits) -> dict[str, int]:
    """Return for each section how many reports have its bit."""
    combinations = np.bincount(bits, minlength=256)
    every = np.arange(256)
    return {key: int(combinations[every & bit > 0].sum()) for key, bit in SECTION_BITS.items()}


class Sections:
    """The sections of one query's terms; see `Term.sections` for what it means that a term occurs in one."""

    def __init__(self, matches: Matches, terms: Sequence[Term]) -> None:
        self._matches = matches
        self._snapshot = matches.snapshot
        self._terms = terms
        self._bits: Bits | None = None

    def bits(self) -> Bits:
        """Return for each report the sections in which a term occurs; without terms those that hold text."""
        if self._bits is None:
            self._bits = (
                reduce(np.bitwise_or, map(self._kept, self._terms))
                if self._terms
                else self._holding_text()
            )
        return self._bits

    def having(self, key: str) -> Mask:
        """Return which reports have a section among these."""
        found: Mask = self.bits() & bits_of([key]) > 0
        return found

    def _holding_text(self) -> Bits:
        bits = np.zeros(self._snapshot.size, dtype=np.uint8)
        for key in SECTION_KEYS:
            bits |= self._snapshot.present[key] * np.uint8(SECTION_BITS[key])
        return bits

    def _kept(self, term: Term) -> Bits:
        key = (term.kind, term.folded, term.sections)
        return self._snapshot.kept("sections", key, lambda: self._of_term(term))

    def _of_term(self, term: Term) -> Bits:
        allowed = np.uint8(bits_of(term.sections))
        if term.kind == "phrase":
            return self._literal(term) & allowed
        of_words = [self._of_any(words) for words in self._words(term)]
        found = reduce(np.bitwise_and, of_words) & allowed if of_words else self._of_any(())
        if self._matches.also_literal(term):
            found = np.where(found == 0, self._literal(term) & allowed, found)
        if term.kind == "word" and len(of_words) > 1:
            found = np.where(found == 0, reduce(np.bitwise_or, of_words) & allowed, found)
        return found

    def _words(self, term: Term) -> Sequence[Sequence[str]]:
        """Return the words of a term, or for a prefix at once all that begin so."""
        scope: Scope = term.sections
        return (
            [self._matches.beginning(term, scope)]
            if term.kind == "prefix"
            else [(word,) for word in term.words]
        )

    def _of_any(self, words: Sequence[str]) -> Bits:
        bits = np.zeros(self._snapshot.size, dtype=np.uint8)
        for word in words:
            self._matches.check_time()
            parts = self._snapshot.parts_of("text", word)
            if parts is not None:
                bits[self._snapshot.docs_of("text", word)] |= parts
        return bits

    def _literal(self, term: Term) -> Bits:
        bits = np.zeros(self._snapshot.size, dtype=np.uint8)
        if not term.needle:
            return bits
        found = self._matches.occurrences(term.needle)
        for key in SECTION_KEYS:
            docs: IntArray = found.docs[found.fields == RANKED_FIELDS.index(key)]
            bits[docs] |= np.uint8(SECTION_BITS[key])
        return bits
