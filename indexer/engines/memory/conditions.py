"""A query's conditions in Kleene's three-valued logic: True, False, or None where a condition is
unknown.
"""

from __future__ import annotations

from collections.abc import Iterable

from indexer.engines.memory.entry import MemoryEntry
from indexer.records import SECTION_KEYS
from indexer.search.catalogue.facet_matching import facet_holding, matches_value
from indexer.search.catalogue.figures import figures
from indexer.search.catalogue.histograms import as_float
from indexer.search.compile import compile_query
from indexer.search.documents import TEXT_FIELDS
from indexer.search.port import Figure
from indexer.search.query import (
    And,
    BodyName,
    FacetFilter,
    FigureFilter,
    InSections,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    UnquotedText,
    nodes_of,
)
from indexer.search.terms import Scope, build_term
from indexer.search.unknown_values import may_match, unknown_values_field
from indexer.text.folding import fold, fold_digits


class MemoryConditions:
    """Evaluates one query for one report at a time."""

    def __init__(self, query: Query) -> None:
        self.query = query
        compiled = compile_query(query)
        self.terms = compiled.terms
        self.root = compiled.root

    def evaluate(
        self,
        entry: MemoryEntry,
        *,
        ignoring_figures: bool = False,
        ignoring_facet: str | None = None,
        ignoring_figure: str | None = None,
    ) -> bool | None:
        """Evaluate the whole query, without the filters on one facet or figure, or with all figures
        unknown.
        """
        nodes: list[Node] = [self.root] if self.root else []
        nodes += [node for node in self.query.filters if node.field != ignoring_facet]
        nodes += [node for node in self.query.figures if node.key != ignoring_figure]
        return _all(self._evaluate(node, entry, TEXT_FIELDS, ignoring_figures) for node in nodes)

    def _evaluate(self, node: Node, entry: MemoryEntry, scope: Scope, blind: bool) -> bool | None:
        """Evaluate a node within a scope of fields; `blind` leaves all figures unknown."""
        match node:
            case And(parts):
                return _all(self._evaluate(part, entry, scope, blind) for part in parts)
            case Or(parts):
                return _any(self._evaluate(part, entry, scope, blind) for part in parts)
            case Not(part):
                return _opposite(self._evaluate(part, entry, scope, blind))
            case InSections(keys, part):
                sections = tuple(key for key in scope if key in keys)
                return self._in_sections(part, entry, sections, blind)
            case FigureFilter() if blind:
                return None
            case _:
                return self._evaluate_leaf(node, entry, scope)

    def _in_sections(
        self, part: Node | None, entry: MemoryEntry, sections: Scope, blind: bool
    ) -> bool | None:
        return _any(
            part is None or self._evaluate(part, entry, (key,), blind)
            for key in sections
            if key in entry.texts
        )

    def _evaluate_leaf(self, node: Node, entry: MemoryEntry, scope: Scope) -> bool | None:
        match node:
            case UnquotedText() | Phrase() | Prefix():
                return entry.matches(build_term(node), scope)
            case BodyName(text):
                return bool(fold(text)) and fold_digits(fold(text)) in entry.texts.get("body", "")
            case FacetFilter():
                return self._passes(node, entry)
            case FigureFilter():
                return _judge(node, entry.document.figures.get(node.key))
            case _:
                raise AssertionError(f"{node!r} is no leaf")

    def fails_by_figures(self, entry: MemoryEntry) -> bool:
        """Say whether only figures keep a report from matching: everything else is true."""
        if self.evaluate(entry, ignoring_figures=True) is False:
            return False
        return all(name in figures() for name in self.unknown_names(entry))

    def unknown_names(self, entry: MemoryEntry) -> set[str]:
        """Return the facets and figures whose conditions are unknown for a report."""
        inside = tuple(nodes_of(self.root)) if self.root else ()
        facets = [node for node in (*inside, *self.query.filters) if isinstance(node, FacetFilter)]
        ranges = [node for node in (*inside, *self.query.figures) if isinstance(node, FigureFilter)]
        return {node.field for node in facets if self._passes(node, entry) is None} | {
            node.key
            for node in ranges
            if _judge(node, entry.document.figures.get(node.key)) is None
        }

    def _passes(self, node: FacetFilter, entry: MemoryEntry) -> bool | None:
        wanted = any(
            matches_value(node.field, stored, asked)
            for asked in node.values
            for stored in self.values(facet_holding(node.field, asked), entry)
        )
        if not wanted and any(self._may_have(node.field, asked, entry) for asked in node.values):
            return None
        return wanted is not node.excluded

    def _may_have(self, field: str, asked: str, entry: MemoryEntry) -> bool:
        known_by = unknown_values_field(field)
        return known_by is not None and any(
            may_match(field, stored, asked) for stored in entry.document.facets[known_by]
        )

    def values(self, field: str, entry: MemoryEntry) -> Iterable[str]:
        """Return a report's values of a facet; for `section` the sections in which the query's
        terms occur.
        """
        return self.sections(entry) if field == "section" else entry.document.facets[field]

    def sections(self, entry: MemoryEntry) -> tuple[str, ...]:
        """Return the sections in which the query's terms occur; without terms the sections with
        text.
        """
        if not self.terms:
            return tuple(key for key in SECTION_KEYS if key in entry.texts)
        found = {key for term in self.terms for key in entry.sections_with(term)}
        return tuple(key for key in SECTION_KEYS if key in found)


def _all(truths: Iterable[bool | None]) -> bool | None:
    known = list(truths)
    return False if False in known else None if None in known else True


def _any(truths: Iterable[bool | None]) -> bool | None:
    known = list(truths)
    return True if True in known else None if None in known else False


def _opposite(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def _judge(node: FigureFilter, figure: Figure | None) -> bool | None:
    if node.statuses:
        return figure is not None and figure.status in node.statuses
    if figure is None or figure.status != "reported" or figure.value is None:
        return None
    value = as_float(figure.value)
    return (_is_above(node, value) and _is_below(node, value)) is not node.negated


def _is_above(node: FigureFilter, value: float) -> bool:
    if node.low is None:
        return True
    return value > node.low if node.low_open else value >= node.low


def _is_below(node: FigureFilter, value: float) -> bool:
    if node.high is None:
        return True
    return value < node.high if node.high_open else value <= node.high
