"""The rule that a report since 2019 prints the form's tables and that all their rows are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.records import Finding, Passage, Report, SourcePlace

RULE = "form.unread"
_SINCE = 2019
"""The first year for which there is a form."""
_EXEMPT = frozenset({"institution"})
"""Levels that no form is prescribed for."""
_TABLES = {"proactive": "主动公开", "requests": "申请办理", "disputes": "复议和诉讼"}
_SHOWN = 3
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """An unread row: its text, and its place in the narrative if it is kept there."""

    text: str
    passage: Passage | None = None


def check_unread(
    report: Report, rows: Sequence[UnreadRow], pictures: Sequence[SourcePlace]
) -> list[Finding]:
    """Return one finding on missing tables and unread rows; an empty list if all was read.

    `rows` are rows that do not fit the form, `pictures` those that may show a table.
    """
    year = report.identity.year
    if year is None or year < _SINCE or report.identity.level in _EXEMPT:
        return []
    printed = {cell.key.split(".")[0] for cell in report.cells if cell.status != "missing"}
    absent = [name for section, name in _TABLES.items() if section not in printed]
    if not absent and not rows:
        return []
    message = "".join([*_say_tables(absent, bool(pictures)), *_say_rows(rows)])
    passages = tuple(row.passage for row in rows if row.passage)
    return [Finding(RULE, "unjudged", message, passages=passages[:_SHOWN])]


def _say_tables(absent: Sequence[str], pictured: bool) -> list[str]:
    if not absent:
        return []
    which = (
        "主动公开、申请办理、复议和诉讼三张表都"
        if len(absent) == len(_TABLES)
        else f"{'、'.join(absent)}的表"
    )
    where = "；原件里有图片，表可能印在图片里" if pictured else ""
    return [f"{which}没有读到{where}。请对照原件，不要当作没有数。"]


def _say_rows(rows: Sequence[UnreadRow]) -> list[str]:
    if not rows:
        return []
    shown = "、".join(f"“{_cut(row.text)}”" for row in rows[:_SHOWN])
    return [
        f"有 {len(rows)} 行像是表里的，没有读进格里：{shown}{'等' if len(rows) > _SHOWN else ''}。请对照原件。"
    ]


def _cut(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
