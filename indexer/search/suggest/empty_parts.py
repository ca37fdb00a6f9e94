"""Which part of a query that finds nothing finds nothing by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.errors import QueryError
from indexer.records import Message
from indexer.search.analysis.run_expansion import PARTICLES
from indexer.search.language.intents import read_run
from indexer.search.language.query_text import describe_condition
from indexer.search.port import MatchCount, ResultPage, SearchEngine
from indexer.search.query import And, FacetFilter, FigureFilter, Node, Query, UnquotedText
from indexer.search.timed_counter import TimedCounter

_MAX_PARTS = 8
"""A longer query is described by its first parts."""


@dataclass(frozen=True, slots=True)
class CountedPart:
    """One word or condition of a query, as one would type it, and what it finds by itself."""

    text: str
    found: MatchCount


def count_parts(
    page: ResultPage, engine: SearchEngine, seconds: float = 1.0
) -> tuple[CountedPart, ...]:
    """Return what each word and condition finds by itself where the whole query finds nothing."""
    if page.total:
        return ()
    counter = TimedCounter(engine, page.query.text, seconds)
    counted: list[CountedPart] = []
    try:
        for node in _parts(page.query):
            counted.append(
                CountedPart(describe_condition(node), counter.count(_alone(node, page.query)))
            )
    except QueryError:  # it took too long; what was counted so far holds
        pass
    return tuple(counted)


def describe_parts(parts: Sequence[CountedPart], unjudged: int = 0) -> tuple[Message, ...]:
    """Return sentences that say which parts find nothing, and what the others find.

    >>> from indexer.messages import render
    >>> parts = [CountedPart("最多", MatchCount(0, 0)), CountedPart("层级:乡镇", MatchCount(31, 0))]
    >>> "".join(map(render, describe_parts(parts)))
    '没有报告符合全部条件。单独也找不到：“最多”。单独能找到：“层级:乡镇”31 份。'
    """
    if not parts:
        return ()
    named: dict[str, list[Message]] = {"empty": [], "unjudged": [], "found": []}
    for part in parts:
        kind, message = _named_part(part)
        named[kind].append(message)
    is_apart = len(named["found"]) == len(parts) > 1
    codes = {"found": "found_apart"} if is_apart else {}
    said = (
        Message.of(f"query.parts.{codes.get(kind, kind)}", parts=tuple(messages))
        for kind, messages in named.items()
        if messages
    )
    return (_nothing_found(unjudged), *said)


def _named_part(part: CountedPart) -> tuple[str, Message]:
    """Return whether a part finds reports, may find some or none, and the part with its count."""
    if part.found.total:
        return "found", _counted(part.text, part.found.total)
    if part.found.unjudged:
        return "unjudged", _counted(part.text, part.found.unjudged)
    return "empty", Message.of("query.parts.named", part=part.text)


def _nothing_found(unjudged: int) -> Message:
    if unjudged:
        return Message.of("query.parts.none_but_unjudged", unjudged=unjudged)
    return Message.of("query.parts.none")


def _counted(text: str, count: int) -> Message:
    return Message.of("query.parts.counted", part=text, count=count)


def _parts(query: Query) -> Iterator[Node]:
    parts = query.root.parts if isinstance(query.root, And) else (query.root,) if query.root else ()
    nodes: list[Node] = [*parts, *query.filters, *query.figures]
    if len(nodes) == 1 and isinstance(nodes[0], UnquotedText):
        nodes = list(_words(nodes[0]))
    yield from dict.fromkeys(nodes[:_MAX_PARTS])


def _words(word: UnquotedText) -> Iterator[Node]:
    """Yield the words of a run, adjacent single characters as one; else the run itself."""
    cut: list[str] = []
    single = False
    for piece in read_run(word.text):
        if piece.text in PARTICLES:
            single = False
            continue
        alone = len(piece.text) == 1 and piece.kind in ("text", "none", "some")
        if alone and single:
            cut[-1] += piece.text
        else:
            cut.append(piece.text)
        single = alone
    if len(cut) < 2:
        yield word
    else:
        yield from (UnquotedText(piece) for piece in cut)


def _alone(node: Node, query: Query) -> Query:
    bare = Query(text=query.text, synonyms=query.synonyms, refused=query.refused)
    match node:
        case FacetFilter():
            return replace(bare, filters=(node,))
        case FigureFilter():
            return replace(bare, figures=(node,))
        case _:
            return replace(bare, root=node)
