"""Where the terms of a query hold: over all reports at once, as masks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh_engine.analyzer import needed_grams
from indexer.engines.whoosh_engine.snapshot import Mask, Numbers, Postings, Snapshot
from indexer.search.documents import TEXT_FIELDS
from indexer.search.terms import Scope, Term

_CHECKED_EVERY = 256
"""After how many texts read the clock is looked at."""


class Matches:
    """Answers for one query over one snapshot. `check_time` raises when the query has taken too long."""

    def __init__(self, snapshot: Snapshot, check_time: Callable[[], None]) -> None:
        self.snapshot = snapshot
        self.check_time = check_time
        self._found: dict[object, Mask] = {}
        self._occurrences: dict[str, tuple[Numbers, NDArray[np.int64]]] = {}

    def holds(self, term: Term, scope: Scope) -> Mask:
        """Return in which reports a term holds within a scope."""
        key = (term.kind, term.needle, scope)
        if key not in self._found:
            self.check_time()
            self._found[key] = self._find(term, scope)
        return self._found[key]

    def _find(self, term: Term, scope: Scope) -> Mask:
        if not term.needle:
            return self._nothing()
        if term.kind == "phrase":
            docs, counts = self.occurrences(term.needle)
            return self.snapshot.mask(docs[counts[:, _columns(scope)].any(axis=1)])
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
        return [(field, word) for field in scope for word in self.snapshot.words_beginning(field, term.needle)]

    def literal(self, needle: str, scope: Scope, among: Mask) -> Mask:
        """Return which of some reports contain a needle in one of the fields: candidates by grams, then read."""
        candidates = self._candidates(needle) & among
        if len(needle) <= 2 and scope == TEXT_FIELDS:
            return candidates
        sought, columns = needle.encode(), _columns(scope)
        whole = scope == TEXT_FIELDS
        docs = np.flatnonzero(candidates)
        for done, doc in enumerate(docs):
            if done % _CHECKED_EVERY == 0:
                self.check_time()
            text = self.snapshot.folded(int(doc))
            found = sought in text
            if found and not whole:
                lines = text.split(b"\n")
                found = any(sought in lines[column] for column in columns)
            candidates[doc] = found
        return candidates

    def occurrences(self, needle: str) -> tuple[Numbers, NDArray[np.int64]]:
        """Return the reports that contain a needle, and how often in each field: a row a report, a column a field."""
        if needle not in self._occurrences:
            sought = needle.encode()
            docs, counts = [], []
            for done, doc in enumerate(np.flatnonzero(self._candidates(needle))):
                if done % _CHECKED_EVERY == 0:
                    self.check_time()
                text = self.snapshot.folded(int(doc))
                if sought in text:
                    docs.append(int(doc))
                    counts.append([line.count(sought) for line in text.split(b"\n")])
            table = np.array(counts, dtype=np.int64).reshape(-1, len(TEXT_FIELDS))
            self._occurrences[needle] = (np.array(docs, dtype=np.int64), table)
        return self._occurrences[needle]

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
            found = {key: mask | (self.literal(term.needle, (key,), among)[docs]) for key, mask in found.items()}
            without = ~_any(found.values(), np.zeros(len(docs), dtype=np.bool_))
        if term.kind == "word":
            for key in found:
                some = _any([self.word(word, (key,)) for word in term.words], self._nothing())
                found[key] = found[key] | (some[docs] & without)
        return found

    def _candidates(self, needle: str) -> Mask:
        """Return which reports have all the grams of a needle; exact where the needle is itself a gram."""
        candidates = np.ones(self.snapshot.size, dtype=np.bool_)
        for gram in needed_grams(needle):
            candidates &= self.snapshot.having_gram(gram)
            if not candidates.any():
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
