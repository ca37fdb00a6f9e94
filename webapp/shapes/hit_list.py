"""The hits of a result page, as the page draws them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from indexer.bodies.localities import locality_of
from indexer.records import REGION_LEVELS, SECTION_KEYS, Message, Report, Severity, Status
from indexer.search.catalogue.figures import figure_of, figures
from indexer.search.compile import compile_query
from indexer.search.port import Figure, Hit, SectionHit
from indexer.search.query import FacetFilter, Query, nodes_of
from indexer.search.snippet_boundaries import shorten
from indexer.serialise.messages import message_to_dict, number_to_json
from indexer.serialise.report_json import region_to_dict
from webapp.arguments.printing import build_marked, build_search
from webapp.arguments.query_steps import with_page
from webapp.arguments.record import Pairs
from webapp.names import Text, figure_name, label_of
from webapp.negotiation import language
from webapp.permalinks import cell_path, report_path, section_path, why_path
from webapp.shapes.finding_notes import BADGES, count_findings
from webapp.shapes.form_cells import format_number
from webapp.shapes.marked_text import Piece, cut_pieces

MAX_CANDIDATES = 3
"""The places that a report may lie in, of which a hit names so many."""
MAX_PRINT_LENGTH = 30
"""The characters of a cell's print that a reason repeats."""


@dataclass(frozen=True, slots=True)
class SnippetShape:
    """A piece of printed text, with the address of its paragraph if it has one."""

    pieces: tuple[Piece, ...]
    cut_left: bool
    cut_right: bool
    url: str
    paragraph: int | None


@dataclass(frozen=True, slots=True)
class SectionHitShape:
    """A section in which the words occur."""

    heading: Text
    url: str
    snippets: tuple[SnippetShape, ...]


@dataclass(frozen=True, slots=True)
class FigureShape:
    """A figure asked for: its value, or why there is none, and the address of its cell."""

    text: Text
    unit: Text
    label: Text
    url: str
    reported: bool


@dataclass(frozen=True, slots=True)
class BadgeShape:
    """How many findings of one severity there are."""

    css: str
    text: Text


@dataclass(frozen=True, slots=True)
class HitShape:
    """A report found, as it is listed.

    `reasons` say why it could not be judged, each with the address of the cell.
    `why_url` is empty where no words were asked for, or so many that not every hit can repeat them.
    """

    url: str
    title_pieces: tuple[Piece, ...]
    name: Text
    meta: tuple[Text, ...]
    figures: tuple[FigureShape, ...]
    sections: tuple[SectionHitShape, ...]
    badges: tuple[BadgeShape, ...]
    findings_url: str
    why_url: str
    reasons: tuple[tuple[Text, str], ...]
    judged: bool


@dataclass(frozen=True, slots=True)
class HitLinks:
    """What the links of a page's hits carry: the words to mark, and the search to explain.

    `asked` is None where no words were asked for, or so many that not every hit can repeat them.
    """

    marked: Pairs
    asked: Pairs | None
    facets: frozenset[str] = frozenset()
    """The facets on which the search has a condition."""

    @classmethod
    def of(cls, query: Query) -> HitLinks:
        """Return what the links of a search carry along."""
        marked = build_marked(query)
        nodes = (*query.filters, *(nodes_of(query.root) if query.root else ()))
        facets = frozenset(node.field for node in nodes if isinstance(node, FacetFilter))
        asked = build_search(with_page(query, 1)) if marked and compile_query(query).terms else None
        return cls(marked, asked, facets)

    def report(self, hit: Hit) -> str:
        """Return the address of a report."""
        return report_path(hit.id, self.marked)

    def section(self, hit: Hit, key: str) -> str:
        """Return the address of a section; that of the report for its title and body."""
        return section_path(hit.id, key, self.marked) if key in SECTION_KEYS else self.report(hit)

    def why(self, hit: Hit, suffix: str = "") -> str:
        """Return the address that says why it was found; empty without one."""
        return "" if self.asked is None else why_path(hit.id, self.asked, suffix)


def shape_hits(hits: Iterable[Hit], query: Query) -> list[HitShape]:
    """Return the hits of a search as they are listed."""
    links = HitLinks.of(query)
    return [_shape_hit(hit, links) for hit in hits]


def _shape_hit(hit: Hit, links: HitLinks) -> HitShape:
    identity = hit.report.identity
    title = identity.title or Message.of("page.untitled")
    named = identity.body or title
    url = links.report(hit)
    return HitShape(
        url=url,
        title_pieces=cut_pieces(identity.title, hit.title_marks)
        if identity.title
        else (Piece(title),),
        name=Message.of("page.hit.name", body=named, year=identity.year)
        if identity.year
        else named,
        meta=meta_line(hit.report),
        figures=tuple(_shape_figure(hit, key, figure) for key, figure in hit.figures.items()),
        sections=tuple(
            _shape_section(section, links.section(hit, section.key))
            for section in hit.sections
            if section.key != "title"
        ),
        badges=shape_badges(count_findings(hit.report)),
        findings_url=f"{url}#finds",
        why_url=links.why(hit),
        reasons=_reasons(hit, links.facets),
        judged=hit.judged,
    )


