"""Recognises the printed heads of the forms by what they say, whatever their numbering, spacing and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from indexer.forms.form import Table, read_forms

_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]")
_NUMBERING = re.compile(
    r"^(?:[（(]\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[）)]|[一二三四五六七八九十]{1,3}\s*[、．.]|\d{1,2}\s*[、．.)）]?(?=\D))\s*"
)
_NOISE = re.compile(r"[\s\W_]+")
_ALIKE = 0.8
"""How alike a misprinted label must be to one of the form's; the next best must be clearly less so."""
_CLEARLY = 0.12


def plain(text: str) -> str:
    """Return what a head says: no numbering, brackets, white space or punctuation, width folded.

    >>> plain("（二）部分公开（区分处理的，只计这一情形）"), plain("三 、本年度办理结果"), plain("2019年")
    ('部分公开', '本年度办理结果', '2019年')
    """
    text = unicodedata.normalize("NFKC", _BOOKMARK.sub("", text)).strip()
    text = re.sub(r"\s+", "", text)
    bare = _NUMBERING.sub("", text) if not re.match(r"\d{4}年", text) else text
    return _NOISE.sub("", _BRACKETED.sub("", bare)) or _NOISE.sub("", bare)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The heads of one section: what they say → the key of the row, or the name of a group."""

    rows: Mapping[str, str]
    groups: frozenset[str]

    def find_row(self, text: str) -> str | None:
        """Return the key of the row a label names, or None. A misprint is accepted only if no other row is near."""
        said = plain(text)
        if said in self.rows:
            return self.rows[said]
        if len(said) < 4:
            return None
        ranked = sorted(
            ((SequenceMatcher(None, said, label).ratio(), key) for label, key in self.rows.items()), reverse=True
        )
        best, key = ranked[0]
        second = next((ratio for ratio, other in ranked if other != key), 0.0)
        return key if best >= _ALIKE and best - second >= _CLEARLY else None

    def is_group(self, text: str) -> bool:
        """Say whether this is a head that spans rows."""
        return plain(text) in self.groups


@cache
def vocabulary(section: str) -> Vocabulary:
    """Return the heads of a section in all forms."""
    rows: dict[str, str] = {}
    groups: set[str] = set()
    for table in section_tables(section):
        for row in table.rows:
            groups.update(plain(group) for group in row.groups)
            for label in (row.label, *row.aliases):
                rows.setdefault(plain(label), row.key)
    return Vocabulary(rows, frozenset(groups))


@cache
def section_tables(section: str) -> tuple[Table, ...]:
    """Return the tables of a section in all forms, oldest form first."""
    return tuple(table for form in read_forms().values() for table in form.tables_of(section))


@cache
def column_heads(section: str) -> Mapping[str, str]:
    """Return what the columns' heads of a section say, in all forms → the column's key."""
    return {
        plain(label): column.key
        for table in section_tables(section)
        for column in table.columns
        for label in (column.label, *column.aliases)
    }
