"""Spelling correction: proposes a query with near words in place of those that occur nowhere.

It is only ever proposed. The segmenter's dictionary and the names of bodies and places say what is
near, the index whether it occurs; no report is read but where the engine reads them to count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from indexer.errors import QueryError
from indexer.search.language.condition_names import is_known
from indexer.search.language.parser import parse_query
from indexer.search.port import MatchCount, ResultPage, SearchEngine
from indexer.search.query import (
    And,
    BodyName,
    FacetFilter,
    InSections,
    Node,
    Or,
    Phrase,
    Prefix,
    Query,
    UnquotedText,
)
from indexer.search.suggest.rewriting import rewrite, rewrite_name
from indexer.search.timed_counter import TimedCounter

_MAX_FEW = 2
"""So few reports are next to none: a word that finds no more may be a slip others made too."""
_MIN_RATIO = 10
"""How many times more must be found to doubt a word that finds something."""
_NEGATIONS = re.compile("[无未没非不免]")
"""Characters without which a text says the contrary: 行政诉讼 is no slip for 无行政诉讼."""
_MAX_LEAVES, _MAX_CHOICES, _MAX_TRIED = 6, 3, 6
"""Each choice and each combination costs a count."""

Leaf = UnquotedText | Phrase | Prefix | BodyName | FacetFilter
_NAMED = ("region", "province", "prefecture", "county", "body")


@dataclass(frozen=True, slots=True)
class Correction:
    """A query to propose: what was replaced by what in it, and what it finds."""

    query: Query
    replaced: tuple[tuple[str, str], ...]
    found: MatchCount


def correct(page: ResultPage, engine: SearchEngine, seconds: float = 1.0) -> Correction | None:
    """Return what may have been meant by the query of a page, None if nothing is.

    In doubt is what occurs in no report, and, where the whole query finds next to nothing, an
    unknown word that next to no report has. QueryError where it takes longer than `seconds`, or one
    count longer than the engine allows a search.
    """
    query, few, counter = (
        page.query,
        page.total <= _MAX_FEW,
        TimedCounter(engine, page.query.text, seconds),
    )
    least = 1 if not page.total else page.total * _MIN_RATIO if few else page.total + 1
    doubts = []
    for leaf in islice(_leaves(query, few), _MAX_LEAVES):
        choices = list(islice(_instead(leaf, few, counter), _MAX_CHOICES))
        if choices:
            doubts.append([(leaf, other) for other in choices])
    for swaps in islice(product(*doubts), _MAX_TRIED) if doubts else ():
        proposed = _swapped(query, swaps)
        found = counter.count(proposed)
        if found.total >= least:
            replaced = tuple((text_of(leaf), text_of(other)) for leaf, other in swaps)
            return Correction(_retyped(proposed, replaced), replaced, found)
    return None


def _instead(leaf: Leaf, few: bool, counter: TimedCounter) -> Iterator[Leaf]:
    """Yield what may have been meant by a leaf that is in doubt, the likeliest first."""
    text = text_of(leaf)
    if isinstance(leaf, UnquotedText) and is_known(text):
        return
    alone = counter.count(_alone(leaf)).total
    if alone > (_MAX_FEW if few else 0):
        return
    for other in _texts_near(leaf, alone, counter.engine)[:_MAX_TRIED]:
        if len(_NEGATIONS.findall(other)) < len(_NEGATIONS.findall(text)):
            continue
        changed = _with_text(leaf, other)
        if counter.count(_alone(changed)).total > alone * _MIN_RATIO:
            yield changed


def _texts_near(leaf: Leaf, alone: int, engine: SearchEngine) -> Sequence[str]:
    """Return the texts that may have been meant; `alone` counts what the leaf finds by itself."""
    text = text_of(leaf)
    if not isinstance(leaf, BodyName | FacetFilter):
        return rewrite(text, alone == 0, engine)
    if alone:
        return ()
    is_body = isinstance(leaf, BodyName) or leaf.field == "body"
    return rewrite_name(text, "body" if is_body else "region", engine)


def _alone(leaf: Leaf) -> Query:
    return Query(filters=(leaf,)) if isinstance(leaf, FacetFilter) else Query(root=leaf)


# ── the leaves of a query ───────────────────────────────────────────────────────────────────────


def text_of(leaf: Leaf) -> str:
    """Return the text of a leaf."""
    return leaf.values[0] if isinstance(leaf, FacetFilter) else leaf.text


def _with_text(leaf: Leaf, text: str) -> Leaf:
    return (
        replace(leaf, values=(text,)) if isinstance(leaf, FacetFilter) else replace(leaf, text=text)
    )


def _leaves(query: Query, few: bool) -> Iterator[Leaf]:
    """Yield the words and names asked for; where enough is found, only alternatives."""
    if query.root:
        yield from dict.fromkeys(_wanted(query.root, few))
    if few:
        yield from (one for one in query.filters if _is_named(one))


def _wanted(node: Node, counts: bool) -> Iterator[Leaf]:
    match node:
        case UnquotedText() | Phrase() | Prefix() | BodyName() | FacetFilter():
            if counts and (not isinstance(node, FacetFilter) or _is_named(node)):
                yield node
        case And(parts) | Or(parts):
            counts_inside = counts or isinstance(node, Or)
            for part in parts:
                yield from _wanted(part, counts_inside)
        case InSections(_, part) if part is not None:
            yield from _wanted(part, counts)
        case _:
            return


def _is_named(node: FacetFilter) -> bool:
    return node.field in _NAMED and len(node.values) == 1 and not node.excluded


def _swapped(query: Query, swaps: tuple[tuple[Leaf, Leaf], ...]) -> Query:
    """Return the first page of the query with each leaf of the pairs replaced."""
    root, filters = query.root, query.filters
    for leaf, other in swaps:
        root = _exchanged(root, leaf, other) if root else None
        filters = tuple(
            other if one == leaf and isinstance(other, FacetFilter) else one for one in filters
        )
    return replace(query, root=root, filters=filters, page=1)


def _exchanged(node: Node, leaf: Leaf, other: Leaf) -> Node:
    match node:
        case _ if node == leaf:
            return other
        case And(parts):
            return And(tuple(_exchanged(part, leaf, other) for part in parts))
        case Or(parts):
            return Or(tuple(_exchanged(part, leaf, other) for part in parts))
        case InSections(keys, part) if part is not None:
            return InSections(keys, _exchanged(part, leaf, other))
        case _:
            return node


def _retyped(query: Query, replaced: tuple[tuple[str, str], ...]) -> Query:
    """Return the query with its text changed likewise, if the text then means the same."""
    text = query.text
    for old, new in replaced:
        text = text.replace(old, new)
    try:
        typed = parse_query(text)
    except QueryError:
        return query
    return replace(query, text=text, repairs=()) if typed.root == query.root else query
