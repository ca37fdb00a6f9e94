"""Recognises the printed heads of the forms, whatever numbering, spacing and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from indexer.forms.form import FormTable, read_forms
from indexer.report.tables.distinctive_words import TURNING_WORDS, CoreMatch, find_by_core
from indexer.text.converter_marks import drop_bookmarks
from indexer.text.folding import fold
from indexer.text.memo import remember_short

_NOTE_MARK = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹₀-₉]+|[①-⑳]+\s*$")
"""The number of a note: raised anywhere, or in a circle behind the label.

Before a label, a circle is its own number.
"""
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]")
_NUMBERING = re.compile(
    r"^(?:[（(]?\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[）)]"
    r"|[（(][一二三四五六七八九十]{1,2}(?=[^）)]*$)"
    r"|[一二三四五六七八九十]{1,3}\s*[、．.]|\d{1,2}\s*[、．.)）]?(?=\D))\s*"
)
_UNCLOSED = re.compile(r"[（(][^（()）]*$")
_NOISE = re.compile(r"[\s\W_]+")
_SPELLINGS = (
    ("其它", "其他"),
    ("部份", "部分"),
    ("或者", "或"),
    ("不予以公开", "不予公开"),
    ("总数", "总计"),
)
_YEARS = (
    (re.compile(r"^20\d\d年度?(?=新收政府信息公开申请)"), "本年"),
    (re.compile(r"^20\d\d年度?(?=结转政府信息公开申请)"), "上年"),
)
"""Labels that print a year for 本年 and 上年; what goes on to the next year says 下年度."""
_TRADITIONAL = frozenset(
    "條項規範檔對總數減許處決對罰強徵費採購額請況業構組織務計結轉辦開區計祕祕屬護過與絡補報訴舉複"
    "無據"
)
"""The traditional forms of characters in the forms' words."""


@dataclass(frozen=True, slots=True)
class _MisprintLimits:
    """When a label counts as a misprint of one of the form's; ratios are `SequenceMatcher`'s."""

    min_ratio: float = 0.8
    min_ratio_of_short: float = 0.7
    min_lead: float = 0.12
    """By so much the best label must beat the next row's, or either may be meant."""
    long_label: int = 7
    """Characters of a label that may differ in more than one letter."""
    min_length: int = 4
    """Characters of a text that is compared at all."""


_MISPRINT = _MisprintLimits()
_TURNING = frozenset("不非未无其上去前内外党")
"""Letters that change the sense of a label: 非行政许可 is no 行政许可."""
_AMOUNT_HEAD = re.compile(r"金额|总额|收费数额")
_EXPLAINED = re.compile(r"(?:指|如|即|含|包括|单位)")
_MIN_EXPLAINED_LABEL, _MIN_EXPLAINED_HEAD = 6, 5
"""Characters of a row's label and of a column's head that may have an explanation behind it."""


@remember_short
def plain(text: str) -> str:
    """Return the words of a head, width folded.

    Numbering, note marks, brackets, white space and punctuation are left out.

    >>> plain("（二）部分公开（区分处理的，只计这一情形）"), plain("三 、本年度办理结果")
    ('部分公开', '本年度办理结果')
    >>> plain("2019年")
    '2019年'
    """
    text = _NOTE_MARK.sub("", drop_bookmarks(text))
    text = _simplify(unicodedata.normalize("NFKC", text)).strip()
    text = re.sub(r"\s+", "", text)
    # A year is no number of a label: 2019年 stays whole.
    bare = _NUMBERING.sub("", text) if not re.match(r"\d{4}年", text) else text
    said = _NOISE.sub("", _UNCLOSED.sub("", _BRACKETED.sub("", bare))) or _NOISE.sub("", bare)
    for printed, meant in _SPELLINGS:
        said = said.replace(printed, meant)
    for year, meant in _YEARS if said.startswith("20") else ():
        said = year.sub(meant, said)
    return said


def _simplify(text: str) -> str:
    """Return a text in simplified characters; most texts have no others."""
    return text if _TRADITIONAL.isdisjoint(text) else fold(text)


@dataclass(frozen=True, slots=True)
class LabelVocabulary:
    """The labels of one section: `rows` are keys by plain label, `groups` plain labels.

    `widths` are the numbers of columns that a row has in the forms, `cores` are words of one row
    alone, with its key.
    """

    rows: Mapping[str, str]
    groups: frozenset[str]
    widths: Mapping[str, frozenset[int]]
    cores: Mapping[str, str]

    def find_row(self, text: str) -> str | None:
        """Return the key of the row a label names, or None.

        Words more or less, or a misprint, are accepted only if no other row is near.
        """
        exact = self.find_exactly(text)
        if exact:
            return exact
        core = self._find_core(text)
        if core.key or core.is_ambiguous:
            return core.key
        alike = self._find_alike(plain(text))
        # A core of another row contradicts the likeness.
        return alike if core.near in (None, alike) else None

    def has_more_words(self, text: str) -> bool:
        """Return whether only a part of a label is known: the row may be one of several such."""
        return not self.find_exactly(text) and self._find_core(text).key is not None

    def _find_core(self, text: str) -> CoreMatch:
        """Return the row that a label's cores identify, without a group's head before it."""
        said = plain(text)
        behind = next(
            (said[len(g) :] for g in self.groups if said.startswith(g) and len(said) >= len(g) + 4),
            said,
        )
        return find_by_core(text, behind, self.rows, self.cores)

    def find_exactly(self, text: str) -> str | None:
        """Return the key of the row with exactly this label.

        Its group's head may stand before it and an explanation behind it.
        """
        said = plain(text)
        if said in self.rows:
            return self.rows[said]
        for group in self.groups:
            if said.startswith(group) and len(said) > len(group):
                return self.find_exactly(said[len(group) :])
        for label, key in self.rows.items():
            if len(label) >= _MIN_EXPLAINED_LABEL and _has_explanation(said, label):
                return key
        return None

    def _find_alike(self, said: str) -> str | None:
        if len(said) < _MISPRINT.min_length:
            return None
        ranked = sorted(
            (
                (SequenceMatcher(None, said, label).ratio(), label, key)
                for label, key in self.rows.items()
            ),
            reverse=True,
        )
        best, label, key = ranked[0]
        second = next((ratio for ratio, _, other in ranked if other != key), 0.0)
        is_short = len(label) < _MISPRINT.long_label
        least = _MISPRINT.min_ratio_of_short if is_short else _MISPRINT.min_ratio
        is_near = best >= least and best - second >= _MISPRINT.min_lead
        return key if is_near and _is_misprint(said, label) else None

    def is_group(self, text: str) -> bool:
        """Return whether this is a head that spans rows."""
        return plain(text) in self.groups


