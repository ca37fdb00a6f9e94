"""Evaluates the conditions of a query over all reports at once, in Kleene's three-valued logic."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property, reduce
from operator import and_, or_

import numpy as np

from indexer.columnar.types import Array, Mask
from indexer.engines.whoosh.query.section_matches import SectionMatcher
from indexer.engines.whoosh.query.term_matches import TermMatcher
from indexer.engines.whoosh.query.three_valued import TruthMask
from indexer.engines.whoosh.reader.snapshot import Snapshot
from indexer.engines.whoosh.schema import STATUS_CODES
from indexer.search.catalogue.facet_matching import facet_holding
from indexer.search.compile import compile_query
from indexer.search.documents import TEXT_FIELDS
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
from indexer.text.folding import fold, fold_digits


class ConditionEvaluator:
    """Evaluates one query over a snapshot. `sections` are those of its positive terms, for the
    facet `section`.
    """

    def __init__(self, query: Query, matcher: TermMatcher, sections: SectionMatcher) -> None:
        self.query = query
        self.matcher = matcher
        self.sections = sections
        self.root = compile_query(query).root
        self.snapshot: Snapshot = matcher.snapshot

    def evaluate(
        self, *, ignoring_facet: str | None = None, ignoring_figure: str | None = None
    ) -> TruthMask:
        """Evaluate the whole query, without the filters on one facet or the condition on one
        figure.
        """
        filters = [part for part in self.query.filters if part.field != ignoring_facet]
        figures = [figure for figure in self.query.figures if figure.key != ignoring_figure]
        if len(filters) == len(self.query.filters) and len(figures) == len(self.query.figures):
            return self._whole
        return self._filtered(self._by_text, filters, figures)

    @cached_property
    def _whole(self) -> TruthMask:
        return self._filtered(self._by_text, self.query.filters, self.query.figures)

    @cached_property
    def _by_text(self) -> Sequence[TruthMask]:
        """The condition of the query's text, none without text."""
        return [self._node(self.root, TEXT_FIELDS)] if self.root else []

    def _filtered(
        self,
        by_text: Sequence[TruthMask],
        filters: Sequence[FacetFilter],
        figures: Sequence[FigureFilter],
    ) -> TruthMask:
        return self._all([*by_text, *map(self._facet, filters), *map(self._figure, figures)])

    def failing_by_figures(self) -> Mask:
        """Return the reports that only figures keep from matching: everything else is true."""
        by_text = [self._node(self.root, TEXT_FIELDS, blind=True)] if self.root else []
        without_figures = self._filtered(by_text, self.query.filters, ())
        failing = without_figures.possible & ~self.evaluate().possible
        for node in self._conditions():
            if isinstance(node, FacetFilter) and not (truth := self._facet(node)).is_known:
                failing = failing & ~truth.unknown().true
        return failing

    def _node(self, node: Node, scope: Scope, blind: bool = False) -> TruthMask:
        """Evaluate a node within a scope of fields; `blind` leaves all figures unknown."""
        match node:
            case And(parts):
                return self._all(self._node(part, scope, blind) for part in parts)
            case Or(parts):
                return self._any(self._node(part, scope, blind) for part in parts)
            case Not(part):
                return ~self._node(part, scope, blind)
            case InSections(keys, part):
                return self._any(self._in_section(part, key, blind) for key in scope if key in keys)
            case FigureFilter() if blind:
                return TruthMask(self._none(), ~self._none())
            case _:
                return self._leaf(node, scope)

    def _in_section(self, part: Node | None, key: str, blind: bool) -> TruthMask:
        truth = self._node(part, (key,), blind) if part else self._always(True)
        return truth.within(self.snapshot.present[key])

    def _leaf(self, node: Node, scope: Scope) -> TruthMask:
        match node:
            case UnquotedText() | Phrase() | Prefix():
                return TruthMask(self.matcher.matching(build_term(node), scope))
            case BodyName(text):
                return TruthMask(self._body(fold_digits(fold(text))))
            case FacetFilter():
                return self._facet(node)
            case FigureFilter():
                return self._figure(node)
            case _:
                raise AssertionError(f"{node!r} is no leaf")

    def _all(self, truths: Iterable[TruthMask]) -> TruthMask:
        some = list(truths)
        return reduce(and_, some) if some else self._always(True)

    def _any(self, truths: Iterable[TruthMask]) -> TruthMask:
        some = list(truths)
        return reduce(or_, some) if some else self._always(False)

    def _body(self, needle: str) -> Mask:
        codes = [
            code
            for code, name in enumerate(self.snapshot.body_names, 1)
            if needle and needle in name
        ]
        return self.snapshot.facet("body").with_codes(codes)

    def unknown_by(self) -> dict[str, int]:
        """Return by facet and figure the number of unjudged reports for which a condition on it is
        unknown.
        """
        undecided = self.evaluate().unknown()
        unknown: dict[str, Mask] = {}
        for node in self._conditions() if undecided.count else ():
            name, found = self._judged(node)
            mask = found.unknown().true & undecided.true
            unknown[name] = unknown[name] | mask if name in unknown else mask
        counts = {name: int(np.count_nonzero(mask)) for name, mask in unknown.items()}
        return {name: count for name, count in counts.items() if count}

    def _conditions(self) -> list[FacetFilter | FigureFilter]:
        """Return all conditions on facets and figures, nested ones included."""
        nodes = [
            *(nodes_of(self.root) if self.root else ()),
            *self.query.filters,
            *self.query.figures,
        ]
        return [node for node in nodes if isinstance(node, FacetFilter | FigureFilter)]

    def _judged(self, node: FacetFilter | FigureFilter) -> tuple[str, TruthMask]:
        return (
            (node.field, self._facet(node))
            if isinstance(node, FacetFilter)
            else (node.key, self._figure(node))
        )

    def _facet(self, node: FacetFilter) -> TruthMask:
        found = self._none()
        for asked in node.values:
            field = facet_holding(node.field, asked)
            if field == "section":
                found = found | self.sections.with_section(asked)
            else:
                codes = self.snapshot.codes_of(field, asked)
                found = found | self.snapshot.facet(field).with_codes(codes)
        masks = [self.snapshot.may_have(node.field, asked) for asked in node.values]
        unknown = reduce(or_, [mask for mask in masks if mask is not None], self._none())
        truth = TruthMask(found, found | unknown if unknown.any() else None)
        return ~truth if node.excluded else truth

    def _figure(self, node: FigureFilter) -> TruthMask:
        figures = self.snapshot.figures(node.key)
        if node.statuses:
            wanted = [STATUS_CODES[status] for status in node.statuses]
            return TruthMask(_is_one_of(wanted)[figures.statuses])
        inside, known = _is_inside(figures.numbers, node), figures.known
        true = np.logical_and(~inside if node.negated else inside, known)
        return TruthMask(true, np.logical_or(true, ~known))

    def _always(self, truth: bool) -> TruthMask:
        return TruthMask(np.full(self.snapshot.size, truth))

    def _none(self) -> Mask:
        return np.zeros(self.snapshot.size, dtype=np.bool_)


