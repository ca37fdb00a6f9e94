"""The synonyms of a query's unquoted words; no index knows of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from indexer.search.analysis.run_expansion import SynonymTable, words_with_synonyms
from indexer.search.query import (
    ALL_SYNONYMS,
    And,
    InSections,
    Node,
    Or,
    Phrase,
    Prefix,
    Query,
    Synonym,
    UnquotedText,
    nodes_of,
)
from indexer.text.folding import fold


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The synonyms in force.

    `table` maps a folded word to the words it is searched as too, `printed` to the word as written.
    """

    table: SynonymTable = field(default_factory=lambda: MappingProxyType({}))
    printed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


NO_SYNONYMS = Synonyms()


def build_synonyms(groups: Iterable[tuple[tuple[str, ...], tuple[str, ...]]]) -> Synonyms:
    """Return the synonyms of groups: each of the first words finds all of the second ones.

    >>> build_synonyms([(("败诉",), ("结果纠正",))]).table["败诉"]
    ('结果纠正',)
    """
    table: dict[str, tuple[str, ...]] = {}
    printed: dict[str, str] = {}
    for typed, found in groups:
        for word in typed:
            key = fold(word)
            printed.setdefault(key, word)
            known = {key, *map(fold, table.get(key, ()))}
            table[key] = (
                *table.get(key, ()),
                *(other for other in found if fold(other) not in known),
            )
    return Synonyms(MappingProxyType(table), MappingProxyType(printed))


def with_synonyms(query: Query, synonyms: Synonyms) -> Query:
    """Return the query with the synonyms of its unquoted words, refused ones switched off.

    A word that is asked for itself is nobody's synonym: who types both 发改委 and 发展改革委 wants
    both. Neither is a text that contains the word, since the word finds it anyway.
    """
    if query.root is None:
        return replace(query, synonyms=())
    table = synonyms.table
    runs = _runs(query.root)
    words = tuple(dict.fromkeys(word for run in runs for word in words_with_synonyms(run, table)))
    asked = {*words, *_typed_words(query.root)}
    off = {fold(word) for word in query.refused}
    found = tuple(
        Synonym(synonyms.printed[word], also, off.isdisjoint({ALL_SYNONYMS, fold(also)}))
        for word in words
        for also in table[word]
        if fold(also) not in asked and word not in fold(also)
    )
    return replace(query, synonyms=found)


def _typed_words(root: Node) -> Iterator[str]:
    """Yield the folded texts of everything that is asked for by words."""
    for node in nodes_of(root):
        if isinstance(node, UnquotedText | Phrase | Prefix):
            yield fold(node.text)


def _runs(node: Node) -> Iterator[str]:
    """Yield the unquoted runs that are not ruled out."""
    match node:
        case UnquotedText(text):
            yield text
        case And(parts) | Or(parts):
            for part in parts:
                yield from _runs(part)
        case InSections(_, part) if part is not None:
            yield from _runs(part)
        case _:
            return
