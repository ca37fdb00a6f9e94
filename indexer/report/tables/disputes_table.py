"""The table of reconsiderations and lawsuits: one row of fifteen numbers, its parts, or three rows of five set upright."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from indexer.records import GridCell
from indexer.report.tables.label_matching import column_heads, plain
from indexer.report.tables.row_cells import FoundRow
from indexer.report.tables.streams.units import is_figure_like
from indexer.text.amounts import clean, is_value

ROWS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
_ORDER = {ROWS[0]: 0, "行政诉讼": 1, ROWS[1]: 1, ROWS[2]: 2}
_OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
OUTCOMES = len(_OUTCOMES)
"""So many figures has a row of the table set upright."""
_CELLS = 15
_LABEL = re.compile(r"[数量计年度案情况目申请]\s*$|20\d\d")
_WORD = 8
"""A text longer than this in a row of numbers makes it no row of numbers."""


@dataclass
class DisputesReader:
    """Reads the rows of one table. `named` are the parts that its heads name, `outcomes` the results in their order.

    Heads below a row of numbers name the parts of the next one: several tables may stand as one.
    """

    spans_known: bool = False
    named: list[str] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    first: int | None = None
    """The grid column of the first result's head, where it is known."""
    used: bool = False
    crossed: bool = False
    """Return whether the heads name the parts in another order than the form's."""
    astray: bool = False
    """Return whether numbers stand under such heads with no label of their own."""

    def read_heads(self, row: Sequence[GridCell]) -> None:
        """Take a row of heads."""
        if self.used:
            self.named, self.used, self.crossed = [], False, False
        names = dict.fromkeys(find_part(cell.text) or plain(cell.text) for cell in row)
        order = [_ORDER[name] for name in names if name in _ORDER]
        self.crossed = self.crossed or order != sorted(order)
        for cell in row:
            said = plain(cell.text)
            outcome, part = column_heads("disputes").get(said), find_part(cell.text)
            if outcome:
                self.outcomes.append(outcome)
                if self.spans_known:
                    self.first = min(
                        cell.column, self.first if self.first is not None else cell.column
                    )
            elif part and part not in self.named:
                self.named.append(part)

    def read(self, row: Sequence[GridCell]) -> list[FoundRow]:
        """Return what a row below the heads holds; nothing if it is none of the form."""
        found = self._find(row)
        self.used = self.used or bool(found)
        return found

    def _find(self, row: Sequence[GridCell]) -> list[FoundRow]:
        label, values = _split(row)
        part = find_part(label.text) if label else None
        if not values or any(
            len(clean(cell.text)) > _WORD and not is_value(cell.text) for cell in values
        ):
            return []
        if not any(is_value(cell.text) and clean(cell.text) for cell in values) and len(
            values
        ) < len(_OUTCOMES):
            return []
        text = label.text if label else ""
        if part:
            return [FoundRow("disputes", part, "".join(text.split()), values)]
        self.astray = self.astray or self.crossed
        if len(values) < _CELLS and len(values) == len(_OUTCOMES) * len(self._parts()):
            return list(_cut(self._parts(), values))
        values = self._without_end(values)
        return (
            [FoundRow("disputes", "", "", values)] if self.outcomes or len(values) >= _CELLS else []
        )

    @property
    def scrambled(self) -> bool:
        """Return whether the heads print all results, or the parts over the numbers, in another order than the form's."""
        known = self.outcomes
        whole = len({known.count(key) for key in _OUTCOMES}) == 1
        return self.astray or (
            whole and any(key != _OUTCOMES[at % len(_OUTCOMES)] for at, key in enumerate(known))
        )

    def _without_end(self, values: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
        """Drop the empty cells behind the last column of a row that begins under the first result's head."""
        begins = self.first is not None and values[0].column == self.first
        return (
            values[:_CELLS]
            if begins and not any(clean(cell.text) for cell in values[_CELLS:])
            else values
        )

    def _parts(self) -> list[str]:
        """Return the parts whose numbers stand in a shortened row: those that the heads name, none left out between them."""
        parts = [part for part in ROWS if part in self.named]
        return parts if parts != [ROWS[0], ROWS[2]] else []


def is_empty_part(row: Sequence[GridCell]) -> bool:
    """Return whether a row is the name of a part with an empty cell for each of its results."""
    label, *values = row
    return (
        bool(find_part(label.text))
        and len(values) == len(_OUTCOMES)
        and not any(clean(cell.text) for cell in values)
    )


def is_numbering(values: Sequence[GridCell]) -> bool:
    """Return whether a row only numbers its columns from 1."""
    return [clean(cell.text) for cell in values] == [str(at) for at in range(1, len(values) + 1)]


def find_part(text: str) -> str | None:
    """Return the part of the table that a head or a label names, or None."""
    said = "".join(text.split())
    if "未经复议" in said:
        return ROWS[1]
    if "复议后" in said:
        return ROWS[2]
    return ROWS[0] if plain(said) in ("行政复议", "行政复议情况", "行政复议案件") else None


def _split(row: Sequence[GridCell]) -> tuple[GridCell | None, tuple[GridCell, ...]]:
    """Return the last label cell before the first number or stroke, and what follows it; 若干 and such are no label."""
    first = next(
        (at for at, cell in enumerate(row) if clean(cell.text) and is_value(cell.text)), None
    )
    texts = [
        at
        for at, cell in enumerate(row[:first])
        if clean(cell.text) and not is_figure_like(cell.text)
    ]
    if not texts:
        return None, tuple(row)
    label = row[texts[-1]]
    if len(row) == _CELLS and not (find_part(label.text) or _LABEL.search(label.text)):
        return None, tuple(row)
    return label, tuple(row[texts[-1] + 1 :])


def _cut(parts: Sequence[str], values: Sequence[GridCell]) -> Iterable[FoundRow]:
    count = len(_OUTCOMES)
    for at, part in enumerate(parts):
        yield FoundRow("disputes", part, "", tuple(values[at * count : (at + 1) * count]))