def _is_one_of(codes: Sequence[int]) -> Mask:
    """Return a lookup table: for every byte whether it is one of these."""
    found = np.zeros(256, dtype=np.bool_)
    found[codes] = True
    return found


def _is_inside(numbers: Array, node: FigureFilter) -> Mask:
    """Return which numbers are within the bounds of a filter."""
    is_finite = all(bound is None or math.isfinite(bound) for bound in (node.low, node.high))
    if numbers.dtype.kind == "u" and is_finite:
        return _between(numbers, *_whole_bounds(node))
    found: Mask = np.ones(len(numbers), dtype=np.bool_)
    if node.low is not None:
        is_above = np.greater if node.low_open else np.greater_equal
        found = is_above(numbers, node.low)
    if node.high is not None:
        is_below = np.less if node.high_open else np.less_equal
        found = found & is_below(numbers, node.high)
    return found


def _whole_bounds(node: FigureFilter) -> tuple[int | None, int | None]:
    """Return the least and the greatest whole number within finite bounds, None where there is no
    bound.
    """
    low = high = None
    if node.low is not None:
        low = math.floor(node.low) + 1 if node.low_open else math.ceil(node.low)
    if node.high is not None:
        high = math.ceil(node.high) - 1 if node.high_open else math.floor(node.high)
    return low, high


def _between(numbers: Array, low: int | None, high: int | None) -> Mask:
    """Return which unsigned integers are from `low` to `high`, compared in their own type, without
    conversion.
    """
    limit = int(np.iinfo(numbers.dtype).max)
    if (low is not None and low > limit) or (high is not None and high < 0):
        return np.zeros(len(numbers), dtype=np.bool_)
    found: Mask = np.ones(len(numbers), dtype=np.bool_)
    if low is not None and low > 0:
        found = np.greater_equal(numbers, low)
    if high is not None and high < limit:
        found = found & np.less_equal(numbers, high)
    return found