def _is_misprint(said: str, label: str) -> bool:
    """Return whether two labels may differ by mistake.

    No letter turns the sense, and in a short label a single letter differs.
    """
    opcodes = SequenceMatcher(None, said, label).get_opcodes()
    changes = [(said[a:b], label[c:d]) for kind, a, b, c, d in opcodes if kind != "equal"]
    if any(_turns(one, other) for one, other in changes):
        return False
    if len(label) >= _MISPRINT.long_label:
        return True
    is_single = len(changes) == 1 and max(map(len, changes[0])) == 1
    # A word of four letters is another word with a letter more or less.
    return is_single and (len(label) > 4 or len(said) == len(label))


def _turns(printed: str, meant: str) -> bool:
    has_letter = not _TURNING.isdisjoint(printed + meant)
    return has_letter or TURNING_WORDS.search(printed) is not None


def _has_explanation(said: str, words: str) -> bool:
    return said.startswith(words) and _EXPLAINED.match(said[len(words) :]) is not None


@cache
def vocabulary(section: str) -> LabelVocabulary:
    """Return the heads of a section in all forms."""
    rows: dict[str, str] = {}
    groups: set[str] = set()
    widths: dict[str, set[int]] = {}
    cores: dict[str, str] = {}
    for table in section_tables(section):
        for row in table.rows:
            groups.update(plain(group) for group in row.groups)
            widths.setdefault(row.key, set()).add(len(table.columns))
            cores.update(dict.fromkeys(row.cores, row.key))
            for label in (row.label, *row.aliases):
                rows.setdefault(plain(label), row.key)
    return LabelVocabulary(
        rows, frozenset(groups), {key: frozenset(counts) for key, counts in widths.items()}, cores
    )


@cache
def section_tables(section: str) -> tuple[FormTable, ...]:
    """Return the tables of a section in all forms, oldest form first."""
    return tuple(table for form in read_forms().values() for table in form.tables_of(section))


@cache
def column_heads(section: str) -> Mapping[str, str]:
    """Return the keys of a section's columns by their plain heads, in all forms."""
    return {
        plain(label): column.key
        for table in section_tables(section)
        for column in table.columns
        for label in (column.label, *column.aliases)
    }


@cache
def spanning_heads(section: str) -> frozenset[str]:
    """Return the plain heads over several columns of a section."""
    return frozenset(plain(word) for table in section_tables(section) for word in table.heads.span)


@cache
def framing_heads(section: str) -> frozenset[str]:
    """Return the plain heads over or beside all columns of a section."""
    return frozenset(plain(word) for table in section_tables(section) for word in table.heads.frame)


@cache
def _labels(section: str) -> tuple[tuple[str, ...], ...]:
    """Return the prescribed heads of each table of a section, in the order of its columns."""
    return tuple(
        tuple(plain(column.label) for column in table.columns) for table in section_tables(section)
    )


def is_fragment(section: str, text: str) -> bool:
    """Return whether a text is the beginning or end of a column head, and no head itself.

    >>> is_fragment("requests", "务机构"), is_fragment("requests", "其他")
    (True, False)
    >>> is_fragment("requests", "工商户")
    False
    """
    said = plain(text)
    if not said or find_head(section, text):
        return False
    return any(
        label.startswith(said) or label.endswith(said)
        for labels in _labels(section)
        for label in labels
    )


def are_torn_heads(section: str, texts: Sequence[str]) -> bool:
    """Return whether texts are parts of the heads of different columns, in the form's order."""
    return any(_are_torn(labels, [plain(text) for text in texts]) for labels in _labels(section))


def _are_torn(labels: Sequence[str], said: Sequence[str]) -> bool:
    rest = iter(labels)
    return len(said) > 1 and all(text and any(text in label for label in rest) for text in said)


def find_head(section: str, text: str) -> str | None:
    """Return the key of the column that a head names, or None.

    A unit or an explanation behind it does not matter.

    >>> find_head("proactive", "采购总金额/万元"), find_head("requests", "科研 机构")
    ('amount_yuan', 'research')
    >>> find_head("proactive", "本年收费总金额（万元")
    'amount_yuan'
    """
    said = plain(text)
    heads = column_heads(section)
    if said in heads:
        return heads[said]
    if (head := said.replace("本年度", "本年")) in heads:
        return heads[head]
    if section == "proactive" and _AMOUNT_HEAD.search(said):
        return "amount_yuan"
    for head, key in heads.items():
        if len(head) >= _MIN_EXPLAINED_HEAD and _has_explanation(said, head):
            return key
    return None
