"""The arguments of an address ⇄ what is asked, for pages and the API alike."""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NoReturn, TypeVar

from indexer.records import Status
from indexer.search.analysis.synonyms import NO_SYNONYMS, Synonyms, with_synonyms
from indexer.search.catalogue.fields import (
    Facet,
    FigureField,
    facets,
    figures,
    find_status,
    find_value,
    misplaced_code,
)
from indexer.search.catalogue.name_matching import nearest
from indexer.search.language.conditions import read_number
from indexer.search.language.parser import parse_query
from indexer.search.language.query_size import MAX_CONDITIONS, conditions_of
from indexer.search.language.query_text import number_text, print_query
from indexer.search.query import ALL_SYNONYMS, And, FacetFilter, FigureFilter, Query, Sort
from webapp.arguments.catalogue import (
    DEFAULT_FIGURE,
    MOST_SHOWN,
    REFUSED,
    SINGLE,
    SUFFIXES,
    Argument,
    ArgumentError,
    Pairs,
    describe,
    refuse_name,
    refuse_twice,
    shown,
    with_name,
    with_value,
)

LARGEST_SIZE = 100
LARGEST_PAGE = 1_000_000
_BOXES = {"min": "最小值", "max": "最大值"}
_ORDERS = ("relevance", "year", "-year")
_DEFAULT = Query()
_KEPT_QUERIES = 64
_KEPT_CONDITIONS = 256
_LONGEST_MARKED = 200
"""A longer query is not carried along to the reports, to be marked there: every link of a page would repeat it."""
_T = TypeVar("_T")
_C = TypeVar("_C", FacetFilter, FigureFilter)


@dataclass(frozen=True, slots=True)
class ReportArguments:
    """What a report's address asks for: the query whose words to mark, less some synonyms; whether every cell is a link."""

    words: str = ""
    all_linked: bool = False
    refused: tuple[str, ...] = ()

    @property
    def marked(self) -> Pairs:
        """The arguments that say which words to mark."""
        return _build_marked(self.words, self.refused)


# ── arguments → what is asked ───────────────────────────────────────────────────────────────────────────────────


def parse_search(pairs: Iterable[tuple[str, str]], synonyms: Synonyms = NO_SYNONYMS) -> Query:
    """Return the search that an address asks for; ArgumentError names the argument at fault, QueryError the place in `q`.

    `figure` with `min` and `max`, as the form without scripts sends them, mean `<figure>_min` and `<figure>_max`, in
    place of every range that this figure had; the ranges of other figures stay.
    """
    reading = _Reading(tuple(pairs))
    for at, (name, value) in enumerate(reading.pairs):
        reading.take(at, name, value)
    query = _read_text(reading.single.get("q", ("", 0))[0].strip())
    figure_filters = reading.figure_filters()
    set_anew = reading.figure() if is_form(reading.pairs) else None
    asked = replace(
        query,
        filters=query.filters + reading.facet_filters(),
        figures=tuple(one for one in query.figures if one.key != set_anew or not is_range(one))
        + figure_filters,
        sort=reading.sort(),
        page=reading.number("page", 1, LARGEST_PAGE),
        size=reading.number("size", _DEFAULT.size, LARGEST_SIZE),
        facets=tuple(facet.name for facet in facets().values() if facet.counted),
        include_unjudged=reading.switch("unjudged"),
        refused=reading.refused_synonyms(),
    )
    if len(conditions_of(asked)) + len(asked.refused) > MAX_CONDITIONS:
        reading.refuse_number()
    asked = with_synonyms(asked, synonyms)
    first = reading.figure() or default_figure(asked)
    return replace(asked, histograms=tuple(dict.fromkeys((first, *reading.further_figures()))))


def parse_report(pairs: Iterable[tuple[str, str]]) -> ReportArguments:
    """Return what a report's address asks for. Anything else in it is passed over: who shares a link may hang things on it."""
    given = list(pairs)
    first = dict(reversed(given))
    words = first.get("q", "").strip()
    refused = [ALL_SYNONYMS] if first.get("synonyms") == "off" else []
    refused += [value.strip() for name, value in given if name == REFUSED and value.strip()]
    return ReportArguments(
        words, first.get("cells") == "links", tuple(dict.fromkeys(refused)) if words else ()
    )


def default_figure(query: Query) -> str:
    """Return the figure whose distribution is shown unless another is asked for: one in force, or else 新收申请."""
    in_force = (
        *(figure.key for figure in query.figures),
        *([query.sort.by] if query.sort.by in figures() else []),
    )
    return next(iter(in_force), DEFAULT_FIGURE)


