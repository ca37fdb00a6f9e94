"""The rule on bytes that cannot be decoded: text beside U+FFFD has not been read in full."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.records import LOST, Finding, Message, Passage, Report

_LOST_RUN = re.compile(f"{LOST}+")
_MOST_PASSAGES = 20


def check_damage(report: Report) -> Iterator[Finding]:
    """Yield one finding on all lost characters in a report's title, text and cells."""
    cells = tuple(cell.key for cell in report.cells if cell.raw and LOST in cell.raw)
    passages = tuple(
        Passage(paragraph.number, *match.span())
        for section in report.sections
        for paragraph in section.paragraphs
        for match in _LOST_RUN.finditer(paragraph.text)
    )
    headings = (report.identity.title, *(section.heading for section in report.sections))
    count = len(cells) + len(passages) + sum(LOST in heading for heading in headings if heading)
    if count:
        message = Message.of("finding.damaged", count=count)
        yield Finding(
            "source.damaged", "unjudged", message, cells, passages=passages[:_MOST_PASSAGES]
        )
