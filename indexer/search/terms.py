"""The words of a query made ready: folded, cut, and told in which sections they count. The same for every engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, TypeAlias

from indexer.records import SECTION_KEYS
from indexer.search.documents import TEXT_FIELDS
from indexer.search.query import And, FigureFilter, InSections, Node, Not, Or, Phrase, Prefix, Query, Word
from indexer.search.segment import words
from indexer.text import HAN, fold, fold_digits

Leaf: TypeAlias = Word | Phrase | Prefix
Scope: TypeAlias = tuple[str, ...]
"""The fields in which a term counts, in the order of `TEXT_FIELDS`."""

_NEAR_WORDS = 16
_HAN = re.compile(HAN)
_PARTICLES = frozenset("的了和与及或是在有为对等被将把以之其所于由从向而并也都就")


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

    @property
    def needle(self) -> str:
        """The text as strings are compared: Chinese digits as figures."""
        return fold_digits(self.folded)

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


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words of the query that follow each other there: the nearer they stand in a report, the better."""

    first: str
    second: str
    scope: Scope


def build_term(leaf: Leaf, scope: Scope = TEXT_FIELDS) -> Term:
    """Return a leaf made ready for the fields in which it stands."""
    folded = fold(leaf.text)
    match leaf:
        case Phrase():
            return Term("phrase", folded, (), scope)
        case Prefix():
            return Term("prefix", folded, tuple(dict.fromkeys(words(folded))), scope)
        case Word():
            return Term("word", folded, tuple(dict.fromkeys(words(folded))), scope)


def spell_out(word: Word) -> Node:
    """Return what an unquoted run asks for, where the segmenter finds no word for a part of it.

    A single Chinese character says nothing by itself: 办/结率 would be found by any 办. So what falls into single characters is
    taken together with the word before it, or behind it, and must stand literally; particles are left out. The whole run
    counts wherever it stands literally, as ever.
    """
    groups = _groups(words(fold(word.text)))
    if groups and all(len(group) == 1 and not _is_single(group[0]) for group in groups):
        return word
    whole = Phrase(word.text)
    if len(groups) < 2:
        return whole
    parts = tuple(
        Phrase("".join(group)) if len(group) > 1 or _is_single(group[0]) else Word(group[0]) for group in groups
    )
    return Or((whole, And(parts)))


def _groups(cut: list[str]) -> list[list[str]]:
    """Return the words of a run, each with the single characters that hang on it."""
    groups: list[list[str]] = [[]]
    for word in cut:
        if word in _PARTICLES:
            groups.append([])
        elif _is_single(word) or (groups[-1] and all(map(_is_single, groups[-1]))):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [group for group in groups if group]


def _is_single(word: str) -> bool:
    return len(word) == 1 and bool(_HAN.match(word))


def text_terms(query: Query) -> tuple[Term, ...]:
    """Return the terms by which the query finds, ranks and marks, each once: those under an even number of nots."""
    if query.root is None:
        return ()
    return tuple(dict.fromkeys(term for term in _positive(query.root, TEXT_FIELDS, True) if term.needle))


def _positive(node: Node, scope: Scope, positive: bool) -> Iterator[Term]:
    match node:
        case Word() if (spelled := spell_out(node)) is not node:
            whole, *parts = _positive(spelled, scope, positive) if positive else (None,)
            if whole:
                yield replace(whole, parts=tuple(parts))
                yield from parts
        case Word() | Phrase() | Prefix():
            if positive:
                yield build_term(node, scope)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _positive(part, scope, positive)
        case Not(part):
            yield from _positive(part, scope, not positive)
        case InSections(keys, part) if part is not None:
            yield from _positive(part, tuple(key for key in scope if key in keys), positive)
        case _:
            return


def near_pairs(terms: tuple[Term, ...]) -> tuple[Pair, ...]:
    """Return the words that follow each other in the query, of which nearness is rewarded; a long query's first ones."""
    stream = [(word, term.scope) for term in terms if term.kind == "word" for word in term.words][:_NEAR_WORDS]
    pairs = (
        Pair(first, second, scope)
        for (first, scope), (second, other) in pairwise(stream)
        if first != second and scope == other
    )
    return tuple(dict.fromkeys(pairs))


def asked_figures(query: Query) -> tuple[str, ...]:
    """Return the keys of the figures that the query filters or sorts by, each once."""
    nested = [node.key for node in _leaves(query.root) if isinstance(node, FigureFilter)] if query.root else []
    sorted_by = [query.sort.by] if "." in query.sort.by else []
    return tuple(dict.fromkeys([*(figure.key for figure in query.figures), *nested, *sorted_by]))


def _leaves(node: Node) -> Iterator[Node]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part):
            yield from _leaves(part)
        case InSections(_, part) if part is not None:
            yield from _leaves(part)
        case _:
            yield node
