"""Refuses a query that names a facet, section, figure or order that does not exist, for engines."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.errors import QueryError
from indexer.records import Message
from indexer.search.catalogue.facets import facets, keyword_fields
from indexer.search.catalogue.figures import figures
from indexer.search.catalogue.name_matching import nearest
from indexer.search.documents import TEXT_FIELDS
from indexer.search.query import FacetFilter, FigureFilter, InSections, Node, Query, nodes_of

_ORDERS = ("relevance", "year")
_MAX_NAME_SHOWN = 60


def validate_query(query: Query) -> None:
    """Raise QueryError where a query names a facet, section, figure or order that is unknown."""
    nodes = [*query.filters, *query.figures, *(nodes_of(query.root) if query.root else ())]
    _check(query, "facet", query.facets, facets())
    _check(
        query,
        "facet",
        (node.field for node in nodes if isinstance(node, FacetFilter)),
        keyword_fields(),
    )
    _check(query, "figure", _figures_named(query, nodes), figures())
    _check(query, "section", _sections_named(nodes), TEXT_FIELDS)
    if query.page < 1 or query.size < 0:
        raise QueryError("query.bad_page", query.text, 0)


def _figures_named(query: Query, nodes: Iterable[Node]) -> Iterable[str]:
    yield from query.histograms
    yield from (node.key for node in nodes if isinstance(node, FigureFilter))
    if query.sort.by not in _ORDERS:
        yield query.sort.by


def _sections_named(nodes: Iterable[Node]) -> Iterable[str]:
    for node in nodes:
        if isinstance(node, InSections):
            yield from node.keys


def _check(query: Query, kind: str, names: Iterable[str], known: Iterable[str]) -> None:
    for name in names:
        if name not in known:
            better = nearest(name, known)
            raise QueryError(
                "query.unknown_name_near" if better else "query.unknown_name",
                query.text,
                0,
                kind=Message.of(f"label.named.{kind}"),
                name=name[:_MAX_NAME_SHOWN],
                nearest=better or "",
            )
