"""A found report as it is shown: its sections with snippets, its marks, the figures asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from indexer.records import Report
from indexer.search.documents import figures_of
from indexer.search.highlight import build_snippets, find_marks
from indexer.search.port import Figure, Hit, SectionHit
from indexer.search.query import Query
from indexer.search.terms import Term, asked_figures, text_terms

UNJUDGED_SHOWN = 5
"""How many of the unjudged reports an answer lists beside its hits."""


def build_hit(report: Report, query: Query, sections: Collection[str], score: float, judged: bool) -> Hit:
    """Return the hit; `sections` are those in which the query's terms occur, as the engine found them."""
    terms = text_terms(query)
    keys = asked_figures(query)
    figures = figures_of(report) if keys else {}
    return Hit(
        id=report.id,
        report=report,
        score=score,
        sections=_section_hits(report, terms, sections) if terms else (),
        figures={key: figures.get(key, Figure(None, "missing")) for key in keys},
        title_marks=find_marks(report.identity.title or "", [term for term in terms if "title" in term.scope]),
        judged=judged,
    )


def _section_hits(report: Report, terms: Sequence[Term], sections: Collection[str]) -> tuple[SectionHit, ...]:
    hits = []
    for section in report.sections:
        if section.key in sections:
            snippets = build_snippets(section, [term for term in terms if section.key in term.scope])
            hits.append(SectionHit(section.key, section.heading, snippets))
    return tuple(hit for hit in hits if hit.snippets)
