"""What is in the whole corpus, asked of the engine once for each state of the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from indexer.records import Message, Report
from indexer.search.catalogue.place_names import UNKNOWN
from indexer.search.language.parser import parse_query
from indexer.search.port import FacetCount, SearchEngine, Stats
from indexer.search.query import FacetFilter, Query, Sort

QUESTIONS = (
    ("litigation", "行政诉讼>0"),
    ("corrected", "行政复议.结果纠正>=1"),
    ("received", "新收申请>=1"),
    ("no_request", "层级:乡镇 新收申请=0"),
    ("secrecy_review", '"保密审查"'),
    ("contradictions", "问题:矛盾"),
)
"""Questions to start from; their counts are asked of the engine."""

EXAMPLES = (
    ('"信息公开保密审查"', '"政务公开"', '"信息公开"'),
    ("信访 行政诉讼>0", "政务公开 行政诉讼>0", "政务公开 新收申请>0", "新收申请>=0"),
    ("层级:乡镇 年份:2019..2020", "层级:乡镇", "层级:县", "层级:部门"),
)
"""Searches to show under the box, one of a kind: of each kind the first that finds something."""

_MOST_PLACES = 15
_MOST_FINDINGS = 6
_COUNTED = ("year", "level", "province", "prefecture", "finding")


@dataclass(frozen=True, slots=True)
class Question:
    """A question to start from, with its answer in numbers."""

    title: Message
    text: str
    total: int
    unjudged: int


@dataclass(frozen=True, slots=True)
class Place:
    """A province, or a prefecture in it, with its reports by year."""

    path: tuple[tuple[str, str], ...]
    years: tuple[FacetCount, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What is in the index.

    `wrong` counts the reports in which something does not add up, `examples` are the newest.
    `searches` are examples of what to type, each of which finds something.
    """

    stats: Stats
    facets: dict[str, tuple[FacetCount, ...]]
    wrong: int
    searches: tuple[str, ...]
    questions: tuple[Question, ...]
    examples: tuple[Report, ...]
    places: tuple[Place, ...]


@dataclass(slots=True)
class Overviews:
    """The overview of one engine, worked out anew only when the index has changed."""

    engine: SearchEngine
    _last: tuple[Stats, Overview] | None = None
    _values: tuple[Stats, dict[str, tuple[FacetCount, ...]]] | None = None

    def read(self) -> Overview:
        """Return what is in the index now."""
        stats = self.engine.stats()
        if self._last is None or self._last[0] != stats:
            self._last = (stats, _build(self.engine, stats))
        return self._last[1]

    def values(self, *names: str) -> dict[str, tuple[FacetCount, ...]]:
        """Return all values that some facets have in the index now."""
        stats = self.engine.stats()
        if self._values is None or self._values[0] != stats:
            self._values = (stats, {})
        _, known = self._values
        for name in names:
            if name not in known:
                known[name] = self.engine.facet_values(name)
        return {name: known[name] for name in names}


def known_values(counts: Iterable[FacetCount]) -> tuple[FacetCount, ...]:
    """Return the values of a facet without `unknown`."""
    return tuple(one for one in counts if one.value != UNKNOWN)


def _build(engine: SearchEngine, stats: Stats) -> Overview:
    facets = {name: engine.facet_values(name) for name in _COUNTED}
    wrong = FacetFilter("finding", ("contradiction", "doubt"))
    newest = engine.search(Query(filters=(wrong,), sort=Sort("year", True), size=_MOST_FINDINGS))
    return Overview(
        stats=stats,
        facets=facets,
        wrong=newest.total,
        searches=tuple(_searches(engine)),
        questions=tuple(_ask(engine, key, text) for key, text in QUESTIONS),
        examples=tuple(hit.report for hit in newest.hits),
        places=tuple(_places(engine, facets)),
    )


def _ask(engine: SearchEngine, key: str, text: str) -> Question:
    found = engine.search(_counting(parse_query(text)))
    return Question(Message.of(f"page.question.{key}"), text, found.total, found.unjudged)


def _searches(engine: SearchEngine) -> Iterator[str]:
    for kind in EXAMPLES:
        yield from islice(
            (text for text in kind if engine.search(_counting(parse_query(text))).total), 1
        )


def _counting(query: Query) -> Query:
    return Query(query.text, query.root, query.filters, query.figures, size=1)


def _places(engine: SearchEngine, facets: dict[str, tuple[FacetCount, ...]]) -> list[Place]:
    """By prefecture where these are few, else by province."""
    provinces = [
        _place(engine, (("province", one.value),)) for one in known_values(facets["province"])
    ]
    if len(facets["prefecture"]) > _MOST_PLACES:
        return provinces
    places: list[Place] = []
    for province in provinces:
        inside = engine.search(
            Query(filters=_filters(province.path), facets=("prefecture",), size=1)
        )
        prefectures = known_values(inside.facets["prefecture"])
        below = [_place(engine, (*province.path, ("prefecture", one.value))) for one in prefectures]
        places += below if sum(one.total for one in below) == province.total else [province, *below]
    return places


def _place(engine: SearchEngine, path: tuple[tuple[str, str], ...]) -> Place:
    found = engine.search(Query(filters=_filters(path), facets=("year",), size=1))
    return Place(path, found.facets["year"], found.total)


def _filters(path: tuple[tuple[str, str], ...]) -> tuple[FacetFilter, ...]:
    return tuple(FacetFilter(level, (name,)) for level, name in path)
