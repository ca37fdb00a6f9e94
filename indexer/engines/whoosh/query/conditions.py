"""Query tree → which reports it holds for, over all reports at once, in Kleene's logic."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.columnar.types import Mask
from indexer.engines.whoosh.query.section_matches import Sections
from indexer.engines.whoosh.query.term_matches import Matches
from indexer.engines.whoosh.query.three_valued import Verdict
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


class Translation:
    """A query over a snapshot. `sections` are those of its positive terms, by which the facet `section` is told."""

    def __init__(self, query: Query, matches: Matches, sections: Sections) -> None:
        self.query = query
        self.matches = matches
        self.sections = sections
        self.root = compile_query(query).root
        self.snapshot: Snapshot = matches.snapshot

    def verdict(self, *, but_facet: str | None = None, but_figure: str | None = None) -> Verdict:
        """Return where the whole query holds, the filters on one facet or the condition on one figure left out."""
        left = [part for part in self.query.filters if part.field != but_facet]
        figures = [figure for figure in self.query.figures if figure.key != but_figure]
        if len(left) == len(self.query.filters) and len(figures) == len(self.query.figures):
            return self._whole
        return self._filtered(self._found, left, figures)

    @cached_property
    def _whole(self) -> Verdict:
        return self._filtered(self._found, self.query.filters, self.query.figures)

    @cached_property
    def _found(self) -> Sequence[Verdict]:
        """Where the query's words hold, none without words."""
        return [self._node(self.root, TEXT_FIELDS)] if self.root else []

    def _filtered(
        self,
        found: Sequence[Verdict],
        filters: Sequence[FacetFilter],
        figures: Sequence[FigureFilter],
    ) -> Verdict:
        return self._all([*found, *map(self._facet, filters), *map(self._figure, figures)])

    def failing_by_figures(self) -> Mask:
        """Return where only figures keep the query from matching; all else surely matches."""
        found = [self._node(self.root, TEXT_FIELDS, blind=True)] if self.root else []
        failing = self._filtered(found, self.query.filters, ()).possible & ~self.verdict().possible
        for node in self._conditions():
            if isinstance(node, FacetFilter) and not (verdict := self._facet(node)).is_known:
                failing = failing & ~verdict.unknown().sure
        return failing

    def _node(self, node: Node, scope: Scope, blind: bool = False) -> Verdict:
        match node:
            case UnquotedText() | Phrase() | Prefix():
                return Verdict(self.matches.holds(build_term(node), scope))
            case BodyName(text):
                return Verdict(self._body(fold_digits(fold(text))))
            case And(parts):
                return self._all(self._node(part, scope, blind) for part in parts)
            case Or(parts):
                return self._any(self._node(part, scope, blind) for part in parts)
            case Not(part):
                return ~self._node(part, scope, blind)
            case InSections(keys, part):
                present = ((key, self.snapshot.present[key]) for key in scope if key in keys)
                return self._any(
                    (self._node(part, (key,), blind) if part else self._always(True)).within(mask)
                    for key, mask in present
                )
            case FacetFilter():
                return self._facet(node)
            case FigureFilter():
                return Verdict(self._nothing(), ~self._nothing()) if blind else self._figure(node)

    def _all(self, verdicts: Iterable[Verdict]) -> Verdict:
        some = list(verdicts)
        return reduce(and_, some) if some else self._always(True)

    def _any(self, verdicts: Iterable[Verdict]) -> Verdict:
        some = list(verdicts)
        return reduce(or_, some) if some else self._always(False)

    def _body(self, needle: str) -> Mask:
        codes = [
            code
            for code, name in enumerate(self.snapshot.body_names, 1)
            if needle and needle in name
        ]
        return self.snapshot.facet("body").having(codes)

    def unknown_by(self) -> dict[str, int]:
        """Return by facet and figure how many unjudged reports a condition on it leaves open."""
        undecided = self.verdict().unknown()
        unknown: dict[str, Mask] = {}
        for node in self._conditions() if undecided.count else ():
            name, found = self._judged(node)
            mask = found.unknown().sure & undecided.sure
            unknown[name] = unknown[name] | mask if name in unknown else mask
        counts = {name: int(np.count_nonzero(mask)) for name, mask in unknown.items()}
        return {name: count for name, count in counts.items() if count}

    def _conditions(self) -> list[FacetFilter | FigureFilter]:
        """Return every condition on a facet or a figure, wherever it stands."""
        nodes = [
            *(nodes_of(self.root) if self.root else ()),
            *self.query.filters,
            *self.query.figures,
        ]
        return [node for node in nodes if isinstance(node, FacetFilter | FigureFilter)]

    def _judged(self, node: FacetFilter | FigureFilter) -> tuple[str, Verdict]:
        return (
            (node.field, self._facet(node))
            if isinstance(node, FacetFilter)
            else (node.key, self._figure(node))
        )

    def _facet(self, node: FacetFilter) -> Verdict:
        found = self._nothing()
        for asked in node.values:
            field = facet_holding(node.field, asked)
            if field == "section":
                found = found | self.sections.having(asked)
            else:
                codes = self.snapshot.codes_of(field, asked)
                found = found | self.snapshot.facet(field).having(codes)
        doubts = [self.snapshot.doubtful(node.field, asked) for asked in node.values]
        doubtful = reduce(or_, [doubt for doubt in doubts if doubt is not None], self._nothing())
        verdict = Verdict(found, found | doubtful if doubtful.any() else None)
        return ~verdict if node.excluded else verdict

    def _figure(self, node: FigureFilter) -> Verdict:
        figures = self.snapshot.figures(node.key)
        if node.statuses:
            wanted = [STATUS_CODES[status] for status in node.statuses]
            return Verdict(_is_one_of(wanted)[figures.statuses])
        inside, known = _holds(figures.numbers, node), figures.known
        sure = np.logical_and(~inside if node.negated else inside, known)
        return Verdict(sure, np.logical_or(sure, ~known))

    def _always(self, answer: bool) -> Verdict:
        return Verdict(np.full(self.snapshot.size, answer))

    def _nothing(self) -> Mask:
        return np.zeros(self.snapshot.size, dtype=np.bool_)


