"""A cell of the form → what the page prints in it, for each of the six statuses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.records import Cell, Message, Number
from indexer.search.snippet_boundaries import shorten
from indexer.serialise.messages import number_to_json
from indexer.text.converter_marks import drop_bookmarks
from webapp.names import Text, label_of
from webapp.shapes.finding_notes import Mark

MAX_CELL_LENGTH = 40
_CLASSES = {
    "blank": "blank",
    "missing": "missing",
    "suspect": "suspect",
    "not_applicable": "na",
    "unreadable": "nr",
}


@dataclass(frozen=True, slots=True)
class CellShape:
    """What a `td` shows.

    `gloss` is what hover and focus add: the value, and the raw text where it was cleaned.
    """

    key: str
    classes: str
    text: str
    word: Text
    strong: bool
    linked: bool
    gloss: Text
    marks: tuple[Mark, ...] = ()


def shape_cell(cell: Cell, marks: tuple[Mark, ...] = (), all_linked: bool = False) -> CellShape:
    """Return what is shown of a cell: as printed, with its status in a word.

    Non-zero figures, cells in a finding, suspect ones and cells with more to say link to
    themselves; plain zeros and gaps do not, unless all do.
    """
    printed = _printed(cell.raw)
    gloss = _gloss(cell, printed)
    reported = cell.status == "reported"
    return CellShape(
        key=cell.key,
        classes=" ".join(_classes(cell, marks)),
        text=shorten(printed, MAX_CELL_LENGTH),
        word="" if reported else label_of("status", cell.status),
        strong=bool(cell.value) or (reported and bool(marks)),
        linked=all_linked or bool(marks) or _is_telling(cell),
        gloss=gloss or (_printed_as(printed) if len(printed) > MAX_CELL_LENGTH else ""),
        marks=marks,
    )


def _classes(cell: Cell, marks: tuple[Mark, ...]) -> Iterator[str]:
    if cell.status != "reported":
        yield _CLASSES[cell.status]
    elif not cell.value and not marks:
        yield "z0"
    if marks:
        contradicted = any(mark.severity == "contradiction" for mark in marks)
        yield "bad" if contradicted else "bad d"


def _is_telling(cell: Cell) -> bool:
    """Say whether a cell says more than a plain zero or a gap."""
    if cell.status == "reported":
        return bool(cell.value)
    return cell.status == "unreadable" or cell.value is not None


def with_gloss(shape: CellShape) -> CellShape:
    """Return a cell that says its status on hover and focus, for pages that link all cells."""
    gloss = shape.gloss or (_printed_as(shape.text) if shape.text else shape.word)
    return replace(shape, gloss=gloss)


def format_number(value: Number | float | None) -> str:
    """Return a number with its thousands set apart; a fraction keeps its digits.

    >>> format_number(448000000), format_number(0.5), format_number(None)
    ('448,000,000', '0.5', '')
    """
    if value is None:
        return ""
    plain = number_to_json(value) if not isinstance(value, float) else value
    if isinstance(plain, float) and plain.is_integer():
        plain = int(plain)
    return f"{plain:,}"


def _printed(raw: str | None) -> str:
    return " ".join(drop_bookmarks(raw or "").split())


def _gloss(cell: Cell, printed: str) -> Text:
    parts = []
    if cell.value is not None and not cell.as_printed:
        parts.append(_read_as(cell))
    raw = " ".join((cell.raw or "").split())
    if raw != printed:
        parts.append(_printed_as(raw))
    return Message.of("page.semicolons", parts=tuple(parts)) if parts else ""


def _read_as(cell: Cell) -> Message:
    value = format_number(cell.value)
    if not cell.key.endswith("_yuan"):
        return Message.of("page.cell.read_as", value=value)
    return Message.of("page.cell.yuan" if cell.unit else "page.cell.amount", value=value)


def _printed_as(raw: str) -> Message:
    return Message.of("page.cell.printed", raw=raw)
