"""Prints a report as plain text in every shape that copying and converting leave: `SHAPES` has one
function a shape.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator

from tests.rendering import TABLES, Printed, Td, _with_empty

Rows = list[list[str]]


def render_text(printed: Printed, shape: str) -> str:
    """The report with its tables in this shape."""
    mark = "## " if shape == "markdown" else ""
    lines = [f"{mark[1:]}{printed.title}", *printed.prose.get("preamble", ())]
    for key, heading in printed.headings.items():
        lines += ["", f"{mark}{heading}", "", *printed.prose.get(key, ())]
        if key in TABLES:
            lines += ["", *SHAPES[shape](list(TABLES[key](printed))), ""]
    return "\n".join([*lines, "", *printed.prose.get("closing", ())])


def _held(rows: list[list[Td]]) -> Rows:
    """Merged cells leave empty ones in the rows below."""
    return [list(row) for row in _with_empty(rows)]


def _bare(rows: list[list[Td]]) -> Rows:
    """Merged cells leave nothing."""
    return [[cell.text for cell in row] for row in rows]


def _padded(rows: list[list[Td]]) -> Rows:
    """Every row as wide as the table: a cell over several columns leaves empty ones behind it, as
    in a spreadsheet.
    """
    wide: Rows = []
    held: dict[int, int] = {}
    for row in rows:
        texts: list[str] = []
        queue = list(row)
        while queue or held.get(len(texts)):
            if held.get(len(texts)):
                held[len(texts)] -= 1
                texts.append("")
                continue
            cell = queue.pop(0)
            for _ in range(cell.colspan):
                held[len(texts)] = cell.rowspan - 1
                texts.append("")
            texts[-cell.colspan] = cell.text
        wide.append(texts)
    return wide


def _stream(rows: Rows) -> list[str]:
    return [text for row in rows for text in row]


def _tabs(rows: Rows) -> list[str]:
    return ["\t".join(row) for row in rows]


def _quoted(rows: list[list[Td]]) -> list[str]:
    return [
        "\t".join(f'"{_broken(text)}"' if _is_long(text) else text for text in row)
        for row in _padded(rows)
    ]


def _unquoted(rows: list[list[Td]]) -> list[str]:
    return [
        "\t".join(_broken(text) if _is_long(text) else text for text in row) for row in _held(rows)
    ]


def _is_long(text: str) -> bool:
    """Only labels are broken over lines: what holds a figure is narrow."""
    return (len(text) > 8 and not re.match(r"[\d\[约]", text.replace("\xa0", ""))) or bool(
        re.match(r"\d\.\D{8}", text)
    )


def _broken(text: str) -> str:
    return f"{text[:6]}\n{text[6:]}"


def _outer(rows: Rows, pipe: str = "|") -> list[str]:
    return [f"{pipe} " + f" {pipe} ".join(row) + f" {pipe}" for row in rows]


def _inner(rows: Rows) -> list[str]:
    return [" | ".join(row) for row in rows]


def _markdown(rows: list[list[Td]]) -> list[str]:
    width = max(len(row) for row in _padded(rows))
    texts = [
        [f"**{text}**" if "情况" in text else _breaks(text) for text in row]
        for row in _padded(rows)
    ]
    lines = _outer([[*row, *[""] * (width - len(row))] for row in texts])
    return [lines[0], "|" + ":---:|" * width, *lines[1:]]


def _breaks(text: str) -> str:
    return text if not _is_long(text) else f"{text[:7]}<br>{text[7:]}"


def _wrapped_labels(rows: list[list[Td]]) -> list[str]:
    return [
        piece
        for text in _stream(_bare(rows))
        for piece in (_broken(text).split("\n") if _is_long(text) else [text or ""])
    ]


def _spaced(texts: list[str]) -> list[str]:
    return [line for text in texts for line in (text, "")]


def _converted(rows: list[list[Td]]) -> list[str]:
    """As text extractors leave a table: the first cell of a row bare, the others behind a pipe, a
    pipe at the row's end.
    """
    lines: list[str] = []
    for row in _bare(rows):
        lines += [row[0] or "", *(f"| {text}" for text in row[1:]), "|"]
    return ["|", *lines]


def _paragraphs(rows: list[list[Td]]) -> list[str]:
    """As text extractors leave a table whose cells are paragraphs: a pipe alone begins a row,
    spans leave pipes at its end.
    """
    width = max(len(row) for row in _padded(rows))
    lines: list[str] = []
    for row in _bare(rows):
        cells = [f"{text} |" if text.strip() else "|" for text in row]
        padding = width - len(row)
        lines += ["|", *cells[:-1], cells[-1] + (" |" + "|" * (padding - 1) if padding else "")]
    return lines


def _alone(texts: list[str]) -> list[str]:
    return [line for text in texts for line in (text, "|")][:-1]


def _paragraph_tabs(rows: list[list[Td]]) -> list[str]:
    """As a browser gives the text of a table whose cells are paragraphs; an empty one holds a
    blank that does not break.
    """
    parts = [
        "\n\n\t\n\n".join(text if text.strip() else "\xa0" for text in row) for row in _bare(rows)
    ]
    return "\n\n\n\n\n".join(parts).split("\n")


def _box(rows: list[list[Td]]) -> list[str]:
    return list(_boxed(_padded(rows), "+", "-", "|"))


def _drawn(rows: list[list[Td]]) -> list[str]:
    lines = list(_boxed(_padded(rows), "┼", "─", "│"))
    return [lines[0].replace("┼", "┌", 1), *(line.replace("┼", "├", 1) for line in lines[1:])]


def _boxed(rows: Rows, corner: str, stroke: str, pipe: str) -> Iterator[str]:
    columns = max(len(row) for row in rows)
    rule = corner + (stroke * 12 + corner) * columns
    yield rule
    for row in rows:
        cells = [*row, *[""] * (columns - len(row))]
        for at in range(0, max(1, *(len(cell) if _is_long(cell) else 0 for cell in cells)), 6):
            texts = [
                cell[at : at + 6] if _is_long(cell) else cell if at == 0 else "" for cell in cells
            ]
            yield pipe + pipe.join(f" {text} " for text in texts) + pipe
        yield rule


def _aligned(rows: list[list[Td]]) -> list[str]:
    return [
        " " * 4 + "   ".join(text.strip() for text in row if text.strip()) for row in _bare(rows)
    ]


def _commas(rows: list[list[Td]]) -> list[str]:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(_padded(rows))
    return out.getvalue().splitlines()


SHAPES: dict[str, Callable[[list[list[Td]]], list[str]]] = {
    "tab_rows": lambda rows: _tabs(_bare(rows)),
    "tab_rows_held": lambda rows: _tabs(_held(rows)),
    "tab_rows_padded": lambda rows: _tabs(_padded(rows)),
    "tab_rows_quoted": _quoted,
    "tab_rows_unquoted": _unquoted,
    "tab_alone": _paragraph_tabs,
    "pipes": lambda rows: _outer(_held(rows)),
    "pipes_bare": lambda rows: _outer(_bare(rows)),
    "pipes_padded": lambda rows: _outer(_padded(rows)),
    "pipes_wide": lambda rows: _outer(_bare(rows), "｜"),
    "pipes_inner": lambda rows: _inner(_padded(rows)),
    "markdown": _markdown,
    "cell_lines": lambda rows: _stream(_bare(rows)),
    "cell_lines_held": lambda rows: _stream(_held(rows)),
    "cell_lines_padded": lambda rows: _stream(_padded(rows)),
    "cell_lines_spaced": lambda rows: _spaced(_stream(_bare(rows))),
    "cell_lines_wrapped": _wrapped_labels,
    "pipe_lines": lambda rows: [f"| {text}" for text in _stream(_held(rows))],
    "pipe_lines_bare": lambda rows: [f"| {text}" for text in _stream(_bare(rows))],
    "pipe_lines_padded": lambda rows: [f"| {text}" for text in _stream(_padded(rows))],
    "pipe_lines_behind": lambda rows: [f"{text} |" for text in _stream(_bare(rows))],
    "pipe_lines_enclosed": lambda rows: [f"| {text} |" for text in _stream(_bare(rows))],
    "pipe_lines_alone": lambda rows: _alone(_stream(_bare(rows))),
    "pipe_lines_converted": _converted,
    "paragraphs": _paragraphs,
    "box": _box,
    "box_drawn": _drawn,
    "commas": _commas,
}
"""The shapes that keep every cell."""

LOSSY: dict[str, Callable[[list[list[Td]]], list[str]]] = {
    "cell_lines_lost": lambda rows: [text for text in _stream(_bare(rows)) if text.strip()],
    "cell_lines_lost_spaced": lambda rows: _spaced(
        [text for text in _stream(_bare(rows)) if text.strip()]
    ),
    "aligned": _aligned,
}
"""The shapes in which an empty cell leaves no mark."""

SHAPES.update(LOSSY)
