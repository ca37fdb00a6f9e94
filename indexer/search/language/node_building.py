"""Joins and negates the nodes of a query, and moves its filters out of the tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.records import SECTION_KEYS
from indexer.search.catalogue.facets import facets
from indexer.search.query import (
    And,
    FacetFilter,
    FigureFilter,
    InSections,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    UnquotedText,
)


def join_all(parts: Sequence[Node]) -> Node | None:
    """Join parts that all hold; saying one of them twice says no more than saying it once."""
    distinct = tuple(dict.fromkeys(parts))
    return And(distinct) if len(distinct) > 1 else distinct[0] if distinct else None


def join_alternatives(parts: Sequence[Node]) -> Node | None:
    """Join parts of which one holds."""
    distinct = tuple(dict.fromkeys(parts))
    return Or(distinct) if len(distinct) > 1 else distinct[0] if distinct else None


def negate(node: Node) -> Node:
    """Return the opposite; the range of a figure is inverted, so that it stays a figure filter."""
    match node:
        case Not(part):
            return part
        case FacetFilter():
            return replace(node, excluded=not node.excluded)
        case FigureFilter(statuses=()):
            return replace(node, negated=not node.negated)
        case _:
            return Not(node)


def words_beside(root: Node) -> Iterator[UnquotedText]:
    """Yield the plain words at the top of a query."""
    parts = root.parts if isinstance(root, And) else (root,)
    return (part for part in parts if isinstance(part, UnquotedText))


# ── sections ────────────────────────────────────────────────────────────────────────────────────


def join_in_sections(parts: Sequence[Node]) -> Node | None:
    """Join parts that all hold, the words within the sections that a `章节:` beside them names."""
    flat = list(_flattened(parts))
    words = [part for part in flat if _has_words(part)]
    keys = _sections_asked(flat)
    if keys is None or not words:
        return join_all(flat)
    others = [part for part in flat if not _has_words(part) and not _is_scope(part)]
    return join_all([*others, InSections(keys, join_all(words))])


def _flattened(parts: Sequence[Node]) -> Iterator[Node]:
    for part in parts:
        if isinstance(part, And):
            yield from part.parts
        else:
            yield part


def _keys_of_scopes(nodes: Sequence[Node]) -> list[str]:
    """Return the sections that the bare `章节:` among some nodes name."""
    scopes = [node for node in nodes if isinstance(node, InSections) and node.part is None]
    return [key for scope in scopes for key in scope.keys]


def _is_scope(node: Node) -> bool:
    bare = node.part if isinstance(node, Not) else node
    return isinstance(bare, InSections) and bare.part is None


def _sections_asked(parts: Sequence[Node]) -> tuple[str, ...] | None:
    """Return the sections that `章节:` asks for, less those that `-章节:` rules out."""
    wanted = _keys_of_scopes(parts)
    unwanted = _keys_of_scopes([part.part for part in parts if isinstance(part, Not)])
    if not wanted and not unwanted:
        return None
    return tuple(key for key in dict.fromkeys(wanted or SECTION_KEYS) if key not in unwanted)


def _has_words(node: Node) -> bool:
    match node:
        case UnquotedText() | Phrase() | Prefix():
            return True
        case And(parts) | Or(parts):
            return any(_has_words(part) for part in parts)
        case Not(part):
            return _has_words(part)
        case _:
            return False


# ── nodes → query ───────────────────────────────────────────────────────────────────────────────


def build_query(query: Query, root: Node) -> Query:
    """Return the query that asks for a node.

    The filters that hold for the whole query leave the tree, so that a facet is counted without
    its own.
    """
    parts = root.parts if isinstance(root, And) else (root,)
    filters = [part for part in parts if isinstance(part, FacetFilter)]
    figures = tuple(part for part in parts if isinstance(part, FigureFilter))
    rest = [part for part in parts if not isinstance(part, FacetFilter | FigureFilter)]
    return replace(query, root=join_all(rest), filters=tuple(_merged(filters)), figures=figures)


def _merged(filters: Sequence[FacetFilter]) -> list[FacetFilter]:
    """Join filters on a facet with one value a report: side by side, they can only mean either."""
    merged: dict[object, FacetFilter] = {}
    for number, part in enumerate(filters):
        key = (part.field, part.excluded) if facets()[part.field].single else number
        known = merged.get(key)
        values = (*known.values, *part.values) if known else part.values
        merged[key] = replace(part, values=tuple(dict.fromkeys(values)))
    return list(merged.values())
