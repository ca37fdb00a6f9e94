"""One cell a line, with runs of pipes for the empty rest of a row and for merged cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from tests.rendering import HEADINGS, TABLES, Printed, Td
from tests.rendering_text import _bare, _padded
from tests.text_tables import Draw, judge, page_of, read_draw
from tests.variants import Kind, Variant

_YEARS = {"2019": 2020, "2021": 2023}


def _with_rest(rows: list[list[Td]]) -> list[tuple[list[str], int]]:
    """Return the rows, each with the number of columns that its cells leave over."""
    width = max(map(len, _padded(rows)))
    return [(row, width - len(row)) for row in _bare(rows)]


def _rest_below(rows: list[list[Td]]) -> list[str]:
    """A pipe behind each cell; the rest of a row on a line of its own, with one pipe more."""
    return [
        line
        for row, rest in _with_rest(rows)
        for line in (*(f"{text} |".strip() for text in row), "|" * (rest + 1))
    ]


def _rest_behind(rows: list[list[Td]]) -> list[str]:
    """A pipe behind each cell; the rest of a row behind its last one."""
    lines: list[str] = []
    for row, rest in _with_rest(rows):
        lines += [f"{text} |".strip() for text in row]
        lines[-1] += "|" * rest
    return lines


def _enclosed(rows: list[list[Td]]) -> list[str]:
    """Pipes around each cell; the rest of a row behind its last one."""
    lines: list[str] = []
    for row, rest in _with_rest(rows):
        lines += [f"| {text} |" for text in row]
        lines[-1] += " |" * rest
    return lines


def _padding_together(rows: list[list[Td]]) -> list[str]:
    """A pipe behind each cell; the empty cells of a merged one as one line of pipes."""
    lines: list[str] = []
    for row in _padded(rows):
        for text in row:
            if not text and lines and not lines[-1].strip("|"):
                lines[-1] += "|"
            else:
                lines.append(f"{text} |".strip())
    return lines


SHAPES: dict[str, Callable[[list[list[Td]]], list[str]]] = {
    "rest below": _rest_below,
    "rest behind": _rest_behind,
    "enclosed": _enclosed,
    "padding together": _padding_together,
}


def _pages(blanks: float) -> Callable[[Random], Iterator[Variant]]:
    """Return the pages in which so many of the cells are empty."""

    def pages(random: Random) -> Iterator[Variant]:
        for shape, write in SHAPES.items():
            for generation, year in _YEARS.items():
                for number in range(3):
                    draw = Draw(random, 99, blanks)
                    printed = Printed("", draw, {}, generation)
                    lines: list[str] = []
                    for section, table in TABLES.items():
                        lines += [HEADINGS[section], *write(list(table(printed)))]
                    label = f"{shape}: {generation} {number}"
                    yield Variant(label, "report.txt", page_of(lines, year), judge(read_draw(draw)))

    return pages


KINDS = {
    "pipe lines with several pipes": Kind(_pages(0)),
    "pipe lines with several pipes, empty cells": Kind(_pages(0.1), 0.0),
}
