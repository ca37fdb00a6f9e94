"""Brings the index up to date with the corpus: reads new and changed files, records failures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cached_property

from indexer.checks.unread_tables import RULE as UNREAD
from indexer.corpus.ledger import (
    Failure,
    Ledger,
    LedgerEntry,
    ReportVersion,
    paths_by_id,
    program_version,
    read_ledger,
)
from indexer.corpus.manifest import Manifest, check_manifest, read_manifest
from indexer.corpus.removals import find_objection
from indexer.corpus.sources import FoundFile, build_source, read_bytes, walk_corpus
from indexer.corpus.workers.pool import WorkerPool
from indexer.corpus.workers.task import Job, read_report
from indexer.corpus.years import BodyYears, version_of
from indexer.errors import (
    BrokenFile,
    EngineError,
    IndexMissing,
    IndexOutdated,
    RemovalRefused,
    ReportNotFound,
    SourceError,
)
from indexer.records import Message, Report, SourceFile
from indexer.search.documents import build_document
from indexer.search.port import Draft, IndexDocument, SearchEngine
from indexer.settings import Settings

_RETRIED = frozenset({"UnreadableFile", "TooLarge"})
"""Failures that may be over although the file is the same: permission was given, a limit raised."""


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """What a run did: the files it met are `indexed`, `unchanged` or among the failures, each once.

    `removed` files are gone; `reports` is the number of reports in the index afterwards. `warnings`
    name what a person should look after although no file failed.
    """

    indexed: int
    unchanged: int
    removed: int
    failures: tuple[Failure, ...]
    reports: int
    warnings: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How to run.

    `full` reads every file again, `dry_run` changes nothing, `only` restricts the run to files in
    these paths, and `allow_removals` permits it to remove most or all of the index.
    """

    full: bool = False
    dry_run: bool = False
    only: tuple[str, ...] = ()
    on_file: Callable[[str], None] = lambda path: None
    allow_removals: bool = False

    def asks(self, path: str) -> bool:
        """Say whether the run covers this file, or a folder on the way to one it covers."""
        return not self.only or any(
            path == only
            or path.startswith(f"{only}/")
            or (path.endswith("/") and only.startswith(path))
            for only in self.only
        )


def index_corpus(
    settings: Settings, engine: SearchEngine, options: RunOptions = RunOptions()
) -> RunOutcome:
    """Bring the index in line with the corpus in one transaction.

    RemovalRefused if most of the index would go without `allow_removals`; a dry run only warns.
    """
    past = _look_back(engine, options)
    if past.lost:
        options = replace(options, only=())
    run = _IndexRun(settings, engine, options, past, read_manifest(settings.corpus))
    run.look()
    objection = None if options.allow_removals else run.objection()
    if objection and not options.dry_run:
        raise RemovalRefused("removal.refused", reason=objection)
    if not options.dry_run and (past.fresh or run.affected or run.entries != past.entries):
        with closing(run.years), engine.change(fresh=past.fresh) as draft:
            run.write(draft)
    return run.outcome()


@dataclass(frozen=True, slots=True)
class _PastRuns:
    """What the index knows of past runs.

    `fresh`: it is written from nothing; `lost`: there is one, but it cannot be read.
    """

    entries: Mapping[str, LedgerEntry] = field(default_factory=dict)
    fresh: bool = True
    lost: bool = False
    versions: Mapping[str, ReportVersion | None] = field(default_factory=dict)


def _look_back(engine: SearchEngine, options: RunOptions) -> _PastRuns:
    try:
        ledger = read_ledger(engine)
    except IndexMissing:
        return _PastRuns()
    except IndexOutdated:
        return _PastRuns(lost=True)
    except EngineError:
        if options.full:
            return _PastRuns(lost=True)
        raise
    if ledger is None:
        return _PastRuns()
    if ledger.program != program_version():
        return _PastRuns(ledger.forgetting(lambda path: True), fresh=not options.only)
    if options.full:
        return _PastRuns(
            ledger.forgetting(options.asks), fresh=not options.only, versions=ledger.versions
        )
    return _PastRuns(ledger.entries, fresh=False, versions=ledger.versions)


