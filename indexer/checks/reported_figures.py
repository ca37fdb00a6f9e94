"""The figures of a report as the rules see them: reported numbers by key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.records import Cell, Finding, Message, Number, Param, Report


@dataclass(frozen=True, slots=True)
class ReportedFigures:
    """The cells of a report by key."""

    cells: Mapping[str, Cell]

    @classmethod
    def of(cls, report: Report) -> ReportedFigures:
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

    def unjudged(self, rule: str, keys: Sequence[str], subject: str) -> Finding:
        """Return the finding that a rule cannot be applied, with the cells that prevent it.

        `subject` is the end of a code `finding.subject.…`.
        """
        doubtful = tuple(key for key in keys if self.value(key) is None)
        message = Message.of(
            "finding.unjudged",
            subject=Message.of(f"finding.subject.{subject}"),
            count=len(doubtful),
        )
        return Finding(rule, "unjudged", message, doubtful)


def terms_of_sum(terms: Sequence[Param]) -> Message | str:
    """Return the bracketed terms of a sum; empty where a single term would only repeat the sum."""
    return Message.of("finding.terms", terms=tuple(terms)) if len(terms) > 1 else ""