def is_range(figure: FigureFilter) -> bool:
    """Say whether the figure form can show a condition: what is ruled out, and a status, it cannot."""
    return not figure.statuses and not figure.negated


def is_form(pairs: Iterable[tuple[str, str]]) -> bool:
    """Say whether the pairs come from the figure form and should be answered with the address they mean."""
    return any(name in ("min", "max") for name, _ in pairs)


# ── what is asked → arguments ───────────────────────────────────────────────────────────────────────────────────


def build_search(query: Query) -> Pairs:
    """Return the arguments that ask for this search: in one order, what is the default left out.

    `q` is the text as typed while all that it says is still asked for; else it is written anew, what an argument of its
    own can say left out of it.
    """
    text, filters, conditions = _split(query)
    pairs = list(_build_marked(text, query.refused))
    for one in filters:
        pairs.extend(
            (f"-{one.field}" if one.excluded else one.field, value) for value in one.values
        )
    for figure in conditions:
        bounds = (("min", figure.low), ("max", figure.high))
        pairs.extend(
            (f"{figure.key}_{end}", number_text(bound))
            for end, bound in bounds
            if bound is not None
        )
        pairs.extend((f"{figure.key}_status", status) for status in figure.statuses)
    if query.sort != _DEFAULT.sort:
        pairs.append(("sort", ("-" if query.sort.descending else "") + query.sort.by))
    if query.include_unjudged:
        pairs.append(("unjudged", "1"))
    if query.histograms not in ((), (default_figure(query),)):
        pairs.extend(("figure", key) for key in query.histograms)
    if query.size != _DEFAULT.size:
        pairs.append(("size", str(query.size)))
    if query.page != 1:
        pairs.append(("page", str(query.page)))
    return tuple(pairs)


def build_marked(query: Query) -> Pairs:
    """Return the arguments that a link to a report carries along, for the report to mark the words of a query."""
    return (
        _build_marked(query.text, query.refused) if 0 < len(query.text) <= _LONGEST_MARKED else ()
    )


def _build_marked(text: str, refused: Iterable[str]) -> Pairs:
    off = (("synonyms", "off") if word == ALL_SYNONYMS else (REFUSED, word) for word in refused)
    return (*((("q", text),) if text else ()), *off)


def _split(query: Query) -> tuple[str, list[FacetFilter], list[FigureFilter]]:
    """Return the text, and the filters that go into arguments of their own."""
    typed = _read_text(query.text)
    if (
        typed.root == query.root
        and _holds(query.filters, typed.filters)
        and _holds(query.figures, typed.figures)
    ):
        text, filters, conditions = (
            query.text,
            _less(query.filters, typed.filters),
            _less(query.figures, typed.figures),
        )
        if filters == _for_arguments(filters, _facet_kind) and conditions == _for_arguments(
            conditions, _figure_kind
        ):
            return text, filters, conditions
    filters = _for_arguments(query.filters, _facet_kind)
    conditions = _for_arguments(query.figures, _figure_kind)
    root = query.root.parts if isinstance(query.root, And) else (query.root,) if query.root else ()
    rest = (*root, *_less(query.filters, filters), *_less(query.figures, conditions))
    return print_query(rest), filters, conditions


@lru_cache(_KEPT_QUERIES)
def _read_text(text: str) -> Query:
    """Read a text once for all the links of a page: each of them asks what the text says already."""
    return parse_query(text)


def _for_arguments(conditions: Sequence[_C], kind: Callable[[_C], object]) -> list[_C]:
    """Those that arguments can say. Of two of one kind the second is not: arguments would join them to something else."""
    taken: dict[object, _C] = {}
    for condition in conditions:
        if _is_argument(condition):
            taken.setdefault(kind(condition), condition)
    return list(taken.values())


def _facet_kind(condition: FacetFilter) -> object:
    return condition.field, condition.excluded


def _figure_kind(condition: FigureFilter) -> object:
    return condition.key, not condition.statuses


@lru_cache(_KEPT_CONDITIONS)
def _is_argument(condition: FacetFilter | FigureFilter) -> bool:
    """Say whether arguments can say it: single values, and ranges that are closed and asked for, not ruled out."""
    if isinstance(condition, FacetFilter):
        facet = facets()[condition.field]
        return all(find_value(facet, value) == value for value in condition.values)
    return not (condition.negated or condition.low_open or condition.high_open)


def _holds(all_of: Sequence[_T], part: Sequence[_T]) -> bool:
    return not part or Counter(part) <= Counter(all_of)


