"""Query → match tree and terms, once for the engines, the highlighter and the explanation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.search.analysis.run_expansion import ExpandedRun, SynonymTable, expand_run
from indexer.search.documents import TEXT_FIELDS
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
from indexer.search.terms import Scope, Term, build_term
from indexer.text.folding import fold

_CACHED_QUERIES = 1 << 10
"""A page, its counts and its hints ask for the same few queries again and again."""


@dataclass(frozen=True, slots=True)
class CompiledQuery:
    """What a query asks for in the engines' terms.

    `root` finds the reports: the query's tree with every unquoted run expanded into its forms and
    synonyms. What a query rules out it rules out as typed, since a synonym that nobody wrote must
    not make a report disappear. `terms` are the distinct words and phrases under an even number of
    negations, by which the query ranks and is highlighted.
    """

    root: Node | None = None
    terms: tuple[Term, ...] = ()


def compile_query(query: Query) -> CompiledQuery:
    """Return the match tree and the terms of a query."""
    return _compile_root(query.root, query.synonyms) if query.root else CompiledQuery()


def asked_figures(query: Query) -> tuple[str, ...]:
    """Return the keys of the figures that the query filters or sorts by, each once."""
    nodes = (*query.figures, *(nodes_of(query.root) if query.root else ()))
    keys = [node.key for node in nodes if isinstance(node, FigureFilter)]
    if "." in query.sort.by:
        keys.append(query.sort.by)
    return tuple(dict.fromkeys(keys))


@lru_cache(_CACHED_QUERIES)
def _compile_root(root: Node, synonyms: tuple[Synonym, ...]) -> CompiledQuery:
    tree, terms = _compile(root, _Context(TEXT_FIELDS, _synonym_table(synonyms), True))
    return CompiledQuery(tree, tuple(dict.fromkeys(term for term in terms if term.needle)))


def _synonym_table(synonyms: Sequence[Synonym]) -> SynonymTable:
    table: dict[str, tuple[str, ...]] = {}
    for synonym in synonyms:
        if synonym.on:
            word = fold(synonym.word)
            table[word] = (*table.get(word, ()), synonym.also)
    return table


@dataclass(frozen=True, slots=True)
class _Context:
    """What applies to a node: its fields, its synonyms, an even number of negations above it."""

    scope: Scope
    table: SynonymTable
    positive: bool


def _compile(node: Node, context: _Context) -> tuple[Node, tuple[Term, ...]]:
    match node:
        case UnquotedText(text, without):
            run = expand_run(text, context.table, without)
            terms = tuple(_run_terms(run, context.scope)) if context.positive else ()
            return run.node, terms
        case Phrase() | Prefix():
            return node, (build_term(node, context.scope),) if context.positive else ()
        case And(parts) | Or(parts):
            nodes, terms = _compile_each(parts, context)
            return replace(node, parts=nodes), terms
        case Not(part):
            inner, terms = _compile(part, replace(context, table={}, positive=not context.positive))
            return Not(inner), terms
        case InSections(keys, part) if part is not None:
            scope = tuple(key for key in context.scope if key in keys)
            inner, terms = _compile(part, replace(context, scope=scope))
            return InSections(keys, inner), terms
        case _:
            return node, ()


def _compile_each(
    parts: Sequence[Node], context: _Context
) -> tuple[tuple[Node, ...], tuple[Term, ...]]:
    compiled = [_compile(part, context) for part in parts]
    terms = (term for _, terms in compiled for term in terms)
    return tuple(node for node, _ in compiled), tuple(terms)


def _run_terms(run: ExpandedRun, scope: Scope) -> Iterator[Term]:
    """Yield the run's own term, those it falls into, and the synonyms."""
    inner = [term for part in (*run.parts, *run.plainly) for term in _run_terms(part, scope)]
    parts = dict.fromkeys(term for term in inner if term.needle and not term.stands_for)
    whole = replace(build_term(run.whole, scope), parts=tuple(parts))
    yield whole
    yield from inner
    for phrase in run.also:
        yield replace(build_term(phrase, scope), stands_for=whole)
