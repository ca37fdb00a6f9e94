"""Renders a report's cells and prose into real DOCX files, with the damages that files from
offices have, each a named switch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from tests.rendering import TABLES, Printed, Td

WHOLE = (
    "runs",
    "paragraphs",
    "tracked",
    "nested",
    "boxes",
    "controls",
    "numbered",
    "padded",
    "hyperlinks",
    "cut",
    "split",
    "ungrouped",
)
"""The damages that change nothing in what is printed: every cell must come back."""
_NS = nsdecls("w")
_OUTER = (
    f"{nsdecls('w', 'wp', 'a')} "
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_WIDTH = 800
_CHINESE = "一二三四五六七八九"


def render_docx(printed: Printed, *damages: str) -> bytes:
    """Return the report as DOCX, with the damages of `WHOLE`.

    The damage `labels` is empty unmerged cells between a label and its numbers.
    """
    parts: list[str] = [_paragraph(printed.title, damages)]
    parts += [_paragraph(text, damages) for text in printed.prose.get("preamble", ())]
    for at, (key, heading) in enumerate(printed.headings.items()):
        parts.append(
            _numbered(heading, at) if "numbered" in damages else _paragraph(heading, damages)
        )
        prose = [_paragraph(text, damages) for text in printed.prose.get(key, ())]
        parts += (
            [f"<w:p>{text_box(prose[0])}</w:p>", *prose[1:]]
            if "boxes" in damages and prose
            else prose
        )
        if key in TABLES:
            rows = list(TABLES[key](printed))
            parts += _tables(rows, damages, cuttable=key == "requests")
    parts += [_paragraph(text, damages) for text in printed.prose.get("closing", ())]
    body = "".join(parts)
    return pack(
        f"<w:tbl><w:tr><w:tc>{body}<w:p/></w:tc></w:tr></w:tbl><w:p/>"
        if "nested" in damages
        else body
    )


def pack(body: str, parts: Mapping[str, bytes] | None = None) -> bytes:
    """A DOCX with this in its body, as python-docx writes it; `parts` are laid over its own."""
    document = docx.Document()
    document.core_properties.title = "政府信息公开工作年度报告"
    document.part.numbering_part.element.append(parse_xml(_ABSTRACT))
    document.part.numbering_part.element.append(
        parse_xml(f'<w:num {_NS} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    root: Any = parse_xml(f"<w:body {_OUTER}>{body}</w:body>")
    for child in reversed(root):
        document.element.body.insert(0, child)
    document.sections[0].header.paragraphs[0].text = "页眉：第 1 页"
    file = BytesIO()
    document.save(file)
    return repack(file.getvalue(), parts or {})


def repack(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The package with these parts in place of its own."""
    file = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return file.getvalue()


_ABSTRACT = f"""<w:abstractNum {_NS} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>\
<w:lvl w:ilvl="1"><w:start w:val="1"/>
<w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>"""


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def run(text: str) -> str:
    pieces = text.split("\n")
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in pieces)
    return f"<w:r>{inner}</w:r>"


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text) if text else ''}</w:p>"


def _numbered(heading: str, at: int) -> str:
    """A heading whose number is automatic, as far as it is the one the list would print."""
    number = f"{_CHINESE[at]}、"
    if not heading.startswith(number):
        return paragraph(heading)
    return paragraph(
        heading.removeprefix(number), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'
    )


def _paragraph(text: str, damages: Sequence[str]) -> str:
    """A paragraph of these words; only how they are written differs."""
    if not text:
        return "<w:p/>"
    inner = "".join(run(piece) for piece in text) if "runs" in damages else run(text)
    if "tracked" in damages:
        middle = len(text) // 2
        gone = '<w:del w:id="1" w:author="甲"><w:r><w:delText>99</w:delText></w:r></w:del>'
        new = f'<w:ins w:id="2" w:author="甲">{run(text[middle:])}</w:ins>'
        moved = f'<w:moveFrom w:id="3" w:author="甲">{run("88")}</w:moveFrom>'
        inner = f"{run(text[:middle])}{gone}{new}{moved}"
    if "hyperlinks" in damages:
        field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        start = (
            field.format("begin") + '<w:r><w:instrText> HYPERLINK "http://7" </w:instrText></w:r>'
        )
        linked = f"<w:hyperlink><w:smartTag>{inner}</w:smartTag></w:hyperlink>"
        inner = f"{start}{field.format('separate')}{linked}{field.format('end')}"
    if "controls" in damages:
        inner = f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    return f"<w:p>{inner}</w:p>"


