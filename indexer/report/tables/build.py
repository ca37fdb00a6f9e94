"""Composes the form of a report: its version, every cell of it, and its heads as printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import attrgetter
from typing import TypeAlias

from indexer.forms.form import Form, FormColumn, FormTable, read_forms
from indexer.records import Cell, FormName, Number, PrintedLabel
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
"""Rows of the first table that have as many columns in both forms, but different ones."""
_FIRST_YEAR_OF_2021 = 2021
_FIGURES_OF_LAWSUITS = 10
"""A row of disputes with more figures than both lawsuits have prints all three parts."""

_Said: TypeAlias = tuple[tuple[str, Number | None], ...]
"""The status and value of each cell of a row."""


@dataclass(frozen=True, slots=True)
class ParsedForm:
    """The form of a report with all its cells, in the form's order; no cells for form `none`."""

    form: FormName
    cells: tuple[Cell, ...]
    labels: tuple[PrintedLabel, ...]


def read_form(readings: Sequence[ParsedGrid], year: int | None) -> ParsedForm:
    """Return the form that the tables print. `year` decides only where no printed head does."""
    if not any(map(attrgetter("is_form"), readings)):
        return ParsedForm("none", (), ())
    blocks = printed_blocks(readings)
    requests = find_requests_form(readings)
    proactive = find_proactive_form(readings) or main_form(blocks)
    fallback = "2021" if (year or 0) >= _FIRST_YEAR_OF_2021 else "2019"
    second = requests or proactive or fallback
    # The form of the requests says nothing of a first table that is printed.
    has_rows = next(iter_rows(readings, "proactive"), None) is not None
    first = proactive or (fallback if has_rows else second)
    cells, printed = _read_proactive(blocks, first, readings)
    if not proactive:
        # By the year alone, a row that both forms have with other columns may be either's.
        cells = _distrust_changed(cells)
    form = read_forms()[second]
    cells += _read_table(_one(form, "requests"), readings)
    cells += _read_disputes(_one(form, "disputes"), readings)
    return _as_form({*printed, second}, cells, readings)


def _as_form(names: set[str], cells: Sequence[Cell], readings: Sequence[ParsedGrid]) -> ParsedForm:
    forms = [read_forms()[name] for name in sorted(names)]
    form: FormName = "2021" if names == {"2021"} else "2019"
    if len(names) > 1:
        form = "hybrid"
    return ParsedForm(form, tuple(cells), _printed_labels(readings, forms))


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
    """Read the rows of a table wherever they are printed; contradicting rows are not trusted."""
    cells: list[Cell] = []
    rivals = _find_rivals(table, readings)
    for row in table.rows:
        found = _without_parts([f for f in iter_rows(readings, table.section) if f.key == row.key])
        if not found:
            cells += missing_row(table.section, row.key, table.columns)
            continue
        reads = [read_row(f, table.columns) for f in found]
        is_rival = len(reads) == 1 and found[0] in rivals
        is_sure = _agree(reads) and _are_one_label(found) and not is_rival
        cells += reads[0] if is_sure else distrust(reads[0])
    return cells


def _find_rivals(table: FormTable, readings: Sequence[ParsedGrid]) -> list[FoundRow]:
    """Return the rows of printed tables that contradict one another.

    One of such tables is another year's, or another body's.
    """
    tables = [_rows_of(table, reading) for reading in readings]
    if sum(map(bool, tables)) < 2:
        return []
    said = [{row.key: _say(read_row(row, table.columns)) for row in rows} for rows in tables]
    rivals: list[FoundRow] = []
    for at, rows in enumerate(tables):
        if any(_contradict(said[at], other) for other in (*said[:at], *said[at + 1 :])):
            rivals += rows
    return rivals


def _rows_of(table: FormTable, reading: ParsedGrid) -> list[FoundRow]:
    keys = {row.key for row in table.rows}
    return [row for row in iter_rows([reading], table.section) if row.key in keys]


