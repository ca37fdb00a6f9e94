"""The pages."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, Response, make_response, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from indexer.errors import EngineError, QueryError
from indexer.records import Message, Report
from indexer.search.port import ResultPage, SearchEngine
from indexer.search.suggest.empty_parts import count_parts, describe_parts
from indexer.search.suggest.meant_conditions import find_meant_searches
from webapp.arguments.catalogue import listed_arguments
from webapp.arguments.option_arguments import is_form
from webapp.arguments.parsing import ReportArguments, parse_report, parse_search
from webapp.arguments.printing import build_search
from webapp.arguments.query_steps import with_unjudged
from webapp.lookups.body_years import find_years
from webapp.lookups.query_marks import build_highlighter
from webapp.negotiation import wants_json
from webapp.permalinks import WHY_PATTERN, canonical_path, search_path, why_path
from webapp.shapes.about_page import METHOD
from webapp.shapes.chips import Chip, shape_chips, shape_synonyms
from webapp.shapes.citations import cite
from webapp.shapes.did_you_mean import find_correction, shape_correction
from webapp.shapes.facet_lists import shape_facets
from webapp.shapes.figure_panel import shape_figures
from webapp.shapes.help_page import GUIDE
from webapp.shapes.hit_list import shape_hits
from webapp.shapes.home_page import shape_overview
from webapp.shapes.meant_searches import shape_offers
from webapp.shapes.origin import shape_origin
from webapp.shapes.report_location import Location
from webapp.shapes.report_page import shape_report
from webapp.shapes.result_counts import shape_orders, shape_pages, shape_summary
from webapp.shapes.why import shape_why
from webapp.site import asked_query, given_pairs, site
from webapp.views.api import (
    about_json,
    find_section,
    help_json,
    home_json,
    report_json,
    search_json,
    section_json,
    why_json,
)
from webapp.views.problems import list_problems

pages = Blueprint("pages", __name__)

_SHORT = ("year", "level", "finding")
_MOST_RELAXED = 6
_RELAXING_MS = 1000


@dataclass(frozen=True, slots=True)
class Relaxed:
    """A search with one condition less, and what it would find."""

    text: Message
    url: str
    total: int
    unjudged: int


@pages.get("/")
def home() -> AnyResponse:
    """The search box, what is in the corpus, questions to start from."""
    if wants_json():
        return _varied(home_json())
    return _varied(_page("home.html", overview=shape_overview(site().overviews.read()), here="/"))


@pages.get("/search")
def search() -> AnyResponse:
    """Results; the figure form is answered with the address that it means."""
    if wants_json():
        return _varied(search_json())
    query = asked_query()
    if is_form(given_pairs()):
        return redirect(search_path(build_search(query)))
    return _varied(_results(site().engine.search(query)))


@pages.get("/reports/<report_id>")
def report(report_id: str) -> AnyResponse:
    """A report."""
    if wants_json():
        return _varied(report_json(report_id))
    arguments = parse_report(given_pairs())
    return _varied(_report(site().engine.get(report_id), Location(report_id, arguments), arguments))


@pages.get(WHY_PATTERN)
def why(report_id: str) -> AnyResponse:
    """Why a search finds a report and ranks it so."""
    if wants_json():
        return _varied(why_json(report_id))
    query = asked_query()
    told = site().engine.explain(query, report_id)
    found = site().engine.get(report_id)
    words = next((value for name, value in build_search(query) if name == "q"), "")
    return _varied(_page("why.html", why=shape_why(told, found), words=words, here="/"))


@pages.get("/reports/<report_id>/<section>")
def report_section(report_id: str, section: str) -> AnyResponse:
    """One section of a report on a page of its own."""
    if wants_json():
        return _varied(section_json(report_id, section))
    arguments = parse_report(given_pairs())
    found = site().engine.get(report_id)
    heading = find_section(found, section).heading or ""
    return _varied(_report(found, Location(report_id, arguments, section, heading), arguments))


@pages.get("/help")
def guide() -> AnyResponse:
    """The query language, with examples that run."""
    if wants_json():
        return _varied(help_json())
    return _varied(
        _page(
            "help.html",
            guide=GUIDE,
            arguments=listed_arguments(),
            problems=list_problems(),
            why_url=_example_of_why(),
            here="/help",
        )
    )


@pages.get("/about")
def about() -> AnyResponse:
    """Method and limits."""
    if wants_json():
        return _varied(about_json())
    return _varied(_page("about.html", method=METHOD, here="/about"))


def _example_of_why() -> str:
    """Return why the first report is found that a word finds; empty without one, or without an index."""
    query = parse_search([("q", "政务公开"), ("size", "1")])
    try:
        hits = site().engine.search(replace(query, facets=(), histograms=())).hits
    except (EngineError, QueryError):
        return ""
    return why_path(hits[0].id, build_search(query)) if hits else ""


def _results(page: ResultPage) -> Response:
    query = page.query
    engine = site().engine
    chips = shape_chips(query)
    pairs = build_search(query)
    return _page(
        "results.html",
        words=next((value for name, value in pairs if name == "q"), ""),
        kept=[pair for pair in pairs if pair[0] not in ("q", "page")],
        summary=shape_summary(page, chips),
        chips=(*chips, *shape_synonyms(query)),
        repairs=query.repairs,
        used=len(query.filters) + len(query.figures),
        orders=shape_orders(query),
        panel=shape_figures(page),
        facets=shape_facets(page, site().overviews.values(*_SHORT)),
        hits=shape_hits(page.hits, query),
        first=(query.page - 1) * query.size + 1,
        pages=shape_pages(page),
        number=query.page,
        unjudged_hits=shape_hits(page.unjudged_hits, query),
        unjudged_url=""
        if query.include_unjudged
        else search_path(build_search(with_unjudged(query, True))),
        meant=shape_correction(find_correction(page, engine)),
        offers=shape_offers(find_meant_searches(page, engine)),
        nothing=describe_parts(count_parts(page, engine), page.unjudged),
        relaxed=_relax(engine, chips) if not page.total else [],
        json_url=search_path(pairs, ".json"),
        here="/",
    )


def _relax(engine: SearchEngine, chips: tuple[Chip, ...]) -> list[Relaxed]:
    """What would be found with one condition less, the most first, as far as that can be told at once."""
    relaxed: list[Relaxed] = []
    spent = 0.0
    for chip in chips[:_MOST_RELAXED] if len(chips) > 1 else ():
        bare = replace(chip.without, size=1, facets=(), histograms=(), include_unjudged=False)
        try:
            found = engine.search(bare)
        except QueryError:  # it took too long; the search itself was answered
            break
        spent += found.took_ms
        if spent > _RELAXING_MS:
            break
        relaxed.append(Relaxed(chip.named, chip.url, found.total, found.unjudged))
    return sorted(relaxed, key=lambda one: (-one.total, -one.unjudged))


def _report(found: Report, location: Location, arguments: ReportArguments) -> Response:
    address = site().address(canonical_path(found.id))
    highlight, unread = build_highlighter(arguments, site().synonyms)
    shape = shape_report(found, highlight, arguments.all_linked)
    shown = [one for one in shape.sections if location.section in (None, one.key)]
    return _page(
        "report.html",
        report=shape,
        place=location,
        shown=shown,
        source=shape_origin(found, address),
        citation=cite(found, address, site().today()),
        years=find_years(site().engine, found),
        unread=unread,
        words=arguments.words,
    )


def _page(template: str, **values: object) -> Response:
    return make_response(render_template(template, **values))


def _varied(response: AnyResponse) -> AnyResponse:
    response.vary.add("Accept")
    return response
