"""An explanation → the published dict and the table of a page: words, places, points."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from indexer.records import SECTION_KEYS, Message, Report
from indexer.search.documents import HEADING_FIELDS
from indexer.search.port import Explanation, ExplanationDetail
from indexer.search.ranking import GROUPS
from webapp.arguments.printing import build_marked, build_search
from webapp.arguments.record import Pairs
from webapp.names import Text, label_of
from webapp.permalinks import report_path, search_path, section_path, why_path
from webapp.shapes.hit_list import meta_line

_SECTIONS = {field: section for section, field in HEADING_FIELDS.items()}


@dataclass(frozen=True, slots=True)
class PlaceShape:
    """A section, or the title, with how often something stands there."""

    name: Text
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class ClueShape:
    """A row of the table.

    `points` are those of title, body, sub-headings and text; empty where they cannot be told apart.
    """

    kind: Text
    text: str
    note: Text
    places: tuple[PlaceShape, ...]
    counted: bool
    having: Text
    rarity: str
    points: tuple[str, ...]
    total: str


@dataclass(frozen=True, slots=True)
class WhyShape:
    """Why a report has its rank.

    `verdicts` say where the score did not decide.
    """

    title: Text
    url: str
    meta: tuple[Text, ...]
    score: str
    verdicts: tuple[Message, ...]
    rows: tuple[ClueShape, ...]
    search_url: str
    json_url: str


def shape_why(told: Explanation, report: Report) -> WhyShape:
    """Return an explanation as it is drawn."""
    marked, pairs = build_marked(told.query), build_search(told.query)
    return WhyShape(
        title=report.identity.title or Message.of("page.untitled"),
        url=report_path(told.id, marked),
        meta=meta_line(report),
        score=_points(told.score),
        verdicts=tuple(_verdicts(told)),
        rows=tuple(_shape_clue(clue, told, marked) for clue in told.details),
        search_url=search_path(pairs),
        json_url=why_path(told.id, pairs, ".json"),
    )


def explanation_to_dict(told: Explanation, address: Callable[[str], str]) -> dict[str, Any]:
    """Return the published dict of an explanation; its points add up to the score."""
    pairs = build_search(told.query)
    return {
        "id": told.id,
        "url": address(report_path(told.id, build_marked(told.query))),
        "search": address(search_path(pairs, ".json")),
        "score": told.score,
        "matches": told.matches,
        "reports": told.reports,
        "clues": [
            {
                "kind": clue.kind,
                "text": clue.text,
                "stands_for": clue.stands_for or None,
                "beside": clue.beside or None,
                "distance": clue.distance,
                "places": dict(clue.freqs),
                "having": clue.doc_freq,
                "rarity": round(clue.idf, 4),
                "points": dict(clue.scores),
            }
            for clue in told.details
        ],
    }


def _verdicts(told: Explanation) -> Iterator[Message]:
    if told.matches is None:
        yield Message.of("page.why.cannot_judge")
    if told.matches is False:
        yield Message.of("page.why.no_match")
    if not told.details:
        yield Message.of("page.why.no_words")
    elif told.query.sort.by != "relevance":
        yield Message.of("page.why.other_order")


def _shape_clue(clue: ExplanationDetail, told: Explanation, marked: Pairs) -> ClueShape:
    points = dict(clue.scores)
    return ClueShape(
        kind=Message.of(f"page.why.kind.{clue.kind}"),
        text=f"{clue.text} … {clue.beside}" if clue.kind == "near" else clue.text,
        note=_note(clue),
        places=tuple(
            PlaceShape(_place_name(name), _place_url(told.id, name, marked), count)
            for name, count in clue.freqs
        ),
        counted=clue.kind != "near",
        having=Message.of("page.why.having", all=told.reports, count=clue.doc_freq)
        if clue.doc_freq is not None
        else "",
        rarity=f"{clue.idf:.2f}",
        points=tuple(_points(points[group]) for group in GROUPS) if "whole" not in points else (),
        total=_points(clue.score),
    )


def _note(clue: ExplanationDetail) -> Text:
    match clue.kind:
        case "synonym":
            inside = clue.text in clue.stands_for
            code = "page.why.synonym_inside" if inside else "page.why.synonym"
            return Message.of(code, word=clue.stands_for)
        case "run":
            return Message.of("page.why.run")
        case "literal":
            return Message.of("page.why.literal")
        case "near" if clue.distance == 1:
            return Message.of("page.why.adjacent")
        case "near":
            return Message.of("page.why.near", distance=clue.distance or 0)
        case _:
            return ""


def _place_name(name: str) -> Text:
    section = _SECTIONS.get(name)
    if not section:
        return label_of("section", name)
    return Message.of("page.why.sub_headings", section=label_of("section", section))


def _place_url(report_id: str, name: str, marked: Pairs) -> str:
    name = _SECTIONS.get(name, name)
    return (
        section_path(report_id, name, marked)
        if name in SECTION_KEYS
        else report_path(report_id, marked)
    )


def _points(worth: float) -> str:
    """Return points with all their digits, so that what is printed adds up."""
    return f"{worth:.4f}"
