"""Reads Word documents (DOCX) with tracked changes accepted and spans of cells resolved.

Headers, footers, notes and comments are no part of the report's prose and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from docx.oxml.ns import qn

from indexer.filetypes import media_type_of
from indexer.formats.docx.docx_tables import (
    COMPATIBILITY,
    TableReader,
    alternative,
    cells,
    has,
    is_layout,
    rows,
)
from indexer.formats.docx.numbering import ParagraphNumbering, read_numbering
from indexer.formats.docx.package import Element, open_docx_parts
from indexer.formats.docx.runs import find_marks, is_set, read_choice, read_symbol
from indexer.formats.html.mhtml import read_chunk
from indexer.formats.lined_tables import read_lined
from indexer.formats.raised_digits import LOWERED, PICTURE, RAISED
from indexer.formats.whitespace import EDGES
from indexer.forms.form_words import names_report
from indexer.limits import Allowance
from indexer.records import Block, Document, Line, SourcePlace

_P, _R, _TBL = qn("w:p"), qn("w:r"), qn("w:tbl")
_BOX, _VAL = qn("w:txbxContent"), qn("w:val")
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PICTURES = frozenset(
    [
        "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
        "{urn:schemas-microsoft-com:vml}imagedata",
    ]
)
_TEXTS = frozenset([qn("w:t"), f"{_MATH}t"])
_LEFT_OUT = frozenset(
    qn(f"w:{name}")
    for name in [
        "del",
        "moveFrom",
        "delText",
        "instrText",
        "delInstrText",
        "sdtPr",
        "sdtEndPr",
        "sectPr",
        "pPr",
        "rPr",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "rubyPr",
        "rt",
        "object",
    ]
)
_PIECES = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:noBreakHyphen"): "-"}
_BREAKS = frozenset([qn("w:br"), qn("w:cr")])
_MOVED: Mapping[str, Mapping[int, str]] = {f"{_MATH}sup": RAISED, f"{_MATH}sub": LOWERED}
_RUN_STYLE = f"{qn('w:rPr')}/{qn('w:rStyle')}"
_PAGE_FIELD = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF)\b", re.IGNORECASE)


def read_docx(data: bytes, path: str, allowance: Allowance | None = None) -> Document:
    """Return the document in a DOCX.

    BrokenFile, Encrypted, TooLarge or UnsupportedFormat if there is none.
    """
    allowance = allowance or Allowance.start()
    limits = allowance.limits
    parts = open_docx_parts(data, path, limits)
    pages = {name: read_chunk(chunk, path, allowance) for name, chunk in parts.chunks.items()}
    numbering = read_numbering(parts.numbering, parts.styles, limits.max_inheritance_depth)
    flow = _DocxFlow(numbering, limits.max_cell_span, pages)
    flow.read(parts.document)
    title = _find_title(parts.properties)
    return Document(
        read_lined(flow.blocks), media_type_of("docx"), title, pictures=tuple(flow.pictures)
    )


def _find_title(properties: Element | None) -> str | None:
    """Return the title in the properties if it names a report: most are left over from older
    files."""
    found = None if properties is None else properties.find(qn("dc:title"))
    title = (found.text or "").strip() if found is not None else ""
    return title if names_report(title) else None


# ── lines ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _ParagraphEnd:
    """The end of a paragraph or cell; `joins`: the next paragraph continues its line."""

    joins: bool = False


@dataclass
class _DocxFlow:
    """Walks over the body in reading order; `pending` is the line so far.

    With `cell` it walks through one table cell, where everything is text, nested tables included.
    """

    numbering: ParagraphNumbering
    max_span: int
    pages: Mapping[str, Sequence[Block]] = field(default_factory=dict)
    """The pages that Word takes in when it opens the file, by the name the document calls them."""
    cell: bool = False
    blocks: list[Block] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    number: str = ""
    """The automatic number that the next line begins with."""
    boxes: list[Element] = field(default_factory=list)
    fields: list[str | None] = field(default_factory=list)
    """The open fields: the instruction so far, or None inside a result that is to be read."""
    tables: int = 0
    pictures: list[SourcePlace] = field(default_factory=list)

    def read(self, root: Element) -> None:
        """Walk without recursion, whatever is nested in what."""
        stack: list[Element | _ParagraphEnd] = [root]
        while stack:
            node = stack.pop()
            if isinstance(node, _ParagraphEnd):
                self._end_paragraph(node, stack)
            elif node.tag in _PICTURES:
                self.pictures.append(SourcePlace(line=len(self.blocks) + 1))
            elif isinstance(node.tag, str) and node.tag not in _LEFT_OUT:
                self._enter(node, stack)
        self.end_line()

    def _enter(self, node: Element, stack: list[Element | _ParagraphEnd]) -> None:
        if node.tag == _P:
            self._enter_paragraph(node, stack)
        elif node.tag == _TBL:
            self._enter_table(node, stack)
        elif node.tag in _TEXTS:
            self.pending.append(node.text or "")
        elif node.tag == _BOX:
            self.boxes.append(node)
        elif node.tag == _R:
            self._read_run(node, stack)
        elif node.tag == f"{COMPATIBILITY}AlternateContent":
            stack.extend(alternative(node))
        elif node.tag == qn("w:altChunk"):
            self.end_line()
            self.blocks.extend(self.pages.get(node.get(qn("r:id"), ""), ()))
        elif node.tag in _MOVED:
            text = "".join(part.text or "" for part in node.iter(*_TEXTS))
            self.pending.append(text.translate(_MOVED[node.tag]))
        elif node.tag == qn("w:fldSimple") and _PAGE_FIELD.match(node.get(qn("w:instr"), "")):
            pass
        else:
            stack.extend(reversed(node))

    def _enter_paragraph(self, node: Element, stack: list[Element | _ParagraphEnd]) -> None:
        if not self.cell and self.numbering.is_contents(node):
            return
        joins = has(node, "w:pPr/w:rPr/w:del") or has(node, "w:pPr/w:rPr/w:moveFrom")
        if not joins and not self.pending:
            self.number = self.numbering.number(node)
        stack.append(_ParagraphEnd(joins))
        stack.extend(reversed(node))

    def _end_paragraph(self, end: _ParagraphEnd, stack: list[Element | _ParagraphEnd]) -> None:
        """End the line and continue with the text boxes anchored in it.

        An instruction that was never closed ends, too.
        """
        if self._in_instruction():
            self.fields.clear()
        if not end.joins:
            self.end_line()
            self.number = ""
        for box in reversed(self.boxes):
            stack.append(_ParagraphEnd())
            stack.extend(reversed(box))
        self.boxes.clear()

    def _enter_table(self, table: Element, stack: list[Element | _ParagraphEnd]) -> None:
        found = [(row, list(cells(row))) for row in rows(table)]
        if self.cell or is_layout([begun for _, begun in found]):
            self.end_line()
            for cell in reversed([cell for _, begun in found for cell in begun]):
                stack.append(_ParagraphEnd())
                stack.extend(reversed(cell))
        elif found:
            self.end_line()
            self.tables += 1
            self.blocks.append(TableReader(self.tables, self._cell_text, self.max_span).read(found))

    def _read_run(self, run: Element, stack: list[Element | _ParagraphEnd]) -> None:
        """Read the text of a run, then walk over anything else in it, such as a drawing."""
        named = run.find(_RUN_STYLE)
        style = self.numbering.styles.get(named.get(_VAL)) if named is not None else None
        if is_set("vanish", run, style):
            return
        marks = find_marks(run, style)
        others = []
        for child in run:
            if child.tag == qn("w:fldChar"):
                self._read_field(child.get(qn("w:fldCharType")))
                self.pending.append(read_choice(child))
            elif child.tag == qn("w:instrText") and self.fields and self.fields[-1] is not None:
                self.fields[-1] += child.text or ""
            elif not self._in_instruction() and not self._read_piece(child, marks):
                others.append(child)
        stack.extend(reversed(others))

    def _read_piece(self, node: Element, marks: Mapping[int, str]) -> bool:
        """Read what stands for text in a run; False if this is something else."""
        if node.tag in _TEXTS:
            self.pending.append((node.text or "").translate(marks))
        elif node.tag in _PIECES:
            self.pending.append(_PIECES[node.tag])
        elif node.tag in _BREAKS:
            self.end_line()
        elif node.tag == qn("w:sym"):
            self.pending.append(read_symbol(node))
        else:
            return False
        return True

    def _in_instruction(self) -> bool:
        return any(instruction is not None for instruction in self.fields)

    def _read_field(self, kind: str | None) -> None:
        """Keep what a field shows, drop what it says and the numbers of pages."""
        if kind == "begin":
            self.fields.append("")
        elif kind == "separate" and self.fields:
            instruction = self.fields[-1]
            self.fields[-1] = (
                instruction if instruction and _PAGE_FIELD.match(instruction) else None
            )
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _cell_text(self, cell: Element) -> str:
        """Return a cell's text, its lines joined by line feeds; runs are not separated."""
        flow = _DocxFlow(self.numbering, self.max_span, cell=True)
        flow.read(cell)
        text = "\n".join(block.text for block in flow.blocks if isinstance(block, Line))
        return text or (PICTURE if flow.pictures else "")

    def end_line(self) -> None:
        text = "".join(self.pending).replace("\n", " ").strip(EDGES)
        self.pending.clear()
        if text or (self.cell and self.number):
            text, self.number = (self.number + text).strip(EDGES), ""
            self.blocks.append(Line(text, SourcePlace(line=len(self.blocks) + 1)))
