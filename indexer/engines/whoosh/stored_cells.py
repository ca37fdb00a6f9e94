"""The cells of a report as they are kept: by columns, so that one of two hundred is found without making the others.

The keys are told by their places in the catalogue, whole runs of them at once; an index that was written with another
catalogue is refused (`schema.index_format`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from indexer.records import STATUSES, Cell, Number, SourcePlace, Status
from indexer.search.catalogue.caching import catalogue_cache
from indexer.search.catalogue.figures import figures

Runs: TypeAlias = tuple[int | str, ...]
"""Keys: two numbers are a run of the catalogue `[start, end)`, a string is a key that is not in it."""

_CODES: Mapping[Status, str] = {status: str(code) for code, status in enumerate(STATUSES)}
_NOWHERE = SourcePlace()
_KEPT = 64
"""How many orders of keys are remembered: those of the forms, and of reports that lack a table."""


def pack_number(value: Number | None) -> int | str | None:
    """Return a number as JSON keeps it exactly: a decimal as its digits."""
    return str(value) if isinstance(value, Decimal) else value


def unpack_number(packed: int | str | None) -> Number | None:
    """Return the number that was packed."""
    return Decimal(packed) if isinstance(packed, str) else packed


def pack_cells(cells: Sequence[Cell]) -> tuple[Any, ...]:
    """Return the columns: keys, values, statuses, what is printed, units; the places' five; the numbers of cells without a
    place, and of those whose text is not the value as it stands."""
    wheres = [cell.where or _NOWHERE for cell in cells]
    return (
        _pack_keys(tuple([cell.key for cell in cells])),
        [value if (value := cell.value).__class__ is int else pack_number(value) for cell in cells],
        "".join([_CODES[cell.status] for cell in cells]),
        [cell.raw for cell in cells],
        _column([cell.unit for cell in cells]),
        (
            [where.line for where in wheres],
            _column([where.table for where in wheres]),
            [where.row for where in wheres],
            [where.column for where in wheres],
            _column([where.page for where in wheres]),
        ),
        [at for at, cell in enumerate(cells) if cell.where is None],
        [at for at, cell in enumerate(cells) if not cell.as_printed],
    )


class Columns:
    """The cells that were packed."""

    def __init__(self, packed: Any) -> None:
        keys, self._values, self._codes, self._raws, units, wheres, nowhere, read = packed
        self._keys = _unpack_keys(tuple(keys))
        self._units = _list(units, len(self._keys))
        self._wheres = [_list(column, len(self._keys)) for column in wheres]
        self._nowhere = frozenset(nowhere)
        self._read = frozenset(read)

    def cell(self, key: str) -> Cell | None:
        """Return the cell of a key, None without one."""
        at = _places(self._keys).get(key)
        return None if at is None else self._cell(at)

    def cells(self) -> tuple[Cell, ...]:
        """Return all of them, in their order."""
        return tuple(map(self._cell, range(len(self._keys))))

    def _cell(self, at: int) -> Cell:
        return Cell(
            self._keys[at],
            unpack_number(self._values[at]),
            STATUSES[int(self._codes[at])],
            self._raws[at],
            self._units[at],
            None if at in self._nowhere else SourcePlace(*[column[at] for column in self._wheres]),
            at not in self._read,
        )


def _column(values: list[Any]) -> Any:
    """Return a column that mostly says one thing: the thing itself where it says nothing else."""
    return values[0] if values and values.count(values[0]) == len(values) else values


def _list(column: Any, count: int) -> list[Any]:
    return column if isinstance(column, list) else [column] * count


@catalogue_cache
def _catalogue() -> tuple[str, ...]:
    return tuple(figures())


@lru_cache(_KEPT)
def _pack_keys(keys: tuple[str, ...]) -> Runs:
    known = _places(_catalogue())
    runs: list[int | str] = []
    for key in keys:
        at = known.get(key, key)
        if isinstance(at, int) and runs and runs[-1] == at:
            runs[-1] = at + 1
        else:
            runs += [at] if isinstance(at, str) else [at, at + 1]
    return tuple(runs)


@lru_cache(_KEPT)
def _unpack_keys(runs: Runs) -> tuple[str, ...]:
    keys: list[str] = []
    rest = iter(runs)
    for start in rest:
        if isinstance(start, str):
            keys.append(start)
        else:
            keys += _catalogue()[start : int(next(rest))]
    return tuple(keys)


@lru_cache(_KEPT)
def _places(keys: tuple[str, ...]) -> Mapping[str, int]:
    """Return where each key stands first."""
    return {key: at for at, key in reversed(list(enumerate(keys)))}
