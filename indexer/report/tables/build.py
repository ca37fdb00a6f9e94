"""The forms' tables of a report: which form it is, every cell of it, and how its heads are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.forms.form import Form, FormTable, read_forms
from indexer.records import Cell, FormName, PrintedLabel
from indexer.report.tables.disputes_table import is_numbering
from indexer.report.tables.form_blocks import (
    PrintedBlock,
    compose_tables,
    main_form,
    printed_blocks,
)
from indexer.report.tables.form_detection import find_proactive_form, find_requests_form, is_mixed
from indexer.report.tables.form_grids import ParsedGrid, iter_rows
from indexer.report.tables.label_matching import plain, vocabulary
from indexer.report.tables.row_cells import FoundRow, distrust, fit_row, missing_row, read_row
from indexer.text.amounts import clean

_CHANGED = frozenset({"regulations", "normative_documents"})
"""Rows of the first table that have as many columns in both forms, but other ones."""
_MANY = 10
"""A row of disputes with more figures than the two lawsuits' tells all three parts."""


@dataclass(frozen=True, slots=True)
class ParsedForm:
    """The form of a report with all its cells, in the form's order; no cells for form `none`."""

    form: FormName
    cells: tuple[Cell, ...]
    labels: tuple[PrintedLabel, ...]


def read_form(readings: Sequence[ParsedGrid], year: int | None) -> ParsedForm:
    """Return the form that the tables print. `year` decides only where no printed head does."""
    if not any(reading.is_form for reading in readings):
        return ParsedForm("none", (), ())
    requests, blocks = find_requests_form(readings), printed_blocks(readings)
    proactive = find_proactive_form(readings) or main_form(blocks)
    fallback = "2021" if year is not None and year >= 2021 else "2019"
    has_proactive = any(True for _ in iter_rows(readings, "proactive"))
    first = proactive or (fallback if has_proactive else requests or fallback)
    second = requests or proactive or fallback
    forms = read_forms()
    cells, printed = _read_proactive(blocks, first, readings)
    if has_proactive and not proactive:
        cells = _distrust_changed(cells)
    cells += _read_table(_one(forms[second], "requests"), readings)
    cells += _read_disputes(_one(forms[second], "disputes"), readings)
    names = sorted({*printed, second})
    form: FormName = "hybrid" if len(names) > 1 else ("2021" if names == ["2021"] else "2019")
    return ParsedForm(
        form, tuple(cells), _printed_labels(readings, [forms[name] for name in names])
    )


def _read_proactive(
    blocks: Sequence[PrintedBlock], first: str, readings: Sequence[ParsedGrid]
) -> tuple[list[Cell], set[str]]:
    """Return the cells of the first table, read block by block, and the forms of its blocks."""
    cells: list[Cell] = []
    tables = compose_tables(blocks, first)
    for one in tables:
        read = _read_table(one.table, readings)
        cells += read if one.certain else _distrust_changed(read)
    if is_mixed(blocks, readings):
        cells = distrust(cells)
    return cells, {form for one in tables for form in one.forms} or {first}


def _distrust_changed(cells: Sequence[Cell]) -> list[Cell]:
    """Return the cells, `suspect` in rows whose columns differ between the forms."""
    return [
        cell
        for one in cells
        for cell in (distrust([one]) if one.key.split(".")[1] in _CHANGED else [one])
    ]


def _one(form: Form, section: str) -> FormTable:
    return form.tables_of(section)[0]


def _read_table(table: FormTable, readings: Sequence[ParsedGrid]) -> list[Cell]:
    """Read the rows of a table wherever they stand; one that two printed tables tell differently is not trusted."""
    cells: list[Cell] = []
    rivals = _find_rivals(table, readings)
    for row in table.rows:
        found = _without_parts([f for f in iter_rows(readings, table.section) if f.key == row.key])
        if not found:
            cells += missing_row(table.section, row.key, table.columns)
            continue
        reads = [read_row(f, table.columns) for f in found]
        sure = (
            _agree(reads) and _are_one_label(found) and not (len(reads) == 1 and found[0] in rivals)
        )
        cells += reads[0] if sure else distrust(reads[0])
    return cells


