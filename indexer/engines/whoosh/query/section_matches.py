"""The sections in which the terms of a query occur, as eight bits per report, one per section in
their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

import numpy as np

from indexer.columnar.types import ByteArray, IntArray, Mask
from indexer.engines.whoosh.query.term_matches import SECTION_BITS, TermMatcher
from indexer.records import SECTION_KEYS
from indexer.search.documents import RANKED_FIELDS
from indexer.search.terms import Term


def section_bits(keys: Iterable[str]) -> int:
    """Return the bits of some sections."""
    return sum(SECTION_BITS[key] for key in keys)


def section_keys(bits: int) -> list[str]:
    """Return the sections of some bits."""
    return [key for key, bit in SECTION_BITS.items() if bits & bit]


def count_by_section(bits: ByteArray) -> dict[str, int]:
    """Return for each section the number of reports that have its bit."""
    combinations = np.bincount(bits, minlength=256)
    every = np.arange(256)
    return {key: int(combinations[every & bit > 0].sum()) for key, bit in SECTION_BITS.items()}


class SectionMatcher:
    """The sections of one query's terms. `Term.sections` defines in which a term occurs."""

    def __init__(self, matcher: TermMatcher, terms: Sequence[Term]) -> None:
        self._matcher = matcher
        self._snapshot = matcher.snapshot
        self._terms = terms
        self._bits: ByteArray | None = None

    def bits(self) -> ByteArray:
        """Return for each report the sections in which a term occurs; without terms the sections
        with text.
        """
        if self._bits is None:
            self._bits = (
                reduce(np.bitwise_or, map(self._cached, self._terms))
                if self._terms
                else self._with_text()
            )
        return self._bits

    def with_section(self, key: str) -> Mask:
        """Return the reports that have a section among these."""
        found: Mask = self.bits() & section_bits([key]) > 0
        return found

    def _with_text(self) -> ByteArray:
        bits = np.zeros(self._snapshot.size, dtype=np.uint8)
        for key in SECTION_KEYS:
            bits |= self._snapshot.present[key] * np.uint8(SECTION_BITS[key])
        return bits

    def _cached(self, term: Term) -> ByteArray:
        key = (term.kind, term.folded, term.sections)
        return self._snapshot.cached("sections", key, lambda: self._of_term(term))

    def _of_term(self, term: Term) -> ByteArray:
        allowed = np.uint8(section_bits(term.sections))
        if term.kind == "phrase":
            return self._with_phrase(term) & allowed
        by_word = [self._with_any(words) for words in self._alternatives(term)]
        found = reduce(np.bitwise_and, by_word) & allowed if by_word else self._with_any(())
        if self._matcher.may_match_as_phrase(term):
            found = np.where(found == 0, self._with_phrase(term) & allowed, found)
        if term.kind == "word" and len(by_word) > 1:
            found = np.where(found == 0, reduce(np.bitwise_or, by_word) & allowed, found)
        return found

    def _alternatives(self, term: Term) -> Sequence[Sequence[str]]:
        """Return the words that must all occur, each with its alternatives: those with a prefix are
        one choice.
        """
        if term.kind == "prefix":
            return [self._matcher.words_with_prefix(term, term.sections)]
        return [(word,) for word in term.words]

    def _with_any(self, words: Sequence[str]) -> ByteArray:
        bits = np.zeros(self._snapshot.size, dtype=np.uint8)
        for word in words:
            self._matcher.check_deadline()
            part_sets = self._snapshot.part_sets("text", word)
            if part_sets is not None:
                bits[self._snapshot.docs_with("text", word)] |= part_sets
        return bits

    def _with_phrase(self, term: Term) -> ByteArray:
        bits = np.zeros(self._snapshot.size, dtype=np.uint8)
        if not term.needle:
            return bits
        found = self._matcher.occurrences(term.needle)
        for key in SECTION_KEYS:
            docs: IntArray = found.docs[found.fields == RANKED_FIELDS.index(key)]
            bits[docs] |= np.uint8(SECTION_BITS[key])
        return bits
