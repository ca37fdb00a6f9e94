"""The ledger: what is known of each file of the corpus, stored in the index."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass, field, replace
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from indexer.errors import EngineError, IndexMissing, IndexOutdated
from indexer.records import Message
from indexer.search.port import SearchEngine
from indexer.serialise.messages import pack_message, unpack_message


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be used, and why."""

    path: str
    kind: str
    message: Message


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What is known of a file: the id of the report last read, the last error, its SHA-256.

    `partial` says what of an indexed report was not read. An empty `stamp` has the file read again.
    The path of a closed folder ends in `/`.
    """

    stamp: str = ""
    id: str | None = None
    failure: Failure | None = None
    sha256: str | None = None
    partial: Failure | None = None


@dataclass(frozen=True, slots=True)
class ReportVersion:
    """A report's place among its body's years.

    `body` identifies the body; `dated` orders the versions of one year.
    """

    body: str
    year: int
    dated: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries by path, the version of the program, and each report's version."""

    program: str
    entries: Mapping[str, LedgerEntry]
    versions: Mapping[str, ReportVersion | None] = field(default_factory=dict)

    def forgetting(self, is_asked: Callable[[str], bool]) -> Mapping[str, LedgerEntry]:
        """Return the entries such that the files asked for are read again."""
        return {
            path: replace(entry, stamp="") if is_asked(path) else entry
            for path, entry in self.entries.items()
        }

    def dump(self) -> bytes:
        """Return what `read_ledger` reads."""
        files = {path: _pack_entry(entry) for path, entry in sorted(self.entries.items())}
        reports = {
            key: version and astuple(version) for key, version in sorted(self.versions.items())
        }
        data = {"program": self.program, "files": files, "reports": reports}
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def read_ledger(engine: SearchEngine) -> Ledger | None:
    """Return the ledger, None where nothing was noted.

    EngineError as for a search, or if the ledger is damaged.
    """
    data = engine.ledger()
    if data is None:
        return None
    try:
        ledger = json.loads(data)
        entries = {path: _unpack_entry(packed) for path, packed in ledger["files"].items()}
        versions = {
            key: ReportVersion(*said) if said else None
            for key, said in ledger.get("reports", {}).items()
        }
        return Ledger(ledger["program"], entries, versions)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise EngineError("engine.damaged_ledger", reason=str(error)) from error


@dataclass(frozen=True, slots=True)
class FailedFiles:
    """The files that the last run could not use, and those whose report was only partly read."""

    unread: tuple[Failure, ...] = ()
    partly_read: tuple[Failure, ...] = ()


def read_failed_files(engine: SearchEngine) -> FailedFiles:
    """Return the files that were not, or not fully, read; none without an index."""
    try:
        ledger = read_ledger(engine)
    except (IndexMissing, IndexOutdated):
        return FailedFiles()
    entries = ledger.entries.values() if ledger else ()
    return FailedFiles(
        tuple(entry.failure for entry in entries if entry.failure),
        tuple(entry.partial for entry in entries if entry.partial),
    )


def paths_by_id(entries: Mapping[str, LedgerEntry]) -> dict[str, list[str]]:
    """Return for each report the files that hold it, in the order of their paths."""
    paths: dict[str, list[str]] = {}
    for path, entry in sorted(entries.items()):
        if entry.id:
            paths.setdefault(entry.id, []).append(path)
    return paths


def program_version() -> str:
    """Return a digest of the program. Files read by another version are read again."""
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


def _pack_entry(entry: LedgerEntry) -> dict[str, Any]:
    return {
        "stamp": entry.stamp,
        "id": entry.id,
        "failure": entry.failure and _pack_failure(entry.failure),
        "sha256": entry.sha256,
        "partial": entry.partial and _pack_failure(entry.partial),
    }


def _unpack_entry(packed: Mapping[str, Any]) -> LedgerEntry:
    failure, partial = packed["failure"], packed["partial"]
    return LedgerEntry(
        packed["stamp"],
        packed["id"],
        failure and _unpack_failure(failure),
        packed["sha256"],
        partial and _unpack_failure(partial),
    )


def _pack_failure(failure: Failure) -> list[Any]:
    return [failure.path, failure.kind, pack_message(failure.message)]


def _unpack_failure(packed: Any) -> Failure:
    path, kind, message = packed
    return Failure(path, kind, unpack_message(message))
