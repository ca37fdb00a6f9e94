"""Our queries asked of a tantivy index: of words, phrases, and, or; figure ranges; an order; facets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import tantivy
from tantivy import FieldType, Occur, Order
from tantivy import Query as Asked

from bench.answer import Answer, Table
from bench.fts5.writer import figure_columns, join_pairs
from indexer.search.facets import ordered_counts
from indexer.search.port import FacetCount
from indexer.search.query import And, FigureFilter, Node, Or, Phrase, Query, Word
from indexer.search.ranking import RANKING
from indexer.search.segment import words
from indexer.text import fold

_WEIGHTS = {"title": RANKING.title_weight, "body": RANKING.body_weight, "heading": RANKING.heading_weight, "text": 1.0}
_MOST_VALUES = 5000
"""Of a facet; more than any that is asked for has."""


@dataclass(frozen=True, slots=True)
class Searcher:
    """Asks an index. `columns` are those of the figures."""

    index: tantivy.Index
    columns: Mapping[str, str] = field(default_factory=figure_columns)

    def search(self, query: Query, table: Table = "words") -> Answer:
        """Answer a query: the total, the ids of the first page with their stored reports read, and the facets."""
        searcher = self.index.searcher()
        asked = self._asked(query, table)
        column, order = self._order(query)
        found = searcher.search(asked, query.size, order_by_field=column, order=order)
        ids = []
        for _, address in found.hits:
            document = searcher.doc(address)
            document.get_first("report")
            ids.append(str(document.get_first("id")))
        facets = _facets(searcher, asked, query.facets) if query.facets else {}
        by_figure = query.sort.by != "relevance"
        return Answer(_count(found), tuple(ids), facets, ordered=not by_figure)

    def _asked(self, query: Query, table: Table) -> Asked:
        parts = [self._range(figure) for figure in query.figures]
        if query.root is not None:
            parts.append(self._expression(query.root, table))
        return _all(parts)

    def _range(self, figure: FigureFilter) -> Asked:
        return Asked.range_query(
            self.index.schema,
            self.columns[figure.key],
            FieldType.Float,
            figure.low,
            figure.high,
            include_lower=not figure.low_open,
            include_upper=not figure.high_open,
        )

    def _order(self, query: Query) -> tuple[str | None, Order]:
        """Return the column to order by, none for relevance."""
        if query.sort.by != "relevance":
            return self.columns[query.sort.by], Order.Desc if query.sort.descending else Order.Asc
        return (None, Order.Desc) if query.root is not None else ("tie", Order.Asc)

    def _expression(self, node: Node, table: Table) -> Asked:
        """Return what to match. In `words` a run of several words is all of them; in `pairs` it stands literally."""
        match node:
            case Word(text) | Phrase(text) if table == "pairs":
                return self._literally(join_pairs(fold(text)).split(" "))
            case Word(text):
                return _all([self._word(word) for word in words(fold(text))])
            case And(parts):
                return _all([self._expression(part, table) for part in parts])
            case Or(parts):
                return _any(self._expression(part, table) for part in parts)
            case _:
                raise ValueError(f"not asked of tantivy: {node}")

    def _literally(self, pairs: Sequence[str]) -> Asked:
        if len(pairs) == 1:
            return Asked.term_query(self.index.schema, "pairs", pairs[0])
        return Asked.phrase_query(self.index.schema, "pairs", list(pairs))

    def _word(self, word: str) -> Asked:
        schema = self.index.schema
        return _any(
            Asked.boost_query(Asked.term_query(schema, name, word), weight) for name, weight in _WEIGHTS.items()
        )


def _all(parts: Sequence[Asked]) -> Asked:
    return parts[0] if len(parts) == 1 else Asked.boolean_query([(Occur.Must, part) for part in parts])


def _any(parts: Iterator[Asked]) -> Asked:
    return Asked.boolean_query([(Occur.Should, part) for part in parts])


def _count(found: tantivy.SearchResult) -> int:
    return int(getattr(found, "count", 0))  # its type stub leaves it out


def _facets(searcher: tantivy.Searcher, asked: Asked, names: Sequence[str]) -> dict[str, tuple[FacetCount, ...]]:
    """Count several facets in one go."""
    wanted = {name: {"terms": {"field": name, "size": _MOST_VALUES, "segment_size": _MOST_VALUES}} for name in names}
    found = searcher.aggregate(asked, wanted)
    found = json.loads(found) if isinstance(found, str) else found
    buckets = {name: found[name]["buckets"] for name in names}
    return {name: ordered_counts({one["key"]: one["doc_count"] for one in each}) for name, each in buckets.items()}
