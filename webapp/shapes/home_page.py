"""What is in the corpus → the figures, the strip of cells, the examples and the table of the home page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from indexer.messages import label
from indexer.records import Report, Status
from indexer.search.catalogue.figures import figures
from webapp.lookups.corpus_overview import Overview, Place, known_values
from webapp.permalinks import report_path, search_path
from webapp.shapes.finding_notes import Note, Placement, place_findings

_MOST_EXAMPLES = 6
_EACH = 2
_STRIP: dict[Status, tuple[str, str, str]] = {
    "reported": ("有数", "b1", "k1"),
    "suspect": ("存疑", "b4", "k2"),
    "missing": ("缺格", "", "k3"),
    "blank": ("空白", "b2", ""),
    "not_applicable": ("不适用", "b2", ""),
    "unreadable": ("不识", "b2", ""),
}
_TABLES = {"proactive": "公开数量", "requests": "申请表", "disputes": "复议诉讼表"}
_GAP, _WIDTH = 2.0, 1000.0


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure about the corpus, with what it is counted in and what it is made of."""

    name: str
    value: str
    unit: str
    parts: str = ""
    machine: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the strip: its word and count, and its rectangle; without a class it is hatched."""

    word: str
    count: int
    x: float
    width: float
    css: str
    key: str


@dataclass(frozen=True, slots=True)
class Example:
    """A finding of a report, leading to it."""

    title: str
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
    searches: tuple[tuple[str, str], ...]
    questions: tuple[tuple[str, str, str, int, int], ...]
    examples: tuple[Example, ...]
    years: tuple[str, ...]
    places: tuple[PlaceRow, ...]
    elsewhere: int
    """Reports whose place is not certain."""


def shape_overview(overview: Overview) -> OverviewShape:
    """Return what the home page shows."""
    years = tuple(sorted(one.value for one in overview.facets["year"]))
    return OverviewShape(
        facts=tuple(_facts(overview, years)),
        strip=_strip(overview),
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
                {"value": one.value, "label": label(name, one.value), "count": one.count}
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
        f"{label('level', one.value).split('（')[0]} {one.count:,}" for one in facets["level"]
    ]
    found = {one.value: one.count for one in facets["finding"]}
    kinds = [
        f"{label('finding', kind)} {found[kind]:,}"
        for kind in ("contradiction", "doubt")
        if kind in found
    ]
    places = {level: len(known_values(facets[level])) for level in ("province", "prefecture")}
    facts = [
        Fact("报告", f"{stats.reports:,}", "份", "、".join(levels)),
        Fact("机构", f"{stats.bodies:,}", "个", _of_unknown_bodies(stats.of_unknown_bodies)),
        Fact(
            "年份",
            f"{years[0]}–{years[-1]}" if len(set(years)) > 1 else "".join(years[:1]) or "无",
            "",
        ),
        Fact("地区", f"{places['province']:,}", "省", f"{places['prefecture']:,} 个设区市"),
        Fact("有数对不上的", f"{overview.wrong:,}", "份", "、".join(kinds)),
    ]
    if stats.updated:
        day = datetime.fromisoformat(stats.updated)
        facts.append(Fact("最近更新", f"{day:%m-%d}", f"{day.year} 年", machine=stats.updated))
    return facts


def _of_unknown_bodies(count: int) -> str:
    return f"另有 {count:,} 份报告的机构不能确定" if count else ""


def _strip(overview: Overview) -> tuple[Stretch, ...]:
    counts = [(status, overview.stats.statuses.get(status, 0)) for status in _STRIP]
    counts = [(status, count) for status, count in counts if count]
    total = sum(count for _, count in counts)
    room = _WIDTH - _GAP * max(len(counts) - 1, 0)
    stretches = []
    x = 0.0
    for status, count in counts:
        word, css, key = _STRIP[status]
        width = room * count / total
        stretches.append(Stretch(word, count, round(x, 1), round(max(width, 1.0), 1), css, key))
        x += width + _GAP
    return tuple(stretches)


def _examples(report: Report) -> tuple[Example, ...]:
    body = report.identity.body or report.identity.title or "机构不详"
    name = f"{body.removesuffix('人民政府') or body} {report.identity.year or ''}".strip()
    placement = place_findings(report)
    notes = [note for note in placement.notes if note.severity != "unjudged"][:_EACH]
    return tuple(
        Example(
            f"{name}：{_about(placement, note)}", f"{report_path(report.id)}#{note.target}", note
        )
        for note in notes
    )


def _about(placement: Placement, note: Note) -> str:
    """What a finding is about: the row of the figure at fault, or the prose against a table."""
    cells = [
        key
        for key, marks in placement.at_cell.items()
        if any(mark.note == note.anchor for mark in marks)
    ]
    if any(note in notes for notes in placement.at_paragraph.values()):
        return f"正文与{_TABLES[note.cells[0].partition('.')[0]]}" if note.cells else "正文"
    return figures()[cells[0]].row if cells else "年份与格式"


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
