"""Where the terms of a query hold: over all reports at once, as masks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from indexer.engines.whoosh_engine.analyzer import needed_grams
from indexer.engines.whoosh_engine.segments import Postings
from indexer.engines.whoosh_engine.snapshot import Snapshot
from indexer.engines.whoosh_engine.texts import Mask, Numbers, Occurrences
from indexer.search.documents import TEXT_FIELDS
from indexer.search.terms import Scope, Term

_TELLING = 0.5
"""A pair of characters that more than this share of the reports have narrows nothing down."""


class Matches:
    """Answers for one query over one snapshot. `check_time` raises when the query has taken too long."""

    def __init__(self, snapshot: Snapshot, check_time: Callable[[], None]) -> None:
        self.snapshot = snapshot
        self.check_time = check_time
        self._found: dict[object, Mask] = {}
        self._occurrences: dict[str, Occurrences] = {}

    def holds(self, term: Term, scope: Scope) -> Mask:
        """Return in which reports a term holds within a scope."""
        key = (term.kind, term.folded, scope)
        if key not in self._found:
            self.check_time()
            self._found[key] = self._find(term, scope)
        return self._found[key]

    def _find(self, term: Term, scope: Scope) -> Mask:
        if not term.needle:
            return self._nothing()
        if term.kind == "phrase":
            return self._in_fields(self.occurrences(term.needle), scope)
        found = self.by_words(term, scope)
        return found | self.literal(term.needle, scope, ~found) if term.literal else found

    def by_words(self, term: Term, scope: Scope) -> Mask:
        """Return in which reports all the words of a term stand, or for a prefix a word that begins with it."""
        if term.kind == "prefix":
            return _any([self.word(word, (field,)) for field, word in self.beginning(term, scope)], self._nothing())
        found = np.full(self.snapshot.size, bool(term.words))
        for word in term.words:
            found = found & self.word(word, scope)
        return found

    def word(self, word: str, scope: Scope) -> Mask:
        """Return which reports have a word in one of the fields."""
        key = ("one word", word, scope)
        if key not in self._found:
            self._found[key] = self._nothing()
            for field in scope:
                self._found[key][self.postings(field, word).docs] = True
        return self._found[key]

    def postings(self, field: str, word: str) -> Postings:
        """Return where a word stands in a field."""
        self.check_time()
        return self.snapshot.postings(field, word)

    def beginning(self, term: Term, scope: Scope) -> list[tuple[str, str]]:
        """Return each field with each of its words that begins with a prefix."""
        return [(field, word) for field in scope for word in self.snapshot.words_beginning(field, term.folded)]

    def literal(self, needle: str, scope: Scope, among: Mask) -> Mask:
        """Return which of some reports contain a needle in one of the fields."""
        candidates = self._candidates(needle) & among
        if len(needle) <= 2 and scope == TEXT_FIELDS:
            return candidates
        return self._in_fields(self._read(needle, candidates), scope) & among

    def occurrences(self, needle: str) -> Occurrences:
        """Return the reports that contain a needle, and how often in each field."""
        if needle not in self._occurrences:
            self._occurrences[needle] = self._read(needle, self._candidates(needle))
        return self._occurrences[needle]

    def _read(self, needle: str, candidates: Mask) -> Occurrences:
        """Return where a needle stands among some reports: those read already for the whole index, or read now."""
        return self._occurrences.get(needle) or self.snapshot.occurrences(needle, candidates, self.check_time)

    def _in_fields(self, occurrences: Occurrences, scope: Scope) -> Mask:
        return self.snapshot.mask(occurrences.docs[occurrences.counts[:, _columns(scope)].any(axis=1)])

    def sections(self, terms: Sequence[Term], docs: Numbers) -> dict[str, Mask]:
        """Return for each section in which of `docs` a term occurs, as masks over `docs`; see `Term.sections`."""
        found: dict[str, Mask] = {}
        for term in terms:
            for key, mask in self._sections_with(term, docs).items():
                found[key] = found[key] | mask if key in found else mask
        return found

    def _sections_with(self, term: Term, docs: Numbers) -> dict[str, Mask]:
        if term.kind == "phrase":
            return {key: self.holds(term, (key,))[docs] for key in term.sections}
        found = {key: self.by_words(term, (key,))[docs] for key in term.sections}
        without = ~_any(found.values(), np.zeros(len(docs), dtype=np.bool_))
        if term.literal and without.any():
            among = self.snapshot.mask(docs[without])
            read = self._read(term.needle, self._candidates(term.needle) & among)
            found = {key: mask | ((self._in_fields(read, (key,)) & among)[docs]) for key, mask in found.items()}
            without = ~_any(found.values(), np.zeros(len(docs), dtype=np.bool_))
        if term.kind == "word":
            for key in found:
                some = _any([self.word(word, (key,)) for word in term.words], self._nothing())
                found[key] = found[key] | (some[docs] & without)
        return found

    def _candidates(self, needle: str) -> Mask:
        """Return which reports have the grams of a needle; exact where the needle is itself a gram.

        The rarest come first. What most of the candidates have anyway is not worth its reading.
        """
        frequencies = {gram: self.snapshot.gram_frequency(gram) for gram in needed_grams(needle)}
        candidates = np.ones(self.snapshot.size, dtype=np.bool_)
        left = self.snapshot.size
        for gram in sorted(frequencies, key=lambda gram: (frequencies[gram], gram)):
            if len(frequencies) > 1 and frequencies[gram] > _TELLING * self.snapshot.size and left <= frequencies[gram]:
                break
            candidates &= self.snapshot.having_gram(gram)
            left = int(candidates.sum())
            if not left:
                break
        return candidates

    def _nothing(self) -> Mask:
        return np.zeros(self.snapshot.size, dtype=np.bool_)


def _columns(scope: Scope) -> list[int]:
    return [TEXT_FIELDS.index(field) for field in scope]


def _any(masks: Iterable[Mask], none: Mask) -> Mask:
    found = none
    for mask in masks:
        found = found | mask
    return found