def _contradict(one: Mapping[str, _Said], other: Mapping[str, _Said]) -> bool:
    return any(other.get(key, said) != said for key, said in one.items())


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
    """Return whether all readings of a row are equal: else it is unknown which is meant."""
    return len({_say(cells) for cells in reads}) == 1


def _say(cells: Sequence[Cell]) -> _Said:
    """Return the statuses and values of cells, however they are printed."""
    return tuple((cell.status, cell.value) for cell in cells)


def _read_disputes(table: FormTable, readings: Sequence[ParsedGrid]) -> list[Cell]:
    """Read the three rows where each is printed by itself, else the one long row.

    Results out of order are not trusted, nor are three rows that a long row contradicts.
    """
    rows = [row for row in iter_rows(readings, "disputes") if not is_numbering(row.values)]
    long = [row for row in rows if not row.key]
    if len(long) == len(rows):
        cells, is_sure = _read_long(table, long), True
    else:
        cells = _read_table(table, readings)
        is_sure = not _is_contradicted(cells, table, long)
    is_scrambled = any(reading.scrambled for reading in readings)
    return cells if is_sure and not is_scrambled else distrust(cells)


def _is_contradicted(cells: Sequence[Cell], table: FormTable, long: Sequence[FoundRow]) -> bool:
    """Return whether a long row beside the three rows says something else."""
    rivals = [row for row in long if _count_printed(row) > _FIGURES_OF_LAWSUITS]
    return bool(rivals) and _say(_read_long(table, rivals)) != _say(cells)


def _count_printed(row: FoundRow) -> int:
    return sum(1 for cell in row.values if clean(cell.text))


def _read_long(table: FormTable, rows: Sequence[FoundRow]) -> list[Cell]:
    """Read the row of all figures: of several, the first whole one, if the others agree."""
    columns = tuple(column for _ in table.rows for column in table.columns)
    candidates = _long_rows(rows, columns, len(table.columns))
    if not candidates:
        missing = (missing_row("disputes", row.key, table.columns) for row in table.rows)
        return list(chain.from_iterable(missing))
    reads = [read_row(FoundRow("disputes", "", "", row.values), columns) for row in candidates]
    named = [replace(cell, key=key) for cell, key in zip(reads[0], table.keys(), strict=True)]
    return named if _agree(reads) else distrust(named)


def _long_rows(
    rows: Sequence[FoundRow], columns: Sequence[FormColumn], of_part: int
) -> Sequence[FoundRow]:
    """Return the rows that can be the long one: whole rows before partial ones, else empty ones."""
    printed = list(filter(_count_printed, rows))
    if not printed:
        return [row for row in rows if len(row.values) >= len(columns)]
    whole = [row for row in printed if not fit_row(row, columns).doubt]
    partial = [row for row in printed if row not in whole and len(row.values) >= of_part]
    return [*whole, *partial] or printed


def _printed_labels(
    readings: Sequence[ParsedGrid], forms: Sequence[Form]
) -> tuple[PrintedLabel, ...]:
    """Return the heads that are printed otherwise than the form prescribes."""
    prescribed: dict[str, str] = {}
    for table in chain.from_iterable(form.tables for form in forms):
        section = table.section
        prescribed.update((f"{section}.{row.key}", row.label) for row in table.rows)
        prescribed.update((f"{section}.*.{column.key}", column.label) for column in table.columns)
    return tuple(
        PrintedLabel(key, text)
        for key, text in _first_printed(readings).items()
        if prescribed.get(key, text) != text
    )


def _first_printed(readings: Sequence[ParsedGrid]) -> dict[str, str]:
    """Return the heads of columns and rows as they are printed first, by their keys."""
    printed: dict[str, str] = {}
    for reading in readings:
        for key, head in reading.heads:
            section, column = key.split(".")
            printed.setdefault(f"{section}.*.{column}", head)
        for row in reading.rows:
            if row.key and row.label:
                printed.setdefault(f"{row.section}.{row.key}", row.label)
    return printed
