"""Small request tables in the shapes that copying and converting leave, and their truth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from indexer.records import Report
from tests.rendering import Td
from tests.rendering_docx import pack, paragraph, table
from tests.variants import Judge, Verdict, unless_refused

APPLICANTS = (
    "natural_person",
    "business",
    "research",
    "nonprofit",
    "legal_service",
    "other_organisation",
    "total",
)
HEADS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
ROWS = {
    "received": "一、本年新收政府信息公开申请数量",
    "carried_in": "二、上年结转政府信息公开申请数量",
    "granted": "（一）予以公开",
    "denied_state_secret": "1.属于国家秘密",
    "rejected_repeat": "2.重复申请",
    "carried_out": "四、结转下年度继续办理",
}
SECTION = "三、收到和处理政府信息公开申请情况"
Rows = Sequence[Sequence[str]]


def markdown(rows: Rows) -> list[str]:
    """Rows between pipes, all as wide as the widest, with the rule below the first."""
    width = max(map(len, rows))
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
    return [lines[0], "|" + "---|" * width, *lines[1:]]


def _cells(rows: Rows) -> list[str]:
    return [text for row in rows for text in row]


SHAPES: Mapping[str, Callable[[Rows], list[str]]] = {
    "tabs": lambda rows: ["\t".join(row) for row in rows],
    "one blank": lambda rows: [" ".join(row) for row in rows],
    "many blanks": lambda rows: ["    ".join(row) for row in rows],
    "pipes": lambda rows: [f"| {' | '.join(row)} |" for row in rows],
    "inner pipes": lambda rows: [" | ".join(row) for row in rows],
    "a pipe behind each cell": lambda rows: [f"{text} |" for text in _cells(rows)],
    "a pipe before each cell": lambda rows: [f"| {text}" for text in _cells(rows)],
    "one cell a line": _cells,
    "Markdown": markdown,
}
MARKED = ("tabs", "one blank", "many blanks", "pipes", "inner pipes", "Markdown")
"""The shapes in which a line is a row."""


def draw_figures(random: Random) -> dict[str, tuple[int, ...]]:
    """Return six numbers and their sum for every row of `ROWS`."""
    figures = {}
    for key in ROWS:
        parts = [
            random.choice((0, 0, random.randint(1, 9), random.randint(10, 400)))
            for _ in APPLICANTS[1:]
        ]
        figures[key] = (*parts, sum(parts))
    return figures


def page(shape: str, heads: Rows, rows: Rows, year: int = 2023) -> bytes:
    """Return a report whose only table has these rows of heads and of figures."""
    return page_of([SECTION, *SHAPES[shape]([*heads, *rows])], year)


def page_of(lines: Sequence[str], year: int = 2023) -> bytes:
    """Return a report whose sections with tables are these lines."""
    title = f"高安市云岭乡人民政府{year}年政府信息公开工作年度报告"
    return "\n".join([title, "一、总体情况", f"{year}年，我乡依法公开信息。", *lines, ""]).encode()


def marked_up(suffix: str, rows: Sequence[Sequence[Td]], year: int = 2023) -> bytes:
    """Return a web page or a DOCX whose only table has these rows."""
    lines = [f"高安市云岭乡人民政府{year}年政府信息公开工作年度报告", SECTION]
    if suffix == "docx":
        return pack("".join(map(paragraph, lines)) + f"{table([list(row) for row in rows])}<w:p/>")
    body = "".join("<tr>" + "".join(map(_td, row)) + "</tr>" for row in rows)
    article = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><body>{article}<table>{body}</table></body></html>".encode()


def _td(cell: Td) -> str:
    return f'<td colspan="{cell.colspan}" rowspan="{cell.rowspan}">{cell.text}</td>'


def rows_of(figures: Mapping[str, Sequence[int | str]]) -> list[list[str]]:
    """Return the rows of figures behind their labels."""
    return [[ROWS[key], *map(str, numbers)] for key, numbers in figures.items()]


def truth_of(figures: Mapping[str, Sequence[int]]) -> dict[str, int]:
    """Return what the cells of these rows say, by their keys."""
    return {
        f"requests.{row}.{column}": number
        for row, numbers in figures.items()
        for column, number in zip(APPLICANTS, numbers, strict=True)
    }


def judge(truth: Mapping[str, int], sure: Mapping[str, int] | None = None) -> Judge:
    """Return a judge: right if all of `sure` (else of `truth`) is reported.

    Wrong if any number is reported that is not the cell's own in `truth`.
    """
    wanted = truth if sure is None else sure

    @unless_refused
    def verdict(report: Report) -> Verdict:
        read = {cell.key: cell.value for cell in report.cells if cell.status == "reported"}
        if any(truth.get(key) != value for key, value in read.items()):
            return "wrong"
        return "right" if wanted.keys() <= read.keys() else "cautious"

    return verdict


class Draw(dict[str, str]):
    """Numbers up to `largest` for every cell asked for; sums of requests hold, some are empty."""

    def __init__(self, random: Random, largest: int, blanks: float = 0) -> None:
        super().__init__()
        self.random, self.largest, self.blanks = random, largest, blanks

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> str:
        row, _, column = key.rpartition(".")
        numbers = (0, 0, self.random.randint(1, 9), self.random.randint(10, self.largest))
        self[key] = str(self.random.choice(numbers))
        if key.startswith("requests.") and column == "total":
            self[key] = str(sum(int(self[f"{row}.{name}"] or 0) for name in APPLICANTS[:-1]))
        if column == "amount_yuan":
            self[key] += "万元"
        if self.random.random() < self.blanks:
            self[key] = ""
        return self[key]


def read_draw(draw: Draw) -> dict[str, int]:
    """Return what the cells that are not empty say."""
    return {
        key: int(raw.removesuffix("万元")) * (10_000 if raw.endswith("万元") else 1)
        for key, raw in draw.items()
        if raw
    }
