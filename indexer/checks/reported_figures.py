"""The figures of a report as the rules see them: reported numbers by key, and what stands in the way of judging."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.records import Cell, Finding, Number, Report

_PRINTED_MINUS = "－"


@dataclass(frozen=True, slots=True)
class Figures:
    """The cells of a report by key."""

    cells: Mapping[str, Cell]

    @classmethod
    def of(cls, report: Report) -> Figures:
        """Return the figures of a report."""
        return cls({cell.key: cell for cell in report.cells})

    def has(self, key: str) -> bool:
        """Say whether the form has this cell."""
        return key in self.cells

    def value(self, key: str) -> Number | None:
        """Return the reported number, None where there is none to rely on."""
        cell = self.cells.get(key)
        return cell.value if cell and cell.status == "reported" else None

    def values(self, keys: Iterable[str]) -> list[Number] | None:
        """Return the numbers of all keys, None if any is not reported."""
        values = [self.value(key) for key in keys]
        return (
            None
            if any(value is None for value in values)
            else [value for value in values if value is not None]
        )

    def unjudged(self, rule: str, keys: Sequence[str], what: str) -> Finding:
        """Return the finding that a rule cannot be applied, with the cells that are no certain numbers."""
        doubtful = tuple(key for key in keys if self.value(key) is None)
        return Finding(
            rule, "unjudged", f"{what}：有 {len(doubtful)} 格不是确定的数，未能核对。", doubtful
        )


def written(number: Number) -> str:
    """Return a number as our messages write it.

    >>> written(-7), written(12)
    ('－7', '12')
    """
    return f"{_PRINTED_MINUS}{-number}" if number < 0 else str(number)


def terms_written(terms: Sequence[str]) -> str:
    """Return what a sum is made of, in brackets behind it; nothing where a single term would say the sum again.

    >>> terms_written(["3", "1"]), terms_written(["3"])
    ('（3＋1）', '')
    """
    return f"（{'＋'.join(terms)}）" if len(terms) > 1 else ""


def sum_written(values: Iterable[Number]) -> str:
    """Return a sum as our messages write it: 3＋0＋1."""
    return "＋".join(written(value) for value in values)
