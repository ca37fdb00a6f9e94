"""What the contract demands of every cell of a damaged report, by the literal words of
`data-model.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.records import Cell
from tests.damage.paper import Figure, Paper, Row


@dataclass(frozen=True)
class Demand:
    """The status and value a cell must have; where `certain` is not, a cautious status will do as
    well.
    """

    status: str
    value: int | Decimal | None = None
    certain: bool = True
    printed: frozenset[int | Decimal] = frozenset()
    """The values that may be called `reported`: those printed in this very cell."""

    def is_right(self, cell: Cell | None) -> bool:
        """Return whether the cell is exactly as demanded."""
        return cell is not None and (cell.status, cell.value) == (self.status, self.value)

    def is_silently_wrong(self, cell: Cell | None) -> bool:
        """Return whether a number is called `reported` that is not printed in this cell, or cannot
        be trusted.
        """
        return cell is not None and cell.status == "reported" and cell.value not in self.printed


VERDICTS = ("right", "cautious", "doubtful", "silent")
MISSING = Figure("", "missing")


def demand(paper: Paper) -> dict[str, Demand]:
    """Return what is demanded of each cell of the form."""
    found: dict[str, list[list[Figure]]] = {key: [] for key in paper.keys}
    printed: dict[str, set[int | Decimal]] = {key: set() for key in paper.keys}
    for row in paper.rows():
        figures = read_literally(row)
        for key, figure in zip(row.keys, figures, strict=True):
            found[key].append(figures)
            if figure.status == "reported" and figure.value is not None:
                printed[key].add(figure.value)
    return {key: _of_cell(key, paper, found[key], printed[key]) for key in paper.keys}


def _of_cell(
    key: str, paper: Paper, rows: list[list[Figure]], printed: set[int | Decimal]
) -> Demand:
    certain = key not in paper.doubtful
    if not rows:
        return Demand("missing", None, certain)
    figure = rows[0][_position(key, paper)]
    agree = len({tuple((figure.status, figure.value) for figure in row) for row in rows}) == 1
    if figure.status == "reported" and not agree:
        return Demand("suspect", figure.value, certain)
    return Demand(
        figure.status, figure.value, certain, frozenset(printed) if agree else frozenset()
    )


def _position(key: str, paper: Paper) -> int:
    return next(row.keys.index(key) for row in paper.rows() if key in row.keys)


def read_literally(row: Row) -> list[Figure]:
    """Return what each cell of the form in this row says: short, overfull and slipped rows have no
    certain number.
    """
    figures = [box.figure for box in row.boxes if box.figure]
    count = len(row.keys)
    while len(figures) > count and figures[-1].status == "blank":
        figures.pop()
    full = [*figures, *[MISSING] * (count - len(figures))][:count]
    if len(figures) != count or (row.keys[0].startswith("requests.") and _has_slipped(full)):
        return [Figure(f.text, "suspect", f.value) if f.status == "reported" else f for f in full]
    return full


def _has_slipped(figures: Sequence[Figure]) -> bool:
    numbers = [
        figure.value
        for figure in figures
        if figure.status == "reported" and figure.value is not None
    ]
    return (
        figures[-1].status == "blank"
        and len(numbers) > 1
        and numbers[-1] > 0
        and numbers[-1] == sum(numbers[:-1])
    )


def judge(paper: Paper, cells: Sequence[Cell]) -> dict[str, list[tuple[str, Demand, Cell | None]]]:
    """Return the cells by how they were read: `right`, `cautious`, `doubtful` (nothing certain is
    demanded) or `silent`.
    """
    read: Mapping[str, Cell] = {cell.key: cell for cell in cells}
    demands = demand(paper)
    judged: dict[str, list[tuple[str, Demand, Cell | None]]] = {name: [] for name in VERDICTS}
    for key, wanted in demands.items():
        judged[_verdict(wanted, read.get(key))].append((key, wanted, read.get(key)))
    for key in read.keys() - demands.keys():
        if read[key].status == "reported":
            judged["silent"].append((key, Demand("missing"), read[key]))
    return judged


def _verdict(wanted: Demand, cell: Cell | None) -> str:
    if wanted.is_silently_wrong(cell):
        return "silent"
    if not wanted.certain:
        return "doubtful"
    return "right" if wanted.is_right(cell) else "cautious"
