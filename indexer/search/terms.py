"""The words of a query made ready: folded, cut, and told in which sections they count. The same for every engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal, TypeAlias

from indexer.records import SECTION_KEYS
from indexer.search.analysis.run_expansion import ExpandedRun, SynonymTable, expand_run
from indexer.search.analysis.segmenter import words
from indexer.search.documents import HEADING_FIELDS, TEXT_FIELDS
from indexer.search.query import (
    And,
    FigureFilter,
    InSections,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Synonym,
    UnquotedText,
    nodes_of,
)
from indexer.text.folding import fold, fold_digits

Leaf: TypeAlias = UnquotedText | Phrase | Prefix
Scope: TypeAlias = tuple[str, ...]
"""The fields in which a term counts, in the order of `TEXT_FIELDS`."""

_NEAR_WORDS = 16


@dataclass(frozen=True, slots=True)
class Term:
    """A leaf of a query made ready.

    `folded` is the folded text, `needle` what must stand in a text as it is compared, `words` the distinct words in order
    (none for a phrase). It holds within a scope of fields

    - as `phrase`: where one field contains the needle;
    - as `word`: where all the words occur as words, be it in different fields, or one field contains the needle;
    - as `prefix`: where a word begins with the folded text; one that is not one word to the segmenter, and so can begin
      none, counts where one field contains the needle.

    A needle of which folding left nothing holds nowhere.
    """

    kind: Literal["word", "phrase", "prefix"]
    folded: str
    words: tuple[str, ...]
    scope: Scope = TEXT_FIELDS
    parts: tuple[Term, ...] = ()
    """Of the phrase that a whole unquoted run is: the terms it falls into, which count where they stand scattered."""
    stands_for: Term | None = None
    """Of a synonym: the term that was typed."""

    @property
    def needle(self) -> str:
        """The text as strings are compared: Chinese digits as figures."""
        return fold_digits(self.folded)

    @property
    def counted_already(self) -> int:
        """Of a synonym: how often it stands in the word that was typed (申请公开 in 依申请公开), where it does not count again."""
        return count_places(self.stands_for.needle, self.needle) if self.stands_for else 0

    @property
    def literal(self) -> bool:
        """Whether a field that contains the needle is enough."""
        return self.kind != "prefix" or self.words != (self.folded,)

    @property
    def sections(self) -> Scope:
        """The sections among the fields in which the term counts.

        Of these it is said to occur, for facets and snippets, in those where all its words stand, or a word that begins
        with the prefix; where there is none, in those that contain the needle; where there is none either, in those
        with any of its words. A phrase occurs where it is contained.
        """
        return tuple(key for key in self.scope if key in SECTION_KEYS)

    @property
    def ranked(self) -> Scope:
        """The fields in which an occurrence counts for the ranking: those of the scope, and the sub-headings of its sections."""
        return (*self.scope, *(HEADING_FIELDS[key] for key in self.sections))


@dataclass(frozen=True, slots=True)
class ProximityPair:
    """Two words of the query that follow each other there: the nearer they stand in a report, the better."""

    first: str
    second: str
    scope: Scope


def count_places(text: str, needle: str) -> int:
    """Return at how many places of a text the needle begins, be it within another occurrence.

    >>> count_places("公开公开公开", "公开公开")
    2
    """
    count, at = 0, text.find(needle)
    while needle and at >= 0:
        count, at = count + 1, text.find(needle, at + 1)
    return count


@lru_cache(maxsize=1 << 12)
def build_term(leaf: Leaf, scope: Scope = TEXT_FIELDS) -> Term:
    """Return a leaf made ready for the fields in which it stands."""
    folded = fold(leaf.text)
    match leaf:
        case Phrase():
            return Term("phrase", folded, (), scope)
        case Prefix():
            return Term("prefix", folded, tuple(dict.fromkeys(words(folded))), scope)
        case UnquotedText():
            return Term("word", folded, tuple(dict.fromkeys(words(folded))), scope)


def build_root(query: Query) -> Node | None:
    """Return what finds the reports: the query's root, every unquoted run in it spelled out, synonyms and all.

    What a query rules out it rules out as typed: a synonym that nobody wrote must not make a report disappear.
    """
    return _build_root(query.root, query.synonyms) if query.root else None


@lru_cache(maxsize=1 << 10)
def _build_root(root: Node, synonyms: tuple[Synonym, ...]) -> Node:
    return _spelled(root, _table(synonyms))


def _table(synonyms: tuple[Synonym, ...]) -> SynonymTable:
    table: dict[str, tuple[str, ...]] = {}
    for synonym in synonyms:
        if synonym.on:
            word = fold(synonym.word)
            table[word] = (*table.get(word, ()), synonym.also)
    return table


def _spelled(node: Node, table: SynonymTable) -> Node:
    match node:
        case UnquotedText(text, without):
            return expand_run(text, table, without).node
        case And(parts):
            return And(tuple(_spelled(part, table) for part in parts))
        case Or(parts):
            return Or(tuple(_spelled(part, table) for part in parts))
        case Not(part):
            return Not(_spelled(part, {}))
        case InSections(keys, part) if part is not None:
            return InSections(keys, _spelled(part, table))
        case _:
            return node


def text_terms(query: Query) -> tuple[Term, ...]:
    """Return the terms by which the query finds, ranks and marks, each once: those under an even number of nots."""
    return _text_terms(query.root, query.synonyms) if query.root else ()


@lru_cache(maxsize=1 << 10)
def _text_terms(root: Node, synonyms: tuple[Synonym, ...]) -> tuple[Term, ...]:
    found = _positive(root, _Reach(TEXT_FIELDS, _table(synonyms), True))
    return tuple(dict.fromkeys(term for term in found if term.needle))


def synonyms_of(terms: tuple[Term, ...]) -> tuple[tuple[Term, tuple[Term, ...]], ...]:
    """Return each term that has synonyms among the terms, with them: ranking counts them together as one word."""
    groups: dict[Term, tuple[Term, ...]] = {}
    for term in terms:
        if term.stands_for:
            groups[term.stands_for] = (*groups.get(term.stands_for, ()), term)
    return tuple(groups.items())


@dataclass(frozen=True, slots=True)
class _Reach:
    """Where in the query a node stands: the fields it is held to, its words' synonyms, an even number of nots."""

    scope: Scope
    table: SynonymTable
    positive: bool


