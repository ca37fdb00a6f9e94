"""Tables as found → rows of the forms, recognised by what they say; what is no part of a form is kept as notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.amounts import clean, find_unit, is_number, is_value
from indexer.records import Grid, GridCell
from indexer.report.rows import FoundRow
from indexer.report.wording import column_heads, plain, vocabulary

SECTIONS = ("proactive", "requests", "disputes")
_CAPTION = re.compile(r"第二十条第|信息内容")
_SIGNS = {
    "proactive": frozenset({"信息内容"}),
    "requests": frozenset({"申请人情况", "自然人", "商业企业", "科研机构", "法人或其他组织"}),
    "disputes": frozenset({"结果维持", "结果维护", "结果纠正", "尚未审结", "未经复议直接起诉", "复议后起诉"}),
}
_HEAD_ONLY = frozenset({"申请人情况", "法人或其他组织", "信息内容", "行政诉讼", "行政复议"})
_DISPUTE_CELLS = 15
_DISPUTE_ROWS = {
    "行政复议": "reconsideration",
    "未经复议直接起诉": "litigation_direct",
    "复议后起诉": "litigation_after_reconsideration",
}


@dataclass(frozen=True, slots=True)
class GridReading:
    """What a table holds: the rows of forms, and as notes what is no part of one. `heads` are the columns' printed heads."""

    rows: tuple[FoundRow, ...]
    notes: tuple[str, ...]
    heads: tuple[tuple[str, str], ...] = ()
    """(``requests.total``, 合计): a column's key behind its section's, and its head as printed."""

    @property
    def is_form(self) -> bool:
        """Whether any part of a form was recognised in it."""
        return bool(self.rows or self.heads)


def read_grids(grids: Sequence[Grid]) -> list[GridReading]:
    """Return what each table holds. A table cut in two goes on in the next one where its rows say so."""
    readings: list[GridReading] = []
    section: str | None = None
    for grid in grids:
        scan = _Scan(grid, section)
        readings.append(scan.read())
        section = scan.section if readings[-1].is_form else None
    return readings


@dataclass
class _Scan:
    """A pass over the rows of one table; `section` is the form's table we are in."""

    grid: Grid
    section: str | None
    rows: list[FoundRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    heads: dict[str, str] = field(default_factory=dict)
    first: int | None = None
    last: int | None = None
    units: dict[str, str] = field(default_factory=dict)
    group: str = ""

    def read(self) -> GridReading:
        for row in self.grid.rows:
            said = [plain(cell.text) for cell in row]
            sign = _find_section(said)
            if sign and sign != self.section:
                self.section, self.first, self.last, self.units = sign, None, None, {}
            if not any(said) and self.section != "disputes":
                continue
            self._read_row(row, said)
        return GridReading(tuple(self.rows), tuple(self.notes), tuple(self.heads.items()))

    def _read_row(self, row: tuple[GridCell, ...], said: list[str]) -> None:
        section = self.section or _section_of_label(said)
        if section is None:
            self._note(row)
        elif self._is_head(section, row, said):
            self._read_heads(section, row, said)
        elif section == "disputes":
            self._read_disputes(row, said)
        else:
            self.section = section
            self._read_labelled(section, row)

    def _is_head(self, section: str, row: tuple[GridCell, ...], said: list[str]) -> bool:
        """Say whether this is a row of heads: no numbers, and heads of columns or a caption in it."""
        if any(is_number(cell.text) for cell in row):
            return False
        heads = column_heads(section)
        known = sum(1 for text in said if text in heads or text in _HEAD_ONLY or text in _SIGNS[section])
        if section == "disputes":
            return known > 0
        if any(_CAPTION.match(text) for text in said):
            return True
        labels = sum(1 for text in said if text in vocabulary(section).rows and text not in heads)
        return known > 0 and labels == 0 and not (said[0] in vocabulary(section).rows and known == 1)

    def _read_heads(self, section: str, row: tuple[GridCell, ...], said: list[str]) -> None:
        heads = column_heads(section)
        found = [(heads[text], cell) for text, cell in zip(said, row, strict=True) if text in heads]
        if section == "proactive" and found:
            self.units = {}
        for key, cell in found:
            self.heads.setdefault(f"{section}.{key}", _one_line(cell.text))
            if unit := find_unit(cell.text):
                self.units[key] = unit
        if self.grid.spans_known and found and section != "disputes":
            first, last = found[0][1], found[-1][1]
            if section == "proactive" or self.first is None:
                self.first = first.column
            if section == "proactive" or self.last is None or last.column > self.last:
                self.last = last.column + last.colspan - 1

    def _read_labelled(self, section: str, row: tuple[GridCell, ...]) -> None:
        end, key, label = self._find_label(section, row)
        values = row[end:]
        if key is None:
            if any(clean(cell.text) for cell in values) or not label:
                self._note(row)
            return
        if not values and self.grid.spans_known is False:
            values = ()
        self.rows.append(FoundRow(section, key, label, values, self.first, self.last, tuple(self.units.items())))

    def _find_label(self, section: str, row: tuple[GridCell, ...]) -> tuple[int, str | None, str]:
        """Return where the values begin, the row's key, and the label as printed; no key for a group alone or the unknown."""
        words = vocabulary(section)
        end, key, label = 0, None, ""
        for at, cell in enumerate(row):
            if not clean(cell.text):
                continue
            found = words.find_row(cell.text)
            is_group = words.is_group(cell.text) or bool(_CAPTION.match(plain(cell.text)))
            if not found and not is_group:
                break
            if is_group:
                self.group = plain(cell.text)
            end, key, label = at + 1, found, _one_line(cell.text)
        if key == "other_misc" and self.group != "其他处理":
            key = None
        return end, key, label

    def _read_disputes(self, row: tuple[GridCell, ...], said: list[str]) -> None:
        """Read the one row of fifteen numbers, or one of the three rows of five where the table is set upright."""
        named = [(at, _DISPUTE_ROWS[text]) for at, text in enumerate(said) if text in _DISPUTE_ROWS]
        if named:
            at, key = named[-1]
            self.rows.append(FoundRow("disputes", key, _one_line(row[at].text), row[at + 1 :]))
            return
        values = row[1:] if len(row) > _DISPUTE_CELLS and not is_value(row[0].text) else row
        if all(is_value(cell.text) or len(clean(cell.text)) <= 8 for cell in values):
            self.rows.append(FoundRow("disputes", "", "", values))
        else:
            self._note(row)

    def _note(self, row: tuple[GridCell, ...]) -> None:
        text = "\t".join(_one_line(cell.text) for cell in row if clean(cell.text))
        if text:
            self.notes.append(text)


def _find_section(said: Sequence[str]) -> str | None:
    """Return the form's table that a row of heads begins, or None."""
    if any(text.startswith("第二十条第") for text in said):
        return "proactive"
    for section, signs in _SIGNS.items():
        if any(text in signs for text in said):
            return section
    return "disputes" if "行政复议" in said and "行政诉讼" in said else None


def _section_of_label(said: Sequence[str]) -> str | None:
    """Return the section in whose form alone a row's first words are a label: a table that has lost its heads."""
    first = next((text for text in said if text), "")
    found = [section for section in ("proactive", "requests") if len(first) >= 4 and first in vocabulary(section).rows]
    return found[0] if len(found) == 1 else None


def _one_line(text: str) -> str:
    return re.sub(r"\s+", "", text)


def iter_rows(readings: Sequence[GridReading], section: str) -> Iterator[FoundRow]:
    """The rows of one section over all tables."""
    return (row for reading in readings for row in reading.rows if row.section == section)
