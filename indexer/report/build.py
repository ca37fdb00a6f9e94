"""Builds the report of a document from its title, sections, tables and identity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.checks.registry import check_reading
from indexer.errors import NotAReport
from indexer.records import Block, Document, Grid, Report, SourceFile
from indexer.report.genre import find_other_genre, is_filled
from indexer.report.identity.build import build_identity
from indexer.report.identity.publication_date import read_head
from indexer.report.identity.title_lines import is_title
from indexer.report.identity.title_location import Headline, find_title, is_about_reports
from indexer.report.identity.title_parsing import split_site
from indexer.report.sections.build import build_sections
from indexer.report.sections.openings import find_openings
from indexer.report.tables.build import read_form
from indexer.report.tables.form_grids import ParsedGrid, read_grids
from indexer.report.tables.leftovers import find_unread_rows
from indexer.report.tables.streams import cut_streams
from indexer.text.folding import fold

_SUBJECT = ("信息公开", "政务公开")
_MIN_ROWS = 5
"""Rows of the form that make a document without a title a report."""


def dissect(document: Document) -> tuple[Headline | None, Sequence[Block], list[ParsedGrid]]:
    """Return a document's title, its blocks without the title's, and its tables, parsed."""
    blocks = cut_streams(document).blocks
    title = find_title(blocks, document.title)
    body = (*blocks[: title.start], *blocks[title.end :]) if title else blocks
    return title, body, read_grids(body)


def build_report(document: Document, source: SourceFile) -> Report:
    """Return the report in a document; NotAReport if no title, headings or tables make it one."""
    title, body, readings = dissect(document)
    other = find_other_genre(document, title, readings)
    if other:
        raise NotAReport(source.path, other.code, **dict(other.params))
    if not _is_report(document, bool(title), readings):
        raise NotAReport(source.path, "source.not_a_report.unrecognised")
    sections = build_sections(body, readings)
    head = read_head(body, title.start) if title else None
    identity = build_identity(document, sections, title.text if title else None, source, head)
    form = read_form(readings, identity.year)
    report = Report(
        source.report_id, identity, form.form, sections, form.cells, form.labels, (), (source,)
    )
    unread_rows = find_unread_rows(readings, sections, form.cells)
    return replace(report, findings=check_reading(report, unread_rows, document.pictures))


def _is_report(document: Document, titled: bool, readings: Sequence[ParsedGrid]) -> bool:
    """Return whether this is a yearly report: another kind of document may mention one too."""
    if titled or (document.title and is_title(split_site(document.title)[0])):
        return True
    if is_about_reports(document.blocks) and not any(map(is_filled, readings)):
        return False
    if sum(len(reading.rows) for reading in readings) >= _MIN_ROWS:
        return True
    return _has_own_sections(document) and _names_subject(document)


def _has_own_sections(document: Document) -> bool:
    """Return whether two headings are such reports' own; any report has an overview or problems."""
    keys = {opening.heading.key for opening in find_openings(document.blocks)}
    return len(keys - {"overview", "problems", "other"}) >= 2


def _names_subject(document: Document) -> bool:
    text = fold("".join(block.text for block in document.blocks if not isinstance(block, Grid)))
    return any(word in text for word in _SUBJECT)
