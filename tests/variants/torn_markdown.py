"""Tables as converters to Markdown leave them: torn heads, odd rules, marks, loose rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random

from tests.text_tables import (
    HEADS,
    SECTION,
    SHAPES,
    draw_figures,
    judge,
    markdown,
    page_of,
    rows_of,
    truth_of,
)
from tests.variants import Kind, Variant

Rows = list[list[str]]
_HEAD = ["", *HEADS]
_ENDS = ("", "人", "业", "构", "益组织", "务机构", "其他", "计")
_BEGINNINGS = ("", "自然", "商业企", "科研机", "社会公", "法律服", "其他", "总")
_STOREYS = (["申请人情况"], ["自然人", "法人或其他组织", "总计"], list(HEADS[1:-1]))


def _torn(rows: Rows) -> Iterator[tuple[str, list[str]]]:
    """Yield tables whose head is torn, each with what is left of it."""
    for name, left in (("ends", _ENDS), ("beginnings", _BEGINNINGS)):
        yield f"{name} of the heads", markdown([list(left), *rows])
        yield f"{name} of four heads", markdown([[*left[2:6]], *rows])
        yield f"{name} of the heads and an empty column", markdown([[*left, ""], *rows])
        yield f"{name} of the heads below the whole ones", markdown([_HEAD, list(left), *rows])
    yield "the head in two rows of halves", markdown([list(_BEGINNINGS), list(_ENDS), *rows])
    yield "no head", markdown([[""] * 8, *rows])
    yield "no head, and no rule", [f"| {' | '.join(row)} |" for row in rows]
    yield "the first row as the head", markdown(rows)
    yield (
        "a column of groups",
        markdown([list(_ENDS), *rows[:2], *(["三、", *row] for row in rows[2:])]),
    )


def _marked(rows: Rows) -> Iterator[tuple[str, list[str]]]:
    """Yield whole tables with the marks of Markdown in other places than a table needs."""
    table = markdown([_HEAD, *rows])
    rule = table[1]
    yield "rule behind the second row", [table[0], *table[2:3], rule, *table[3:]]
    yield "rule below each row", [line for row in (table[0], *table[2:]) for line in (row, rule)]
    yield "rule above the head", [rule, *table]
    yield "rule at the end", [*table, rule]
    yield "indented as code", [f"    {line}" for line in table]
    yield "in a fence", ["```", *table, "```"]
    yield "quoted", [f"> {line}" for line in table]
    yield from _without_pipes(table)
    yield "blank lines between", [piece for line in table for piece in (line, "")]
    yield "three storeys", markdown([["", *row] for row in _STOREYS] + rows)


def _without_pipes(table: list[str]) -> Iterator[tuple[str, list[str]]]:
    yield "no pipe at the ends", [line.strip("| ") for line in table]
    yield "no pipe at the end", [line.rstrip("| ") for line in table]
    yield "no pipe at the beginning", [line.lstrip("| ") for line in table]


def _dressed(rows: Rows) -> Iterator[tuple[str, list[str]]]:
    """Yield whole tables with marks in their cells."""
    marks: dict[str, Callable[[str], str]] = {
        "bold": lambda text: f"**{text}**",
        "underscores": lambda text: f"__{text}__",
        "emphasis": lambda text: f"*{text}*",
        "code": lambda text: f"`{text}`",
        "blanks as entities": lambda text: f"&nbsp;{text}&nbsp;",
        "line break behind": lambda text: f"{text}<br>",
        "line break before": lambda text: f"<br/>{text}",
        "paragraphs": lambda text: f"<p>{text}</p>",
        "tags for weight": lambda text: f"<b>{text}</b>",
    }
    for name, mark in marks.items():
        dressed = [[row[0], *map(mark, row[1:])] for row in rows]
        yield f"{name} around figures", markdown([_HEAD, *dressed])
        yield (
            f"{name} around everything",
            markdown([["", *map(mark, HEADS)], *([mark(row[0]), *row[1:]] for row in dressed)]),
        )
    yield (
        "labels with escapes",
        markdown([_HEAD, *([row[0].replace(".", "\\."), *row[1:]] for row in rows)]),
    )
    yield (
        "labels with breaks",
        markdown([_HEAD, *([f"{row[0][:4]}<br>{row[0][4:]}", *row[1:]] for row in rows)]),
    )


def _split(rows: Rows) -> Iterator[tuple[str, list[str]]]:
    """Yield tables whose rows are no longer on one line each."""
    table = markdown([_HEAD, *rows])
    yield (
        "a label over two lines",
        [
            piece
            for line in table
            for piece in ((line[:6], line[6:]) if line.startswith("| 一、") else (line,))
        ],
    )
    yield "rows as lines with single blanks", [*table[:4], *(" ".join(row) for row in rows[2:])]
    yield (
        "lines with single blanks first",
        [" ".join(HEADS), *(" ".join(row) for row in rows[:2]), *markdown(rows[2:])],
    )
    yield "a row as a line between", [*table[:4], " ".join(rows[2]), *table[5:]]
    yield "two tables", [*markdown([_HEAD, *rows[:3]]), "", *markdown([list(_ENDS), *rows[3:]])]
    yield "a row in one cell", [*table[:4], f"| {' '.join(rows[2])} |", *table[5:]]
    yield (
        "figures in one cell",
        [*table[:4], f"| {rows[2][0]} | {' '.join(rows[2][1:])} |", *table[5:]],
    )


def _html(rows: Rows) -> Iterator[tuple[str, list[str]]]:
    """Yield tables in HTML among lines of Markdown."""
    cells = ["".join(f"<td>{text}</td>" for text in row) for row in [_HEAD, *rows]]
    yield "a row a line", ["<table>", *(f"<tr>{row}</tr>" for row in cells), "</table>"]
    yield "on one line", ["<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"]
    yield (
        "in a centred box",
        [
            '<div align="center">',
            "<table>",
            *(f"<tr>{row}</tr>" for row in cells),
            "</table>",
            "</div>",
        ],
    )


def _pages(
    shapes: Callable[[Rows], Iterator[tuple[str, list[str]]]],
) -> Callable[[Random], Iterator[Variant]]:
    """Return the pages that print the same rows in each of the shapes."""

    def pages(random: Random) -> Iterator[Variant]:
        for at in range(len(list(shapes(rows_of(draw_figures(random)))))):
            figures = draw_figures(random)
            label, lines = list(shapes(rows_of(figures)))[at]
            data = page_of(
                [
                    f"## {SECTION}",
                    "",
                    *lines,
                    "",
                    "## 五、存在的主要问题及改进情况",
                    "",
                    "公开不够及时。",
                ]
            )
            yield Variant(label, "report.md", data, judge(truth_of(figures)))

    return pages


def _foreign(random: Random) -> Iterator[Variant]:
    """Heads that no form has, over labels that a form has: such a table is another one."""
    heads: Sequence[Sequence[str]] = (
        ("事项", "去年", "今年", "增减", "占比", "排名", "满分", "得分"),
        ("类别", "一月", "二月", "三月", "四月", "五月", "六月", "合计数"),
        ("指标", "县局", "乡镇", "街道", "园区", "学校", "医院", "全县"),
    )
    for head in heads:
        figures = draw_figures(random)
        for shape in ("Markdown", "tabs", "one blank", "many blanks"):
            lines = SHAPES[shape]([list(head), *rows_of(figures)])
            data = page_of([f"## {SECTION}", "", *lines])
            yield Variant(f"{shape}: {head[0]}", "report.md", data, judge({}))


def _thousands(random: Random) -> Iterator[Variant]:
    """A blank separates thousands in a row of two columns whose other cell is empty or lost."""
    for number in ("1 250", "12 034", "1 2 5"):
        rows = (
            f"| 政府集中采购 | {number} |  |",
            f"| 政府集中采购 {number} |  |  |",
            f"政府集中采购 {number}",
        )
        for row in rows:
            lines = ["| 信息内容 | 采购项目数量 | 采购总金额 |", "|---|---|---|", row]
            data = page_of(["## 二、主动公开政府信息情况", "", *lines], 2020)
            yield Variant(row, "report.md", data, judge({}))


KINDS = {
    "Markdown, heads torn": Kind(_pages(_torn)),
    "Markdown, marks in odd places": Kind(_pages(_marked)),
    "Markdown, marks in cells": Kind(_pages(_dressed)),
    "Markdown, rows split": Kind(_pages(_split)),
    "Markdown, tables in HTML": Kind(_pages(_html)),
    "Markdown, heads of another table": Kind(_foreign),
    "Markdown, thousands parted in a short row": Kind(_thousands),
}
