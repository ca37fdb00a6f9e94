"""Marks rows between a label without figures and figures without a label.

Where a table has both, all labels between them may be one row off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from indexer.records import GridCell
from indexer.report.tables.row_cells import FoundRow
from indexer.text.amounts import clean, is_number, is_value

_Piece: TypeAlias = Literal["label", "figures"]


@dataclass
class TornRows:
    """The pieces of rows in a table, each with the number of rows read before it."""

    found: list[tuple[_Piece, int]] = field(default_factory=list)

    def note(self, piece: _Piece, before: int) -> None:
        """Take a piece; a label and figures next to each other are one row and cancel out."""
        if self.found and self.found[-1][1] == before and self.found[-1][0] != piece:
            self.found.pop()
        else:
            self.found.append((piece, before))

    def doubt(self, rows: Sequence[FoundRow]) -> list[FoundRow]:
        """Return the rows; between the first and the last piece their figures may be another's."""
        # Without a label and figures to match, each row has its own.
        if len({piece for piece, _ in self.found}) < 2:
            return list(rows)
        first, last = self.found[0][1], self.found[-1][1]
        return [
            *rows[:first],
            *(replace(row, shared=True) for row in rows[first:last]),
            *rows[last:],
        ]


def are_figures(values: Sequence[GridCell], fewest: int) -> bool:
    """Return whether these are the figures of a row without a label: a number and only values."""
    return (
        len(values) >= fewest
        and all(is_value(cell.text) for cell in values)
        and any(is_number(cell.text) for cell in values)
    )


def is_bare(values: Sequence[GridCell]) -> bool:
    """Return whether nothing is printed behind a label."""
    return not any(clean(cell.text) for cell in values)
