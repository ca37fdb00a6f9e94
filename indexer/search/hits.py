"""Builds a hit: a found report with its snippets, its marks and the figures asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from indexer.records import Report
from indexer.search.catalogue.figures import figure_of
from indexer.search.compile import asked_figures, compile_query
from indexer.search.highlight import build_snippets, find_marks
from indexer.search.port import Figure, Hit, SectionHit
from indexer.search.query import Query
from indexer.search.terms import Term

MAX_UNJUDGED_SHOWN = 5
"""The unjudged reports that an answer lists beside its hits."""
_CACHED_QUERIES = 16
_NOT_THERE = Figure(None, "missing")


def build_hit(
    report: Report, query: Query, sections: Collection[str], score: float, judged: bool
) -> Hit:
    """Return the hit; `sections` are those in which the engine found the query's terms."""
    terms, figures = _shown(query)
    return Hit(
        id=report.id,
        report=report,
        score=score,
        sections=_section_hits(report, terms, sections) if terms else (),
        figures={key: figure_of(report, key) or _NOT_THERE for key in figures},
        title_marks=find_marks(report.identity.title or "", _within(terms, "title")),
        judged=judged,
    )


@lru_cache(_CACHED_QUERIES)
def _shown(query: Query) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    """Return the terms to mark and the figures to show, computed once for the hits of a page."""
    return compile_query(query).terms, asked_figures(query)


def _within(terms: Sequence[Term], field: str) -> list[Term]:
    return [term for term in terms if field in term.scope]


def _section_hits(
    report: Report, terms: Sequence[Term], sections: Collection[str]
) -> tuple[SectionHit, ...]:
    hits = []
    for section in report.sections:
        if section.key in sections:
            snippets = build_snippets(section, _within(terms, section.key))
            hits.append(SectionHit(section.key, section.heading, snippets))
    return tuple(hit for hit in hits if hit.snippets)
