"""Where a row's label ends and its values begin, and which row of the form it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.records import GridCell
from indexer.report.tables.column_heads import is_frame
from indexer.report.tables.label_matching import LabelVocabulary, plain
from indexer.text.amounts import clean, find_unit, is_number, is_value

_COUNTED = frozenset({"件", "个", "项", "条", "份", "宗", "元", "万元"})
_PIECES = 6
"""A label is cut into no more cells than this."""
_BRACKETED = re.compile(r"\s*[（(][^（()）]*\D[^（()）]*[）)]?\s*")


@dataclass(frozen=True, slots=True)
class RowLabel:
    """The head of a row: its values begin at the cell `end`; `key` is None for a group alone and for the unknown.

    `groups` are the groups' heads printed before the label; `unit` the unit printed in or beside the label.
    """

    end: int
    key: str | None
    label: str
    groups: tuple[str, ...] = ()
    unit: str | None = None


def find_row_head(row: Sequence[GridCell], words: LabelVocabulary) -> RowLabel:
    """Return the head of a row: the last cell before its values that names a row, to the letter or else nearly."""
    texts = _label_cells(row)
    groups = tuple(plain(row[at].text) for at in texts if words.is_group(row[at].text))
    labels = [at for at in texts if not words.is_group(row[at].text)]
    found = (
        _find_exactly(row, labels, words)
        or _find_joined(row, texts, words)
        or _find_alike(row, labels, words)
        or _find_exactly(row, texts, words)
    )
    if not found:
        framed = [
            at for at in texts if words.is_group(row[at].text) or is_frame(plain(row[at].text))
        ]
        return RowLabel(
            framed[-1] + 1 if framed else 0,
            None,
            one_line(row[framed[-1]].text) if framed else "",
            groups,
        )
    start, end, key = found
    end, unit = _absorb(row, start, end, key, words)
    return RowLabel(end, key, "".join(one_line(cell.text) for cell in row[start:end]), groups, unit)


def one_line(text: str) -> str:
    """Return a text without its line breaks and spaces."""
    return re.sub(r"\s+", "", text)


def _label_cells(row: Sequence[GridCell]) -> list[int]:
    """Return where text is printed before the first value, a serial number in the first cell apart."""
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
    texts = texts[:_PIECES]
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
    """Return where the values begin behind what goes on with the label: its rest, an explanation, a column of units."""
    while end < len(row) and clean(row[end].text) and not is_value(row[end].text):
        text = clean(row[end].text)
        joined = "".join(cell.text for cell in row[start : end + 1])
        if text in _COUNTED:
            return end + 1, text
        fits = len(row) - end in words.widths[key]
        bracketed, goes_on = _BRACKETED.fullmatch(text), words.find_exactly(joined) == key
        if not (goes_on or bracketed) or (fits and bracketed):
            break
        end += 1
    return end, find_unit("".join(cell.text for cell in row[start:end]))
