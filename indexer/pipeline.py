"""The corpus → the index: reads what is new or changed, one file at a time, and records what could not be read.

A ledger lies in the index beside the reports and changes with it: for each file its stamp, its report's id, and its error if
it has one. What was indexed from a file stays served while the file cannot be read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from indexer.errors import BrokenFile, IndexMissing, IndexOutdated, SourceError
from indexer.records import Report, SourceFile
from indexer.search.documents import build_document
from indexer.search.port import Change, IndexDocument, SearchEngine
from indexer.settings import Settings
from indexer.sources import FoundFile, ManifestEntry, build_source, read_bytes, read_manifest, walk_corpus
from indexer.workers.pool import WorkerPool
from indexer.workers.task import Job, read_report

_RETRIED = frozenset({"UnreadableFile", "TooLarge"})
"""Failures that may be over although the file is the same: permission was given, a limit raised."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be used, and why."""

    path: str
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did, in files; `reports` is the number of reports in the index afterwards."""

    indexed: int
    unchanged: int
    removed: int
    failures: tuple[Failure, ...]
    reports: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger knows of a file: `id` of the report last read from it, and the error of the last attempt."""

    stamp: str
    id: str | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: `full` reads every file anew, `dry_run` changes nothing, `only` restricts the run to files under these paths."""

    full: bool = False
    dry_run: bool = False
    only: tuple[str, ...] = ()
    on_file: Callable[[str], None] = lambda path: None


def index_corpus(settings: Settings, engine: SearchEngine, options: Options = Options()) -> Outcome:
    """Bring the index in line with the corpus in one change: all of it, or, on an error or a crash, none."""
    before = None if options.full else _read_ledger(engine)
    run = _Run(settings, options, before or {}, read_manifest(settings.corpus))
    run.look()
    stale = before is None
    if not options.dry_run and (stale or run.affected or run.entries != before):
        engine.apply(Change(run.documents(), run.gone(), run.ledger, fresh=stale))
    return run.outcome()


@dataclass
class _Run:
    """One run over the corpus. `entries` becomes the new ledger."""

    settings: Settings
    options: Options
    before: Mapping[str, Entry]
    manifest: Mapping[str, ManifestEntry]
    entries: dict[str, Entry] = field(default_factory=dict)
    files: dict[str, FoundFile] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    affected: dict[str, list[str]] = field(default_factory=dict)
    unchanged: int = 0
    indexed: int = 0

    def look(self) -> None:
        """Compare the corpus with the ledger: which reports are to be read."""
        for item in walk_corpus(self.settings.corpus):
            if isinstance(item, SourceError):
                self._keep_below(item)
            elif self._is_asked(item.path):
                self._look_at(item)
            elif item.path in self.before:
                self.entries[item.path] = self.before[item.path]
        self._find_affected()

    def documents(self) -> Iterator[IndexDocument]:
        """Yield the documents to be replaced. A file that fails only now keeps the report it had."""
        with WorkerPool(self.settings, read_report) as pool:
            answers = pool.run(self._job(paths[0]) for paths in self.affected.values())
            for (report_id, paths), answer in zip(self.affected.items(), answers, strict=True):
                self.options.on_file(paths[0])
                try:
                    report = self._checked(answer, report_id, paths)
                except SourceError as error:
                    self._fail_all(error, paths)
                    continue
                yield build_document(report)
                self.indexed += len(paths)

    def gone(self) -> Iterator[str]:
        """Yield the ids that no file holds any more; to be drawn after the documents, when it is known what could be read."""
        kept = _paths_by_id(self.entries)
        yield from (report_id for report_id in _paths_by_id(self.before) if report_id not in kept)

    def ledger(self) -> bytes:
        """Return the new ledger."""
        files = {path: asdict(entry) for path, entry in sorted(self.entries.items())}
        return json.dumps({"program": _program(), "files": files}, ensure_ascii=False, separators=(",", ":")).encode()

    def outcome(self) -> Outcome:
        """Say what was done."""
        reports = len({entry.id for entry in self.entries.values() if entry.id})
        removed = len(self.before.keys() - self.entries.keys())
        return Outcome(self.indexed, self.unchanged, removed, tuple(self.failures), reports)

    def _is_asked(self, path: str) -> bool:
        return not self.options.only or any(path == only or path.startswith(f"{only}/") for only in self.options.only)

    def _look_at(self, found: FoundFile) -> None:
        stamp = f"{found.stamp}-{_digest(repr(self.manifest.get(found.path)))}"
        old = self.before.get(found.path)
        self.files[found.path] = found
        if old and old.stamp == stamp and not (old.failure and old.failure.kind in _RETRIED):
            self.entries[found.path] = old
            self.unchanged += 1
            if old.failure:
                self.failures.append(old.failure)
            return
        try:
            source = build_source(found, read_bytes(found, self.settings.max_file_bytes))
            self.entries[found.path] = Entry(stamp, source.report_id)
        except SourceError as error:
            self._fail(error, found.path, stamp, old.id if old else None)

    def _keep_below(self, error: SourceError) -> None:
        """Keep what was indexed from a file or folder that cannot be looked into: it is not known to be gone."""
        self.failures.append(Failure(error.path, error.kind, str(error)))
        folder = f"{error.path.rstrip('/')}/"
        for path, entry in self.before.items():
            if path == error.path or path.startswith(folder):
                self.entries[path] = entry

    def _find_affected(self) -> None:
        """A report is read again when it is new, or the files that hold it changed."""
        old, new = _paths_by_id(self.before), _paths_by_id(self.entries)
        for report_id, paths in new.items():
            readable = [path for path in paths if path in self.files and self.entries[path].failure is None]
            changed = any(self.before.get(path) != self.entries[path] for path in readable)
            if readable and (changed or old.get(report_id) != paths):
                self.affected[report_id] = readable

    def _job(self, path: str) -> Job:
        return Job(self.files[path], self.settings.max_file_bytes, self.manifest.get(path))

    def _checked(self, answer: Report | SourceError, report_id: str, paths: list[str]) -> Report:
        """Return the report with all files that hold it; the error if it was not read, or not from the bytes looked at."""
        if isinstance(answer, SourceError):
            raise answer
        if answer.id != report_id:
            raise BrokenFile(paths[0], f"{paths[0]}：正在读时文件被改动了。请再运行一次。")
        first = answer.sources[0]
        return replace(answer, sources=(first, *(self._copy(first, path) for path in paths[1:])))

    def _copy(self, source: SourceFile, path: str) -> SourceFile:
        entry = self.manifest.get(path)
        if entry is None:
            return replace(source, path=path, origin=None, retrieved=None, title=None)
        return replace(source, path=path, origin=entry.origin, retrieved=entry.retrieved, title=entry.title)

    def _fail_all(self, error: SourceError, paths: list[str]) -> None:
        for path in paths:
            old = self.before.get(path)
            self._fail(error, path, self.entries[path].stamp, old.id if old else None)

    def _fail(self, error: SourceError, path: str, stamp: str, kept: str | None) -> None:
        failure = Failure(path, error.kind, str(error))
        self.failures.append(failure)
        self.entries[path] = Entry(stamp, kept, failure)


def read_failures(engine: SearchEngine) -> tuple[Failure, ...]:
    """Return the files that the last run could not use."""
    return tuple(entry.failure for entry in (_read_ledger(engine) or {}).values() if entry.failure)


def _read_ledger(engine: SearchEngine) -> Mapping[str, Entry] | None:
    """Return the ledger, None where there is no index to go on from: none at all, or one by another version of the program."""
    try:
        data = engine.ledger()
    except (IndexMissing, IndexOutdated):
        return None
    if data is None:
        return None
    ledger = json.loads(data)
    if ledger["program"] != _program():
        return None
    return {path: _entry(entry) for path, entry in ledger["files"].items()}


def _entry(data: Mapping[str, object]) -> Entry:
    failure = data["failure"]
    failed = Failure(**failure) if isinstance(failure, dict) else None
    return Entry(str(data["stamp"]), str(data["id"]) if data["id"] else None, failed)


def _paths_by_id(entries: Mapping[str, Entry]) -> dict[str, list[str]]:
    """Return for each report the files that hold it, in the order of their paths."""
    paths: dict[str, list[str]] = {}
    for path, entry in sorted(entries.items()):
        if entry.id:
            paths.setdefault(entry.id, []).append(path)
    return paths


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _program() -> str:
    """Return a digest of the program itself: what another version of the reader made is read anew."""
    digest = hashlib.sha256()
    for file in _program_files(resources.files("indexer")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _program_files(folder: Traversable) -> Iterable[Traversable]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _program_files(item)
        elif item.name.endswith((".py", ".toml", ".txt", ".gz", ".lark", ".tsv")):
            yield item


def relative_paths(paths: Iterable[Path], corpus: Path) -> tuple[str, ...]:
    """Return paths as the corpus names them; ValueError names one that does not lie in it."""
    root = corpus.resolve()
    return tuple(path.resolve().relative_to(root).as_posix() for path in paths)
