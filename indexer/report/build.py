"""Document → Report: composes what the other modules of this room recognise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.checks.registry import check_reading
from indexer.errors import NotAReport
from indexer.records import Block, Document, Grid, Report, SourceFile
from indexer.report.genre import find_other_genre
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


def dissect(document: Document) -> tuple[Headline | None, Sequence[Block], list[ParsedGrid]]:
    """Return a document's title, its blocks without the title's, and what each table among them holds."""
    blocks = cut_streams(document).blocks
    title = find_title(blocks, document.title)
    body = (*blocks[: title.start], *blocks[title.end :]) if title else blocks
    return title, body, read_grids(body)


def build_report(document: Document, source: SourceFile) -> Report:
    """Return the report in a document. NotAReport if it is none: neither its title, nor its headings, nor its tables say so."""
    title, body, readings = dissect(document)
    other = find_other_genre(document, title, readings)
    if other:
        raise NotAReport(source.path, f"{source.path}：{other.what}")
    if not _is_report(document, bool(title), readings):
        raise NotAReport(
            source.path,
            f"{source.path}：没有认出这是政府信息公开工作年度报告（没有这样的标题、章节或表格）。请确认文件，或从语料里移走。",
        )
    sections = build_sections(body, readings)
    head = read_head(body, title.start) if title else None
    identity = build_identity(document, sections, title.text if title else None, source, head)
    form = read_form(readings, identity.year)
    report = Report(
        source.report_id, identity, form.form, sections, form.cells, form.labels, (), (source,)
    )
    unread_rows = find_unread_rows(readings, sections, form.cells)
    return replace(report, findings=check_reading(report, unread_rows, document.pictures))


def _is_report(document: Document, titled: bool, readings: list[ParsedGrid]) -> bool:
    """Return whether this is a yearly report on freedom-of-information work: another kind may mention it too."""
    if titled or (document.title and is_title(split_site(document.title)[0])):
        return True
    if is_about_reports(document.blocks) and not any(_is_filled(reading) for reading in readings):
        return False
    if sum(len(reading.rows) for reading in readings) >= 5:
        return True
    keys = {opening.heading.key for opening in find_openings(document.blocks)}
    if len(keys - {"overview", "problems", "other"}) < 2:
        return False
    text = fold("".join(block.text for block in document.blocks if not isinstance(block, Grid)))
    return any(word in text for word in _SUBJECT)


def _is_filled(reading: ParsedGrid) -> bool:
    """Return whether a table has a number in any row of a form: the form itself, as an office sends it out, has none."""
    return any(
        any(character.isdigit() for character in cell.text)
        for row in reading.rows
        for cell in row.values
    )
