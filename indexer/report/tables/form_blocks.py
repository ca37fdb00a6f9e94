"""Finds the form of each block of the first table by the heads above its rows.

A block has the rows under one caption: 第二十条第（一）项 and so on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from indexer.forms.form import FormRow, FormTable, read_forms
from indexer.report.tables.form_grids import ParsedGrid, iter_rows
from indexer.report.tables.row_cells import FoundRow
from indexer.text.amounts import clean


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """The tables of one caption by form, with the rows printed for it.

    `form` is the one whose heads alone stand above the rows, all of them; None if there is no such
    form. `touched` names every form that has a head above the rows that the other forms lack.
    """

    tables: Mapping[str, FormTable]
    rows: tuple[FoundRow, ...]
    form: str | None
    touched: frozenset[str]

    @property
    def is_disputed(self) -> bool:
        """Return whether heads of several forms stand above the rows: either may be the form."""
        return len(self.touched) > 1


@dataclass(frozen=True, slots=True)
class BlockTable:
    """A table to read a block by.

    `forms` are those that its printed rows and columns come from; empty without rows. `certain`
    means that the heads are printed, or that nothing on the page contradicts the form.
    """

    table: FormTable
    forms: frozenset[str]
    certain: bool = True


def printed_blocks(readings: Sequence[ParsedGrid]) -> list[PrintedBlock]:
    """Return every block of the first table, in the printed order of the forms."""
    forms = read_forms()
    captions = sorted(
        {table.caption for form in forms.values() for table in form.tables_of("proactive")},
        key=_order,
    )
    return [_block(caption, readings) for caption in captions]


def compose_tables(blocks: Sequence[PrintedBlock], first: str) -> list[BlockTable]:
    """Return the tables to read the blocks by: form `first`, or block by block if forms are mixed.

    In a mixed table a block without heads is read as `first` has it, but never with certainty.
    """
    if not any(_strays(block, first) for block in blocks):
        return [
            BlockTable(
                block.tables[first],
                frozenset({first} if block.rows else ()),
                block.touched <= {first},
            )
            for block in blocks
            if first in block.tables
        ]
    return [one for block in blocks if (one := _compose(block, first))]


def main_form(blocks: Sequence[PrintedBlock]) -> str | None:
    """Return the form that most blocks are printed in; None without one or on a tie."""
    votes = {name: sum(block.form == name for block in blocks) for name in read_forms()}
    best = max(votes, key=lambda name: votes[name])
    return best if votes[best] and list(votes.values()).count(votes[best]) == 1 else None


def _order(caption: str) -> int:
    """Return the rank of a caption by the number of its item."""
    return "一二三四五六七八九十".find(caption.removeprefix("第二十条第（")[:1])


def _block(caption: str, readings: Sequence[ParsedGrid]) -> PrintedBlock:
    tables = _tables_of(caption)
    keys = {row.key for table in tables.values() for row in table.rows}
    rows = tuple(row for row in iter_rows(readings, "proactive") if row.key in keys)
    touched = frozenset(name for row in rows for name in _touched(row, tables))
    forms = {_printed_form(row, tables) for row in rows} - {None}
    # A head of another form above the same rows leaves open which form is meant.
    is_clear = len(forms) == 1 and touched <= forms
    return PrintedBlock(tables, rows, forms.pop() if is_clear else None, touched)


def _tables_of(caption: str) -> dict[str, FormTable]:
    return {
        name: table
        for name, form in read_forms().items()
        for table in form.tables_of("proactive")
        if table.caption == caption
    }


def _printed_form(row: FoundRow, tables: Mapping[str, FormTable]) -> str | None:
    """Return the form whose heads, and no others, stand above a row no wider than they are."""
    heads = {head.key for head in row.heads.heads}
    filled = sum(1 for cell in row.values if clean(cell.text))
    for name, table in tables.items():
        if heads == {column.key for column in table.columns} and filled <= len(heads):
            return name
    return None


def _touched(row: FoundRow, tables: Mapping[str, FormTable]) -> Iterator[str]:
    heads = {head.key for head in row.heads.heads}
    for name, table in tables.items():
        own = {column.key for column in table.columns}
        others = {
            column.key
            for other, there in tables.items()
            if other != name
            for column in there.columns
        }
        if heads & (own - others) or (own <= others and _printed_form(row, tables) == name):
            yield name


def _strays(block: PrintedBlock, first: str) -> bool:
    """Return whether a block has rows that are not read as `first` has them."""
    if block.form not in (None, first):
        return True
    return any(
        not _knows(block.tables.get(first), row.key) and _is_told(block, row) for row in block.rows
    )


def _knows(table: FormTable | None, key: str) -> bool:
    return table is not None and any(row.key == key for row in table.rows)


def _is_told(block: PrintedBlock, row: FoundRow) -> bool:
    """Return whether the heads over a row name the columns of a form."""
    return _printed_form(row, block.tables) is not None


def _compose(block: PrintedBlock, first: str) -> BlockTable | None:
    """Return the table for a block of a mixed table, with the other forms' rows under its heads."""
    name = block.form or first
    table = block.tables.get(name)
    if table is None:
        return None
    if not block.rows:
        return BlockTable(table, frozenset())
    extra = _rows_of_other_forms(block, table)
    return BlockTable(
        replace(table, rows=(*table.rows, *extra)),
        frozenset({name, *extra.values()}),
        block.form is not None,
    )


def _rows_of_other_forms(block: PrintedBlock, table: FormTable) -> dict[FormRow, str]:
    """Return the printed rows that only other forms have, with the form that each is from.

    A row counts only if some form has all its cells under the table's columns.
    """
    told = {row.key for row in block.rows if _is_told(block, row)}
    keys = set(chain.from_iterable(other.keys() for other in block.tables.values()))
    extra: dict[FormRow, str] = {}
    for name, other in block.tables.items():
        for row in other.rows:
            cells = (table.key(row, column) for column in table.columns)
            if row.key in told and not _knows(table, row.key) and keys.issuperset(cells):
                extra[row] = name
    return extra
