"""Documents → an FTS5 database.

`words` holds the tokens of our segmenter, `pairs` all character bigrams, so that any string of two
or more characters is a phrase of bigrams. Neither keeps a copy of the text. Facets are indexed
columns of `documents`, figures of `figures`: NULL unless `reported`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from bench.stopwatch import Stopwatch
from indexer.search.analysis.segmenter import tokens
from indexer.search.catalogue.figures import figures
from indexer.search.catalogue.histograms import as_float
from indexer.search.documents import TEXT_FIELDS
from indexer.search.port import IndexDocument
from indexer.search.ranking import RANKING
from indexer.serialise.report_json import report_to_dict
from indexer.text.folding import fold, fold_digits

SINGLE_FACETS = ("year", "level", "province", "prefecture", "county", "form")
CUTTING, WORDS, PAIRS, STORED = "cutting", "words", "pairs", "stored"
"""The stages of writing, as the stopwatch knows them."""
_SEVERAL = ("section", "finding", "rule", "region")
_TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'"
"""Cuts at white space alone, so that our words and pairs stay whole."""
_SPACE = "\ue000"
"""Stands for a space within a pair."""
RANK = f"{RANKING.title_weight}, {RANKING.body_weight}"
"""The weights of title and body name, those of our own ranking; every section weighs 1."""
_PRAGMAS = ("cache_size = -262144", "mmap_size = 1073741824", "temp_store = memory")


def open_database(path: Path) -> sqlite3.Connection:
    """Open a database with a cache that holds all of a benchmark."""
    database = sqlite3.connect(path, cached_statements=1024)
    for pragma in _PRAGMAS:
        database.execute(f"PRAGMA {pragma}")
    return database


def figure_columns() -> Mapping[str, str]:
    """Return the column of every figure."""
    return {key: f"f{number}" for number, key in enumerate(figures())}


def write_reports(
    database: sqlite3.Connection, documents: Iterable[IndexDocument], watch: Stopwatch
) -> None:
    """Index and store the reports in one transaction; ordinary indexes are built last."""
    _create(database)
    with database:
        for number, document in enumerate(documents, 1):
            insert_report(database, number, document, watch)
        with watch.stage(WORDS):
            database.execute("INSERT INTO words (words) VALUES ('optimize')")
            _create_indexes(database)
        with watch.stage(PAIRS):
            database.execute("INSERT INTO pairs (pairs) VALUES ('optimize')")
        with watch.stage(WORDS):
            database.execute("ANALYZE")


def insert_report(
    database: sqlite3.Connection, number: int, document: IndexDocument, watch: Stopwatch
) -> None:
    """Insert a report into every table."""
    with watch.stage(CUTTING):
        words = list(_texts(document, "words"))
        columns = [figure_value(document, key) for key in figure_columns()]
        singles = [single_value(document, name) for name in SINGLE_FACETS]
        several = [(field, value, number) for field in _SEVERAL for value in document.facets[field]]
    with watch.stage(WORDS):
        _insert(database, "words", (number, *words))
        _insert(database, "documents", (number, document.id, *singles))
        _insert(database, "figures", (number, *columns))
        database.executemany("INSERT OR IGNORE INTO facets VALUES (?, ?, ?)", several)
    with watch.stage(PAIRS):
        _insert(database, "pairs", (number, *_texts(document, "pairs")))
    with watch.stage(STORED):
        _insert(
            database,
            "reports",
            (number, json.dumps(report_to_dict(document.report), ensure_ascii=False)),
        )


def replace_report(
    database: sqlite3.Connection, number: int, old: IndexDocument, new: IndexDocument
) -> None:
    """Replace a report in one transaction. A contentless index deletes by the old text."""
    with database:
        for table in ("words", "pairs"):
            names = f"{table} ({table}, rowid, {', '.join(TEXT_FIELDS)})"
            row = ("delete", number, *_texts(old, table))
            database.execute(f"INSERT INTO {names} VALUES ({', '.join('?' * len(row))})", row)
        for table in ("documents", "figures", "reports", "facets"):
            database.execute(f"DELETE FROM {table} WHERE number = ?", (number,))
        insert_report(database, number, new, Stopwatch())


def join_pairs(folded: str) -> str:
    """Return the bigrams of a folded text, separated by spaces, with Chinese digits as figures.

    >>> join_pairs("信息公开"), join_pairs("二〇一九")
    ('信息 息公 公开', '20 01 19')
    """
    text = fold_digits(folded).replace(" ", _SPACE)
    return " ".join(map("".join, pairwise(text)))


def join_words(folded: str) -> str:
    """Return the tokens of a folded text, separated by spaces."""
    return " ".join(token.text for token in tokens(folded))


def single_value(document: IndexDocument, facet: str) -> str | None:
    """Return the value of a facet that has one at most."""
    return next(iter(document.facets[facet]), None)


def figure_value(document: IndexDocument, key: str) -> float | None:
    """Return a figure that is `reported`."""
    figure = document.figures.get(key)
    return (
        as_float(figure.value)
        if figure and figure.status == "reported" and figure.value is not None
        else None
    )


def _create(database: sqlite3.Connection) -> None:
    fields = ", ".join(TEXT_FIELDS)
    for table in ("words", "pairs"):
        database.execute(
            f"CREATE VIRTUAL TABLE {table} USING fts5"
            f'({fields}, content="", tokenize="{_TOKENIZER}")'
        )
    database.execute(
        "CREATE TABLE documents (number INTEGER PRIMARY KEY, id, " + ", ".join(SINGLE_FACETS) + ")"
    )
    database.execute(
        "CREATE TABLE facets (field, value, number, PRIMARY KEY (field, value, number))"
        " WITHOUT ROWID"
    )
    database.execute(
        "CREATE TABLE figures (number INTEGER PRIMARY KEY, "
        + ", ".join(figure_columns().values())
        + ")"
    )
    database.execute("CREATE TABLE reports (number INTEGER PRIMARY KEY, report TEXT)")


def _create_indexes(database: sqlite3.Connection) -> None:
    database.execute("CREATE UNIQUE INDEX documents_id ON documents (id)")
    database.execute("CREATE INDEX documents_newest ON documents (year DESC, id)")
    database.execute("CREATE INDEX facets_number ON facets (number)")
    for name in SINGLE_FACETS:
        database.execute(f"CREATE INDEX documents_{name} ON documents ({name})")
    for column in figure_columns().values():
        database.execute(f"CREATE INDEX figures_{column} ON figures ({column})")


def _texts(document: IndexDocument, table: str) -> Iterator[str]:
    join = join_words if table == "words" else join_pairs
    return (join(fold(document.texts.get(field, ""))) for field in TEXT_FIELDS)


def _insert(database: sqlite3.Connection, table: str, row: tuple[object, ...]) -> None:
    names = f"{table} (rowid, {', '.join(TEXT_FIELDS)})" if table in ("words", "pairs") else table
    database.execute(f"INSERT INTO {names} VALUES ({', '.join('?' * len(row))})", row)
