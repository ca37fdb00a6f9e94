"""Damage to what spans rows and columns."""

from __future__ import annotations

from random import Random

from tests.damage.layout import columns, width
from tests.damage.paper import Box, Paper, Row

_WIDEST = 17


def labels_unmerged(paper: Paper, random: Random) -> None:
    """Every merged label falls into its cells: its text in the first, the others empty, in front
    of the numbers too.
    """
    for sheet in paper.sheets():
        sheet.rows = [
            _unmerged(row, whole)
            for row, whole in zip(sheet.rows, _filled(sheet.rows), strict=True)
        ]


def _unmerged(row: Row, whole: list[Box]) -> Row:
    return Row(whole, row.keys)


def _filled(rows: list[Row]) -> list[list[Box]]:
    """The boxes of each row with merged labels taken apart; cells for figures keep their spans."""
    grid: list[dict[int, Box]] = [{} for _ in rows]
    for at, (row, here) in enumerate(zip(rows, columns(rows), strict=True)):
        for box, column in zip(row.boxes, here, strict=True):
            if box.figure:
                grid[at][column] = box
                continue
            for below in range(min(box.rowspan, len(rows) - at)):
                grid[at + below].update((column + beside, Box("")) for beside in range(box.colspan))
            grid[at][column] = Box(box.text)
    return [[boxes[column] for column in sorted(boxes)] for boxes in grid]


def rowspans_unmerged(paper: Paper, random: Random) -> None:
    """Labels over several rows stand in the first; the rows below have an empty cell instead."""
    for sheet in paper.sheets():
        places = columns(sheet.rows)
        added: list[list[tuple[Box, int]]] = [[] for _ in sheet.rows]
        for at, (row, here) in enumerate(zip(sheet.rows, places, strict=True)):
            for box, column in zip(row.boxes, here, strict=True):
                for below in range(1, box.rowspan):
                    added[at + below].append((Box("", box.colspan), column))
                box.rowspan = 1
        for row, here, new in zip(sheet.rows, places, added, strict=True):
            placed = sorted([*zip(row.boxes, here, strict=True), *new], key=lambda pair: pair[1])
            row.boxes = [box for box, _ in placed]


def _labels(paper: Paper) -> list[Box]:
    return [box for sheet in paper.sheets() for row in sheet.rows for box in row.labels]


def colspans_wrong(paper: Paper, random: Random) -> None:
    """Some labels and heads span a column more or less than they should."""
    for box in _labels(paper):
        if box.colspan > 1 and random.random() < 0.4:
            box.colspan = max(1, box.colspan + random.choice([-2, -1, 1, 2]))


def colspans_lost(paper: Paper, random: Random) -> None:
    """No label or head spans several columns any more."""
    for box in _labels(paper):
        box.colspan = 1


def rowspans_wrong(paper: Paper, random: Random) -> None:
    """Some labels and heads span a row more or less than they should."""
    for box in _labels(paper):
        if box.rowspan > 1 and random.random() < 0.5:
            box.rowspan = max(1, box.rowspan + random.choice([-2, -1, 1, 2]))


def rowspans_lost(paper: Paper, random: Random) -> None:
    """No label or head spans several rows any more, and nothing stands in for it below."""
    for box in _labels(paper):
        box.rowspan = 1


def columns_padded(paper: Paper, random: Random) -> None:
    """Each column of a table is one or two wide, as saved from a spreadsheet: up to seventeen."""
    for sheet in paper.sheets():
        places, wide = columns(sheet.rows), width(sheet.rows)
        doubled = set(
            random.sample(range(wide), k=min(random.randint(1, wide), max(0, _WIDEST - wide)))
        )
        for row, here in zip(sheet.rows, places, strict=True):
            for box, column in zip(row.boxes, here, strict=True):
                box.colspan += sum(1 for at in range(column, column + box.colspan) if at in doubled)


def figures_spanning(paper: Paper, random: Random) -> None:
    """In some rows a cell for figures spans a column too many."""
    for row in paper.rows():
        if random.random() < 0.3:
            random.choice(row.figures).colspan += 1