def hit_to_dict(hit: Hit, links: HitLinks, address: Callable[[str], str]) -> dict[str, Any]:
    """Return the published dict of a hit."""
    identity = hit.report.identity
    why = links.why(hit, ".json")
    return {
        "id": hit.id,
        "title": identity.title,
        "body": identity.body,
        "level": identity.level,
        "region": region_to_dict(identity.region),
        "year": identity.year,
        "form": hit.report.form,
        "url": address(links.report(hit)),
        "score": hit.score,
        "why": address(why) if why else None,
        "judged": hit.judged,
        "sections": [
            {
                "key": section.key,
                "heading": section.heading,
                "url": address(links.section(hit, section.key)),
                "snippets": [asdict(snippet) for snippet in section.snippets],
            }
            for section in hit.sections
        ],
        "figures": {
            key: {
                "value": number_to_json(figure.value),
                "status": figure.status,
                "url": address(figure_path(hit, key, figure)),
            }
            for key, figure in hit.figures.items()
        },
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity,
                **message_to_dict(finding.message, language()),
                "cells": list(finding.cells),
                "reports": list(finding.reports),
            }
            for finding in hit.report.findings
        ],
    }


def meta_line(report: Report) -> tuple[Text, ...]:
    """Return place, level and year of a report."""
    identity = report.identity
    divisions = (getattr(identity.region, level) for level in REGION_LEVELS[:-1])
    place = " ".join(division.name for division in divisions if division and division.name)
    level = label_of("level", identity.level) if identity.level else ""
    year = (
        Message.of("page.hit.year", year=identity.year)
        if identity.year is not None
        else Message.of("page.unknown.year")
    )
    return tuple(part for part in (place, level, year) if part)


def shape_badges(counts: Mapping[Severity, int]) -> tuple[BadgeShape, ...]:
    """Return a badge for each severity there is."""
    return tuple(
        BadgeShape(
            BADGES[severity],
            Message.of("page.badge", word=label_of("severity", severity), count=count),
        )
        for severity, count in counts.items()
    )


def _shape_section(section: SectionHit, url: str) -> SectionHitShape:
    return SectionHitShape(
        heading=section.heading or label_of("section", section.key),
        url=url,
        snippets=tuple(
            SnippetShape(
                pieces=cut_pieces(one.text, one.marks),
                cut_left=one.cut_left,
                cut_right=one.cut_right,
                url=f"{url}#p{one.paragraph}" if one.paragraph is not None else "",
                paragraph=one.paragraph,
            )
            for one in section.snippets
        ),
    )


def _shape_figure(hit: Hit, key: str, figure: Figure) -> FigureShape:
    reported = figure.status == "reported"
    text = format_number(figure.value) if reported else label_of("status", figure.status)
    unit = _unit(hit.report, key) if reported and figure.value else ""
    return FigureShape(text, unit, figure_name(key), figure_path(hit, key, figure), reported)


def _unit(report: Report, key: str) -> Text:
    """What an amount is counted in, where that is printed."""
    if not figures()[key].amount:
        return ""
    cell = report.cell(key)
    printed = cell is not None and cell.unit
    return Message.of("page.hit.yuan" if printed else "page.hit.no_unit")


def figure_path(hit: Hit, key: str, figure: Figure) -> str:
    """Return the address of a figure's cell; that of the report where its form has no such cell."""
    there = figure.status != "missing" or figure_of(hit.report, key) is not None
    return cell_path(hit.id, key) if there else report_path(hit.id)


def _reasons(hit: Hit, asked: frozenset[str]) -> tuple[tuple[Text, str], ...]:
    """Say why each figure asked for is no number, with the print; then what else is unknown."""
    unknown = (
        (key, figure.status) for key, figure in hit.figures.items() if figure.status != "reported"
    )
    return (*(_reason(hit, key, status) for key, status in unknown), *_doubts(hit, asked))


def _doubts(hit: Hit, asked: frozenset[str]) -> Iterator[tuple[Text, str]]:
    """Yield the levels and places asked for that an unjudged report leaves unknown."""
    if hit.judged:
        return
    identity = hit.report.identity
    if "level" in asked and identity.level is None:
        yield Message.of("page.unknown.level"), report_path(hit.id)
    unknown = locality_of(identity).unknown
    levels = [one for one in REGION_LEVELS if one in unknown and asked & {one, "region"}]
    for level in levels[:1]:
        division = getattr(identity.region, level)
        candidates = division.candidates if division else ()
        yield _unknown_place(candidates), report_path(hit.id)


def _unknown_place(candidates: tuple[str, ...]) -> Message:
    if not candidates:
        return Message.of("page.unknown.place")
    more = len(candidates) > MAX_CANDIDATES
    code = "page.unknown.place_among_more" if more else "page.unknown.place_among"
    return Message.of(code, candidates=candidates[:MAX_CANDIDATES])


def _reason(hit: Hit, key: str, status: Status) -> tuple[Text, str]:
    name = figure_name(key)
    cell = hit.report.cell(key)
    if cell is None and status == "missing" and figure_of(hit.report, key) is None:
        return Message.of("page.reason.not_in_form", figure=name), report_path(hit.id)
    if cell is None:
        return Message.of(f"page.reason.part_{status}", figure=name), cell_path(hit.id, key)
    reason = Message.of(f"page.reason.{status}", figure=name)
    printed = shorten((cell.raw or "").strip(), MAX_PRINT_LENGTH)
    if printed:
        reason = Message.of("page.reason.printed", reason=reason, printed=printed)
    return reason, cell_path(hit.id, key)
