"""Counts the conditions of a search, each once however often it is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from indexer.search.query import And, FacetFilter, InSections, Node, Not, Or, Query

MAX_CONDITIONS = 64
"""Each condition is work for the engine, a chip on the page, and part of every link."""

ConditionKey: TypeAlias = object


def conditions_of(query: Query) -> frozenset[ConditionKey]:
    """Return a key for each word, each value of a facet and each range of a figure in a search.

    >>> years = FacetFilter("year", ("2019", "2020")), FacetFilter("year", ("2019",))
    >>> len(conditions_of(Query(filters=years)))
    2
    """
    nodes = (*([query.root] if query.root else ()), *query.filters, *query.figures)
    return frozenset(key for node in nodes for key in keys_in(node))


def keys_in(node: Node) -> Iterator[ConditionKey]:
    """Yield a key for each condition in a node; what is said twice has the same key twice."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from keys_in(part)
        case Not(part):
            yield from keys_in(part)
        case InSections(keys, part):
            yield from (("section", key) for key in keys)
            if part is not None:
                yield from keys_in(part)
        case FacetFilter(field, values, excluded):
            yield from ((field, excluded, value) for value in values)
        case _:
            yield node
