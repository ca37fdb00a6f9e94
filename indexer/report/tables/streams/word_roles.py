"""Tells what a piece of text is to the forms: the head of a column, a group, a row's label."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from indexer.forms.form import FormTable, read_forms
from indexer.report.tables.label_matching import (
    column_heads,
    framing_heads,
    plain,
    section_tables,
    spanning_heads,
    vocabulary,
)

LONG_ROW = 15
"""Figures of the disputes' one row, where the three parts are not below one another."""
_SECTIONS = ("proactive", "requests", "disputes")
_CAPTION = re.compile(r"第二十条第.{0,8}")
_RULE_OF_SUMS = re.compile(
    r"本列数据的?勾稽关系为?(?:第一项加第二项之和)?(?:等于第三项加第四项之和)?"
)
_MIN_SHARE_OF_CHARACTERS = 0.6
"""The share of a misprinted label's characters that labels have; most texts fail this fast test."""
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class FormWord:
    """A word of the forms: the row that it labels in each section, a group, or a head.

    `sections` are those where it can be printed.
    """

    rows: tuple[tuple[str, str], ...] = ()
    is_group: bool = False
    is_head: bool = False
    is_caption: bool = False
    sections: frozenset[str] = frozenset()

    def key(self, section: str | None) -> str | None:
        """Return the row that this labels in a section, or in the only one with such a row."""
        rows = dict(self.rows)
        if section in rows:
            return rows[section or ""]
        return next(iter(rows.values())) if len(rows) == 1 else None


@cache
def _words() -> Mapping[str, FormWord]:
    found: dict[str, FormWord] = {}
    for section in _SECTIONS:
        words = vocabulary(section)
        heads = {*column_heads(section), *spanning_heads(section), *framing_heads(section)}
        for said in {*words.rows, *words.groups, *heads}:
            before = found.get(said, FormWord())
            rows = (
                (*before.rows, (section, words.rows[said])) if said in words.rows else before.rows
            )
            found[said] = FormWord(
                rows,
                before.is_group or said in words.groups,
                before.is_head or said in heads,
                sections=before.sections | {section},
            )
    return found


def find_word(text: str) -> FormWord | None:
    """Return the word of the forms that a text is exactly, or None.

    >>> find_word("（三）不予\\n公开").is_group, find_word("2.重复申请").key("requests")
    (True, 'rejected_repeat')
    >>> find_word("申请公开") is None
    True
    """
    said = plain(text)
    if _CAPTION.fullmatch(said):
        return FormWord(is_head=True, is_caption=True, sections=frozenset({"proactive"}))
    if _RULE_OF_SUMS.fullmatch(said):
        return FormWord(is_head=True, is_caption=True, sections=frozenset({"requests"}))
    return _words().get(said)


@cache
def _characters() -> frozenset[str]:
    return frozenset("".join(said for said, word in _words().items() if word.rows))


@lru_cache(maxsize=4096)
def find_alike(text: str) -> FormWord | None:
    """Return the row whose label this is, misprinted; never for a text with a figure in it."""
    said = plain(text)
    if len(said) < 4 or _DIGIT.search(said):
        return None
    if sum(1 for character in said if character in _characters()) < _MIN_SHARE_OF_CHARACTERS * len(
        said
    ):
        return None
    rows = [(section, key) for section in _SECTIONS if (key := vocabulary(section).find_row(text))]
    return (
        FormWord(tuple(rows), sections=frozenset(section for section, _ in rows))
        if len(rows) == 1
        else None
    )


@cache
def group_count(section: str, key: str) -> int:
    """Count the groups that span a row, and so the merged cells before its label."""
    rows = [row for table in section_tables(section) for row in table.rows if row.key == key]
    return len(rows[0].groups) if rows else 0


def column_count(section: str, key: str, form: str | None) -> int | None:
    """Count the columns of a row; None if that depends on a form that is not known."""
    if section == "disputes":
        return LONG_ROW // 3 if key else LONG_ROW
    counts = {
        len(table.columns)
        for name in ("2019", "2021")
        if form in (None, name) or section != "proactive"
        for table in _tables(name, section)
        if any(row.key == key for row in table.rows)
    }
    return counts.pop() if len(counts) == 1 else None


def _tables(form: str, section: str) -> tuple[FormTable, ...]:
    return read_forms()[form].tables_of(section)
