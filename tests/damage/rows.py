"""Damage to rows and to the cells in them."""

from __future__ import annotations

from random import Random

from tests.damage.layout import insert, remove
from tests.damage.paper import BLANK, Box, Figure, Paper, Row, Sheet, count

_TELLING = (".other.", ".other_")
"""Rows of the requests by which alone the form is known."""


def _random_rows(
    paper: Paper, random: Random, *sections: str, most: int = 3
) -> list[tuple[Sheet, Row]]:
    found = [
        (sheet, sheet.rows[at])
        for section in sections
        for sheet in paper.sheets(section)
        for at in sheet.form_rows()
    ]
    return random.sample(found, k=min(len(found), random.randint(1, most)))


def rows_lost(paper: Paper, random: Random) -> None:
    """Some rows are not there at all; the forms' own by which they are told apart stay."""
    for sheet, row in _random_rows(paper, random, "proactive", "requests"):
        if not any(sign in row.keys[0] for sign in _TELLING):
            remove(sheet.rows, _place(sheet, row))


def _place(sheet: Sheet, row: Row) -> int:
    return next(at for at, other in enumerate(sheet.rows) if other is row)


def _again(row: Row) -> Row:
    """The same row once more, without the head of its group."""
    boxes = [box.copy() for box in row.boxes if box.rowspan == 1]
    return Row(boxes, row.keys)


def rows_doubled(paper: Paper, random: Random) -> None:
    """Some rows are printed twice with the same figures."""
    for sheet, row in _random_rows(paper, random, "proactive", "requests"):
        _insert_below(sheet, row, _again(row))


def rows_contradicting(paper: Paper, random: Random) -> None:
    """Some rows are printed twice with other figures."""
    for sheet, row in _random_rows(paper, random, "proactive", "requests"):
        again = _again(row)
        box = random.choice(again.figures)
        box.figure = count(random.randint(200_000, 300_000))
        box.text = box.figure.text
        _insert_below(sheet, row, again)


def _insert_below(sheet: Sheet, row: Row, new: Row) -> None:
    """Put a row below another one; the groups' heads that begin there span it too."""
    insert(sheet.rows, _place(sheet, row) + 1, new)


def rows_swapped(paper: Paper, random: Random) -> None:
    """Two rows of a group of requests have changed places, their labels with them."""
    for sheet in paper.sheets("requests"):
        pairs = [
            (at, at + 1)
            for at in sheet.form_rows()[:-1]
            if _alike(sheet.rows[at], sheet.rows[at + 1])
        ]
        for first, second in random.sample(pairs, k=min(2, len(pairs))):
            _swap(sheet.rows[first], sheet.rows[second])


def _alike(one: Row, other: Row) -> bool:
    """Return whether two rows differ in nothing but heads of groups before their labels."""
    own, others = _own(one), _own(other)
    return bool(other.keys) and len(own) == len(others) and own[0].colspan == others[0].colspan == 1


def _own(row: Row) -> list[Box]:
    return [box for box in row.boxes if box.rowspan == 1]


def _swap(one: Row, other: Row) -> None:
    groups, others = [[box for box in row.boxes if box.rowspan > 1] for row in (one, other)]
    mine, theirs = _own(one), _own(other)
    one.boxes, other.boxes = [*groups, *theirs], [*others, *mine]
    one.keys, other.keys = other.keys, one.keys


def row_added(paper: Paper, random: Random) -> None:
    """A region has added a row that no form has: 其他主动公开文件."""
    for sheet in paper.sheets("proactive"):
        at = next(
            (
                at
                for at in sheet.form_rows()
                if sheet.rows[at].keys[0].startswith("proactive.normative")
            ),
            None,
        )
        if at is None:
            continue
        figures = [Box(str(random.randint(1, 999)), box.colspan) for box in sheet.rows[at].figures]
        insert(sheet.rows, at + 1, Row([Box("其他主动公开文件"), *figures]))


def row_slipped(paper: Paper, random: Random) -> None:
    """The figures of some rows of requests stand one cell too far to the left, the last cell
    empty.
    """
    for _, row in _random_rows(paper, random, "requests"):
        if len(row.figures) == len(row.keys):
            numbers = [
                random.randint(1, 50),
                *(random.choice([0, random.randint(1, 50)]) for _ in range(4)),
            ]
            for box, figure in zip(
                row.figures, [*map(count, [*numbers, sum(numbers)]), BLANK], strict=True
            ):
                box.text, box.figure = figure.text, figure


def cells_lost(paper: Paper, random: Random) -> None:
    """Some rows of requests are too short by one cell to three."""
    for _, row in _random_rows(paper, random, "requests"):
        for _ in range(random.randint(1, 3)):
            lost = random.choice([*row.figures, *row.figures[-1:] * 3])
            row.boxes = [box for box in row.boxes if box is not lost]


def empty_cells_extra(paper: Paper, random: Random) -> None:
    """Some rows have empty cells behind their last."""
    for _, row in _random_rows(paper, random, "proactive", "requests", "disputes", most=8):
        row.boxes += [Box("", figure=BLANK) for _ in range(random.randint(1, 3))]


def number_extra(paper: Paper, random: Random) -> None:
    """Some rows of requests have a number more than columns."""
    for _, row in _random_rows(paper, random, "requests"):
        figure = count(random.randint(1, 99_999))
        row.boxes.append(Box(figure.text, figure=Figure(figure.text, "reported", figure.value)))
