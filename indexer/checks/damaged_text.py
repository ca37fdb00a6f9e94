"""The rule on bytes that cannot be decoded: text beside U+FFFD has not been read in full."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.checks.rules import CheckedReport, rule
from indexer.records import LOST, Finding, Message, Passage, Report

_LOST_RUN = re.compile(f"{LOST}+")
_MAX_PASSAGES = 20


@rule("source.damaged", "文字损坏", "乱码", "读不出的字")
def check_damage(checked: CheckedReport) -> Iterator[Finding]:
    """Yield one finding on all lost characters in a report's title, text and cells."""
    report = checked.report
    cells = tuple(cell.key for cell in report.cells if LOST in (cell.raw or ""))
    passages = tuple(_passages(report))
    headings = [report.identity.title, *(section.heading for section in report.sections)]
    count = len(cells) + len(passages) + sum(LOST in (heading or "") for heading in headings)
    if count:
        message = Message.of("finding.damaged", count=count)
        yield Finding(
            "source.damaged", "unjudged", message, cells, passages=passages[:_MAX_PASSAGES]
        )


def _passages(report: Report) -> Iterator[Passage]:
    for section in report.sections:
        for paragraph in section.paragraphs:
            for match in _LOST_RUN.finditer(paragraph.text):
                yield Passage(paragraph.number, *match.span())
