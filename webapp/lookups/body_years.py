"""The other years of a report's body, asked of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from indexer.bodies.keys import body_of, is_incomplete, search_name
from indexer.errors import QueryError
from indexer.records import Report
from indexer.search.catalogue.facets import BODY_KEY, INCOMPLETE
from indexer.search.port import SearchEngine
from indexer.search.query import And, BodyName, FacetFilter, Or, Query
from webapp.shapes.origin import YearShape, shape_unknown_years, shape_years

_AT_ONCE = 1000


def find_years(engine: SearchEngine, report: Report) -> tuple[YearShape, ...]:
    """Return the years of a report's body around its own, uncertain where the body is.

    Two searches find all of them, however many bodies share the name: one for the reports of the
    body, one for reports of the adjacent years with this name that may be of the body because their
    place, or this report's, is not wholly known.
    """
    identity, body = report.identity, body_of(report)
    if identity.year is None or body is None:
        return shape_unknown_years(report)
    same = Query(filters=(FacetFilter(BODY_KEY, (body,)),), size=_AT_ONCE)
    years = tuple(str(identity.year + step) for step in (-1, 1))
    open_ends = [FacetFilter(BODY_KEY, (INCOMPLETE,))]
    province = report.identity.region.province
    if is_incomplete(report) and province is not None and province.name:
        open_ends.append(FacetFilter("province", (province.name,)))
    root = And((BodyName(search_name(report)), Or(tuple(open_ends))))
    doubtful = Query(root=root, filters=(FacetFilter("year", years),), size=_AT_ONCE)
    try:
        found = [*_reports(engine, same), *_reports(engine, doubtful)]
    except QueryError:  # the search took too long; the report itself is there
        return shape_unknown_years(report)
    return shape_years(report, found)


def _reports(engine: SearchEngine, query: Query) -> Iterator[Report]:
    """Yield all reports that a query finds."""
    page = engine.search(query)
    yield from (hit.report for hit in page.hits)
    if page.total > query.page * query.size:
        yield from _reports(engine, replace(query, page=query.page + 1))
