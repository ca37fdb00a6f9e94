"""A result page → its hits and counts: the published dict, and what the page draws of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from indexer.interchange import number_to_json, region_to_dict
from indexer.labels import label
from indexer.records import REGION_LEVELS, SECTION_KEYS, Report, Severity, Status
from indexer.search.documents import figures_of
from indexer.search.fields import figures
from indexer.search.port import Figure, Histogram, Hit, ResultPage, Snippet
from indexer.search.query import Query, Synonym
from indexer.search.terms import text_terms
from webapp.args import build_marked, build_search
from webapp.argument import Pairs
from webapp.permalinks import cell_path, report_path, search_path, section_path, why_path
from webapp.shapes.cells import format_number
from webapp.shapes.facets import facets_to_dict
from webapp.shapes.findings import BADGES, count_findings
from webapp.shapes.passages import Piece, cut_pieces
from webapp.steps import with_page, with_synonym, without_synonym

Address = Callable[[str], str]
"""Path → absolute address."""


@dataclass(frozen=True, slots=True)
class SnippetShape:
    """A piece of printed text, with the address of the paragraph it stands in, empty where there is none."""

    pieces: tuple[Piece, ...]
    cut_left: bool
    cut_right: bool
    url: str
    paragraph: int | None


@dataclass(frozen=True, slots=True)
class SectionHitShape:
    """A section in which the words occur."""

    heading: str
    url: str
    snippets: tuple[SnippetShape, ...]


@dataclass(frozen=True, slots=True)
class FigureShape:
    """A figure that was asked for: its value or the word for why there is none, leading to its cell."""

    text: str
    label: str
    url: str
    reported: bool


@dataclass(frozen=True, slots=True)
class BadgeShape:
    """How many findings of one severity there are."""

    css: str
    text: str


@dataclass(frozen=True, slots=True)
class HitShape:
    """A report found, as it is listed. `reasons` say why it could not be judged, each with the address of the cell.

    `why_url` is empty where no words were asked for, or so many that not every hit can repeat them.
    """

    url: str
    title_pieces: tuple[Piece, ...]
    name: str
    meta: str
    figures: tuple[FigureShape, ...]
    sections: tuple[SectionHitShape, ...]
    badges: tuple[BadgeShape, ...]
    findings_url: str
    why_url: str
    reasons: tuple[tuple[str, str], ...]
    judged: bool


# ── for machines ────────────────────────────────────────────────────────────────────────────────────────────────


def page_to_dict(page: ResultPage, address: Address) -> dict[str, Any]:
    """Return the published dict of a search: counts, hits, facets, distributions, the next page, what was mended."""
    following = with_page(page.query, page.query.page + 1)
    more = page.query.page * page.query.size < listed_total(page)
    return {
        "total": page.total,
        "unjudged": page.unjudged,
        "judged": page.judged,
        "results": [hit_to_dict(hit, page.query, address) for hit in page.hits],
        "unjudged_results": [hit_to_dict(hit, page.query, address) for hit in page.unjudged_hits],
        "facets": facets_to_dict(page, address),
        "histograms": {key: _histogram_to_dict(histogram) for key, histogram in page.histograms.items()},
        "next": address(search_path(build_search(following), ".json")) if more else None,
        "took_ms": page.took_ms,
        "warnings": list(page.query.repairs),
        "synonyms": [_synonym_to_dict(one, page.query, address) for one in page.query.synonyms],
    }


def _synonym_to_dict(synonym: Synonym, query: Query, address: Address) -> dict[str, Any]:
    toggled = (without_synonym if synonym.on else with_synonym)(query, synonym.also)
    return {
        "word": synonym.word,
        "also": synonym.also,
        "on": synonym.on,
        "url": address(search_path(build_search(toggled), ".json")),
    }


def hit_to_dict(hit: Hit, query: Query, address: Address) -> dict[str, Any]:
    """Return the published dict of a hit."""
    identity = hit.report.identity
    marked = build_marked(query)
    return {
        "id": hit.id,
        "title": identity.title,
        "body": identity.body,
        "level": identity.level,
        "region": region_to_dict(identity.region),
        "year": identity.year,
        "form": hit.report.form,
        "url": address(report_path(hit.id, marked)),
        "score": hit.score,
        "why": address(_why_url(hit, query, ".json")) if marked and text_terms(query) else None,
        "judged": hit.judged,
        "sections": [
            {
                "key": section.key,
                "heading": section.heading,
                "url": address(_section_url(hit.id, section.key, marked)),
                "snippets": [asdict(snippet) for snippet in section.snippets],
            }
            for section in hit.sections
        ],
        "figures": {
            key: {
                "value": number_to_json(figure.value),
                "status": figure.status,
                "url": address(_figure_path(hit, key, figure)),
            }
            for key, figure in hit.figures.items()
        },
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity,
                "message": finding.message,
                "cells": list(finding.cells),
            }
            for finding in hit.report.findings
        ],
    }


def _histogram_to_dict(histogram: Histogram) -> dict[str, Any]:
    return {
        "bins": [{"low": low, "high": high, "count": count} for low, high, count in histogram.bins],
        "unjudged": histogram.unjudged,
        "count": histogram.count,
        "total": number_to_json(histogram.total),
        "median": histogram.median,
    }


# ── for the page ────────────────────────────────────────────────────────────────────────────────────────────────


def listed_total(page: ResultPage) -> int:
    """Return how many reports all pages of this search list."""
    return page.total + (page.unjudged if page.query.include_unjudged else 0)


def _why_url(hit: Hit, query: Query, suffix: str = "") -> str:
    return why_path(hit.id, build_search(with_page(query, 1)), suffix)


def shape_hit(hit: Hit, query: Query) -> HitShape:
    """Return a hit as it is listed."""
    identity = hit.report.identity
    marked = build_marked(query)
    title = identity.title or "没有标题的报告"
    return HitShape(
        url=report_path(hit.id, marked),
        title_pieces=cut_pieces(title, hit.title_marks),
        name=f"{identity.body or title} {identity.year} 年" if identity.year else identity.body or title,
        meta=meta_line(hit.report),
        figures=tuple(_shape_figure(hit, key, figure) for key, figure in hit.figures.items()),
        sections=tuple(
            SectionHitShape(
                heading=section.heading or label("section", section.key),
                url=_section_url(hit.id, section.key, marked),
                snippets=tuple(_shape_snippet(hit.id, section.key, one, marked) for one in section.snippets),
            )
            for section in hit.sections
            if section.key != "title"
        ),
        badges=shape_badges(count_findings(hit.report)),
        findings_url=f"{report_path(hit.id, marked)}#finds",
        why_url=_why_url(hit, query) if marked and text_terms(query) else "",
        reasons=_reasons(hit),
        judged=hit.judged,
    )


def meta_line(report: Report) -> str:
    """Return place, level and year of a report in one line."""
    identity = report.identity
    divisions = (getattr(identity.region, level) for level in REGION_LEVELS[:-1])
    place = " ".join(division.name for division in divisions if division and division.name)
    level = label("level", identity.level) if identity.level else ""
    year = f"{identity.year}\u00a0年" if identity.year is not None else "年份不详"
    return "\u2060·".join(part for part in (place, level, year) if part)


def shape_badges(counts: Mapping[Severity, int]) -> tuple[BadgeShape, ...]:
    """Return a badge for each severity there is."""
    return tuple(
        BadgeShape(BADGES[severity], f"{label('severity', severity)} {count}") for severity, count in counts.items()
    )


def _section_url(report_id: str, section: str, marked: Pairs) -> str:
    return section_path(report_id, section, marked) if section in SECTION_KEYS else report_path(report_id, marked)


def _shape_snippet(report_id: str, section: str, snippet: Snippet, marked: Pairs) -> SnippetShape:
    url = _section_url(report_id, section, marked)
    return SnippetShape(
        pieces=cut_pieces(snippet.text, snippet.marks),
        cut_left=snippet.cut_left,
        cut_right=snippet.cut_right,
        url=f"{url}#p{snippet.paragraph}" if snippet.paragraph is not None else "",
        paragraph=snippet.paragraph,
    )


def _shape_figure(hit: Hit, key: str, figure: Figure) -> FigureShape:
    reported = figure.status == "reported"
    text = format_number(figure.value) if reported else label("status", figure.status)
    return FigureShape(text, figures()[key].label, _figure_path(hit, key, figure), reported)


def _figure_path(hit: Hit, key: str, figure: Figure) -> str:
    """Return the address of a figure's cell; that of the report where its form has no such cell."""
    there = figure.status != "missing" or key in figures_of(hit.report)
    return cell_path(hit.id, key) if there else report_path(hit.id)


