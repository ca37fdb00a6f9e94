"""Finds the end of a row's label, and the row of the form that it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.records import GridCell
from indexer.report.tables.column_heads import is_frame
from indexer.report.tables.label_matching import LabelVocabulary, plain
from indexer.text.amounts import clean, find_unit, is_number, is_value

_COUNTED = frozenset({"件", "个", "项", "条", "份", "宗", "元", "万元"})
_MAX_PIECES = 6
"""Cells over which a label is cut."""
_BRACKETED = re.compile(r"\s*[（(][^（()）]*\D[^（()）]*[）)]?\s*")


@dataclass(frozen=True, slots=True)
class RowLabel:
    """The label of a row, whose values begin at the cell `end`.

    `key` is None for a group alone and for an unknown label. `groups` are the groups' heads before
    the label, `unit` is the unit in or beside it.
    """

    end: int
    key: str | None
    label: str
    groups: tuple[str, ...] = ()
    unit: str | None = None


def find_row_head(row: Sequence[GridCell], words: LabelVocabulary) -> RowLabel:
    """Return the label of a row: the last cell before its values that names a row.

    A cell that names it exactly is preferred to one that nearly does.
    """
    texts = _label_cells(row)
    spanning = [at for at in texts if words.is_group(row[at].text)]
    groups = tuple(plain(row[at].text) for at in spanning)
    labels = sorted({*texts} - {*spanning})
    found = (
        _find_exactly(row, labels, words)
        or _find_joined(row, texts, words)
        or _find_alike(row, labels, words)
        or _find_exactly(row, texts, words)
    )
    if not found:
        return _unknown_label(row, texts, groups)
    start, end, key = found
    end, unit = _absorb(row, start, end, key, words)
    return RowLabel(end, key, one_line(_joined(row[start:end])), groups, unit)


def _unknown_label(
    row: Sequence[GridCell], texts: Sequence[int], groups: tuple[str, ...]
) -> RowLabel:
    """Return a row without a known label; the heads of groups and of columns are no values."""
    framed = [at for at in texts if plain(row[at].text) in groups or is_frame(plain(row[at].text))]
    if not framed:
        return RowLabel(0, None, "", groups)
    return RowLabel(framed[-1] + 1, None, one_line(row[framed[-1]].text), groups)


def one_line(text: str) -> str:
    """Return a text without its line breaks and spaces."""
    return re.sub(r"\s+", "", text)


def _label_cells(row: Sequence[GridCell]) -> list[int]:
    """Return the cells with text before the first value, without a serial number in the first."""
    texts: list[int] = []
    for at, cell in enumerate(row):
        if not clean(cell.text):
            continue
        if not is_value(cell.text):
            texts.append(at)
        elif texts or at > 0 or not is_number(cell.text):
            break
    return texts


def _find_exactly(
    row: Sequence[GridCell], texts: Sequence[int], words: LabelVocabulary
) -> tuple[int, int, str] | None:
    for at in reversed(texts):
        key = words.find_exactly(row[at].text)
        if key:
            return at, at + 1, key
    return None


def _find_joined(
    row: Sequence[GridCell], texts: Sequence[int], words: LabelVocabulary
) -> tuple[int, int, str] | None:
    """Find a label that was cut into several cells."""
    texts = texts[:_MAX_PIECES]
    for first in range(len(texts)):
        for last in range(len(texts) - 1, first, -1):
            start, end = texts[first], texts[last] + 1
            key = words.find_exactly("".join(cell.text for cell in row[start:end]))
            if key:
                return start, end, key
    return None


def _find_alike(
    row: Sequence[GridCell], texts: Sequence[int], words: LabelVocabulary
) -> tuple[int, int, str] | None:
    for at in reversed(texts):
        key = words.find_row(row[at].text)
        if key:
            return at, at + 1, key
    return None


def _absorb(
    row: Sequence[GridCell], start: int, end: int, key: str, words: LabelVocabulary
) -> tuple[int, str | None]:
    """Return the end of a label with its rest, an explanation or a unit's cell, and the unit."""
    while end < len(row) and clean(row[end].text) and not is_value(row[end].text):
        text = clean(row[end].text)
        if text in _COUNTED:
            return end + 1, text
        fits = len(row) - end in words.widths[key]
        is_bracketed = _BRACKETED.fullmatch(text) is not None
        # With a cell for each column behind the label, a bracket is one of the values.
        if is_bracketed and fits:
            break
        if not is_bracketed and words.find_exactly(_joined(row[start : end + 1])) != key:
            break
        end += 1
    return end, find_unit(_joined(row[start:end]))


def _joined(cells: Sequence[GridCell]) -> str:
    return "".join(cell.text for cell in cells)
