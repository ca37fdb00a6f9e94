"""Reads the table of reconsiderations and lawsuits.

It is one row of fifteen numbers, the parts of it, or three rows of five below one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from indexer.records import GridCell
from indexer.report.tables.label_matching import column_heads, plain
from indexer.report.tables.row_cells import FoundRow
from indexer.report.tables.streams.units import is_figure_like
from indexer.text.amounts import clean, is_value

ROWS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
_ORDER = {ROWS[0]: 0, "行政诉讼": 1, ROWS[1]: 1, ROWS[2]: 2}
_OUTCOMES = ("upheld", "corrected", "other", "pending", "total")
OUTCOMES = len(_OUTCOMES)
"""Figures of a row where the parts stand below one another."""
_CELLS = 15
_LABEL = re.compile(r"[数量计年度案情况目申请]\s*$|20\d\d")
_MAX_WORD_LENGTH = 8
"""Characters of a text among the numbers of a row (若干, 见附件)."""


@dataclass
class DisputesReader:
    """Reads the rows of one table.

    `named` are the parts and `outcomes` the results that its heads name, in their order. Heads
    below a row of numbers name the parts of the next one: several tables may stand as one.
    """

    spans_known: bool = False
    named: list[str] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    first: int | None = None
    """The grid column of the first result's head, if known."""
    used: bool = False
    crossed: bool = False
    """The heads name the parts in another order than the form's."""
    astray: bool = False
    """Numbers without a label of their own stand under such heads."""

    def read_heads(self, row: Sequence[GridCell]) -> None:
        """Take a row of heads."""
        if self.used:
            self.named, self.used, self.crossed = [], False, False
        names = dict.fromkeys(find_part(cell.text) or plain(cell.text) for cell in row)
        order = [_ORDER[name] for name in names if name in _ORDER]
        self.crossed = self.crossed or order != sorted(order)
        for cell in row:
            self._read_head(cell)

    def _read_head(self, cell: GridCell) -> None:
        outcome, part = column_heads("disputes").get(plain(cell.text)), find_part(cell.text)
        if outcome:
            self.outcomes.append(outcome)
            if self.spans_known:
                before = cell.column if self.first is None else self.first
                self.first = min(cell.column, before)
        elif part and part not in self.named:
            self.named.append(part)

    def read(self, row: Sequence[GridCell]) -> list[FoundRow]:
        """Return the form's rows in a row below the heads, if any."""
        found = self._find(row)
        self.used = self.used or bool(found)
        return found

    def _find(self, row: Sequence[GridCell]) -> list[FoundRow]:
        label, values = _split(row)
        text = label.text if label else ""
        if not _are_results(values):
            return []
        part = find_part(text)
        if part:
            return [FoundRow("disputes", part, "".join(text.split()), values)]
        # Figures without a label of their own follow the heads, which are out of order.
        self.astray = self.astray or self.crossed
        if len(values) < _CELLS and len(values) == len(_OUTCOMES) * len(self._parts()):
            return list(_cut(self._parts(), values))
        values = self._without_end(values)
        is_long = bool(self.outcomes) or len(values) >= _CELLS
        return [FoundRow("disputes", "", "", values)] if is_long else []

    @property
    def scrambled(self) -> bool:
        """Return whether the heads print results, or parts over numbers, out of order."""
        known = self.outcomes
        whole = len({known.count(key) for key in _OUTCOMES}) == 1
        return self.astray or (
            whole and any(key != _OUTCOMES[at % len(_OUTCOMES)] for at, key in enumerate(known))
        )

    def _without_end(self, values: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
        """Drop empty cells behind the last column of a row that begins under the first head."""
        begins_there = self.first is not None and values[0].column == self.first
        if begins_there and not any(clean(cell.text) for cell in values[_CELLS:]):
            return values[:_CELLS]
        return values

    def _parts(self) -> list[str]:
        """Return the parts of a shortened row: those that the heads name, without a gap."""
        parts = [part for part in ROWS if part in self.named]
        return parts if parts != [ROWS[0], ROWS[2]] else []


def is_empty_part(row: Sequence[GridCell]) -> bool:
    """Return whether a row is a part's name with an empty cell for each of its results."""
    label, *values = row
    return (
        bool(find_part(label.text))
        and len(values) == len(_OUTCOMES)
        and not any(clean(cell.text) for cell in values)
    )


def _are_results(values: Sequence[GridCell]) -> bool:
    """Return whether cells can be results: figures, or a blank for each result of a part."""
    words = [cell.text for cell in values if not is_value(cell.text)]
    if not values or any(len(clean(word)) > _MAX_WORD_LENGTH for word in words):
        return False
    has_value = any(is_value(cell.text) and clean(cell.text) for cell in values)
    return has_value or len(values) >= len(_OUTCOMES)


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
    """Return the last label cell before the first number or stroke, and the cells behind it.

    A word in place of a figure, such as 若干, is no label.
    """
    before = list(takewhile(lambda cell: not (clean(cell.text) and is_value(cell.text)), row))
    labels = [at for at, cell in enumerate(before) if _may_be_label(cell)]
    if not labels:
        return None, tuple(row)
    label = row[labels[-1]]
    if len(row) == _CELLS and not (find_part(label.text) or _LABEL.search(label.text)):
        return None, tuple(row)
    return label, tuple(row[labels[-1] + 1 :])


def _may_be_label(cell: GridCell) -> bool:
    return bool(clean(cell.text)) and not is_figure_like(cell.text)


def _cut(parts: Sequence[str], values: Sequence[GridCell]) -> Iterable[FoundRow]:
    count = len(_OUTCOMES)
    for at, part in enumerate(parts):
        yield FoundRow("disputes", part, "", tuple(values[at * count : (at + 1) * count]))
