"""Asks our queries of a tantivy index: words, phrases, boolean, ranges, sorting, facets.

Of several equivalent queries each is the fastest; `bench/README.md` lists them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import tantivy
from tantivy import DocAddress, FieldType, Occur, Order
from tantivy import Query as Asked

from bench.answer import Answer, Table
from bench.fts5.writer import figure_columns, join_pairs
from bench.tantivy_.writer import WEIGHTS, open_index, read_names
from indexer.search.analysis.segmenter import words
from indexer.search.query import And, FigureFilter, Node, Or, Phrase, Query, UnquotedText
from indexer.text.folding import fold

_MOST_VALUES = 5000
"""Of a facet; more than any that is asked for has."""
_Clauses: TypeAlias = list[tuple[Occur, Asked]]


@dataclass(frozen=True, slots=True)
class Searcher:
    """Asks an index. `names` are the ids by number; `inverted`: ranges are looked up as terms."""

    index: tantivy.Index
    names: Sequence[str]
    inverted: bool = True
    columns: Mapping[str, str] = field(default_factory=figure_columns)

    def find(self, query: Query, table: Table = "words") -> Answer:
        """Answer a query: total, ids of the page and facets, without stored reports."""
        searcher = self.index.searcher()
        return self._answer(searcher, query, table)[0]

    def search(self, query: Query, table: Table = "words") -> Answer:
        """Answer a query and read the stored reports of the page."""
        searcher = self.index.searcher()
        answer, addresses = self._answer(searcher, query, table)
        for address in addresses:
            searcher.doc(address).get_first("report")
        return answer

    def _answer(
        self, searcher: tantivy.Searcher, query: Query, table: Table
    ) -> tuple[Answer, list[DocAddress]]:
        found_words = list(_words(query.root)) if query.root and table == "words" else []
        required = self._required(query, found_words)
        matching = required[0][1] if len(required) == 1 else Asked.boolean_query(required)
        if query.sort.by != "relevance":
            found = self._sorted(searcher, matching, query)
        elif found_words:
            found = searcher.search(self._ranked(required, found_words), query.size)
        else:
            found = searcher.search(matching, query.size)
        addresses = [address for _, address in found.hits]
        numbers = searcher.fast_field_values("number", addresses)
        ids = tuple(self.names[int(number or 0)] for number in numbers)
        facets = _facets(searcher, matching, query.facets) if query.facets else {}
        return Answer(_count(found), ids, facets), addresses

    def _sorted(
        self, searcher: tantivy.Searcher, matching: Asked, query: Query
    ) -> tantivy.SearchResult:
        column = self.columns[query.sort.by]
        order = Order.Desc if query.sort.descending else Order.Asc
        return searcher.search(matching, query.size, order_by_field=column, order=order)

    def _required(self, query: Query, found_words: Sequence[str]) -> _Clauses:
        """Return the required clauses. Without words all scores are equal: index order decides."""
        ranges = [(Occur.Must, self._range(figure)) for figure in query.figures]
        terms = [self._term("all", word) for word in found_words]
        match query.root:
            case Or() if terms:
                any_of = [(Occur.Should, term) for term in terms]
                return [*ranges, (Occur.Must, Asked.boolean_query(any_of))] if ranges else any_of
            case UnquotedText(text) | Phrase(text) if not terms:
                return [*ranges, (Occur.Must, self._literally(join_pairs(fold(text)).split(" ")))]
        return [*ranges, *((Occur.Must, term) for term in terms)]

    def _ranked(self, required: _Clauses, found_words: Sequence[str]) -> Asked:
        """Return the same with the clauses that weight words by field."""
        more = [
            (Occur.Should, Asked.boost_query(self._term(name, word), weight))
            for word in found_words
            for name, weight in WEIGHTS.items()
        ]
        first = [(Occur.Should, required[0][1])] if len(required) == 1 else required
        return Asked.boolean_query(first + more)

    def _range(self, figure: FigureFilter) -> Asked:
        return Asked.range_query(
            self.index.schema,
            self.columns[figure.key],
            FieldType.Float,
            figure.low,
            figure.high,
            include_lower=not figure.low_open,
            include_upper=not figure.high_open,
            use_inverted_index=self.inverted,
        )

    def _literally(self, pairs: Sequence[str]) -> Asked:
        """Return a phrase of every second bigram and the last, which implies those between."""
        if len(pairs) == 1:
            return self._term("pairs", pairs[0])
        needed = [
            (at, pair) for at, pair in enumerate(pairs) if at % 2 == 0 or at == len(pairs) - 1
        ]
        return Asked.phrase_query(self.index.schema, "pairs", list(needed))

    def _term(self, name: str, text: str) -> Asked:
        return Asked.term_query(self.index.schema, name, text)


def open_searcher(folder: Path, *, inverted: bool = True) -> Searcher:
    """Return a searcher of a written index."""
    return Searcher(open_index(folder), read_names(folder), inverted)


def _words(node: Node) -> Iterator[str]:
    """Yield the words of a word, AND or OR; each must be one token."""
    match node:
        case UnquotedText(text) if len(found := words(fold(text))) == 1:
            yield found[0]
        case And(parts) | Or(parts):
            for part in parts:
                yield from _words(part)
        case _:
            raise ValueError(f"not asked of tantivy: {node}")


def _count(found: tantivy.SearchResult) -> int:
    return int(getattr(found, "count", 0))  # its type stub leaves it out


def _facets(
    searcher: tantivy.Searcher, asked: Asked, names: Sequence[str]
) -> dict[str, dict[str, int]]:
    """Count several facets in one pass."""
    wanted = {
        name: {"terms": {"field": name, "size": _MOST_VALUES, "segment_size": _MOST_VALUES}}
        for name in names
    }
    found = searcher.aggregate(asked, wanted)
    found = json.loads(found) if isinstance(found, str) else found
    buckets = {name: found[name]["buckets"] for name in names}
    return {name: {one["key"]: one["doc_count"] for one in each} for name, each in buckets.items()}
