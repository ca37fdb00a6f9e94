"""Reads the heads over a table's columns: which columns they name, where, in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby, pairwise

from indexer.forms.form import FormColumn
from indexer.records import GridCell
from indexer.report.tables.label_matching import (
    find_head,
    framing_heads,
    is_fragment,
    plain,
    spanning_heads,
)
from indexer.text.amounts import clean, find_unit

SPANNED = frozenset({"business", "research", "nonprofit", "legal_service", "other_organisation"})
HEAD_ONLY = (
    spanning_heads("requests")
    | framing_heads("requests")
    | framing_heads("proactive")
    | framing_heads("disputes")
)
"""Heads that span or precede the columns and name none."""
_UNITS = frozenset(
    {"件", "个", "项", "条", "份", "宗", "元", "万元", "单位万元", "单位元", "单位件"}
)


@dataclass(frozen=True, slots=True)
class PrintedHead:
    """A printed head: the `key` of its column, None for one of no form, its cell, its row."""

    key: str | None
    cell: GridCell
    row: int

    @property
    def end(self) -> int:
        """The first grid column behind it."""
        return self.cell.column + self.cell.colspan


@dataclass(frozen=True)
class ColumnHeads:
    """The heads over some rows; without `spans_known` only their order in a row is known."""

    heads: tuple[PrintedHead, ...] = ()
    units: tuple[tuple[str | None, str], ...] = ()
    """The units in or beside the heads, each with the key of its head's column."""
    spans_known: bool = False
    spanning: Mapping[int, int] = field(default_factory=dict)
    """By row, the number of heads before one that spans heads of the row below."""

    def positions(self, columns: Sequence[FormColumn]) -> dict[str, PrintedHead] | None:
        """Return the one head of each column; None unless each has one at a certain place.

        Places over several rows of heads are certain only in the form's order: a wrong span mixes
        them up.
        """
        wanted = [column.key for column in columns]
        named = [(head.key, head) for head in self.heads if head.key in wanted]
        found = {str(key): head for key, head in named}
        if not self.spans_known or not len(named) == len(found) == len(wanted):
            return None
        placed = sorted(found.values(), key=lambda head: head.cell.column)
        return found if self._are_certain(placed, columns) else None

    def _are_certain(self, placed: Sequence[PrintedHead], columns: Sequence[FormColumn]) -> bool:
        """Return whether heads, left to right, are apart and in one row or in a known order."""
        if any(one.end > other.cell.column for one, other in pairwise(placed)):
            return False
        keys = [str(head.key) for head in placed]
        is_one_row = len({head.row for head in placed}) == 1
        return is_one_row or keys in ([column.key for column in columns], self.order(columns))

    def order(self, columns: Sequence[FormColumn]) -> list[str] | None:
        """Return the printed order of the columns, None if no row of heads names exactly them.

        Heads that another spans take its place. Where spans are unknown, the order is no more than
        a reason for doubt.
        """
        wanted = sorted(column.key for column in columns)
        for row in self._rows:
            keys = [head.key for head in row if head.key]
            side_by_side = self.spans_known or len({head.row for head in row}) == 1
            if sorted(keys) == wanted and len(keys) == len(row) and side_by_side:
                return keys
        return None

    def repeats(self) -> tuple[int, ...] | None:
        """Return how often each head is repeated side by side; None unless one is.

        Converters print a merged cell once for every column that it spans.
        """
        for number in {head.row: None for head in self.heads}:
            runs = [(name, len(list(run))) for name, run in groupby(self._names_of_row(number))]
            apart = len({name for name, _ in runs}) == len(runs)
            if apart and any(count > 1 for _, count in runs):
                return tuple(count for _, count in runs)
        return None

    def _names_of_row(self, number: int) -> list[tuple[str | None, str]]:
        """Return the key of each head of a row, with its words if no form has it."""
        heads = [head for head in self.heads if head.row == number]
        return [(head.key, "" if head.key else plain(head.cell.text)) for head in heads]

    def contradict(self, columns: Sequence[FormColumn], *, proven: bool = False) -> bool:
        """Return whether the heads show other columns: another order, one too many, or no total.

        `proven` means that the sums of the rows prove the form's order and its total; then only
        extra columns contradict.
        """
        wanted = [column.key for column in columns]
        if any(
            self._is_foreign(row, wanted)
            for row in self._rows
            if any(head.key in wanted for head in row)
        ):
            return True
        if self._spans_otherwise() or self._names_one_alone(wanted):
            return True
        return not proven and (bool(self.disorder(wanted)) or self.lacks_total(wanted))

    def disorder(self, wanted: Sequence[str]) -> tuple[str, ...]:
        """Return the columns that a row of heads names out of the wanted order, else nothing."""
        for row in (*self._rows, *self._flattened):
            known = [head.key for head in row if head.key and head.key in wanted]
            if known != sorted(known, key=wanted.index):
                return tuple(known)
        return ()

    @property
    def is_flattened(self) -> bool:
        """Whether the organisations' merged head is in one row with theirs, as in text."""
        return bool(self._flattened)

    @property
    def _flattened(self) -> list[list[PrintedHead]]:
        rows = [[head for head in self.heads if head.row == number] for number in self.spanning]
        return [row for row in rows if any(head.key in SPANNED for head in row)]

    def unit(self) -> str | None:
        """Return the unit the heads print for an amount, None if they print none, or several."""
        own = {unit for key, unit in self.units if key == "amount_yuan"}
        units = own or {unit for _, unit in self.units}
        return units.pop() if len(units) == 1 else None

    @cached_property
    def _rows(self) -> list[list[PrintedHead]]:
        """Return the rows of heads side by side, with a spanning head replaced by those below it.

        A row with such a head that was cut from the row below is no evidence.
        """
        rows: dict[int, list[PrintedHead]] = {}
        for head in self.heads:
            rows.setdefault(head.row, []).append(head)
        for number, before in self.spanning.items():
            above, below = rows.pop(number, []), rows.get(number + 1, [])
            if above and {head.key for head in below} == SPANNED and len(below) == len(SPANNED):
                rows[number + 1] = [*above[:before], *below, *above[before:]]
        return [_behind_corner(row) for row in rows.values()]

    def _is_foreign(self, row: Sequence[PrintedHead], wanted: Sequence[str]) -> bool:
        """Return whether a row of heads has all of the form's columns and others."""
        unknown = [head for head in row if head.key is None]
        known = {head.key for head in self.heads if head.key in wanted}
        return bool(unknown) and len(unknown) + len(known) > len(wanted)

    def _names_one_alone(self, wanted: Sequence[str]) -> bool:
        """Return whether a row of heads repeats one of the columns and names no other."""
        rows = [self._names_of_row(number) for number in {head.row for head in self.heads}]
        repeated = any(
            len(row) > 1 and len({*row}) == 1 and row[0][0] in (None, *wanted) for row in rows
        )
        return len(wanted) > 1 and repeated

    def _spans_otherwise(self) -> bool:
        """Return whether the organisations' head is before the persons' or behind the total's."""
        if not self.spans_known:
            return False
        for number, before in self.spanning.items():
            keys = [head.key for head in self.heads if head.row == number]
            if "total" in keys[:before] or "natural_person" in keys[before:]:
                return True
        return False

    def lacks_total(self, wanted: Sequence[str]) -> bool:
        """Return whether only the total's head is missing, and no head is unknown."""
        known = {head.key for head in self.heads if head.key in wanted}
        unknown = any(head.key is None for row in self._rows for head in row)
        return len(wanted) == 7 and known == set(wanted) - {"total"} and not unknown


