"""The cells of a report, stored by columns, so that one of two hundred is read without making the
others.

Keys are stored as runs of the catalogue of figures; `schema.index_format` covers the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import compress, count
from typing import Any, TypeAlias

from indexer.records import STATUSES, Cell, SourcePlace, Status
from indexer.search.catalogue.caching import catalogue_cache
from indexer.search.catalogue.figures import figures
from indexer.serialise.records import pack_number, unpack_number

Runs: TypeAlias = tuple[int | str, ...]
"""Keys: two integers are the run `[start, end)` of the catalogue, a string is a key that is not in
it.
"""

_CODES: Mapping[Status, str] = {status: str(code) for code, status in enumerate(STATUSES)}
_NOWHERE = SourcePlace()
_KEY_ORDERS_CACHED = 64
"""The orders of keys to cache: those of the forms, and of reports that lack a table."""


def pack_cells(cells: Sequence[Cell]) -> tuple[Any, ...]:
    """Return the columns: keys, values, statuses, printed texts, units; the five of the places; the
    indexes of the cells without a place, and of those whose printed text is not the plain value.
    """
    return (
        _pack_keys(tuple([cell.key for cell in cells])),
        _pack_values(cells),
        "".join([_CODES[cell.status] for cell in cells]),
        [cell.raw for cell in cells],
        _column([cell.unit for cell in cells]),
        _pack_places([cell.where or _NOWHERE for cell in cells]),
        _indexes(cell.where is None for cell in cells),
        _indexes(not cell.as_printed for cell in cells),
    )


def _pack_values(cells: Sequence[Cell]) -> list[int | str | None]:
    # Almost all values are plain integers, which need no call.
    return [
        value if (value := cell.value).__class__ is int else pack_number(value) for cell in cells
    ]


def _indexes(flags: Iterable[bool]) -> list[int]:
    return list(compress(count(), flags))


def _pack_places(places: Sequence[SourcePlace]) -> tuple[Any, ...]:
    return (
        [place.line for place in places],
        _column([place.table for place in places]),
        [place.row for place in places],
        [place.column for place in places],
        _column([place.page for place in places]),
    )


class StoredCells:
    """Reads packed cells."""

    def __init__(self, packed: Any) -> None:
        keys, self._values, self._codes, self._raws, units, wheres, nowhere, read = packed
        self._keys = _unpack_keys(tuple(keys))
        self._units = _expand(units, len(self._keys))
        self._wheres = [_expand(column, len(self._keys)) for column in wheres]
        self._nowhere = frozenset(nowhere)
        self._read = frozenset(read)

    def cell(self, key: str) -> Cell | None:
        """Return the cell of a key, None without one."""
        at = _indexes_of(self._keys).get(key)
        return None if at is None else self._cell(at)

    def cells(self) -> tuple[Cell, ...]:
        """Return all cells, in order."""
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
    """Return a column, or just its value if all its values are equal."""
    return values[0] if values and values.count(values[0]) == len(values) else values


def _expand(column: Any, count: int) -> list[Any]:
    return column if isinstance(column, list) else [column] * count


@catalogue_cache
def _catalogue() -> tuple[str, ...]:
    return tuple(figures())


@lru_cache(_KEY_ORDERS_CACHED)
def _pack_keys(keys: tuple[str, ...]) -> Runs:
    known = _indexes_of(_catalogue())
    runs: list[int | str] = []
    for key in keys:
        at = known.get(key, key)
        if isinstance(at, int) and runs and runs[-1] == at:
            runs[-1] = at + 1
        else:
            runs += [at] if isinstance(at, str) else [at, at + 1]
    return tuple(runs)


@lru_cache(_KEY_ORDERS_CACHED)
def _unpack_keys(runs: Runs) -> tuple[str, ...]:
    keys: list[str] = []
    rest = iter(runs)
    for start in rest:
        if isinstance(start, str):
            keys.append(start)
        else:
            keys += _catalogue()[start : int(next(rest))]
    return tuple(keys)


@lru_cache(_KEY_ORDERS_CACHED)
def _indexes_of(keys: tuple[str, ...]) -> Mapping[str, int]:
    """Return the index of each key's first occurrence."""
    return {key: at for at, key in reversed(list(enumerate(keys)))}
