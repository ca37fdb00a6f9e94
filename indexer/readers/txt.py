"""Plain text → Document: lines, and the tables that copying from a word processor leaves as tab-led cells.

In such a table every cell begins on a line of its own with a tab; a row ends at a blank line; a cell's text may run over
several lines, even over a blank one. Merged cells are lost or stand as empty cells before the label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from indexer.amounts import is_value
from indexer.records import Block, Document, Grid, GridCell, Line, Place

_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_NUMBERED = re.compile(r"\s*(?:[一二三四五六七八九十]{1,2}|\d{1,2})\s*[、．.]\s*\S")
_EDGES = " \t\r\f\v\x1c\x1d\x1e\x1f\x85\u2028\u2029\u3000\xa0\ufeff"
_CONTINUATION = 40
"""A line longer than this does not continue a cell: it is prose."""
_CELL = 400
"""A cell longer than this is over: no label of a form comes near."""
_AHEAD = 6
"""So many lines a cell may run on over a blank line before the table goes on."""


def read_txt(text: str) -> Document:
    """Return the document in a text. Nothing of the text is lost but white space and the converters' bookmark marks."""
    return Document(tuple(_Scan(re.split(r"\r\n|\r|\n", text)).blocks()), "text/plain")


@dataclass
class _Scan:
    """A pass over the lines; `at` is the line to be read next."""

    lines: list[str]
    at: int = 0
    tables: int = 0
    found: list[Block] = field(default_factory=list)

    def blocks(self) -> list[Block]:
        while self.at < len(self.lines):
            if self._is_led(self.at):
                self.found.append(self._read_table())
            else:
                self._read_line()
        return self.found

    def _read_line(self) -> None:
        text = _BOOKMARK.sub("", self.lines[self.at]).strip(_EDGES)
        if text:
            self.found.append(Line(text, Place(line=self.at + 1)))
        self.at += 1

    def _read_table(self) -> Grid:
        self.tables += 1
        rows: list[tuple[GridCell, ...]] = []
        while self.at < len(self.lines) and self._is_led(self.at):
            rows.append(self._read_row(len(rows) + 1))
            if self._blanks(self.at) == 1 and self._is_led(self.at + 1):
                self.at += 1
        return Grid(tuple(rows))

    def _read_row(self, row: int) -> tuple[GridCell, ...]:
        cells: list[GridCell] = []
        while self.at < len(self.lines) and self._is_led(self.at):
            line = self.at + 1
            *before, last = self.lines[self.at].split("\t")[1:]
            self.at += 1
            texts = [*before, self._read_continuation(last)]
            for text in texts:
                place = Place(line, self.tables, row, len(cells) + 1)
                cells.append(GridCell(text.strip("\r\n\t\f\v"), len(cells), place=place))
        return tuple(cells)

    def _read_continuation(self, text: str) -> str:
        """Return a cell's text with the lines that continue it, and step over them."""
        while self.at < len(self.lines):
            blanks = self._blanks(self.at)
            following = self.at + blanks
            if blanks > 1 or not self._continues(following, text, over_blank=bool(blanks)):
                break
            text = f"{text}\n{self.lines[following].strip(_EDGES)}"
            self.at = following + 1
        return text

    def _continues(self, at: int, cell: str, *, over_blank: bool) -> bool:
        """Say whether a line goes on with the cell before it rather than being prose after the table.

        Over a blank line only a word can go on, never a number, and only if the table goes on after it.
        """
        if at >= len(self.lines) or self._is_led(at):
            return False
        line = self.lines[at].strip(_EDGES)
        if not line or len(line) > _CONTINUATION or len(cell) > _CELL or _NUMBERED.match(line):
            return False
        if not over_blank:
            return not (is_value(cell) and len(line) > 12)
        return not is_value(cell) and self._led_after(at + 1)

    def _led_after(self, at: int) -> bool:
        end = min(len(self.lines), at + _AHEAD)
        while at < end and not self._is_led(at):
            blanks = self._blanks(at)
            if blanks > 1 or len(self.lines[at].strip(_EDGES)) > _CONTINUATION or _NUMBERED.match(self.lines[at]):
                return False
            at += 1
        return self._is_led(at)

    def _is_led(self, at: int) -> bool:
        return at < len(self.lines) and self.lines[at].startswith("\t")

    def _blanks(self, at: int) -> int:
        """Count the blank lines from here on."""
        end = at
        while end < len(self.lines) and not self._is_led(end) and not self.lines[end].strip(_EDGES):
            end += 1
        return end - at
