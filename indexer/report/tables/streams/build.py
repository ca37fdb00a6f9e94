"""Sets the tables without marked rows of a document in rows, by one convention for blanks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from indexer.records import Block, Document, Grid, GridCell, SourcePlace
from indexer.report.tables.label_matching import column_heads, plain
from indexer.report.tables.streams.blanks import (
    BlankConvention,
    EmptyCellCounts,
    count_cells,
    find_convention,
    find_form,
)
from indexer.report.tables.streams.cutting import CutRow, cut_rows
from indexer.report.tables.streams.finder import TableRun, find_runs
from indexer.report.tables.streams.seams import mend_seams
from indexer.report.tables.streams.spaced_grids import cut_spaced
from indexer.report.tables.streams.word_roles import column_count

_MIN_PROVING_ROWS = 20
"""Rows of a table that may prove the convention of the last table, which has one row."""


def cut_streams(document: Document) -> Document:
    """Return the document with every table in rows."""
    document = replace(document, blocks=cut_spaced(document.blocks))
    runs = find_runs(document.blocks)
    if runs:
        document = replace(document, blocks=tuple(_place_grids(document.blocks, runs)))
    return replace(document, blocks=mend_seams(document.blocks))


def _place_grids(blocks: Sequence[Block], runs: Sequence[TableRun]) -> list[Block]:
    """Return the blocks with each run replaced by its grid, and stray lines of it behind that."""
    grids = _build_grids(runs)
    placed: list[Block] = []
    at = 0
    for run, grid in zip(runs, grids, strict=True):
        placed += [*blocks[at : run.start], grid, *run.apart]
        at = run.end
    return [*placed, *blocks[at:]]


def _build_grids(runs: Sequence[TableRun]) -> list[Grid]:
    form = find_form(_head_keys(runs))
    tables: list[list[CutRow]] = []
    section: str | None = None
    for run in runs:
        rows, section = cut_rows(run.units, section, run.after)
        tables.append(rows)
    conventions = _find_conventions(runs, tables, form)
    grids: list[Grid] = []
    for run, rows, convention in zip(runs, tables, conventions, strict=True):
        number = len(grids) + 1 if run.table is None else run.table
        grids.append(_build_grid(rows, convention, form, number, explicit=run.explicit))
    return grids


def _find_conventions(
    runs: Sequence[TableRun], tables: Sequence[list[CutRow]], form: str | None
) -> list[BlankConvention | None]:
    """Return the convention of each run: that of all if one fits all, else its own.

    Blank lines and marked cells have conventions of their own.
    """
    conventions: list[BlankConvention | None] = [None] * len(runs)
    for explicit in (False, True):
        places = [at for at, run in enumerate(runs) if run.explicit is explicit]
        joint = find_convention([tables[at] for at in places], form, explicit=explicit)
        for at in places:
            own = joint or find_convention([tables[at]], form, explicit=explicit)
            conventions[at] = own
        _lend_to_long_row(conventions, {at: tables[at] for at in places})
    return conventions


def _lend_to_long_row(
    conventions: list[BlankConvention | None], tables: Mapping[int, Sequence[CutRow]]
) -> None:
    """Give the table of one row, which alone proves nothing, the convention of long tables."""
    proven = {conventions[at] for at, rows in tables.items() if len(rows) >= _MIN_PROVING_ROWS}
    proven.discard(None)
    if len(proven) != 1:
        return
    (lent,) = proven
    for at, rows in tables.items():
        if conventions[at] is None and _is_long_row(rows):
            conventions[at] = lent


def _is_long_row(rows: Sequence[CutRow]) -> bool:
    return sum(1 for row in rows if row.is_judged) == 1


def _head_keys(runs: Sequence[TableRun]) -> list[str]:
    heads = column_heads("proactive")
    return [
        heads[said]
        for run in runs
        for unit in run.units
        if unit.word and (said := plain(unit.text)) in heads
    ]


def _build_grid(
    rows: Sequence[CutRow],
    convention: BlankConvention | None,
    form: str | None,
    table: int,
    *,
    explicit: bool,
) -> Grid:
    built: list[tuple[GridCell, ...]] = []
    for number, (row, following) in enumerate(zip(rows, [*rows[1:], None], strict=True), start=1):
        counts = None
        if convention and row.is_judged:
            counts = count_cells(row, following, convention, form)
        if counts and row.is_last and not (explicit and counts.before[:1] > (0,)):
            counts = _without_spacing(row, counts, form)
        built.append(_build_row(row, counts, SourcePlace(table=table, row=number)))
    return Grid(tuple(built), rows_marked=False)


def _without_spacing(row: CutRow, counts: EmptyCellCounts, form: str | None) -> EmptyCellCounts:
    """Return the counts of a table's last row with only as many trailing blanks as fit.

    Too many empty cells before the first figure are left over from the heads and take no room. This
    does not hold for marked cells with an empty one before them: either may be the one that belongs
    to no column.
    """
    columns = column_count(row.section or "", row.key or "", form)
    # What the form's columns leave after the figures and the empty cells before them.
    free = (columns or 0) - len(row.values) - sum(counts.before)
    room = free if free >= 0 else max(0, free + counts.before[0])
    return EmptyCellCounts(counts.before, min(counts.after, room))


def _build_row(
    row: CutRow, counts: EmptyCellCounts | None, place: SourcePlace
) -> tuple[GridCell, ...]:
    texts: list[tuple[str, int | None]] = [(unit.text, unit.place.line) for unit in row.heads]
    for at, value in enumerate(row.values):
        texts += [("", value.place.line)] * (counts.before[at] if counts else 0)
        texts.append((value.text, value.place.line))
    texts += [("", None)] * (counts.after if counts else 0)
    return tuple(
        GridCell(text, at, place=replace(place, line=line, column=at + 1))
        for at, (text, line) in enumerate(texts)
    )
