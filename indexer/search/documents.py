"""Report → IndexDocument: its searchable texts, sub-headings, facets and figures."""

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
"""By section the field of its sub-headings, whose words match in the section and here only rank."""
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
    """Return the searchable texts as printed, by field; a field without text is left out.

    Sections with the same key are one field, their texts one below the other.
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
    """Return the sub-headings of each section as printed; a section without any is left out."""
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

    Each heading is folded by itself and stands on its own line. No query contains a line break, so
    what matches in the headings matches in the section, and nothing matches across two headings.
    """
    lines = {
        HEADING_FIELDS[key]: "\n".join(filter(None, fold_all(headings[key]))) for key in headings
    }
    folded = {**dict(zip(texts, fold_all([*texts.values()]), strict=True)), **lines}
    return {field: text for field, text in folded.items() if text}
