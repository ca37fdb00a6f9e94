"""A document as the memory engine reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from indexer.search.analysis.segmenter import Token, tokens
from indexer.search.catalogue.histograms import as_float
from indexer.search.documents import folded_fields
from indexer.search.port import IndexDocument
from indexer.search.ranking import GROUPS, group_of
from indexer.search.terms import Scope, Term
from indexer.text.folding import fold_digits


@dataclass(frozen=True)
class MemoryEntry:
    """A document with its fields folded: `texts` for string comparison, `tokens` the words they
    were cut into.
    """

    document: IndexDocument
    texts: Mapping[str, str]
    tokens: Mapping[str, Sequence[Token]]

    @cached_property
    def words(self) -> Mapping[str, Sequence[str]]:
        """The words of each field, and the shorter words within them."""
        return {field: [token.text for token in tokens] for field, tokens in self.tokens.items()}

    @cached_property
    def lengths(self) -> Mapping[str, int]:
        """The number of words in each group of fields, not counting the words within words."""
        lengths = Counter(dict.fromkeys(GROUPS, 0))
        for field, present in self.tokens.items():
            lengths[group_of(field)] += len({token.position for token in present})
        return lengths

    @cached_property
    def year(self) -> int | None:
        """The year reported on."""
        years = self.document.facets["year"]
        return int(years[0]) if years else None

    def matches(self, term: Term, scope: Scope) -> bool:
        """Say whether a term matches within some fields."""
        return self.contains(term, scope) or self.has_words(term, scope)

    def contains(self, term: Term, scope: Scope) -> bool:
        """Say whether a field contains the term's string, if that suffices for the term."""
        return (
            bool(term.needle)
            and term.literal
            and any(term.needle in self.texts.get(field, "") for field in scope)
        )

    def has_words(self, term: Term, scope: Scope) -> bool:
        """Say whether the fields have all words of the term, or for a prefix a word that starts
        with it.
        """
        words = {word for field in scope for word in self.words.get(field, ())}
        if term.kind == "prefix":
            return bool(term.folded) and any(word.startswith(term.folded) for word in words)
        return bool(term.words) and words.issuperset(term.words)

    def sections_with(self, term: Term) -> set[str]:
        """Return the sections in which the term occurs, as defined by `Term.sections`."""
        return (
            {key for key in term.sections if self.has_words(term, (key,))}
            or {key for key in term.sections if self.contains(term, (key,))}
            or {
                key
                for key in term.sections
                if set(term.words) & set(self.words.get(key, ())) and term.kind == "word"
            }
        )

    def figure(self, key: str) -> float | None:
        """Return a figure's value as a float; None unless it is reported."""
        figure = self.document.figures.get(key)
        return (
            as_float(figure.value)
            if figure and figure.status == "reported" and figure.value is not None
            else None
        )


def build_entry(document: IndexDocument) -> MemoryEntry:
    """Return the document with its fields folded and cut."""
    folded = folded_fields(document.texts, document.headings)
    texts = {field: fold_digits(text) for field, text in folded.items()}
    return MemoryEntry(
        document, texts, {field: list(tokens(text)) for field, text in folded.items()}
    )
