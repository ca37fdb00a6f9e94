"""Which part of a query that finds nothing finds nothing by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.errors import QueryError
from indexer.search.analysis.run_expansion import PARTICLES
from indexer.search.language.intents import read_run
from indexer.search.language.query_text import describe_condition
from indexer.search.port import Count, ResultPage, SearchEngine
from indexer.search.query import And, FacetFilter, FigureFilter, Node, Query, UnquotedText
from indexer.search.timed_counter import TimedCounter

_MOST = 8


@dataclass(frozen=True, slots=True)
class CountedPart:
    """One word or condition of a query, as one would type it, and what it finds by itself."""

    text: str
    found: Count


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


def describe_parts(parts: Sequence[CountedPart], unjudged: int = 0) -> str:
    """Return in a sentence which parts find nothing, and what the others find.

    >>> describe_parts([CountedPart("最多", Count(0, 0)), CountedPart("层级:乡镇", Count(31, 0))])
    '没有报告符合全部条件。单独也找不到：“最多”。单独能找到：“层级:乡镇”31 份。'
    """
    if not parts:
        return ""
    nothing = [
        f"“{part.text}”" for part in parts if not part.found.total and not part.found.unjudged
    ]
    open_ = [
        f"“{part.text}”{part.found.unjudged} 份"
        for part in parts
        if not part.found.total and part.found.unjudged
    ]
    others = [f"“{part.text}”{part.found.total} 份" for part in parts if part.found.total]
    pieces = ["没有报告符合全部条件" + (f"，另有 {unjudged} 份无法判断。" if unjudged else "。")]
    pieces += [f"单独也找不到：{'、'.join(nothing)}。"] if nothing else []
    pieces += [f"单独查也无法判断：{'、'.join(open_)}。"] if open_ else []
    together = "，合在一起没有" if not nothing and not open_ and len(others) > 1 else ""
    pieces += [f"单独能找到：{'、'.join(others)}{together}。"] if others else []
    return "".join(pieces)


def _parts(query: Query) -> Iterator[Node]:
    parts = query.root.parts if isinstance(query.root, And) else (query.root,) if query.root else ()
    nodes: list[Node] = [*parts, *query.filters, *query.figures]
    if len(nodes) == 1 and isinstance(nodes[0], UnquotedText):
        nodes = list(_words(nodes[0]))
    yield from dict.fromkeys(nodes[:_MOST])


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