def _find_rivals(table: FormTable, readings: Sequence[ParsedGrid]) -> list[FoundRow]:
    """Return the rows of printed tables that contradict one another: one of them is another year's, or another body's."""
    keys = {row.key for row in table.rows}
    tables = [
        [row for row in iter_rows([reading], table.section) if row.key in keys]
        for reading in readings
    ]
    if sum(1 for rows in tables if rows) < 2:
        return []
    said = [{row.key: _say(read_row(row, table.columns)) for row in rows} for rows in tables]
    return [
        row
        for at, rows in enumerate(tables)
        for row in rows
        if any(
            other.get(key, words) != words
            for there, other in enumerate(said)
            if there != at
            for key, words in said[at].items()
        )
    ]


def _without_parts(rows: Sequence[FoundRow]) -> list[FoundRow]:
    """Return the rows with exactly the form's words where there are any, else all."""
    words = vocabulary(rows[0].section) if rows else None
    return [row for row in rows if words and not words.has_more_words(row.label)] or list(rows)


def _are_one_label(rows: Sequence[FoundRow]) -> bool:
    """Return whether rows of one key have one label; 行政强制措施 and 行政强制执行 are two."""
    words = vocabulary(rows[0].section)
    return len({plain(row.label) for row in rows}) == 1 or not any(
        words.has_more_words(row.label) for row in rows
    )


def _agree(reads: Sequence[Sequence[Cell]]) -> bool:
    """Return whether a row that stands twice says the same each time: otherwise no one can tell which is meant."""
    return len({_say(cells) for cells in reads}) == 1


def _say(cells: Sequence[Cell]) -> tuple[object, ...]:
    """Return what cells say, however it is written."""
    return tuple((cell.status, cell.value) for cell in cells)


def _read_disputes(table: FormTable, readings: Sequence[ParsedGrid]) -> list[Cell]:
    """Read the three rows where each is printed by itself, else the one long row; scrambled results are not trusted.

    Nor are three rows that a long one beside them gainsays.
    """
    rows = [row for row in iter_rows(readings, "disputes") if not is_numbering(row.values)]
    if not any(row.key for row in rows):
        cells = _read_long(table, rows)
        return distrust(cells) if any(reading.scrambled for reading in readings) else cells
    cells = _read_table(table, readings)
    rivals = [
        row
        for row in rows
        if not row.key and sum(1 for cell in row.values if clean(cell.text)) > _MANY
    ]
    gainsaid = bool(rivals) and _say(_read_long(table, rivals)) != _say(cells)
    return distrust(cells) if gainsaid or any(reading.scrambled for reading in readings) else cells


def _read_long(table: FormTable, rows: Sequence[FoundRow]) -> list[Cell]:
    """Read the row of all figures; where several are printed, the first whole one, which the others must not gainsay."""
    columns = tuple(column for _ in table.rows for column in table.columns)
    printed = [row for row in rows if any(clean(cell.text) for cell in row.values)]
    empty = [row for row in rows if row not in printed and len(row.values) >= len(columns)]
    whole = [row for row in printed if not fit_row(row, columns).doubt]
    partial = [row for row in printed if row not in whole and len(row.values) >= len(table.columns)]
    candidates = [*whole, *partial] or printed or empty
    if not candidates:
        return [
            cell for row in table.rows for cell in missing_row("disputes", row.key, table.columns)
        ]
    reads = [read_row(FoundRow("disputes", "", "", row.values), columns) for row in candidates]
    named = [replace(cell, key=key) for cell, key in zip(reads[0], table.keys(), strict=True)]
    return named if _agree(reads) else distrust(named)


def _printed_labels(
    readings: Sequence[ParsedGrid], forms: Sequence[Form]
) -> tuple[PrintedLabel, ...]:
    """Return the heads that are printed otherwise than the form prescribes."""
    prescribed: dict[str, str] = {}
    for form in forms:
        for table in form.tables:
            prescribed.update({f"{table.section}.{row.key}": row.label for row in table.rows})
            prescribed.update(
                {f"{table.section}.*.{column.key}": column.label for column in table.columns}
            )
    printed: dict[str, str] = {}
    for reading in readings:
        for key, head in reading.heads:
            section, column = key.split(".")
            printed.setdefault(f"{section}.*.{column}", head)
        for row in reading.rows:
            if row.key and row.label:
                printed.setdefault(f"{row.section}.{row.key}", row.label)
    return tuple(
        PrintedLabel(key, text)
        for key, text in printed.items()
        if prescribed.get(key, text) != text
    )
