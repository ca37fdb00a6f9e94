"""Query tree → which reports it holds for, over all reports at once, in Kleene's logic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from indexer.engines.whoosh_engine.matches import Matches
from indexer.engines.whoosh_engine.snapshot import Snapshot
from indexer.engines.whoosh_engine.texts import Mask
from indexer.records import SECTION_KEYS, STATUSES
from indexer.search.documents import TEXT_FIELDS
from indexer.search.facets import stored_under
from indexer.search.query import (
    And,
    Body,
    FacetFilter,
    FigureFilter,
    InSections,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Word,
)
from indexer.search.terms import Scope, Term, build_root, build_term
from indexer.text import fold, fold_digits


@dataclass(frozen=True, slots=True)
class Verdict:
    """For each report whether a condition surely holds, and whether it may; where it may but not surely, it is unknown."""

    sure: Mask
    possible: Mask

    def __and__(self, other: Verdict) -> Verdict:
        return Verdict(self.sure & other.sure, self.possible & other.possible)

    def __or__(self, other: Verdict) -> Verdict:
        return Verdict(self.sure | other.sure, self.possible | other.possible)

    def __invert__(self) -> Verdict:
        return Verdict(~self.possible, ~self.sure)

    def within(self, mask: Mask) -> Verdict:
        """Return the verdict where the mask is set, and no elsewhere."""
        return Verdict(self.sure & mask, self.possible & mask)


class Translation:
    """A query over a snapshot. `terms` are its positive terms, by which the facet `section` is told."""

    def __init__(self, query: Query, matches: Matches, terms: tuple[Term, ...]) -> None:
        self.query = query
        self.matches = matches
        self.terms = terms
        self.root = build_root(query)
        self.snapshot: Snapshot = matches.snapshot
        self._sections: dict[str, Mask] | None = None
        self._root: Verdict | None = None

    def verdict(self, *, but_facet: str | None = None, but_figure: str | None = None) -> Verdict:
        """Return where the whole query holds, the filters on one facet or the condition on one figure left out."""
        if self._root is None:
            self._root = self._node(self.root, TEXT_FIELDS) if self.root else self._always(True)
        found = self._root
        for part in self.query.filters:
            if part.field != but_facet:
                found = found.within(self._facet(part))
        for figure in self.query.figures:
            if figure.key != but_figure:
                found = found & self._figure(figure)
        return found

    def candidates(self) -> Mask:
        """Return where the query holds or may hold if nothing is known of any figure."""
        filters = [self._facet(part) for part in self.query.filters]
        found = self._node(self.root, TEXT_FIELDS, blind=True) if self.root else self._always(True)
        for mask in filters:
            found = found.within(mask)
        return found.possible

    def sections(self) -> dict[str, Mask]:
        """Return for each section where the terms occur in it; without terms where it holds text."""
        if self._sections is None:
            everywhere = np.arange(self.snapshot.size)
            found = self.matches.sections(self.terms, everywhere) if self.terms else self.snapshot.present
            self._sections = {key: found[key] for key in SECTION_KEYS if key in found}
        return self._sections

    def _node(self, node: Node, scope: Scope, blind: bool = False) -> Verdict:
        match node:
            case Word() | Phrase() | Prefix():
                return self._known(self.matches.holds(build_term(node), scope))
            case Body(text):
                return self._known(self._body(fold_digits(fold(text))))
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
                return self._known(self._facet(node))
            case FigureFilter():
                return Verdict(self._nothing(), ~self._nothing()) if blind else self._figure(node)

    def _all(self, verdicts: Iterable[Verdict]) -> Verdict:
        found = self._always(True)
        for verdict in verdicts:
            found = found & verdict
        return found

    def _any(self, verdicts: Iterable[Verdict]) -> Verdict:
        found = self._always(False)
        for verdict in verdicts:
            found = found | verdict
        return found

    def _body(self, needle: str) -> Mask:
        codes = [code for code, name in enumerate(self.snapshot.body_names()) if needle and needle in name]
        return self.snapshot.facet("body").having(codes, self.snapshot.size)

    def _facet(self, node: FacetFilter) -> Mask:
        found = self._nothing()
        for asked in node.values:
            field = stored_under(node.field, asked)
            if field == "section":
                found = found | self.sections().get(asked, self._nothing())
            else:
                codes = self.snapshot.codes_of(field, asked)
                found = found | self.snapshot.facet(field).having(codes, self.snapshot.size)
        return ~found if node.excluded else found

    def _figure(self, node: FigureFilter) -> Verdict:
        figure = self.snapshot.figure(node.key)
        if node.statuses:
            wanted = [STATUSES.index(status) + 1 for status in node.statuses]
            return self._known(np.isin(figure.statuses, wanted))
        unknown = np.isnan(figure.values)
        above = _holds(np.greater if node.low_open else np.greater_equal, figure.values, node.low)
        below = _holds(np.less if node.high_open else np.less_equal, figure.values, node.high)
        inside = above & below
        sure = (~inside if node.negated else inside) & ~unknown
        return Verdict(sure, sure | unknown)

    def _known(self, mask: Mask) -> Verdict:
        return Verdict(mask, mask)

    def _always(self, answer: bool) -> Verdict:
        return self._known(np.full(self.snapshot.size, answer))

    def _nothing(self) -> Mask:
        return np.zeros(self.snapshot.size, dtype=np.bool_)


def _holds(compare: np.ufunc, values: np.ndarray[tuple[int, ...], np.dtype[np.float64]], bound: float | None) -> Mask:
    mask: Mask = np.ones(len(values), dtype=np.bool_) if bound is None else compare(values, bound)
    return mask
