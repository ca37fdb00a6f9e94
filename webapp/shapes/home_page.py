"""What is in the corpus → the facts, the strip of cells and the tables of the home page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from indexer.messages import render
from indexer.records import Message, Report, Status
from indexer.search.catalogue.figures import figures
from webapp.lookups.corpus_overview import Overview, Place, known_values
from webapp.names import Text, in_both, label_of, row_name
from webapp.permalinks import report_path, search_path
from webapp.shapes.finding_notes import Note, Placement, place_findings

_MOST_EXAMPLES = 6
_EACH = 2
_STRIP: dict[Status, tuple[str, str]] = {
    "reported": ("b1", "k1"),
    "suspect": ("b4", "k2"),
    "missing": ("", "k3"),
    "blank": ("b2", ""),
    "not_applicable": ("b2", ""),
    "unreadable": ("b2", ""),
}
"""The classes of the rectangle and of the key of each status."""
_GAP, _WIDTH = 2.0, 1000.0
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure about the corpus, with what it is counted in and what it is made of."""

    name: Message
    value: Text
    unit: Text = ""
    parts: Text = ""
    machine: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the strip: word, count, rectangle; without a class it is hatched."""

    word: Message
    count: int
    x: float
    width: float
    css: str
    key: str


@dataclass(frozen=True, slots=True)
class Example:
    """A finding of a report, leading to it."""

    title: Message
    url: str
    note: Note


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A row of the table of regions by year: a count and an address for each year and for all."""

    name: str
    url: str
    cells: tuple[tuple[int, str], ...]
    total: int


@dataclass(frozen=True, slots=True)
class OverviewShape:
    """What the home page shows of the corpus."""

    facts: tuple[Fact, ...]
    strip: tuple[Stretch, ...]
    cells: int
    summary: Message
    searches: tuple[tuple[str, str], ...]
    questions: tuple[tuple[Message, str, str, int, int], ...]
    examples: tuple[Example, ...]
    years: tuple[str, ...]
    places: tuple[PlaceRow, ...]
    elsewhere: int
    """Reports whose place is not certain."""


def shape_overview(overview: Overview) -> OverviewShape:
    """Return what the home page shows."""
    years = tuple(sorted(one.value for one in overview.facets["year"]))
    strip = _strip(overview)
    return OverviewShape(
        facts=tuple(_facts(overview, years)),
        strip=strip,
        summary=_summarise_strip(strip),
        cells=sum(overview.stats.statuses.values()),
        searches=tuple((text, search_path([("q", text)])) for text in overview.searches),
        questions=tuple(
            (one.title, one.text, search_path([("q", one.text)]), one.total, one.unjudged)
            for one in overview.questions
        ),
        examples=tuple(one for report in overview.examples for one in _examples(report))[
            :_MOST_EXAMPLES
        ],
        years=years,
        places=tuple(_row(place, years) for place in overview.places),
        elsewhere=overview.stats.reports
        - sum(one.count for one in known_values(overview.facets["province"])),
    )


def overview_to_dict(overview: Overview, address: Callable[[str], str]) -> dict[str, Any]:
    """Return the published dict of the corpus."""
    stats = overview.stats
    return {
        "reports": stats.reports,
        "bodies": stats.bodies,
        "of_unknown_bodies": stats.of_unknown_bodies,
        "updated": stats.updated,
        "generation": stats.generation,
        "cells": dict(stats.statuses),
        "facets": {
            name: [
                {"value": one.value, "label": label_of(name, one.value), "count": one.count}
                for one in counts
            ]
            for name, counts in overview.facets.items()
        },
        "questions": [
            {
                "title": one.title,
                "q": one.text,
                "total": one.total,
                "unjudged": one.unjudged,
                "url": address(search_path([("q", one.text)], ".json")),
            }
            for one in overview.questions
        ],
    }