@dataclass
class _IndexRun:
    """One run over the corpus. `entries` becomes the new ledger; other paths are those covered."""

    settings: Settings
    engine: SearchEngine
    options: RunOptions
    past: _PastRuns
    manifest: Manifest
    entries: dict[str, LedgerEntry] = field(default_factory=dict)
    found: set[str] = field(default_factory=set)
    met: set[str] = field(default_factory=set)
    unchanged: set[str] = field(default_factory=set)
    failures: dict[str, Failure] = field(default_factory=dict)
    forgotten: list[str] = field(default_factory=list)
    files: dict[str, FoundFile] = field(default_factory=dict)
    affected: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def years(self) -> BodyYears:
        """The reports by body and year, starting from those in the index."""
        return BodyYears({} if self.past.fresh else dict(self._past_versions()), self._before)

    def _past_versions(self) -> Iterator[tuple[str, ReportVersion | None]]:
        """Yield the version of every report in the index, computed where no ledger has it."""
        for report_id in paths_by_id(self.past.entries):
            if report_id in self.past.versions:
                yield report_id, self.past.versions[report_id]
            elif report := self._before(report_id):
                yield report_id, version_of(report)

    def _before(self, report_id: str) -> Report | None:
        """Return a report from the index before the run, None if it cannot be read."""
        try:
            return self.engine.get(report_id)
        except (EngineError, ReportNotFound):
            return None

    def look(self) -> None:
        """Compare the corpus with the ledger and find the reports to read."""
        for item in walk_corpus(self.settings.corpus):
            self.found.add(item.path)
            if not self.options.asks(item.path):
                self._keep(item.path)
                continue
            self.met.add(item.path)
            if isinstance(item, SourceError):
                self._keep(item.path)
                self._fail(item, LedgerEntry(id=self._old(item.path).id))
            else:
                self._look_at(item)
        self._find_affected()

    def write(self, draft: Draft) -> None:
        """Write the transaction, in an order that matters.

        Removed ids are known only after the last document: a file that fails keeps its report.
        Findings across years are known only when every report is in place or removed.
        """
        for document in self.documents():
            draft.put(document)
        for report_id in self.gone():
            draft.remove(report_id)
        for document in self.revised():
            draft.put(document)
        draft.note(self.ledger())

    def documents(self) -> Iterator[IndexDocument]:
        """Yield the documents to replace. A file that fails only now keeps its report."""
        drawn = set()
        with WorkerPool(self.settings, read_report) as pool:
            answers = pool.run(self._job(paths[0]) for paths in self.affected.values())
            for (report_id, paths), answer in zip(self.affected.items(), answers, strict=True):
                self.options.on_file(paths[0])
                try:
                    report = self._checked(answer, report_id, paths)
                except SourceError as error:
                    self._fail_all(error, paths)
                    continue
                self._note_partial(report, paths)
                yield build_document(self.years.note(report))
                drawn.add(report_id)
        if self.past.fresh:
            yield from self._carried(drawn)

    def revised(self) -> Iterator[IndexDocument]:
        """Yield the documents whose findings across years changed with other reports."""
        yield from (
            build_document(report) for report in self.years.settle(paths_by_id(self.entries))
        )

    def gone(self) -> Iterator[str]:
        """Yield the ids that no file holds any more."""
        kept = paths_by_id(self.entries)
        yield from (
            report_id for report_id in paths_by_id(self.past.entries) if report_id not in kept
        )

    def ledger(self) -> bytes:
        """Return the new ledger."""
        return Ledger(program_version(), self.entries, self.years.versions()).dump()

    def objection(self) -> Message | None:
        """Return why the run must not remove what it would remove, None if it may."""
        return find_objection(self.past.entries, self.entries, unreadable=self.past.lost)

    def outcome(self) -> RunOutcome:
        """Say what was done, or in a dry run what would be."""
        failures = tuple(failure for _, failure in sorted(self.failures.items()))
        unchanged = self.unchanged - self.failures.keys()
        removed = [
            path
            for path in self.past.entries.keys() - self.entries.keys()
            if not path.endswith("/")
        ]
        return RunOutcome(
            indexed=len(self.met) - len(unchanged) - len(failures),
            unchanged=len(unchanged),
            removed=len(removed),
            failures=failures,
            reports=len(paths_by_id(self.entries)),
            warnings=tuple(self._warnings(failures)),
        )

    # ── one file ──

    def _old(self, path: str) -> LedgerEntry:
        return self.past.entries.get(path, LedgerEntry())

    def _keep(self, path: str) -> None:
        """Keep the entries of a file, or of all files in a folder, that the run does not cover."""
        below = (
            [old for old in self.past.entries if old.startswith(path)] if path.endswith("/") else []
        )
        for known in (path, *below):
            if known in self.past.entries:
                self.entries[known] = self.past.entries[known]

    def _look_at(self, found: FoundFile) -> None:
        stamp = self._stamp(found)
        old = self._old(found.path)
        self.files[found.path] = found
        if old.stamp == stamp and not (old.failure and old.failure.kind in _RETRIED):
            self.entries[found.path] = old
            self.unchanged.add(found.path)
            if old.failure:
                self.failures[found.path] = old.failure
            return
        try:
            source = build_source(found, read_bytes(found, self.settings.limits.max_file_bytes))
            self.entries[found.path] = LedgerEntry(stamp, source.report_id, sha256=source.sha256)
        except SourceError as error:
            self._fail(error, LedgerEntry(stamp, old.id))

    def _stamp(self, found: FoundFile) -> str:
        """Return a stamp of the file and its manifest entry; the old one if that is unreadable."""
        said, before = self.manifest.get(found.path), self._old(found.path).stamp
        if said is None and not self.manifest.readable and before.rpartition("-")[0] == found.stamp:
            return before
        return f"{found.stamp}-{_digest(repr(said))}"

    def _fail(self, error: SourceError, entry: LedgerEntry) -> None:
        failure = Failure(error.path, error.kind, error.message)
        self.failures[error.path] = failure
        self.entries[error.path] = replace(entry, failure=failure)

    # ── one report ──

    def _find_affected(self) -> None:
        """Find the reports that are new or whose files changed."""
        old, new = paths_by_id(self.past.entries), paths_by_id(self.entries)
        for report_id, paths in new.items():
            readable = [
                path for path in paths if path in self.files and self.entries[path].failure is None
            ]
            changed = any(self._old(path) != self.entries[path] for path in readable)
            if readable and (changed or old.get(report_id) != paths):
                self.affected[report_id] = readable

    def _job(self, path: str) -> Job:
        return Job(self.files[path], self.settings.limits, self.manifest.get(path))

    def _checked(self, answer: Report | SourceError, report_id: str, paths: list[str]) -> Report:
        """Return the report with all its files; raise the error that kept it from being read."""
        if isinstance(answer, SourceError):
            raise answer
        if answer.id != report_id:
            raise BrokenFile(paths[0], "source.changed_while_read")
        first = answer.sources[0]
        return replace(answer, sources=(first, *(self._copy(first, path) for path in paths[1:])))

    def _copy(self, source: SourceFile, path: str) -> SourceFile:
        copy = replace(source, path=path, origin=None, retrieved=None, title=None)
        entry = self.manifest.get(path)
        return entry.describe(copy) if entry else copy

    def _fail_all(self, error: SourceError, paths: list[str]) -> None:
        for path in paths:
            self._fail(error.about(path), replace(self.entries[path], id=self._old(path).id))

    def _note_partial(self, report: Report, paths: list[str]) -> None:
        """Note with each file of the report which tables or rows of it were not read."""
        unread = next((finding for finding in report.findings if finding.rule == UNREAD), None)
        for path in paths:
            partial = None
            if unread:
                message = Message.of("source.partly_read", path=path, unread=unread.message)
                partial = Failure(path, UNREAD, message)
            self.entries[path] = replace(self.entries[path], partial=partial)

    def _carried(self, drawn: set[str]) -> Iterator[IndexDocument]:
        """Yield the reports that could not be read again from the old index; forget the rest."""
        for report_id, paths in paths_by_id(self.entries).items():
            if report_id in drawn:
                continue
            try:
                report = self.engine.get(report_id)
            except (EngineError, ReportNotFound):
                self.forgotten += paths
                self.entries.update(
                    {path: replace(self.entries[path], id=None, stamp="") for path in paths}
                )
            else:
                yield build_document(self.years.note(report))

    # ── warnings ──

    def _refusal(self) -> Iterator[Message]:
        if objection := self.objection():
            yield Message.of("removal.would_be_refused", reason=objection)

    def _warnings(self, failures: tuple[Failure, ...]) -> Iterator[Message]:
        if self.options.dry_run and not self.options.allow_removals:
            yield from self._refusal()
        unread = [failure.path for failure in failures if failure.kind in _RETRIED]
        missing = [*self.forgotten, *(unread if self.past.lost else ())]
        if missing:
            yield Message.of("removal.lost_with_index", places=tuple(missing))
        digests = {path: self.entries.get(path, LedgerEntry()).sha256 for path in self.found}
        closed = [path for path in self.found if path.endswith("/")]
        yield from check_manifest(self.manifest, digests, closed)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
