"""Findings → notes with their signs ①②③, and the cells and sentences that the signs stand at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from indexer.records import SECTION_KEYS, Cell, Finding, Message, Number, Passage, Report, Severity
from indexer.search.catalogue.rules import rules
from indexer.serialise.messages import number_to_json
from webapp.names import Text, label_of
from webapp.permalinks import report_path

BADGES: Mapping[Severity, str] = {"contradiction": "contra", "doubt": "", "unjudged": "un"}
BARS: Mapping[Severity, str] = {"contradiction": "", "doubt": "d", "unjudged": "u"}
_ORDER = tuple(BADGES)
MAX_FRAMED = 4
"""The cells of a finding that are all framed; of more only the telling ones."""
MAX_TERMS = 8
"""The terms of a sum that a note writes out."""
_K = TypeVar("_K")
_V = TypeVar("_V")


@dataclass(frozen=True, slots=True)
class Note:
    """A finding as it is shown.

    `section` is where its note stands, None for one about the whole report. `anchor` is the note's
    own, `target` what a link to the finding leads to: its first sign, or the note. `cells` are all
    that it is about, framed or not, `others` the reports it compares, as addresses and words.
    """

    sign: str
    severity: Severity
    badge: str
    bar: str
    word: Text
    message: Text
    sum: str
    anchor: str
    target: str
    section: str | None
    cells: tuple[str, ...] = ()
    others: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign beside a cell or a sentence, which leads to its note.

    `anchor` is set on the sign that the note leads back to.
    """

    sign: str
    severity: Severity
    note: str
    section: str | None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Underline:
    """A span `[start, end)` of a paragraph that a finding speaks of, and the sign after it."""

    start: int
    end: int
    severity: Severity
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Placement:
    """All notes in the order of their signs, and the marks and notes of each place.

    Places are cell keys, `section.row`, numbers of paragraphs, sections.
    """

    notes: tuple[Note, ...]
    at_cell: Mapping[str, tuple[Mark, ...]]
    at_row: Mapping[str, tuple[Note, ...]]
    at_paragraph: Mapping[int, tuple[Note, ...]]
    at_section: Mapping[str, tuple[Note, ...]]
    underlines: Mapping[int, tuple[Underline, ...]]


def sign(number: int) -> str:
    """Return the sign of the n-th finding.

    >>> sign(1), sign(21), sign(51)
    ('①', '㉑', '(51)')
    """
    for last, before, first in ((20, 0, 0x2460), (35, 20, 0x3251), (50, 35, 0x32B1)):
        if number <= last:
            return chr(first + number - before - 1)
    return f"({number})"


def place_findings(report: Report) -> Placement:
    """Number a report's findings, gravest first, and say where each is to be shown."""
    placed = _place_all(report)
    return Placement(
        notes=tuple(one.note for one in placed),
        at_cell=_gather(chain.from_iterable(one.cell_marks() for one in placed)),
        at_row=_gather((row, one.note) for one in placed for row in one.rows()),
        at_paragraph=_gather((at, one.note) for one in placed for at in one.paragraphs()),
        at_section=_gather((section, one.note) for one in placed for section in one.sections()),
        underlines=_gather(chain.from_iterable(one.underlines() for one in placed)),
    )


def _place_all(report: Report) -> list[_Placed]:
    sections = {p.number: section.key for section in report.sections for p in section.paragraphs}
    cells = {cell.key: cell for cell in report.cells}
    ordered = sorted(report.findings, key=lambda finding: _ORDER.index(finding.severity))
    return [_place(finding, number, sections, cells) for number, finding in enumerate(ordered, 1)]


def count_findings(report: Report) -> dict[Severity, int]:
    """Return the number of findings of each severity that occurs, gravest first."""
    counts = {severity: sum(f.severity == severity for f in report.findings) for severity in _ORDER}
    return {severity: count for severity, count in counts.items() if count}


def summarise(report: Report) -> Message:
    """Return the heading over a report's findings."""
    counts = count_findings(report)
    wrong = counts.get("contradiction", 0) + counts.get("doubt", 0)
    unjudged = counts.get("unjudged", 0)
    if wrong and unjudged:
        return Message.of("page.finding.wrong_and_unjudged", wrong=wrong, unjudged=unjudged)
    if wrong:
        return Message.of("page.finding.wrong", wrong=wrong)
    if unjudged:
        return Message.of("page.finding.unjudged", unjudged=unjudged)
    return Message.of("page.finding.nothing")


