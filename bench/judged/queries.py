"""The judged queries of `queries.toml`.

Each kind of query has a few queries, and says what is planted for each, in how many reports, and
with which grade: 3 the report is about it, 2 it reports on it, 1 it mentions it, 0 it matches but
is about something else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Plant:
    """A passage planted for a query.

    `hosts`: in the report asked for (`this`), in others of the same body (`own`) or of other bodies
    (`others`). Without a passage the reports stay as they are. A `rate` plants single occurrences
    per thousand characters, so that longer reports mention it more often.
    """

    grade: int
    hosts: Literal["this", "own", "others"] = "others"
    reports: int = 1
    passage: str | None = None
    rate: float | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A query before its slots are filled, and the slots that are known."""

    kind: str
    text: str
    slots: Mapping[str, str]
    plants: tuple[Plant, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All questions, and the passages by name: for each section the paragraphs."""

    questions: tuple[Question, ...]
    passages: Mapping[str, Mapping[str, tuple[str, ...]]]


@cache
def read_plan() -> Plan:
    """Return the plan in `queries.toml`."""
    data = tomllib.loads(Path(__file__).with_name("queries.toml").read_text(encoding="utf-8"))
    questions = tuple(_read(kind, query) for kind in data["kinds"] for query in kind["queries"])
    passages = {
        name: {section: tuple(paragraphs) for section, paragraphs in passage.items()}
        for name, passage in data["passages"].items()
    }
    return Plan(questions, passages)


def _read(kind: Mapping[str, Any], query: Mapping[str, str]) -> Question:
    slots = {name: value for name, value in query.items() if name != "text"}
    if "term" in slots:
        slots.setdefault("printed", slots["term"])
    return Question(
        kind["name"], query["text"], slots, tuple(Plant(**plant) for plant in kind["plants"])
    )
