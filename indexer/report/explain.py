"""Explains how a document was read: its sections, and every row of its tables with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.forms.form import FormColumn, read_forms
from indexer.records import Block, Document, Grid, Line, Message, Report, SourcePlace
from indexer.report.build import dissect
from indexer.report.sections.openings import find_openings
from indexer.report.tables.form_grids import ParsedGrid
from indexer.report.tables.row_cells import FoundRow, fit_row
from indexer.text.amounts import clean

_MAX_NOTE_LENGTH = 60
"""Characters of a note that are shown."""


def explain(document: Document, report: Report) -> list[Message]:
    """Return the lines that tell a person how the report was read from the document."""
    title, body, readings = dissect(document)
    path = report.sources[0].path
    lines = [
        Message.of("explain.file", path=path, media_type=document.media_type, form=report.form),
        Message.of("explain.title", title=title.text) if title else Message.of("explain.no_title"),
    ]
    if document.lost:
        lines.append(Message.of("explain.lost", count=document.lost))
    lines += [Message.of("explain.picture", place=_place(place)) for place in document.pictures]
    return [*lines, *_explain_blocks(body, readings, report), *_missing(report)]


def _explain_blocks(
    body: Sequence[Block], readings: Sequence[ParsedGrid], report: Report
) -> Iterator[Message]:
    openings = {opening.at: opening.heading for opening in find_openings(body)}
    tables = iter(enumerate(readings, start=1))
    for at, block in enumerate(body):
        if at in openings:
            heading = openings[at]
            place = _line(block.place.line) if isinstance(block, Line) else ""
            yield Message.of(
                "explain.section", section=heading.key, place=place, heading=heading.text
            )
        if isinstance(block, Grid):
            yield from _explain_table(*next(tables), report)


def _explain_table(number: int, reading: ParsedGrid, report: Report) -> Iterator[Message]:
    yield Message.of(
        "explain.table",
        number=number,
        why=Message.of(f"explain.why.{reading.why}"),
        rows=len(reading.rows),
        notes=len(reading.notes),
    )
    if reading.heads:
        columns = tuple(f"{text} → {key}" for key, text in reading.heads)
        yield Message.of("explain.columns", columns=columns)
    for row in reading.rows:
        yield Message.of(
            "explain.row",
            place=_row(row),
            label=row.label or Message.of("explain.no_label"),
            section=row.section,
            row=row.key or Message.of("explain.long_row"),
            fit=_fit(row, report),
        )
    for note in reading.notes:
        yield Message.of("explain.note", text=note[:_MAX_NOTE_LENGTH])


def _fit(row: FoundRow, report: Report) -> Message:
    columns = _columns(row, report)
    cells = len(row.values)
    if not columns:
        return Message.of("explain.fit.not_in_form", cells=cells)
    printed = sum(1 for cell in row.values if clean(cell.text))
    doubt = fit_row(row, columns).doubt
    if doubt is None:
        return Message.of("explain.fit.certain", cells=cells, printed=printed)
    return Message.of("explain.fit.doubtful", cells=cells, printed=printed, doubt=doubt)


def _columns(row: FoundRow, report: Report) -> Sequence[FormColumn]:
    """Return the columns on which the row's cells were laid: for all disputes, thrice a part's."""
    tables = [table for form in read_forms().values() for table in form.tables_of(row.section)]
    if row.section == "disputes" and not row.key:
        return tables[0].columns * len(tables[0].rows)
    keys = {cell.key for cell in report.cells}
    begin = f"{row.section}.{row.key}"
    fitting = [
        tuple(column for column in table.columns if f"{begin}.{column.key}" in keys)
        for table in tables
    ]
    return max(fitting, key=len)


def _missing(report: Report) -> list[Message]:
    rows = dict.fromkeys(cell.key.rsplit(".", 1)[0] for cell in report.cells)
    printed = {cell.key.rsplit(".", 1)[0] for cell in report.cells if cell.status != "missing"}
    absent = tuple(row for row in rows if row not in printed)
    return [Message.of("explain.missing_rows", rows=absent)] if absent else []


def _row(row: FoundRow) -> Message | str:
    return _line(row.values[0].place.row) if row.values else ""


def _line(number: int | None) -> Message | str:
    return Message.of("explain.place.line", number=number) if number else ""


def _place(place: SourcePlace) -> Message | str:
    if place.page:
        return Message.of("explain.place.page", number=place.page)
    return _line(place.line)
