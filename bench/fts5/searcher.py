"""Our queries asked of an FTS5 database: of words, phrases, and, or; figure ranges; an order; facets."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bench.answer import Answer, Table
from bench.fts5.writer import figure_columns, join_pairs
from indexer.search.facets import ordered_counts
from indexer.search.port import FacetCount
from indexer.search.query import And, FigureFilter, Node, Or, Phrase, Query, Word
from indexer.search.segment import words
from indexer.text import fold


@dataclass(frozen=True, slots=True)
class Clause:
    """The part of a statement that says which reports match. `table`: the text table asked, if any."""

    table: Table | None
    where: str
    values: tuple[float | str, ...]

    def sources(self, *needed: str) -> str:
        """Return the tables to read: the text table, those of the conditions, and those needed besides, all joined."""
        others = [name for name in ("figures", "documents") if name in needed or f"{name}." in self.where]
        first, *rest = (self.table, *others) if self.table else others
        return first + "".join(f" JOIN {name} ON {name}.number = {first}.rowid" for name in rest)


@dataclass(frozen=True, slots=True)
class Searcher:
    """Asks a database. `columns` are those of the figures."""

    database: sqlite3.Connection
    columns: Mapping[str, str] = field(default_factory=figure_columns)

    def search(self, query: Query, table: Table = "words") -> Answer:
        """Answer a query: the total, the ids of the first page with their stored reports read, and the facets."""
        clause = self._clause(query, table)
        facets = self._facets(clause, query.facets) if query.facets else {}
        return Answer(self._total(clause), self._page(clause, query), facets)

    def frequencies(self) -> dict[str, int]:
        """Return every word in order with the number of reports that have it."""
        self.database.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, words, row)")
        return dict(self.database.execute("SELECT term, doc FROM temp.vocabulary ORDER BY term"))

    def count(self, text: str, table: Table) -> int:
        """Return how many reports have a word, or, with `pairs`, contain a string of two or more characters."""
        return self._total(self._clause(Query(root=Word(text)), table))

    def _clause(self, query: Query, table: Table) -> Clause:
        parts: list[str] = []
        values: list[float | str] = []
        if query.root is not None:
            parts.append(f"{table} MATCH ?")
            values.append(_expression(query.root, table))
        for sql, value in (bound for figure in query.figures for bound in self._bounds(figure)):
            parts.append(sql)
            values.append(value)
        return Clause(table if query.root is not None else None, " AND ".join(parts), tuple(values))

    def _bounds(self, figure: FigureFilter) -> Iterator[tuple[str, float]]:
        column = f"figures.{self.columns[figure.key]}"
        if figure.low is not None:
            yield f"{column} {'>' if figure.low_open else '>='} ?", figure.low
        if figure.high is not None:
            yield f"{column} {'<' if figure.high_open else '<='} ?", figure.high

    def _total(self, clause: Clause) -> int:
        sql = f"SELECT count(*) FROM {clause.sources()} WHERE {clause.where}"
        return int(self.database.execute(sql, clause.values).fetchone()[0])

    def _page(self, clause: Clause, query: Query) -> tuple[str, ...]:
        order, needed = "documents.year DESC, documents.id", ["documents"]
        if query.sort.by != "relevance":
            direction = "DESC" if query.sort.descending else "ASC"
            order = f"figures.{self.columns[query.sort.by]} {direction} NULLS LAST, {order}"
            needed.append("figures")
        elif clause.table:
            order = f"{clause.table}.rank"
        sql = (
            f"SELECT documents.number, documents.id FROM {clause.sources(*needed)} "
            f"WHERE {clause.where} ORDER BY {order} LIMIT ?"
        )
        found = self.database.execute(sql, (*clause.values, query.size)).fetchall()
        for number, _ in found:
            self.database.execute("SELECT report FROM reports WHERE number = ?", (number,)).fetchone()
        return tuple(name for _, name in found)

    def _facets(self, clause: Clause, names: tuple[str, ...]) -> dict[str, tuple[FacetCount, ...]]:
        """Count several facets in one go: group by all of them, then add up."""
        columns = ", ".join(f"documents.{name}" for name in names)
        sql = f"SELECT {columns}, count(*) FROM {clause.sources('documents')} WHERE {clause.where} GROUP BY {columns}"
        counts: dict[str, Counter[str]] = {name: Counter() for name in names}
        for *group, number in self.database.execute(sql, clause.values):
            for name, value in zip(names, group, strict=True):
                if value is not None:
                    counts[name][value] += number
        return {name: ordered_counts(found) for name, found in counts.items()}


def _expression(node: Node, table: Table) -> str:
    """Return what to match. In `words` a run of several words is all of them; in `pairs` it stands literally."""
    match node:
        case Word(text) | Phrase(text):
            folded = fold(text)
            return _quoted(join_pairs(folded)) if table == "pairs" else " AND ".join(map(_quoted, words(folded)))
        case And(parts):
            return " AND ".join(f"({_expression(part, table)})" for part in parts)
        case Or(parts):
            return " OR ".join(f"({_expression(part, table)})" for part in parts)
        case _:
            raise ValueError(f"not asked of FTS5: {node}")


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
