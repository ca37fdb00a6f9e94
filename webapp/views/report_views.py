"""A report, one of its sections, and why a search finds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import Blueprint, Response

from indexer.records import Report, Section
from indexer.search.port import Explanation
from indexer.serialise.report_json import report_to_dict
from webapp.arguments.parsing import parse_report
from webapp.arguments.printing import build_search
from webapp.lookups.body_years import find_years
from webapp.lookups.query_marks import build_highlighter
from webapp.permalinks import WHY_PATTERN, canonical_path
from webapp.shapes.citations import cite
from webapp.shapes.origin import shape_origin
from webapp.shapes.report_location import Location
from webapp.shapes.report_page import shape_report
from webapp.shapes.section_json import section_to_dict
from webapp.shapes.why import explanation_to_dict, shape_why
from webapp.site import Site, asked_query, given_pairs, site
from webapp.views.answering import answer
from webapp.views.problems import SectionNotFound

report_pages = Blueprint("reports", __name__)


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report, or one `section` of it."""

    report: Report
    site: Site
    section: Section | None = None
    template: ClassVar[str] = "report.html"

    def page_values(self) -> Mapping[str, Any]:
        """Return what the page of the report shows."""
        found = self.report
        arguments = parse_report(given_pairs())
        key, heading = (self.section.key, self.section.heading) if self.section else (None, None)
        address = self.site.address(canonical_path(found.id))
        highlight, unread = build_highlighter(arguments, self.site.synonyms)
        shape = shape_report(found, highlight, arguments.all_linked)
        return {
            "report": shape,
            "place": Location(found.id, arguments, key, heading or ""),
            "shown": [one for one in shape.sections if key in (None, one.key)],
            "source": shape_origin(found, address),
            "citation": cite(found, address, self.site.today()),
            "years": find_years(self.site.engine, found),
            "unread": unread,
            "words": arguments.words,
        }

    def to_dict(self) -> Mapping[str, Any]:
        """Return the published dict, as `nianbao read --json` prints it."""
        if self.section:
            return section_to_dict(self.report, self.section, self.site.address)
        return report_to_dict(self.report)


@dataclass(frozen=True, slots=True)
class WhyPage:
    """Why a search finds a report and ranks it so."""

    explanation: Explanation
    site: Site
    template: ClassVar[str] = "why.html"

    def page_values(self) -> Mapping[str, Any]:
        """Return what the table of the score shows."""
        report = self.site.engine.get(self.explanation.id)
        words = dict(reversed(build_search(self.explanation.query))).get("q", "")
        return {"why": shape_why(self.explanation, report), "words": words, "here": "/"}

    def to_dict(self) -> Mapping[str, Any]:
        """Return the published dict, whose points add up to the score."""
        return explanation_to_dict(self.explanation, self.site.address)


@report_pages.get("/reports/<report_id>")
@report_pages.get("/reports/<report_id>.json")
def report(report_id: str) -> Response:
    """A report."""
    return answer(ReportPage(site().engine.get(report_id), site()))


@report_pages.get(WHY_PATTERN)
@report_pages.get(f"{WHY_PATTERN}.json")
def why(report_id: str) -> Response:
    """Why a search finds a report and ranks it so."""
    return answer(WhyPage(site().engine.explain(asked_query(), report_id), site()))


@report_pages.get("/reports/<report_id>/<section>")
@report_pages.get("/reports/<report_id>/<section>.json")
def report_section(report_id: str, section: str) -> Response:
    """One section of a report on a page of its own."""
    found = site().engine.get(report_id)
    return answer(ReportPage(found, site(), _find_section(found, section)))


def _find_section(report: Report, key: str) -> Section:
    """Return a section of a report; SectionNotFound without one."""
    for section in report.sections:
        if section.key == key:
            return section
    if any(cell.key.startswith(f"{key}.") for cell in report.cells):
        return Section(key, None)
    there = tuple((one.key, one.heading or one.key) for one in report.sections)
    raise SectionNotFound(report.id, key, there)