def _behind_corner(row: Sequence[PrintedHead]) -> list[PrintedHead]:
    """Return a row of heads from the first that names a column: others are over the labels."""
    first = next((at for at, head in enumerate(row) if head.key), len(row))
    return list(row[first:])


@dataclass
class ColumnHeadReader:
    """Gathers the heads over the rows to come; a row of heads after rows of values begins anew."""

    section: str
    spans_known: bool
    heads: list[PrintedHead] = field(default_factory=list)
    units: list[tuple[str | None, str]] = field(default_factory=list)
    spanning: dict[int, int] = field(default_factory=dict)
    row: int = 0
    frozen: ColumnHeads | None = None
    """The heads over the last row of values, unless more heads followed it."""

    def read(self, row: Sequence[GridCell]) -> None:
        """Take a row of heads."""
        if self.frozen:
            self.heads, self.units, self.spanning, self.row, self.frozen = [], [], {}, 0, None
        self.row += 1
        for cell in row:
            self._read_cell(cell)

    def freeze(self) -> ColumnHeads:
        """Return the heads over the row of values that comes now."""
        if self.frozen is None:
            heads, spanning = _find_span(self.heads, self.spanning)
            self.frozen = ColumnHeads(tuple(heads), tuple(self.units), self.spans_known, spanning)
        return self.frozen

    def go_on(self, spans_known: bool) -> ColumnHeadReader:
        """Return the heads over the rest of a table that was cut."""
        begun = self.frozen and replace(self.frozen, spans_known=spans_known)
        return ColumnHeadReader(
            self.section,
            spans_known,
            list(self.heads),
            list(self.units),
            dict(self.spanning),
            self.row,
            begun,
        )

    def _read_cell(self, cell: GridCell) -> None:
        said, key = plain(cell.text), find_head(self.section, cell.text)
        unit = find_unit(cell.text)
        if unit:
            self.units.append((key, unit))
        if said in spanning_heads("requests"):
            self.spanning.setdefault(
                self.row, sum(1 for head in self.heads if head.row == self.row)
            )
        if is_fragment(self.section, cell.text):
            return
        if clean(cell.text) and not is_frame(said) and said not in _UNITS:
            self.heads.append(PrintedHead(key, cell, self.row))


def _find_span(
    heads: Sequence[PrintedHead], spanning: Mapping[int, int]
) -> tuple[list[PrintedHead], dict[int, int]]:
    """Return the heads without one that spans the organisations by its place, and that place.

    Whatever it says, it stands between the persons' head and the total's, and the five heads that
    it spans follow them or stand below.
    """
    keys = [head.key for head in heads]
    for at in range(1, len(heads) - 1):
        beside = (keys[at - 1], keys[at], keys[at + 1]) == ("natural_person", None, "total")
        side_by_side = heads[at - 1].row == heads[at].row == heads[at + 1].row
        if not spanning and beside and side_by_side and {*keys[at + 2 : at + 7]} == SPANNED:
            before = sum(1 for head in heads[:at] if head.row == heads[at].row)
            return [*heads[:at], *heads[at + 1 :]], {heads[at].row: before}
    return list(heads), dict(spanning)


def is_frame(said: str) -> bool:
    """Return whether a plain head is beside or over the columns: a caption, a corner, a span."""
    return said in HEAD_ONLY or said.startswith(("第二十条", "本列数据")) or "勾稽关系" in said


def is_unit_row(row: Sequence[GridCell]) -> bool:
    """Return whether a row prints only units, such as （个） and （万元） under the heads."""
    said = [plain(cell.text) for cell in row if clean(cell.text)]
    return bool(said) and all(text in _UNITS for text in said)
