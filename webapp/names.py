"""The names of facets, values, figures and statuses as messages, worded by the page."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.messages.catalogue import DEFAULT_LANGUAGE, read_catalogue
from indexer.records import Message
from indexer.search.catalogue.facets import facets
from indexer.search.catalogue.figures import FigureField, figures

Text = Message | str
"""A message, or text that is the same in every language, such as the name of a place."""


def label_of(group: str, key: str) -> Text:
    """Return the word for a key; the key itself where no catalogue has a word for it.

    >>> label_of("status", "blank"), label_of("year", "2019")
    (Message(code='label.status.blank', params=()), '2019')
    """
    code = f"label.{group}.{key}"
    return Message.of(code) if code in read_catalogue(DEFAULT_LANGUAGE) else key


def facet_name(name: str) -> Text:
    """Return the name of a facet."""
    named = label_of("facet", name)
    return facets()[name].label if named == name else named


def value_name(facet: str, value: str) -> Text:
    """Return a value of a facet in words."""
    return label_of(facet, value)


def figure_name(key: str) -> Text:
    """Return the name of a figure: its row and its column."""
    own = label_of("figure", key)
    return in_both(figures()[key].label, Message.of("form.cell", key=key)) if own == key else own


def short_figure_name(key: str) -> Text:
    """Return the name of a figure, without the column where that is the total."""
    if not key.endswith(".total"):
        return figure_name(key)
    name = Message.of("form.row", key=key.rpartition(".")[0])
    return in_both(figures()[key].label.removesuffix("·总计"), name)


def row_name(field: FigureField) -> Text:
    """Return the name of a figure's row."""
    return in_both(field.row, Message.of("form.row", key=field.key.rpartition(".")[0]))


def column_name(field: FigureField) -> Text:
    """Return the name of a figure's column."""
    column = f"{field.section}.*.{field.key.rpartition('.')[2]}"
    return in_both(field.column, Message.of("form.column", key=column))


def in_both(chinese: str, other: Text) -> Message:
    """Return a text with its translation, which readers of every other language get."""
    return Message.of("page.in_both", chinese=chinese, other=other)


def one_of(parts: Iterable[Text]) -> Text:
    """Return the parts joined by “or”."""
    texts = tuple(parts)
    return texts[0] if len(texts) == 1 else Message.of("page.or", parts=texts)