_REASONS = {
    "blank": "这一格是空的",
    "missing": "没有这一格",
    "not_applicable": "印的不是数",
    "unreadable": "印的不是数",
    "suspect": "印着数，但列位不可靠",
}
_PARTS = {
    "blank": "有空的",
    "missing": "有缺的",
    "not_applicable": "有印着“／”或“无”的",
    "unreadable": "有印的不是数的",
    "suspect": "有列位不可靠的",
}


def _reasons(hit: Hit) -> tuple[tuple[str, str], ...]:
    """Say of each figure that was asked for and is no number why not, with what is printed there."""
    unknown = ((key, figure.status) for key, figure in hit.figures.items() if figure.status != "reported")
    return tuple(_reason(hit, key, status) for key, status in unknown)


def _reason(hit: Hit, key: str, status: Status) -> tuple[str, str]:
    name = figures()[key].label
    cell = next((cell for cell in hit.report.cells if cell.key == key), None)
    if cell is None and status == "missing" and key not in figures_of(hit.report):
        return f"「{name}」：它的表格没有这一项", report_path(hit.id)
    if cell is None:
        return f"「{name}」由几格合成，其中{_PARTS[status]}", cell_path(hit.id, key)
    printed = (cell.raw or "").strip()
    return f"「{name}」{_REASONS[status]}" + (f"：“{printed[:30]}”" if printed else ""), cell_path(hit.id, key)
