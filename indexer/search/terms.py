"""The words and phrases of a query as engines look them up: folded, cut, and with their fields."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, TypeAlias

from indexer.records import SECTION_KEYS
from indexer.search.analysis.segmenter import words
from indexer.search.documents import HEADING_FIELDS, TEXT_FIELDS
from indexer.search.query import Phrase, Prefix, UnquotedText
from indexer.text.folding import fold, fold_digits

Leaf: TypeAlias = UnquotedText | Phrase | Prefix
Scope: TypeAlias = tuple[str, ...]
"""The fields in which a term counts, in the order of `TEXT_FIELDS`."""

_MAX_PROXIMITY_WORDS = 16
"""Of a longer query only the first words are rewarded for proximity: each pair costs postings."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, phrase or prefix of a query, with the fields in which it counts.

    `folded` is its folded text, `needle` the text as strings are compared, `words` its distinct
    words in order (none for a phrase). Within its scope of fields it holds

    - as `phrase`: where one field contains the needle;
    - as `word`: where all its words occur, be it in different fields, or one field contains the
      needle;
    - as `prefix`: where a word begins with the folded text; one that the segmenter cuts, and that
      so can begin no word, counts where one field contains the needle.

    A needle of which folding left nothing holds nowhere.
    """

    kind: Literal["word", "phrase", "prefix"]
    folded: str
    words: tuple[str, ...]
    scope: Scope = TEXT_FIELDS
    parts: tuple[Term, ...] = ()
    """Of the phrase that an unquoted run is: the terms it falls into, which may be scattered."""
    stands_for: Term | None = None
    """Of a synonym: the term that was typed."""

    @property
    def needle(self) -> str:
        """The text as strings are compared: Chinese digits as figures."""
        return fold_digits(self.folded)

    @property
    def counted_already(self) -> int:
        """Of a synonym: how often it occurs in the typed word, as 申请公开 does in 依申请公开.

        There it does not count again.
        """
        return count_places(self.stands_for.needle, self.needle) if self.stands_for else 0

    @property
    def literal(self) -> bool:
        """Whether a field that contains the needle is enough."""
        return self.kind != "prefix" or self.words != (self.folded,)

    @property
    def sections(self) -> Scope:
        """The sections among the fields in which the term counts.

        For facets and snippets it occurs in those of them that have all its words, or a word that
        begins with the prefix; if there is none, in those that contain the needle; if there is none
        either, in those with any of its words. A phrase occurs where it is contained.
        """
        return tuple(key for key in self.scope if key in SECTION_KEYS)

    @property
    def ranked(self) -> Scope:
        """The fields that count for the ranking: its scope and the sub-headings of its sections."""
        return (*self.scope, *(HEADING_FIELDS[key] for key in self.sections))


@dataclass(frozen=True, slots=True)
class ProximityPair:
    """Two words that follow each other in the query: a report scores for their proximity."""

    first: str
    second: str
    scope: Scope


def count_places(text: str, needle: str) -> int:
    """Return how often a text contains a needle, overlapping occurrences included.

    >>> count_places("公开公开公开", "公开公开")
    2
    """
    count, at = 0, text.find(needle)
    while needle and at >= 0:
        count, at = count + 1, text.find(needle, at + 1)
    return count


@lru_cache(maxsize=1 << 12)
def build_term(leaf: Leaf, scope: Scope = TEXT_FIELDS) -> Term:
    """Return the term of a leaf that counts in some fields."""
    folded = fold(leaf.text)
    match leaf:
        case Phrase():
            return Term("phrase", folded, (), scope)
        case Prefix():
            return Term("prefix", folded, tuple(dict.fromkeys(words(folded))), scope)
        case UnquotedText():
            return Term("word", folded, tuple(dict.fromkeys(words(folded))), scope)


def synonyms_of(terms: tuple[Term, ...]) -> tuple[tuple[Term, tuple[Term, ...]], ...]:
    """Return each typed term with its synonyms, which are ranked together as one word."""
    groups: dict[Term, tuple[Term, ...]] = {}
    for term in terms:
        if term.stands_for:
            groups[term.stands_for] = (*groups.get(term.stands_for, ()), term)
    return tuple(groups.items())


def proximity_pairs(terms: tuple[Term, ...]) -> tuple[ProximityPair, ...]:
    """Return the distinct words that follow each other in the query and have the same scope."""
    stream = [(word, term.scope) for term in terms if term.kind == "word" for word in term.words]
    pairs = (
        ProximityPair(first, second, scope)
        for (first, scope), (second, other) in pairwise(stream[:_MAX_PROXIMITY_WORDS])
        if first != second and scope == other
    )
    return tuple(dict.fromkeys(pairs))
