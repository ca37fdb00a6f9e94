"""A result page → the published dict: its hits and counts, for machines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from indexer.search.port import Histogram, ResultPage
from indexer.search.query import Query, Synonym
from indexer.serialise.messages import number_to_json, warnings_to_dict
from webapp.arguments.printing import build_search
from webapp.arguments.query_steps import with_page, with_synonym, without_synonym
from webapp.negotiation import language
from webapp.permalinks import search_path
from webapp.shapes.facet_lists import facets_to_dict
from webapp.shapes.hit_list import HitLinks, hit_to_dict

Address = Callable[[str], str]
"""Path → absolute address."""


def page_to_dict(page: ResultPage, address: Address) -> dict[str, Any]:
    """Return the published dict: counts, hits, facets, distributions, the next page."""
    following = with_page(page.query, page.query.page + 1)
    links = HitLinks.of(page.query)
    more = page.query.page * page.query.size < listed_total(page)
    return {
        "total": page.total,
        "unjudged": page.unjudged,
        "unjudged_by": dict(page.unjudged_by),
        "judged": page.judged,
        "results": [hit_to_dict(hit, links, address) for hit in page.hits],
        "unjudged_results": [hit_to_dict(hit, links, address) for hit in page.unjudged_hits],
        "facets": facets_to_dict(page, address),
        "histograms": {
            key: _histogram_to_dict(histogram) for key, histogram in page.histograms.items()
        },
        "next": address(search_path(build_search(following), ".json")) if more else None,
        "took_ms": page.took_ms,
        **warnings_to_dict(page.query.repairs, language()),
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


def _histogram_to_dict(histogram: Histogram) -> dict[str, Any]:
    return {
        "bins": [{"low": low, "high": high, "count": count} for low, high, count in histogram.bins],
        "unjudged": histogram.unjudged,
        "count": histogram.count,
        "total": number_to_json(histogram.total),
        "median": histogram.median,
    }


def listed_total(page: ResultPage) -> int:
    """Return how many reports all pages of this search list."""
    return page.total + (page.unjudged if page.query.include_unjudged else 0)