def text_box(inner: str) -> str:
    """Return a run with a text box as Word saves it, once for new programs, once for old ones."""
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    new = (
        "<w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>"
        f"{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    old = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


# ── tables ────────────────────────────────────────────────────────────────────────────────────────


def _tables(rows: list[list[Td]], damages: Sequence[str], *, cuttable: bool) -> Iterator[str]:
    if "cut" in damages and cuttable:
        at = _cut_at(rows)
        yield table(rows[:at], damages)
        yield "<w:p/>"
        yield table(rows[at:], damages)
    else:
        yield table(rows, damages)


def _cut_at(rows: list[list[Td]]) -> int:
    """A row over whose upper edge no cell reaches."""
    reach = 0
    cuts = []
    for at, row in enumerate(rows):
        if at >= reach and at > 3:
            cuts.append(at)
        reach = max([reach, *(at + cell.rowspan for cell in row)])
    return cuts[0]


def table(rows: list[list[Td]], damages: Sequence[str] = ()) -> str:
    """A table with its spans as Word writes them: gridSpan, and vMerge with a cell in every row."""
    held: dict[int, tuple[int, int]] = {}
    lines = [_tr(_row_cells(row, held, damages), damages) for row in rows]
    if "tracked" in damages:
        deleted = '<w:tr><w:trPr><w:del w:id="9"/></w:trPr>'
        lines.insert(4, _tr([_tc("77", 1, "", ())] * 3, ()).replace("<w:tr>", deleted))
    columns = max(sum(cell.colspan for cell in row) for row in rows)
    width = columns * 2 if "padded" in damages else columns
    grid = f'<w:gridCol w:w="{_WIDTH}"/>' * width
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"


def _row_cells(
    row: list[Td], held: dict[int, tuple[int, int]], damages: Sequence[str]
) -> list[str]:
    """The cells of a row; `held` are the rows left and the width of cells that span it."""
    cells: list[str] = []
    column = 0
    queue = list(row)
    while queue or any(at >= column for at in held):
        if column in held:
            left, colspan = held.pop(column)
            cells.append(_tc("", colspan, "continue", damages))
            if left > 1:
                held[column] = (left - 1, colspan)
        elif queue:
            cell = queue.pop(0)
            is_group = cell is row[0] and cell.colspan > 1 and len(row) >= 7
            cells += _cells_of(cell, is_group, damages)
            if cell.rowspan > 1:
                held[column] = (cell.rowspan - 1, cell.colspan)
            colspan = cell.colspan
        else:
            break
        column += colspan
    return cells


def _cells_of(cell: Td, is_group: bool, damages: Sequence[str]) -> list[str]:
    """One cell as it is printed: a group's head may be cut into several."""
    merge = "restart" if cell.rowspan > 1 else ""
    first = _tc(cell.text, 1, merge, damages)
    if is_group and "ungrouped" in damages:
        return [first, *(_tc("", 1, merge, damages) for _ in range(cell.colspan - 1))]
    if is_group and "split" in damages:
        return [first, _tc("", cell.colspan - 1, merge, damages)]
    return [_tc(cell.text, cell.colspan, merge, damages)]


def _tr(cells: list[str], damages: Sequence[str]) -> str:
    row = "<w:tr>" + "".join(cells) + "</w:tr>"
    return f"<w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt>" if "controls" in damages else row


def _tc(text: str, colspan: int, merge: str, damages: Sequence[str]) -> str:
    span = colspan * 2 if "padded" in damages else colspan
    properties = (
        f'<w:tcW w:w="{span * _WIDTH}" w:type="dxa"/>'
        + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
        + (f'<w:vMerge w:val="{merge}"/>' if merge == "restart" else "<w:vMerge/>" if merge else "")
    )
    inner = _paragraph(text, damages)
    if "paragraphs" in damages:
        inner = f"<w:p/>{inner}<w:p/>"
    if "boxes" in damages and text:
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl><w:p/>"
    cell = f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"
    return f"<w:sdt><w:sdtContent>{cell}</w:sdtContent></w:sdt>" if "controls" in damages else cell
