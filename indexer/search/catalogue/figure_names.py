"""The names of figures: from the words of the form, and from what people call them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from indexer.forms.form import FormColumn, FormRow, FormTable, read_forms
from indexer.search.catalogue.caching import catalogue_cache
from indexer.search.catalogue.figures import FigureField, figures
from indexer.search.catalogue.name_matching import squash

_TOTAL_COLUMNS = ("total", "decisions")
"""The columns that a row's name alone means."""
_NUMBERING = re.compile(r"^(?:[一二三四五六七八]、|（[一二三四五六七八]）|\d\.)")
_ASKABLE = re.compile(r"[^\W\d_][\w.·]*")
_MEASURE = re.compile(
    r"(?:的)?(?:案件)?(?:总数量|总件数|数量|件数|总数|总量|起数|宗数|数|量|案件|案)$"
)
"""行政诉讼件数 is the figure 行政诉讼: the form counts cases and nothing else."""


def find_figure(name: str) -> FigureField | None:
    """Return the figure of this key or Chinese name; a row's name alone means its total.

    >>> find_figure("行政诉讼").key, find_figure("行政复议.结果纠正").key
    ('disputes.litigation.total', 'disputes.reconsideration.corrected')
    >>> find_figure("requests.received").key
    'requests.received.total'
    """
    key = _figure_names().get(squash(name))
    return figures()[key] if key else None


def figure_called(name: str) -> FigureField | None:
    """Return the figure of a name as people say it, perhaps with 数 or 件数 after it.

    >>> figure_called("申请量").key, figure_called("败诉案件数").key, figure_called("申请率")
    ('requests.received.total', 'disputes.litigation.corrected', None)
    """
    found = find_figure(name)
    if found:
        return found
    plain = squash(name)
    for other in (plain, _MEASURE.sub("", plain)):
        key = _everyday_names().get(other)
        found = figures()[key] if key else find_figure(other)
        if found:
            return found
    return None


def figure_in_context(word: str) -> FigureField | None:
    """Return the figure that a word means beside a level, a place or a comparison."""
    return figure_called(word) or figures().get(_context_names().get(word, ""))


def figure_name(key: str) -> str:
    """Return the shortest name by which a figure can be asked for.

    >>> figure_name("disputes.litigation.total"), figure_name("disputes.reconsideration.corrected")
    ('行政诉讼', '行政复议·结果纠正')
    """
    field = figures()[key]
    for name in (field.row, field.label):
        found = find_figure(name)
        if found and found.key == key and _ASKABLE.fullmatch(name):
            return name
    return key


def figure_names() -> tuple[str, ...]:
    """Return every name by which a figure is best asked for: rows, then full labels, then keys."""
    rows = tuple(dict.fromkeys(name for name, _ in _rows_as_names()))
    return rows + tuple(field.label for field in figures().values()) + tuple(figures())


# ── name → key ──────────────────────────────────────────────────────────────────────────────────


@catalogue_cache
def _everyday_names() -> Mapping[str, str]:
    return {name: field.key for field in figures().values() for name in field.aliases.everyday}


@catalogue_cache
def _context_names() -> Mapping[str, str]:
    return {name: field.key for field in figures().values() for name in field.aliases.in_context}


@catalogue_cache
def _figure_names() -> Mapping[str, str]:
    """Map every squashed name to a key.

    Of two figures the more literal name wins; a name that means two figures alike is left out.
    """
    names: dict[str, str] = {}
    for pairs in (
        _keys_as_names(),
        _labels_as_names(),
        _rows_as_names(),
        _printed_words(),
        _further_names(),
    ):
        for name, key in _unambiguous(pairs):
            names.setdefault(name, key)
    return names


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    keys_by_name: dict[str, set[str]] = {}
    for name, key in pairs:
        keys_by_name.setdefault(squash(name), set()).add(key)
    for name, keys in keys_by_name.items():
        if len(keys) == 1:
            yield name, next(iter(keys))


def _keys_as_names() -> Iterator[tuple[str, str]]:
    for key in figures():
        yield key, key
        row, _, column = key.rpartition(".")
        if column in _TOTAL_COLUMNS:
            yield row, key


def _labels_as_names() -> Iterator[tuple[str, str]]:
    return ((field.label, field.key) for field in figures().values())


def _rows_as_names() -> Iterator[tuple[str, str]]:
    return (
        (field.row, field.key)
        for field in figures().values()
        if field.key.rpartition(".")[2] in _TOTAL_COLUMNS
    )


def _further_names() -> Iterator[tuple[str, str]]:
    return ((name, field.key) for field in figures().values() for name in field.aliases.names)


def _printed_words() -> Iterator[tuple[str, str]]:
    """Yield the printed wordings: a row with a column, a row for its total, a column of one row."""
    for form in read_forms().values():
        for table in form.tables:
            heads = {squash(word) for column in table.columns for word in _words(column)}
            for row in table.rows:
                for column in table.columns:
                    yield from _cell_words(table, row, column, heads)


def _cell_words(
    table: FormTable, row: FormRow, column: FormColumn, heads: set[str]
) -> Iterator[tuple[str, str]]:
    key = table.key(row, column)
    is_total = column.key in _TOTAL_COLUMNS or len(table.columns) == 1
    for row_word in _words(row):
        for column_word in _words(column):
            yield row_word + column_word, key
        if is_total and squash(row_word) not in heads:
            yield row_word, key
    if table.section == "proactive":
        for column_word in _words(column):
            yield column_word, key


def _words(head: FormRow | FormColumn) -> Iterator[str]:
    """Yield the names of a row or column, also without its numbering and its bracketed notes."""
    short = (head.short,) if isinstance(head, FormRow) else ()
    for word in (*short, head.label, *head.aliases):
        plain = word.split("（区")[0].split("（单")[0]
        yield plain
        yield _NUMBERING.sub("", plain)
