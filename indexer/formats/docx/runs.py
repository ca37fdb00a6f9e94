"""Reads how a run of a DOCX is formatted (hidden, struck out, raised), and symbols in it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from docx.oxml.ns import qn

from indexer.formats.docx.docx_tables import has, is_on
from indexer.formats.docx.package import Element
from indexer.formats.raised_digits import LOWERED, RAISED, STRUCK

_VAL = qn("w:val")
_SYMBOLS = {
    0xF0FC: "✓",
    0xF0FE: "☑",
    0xF052: "☑",
    0xF0A8: "□",
    0xF06F: "□",
    0xF0FB: "✗",
    0xF06C: "●",
    0xF0B7: "•",
}
_RAISED: Mapping[str, Mapping[int, str]] = {"superscript": RAISED, "subscript": LOWERED}
_NOTES = (qn("w:footnoteReference"), qn("w:endnoteReference"))
_TYPED = qn("w:customMarkFollows")
"""At a note whose number is typed behind it; of any other Word prints the number itself."""
_SHIFT = f"{qn('w:rPr')}/{qn('w:vertAlign')}"


def find_marks(run: Element, style: Element | None) -> Mapping[int, str]:
    """Return how to mark a run's digits: those raised for a note or struck out are in no number."""
    if is_set("strike", run, style) or is_set("dstrike", run, style):
        return STRUCK
    notes = (run.find(note) for note in _NOTES)
    if any(note is not None and note.get(_TYPED) in ("1", "true", "on") for note in notes):
        return RAISED
    moved = [
        element
        for holder in (run, style)
        if holder is not None
        for element in holder.iterfind(_SHIFT)
    ]
    return _RAISED.get(moved[0].get(_VAL), {}) if moved else {}


def is_set(name: str, run: Element, style: Element | None) -> bool:
    """Say whether a switch is set for a run: by itself, or else by the style that it names."""
    path = f"w:rPr/w:{name}"
    return is_on(run, path) if style is None or has(run, path) else is_on(style, path)


def read_symbol(node: Element) -> str:
    """Return a symbol by its code in its font.

    An unknown one is kept, so that a cell with it never passes for a plain number.
    """
    code = node.get(qn("w:char"), "")
    if not re.fullmatch(r"[0-9A-Fa-f]{1,4}", code):
        return "\ufffd"
    value = int(code, 16)
    return _SYMBOLS.get(
        value, chr(value) if value > 31 and not 0xD800 <= value < 0xE000 else "\ufffd"
    )


def read_choice(field: Element) -> str:
    """Return the entry a drop-down field shows; nothing at the ends of other fields."""
    choices = field.find(f"{qn('w:ffData')}/{qn('w:ddList')}")
    if choices is None:
        return ""
    entries = [entry.get(_VAL, "") for entry in choices.findall(qn("w:listEntry"))]
    chosen = next(
        (
            node.get(_VAL, "0")
            for name in ("result", "default")
            for node in choices.findall(qn(f"w:{name}"))
        ),
        "0",
    )
    return entries[int(chosen)] if chosen.isdecimal() and int(chosen) < len(entries) else ""
