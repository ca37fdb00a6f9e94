"""Builds the sections of a report from lines and tables, in the printed order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from indexer.records import Block, Line, Paragraph, Section
from indexer.report.sections.openings import find_openings
from indexer.report.tables.form_grids import ParsedGrid

_DATE = (
    r"(?:[12][0-9〇○零一二三四五六七八九]{3}|二[〇○0零O][一二三四五六七八九〇○零]{2})\s*[年./-]"
    r"\s*[\d一二三四五六七八九十]{1,3}\s*[月./-]\s*[\d一二三四五六七八九十]{1,3}\s*日?"
)
_SIGNED_DATE = re.compile(rf"[^。；]{{0,40}}?[（(]?{_DATE}[）)]?\s*")
_SIGNED_BODY = re.compile(
    r"[^。；：:，,！？《》]{2,40}"
    r"(?:政府|办公室|办公厅|办事处|委员会|管委会|局|厅|中心|院|站|所|队|公司|学校|大学|室|署|社|会)"
    r"(?:（盖章）|\(盖章\))?"
)
_MAX_SIGNATURE_LINES = 4


@dataclass
class _SectionDraft:
    """A section being filled."""

    key: str
    heading: str | None
    lines: list[tuple[str, Literal["text", "note"]]] = field(default_factory=list)
    table_at: int | None = None

    def add(self, text: str, kind: Literal["text", "note"] = "text") -> None:
        if text:
            self.lines.append((text, kind))

    def add_table(self, reading: ParsedGrid) -> None:
        if reading.is_form and self.table_at is None:
            self.table_at = len(self.lines)
        for note in reading.notes:
            self.add(note, "note")


def build_sections(blocks: Sequence[Block], readings: Sequence[ParsedGrid]) -> tuple[Section, ...]:
    """Return the sections; `readings` are the tables among the blocks, parsed, in their order.

    The text before the first heading is the preamble, the signature is the closing. Every line is
    a paragraph of one section, and every text of a table beside the form is a note at its place:
    nothing that is printed is left out.
    """
    openings = {opening.at: opening for opening in find_openings(blocks)}
    drafts = [_SectionDraft("preamble", None)]
    tables = iter(readings)
    begun = 0
    for at, block in enumerate(blocks):
        opening = openings.get(at)
        if opening:
            drafts.append(_SectionDraft(opening.heading.key, opening.heading.text))
            drafts[-1].add(opening.heading.rest)
            begun = opening.end
        elif isinstance(block, Line):
            drafts[-1].add(block.text if at >= begun else "")
        else:
            drafts[-1].add_table(next(tables))
    signature = _find_signature(drafts[-1].lines)
    if signature and len(drafts) > 1:
        drafts.append(_SectionDraft("closing", None, drafts[-1].lines[-signature:]))
        del drafts[-2].lines[-signature:]
    return tuple(_number(drafts))


def _number(drafts: Sequence[_SectionDraft]) -> Iterator[Section]:
    """Yield the sections with their paragraphs numbered through the report."""
    number = 0
    for draft in drafts:
        if draft.heading or draft.lines or draft.table_at is not None:
            paragraphs = tuple(
                Paragraph(number + at, text, kind)
                for at, (text, kind) in enumerate(draft.lines, start=1)
            )
            number += len(paragraphs)
            yield Section(draft.key, draft.heading, paragraphs, draft.table_at)


def _find_signature(lines: Sequence[tuple[str, str]]) -> int:
    """Count the last paragraphs that are the signature: the body's name, the date, or both."""
    count = 0
    for text, kind in reversed(lines[-_MAX_SIGNATURE_LINES:]):
        if kind == "note" or not _is_signature(text):
            break
        count += 1
    return count


def _is_signature(text: str) -> bool:
    return bool(_SIGNED_DATE.fullmatch(text) or _SIGNED_BODY.fullmatch(text))
