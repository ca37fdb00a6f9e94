"""Tables as converters and copying leave them: merged cells repeated, rows as items of a list,
line breaks and blanks lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from random import Random

from tests.rendering import HEADINGS, TABLES, Printed, Td
from tests.text_tables import Draw, judge, markdown, page_of, read_draw
from tests.variants import Kind, Variant

Rows = Sequence[Sequence[Td]]
Grid = list[list[str]]
_YEARS = {"2019": 2020, "2021": 2023}


def _spread(rows: Rows, *, across: bool = True, down: bool = True) -> Grid:
    """Return the rows with the text of a merged cell in each of the columns, or rows, that it
    spans.
    """
    texts: dict[tuple[int, int], str] = {}
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in texts:
                column += 1
            for below, beside in product(range(cell.rowspan), range(cell.colspan)):
                shown = across >= bool(beside) and down >= bool(below)
                texts[at + below, column + beside] = cell.text * shown
            column += cell.colspan
    width = 1 + max(column for _, column in texts)
    return [[texts.get((at, column), "") for column in range(width)] for at in range(len(rows))]


def _worded(rows: Rows, word: str) -> Rows:
    """Return the rows with this word for the year."""
    return [
        [Td(re.sub("本年(?!度)", word, cell.text), cell.colspan, cell.rowspan) for cell in row]
        for row in rows
    ]


def _bare(rows: Rows) -> Grid:
    return [[cell.text for cell in row] for row in rows]


def _html(rows: Grid) -> list[str]:
    cells = ["".join(f"<td>{text}</td>" for text in row) for row in rows]
    return ["<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"]


def _bold_heads(rows: Grid) -> list[str]:
    return markdown([[text if text.isdecimal() else f"**{text}**" for text in row] for row in rows])


_REPEATED: dict[str, Callable[[Rows], list[str]]] = {
    "Markdown": lambda rows: markdown(_spread(rows)),
    "Markdown, words bold": lambda rows: _bold_heads(_spread(rows)),
    "Markdown, across": lambda rows: markdown(_spread(rows, down=False)),
    "Markdown, down": lambda rows: markdown(_spread(rows, across=False)),
    "Markdown, neither": lambda rows: markdown(_spread(rows, across=False, down=False)),
    "tabs": lambda rows: ["\t".join(row) for row in _spread(rows)],
    "pipes": lambda rows: [" | ".join(row) for row in _spread(rows)],
    "HTML": lambda rows: _html(_spread(rows)),
    "one cell a line": lambda rows: [text for row in _spread(rows) for text in row],
    "one blank": lambda rows: [" ".join(row) for row in _spread(rows)],
}
_ITEMS: dict[str, Callable[[Rows], list[str]]] = {
    f"{mark} and pipes": lambda rows, mark=mark: [
        f"{mark} {' | '.join(row)}" for row in _bare(rows)
    ]
    for mark in ("-", "*", "•")
}


def _several_on_a_line(rows: Rows) -> list[str]:
    lines = [" ".join(row) for row in _bare(rows)]
    return [" ".join(lines[at : at + 2]) for at in range(0, len(lines), 2)]


_LOST: dict[str, Callable[[Rows], list[str]]] = {
    "two rows a line": _several_on_a_line,
    "a table a line": lambda rows: [" ".join(text for row in _bare(rows) for text in row)],
    "first figure behind its label": lambda rows: [
        "".join(text if text[-1:].isdecimal() is False else f"{text} " for text in row).strip()
        for row in _bare(rows)
    ],
}


def _pages(shapes: dict[str, Callable[[Rows], list[str]]]) -> Callable[[Random], Iterator[Variant]]:
    """Return the pages that print the whole form in each of the shapes."""

    def pages(random: Random) -> Iterator[Variant]:
        for generation, year in _YEARS.items():
            for name, shape in shapes.items():
                raws = Draw(random, 99)
                year_word = random.choice(("本年", "本年度")) if "Markdown" in name else "本年"
                printed = Printed("", raws, {}, generation)
                lines: list[str] = []
                for section, table in TABLES.items():
                    lines += [
                        HEADINGS[section],
                        "",
                        *shape(_worded(list(table(printed)), year_word)),
                        "",
                    ]
                suffix = "md" if "Markdown" in name else "txt"
                yield Variant(
                    f"{name}, {generation}",
                    f"r.{suffix}",
                    page_of(lines, year),
                    judge(read_draw(raws)),
                )

    return pages


def _years(random: Random) -> Iterator[Variant]:
    """The labels print the year for 本年 and the year before for 上年."""
    for generation, year in _YEARS.items():
        for name in ("Markdown", "tabs", "one cell a line", "one blank"):
            raws = Draw(random, 99)
            printed = Printed("", raws, {}, generation)
            rows = [
                [
                    Td(
                        cell.text.replace("本年新收", f"{year}年新收").replace(
                            "上年结转", f"{year - 1}年度结转"
                        )
                    )
                    for cell in row
                ]
                for row in TABLES["requests"](printed)
            ]
            data = page_of([HEADINGS["requests"], "", *_REPEATED[name](rows)], year)
            yield Variant(f"{name}, {generation}", "r.md", data, judge(read_draw(raws)))


_SIZES = {"2019": (6, 6, 6, 2, 2), "2021": (6, 1, 2, 1)}
"""How many figures each block of the first table has."""


def _hybrids(random: Random) -> Iterator[Variant]:
    """The first table has blocks of both forms, merged cells repeated."""
    for number in range(12):
        raws, sure = Draw(random, 99), list[str]()
        blocks: list[Rows] = []
        for at in range(4):
            generation = random.choice(tuple(_YEARS))
            keys, parts = _blocks(raws, generation)
            begin = sum(_SIZES[generation][:at])
            sure += keys[begin : begin + _SIZES[generation][at]]
            blocks.append(parts[at])
        lines = markdown(_spread([row for rows in blocks for row in rows]))
        truth = read_draw(raws)
        page = page_of([HEADINGS["proactive"], "", *lines])
        yield Variant(
            f"blocks {number}", "r.md", page, judge(truth, {key: truth[key] for key in sure})
        )


def _blocks(raws: Draw, generation: str) -> tuple[list[str], list[Rows]]:
    """Return the keys of the first table in their order, and its rows by blocks."""
    own = Draw(raws.random, 99)
    list(TABLES["proactive"](Printed("", own, {}, generation)))
    blocks: list[list[Sequence[Td]]] = []
    for row in TABLES["proactive"](Printed("", raws, {}, generation)):
        if row[0].text.startswith("第二十条"):
            blocks.append([])
        blocks[-1].append(row)
    return list(own), [list(block) for block in blocks]


def _unlike(random: Random) -> Iterator[Variant]:
    """Below a head that is repeated the figures differ: no telling which of them is the cell's."""
    for number in range(6):
        one, other = random.sample(range(1, 99), 2)
        figures = (one, other, other) if number % 2 else (one, one, other)
        head = random.choice(("本年处理决定数量", "本年度处理决定数量", "本年度办理决定的数量"))
        rows = [["信息内容", *[head] * 3], ["行政处罚", *map(str, figures)]]
        data = page_of([HEADINGS["proactive"], "", *markdown(rows)])
        yield Variant(f"unlike {number}", "r.md", data, judge({}))


KINDS = {
    "merged cells repeated": Kind(_pages(_REPEATED)),
    "merged cells repeated, blocks of both forms": Kind(_hybrids),
    "heads repeated over unlike figures": Kind(_unlike),
    "labels with the year": Kind(_years),
    "rows as items of a list": Kind(_pages(_ITEMS)),
    "line breaks or blanks lost in a table": Kind(_pages(_LOST)),
}
