"""Tells what a table is before its rows are read: by its heads, labels and width."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.records import Grid, GridCell
from indexer.report.tables.column_heads import is_frame
from indexer.report.tables.label_matching import (
    are_torn_heads,
    find_head,
    framing_heads,
    plain,
    spanning_heads,
    vocabulary,
)
from indexer.report.tables.row_labels import find_row_head
from indexer.text.amounts import clean, is_number, is_value

SECTIONS = ("proactive", "requests", "disputes")
SIGNS = {
    "requests": spanning_heads("requests")
    | framing_heads("requests")
    | {"自然人", "商业企业", "科研机构"},
    "disputes": spanning_heads("disputes") | {"结果维持", "结果维护", "结果纠正", "尚未审结"},
}
"""Heads that no other table of the forms has."""

MIN_LABELS = 3
"""Labels of one form in a table without heads and outside its section."""

_MAX_ROWS = 200
"""Rows of a table that are looked at; the forms have some 40 in all."""


def find_section(row: Sequence[GridCell]) -> str | None:
    """Return the form's table that a row of heads begins; None for figures and other heads."""
    if sum(1 for cell in row if is_number(cell.text)) > 1:
        return None
    said = [plain(cell.text) for cell in row]
    if _is_proactive_head(said):
        return "proactive"
    signed = (section for section, signs in SIGNS.items() if not signs.isdisjoint(said))
    has_parts = {"行政复议", "行政诉讼"} <= set(said)
    return next(signed, "disputes" if has_parts else None)


def _is_proactive_head(said: Sequence[str]) -> bool:
    if any(text.startswith("第二十条第") for text in said):
        return True
    return "信息内容" in said and any(find_head("proactive", text) for text in said)


def is_as_wide(grid: Grid, before: Grid) -> bool:
    """Return whether two tables have equally many columns, which most rows of the second fill."""
    ends = [max((cell.column + cell.colspan for cell in row), default=0) for row in grid.rows]
    width = max((cell.column + cell.colspan for row in before.rows for cell in row), default=0)
    return bool(ends) and max(ends) == width and 2 * ends.count(width) > len(ends)


def has_foreign_heads(grid: Grid) -> bool:
    """Return whether a table begins with several heads that are neither a form's nor parts."""
    for row in grid.rows:
        texts = [cell.text for cell in row if clean(cell.text)]
        if not texts:
            continue
        known = any(_is_known(text) for text in texts) or _are_torn(texts)
        return len(texts) > 1 and not known and not any(is_value(text) for text in texts)
    return False


def _are_torn(texts: Sequence[str]) -> bool:
    return any(are_torn_heads(section, texts) for section in SECTIONS[:2])


def _is_known(text: str) -> bool:
    """Return whether a text is a word of the forms; of the short ones only 规章 is theirs alone."""
    said = plain(text)
    if is_frame(said) or said == "规章":
        return True
    words = [vocabulary(section) for section in SECTIONS[:2]]
    return len(said) > 2 and (
        any(vocabulary.find_exactly(text) or vocabulary.is_group(text) for vocabulary in words)
        or any(find_head(section, text) for section in SECTIONS)
    )


def _is_full(values: Sequence[GridCell], widths: frozenset[int]) -> bool:
    """Return whether a row has a cell for each column, and behind them only empty ones."""
    return len(values) in widths or (
        len(values) > max(widths) and not any(clean(cell.text) for cell in values[max(widths) :])
    )


def belongs(grid: Grid, section: str, enough: int) -> bool:
    """Return whether a table without heads is a section's: has enough labels with all cells."""
    if section == "disputes":
        return any(
            len(row) >= 15 and all(is_value(cell.text) for cell in row[-14:]) for row in grid.rows
        )
    words = vocabulary(section)
    keys = set()
    for row in grid.rows[:_MAX_ROWS]:
        head = find_row_head(row, words)
        exact = head.key and words.find_exactly(head.label)
        if exact and (enough == 1 or _is_full(row[head.end :], words.widths[exact])):
            keys.add(exact)
    return len(keys) >= enough
