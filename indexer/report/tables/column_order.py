"""Decides the column order of the requests table when its heads are not in the form's order.

Text prints a head of two storeys line by line. Without the merged head 法人或其他组织 it reads
自然人, 总计, 商业企业 …, like a table whose second column is the total. The names alone cannot
tell the two apart; the sums of the rows can.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.forms.form import FormColumn
from indexer.report.tables.column_heads import SPANNED
from indexer.report.tables.label_matching import section_tables
from indexer.report.tables.row_cells import FoundRow, Order, fit_by_count
from indexer.text.amounts import read_count

_TOTAL = "total"
_MIN_CONTRADICTIONS = 3
"""Rows whose sums must contradict the form's own complete head before it is doubted."""


@dataclass(frozen=True, slots=True)
class _Doubt:
    """The difference between heads and form: the `printed` order, or a total that is lacking."""

    printed: tuple[str, ...]
    lacks: bool
    spans_known: bool
    is_flattened: bool


def settle_order(rows: Sequence[FoundRow]) -> list[FoundRow]:
    """Return the rows, each request row with the order that its heads and the sums agree on."""
    decided: dict[_Doubt, Order] = {}
    settled: list[FoundRow] = []
    for row in rows:
        key = _doubtful_heads(row)
        if key and key not in decided:
            decided[key] = _decide(key, [other for other in rows if _doubtful_heads(other) == key])
        settled.append(replace(row, order=decided[key]) if key else row)
    return settled


def _columns() -> tuple[FormColumn, ...]:
    return section_tables("requests")[0].columns


def _doubtful_heads(row: FoundRow) -> _Doubt | None:
    """Return the difference between the heads above a request row and the form, if any."""
    if row.section != "requests":
        return None
    wanted = [column.key for column in _columns()]
    disorder, lacks = row.heads.disorder(wanted), row.heads.lacks_total(wanted)
    if not disorder and not lacks:
        return None
    return _Doubt(disorder, lacks, row.heads.spans_known, row.heads.is_flattened)


def _decide(doubt: _Doubt, rows: Sequence[FoundRow]) -> Order:
    by_form, by_heads = _count_sums(doubt.printed, rows)
    by_heads_alone = by_heads if not by_form else 0
    if doubt.is_flattened and _is_form_flattened(doubt.printed):
        return "unknown" if by_heads_alone >= _MIN_CONTRADICTIONS else "form"
    if by_form and not by_heads:
        return "form" if _is_torn_text(doubt) else "unknown"
    return "heads" if doubt.spans_known or by_heads_alone else "unknown"


def _is_torn_text(doubt: _Doubt) -> bool:
    return not doubt.spans_known and _is_torn_apart(doubt.printed)


def _count_sums(printed: Sequence[str], rows: Sequence[FoundRow]) -> tuple[int, int]:
    """Count the rows whose sum is right only in the form's order, and only in the printed one.

    Heads that lack a column or name one twice prove nothing.
    """
    wanted = [column.key for column in _columns()]
    is_whole = sorted(printed) == sorted(wanted)
    by_form = by_heads = 0
    for numbers in _whole_rows(rows, len(wanted)):
        as_form = _adds_up(wanted, numbers)
        as_heads = is_whole and _adds_up(printed, numbers)
        by_form += as_form and not as_heads
        by_heads += as_heads and not as_form
    return by_form, by_heads


def _whole_rows(rows: Sequence[FoundRow], width: int) -> Iterator[list[int]]:
    """Yield the numbers of each row that has one, a blank or a stroke for every column."""
    for row in rows:
        fit = fit_by_count(row.values, width)
        readings = [read_count(cell.text) for cell in fit.cells if cell]
        if not fit.doubt and all(reading.status != "unreadable" for reading in readings):
            yield [int(reading.value or 0) for reading in readings]


def _adds_up(order: Sequence[str], numbers: Sequence[int]) -> bool:
    """Return whether, in this order, the total is positive and the sum of the other columns."""
    total = numbers[list(order).index(_TOTAL)]
    # A row of zeros adds up in any order.
    return total > 0 and sum(numbers) == 2 * total


def _is_form_flattened(printed: Sequence[str]) -> bool:
    """Return whether the form's two storeys stand one after the other, the upper one first."""
    upper = [key for key in dict.fromkeys(printed) if key not in SPANNED]
    return _is_torn_apart(printed) and upper == ["natural_person", _TOTAL]


def _is_torn_apart(printed: Sequence[str]) -> bool:
    """Return whether the form's two storeys of heads, one after the other, give this order.

    The organisations then stand together in the form's order; only the persons' head and the
    total's have moved.
    """
    keys = list(dict.fromkeys(printed))
    spanned = [at for at, key in enumerate(keys) if key in SPANNED]
    together = not spanned or spanned[-1] - spanned[0] == len(spanned) - 1
    ordered = [column.key for column in _columns() if column.key in SPANNED and column.key in keys]
    return together and [keys[at] for at in spanned] == ordered
