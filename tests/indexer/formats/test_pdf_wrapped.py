"""Numbers broken over lines in narrow ruled cells are joined; two in one cell never are."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from indexer.formats.pdf import read_pdf
from indexer.records import Grid
from indexer.text.amounts import read_count
from tests.pdf_press import HandSet, hand_set_pdf

HEADS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
LABELS = ("予以公开", "部分公开")


def wrap(text: str, size: float, room: float) -> list[str]:
    """A text as a word processor breaks it in a cell with so much room."""
    each = size if text[0] > "\x7f" else size / 2
    count = max(int(room / each + 1e-6), 1)
    return [text[at : at + count] for at in range(0, len(text), count)]


def set_rows(
    sheet: HandSet,
    rows: Sequence[Sequence[list[str]]],
    widths: Sequence[float],
    size: float,
    top: float,
) -> None:
    """Set a ruled table, the lines of each cell centred below one another."""
    xs = [60.0]
    for width in widths:
        xs.append(xs[-1] + width)
    ys = [top]
    for row in rows:
        ys.append(ys[-1] - max(map(len, row)) * size * 1.3 - 8)
    sheet.grid(xs, ys)
    for row, y in zip(rows, ys, strict=False):
        for lines, x, width in zip(row, xs, widths, strict=False):
            for at, line in enumerate(lines):
                across = sum(size if character > "\x7f" else size / 2 for character in line)
                sheet.text(x + (width - across) / 2, y - 4 - size - at * size * 1.3, line, size)


def pages(random: Random, decoys: bool) -> tuple[bytes, list[list[str]]]:
    """A table over two pages, headed on the first only, and its cells; decoys hold two numbers."""
    size, padding = random.choice((9.0, 10.5, 12.0, 14.0)), random.uniform(1.5, 7.5)
    width = size * random.uniform(2.1, 3.4) + 2 * padding
    room = width - 2 * padding
    widths = [size * 5 + 12, *[width + random.uniform(-0.4, 0.4) for _ in HEADS]]
    printed: list[list[str]] = []
    sheets = [HandSet(), HandSet()]
    for sheet in sheets:
        rows = (
            [[["项目"], *[wrap(head, size, room) for head in HEADS]]] if sheet is sheets[0] else []
        )
        for label in LABELS:
            row, cells = [[label]], [label]
            for _ in HEADS:
                number = str(random.choice((0, random.randint(1, 99), random.randint(100, 99999))))
                lines = wrap(number, size, room)
                if decoys and random.random() < 0.4:
                    first = str(random.randint(1, 9)) * random.randint(
                        1, max(int(room / size * 2) - 2, 1)
                    )
                    lines, number = [first, str(random.randint(0, 9))], "?"
                row.append(lines)
                cells.append(number)
            rows.append(row)
            printed.append(cells)
        set_rows(sheet, rows, widths, size, 800 if sheet is sheets[1] else 400)
    return hand_set_pdf(*sheets), printed


def read(data: bytes) -> list[list[str]]:
    grids = [block for block in read_pdf(data, "某镇.pdf").blocks if isinstance(block, Grid)]
    rows = [[cell.text for cell in row] for grid in grids for row in grid.rows]
    return [row for row in rows if row[0] in LABELS]


def is_cautious(text: str) -> bool:
    """Whether a cell's text is no number."""
    return read_count(text).status == "unreadable"


def test_most_broken_numbers_are_joined() -> None:
    read_back = [
        text == number
        for seed in range(25)
        for data, printed in [pages(Random(seed), decoys=False)]
        for found, wanted in zip(read(data), printed, strict=True)
        for text, number in zip(found[1:], wanted[1:], strict=True)
        if len(number) > 2
    ]
    assert sum(read_back) > 0.9 * len(read_back)


@pytest.mark.parametrize("seed", range(25))
def test_a_number_is_whole_or_known_to_be_broken(seed: int) -> None:
    data, printed = pages(Random(seed), decoys=False)
    for found, wanted in zip(read(data), printed, strict=True):
        for text, number in zip(found, wanted, strict=True):
            assert text == number or is_cautious(text)


@pytest.mark.parametrize("seed", range(25))
def test_two_numbers_in_a_cell_that_has_room_for_one_are_never_joined(seed: int) -> None:
    data, printed = pages(Random(seed), decoys=True)
    for found, wanted in zip(read(data), printed, strict=True):
        for text, number in zip(found, wanted, strict=True):
            assert text == number or is_cautious(text)
