"""Finds printed rows of the forms that were not read: in tables, or as lines among the prose."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, takewhile
from operator import attrgetter

from indexer.checks.rules import UnreadRow
from indexer.records import Cell, Paragraph, Passage, Section
from indexer.report.tables.disputes_table import is_numbering
from indexer.report.tables.form_grids import ParsedGrid
from indexer.report.tables.label_matching import vocabulary
from indexer.report.tables.row_cells import FoundRow
from indexer.text.amounts import clean, is_number, is_value

_TABLES = ("proactive", "requests", "disputes")
_BETWEEN = re.compile(r"[\s|｜│,，]+")
_MAX_LABEL_LENGTH = 45
"""Characters of the forms' longest label."""
_MIN_FIGURES_OF_REQUESTS = 3
"""Figures behind a label of requests that make a row; in the first table one is enough."""


def find_unread_rows(
    readings: Sequence[ParsedGrid], sections: Sequence[Section], cells: Sequence[Cell]
) -> list[UnreadRow]:
    """Return the rows with figures that no cell has: those of tables first, then lines."""
    forms = filter(attrgetter("is_form"), readings)
    texts = chain.from_iterable(_of_table(reading, cells) for reading in forms)
    kept = {paragraph.text: paragraph for paragraph in _paragraphs(sections)}
    rows = [_row(text, kept) for text in texts]
    told: set[str] = set()
    searched = list(sections)
    # Without a single cell, the tables may be anywhere in the text.
    if any(cell.status != "missing" for cell in cells):
        told.update(*(reading.notes for reading in readings))
        searched = [section for section in sections if section.key in _TABLES]
    for section in searched:
        rows += _of_lines(_untold(section, told))
    return rows


def _paragraphs(sections: Sequence[Section]) -> Iterator[Paragraph]:
    return chain.from_iterable(section.paragraphs for section in sections)


def _untold(section: Section, told: Collection[str]) -> list[Paragraph]:
    return [paragraph for paragraph in section.paragraphs if paragraph.text not in told]


def _row(text: str, kept: dict[str, Paragraph]) -> UnreadRow:
    paragraph = kept.get(text)
    return UnreadRow(text, Passage(paragraph.number, 0, len(text)) if paragraph else None)


def _of_table(reading: ParsedGrid, cells: Sequence[Cell]) -> Iterator[str]:
    """Yield a form table's rows of figures whose label is unknown or not in the report's form.

    If no row of the table is missing, an unknown row is an addition and not unread.
    """
    rows = set(map(_row_of, cells))
    found = {_row_of(cell) for cell in cells if cell.status != "missing"}
    lacking = {row.split(".")[0] for row in rows - found}
    yield from (text for section, text in reading.unread if section in lacking)
    for row in reading.rows:
        is_known = not row.key or f"{row.section}.{row.key}" in rows
        if not is_known and _has_figures(row):
            yield _say(row)


def _row_of(cell: Cell) -> str:
    return cell.key.rsplit(".", 1)[0]


def _has_figures(row: FoundRow) -> bool:
    return any(is_number(cell.text) for cell in row.values) and not is_numbering(row.values)


def _say(row: FoundRow) -> str:
    return "\t".join([row.label, *(text for cell in row.values if (text := clean(cell.text)))])


def _of_lines(paragraphs: Sequence[Paragraph]) -> Iterator[UnreadRow]:
    """Yield the lines that hold a label and its figures, or a label above lines of one figure."""
    for at, paragraph in enumerate(paragraphs):
        label, figures = _cut(paragraph.text)
        if not label or len(label) > _MAX_LABEL_LENGTH:
            continue
        figures = figures or _figures_below(paragraphs[at + 1 : at + 4])
        if any(map(is_number, figures)) and len(figures) >= _enough(label):
            yield UnreadRow(paragraph.text, Passage(paragraph.number, 0, len(paragraph.text)))


def _figures_below(paragraphs: Sequence[Paragraph]) -> list[str]:
    texts = (paragraph.text for paragraph in paragraphs)
    return [text for text in texts if clean(text) and is_value(text)]


def _cut(text: str) -> tuple[str, list[str]]:
    """Return a line's label and the figures behind it, behind which more rows may stand.

    There is no label where prose follows the figures.
    """
    tokens = list(filter(None, _BETWEEN.split(text)))
    first = next((at for at, token in enumerate(tokens) if at and is_value(token)), len(tokens))
    figures = list(takewhile(is_value, tokens[first:]))
    if figures and ("。" in text or not is_value(tokens[-1])):
        return "", []
    return "".join(tokens[:first]), figures


def _enough(label: str) -> int:
    """Return how many figures make a row of a label; unreachably many for what is no label."""
    if vocabulary("requests").find_row(label):
        return _MIN_FIGURES_OF_REQUESTS
    return 1 if vocabulary("proactive").find_row(label) else len(label) + 1000