def _positive(node: Node, reach: _Reach) -> Iterator[Term]:
    match node:
        case UnquotedText(text, without):
            if reach.positive:
                yield from _terms_of(expand_run(text, reach.table, without), reach.scope)
        case Phrase() | Prefix():
            if reach.positive:
                yield build_term(node, reach.scope)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _positive(part, reach)
        case Not(part):
            yield from _positive(part, replace(reach, table={}, positive=not reach.positive))
        case InSections(keys, part) if part is not None:
            yield from _positive(
                part, replace(reach, scope=tuple(key for key in reach.scope if key in keys))
            )
        case _:
            return


def _terms_of(spelling: ExpandedRun, scope: Scope) -> Iterator[Term]:
    """Yield the run's own term, those it falls into, and the synonyms."""
    below = [
        term for part in (*spelling.parts, *spelling.plainly) for term in _terms_of(part, scope)
    ]
    parts = dict.fromkeys(term for term in below if term.needle and not term.stands_for)
    whole = replace(build_term(spelling.whole, scope), parts=tuple(parts))
    yield whole
    yield from below
    for phrase in spelling.also:
        yield replace(build_term(phrase, scope), stands_for=whole)


def proximity_pairs(terms: tuple[Term, ...]) -> tuple[ProximityPair, ...]:
    """Return the words that follow each other in the query, of which nearness is rewarded; a long query's first ones."""
    stream = [(word, term.scope) for term in terms if term.kind == "word" for word in term.words][
        :_NEAR_WORDS
    ]
    pairs = (
        ProximityPair(first, second, scope)
        for (first, scope), (second, other) in pairwise(stream)
        if first != second and scope == other
    )
    return tuple(dict.fromkeys(pairs))


def asked_figures(query: Query) -> tuple[str, ...]:
    """Return the keys of the figures that the query filters or sorts by, each once."""
    nested = (
        [node.key for node in nodes_of(query.root) if isinstance(node, FigureFilter)]
        if query.root
        else []
    )
    sorted_by = [query.sort.by] if "." in query.sort.by else []
    return tuple(dict.fromkeys([*(figure.key for figure in query.figures), *nested, *sorted_by]))
