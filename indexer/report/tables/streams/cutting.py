"""Cuts units into rows: a row begins where a label, a head or a group of the forms does.

A figure belongs to the label before it. An unknown text begins a row of its own, so that its
figures go to no other row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from indexer.report.tables.streams.units import StreamUnit
from indexer.report.tables.streams.word_roles import FormWord

Role: TypeAlias = Literal["row", "group", "head", "caption", "unknown", "figures"]
_NUMBERED = re.compile(r"\s*[（(]?(?:[一二三四五六七八九十]{1,2}|\d{1,2})\s*[）)、．.]")
_JOINED_ROLES = {("group", "group"), ("group", "row"), ("head", "head")}
"""The roles of two texts in one row, if no figure is between them."""
_LONG_ROW = ("disputes", "")
"""The one row of fifteen figures, which has no label."""


@dataclass(slots=True)
class CutRow:
    """A row: the texts before its figures, the figures, and the blanks `after` the last one."""

    role: Role
    heads: list[StreamUnit] = field(default_factory=list)
    values: list[StreamUnit] = field(default_factory=list)
    section: str | None = None
    key: str | None = None
    after: int = 0
    is_last: bool = False

    def joins(self, role: Role) -> bool:
        """Return whether a text of a role belongs to the row, which has no figures yet."""
        return not self.values and (self.role, role) in _JOINED_ROLES

    @property
    def is_judged(self) -> bool:
        """Return whether it is a row of a form, whose cells can be counted."""
        return self.section is not None and self.key is not None


@dataclass
class _Cutter:
    """A pass over the units; `section` is the current table of the form."""

    units: Sequence[StreamUnit]
    section: str | None
    rows: list[CutRow] = field(default_factory=list)

    def cut(self) -> None:
        for at, unit in enumerate(self.units):
            following = self.units[at + 1] if at + 1 < len(self.units) else None
            if unit.is_figure:
                self._add_figure(unit)
            elif unit.word:
                self._add_word(unit, unit.word, following)
            else:
                self._begin_unknown(unit)
            self.rows[-1].after = following.before if following else 0

    def _add_figure(self, unit: StreamUnit) -> None:
        last = self.rows[-1] if self.rows else None
        if last is None or last.role in ("head", "caption", "group"):
            is_long = self.section == _LONG_ROW[0] and last is not None and last.role == "head"
            last = CutRow(
                "figures", section=self.section if is_long else None, key="" if is_long else None
            )
            self.rows.append(last)
        last.values.append(unit)

    def _add_word(self, unit: StreamUnit, word: FormWord, following: StreamUnit | None) -> None:
        if self.section not in word.sections and len(word.sections) == 1:
            self.section = next(iter(word.sections))
        key = word.key(self.section)
        last = self.rows[-1] if self.rows else None
        role = _role(unit, word, key, self.section, following)
        if role == "row" and word.is_head and self._stands_among_heads(last, unit):
            role = "head"
        if last is None or not last.joins(role):
            last = CutRow(role)
            self.rows.append(last)
        last.heads.append(unit)
        last.role = role
        if role == "row":
            last.section, last.key = self.section, key

    def _stands_among_heads(self, last: CutRow | None, unit: StreamUnit) -> bool:
        """Return whether a possible row label ends the heads, so that its figures have no label."""
        among = last is not None and last.role == "head" and self.section == "requests"
        return among and not _NUMBERED.match(unit.text)

    def _begin_unknown(self, unit: StreamUnit) -> None:
        last = self.rows[-1] if self.rows else None
        if last is None or last.role != "unknown" or last.values:
            self.rows.append(CutRow("unknown"))
        self.rows[-1].heads.append(unit)


def cut_rows(
    units: Sequence[StreamUnit], section: str | None, after: int
) -> tuple[list[CutRow], str | None]:
    """Return the rows of a run and the section it ends in; `after` counts the blanks behind it."""
    cutter = _Cutter(units, section)
    cutter.cut()
    if cutter.rows:
        cutter.rows[-1].after = after
        cutter.rows[-1].is_last = True
    return cutter.rows, cutter.section


def _role(
    unit: StreamUnit,
    word: FormWord,
    key: str | None,
    section: str | None,
    following: StreamUnit | None,
) -> Role:
    """Return the role of a word here: some are a column's head as well as a row's label."""
    if word.is_caption:
        return "caption"
    if key is None:
        return "group" if word.is_group else "head"
    if word.is_group:
        return "group" if _is_above_other_handling(following) else "row"
    if word.is_head and not _labels_row(unit, word, section, following):
        return "head"
    return "row"


def _is_above_other_handling(following: StreamUnit | None) -> bool:
    """Return whether the rows of （六）其他处理 follow, whose head is no row then."""
    word = following.word if following else None
    return (word.key("requests") or "").startswith("other_") if word else False


def _labels_row(
    unit: StreamUnit, word: FormWord, section: str | None, following: StreamUnit | None
) -> bool:
    """Return whether a word that is a head too labels a row: by a figure or its own numbering."""
    is_before_figure = following is not None and following.is_figure
    if section == "disputes":
        return is_before_figure and word.sections == {"disputes"}
    return is_before_figure or _NUMBERED.match(unit.text) is not None
