"""Rows and spans: to take a row out of a table, to put one in, to cut it in two, as a word
processor does.
"""

from __future__ import annotations

from tests.damage.paper import Box, Row


def columns(rows: list[Row]) -> list[list[int]]:
    """The grid column of each box of each row, the spans of the rows above resolved."""
    held: dict[int, int] = {}
    places: list[list[int]] = []
    for row in rows:
        at, here = 0, []
        begun: dict[int, int] = {}
        for box in row.boxes:
            while held.get(at):
                at += 1
            here.append(at)
            begun.update({at + offset: box.rowspan for offset in range(box.colspan)})
            at += box.colspan
        held = {column: left - 1 for column, left in (held | begun).items() if left > 1}
        places.append(here)
    return places


def width(rows: list[Row]) -> int:
    """The number of grid columns."""
    placed = zip(rows, columns(rows), strict=True)
    return max(
        at + box.colspan for row, here in placed for box, at in zip(row.boxes, here, strict=True)
    )


def crossing(rows: list[Row], edge: int) -> list[tuple[Box, int, int]]:
    """The boxes that reach over the upper edge of a row: the box, its column, and how many of its
    rows lie below.
    """
    places = columns(rows)
    return [
        (box, places[at][number], at + box.rowspan - edge)
        for at, row in enumerate(rows[:edge])
        for number, box in enumerate(row.boxes)
        if at + box.rowspan > edge
    ]


def cut_above(rows: list[Row], edge: int) -> None:
    """End every box at the upper edge of a row; an empty one goes on below it."""
    place_in(
        rows,
        edge,
        [(Box("", box.colspan, below), column) for box, column, below in crossing(rows, edge)],
        cut=True,
    )


def insert(rows: list[Row], at: int, row: Row) -> None:
    """Put a row in; the boxes that reach over it grow."""
    for box, _, _ in crossing(rows, at) if at < len(rows) else []:
        box.rowspan += 1
    rows.insert(at, row)


def remove(rows: list[Row], at: int) -> Row:
    """Take a row out; what reaches over it shrinks, what begins in it and reaches below begins one
    row later.
    """
    handed = [
        (box.copy(), column)
        for box, column in zip(rows[at].boxes, columns(rows)[at], strict=True)
        if box.rowspan > 1 and at + 1 < len(rows)
    ]
    for box, _ in handed:
        box.rowspan -= 1
    for box, _, _ in crossing(rows, at):
        box.rowspan -= 1
    if handed:
        place_in(rows, at + 1, handed)
    return rows.pop(at)


def place_in(rows: list[Row], at: int, boxes: list[tuple[Box, int]], *, cut: bool = False) -> None:
    """Put boxes into a row, each at its column; with `cut`, what reaches into the row ends above
    it.
    """
    row = rows[at]
    placed = [*zip(row.boxes, columns(rows)[at], strict=True), *boxes]
    if cut:
        for box, _, below in crossing(rows, at):
            box.rowspan -= below
    row.boxes = [box for box, _ in sorted(placed, key=lambda pair: pair[1])]