def _is_one_of(codes: Sequence[int]) -> Mask:
    """Return for every byte whether it is one of these."""
    found = np.zeros(256, dtype=np.bool_)
    found[codes] = True
    return found


def _holds(numbers: NDArray[Any], node: FigureFilter) -> Mask:
    """Return which numbers are within the bounds of a filter."""
    if numbers.dtype.kind == "u" and all(
        bound is None or math.isfinite(bound) for bound in (node.low, node.high)
    ):
        return _between(numbers, *_whole_bounds(node))
    found: Mask = np.ones(len(numbers), dtype=np.bool_)
    if node.low is not None:
        found = (
            np.greater(numbers, node.low) if node.low_open else np.greater_equal(numbers, node.low)
        )
    if node.high is not None:
        found = found & (
            np.less(numbers, node.high) if node.high_open else np.less_equal(numbers, node.high)
        )
    return found


def _whole_bounds(node: FigureFilter) -> tuple[int | None, int | None]:
    """Return the least and the greatest whole number within finite bounds, None where there is no bound."""
    low = high = None
    if node.low is not None:
        low = math.floor(node.low) + 1 if node.low_open else math.ceil(node.low)
    if node.high is not None:
        high = math.ceil(node.high) - 1 if node.high_open else math.floor(node.high)
    return low, high


def _between(numbers: NDArray[Any], low: int | None, high: int | None) -> Mask:
    """Return which whole numbers, none below 0, are from `low` to `high`: compared as what they are, without conversion."""
    greatest = int(np.iinfo(numbers.dtype).max)
    if (low or 0) > greatest or (high is not None and high < 0):
        return np.zeros(len(numbers), dtype=np.bool_)
    above: Mask = (
        np.greater_equal(numbers, low)
        if low is not None and low > 0
        else np.ones(len(numbers), dtype=np.bool_)
    )
    return above & np.less_equal(numbers, high) if high is not None and high < greatest else above
