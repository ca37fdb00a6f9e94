"""Finds printed rows of the forms that were not read: in tables, or as lines among the prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from indexer.checks.rules import UnreadRow
from indexer.records import Cell, Paragraph, Passage, Section
from indexer.report.tables.disputes_table import is_numbering
from indexer.report.tables.form_grids import ParsedGrid
from indexer.report.tables.label_matching import vocabulary
from indexer.report.tables.row_cells import FoundRow
from indexer.text.amounts import clean, is_number, is_value

_TABLES = ("proactive", "requests", "disputes")
_BETWEEN = re.compile(r"[\s|｜│,，]+")
_LABEL = 45
"""No label of the forms is longer."""
_REQUESTS = 3
"""Figures that make a line with a request label a row; in the first table one is enough."""


def find_unread_rows(
    readings: Sequence[ParsedGrid], sections: Sequence[Section], cells: Sequence[Cell]
) -> list[UnreadRow]:
    """Return the rows with figures that no cell has: those of tables first, then lines."""
    kept = {paragraph.text: paragraph for section in sections for paragraph in section.paragraphs}
    rows = [
        _row(text, kept)
        for reading in readings
        if reading.is_form
        for text in _of_table(reading, cells)
    ]
    told = {text for reading in readings for text in reading.notes}
    bare = not any(cell.status != "missing" for cell in cells)
    for section in sections:
        if bare or section.key in _TABLES:
            lines = [
                paragraph for paragraph in section.paragraphs if paragraph.text not in told or bare
            ]
            rows += _of_lines(lines)
    return rows


def _row(text: str, kept: dict[str, Paragraph]) -> UnreadRow:
    paragraph = kept.get(text)
    return UnreadRow(text, Passage(paragraph.number, 0, len(text)) if paragraph else None)


def _of_table(reading: ParsedGrid, cells: Sequence[Cell]) -> Iterator[str]:
    """Yield a form table's rows of figures whose label is unknown or not in the report's form.

    If no row of the table is missing, an unknown row is an addition and not unread.
    """
    rows = {cell.key.rsplit(".", 1)[0] for cell in cells}
    found = {cell.key.rsplit(".", 1)[0] for cell in cells if cell.status != "missing"}
    lacking = {row.split(".")[0] for row in rows - found}
    yield from (text for section, text in reading.unread if section in lacking)
    for row in reading.rows:
        lacks = row.key and f"{row.section}.{row.key}" not in rows
        if (
            lacks
            and any(is_number(cell.text) for cell in row.values)
            and not is_numbering(row.values)
        ):
            yield _say(row)


def _say(row: FoundRow) -> str:
    return "\t".join([row.label, *(text for cell in row.values if (text := clean(cell.text)))])


def _of_lines(paragraphs: Sequence[Paragraph]) -> Iterator[UnreadRow]:
    """Yield the lines that hold a label and its figures, or a label above lines of one figure."""
    for at, paragraph in enumerate(paragraphs):
        label, figures = _cut(paragraph.text)
        if not label or len(label) > _LABEL:
            continue
        if not figures:
            following = (next_.text for next_ in paragraphs[at + 1 : at + 4])
            figures = [text for text in following if clean(text) and is_value(text)]
        if any(map(is_number, figures)) and len(figures) >= _enough(label):
            yield UnreadRow(paragraph.text, Passage(paragraph.number, 0, len(paragraph.text)))


def _cut(text: str) -> tuple[str, list[str]]:
    """Return a line's label and the figures behind it, behind which more rows may stand.

    There is no label where prose follows the figures.
    """
    tokens = [token for token in _BETWEEN.split(text) if token]
    first = next((at for at, token in enumerate(tokens) if at and is_value(token)), len(tokens))
    figures = list(takewhile(is_value, tokens[first:]))
    if figures and ("。" in text or not is_value(tokens[-1])):
        return "", []
    return "".join(tokens[:first]), figures


def _enough(label: str) -> int:
    """Return how many figures make a row of a label; unreachably many for what is no label."""
    if vocabulary("requests").find_row(label):
        return _REQUESTS
    return 1 if vocabulary("proactive").find_row(label) else len(label) + 1000
