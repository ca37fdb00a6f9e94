"""The doc sets of a query's terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from indexer.columnar.types import IntArray, Mask
from indexer.engines.whoosh.field_texts import PhraseOccurrences
from indexer.engines.whoosh.query.three_valued import DocSet
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.records import SECTION_KEYS
from indexer.search.documents import RANKED_FIELDS
from indexer.search.ranking import group_of
from indexer.search.terms import Scope, Term

SECTION_BITS = {key: 1 << bit for bit, key in enumerate(SECTION_KEYS)}
"""The bit of each section in the part sets of the text field."""


class TermMatcher:
    """Finds the reports that match terms. `check_deadline` raises when the query has taken too
    long.
    """

    def __init__(self, snapshot: Snapshot, check_deadline: Callable[[], None]) -> None:
        self.snapshot = snapshot
        self.check_deadline = check_deadline

    def matching(self, term: Term, scope: Scope) -> DocSet:
        """Return the reports that match a term within a scope."""
        if self._is_just_a_word(term):
            return self.with_word(term.folded, scope)
        key = (term.kind, term.folded, scope)
        return self.snapshot.cached("matching", key, lambda: self._find(term, scope))

    def _find(self, term: Term, scope: Scope) -> DocSet:
        self.check_deadline()
        if not term.needle:
            return DocSet.of(self._none())
        if term.kind == "phrase":
            return self.with_phrase(term, scope)
        by_words = self._with_words(term, scope)
        if self.may_match_as_phrase(term):
            by_words |= self.with_phrase(term, scope).mask
        return DocSet.of(by_words)

    def _is_just_a_word(self, term: Term) -> bool:
        """Say whether a term matches exactly where one word occurs."""
        is_one_word = term.kind == "word" and term.words == (term.folded,)
        return is_one_word and not self.may_match_as_phrase(term)

    def may_match_as_phrase(self, term: Term) -> bool:
        """Say whether a term may match where its string occurs but its words do not: the segmenter
        may cut differently.
        """
        if not term.literal or term.words != (term.folded,):
            return term.literal
        return not self.snapshot.occurs_only_as_word(term.folded, term.needle)

    def with_phrase(self, term: Term, scope: Scope) -> DocSet:
        """Return the reports that contain a term's string in one of the fields."""

        def find() -> DocSet:
            found = self.occurrences(term.needle)
            in_scope = np.array([field in scope for field in RANKED_FIELDS])
            return DocSet.of(self.snapshot.mask(found.docs[in_scope[found.fields]]))

        return self.snapshot.cached("phrase", (term.needle, scope), find)

    def _with_words(self, term: Term, scope: Scope) -> Mask:
        """Return the reports that have all words of a term, or for a prefix a word that starts with
        it.
        """
        if term.kind == "prefix":
            return self._with_any(self.words_with_prefix(term, scope), scope)
        found = np.full(self.snapshot.size, bool(term.words))
        for word in term.words:
            found = found & self.with_word(word, scope).mask
        return found

    def with_word(self, word: str, scope: Scope) -> DocSet:
        """Return the reports that have a word in one of the fields."""
        return self.snapshot.cached(
            "word", (word, scope), lambda: DocSet.of(self._with_any((word,), scope))
        )

    def _with_any(self, words: Sequence[str], scope: Scope) -> Mask:
        """Return the reports that have any of some words in one of the fields."""
        found = self._none()
        for group in dict.fromkeys(map(group_of, scope)):
            for word in words:
                found[self._docs_in_group(group, word, scope)] = True
        return found

    def _docs_in_group(self, group: str, word: str, scope: Scope) -> IntArray:
        """Return the reports that have a word in those fields of a scope that belong to a group."""
        self.check_deadline()
        docs = self.snapshot.docs_with(group, word)
        if len(docs) and not set(SECTION_KEYS) <= set(scope):
            part_sets = self.snapshot.part_sets(group, word)
            if part_sets is not None:
                return docs[part_sets & sum(SECTION_BITS.get(key, 0) for key in scope) > 0]
        return docs

    def words_with_prefix(self, term: Term, scope: Scope) -> Sequence[str]:
        """Return the words that start with a prefix, in the field groups of a scope."""
        if not term.folded:
            return ()
        groups = dict.fromkeys(map(group_of, scope))
        words = (
            word for group in groups for word in self.snapshot.words_with_prefix(group, term.folded)
        )
        return tuple(dict.fromkeys(words))

    def occurrences(self, needle: str) -> PhraseOccurrences:
        """Return the occurrences of a string."""
        self.check_deadline()
        return self.snapshot.occurrences(needle)

    def _none(self) -> Mask:
        return np.zeros(self.snapshot.size, dtype=np.bool_)