def _less(all_of: Sequence[_T], part: Sequence[_T]) -> list[_T]:
    rest = list(all_of)
    for one in part:
        if one in rest:
            rest.remove(one)
    return rest


# ── the reading of one address ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Reading:
    """The arguments sorted by kind, each with its place in `pairs`."""

    pairs: Pairs
    single: dict[str, tuple[str, int]] = field(default_factory=dict)
    further: list[tuple[str, int]] = field(default_factory=list)
    """The figures to look at besides the first."""
    chosen: dict[tuple[str, bool], list[str]] = field(default_factory=dict)
    bounds: dict[tuple[str, str], tuple[float, int]] = field(default_factory=dict)
    statuses: dict[str, list[Status]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def take(self, at: int, name: str, value: str) -> None:
        facet = name.removeprefix("-")
        key, _, suffix = name.rpartition("_")
        if name == "figure" and name in self.single:
            self.further.append((value, at))
        elif name in SINGLE:
            if name in self.single:
                refuse_twice(self.pairs, at)
            self.single[name] = (value, at)
        elif name == REFUSED:
            self.refused.extend(filter(None, [value.strip()]))
        elif facet in facets():
            self._choose(at, facet, value, excluded=name != facet)
        elif suffix in SUFFIXES and key in figures():
            self._limit(at, figures()[key], suffix, value)
        else:
            refuse_name(self.pairs, at)

    def _choose(self, at: int, name: str, value: str, excluded: bool) -> None:
        facet = facets()[name]
        found = find_value(facet, value)
        if found is None:
            self._refuse_code(at, facet, value, "-" if excluded else "")
            known = tuple(facet.values.values()) or ("2019",)
            guess = facet.values.get(nearest(value, facet.values) or "") or known[0]
            self._refuse(
                at,
                f"{facet.label}没有{shown(value)}这一项",
                f"{facet.label}：{'、'.join(known[:9])}",
                guess,
            )
        values = self.chosen.setdefault((name, excluded), [])
        if found not in values:
            values.append(found)

    def _refuse_code(self, at: int, facet: Facet, code: str, sign: str) -> None:
        """Refuse the code of a place of another level, with the argument that takes it."""
        other = misplaced_code(facet, code)
        if other:
            near = Argument(sign + other.name, f"{other.label}的名称或代码", code)
            message = f"参数 {self.pairs[at][0]}：{shown(code)}不是{facet.label}的代码。"
            raise ArgumentError(
                message, self.pairs, at, (near,), with_name(self.pairs, at, near.name)
            )

    def _limit(self, at: int, figure: FigureField, suffix: str, value: str) -> None:
        if suffix == "status":
            status = find_status(value)
            if status is None:
                self._refuse(at, f"没有{shown(value)}这种格子", "格子的状态：空、缺、疑……", "blank")
            if status not in self.statuses.setdefault(figure.key, []):
                self.statuses[figure.key].append(status)
            return
        if (figure.key, suffix) in self.bounds:
            refuse_twice(self.pairs, at)
        if value.strip():
            self.bounds[figure.key, suffix] = (self._bound(at, figure, value), at)

    def _bound(self, at: int, figure: FigureField, value: str) -> float:
        bound = read_number(value)
        if bound is None or math.isinf(bound):
            self._refuse(at, f"{shown(value)}不是数", f"{figure.label}的一个数，如 1", "1")
        return bound

    def facet_filters(self) -> tuple[FacetFilter, ...]:
        keys = [
            (name, excluded)
            for name in facets()
            for excluded in (False, True)
            if (name, excluded) in self.chosen
        ]
        return tuple(
            FacetFilter(name, tuple(self.chosen[name, excluded]), excluded)
            for name, excluded in keys
        )

    def figure_filters(self) -> tuple[FigureFilter, ...]:
        self._take_form()
        filters = []
        for key in figures():
            low, high = self.bounds.get((key, "min")), self.bounds.get((key, "max"))
            if low and high and low[0] > high[0]:
                self._refuse_reversed(figures()[key], low[1], high[1])
            if low or high:
                filters.append(FigureFilter(key, low and low[0], high and high[0]))
            if key in self.statuses:
                filters.append(FigureFilter(key, statuses=tuple(self.statuses[key])))
        return tuple(filters)

    def _take_form(self) -> None:
        """Read `figure`, `min`, `max`: the range is that of the figure, in place of the one it had."""
        ends = {end: self.single[end] for end in ("min", "max") if end in self.single}
        if not ends:
            return
        key = self.figure()
        if key is None:
            at = next(iter(ends.values()))[1]
            self._refuse(at, "要同时用 figure 说明是哪个数", "数的范围，须与 figure 同用", None)
        for end, (value, at) in ends.items():
            self.bounds.pop((key, end), None)
            if value.strip():
                self.bounds[key, end] = (self._bound(at, figures()[key], value), at)

    def figure(self) -> str | None:
        value, at = self.single.get("figure", ("", 0))
        return self._figure(value, at)

    def further_figures(self) -> Iterator[str]:
        for number, (value, at) in enumerate(self.further, 2):
            if number > MOST_SHOWN:
                self._refuse(
                    at, f"一次最多看 {MOST_SHOWN} 个数", describe("figure").meaning, DEFAULT_FIGURE
                )
            if key := self._figure(value, at):
                yield key

    def _figure(self, value: str, at: int) -> str | None:
        if value and value not in figures():
            guess = nearest(value, figures()) or DEFAULT_FIGURE
            self._refuse(at, f"没有{shown(value)}这个数", figures()[guess].label, guess)
        return value or None

    def sort(self) -> Sort:
        value, at = self.single.get("sort", ("relevance", 0))
        by = value.removeprefix("-")
        if value in _ORDERS or by in figures():
            return Sort(by, value != by) if by != "relevance" else Sort()
        guess = next(
            iter(difflib.get_close_matches(value, (*_ORDERS, *figures()), 1, 0.3)), "relevance"
        )
        return self._refuse(
            at, f"不能按{shown(value)}排序", "次序：relevance、year、-year，或一个数的键", guess
        )

    def number(self, name: str, default: int, largest: int) -> int:
        value, at = self.single.get(name, ("", 0))
        if not value.strip():
            return default
        plain = unicodedata.normalize("NFKC", value).strip()
        if not re.fullmatch(r"[0-9]{1,9}", plain) or not 1 <= int(plain) <= largest:
            guess = str(largest) if re.fullmatch(r"0*[1-9][0-9]*", plain) else str(default)
            self._refuse(
                at, f"应是 1 到 {largest} 的整数，却是{shown(value)}", describe(name).meaning, guess
            )
        return int(plain)

    def switch(self, name: str) -> bool:
        value, at = self.single.get(name, ("", 0))
        if value not in ("", "0", "1"):
            self._refuse(at, f"应是 1 或 0，却是{shown(value)}", describe(name).meaning, "1")
        return value == "1"

    def refused_synonyms(self) -> tuple[str, ...]:
        value, at = self.single.get("synonyms", ("", 0))
        if value not in ("", "on", "off"):
            self._refuse(
                at, f"应是 on 或 off，却是{shown(value)}", describe("synonyms").meaning, "off"
            )
        every = [ALL_SYNONYMS] if value == "off" else []
        return tuple(dict.fromkeys([*every, *self.refused]))

    def refuse_number(self) -> NoReturn:
        """Refuse the last condition of a search that has too many."""
        at = max(at for at, (name, _) in enumerate(self.pairs) if name not in SINGLE)
        fault = f"条件太多，连同检索式一次最多 {MAX_CONDITIONS} 个。请删去一些，或分几次检索"
        raise ArgumentError(f"参数 {self.pairs[at][0]}：{fault}。", self.pairs, at, (), None)

    def _refuse(self, at: int, fault: str, meaning: str, guess: str | None) -> NoReturn:
        name = self.pairs[at][0]
        near = (Argument(name, meaning, guess),) if guess is not None else (describe("figure"),)
        fixed = with_value(self.pairs, at, guess) if guess is not None else None
        raise ArgumentError(f"{self._called(at)}：{fault}。", self.pairs, at, near, fixed)

    def _called(self, at: int) -> str:
        """What a visitor knows an argument by: a box of the figure form by its label."""
        name = self.pairs[at][0]
        figure = figures().get(self.single.get("figure", ("", 0))[0])
        return f"“{figure.label}”的{_BOXES[name]}" if name in _BOXES and figure else f"参数 {name}"

    def _refuse_reversed(self, figure: FigureField, low: int, high: int) -> NoReturn:
        pairs = list(self.pairs)
        small, large = pairs[high][1], pairs[low][1]
        pairs[low], pairs[high] = (pairs[low][0], small), (pairs[high][0], large)
        called = (
            f"“{figure.label}”" if self.pairs[low][0] in _BOXES else f"参数 {self.pairs[low][0]}"
        )
        message = f"{called}：最小值 {large} 大于最大值 {small}，没有数在两者之间。"
        near = (Argument(pairs[low][0], "最小值", small), Argument(pairs[high][0], "最大值", large))
        raise ArgumentError(message, self.pairs, low, near, tuple(pairs))
