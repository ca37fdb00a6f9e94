"""The reports of each body by year, and the findings across years that a change renews.

A report may be read before its neighbours. It gets the findings known by then; `settle` returns the
reports whose findings turned out otherwise, so any order of runs ends as a rebuild does.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from tempfile import TemporaryFile

from indexer.bodies.keys import body_of, date_of
from indexer.checks.registry import check_years, is_across_years, slim
from indexer.corpus.ledger import ReportVersion
from indexer.records import Finding, Report


def version_of(report: Report) -> ReportVersion | None:
    """Return a report's place among its body's years; None where body or year is not certain."""
    body, year = body_of(report), report.identity.year
    return ReportVersion(body, year, date_of(report)) if body and year is not None else None


def with_findings(report: Report, found: tuple[Finding, ...]) -> Report:
    """Return the report with these findings across years in place of its own."""
    own = tuple(finding for finding in report.findings if not is_across_years(finding))
    return replace(report, findings=own + found)


class BodyYears:
    """A run's view of all reports by body and year.

    `get` returns a report that the index held before the run, if it can.
    """

    def __init__(
        self, past: Mapping[str, ReportVersion | None], get: Callable[[str], Report | None]
    ) -> None:
        self._get = get
        self._versions: dict[str, ReportVersion | None] = {}
        self._ids: dict[tuple[str, int], set[str]] = {}
        self._slim: dict[str, Report] = {}
        self._given: dict[str, tuple[Finding, ...]] = {}
        self._touched: set[tuple[str, int]] = set()
        self._store = _ReportStore()
        for report_id, version in past.items():
            self._add(report_id, version)

    def note(self, report: Report) -> Report:
        """Add a report; return it with the findings across years that are known so far."""
        self._remove(report.id)
        self._add(report.id, version_of(report))
        self._touch(report.id)
        self._slim[report.id] = slim(report)
        found = self._given[report.id] = self._findings(report.id)
        report = with_findings(report, found)
        if self._versions[report.id]:
            self._store.keep(report)
        return report

    def settle(self, kept: Collection[str]) -> Iterator[Report]:
        """Forget all reports but `kept`; yield those whose findings differ from what was given."""
        for report_id in self._versions.keys() - set(kept):
            self._remove(report_id)
        for body, year in sorted(self._touched):
            for report_id in sorted(
                self._ids.get((body, year), set()) | self._ids.get((body, year + 1), set())
            ):
                found = self._findings(report_id)
                if report_id not in self._given:
                    self._given[report_id] = self._found_before(report_id)
                if found != self._given[report_id] and (report := self._whole(report_id)):
                    self._given[report_id] = found
                    yield with_findings(report, found)

    def versions(self) -> Mapping[str, ReportVersion | None]:
        """Return every report's version for the next run."""
        return self._versions

    def close(self) -> None:
        """Release the reports kept on disk."""
        self._store.close()

    def _add(self, report_id: str, version: ReportVersion | None) -> None:
        self._versions[report_id] = version
        if version:
            self._ids.setdefault((version.body, version.year), set()).add(report_id)

    def _remove(self, report_id: str) -> None:
        self._touch(report_id)
        version = self._versions.pop(report_id, None)
        if version:
            self._ids[version.body, version.year].discard(report_id)

    def _touch(self, report_id: str) -> None:
        version = self._versions.get(report_id)
        if version:
            self._touched.add((version.body, version.year))

    def _findings(self, report_id: str) -> tuple[Finding, ...]:
        version = self._versions[report_id]
        before = self._current(version.body, version.year - 1) if version else None
        if before is None:
            return ()
        this, that = self._slim_of(report_id), self._slim_of(before)
        return check_years(this, that) if this and that else ()

    def _current(self, body: str, year: int) -> str | None:
        """Return the version that counts: the one published, else retrieved, last."""

        def dated(report_id: str) -> tuple[str, str]:
            version = self._versions[report_id]
            return (version.dated if version else "", report_id)

        return max(self._ids.get((body, year), ()), key=dated, default=None)

    def _slim_of(self, report_id: str) -> Report | None:
        if report_id not in self._slim:
            report = self._get(report_id)
            if report is None:
                return None
            self._slim[report_id] = slim(report)
        return self._slim[report_id]

    def _found_before(self, report_id: str) -> tuple[Finding, ...]:
        report = self._get(report_id)
        return tuple(filter(is_across_years, report.findings)) if report else ()

    def _whole(self, report_id: str) -> Report | None:
        return self._store.take(report_id) or self._get(report_id)


class _ReportStore:
    """Reports kept on disk during a run, since a few may be wanted again."""

    def __init__(self) -> None:
        self._file = TemporaryFile(prefix="nianbao-")  # noqa: SIM115  # it lives as long as the store
        self._places: dict[str, tuple[int, int]] = {}

    def keep(self, report: Report) -> None:
        """Store a report."""
        packed = zlib.compress(pickle.dumps(report, pickle.HIGHEST_PROTOCOL), 1)
        self._places[report.id] = (self._file.seek(0, 2), len(packed))
        self._file.write(packed)

    def take(self, report_id: str) -> Report | None:
        """Return a stored report, or None."""
        if report_id not in self._places:
            return None
        start, length = self._places[report_id]
        self._file.seek(start)
        report: Report = pickle.loads(zlib.decompress(self._file.read(length)))
        return report

    def close(self) -> None:
        """Delete the stored reports."""
        self._file.close()