@dataclass(frozen=True, slots=True)
class _Placed:
    """A finding with its note, the passages that are there and the cells to frame."""

    note: Note
    passages: tuple[Passage, ...]
    framed: tuple[str, ...]

    @property
    def row(self) -> str | None:
        """The row of the last framed cell, below which the note stands; None without room."""
        if self.passages or not self.framed or self.note.section == "disputes":
            return None
        return self.framed[-1].rpartition(".")[0]

    def rows(self) -> Iterator[str]:
        """Yield the row below which the note stands, if it stands below one."""
        if self.row:
            yield self.row

    def paragraphs(self) -> Iterator[int]:
        """Yield the paragraph beside which the note stands, if it stands beside one."""
        if self.passages:
            yield self.passages[0].paragraph

    def sections(self) -> Iterator[str]:
        """Yield the section in which the note stands beside no row and no paragraph."""
        if self.note.section and not self.row and not self.passages:
            yield self.note.section

    def mark(self, first: bool) -> Mark:
        note = self.note
        return Mark(
            note.sign,
            note.severity,
            note.anchor,
            note.section,
            f"r{note.anchor[1:]}" if first else None,
        )

    def cell_marks(self) -> Iterator[tuple[str, Mark]]:
        for index, key in enumerate(self.framed):
            yield key, self.mark(first=index == 0 and not self.passages)

    def underlines(self) -> Iterator[tuple[int, Underline]]:
        for passage in self.passages:
            mark = self.mark(first=True) if passage is self.passages[-1] else None
            yield passage.paragraph, Underline(passage.start, passage.end, self.note.severity, mark)


def _place(
    finding: Finding, number: int, sections: Mapping[int, str], cells: Mapping[str, Cell]
) -> _Placed:
    framed = _framed(finding, cells)
    passages = tuple(passage for passage in finding.passages if passage.paragraph in sections)
    note = Note(
        sign=sign(number),
        severity=finding.severity,
        badge=BADGES[finding.severity],
        bar=BARS[finding.severity],
        word=label_of("severity", finding.severity),
        message=finding.message,
        sum=_sum(finding, framed, cells),
        anchor=f"f{number}",
        target=f"r{number}" if passages or framed else f"f{number}",
        section=sections[passages[0].paragraph] if passages else _section(finding),
        cells=finding.cells,
        others=tuple(
            (report_path(other), Message.of("page.finding.last_year")) for other in finding.reports
        ),
    )
    return _Placed(note, passages, framed)


def _section(finding: Finding) -> str | None:
    section = (finding.cells[0] if finding.cells else finding.rule).partition(".")[0]
    return section if section in SECTION_KEYS else None


def _framed(finding: Finding, cells: Mapping[str, Cell]) -> tuple[str, ...]:
    """Return the cells to frame: all of a few, else the sum, else those with a figure.

    Where a sentence is at fault and many cells are zero, the sentence is marked and none of them.
    """
    if finding.severity == "unjudged":
        return ()
    keys = tuple(key for key in finding.cells if key in cells)
    if len(keys) <= MAX_FRAMED:
        return keys
    if results := _results(finding, keys):
        return results
    valued = tuple(key for key in keys if cells[key].value)
    return valued or (() if finding.passages else keys[:1])


def _results(finding: Finding, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the cells that are to be the sum of the others."""
    rule = rules().get(finding.rule)
    if rule is None or not rule.result:
        return ()
    return tuple(key for key in keys if rule.result in key)


def _sum(finding: Finding, framed: tuple[str, ...], cells: Mapping[str, Cell]) -> str:
    """The sum that does not come out, written out where the cells' own figures make it."""
    if finding.expected is None or finding.found is None:
        return ""
    terms = _terms(finding, framed, cells)
    expected, found = number_to_json(finding.expected), number_to_json(finding.found)
    if 1 < len(terms) <= MAX_TERMS and sum(terms) == finding.expected:
        return f"{'＋'.join(str(number_to_json(term)) for term in terms)}＝{expected} ≠ {found}"
    return f"{expected} ≠ {found}" if expected != found else ""


def _terms(finding: Finding, framed: tuple[str, ...], cells: Mapping[str, Cell]) -> list[Number]:
    values = [cells[key].value for key in finding.cells if key in cells and key not in framed]
    return [value for value in values if value is not None] if any(values) else []


def _gather(pairs: Iterable[tuple[_K, _V]]) -> Mapping[_K, tuple[_V, ...]]:
    lists: dict[_K, list[_V]] = {}
    for key, value in pairs:
        lists.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in lists.items()}