def _facts(overview: Overview, years: tuple[str, ...]) -> list[Fact]:
    stats, facets = overview.stats, overview.facets
    levels = [
        Message.of("page.fact.level", level=_short_level(one.value), count=one.count)
        for one in facets["level"]
    ]
    found = {one.value: one.count for one in facets["finding"]}
    kinds = [
        Message.of("page.fact.kind", kind=label_of("finding", kind), count=found[kind])
        for kind in ("contradiction", "doubt")
        if kind in found
    ]
    provinces, prefectures = (
        len(known_values(facets[level])) for level in ("province", "prefecture")
    )
    facts = [
        _fact("reports", f"{stats.reports:,}", _listed(levels)),
        _fact("bodies", f"{stats.bodies:,}", _of_unknown_bodies(stats.of_unknown_bodies)),
        Fact(Message.of("page.fact.years"), _span(years)),
        _fact("regions", f"{provinces:,}", Message.of("page.fact.prefectures", count=prefectures)),
        _fact("wrong", f"{overview.wrong:,}", _listed(kinds)),
    ]
    if stats.updated:
        facts.append(_updated(stats.updated))
    return facts


def _short_level(level: str) -> Message:
    named = label_of("level", level)
    return in_both(render(named).split("（")[0], named)


def _fact(name: str, value: str, parts: Text) -> Fact:
    unit = Message.of(f"page.fact.unit_{name}")
    return Fact(Message.of(f"page.fact.{name}"), value, unit, parts)


def _listed(parts: Sequence[Message]) -> Text:
    return Message.of("page.list", parts=tuple(parts)) if parts else ""


def _span(years: tuple[str, ...]) -> Text:
    if not years:
        return Message.of("page.fact.none")
    return f"{years[0]}–{years[-1]}" if len(set(years)) > 1 else years[0]


def _updated(updated: str) -> Fact:
    day = datetime.fromisoformat(updated)
    value = in_both(f"{day:%m-%d}", f"{day.day} {MONTHS[day.month - 1]}")
    unit = Message.of("page.year_of", year=day.year)
    return Fact(Message.of("page.fact.updated"), value, unit, machine=updated)


def _of_unknown_bodies(count: int) -> Text:
    return Message.of("page.fact.unknown_bodies", count=count) if count else ""


def _strip(overview: Overview) -> tuple[Stretch, ...]:
    counts = [(status, overview.stats.statuses.get(status, 0)) for status in _STRIP]
    counts = [(status, count) for status, count in counts if count]
    total = sum(count for _, count in counts)
    room = _WIDTH - _GAP * max(len(counts) - 1, 0)
    stretches = []
    x = 0.0
    for status, count in counts:
        css, key = _STRIP[status]
        word = Message.of(f"page.strip.{status}")
        width = room * count / total
        stretches.append(Stretch(word, count, round(x, 1), round(max(width, 1.0), 1), css, key))
        x += width + _GAP
    return tuple(stretches)


def _summarise_strip(strip: tuple[Stretch, ...]) -> Message:
    parts = tuple(
        Message.of("page.home.strip_part", word=one.word, count=one.count) for one in strip
    )
    cells = sum(one.count for one in strip)
    return Message.of("page.home.strip", cells=cells, parts=parts)


def _examples(report: Report) -> tuple[Example, ...]:
    identity = report.identity
    body = identity.body or identity.title
    name = (body.removesuffix("人民政府") or body) if body else Message.of("page.unknown.body")
    named = (
        Message.of("page.example.year", body=name, year=identity.year) if identity.year else name
    )
    placement = place_findings(report)
    notes = [note for note in placement.notes if note.severity != "unjudged"][:_EACH]
    return tuple(
        Example(
            Message.of("page.example.about", report=named, about=_about(placement, note)),
            f"{report_path(report.id)}#{note.target}",
            note,
        )
        for note in notes
    )


def _about(placement: Placement, note: Note) -> Text:
    """Return what a finding is about: the row of the figure at fault, or prose against a table."""
    cells = [
        key
        for key, marks in placement.at_cell.items()
        if any(mark.note == note.anchor for mark in marks)
    ]
    if any(note in notes for notes in placement.at_paragraph.values()):
        if not note.cells:
            return Message.of("page.example.text")
        return Message.of(f"page.example.text_and_{note.cells[0].partition('.')[0]}")
    return row_name(figures()[cells[0]]) if cells else Message.of("page.example.year_and_form")


def _row(place: Place, years: tuple[str, ...]) -> PlaceRow:
    counts = {one.value: one.count for one in place.years}
    return PlaceRow(
        name=" ".join(name for _, name in place.path),
        url=search_path(place.path),
        cells=tuple(
            (counts.get(year, 0), search_path([*place.path, ("year", year)])) for year in years
        ),
        total=place.total,
    )
