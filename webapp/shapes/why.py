"""An explanation → the published dict, and the table of a page: which word was found where and what it brought in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.messages import label
from indexer.records import SECTION_KEYS, Report
from indexer.search.documents import HEADING_FIELDS
from indexer.search.port import Clue, Explanation
from indexer.search.ranking import GROUPS
from webapp.arguments.printing import build_marked, build_search
from webapp.arguments.record import Pairs
from webapp.permalinks import report_path, search_path, section_path, why_path
from webapp.shapes.hit_list import meta_line

_KINDS = {
    "word": "词",
    "phrase": "原文",
    "prefix": "词首",
    "literal": "字面",
    "run": "连写",
    "synonym": "同义",
    "near": "相邻",
}
_SECTIONS = {field: section for section, field in HEADING_FIELDS.items()}


@dataclass(frozen=True, slots=True)
class PlaceShape:
    """A section, or the title, with how often something stands there."""

    name: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class ClueShape:
    """A row of the table. `points` are those of title, body, sub-headings and text, empty where they cannot be told apart."""

    kind: str
    text: str
    note: str
    places: tuple[PlaceShape, ...]
    having: str
    rarity: str
    points: tuple[str, ...]
    total: str


@dataclass(frozen=True, slots=True)
class WhyShape:
    """Why a report stands where it stands. `verdict` says what that is worth, empty where nothing is to be said."""

    title: str
    url: str
    meta: str
    score: str
    verdict: str
    rows: tuple[ClueShape, ...]
    search_url: str
    json_url: str


def shape_why(told: Explanation, report: Report) -> WhyShape:
    """Return an explanation as it is drawn."""
    marked, pairs = build_marked(told.query), build_search(told.query)
    return WhyShape(
        title=report.identity.title or "没有标题的报告",
        url=report_path(told.id, marked),
        meta=meta_line(report),
        score=_points(told.score),
        verdict="".join(_verdict(told)),
        rows=tuple(_shape_clue(clue, told, marked) for clue in told.clues),
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
        "matches": told.holds,
        "reports": told.reports,
        "clues": [
            {
                "kind": clue.kind,
                "text": clue.text,
                "stands_for": clue.stands_for or None,
                "beside": clue.beside or None,
                "distance": clue.distance,
                "places": dict(clue.places),
                "having": clue.having,
                "rarity": round(clue.rarity, 4),
                "points": dict(clue.worths),
            }
            for clue in told.clues
        ],
    }


def _verdict(told: Explanation) -> Sequence[str]:
    said = []
    if told.holds is None:
        said.append("有数字、地区或层级无法判断，不知道它合不合这次检索的条件。")
    if told.holds is False:
        said.append("它不合这次检索的条件，不在结果里；下面只是它的文字。")
    if not told.clues:
        said.append("这次检索没有要找的词，只有筛选的条件，合条件的报告不分相关不相关。")
    elif told.query.sort.by != "relevance":
        said.append("这次检索不是按相关排序的，得分没有用来排先后。")
    return said


def _shape_clue(clue: Clue, told: Explanation, marked: Pairs) -> ClueShape:
    points = dict(clue.worths)
    having = f"{told.reports:,} 份里 {clue.having:,} 份" if clue.having is not None else ""
    return ClueShape(
        kind=_KINDS[clue.kind],
        text=f"{clue.text} … {clue.beside}" if clue.kind == "near" else clue.text,
        note=_note(clue),
        places=tuple(
            PlaceShape(_place_name(name), _place_url(told.id, name, marked), count)
            for name, count in clue.places
        ),
        having=having,
        rarity=f"{clue.rarity:.2f}",
        points=tuple(_points(points[group]) for group in GROUPS) if "whole" not in points else (),
        total=_points(clue.worth),
    )


def _note(clue: Clue) -> str:
    match clue.kind:
        case "synonym":
            inside = f"，不算“{clue.stands_for}”里的" if clue.text in clue.stands_for else ""
            return f"代“{clue.stands_for}”，按一半计{inside}"
        case "run":
            return "整串连着出现，另加"
        case "literal":
            return "字面上有，分词不成词"
        case "near" if clue.distance == 1:
            return "紧挨着，另加"
        case "near":
            return f"最近处相隔 {clue.distance} 个词，另加"
        case _:
            return ""


def _place_name(name: str) -> str:
    section = _SECTIONS.get(name)
    return f"{label('section', section)}的小标题" if section else label("section", name)


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
