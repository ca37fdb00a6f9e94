"""Report → IndexDocument: what is searched of a report, its headings, its facets, and its figures with the derived ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer.records import SECTION_KEYS, Report
from indexer.search.analysis.sub_headings import heading_of
from indexer.search.catalogue.facets import facets_of
from indexer.search.catalogue.figures import figures_of
from indexer.search.port import IndexDocument
from indexer.text.folding import fold_all

TEXT_FIELDS = ("title", "body", *SECTION_KEYS)
"""The fields in which a match may lie, each on its own."""

HEADING_FIELDS: Mapping[str, str] = {key: f"heading_{key}" for key in SECTION_KEYS}
"""By section the field of its sub-headings' words. They stand in the section too and are found there; here they only rank."""
RANKED_FIELDS = (*TEXT_FIELDS, *HEADING_FIELDS.values())
"""The fields in which an occurrence counts for the ranking."""


def build_document(report: Report) -> IndexDocument:
    """Return the report as an engine stores it."""
    return IndexDocument(
        id=report.id,
        report=report,
        texts=texts_of(report),
        headings=headings_of(report),
        facets=facets_of(report),
        figures=figures_of(report),
    )


def texts_of(report: Report) -> Mapping[str, str]:
    """Return what is searched, as printed: title, body and the sections, without the fields that hold nothing.

    A section key that occurs twice is one field, its texts one below the other.
    """
    texts: dict[str, str] = {
        "title": report.identity.title or "",
        "body": report.identity.body or "",
    }
    for section in report.sections:
        texts[section.key] = "\n".join(
            text for text in (texts.get(section.key), section.text) if text
        )
    return {field: texts[field] for field in TEXT_FIELDS if texts.get(field)}


def headings_of(report: Report) -> Mapping[str, tuple[str, ...]]:
    """Return by section the sub-headings of its paragraphs, as printed, without the sections that have none."""
    found: dict[str, tuple[str, ...]] = {}
    for section in report.sections:
        headings = tuple(filter(None, map(heading_of, section.paragraphs)))
        if headings:
            found[section.key] = (*found.get(section.key, ()), *headings)
    return found


def folded_fields(
    texts: Mapping[str, str], headings: Mapping[str, Sequence[str]]
) -> Mapping[str, str]:
    """Return the folded texts of the ranked fields that hold any.

    Each heading is folded by itself and has its own line, a character that folding leaves in no query: so what stands in the
    headings stands in the section, and nothing runs from one heading into another.
    """
    lines = {
        HEADING_FIELDS[key]: "\n".join(filter(None, fold_all(headings[key]))) for key in headings
    }
    folded = {**dict(zip(texts, fold_all([*texts.values()]), strict=True)), **lines}
    return {field: text for field, text in folded.items() if text}
