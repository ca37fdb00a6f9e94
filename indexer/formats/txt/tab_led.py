"""Reads tab-led cells, as copying from a word processor leaves them.

Every cell begins on a line of its own with a tab, and a row ends at a blank line. A cell's text
may run over several lines, even over a blank one. Merged cells are lost or become empty cells
before the label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.formats.txt.text_tables import (
    EDGES,
    CellText,
    TextTable,
    is_blank,
    is_figure,
    is_prose,
)
from indexer.text.amounts import clean, is_value

_NUMBERED = re.compile(r"\s*(?:[一二三四五六七八九十]{1,2}|\d{1,2})\s*[、．.]\s*\S")
_MAX_CONTINUATION = 40
"""A line longer than this does not continue a cell: it is prose."""
_MAX_CELL = 400
"""A cell longer than this is over: no label of a form comes near."""
_MAX_LINES_AHEAD = 6
"""So many lines a cell may run on over a blank line before the table goes on."""


_MIN_HEADS = 4
"""So many cells without a figure may be the heads of a table."""


def find_tab_led(lines: Sequence[str], at: int) -> TextTable | None:
    """Return the table of tab-led cells beginning at this line, None for indented paragraphs."""
    if not is_led(lines[at]):
        return None
    scan = _TabLedScan(lines, at)
    rows = scan.read_table()
    cells = [text for row in rows for text, _ in row if clean(text)]
    found = len(cells) > 1 and (len(cells) >= _MIN_HEADS or any(is_figure(text) for text in cells))
    return TextTable(scan.at, tuple(rows) if found else ())


def is_led(line: str) -> bool:
    """Say whether a line begins a cell: it is led by a tab and no indented paragraph or heading."""
    return line.startswith("\t") and not is_prose(line)


@dataclass
class _TabLedScan:
    """A pass over the lines of one table; `at` is the line to be read next."""

    lines: Sequence[str]
    at: int = 0

    def read_table(self) -> list[tuple[CellText, ...]]:
        rows: list[tuple[CellText, ...]] = []
        while self.at < len(self.lines) and self._is_led(self.at):
            rows.append(self._read_row())
            if self._blanks(self.at) == 1 and self._is_led(self.at + 1):
                self.at += 1
        return rows

    def _read_row(self) -> tuple[CellText, ...]:
        cells: list[CellText] = []
        while self.at < len(self.lines) and self._is_led(self.at):
            line = self.at + 1
            *before, last = self.lines[self.at].split("\t")[1:]
            self.at += 1
            cells += [(text, line) for text in (*before, self._read_continuation(last))]
        return tuple(cells)

    def _read_continuation(self, text: str) -> str:
        """Return a cell's text with the lines that continue it, and step over them."""
        while self.at < len(self.lines):
            blanks = self._blanks(self.at)
            following = self.at + blanks
            if blanks > 1 or not self._continues(following, text, over_blank=bool(blanks)):
                break
            text = f"{text}\n{self.lines[following].strip(EDGES)}"
            self.at = following + 1
        return text

    def _continues(self, at: int, cell: str, *, over_blank: bool) -> bool:
        """Say whether a line continues the cell before it, rather than being prose after the
        table.

        Over a blank line only a word can continue, never a number, and only if the table does.
        """
        if at >= len(self.lines) or self.lines[at].startswith("\t"):
            return False
        line = self.lines[at].strip(EDGES)
        if (
            not line
            or len(line) > _MAX_CONTINUATION
            or len(cell) > _MAX_CELL
            or _NUMBERED.match(line)
        ):
            return False
        if not over_blank:
            return not (is_value(cell) and len(line) > 12)
        return not is_value(cell) and self._led_after(at + 1)

    def _led_after(self, at: int) -> bool:
        end = min(len(self.lines), at + _MAX_LINES_AHEAD)
        while at < end and not self._is_led(at):
            blanks = self._blanks(at)
            if (
                blanks > 1
                or len(self.lines[at].strip(EDGES)) > _MAX_CONTINUATION
                or _NUMBERED.match(self.lines[at])
            ):
                return False
            at += 1
        return self._is_led(at)

    def _is_led(self, at: int) -> bool:
        return at < len(self.lines) and is_led(self.lines[at])

    def _blanks(self, at: int) -> int:
        """Count the blank lines from here on."""
        end = at
        while end < len(self.lines) and not self._is_led(end) and is_blank(self.lines[end]):
            end += 1
        return end - at
