"""Asks our queries of an FTS5 database: words, phrases, boolean, ranges, sorting, facets.

Of several equivalent statements each is the fastest; `bench/README.md` lists them.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bench.answer import Answer, Table
from bench.fts5.writer import RANK, figure_columns, join_pairs
from indexer.search.analysis.segmenter import words
from indexer.search.query import And, FigureFilter, Node, Or, Phrase, Query, UnquotedText
from indexer.text.folding import fold

_NEWEST_FIRST = "documents.year DESC, documents.id"


@dataclass(frozen=True, slots=True)
class Clause:
    """The part of a statement that selects the matches, over `table`: a text table or `figures`."""

    table: str
    where: str
    values: tuple[float | str, ...]


@dataclass(slots=True)
class Searcher:
    """Asks a database. `columns` are those of the figures, `reports` the number of reports."""

    database: sqlite3.Connection
    columns: Mapping[str, str] = field(default_factory=figure_columns)
    reports: int = field(init=False)

    def __post_init__(self) -> None:
        self.reports = int(self.database.execute("SELECT count(*) FROM documents").fetchone()[0])

    def find(self, query: Query, table: Table = "words") -> Answer:
        """Answer a query: total, ids of the page and facets, without stored reports."""
        return self._answer(query, table)[0]

    def search(self, query: Query, table: Table = "words") -> Answer:
        """Answer a query and read the stored reports of the page."""
        answer, numbers = self._answer(query, table)
        for number in numbers:
            self.database.execute(
                "SELECT report FROM reports WHERE number = ?", (number,)
            ).fetchone()
        return answer

    def frequencies(self) -> dict[str, int]:
        """Return every token, in order, with its document frequency."""
        self.database.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, words, row)"
        )
        return dict(self.database.execute("SELECT term, doc FROM temp.vocabulary ORDER BY term"))

    def count(self, text: str, table: Table) -> int:
        """Return how many reports contain a word, or, with `pairs`, a string of two or more
        characters.
        """
        return self._total(self._clause(Query(root=UnquotedText(text)), table))

    def _answer(self, query: Query, table: Table) -> tuple[Answer, list[int]]:
        clause = self._clause(query, table)
        total = self._total(clause)
        found = self.database.execute(*self._page(clause, query, total)).fetchall()
        facets = self._facets(clause, query.facets) if query.facets else {}
        return Answer(total, tuple(name for _, name in found), facets), [
            number for number, _ in found
        ]

    def _clause(self, query: Query, table: Table) -> Clause:
        """Combine the conditions. The set of matching figures is materialised first."""
        bounds = [bound for figure in query.figures for bound in self._bounds(figure)]
        where, values = " AND ".join(sql for sql, _ in bounds), [value for _, value in bounds]
        if query.root is None:
            return Clause("figures", where, tuple(values))
        among = (
            f" AND +{table}.rowid IN (SELECT number FROM figures WHERE {where})" if bounds else ""
        )
        return Clause(table, f"{table} MATCH ?{among}", (_expression(query.root, table), *values))

    def _bounds(self, figure: FigureFilter) -> Iterator[tuple[str, float]]:
        column = f"figures.{self.columns[figure.key]}"
        if figure.low is not None:
            yield f"{column} {'>' if figure.low_open else '>='} ?", figure.low
        if figure.high is not None:
            yield f"{column} {'<' if figure.high_open else '<='} ?", figure.high

    def _total(self, clause: Clause) -> int:
        sql = f"SELECT count(*) FROM {clause.table} WHERE {clause.where}"
        return int(self.database.execute(sql, clause.values).fetchone()[0])

    def _page(self, clause: Clause, query: Query, total: int) -> tuple[str, Sequence[float | str]]:
        """Return the statement that selects the page, and its values."""
        values = (*clause.values, query.size)
        if query.sort.by != "relevance":
            direction = "DESC" if query.sort.descending else "ASC"
            order = f"figures.{self.columns[query.sort.by]} {direction} NULLS LAST, {_END}"
            among = f"+figures.number IN (SELECT rowid FROM {clause.table} WHERE {clause.where})"
            return (
                f"{_NAMES} figures CROSS JOIN documents USING (number)"
                f" WHERE {among} ORDER BY {order}",
                values,
            )
        if clause.table != "figures":
            best = (
                f"SELECT rowid AS best FROM {clause.table} WHERE {clause.where}"
                f" ORDER BY {_rank(clause.table)} LIMIT ?"
            )
            return f"{_NAMES} ({best}) CROSS JOIN documents ON documents.number = best", values
        # With this many matches, scanning from the newest report is faster than sorting.
        if total * total > query.size * self.reports:
            return (
                f"{_NAMES} documents CROSS JOIN figures USING (number)"
                f" WHERE {clause.where} ORDER BY {_END}",
                values,
            )
        sources = "figures CROSS JOIN documents USING (number)"
        return f"{_NAMES} {sources} WHERE {clause.where} ORDER BY +{_END}", values

    def _facets(self, clause: Clause, names: tuple[str, ...]) -> dict[str, Counter[str]]:
        """Count several facets in one pass: group by all of them, then add up."""
        columns = ", ".join(f"documents.{name}" for name in names)
        sources = f"{clause.table} CROSS JOIN documents ON documents.number = {clause.table}.rowid"
        sql = f"SELECT {columns}, count(*) FROM {sources} WHERE {clause.where} GROUP BY {columns}"
        counts: dict[str, Counter[str]] = {name: Counter() for name in names}
        for *group, number in self.database.execute(sql, clause.values):
            for name, value in zip(names, group, strict=True):
                if value is not None:
                    counts[name][value] += number
        return counts


_NAMES = "SELECT documents.number, documents.id FROM"
_END = f"{_NEWEST_FIRST} LIMIT ?"


def _rank(table: str) -> str:
    """Return the ranking expression of a text table. The hidden column `rank` is slower."""
    return f"bm25({table}, {RANK})"


def _expression(node: Node, table: Table) -> str:
    """Return the MATCH expression: tokens joined by AND in `words`, a phrase in `pairs`."""
    match node:
        case UnquotedText(text) | Phrase(text):
            folded = fold(text)
            return (
                _quoted(join_pairs(folded))
                if table == "pairs"
                else " AND ".join(map(_quoted, words(folded)))
            )
        case And(parts):
            return " AND ".join(f"({_expression(part, table)})" for part in parts)
        case Or(parts):
            return " OR ".join(f"({_expression(part, table)})" for part in parts)
        case _:
            raise ValueError(f"not asked of FTS5: {node}")


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
