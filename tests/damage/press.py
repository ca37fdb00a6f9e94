"""Prints a damaged report in a format: web pages, DOCX, text in its shapes, and the page that
becomes a PDF.
"""

from __future__ import annotations

from html import escape

from tests.damage.paper import Box, Paper, Row, Sheet
from tests.pdf_press import page_head
from tests.rendering import Td, fill_page, word_pieces
from tests.rendering_docx import pack, paragraph, table
from tests.rendering_text import SHAPES

TEXT = (
    "tab_rows",
    "tab_rows_padded",
    "pipes",
    "markdown",
    "cell_lines",
    "pipe_lines",
    "box",
    "commas",
)
FORMATS = ("html", "word", "docx", *TEXT)


def press(paper: Paper, name: str) -> bytes:
    """The report's file in a format of `FORMATS`; a table that has lost all its rows is not
    printed.
    """
    paper.blocks = [block for block in paper.blocks if isinstance(block, str) or block.rows]
    if name == "docx":
        return pack(_docx(paper))
    if name in SHAPES:
        return _text(paper, name).encode()
    page = "word" if name == "word" else "plain"
    article = "\n".join(_markup(block, page) for block in paper.blocks)
    return fill_page(page, paper.title, article).encode()


def pdf_page(paper: Paper) -> str:
    """The page that is printed to PDF."""
    return f"{page_head()}<h1>{escape(paper.title)}</h1>" + "".join(
        _markup(block, "plain") for block in paper.blocks
    )


def _tds(sheet: Sheet) -> list[list[Td]]:
    return [[Td(box.text, box.colspan, box.rowspan) for box in row.boxes] for row in sheet.rows]


def _docx(paper: Paper) -> str:
    parts = [paragraph(paper.title)]
    for block in paper.blocks:
        parts.append(paragraph(block) if isinstance(block, str) else f"{table(_tds(block))}<w:p/>")
    return "".join(parts)


def _text(paper: Paper, shape: str) -> str:
    mark = "## " if shape == "markdown" else ""
    lines = [f"{mark[1:]}{paper.title}"]
    for block in paper.blocks:
        lines += (
            ["", f"{mark if block[1:2] == '、' else ''}{block}"]
            if isinstance(block, str)
            else ["", *SHAPES[shape](_tds(block)), ""]
        )
    return "\n".join(lines)


def _markup(block: str | Sheet, page: str) -> str:
    if isinstance(block, str):
        return f"<p>　　{escape(block)}</p>"
    rows = "\n".join(_tr(row, page) for row in block.rows)
    return f'<table border="1"><tbody>\n{rows}\n</tbody></table>'


def _tr(row: Row, page: str) -> str:
    return "<tr>" + "".join(_td(box, page) for box in row.boxes) + "</tr>"


def _td(box: Box, page: str) -> str:
    spans = "".join(
        f' {name}="{count}"'
        for name, count in (("colspan", box.colspan), ("rowspan", box.rowspan))
        if count > 1
    )
    if page != "word":
        return f"<td{spans}>{escape(box.text)}</td>"
    pieces = "".join(
        f'<span lang="EN-US">{escape(piece)}</span>' for piece in word_pieces(box.text)
    )
    return f'<td{spans}><p class="MsoNormal" align="center">{pieces or "&nbsp;"}</p></td>'
