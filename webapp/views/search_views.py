"""The search and the suggestions for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import Blueprint, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from indexer.messages import render_all
from indexer.search.port import ResultPage
from indexer.search.suggest.empty_parts import count_parts, describe_parts
from indexer.search.suggest.meant_conditions import find_meant_searches
from webapp.arguments.option_arguments import is_form
from webapp.arguments.printing import build_search
from webapp.arguments.query_steps import with_unjudged
from webapp.lookups.completion import complete, completions_to_dict
from webapp.lookups.relaxed_searches import relax
from webapp.negotiation import language
from webapp.permalinks import search_path
from webapp.shapes.chips import shape_chips, shape_synonyms
from webapp.shapes.did_you_mean import correction_to_dict, find_correction, shape_correction
from webapp.shapes.facet_lists import shape_facets
from webapp.shapes.figure_panel import shape_figures
from webapp.shapes.hit_list import shape_hits
from webapp.shapes.meant_searches import offers_to_list, parts_to_list, shape_offers
from webapp.shapes.result_counts import shape_orders, shape_pages, shape_summary
from webapp.shapes.search_json import page_to_dict
from webapp.site import Site, asked_query, given_pairs, site
from webapp.views.answering import answer

search_pages = Blueprint("search", __name__)

_FACETS_WITH_ALL_VALUES = ("year", "level", "finding")
"""The facets that list every value of the corpus, also those of which nothing is left."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The answer to a search, with what it offers besides."""

    found: ResultPage
    site: Site
    template: ClassVar[str] = "results.html"

    def page_values(self) -> Mapping[str, Any]:
        """Return what the page of results shows."""
        found, query, engine = self.found, self.found.query, self.site.engine
        chips = shape_chips(query)
        pairs = build_search(query)
        unjudged_path = search_path(build_search(with_unjudged(query, True)))
        return {
            "words": dict(reversed(pairs)).get("q", ""),
            "kept": [pair for pair in pairs if pair[0] not in ("q", "page")],
            "summary": shape_summary(found, chips),
            "chips": (*chips, *shape_synonyms(query)),
            "repairs": query.repairs,
            "used": len(query.filters) + len(query.figures),
            "orders": shape_orders(query),
            "panel": shape_figures(found),
            "facets": shape_facets(found, self.site.overviews.values(*_FACETS_WITH_ALL_VALUES)),
            "hits": shape_hits(found.hits, query),
            "first": (query.page - 1) * query.size + 1,
            "pages": shape_pages(found),
            "number": query.page,
            "unjudged_hits": shape_hits(found.unjudged_hits, query),
            "unjudged_url": "" if query.include_unjudged else unjudged_path,
            "meant": shape_correction(find_correction(found, engine)),
            "offers": shape_offers(find_meant_searches(found, engine)),
            "nothing": render_all(
                describe_parts(count_parts(found, engine), found.unjudged), language()
            ),
            "relaxed": relax(engine, chips) if not found.total else [],
            "json_url": search_path(pairs, ".json"),
            "here": "/",
        }

    def to_dict(self) -> Mapping[str, Any]:
        """Return the published dict: counts, hits, facets, and what was meant or finds nothing."""
        found, engine, address = self.found, self.site.engine, self.site.address
        parts = count_parts(found, engine)
        return {
            **page_to_dict(found, address),
            "did_you_mean": correction_to_dict(find_correction(found, engine), address),
            "meant": offers_to_list(find_meant_searches(found, engine), address),
            "parts": parts_to_list(parts),
            "nothing": render_all(describe_parts(parts, found.unjudged)),
        }


@search_pages.get("/search")
@search_pages.get("/search.json")
def search() -> AnyResponse:
    """Results; the figure form is answered with the address that it means."""
    query = asked_query()
    if is_form(given_pairs()):
        suffix = ".json" if request.path.endswith(".json") else ""
        return redirect(search_path(build_search(query), suffix))
    return answer(SearchPage(site().engine.search(query), site()))


@search_pages.get("/suggest.json")
def suggest() -> Response:
    """Bodies, places and conditions that complete what is being typed."""
    typed = request.args.get("q", "")
    return jsonify(completions_to_dict(typed, complete(typed, site().engine)))
