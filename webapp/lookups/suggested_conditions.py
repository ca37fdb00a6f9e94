"""The conditions that a word may begin: a level, a section, a figure; with report counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeAlias

from indexer.errors import QueryError
from indexer.records import Message
from indexer.search.catalogue.facets import facets
from indexer.search.catalogue.figure_names import figure_name
from indexer.search.catalogue.figures import figures
from indexer.search.language.parser import parse_query
from indexer.search.port import SearchEngine
from indexer.text.folding import HAN, fold
from webapp import names
from webapp.names import Text, value_name

ConditionKind: TypeAlias = Literal["level", "section", "figure"]

MAX_FIGURES = 3
_is_word = re.compile(f"{HAN}{{2,}}").fullmatch
_FIELDS: dict[ConditionKind, str] = {"level": "层级", "section": "章节"}


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition to propose: its name, what to put into the box, how many reports it finds."""

    label: Text
    query: str
    count: int
    kind: ConditionKind


def suggest_conditions(word: str, engine: SearchEngine) -> tuple[Condition, ...]:
    """Return the conditions that a Chinese word may mean and that find at least one report."""
    found = []
    for kind, label, query in _named(fold(word)):
        try:
            page = engine.search(replace(parse_query(query), size=1))
        except QueryError:  # it took too long to count; what is typed can be asked all the same
            break
        if page.total:
            found.append(Condition(label, query, page.total, kind))
    return tuple(found)


@lru_cache(1024)
def _named(word: str) -> tuple[tuple[ConditionKind, Text, str], ...]:
    return tuple(_conditions(word)) if _is_word(word) else ()


def _conditions(word: str) -> Iterator[tuple[ConditionKind, Text, str]]:
    for kind, field in _FIELDS.items():
        values = facets()[kind].values
        if name := _shortest_name(word, values):
            yield kind, value_name(kind, values[name]), f"{field}:{name}"
    matching = [field for field in figures().values() if word in fold(field.label)]
    totals_first = sorted(matching, key=lambda one: not one.key.endswith(".total"))
    named = [(field.key, figure_name(field.key)) for field in totals_first]
    for key, name in [(key, name) for key, name in named if name != key][:MAX_FIGURES]:
        label = Message.of("page.suggestion.positive", figure=names.figure_name(key))
        yield "figure", label, f"{name}>0"


def _shortest_name(word: str, values: Iterable[str]) -> str:
    """Return the shortest name that begins with a word, else one that contains it."""
    starting = [name for name in values if name.startswith(word)]
    return min(starting or [name for name in values if word in name], key=len, default="")
