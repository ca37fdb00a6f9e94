"""The ledger: what is known of each file of the corpus. It lies in the index beside the reports and changes with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, astuple, dataclass, field, replace
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from indexer.errors import EngineError, IndexMissing, IndexOutdated
from indexer.search.port import SearchEngine


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be used, and why."""

    path: str
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a file: `id` of the report last read from it, the error of the last attempt, its SHA-256.

    `partial` says what of a report that is indexed was not read, `stamp` is empty where the file is
    to be read again in any case. The path of a closed folder ends in `/`.
    """

    stamp: str = ""
    id: str | None = None
    failure: Failure | None = None
    sha256: str | None = None
    partial: Failure | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A report's place among the years of its body: `body` tells it from all others, `dated` orders versions of one year."""

    body: str
    year: int
    dated: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries by path, the version of the program that made them, and each report's standing by id."""

    program: str
    entries: Mapping[str, Entry]
    standings: Mapping[str, Standing | None] = field(default_factory=dict)

    def forgetting(self, is_asked: Callable[[str], bool]) -> Mapping[str, Entry]:
        """Return the entries such that the files asked for are read again."""
        return {
            path: replace(entry, stamp="") if is_asked(path) else entry
            for path, entry in self.entries.items()
        }

    def dump(self) -> bytes:
        """Return what `read_ledger` reads."""
        files = {path: asdict(entry) for path, entry in sorted(self.entries.items())}
        reports = {
            key: standing and astuple(standing) for key, standing in sorted(self.standings.items())
        }
        data = {"program": self.program, "files": files, "reports": reports}
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def read_ledger(engine: SearchEngine) -> Ledger | None:
    """Return the ledger, None where nothing was noted. EngineError as for a search, or if it is damaged."""
    data = engine.ledger()
    if data is None:
        return None
    try:
        ledger = json.loads(data)
        entries = {path: _entry(entry) for path, entry in ledger["files"].items()}
        standings = {
            key: Standing(*said) if said else None
            for key, said in ledger.get("reports", {}).items()
        }
        return Ledger(ledger["program"], entries, standings)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise EngineError(
            f"索引里的文件记录已损坏（{error}）。请运行 nianbao index --full 重建。"
        ) from error


def read_failures(engine: SearchEngine) -> tuple[Failure, ...]:
    """Return the files that the last run could not use; none without an index."""
    return tuple(entry.failure for entry in _current_entries(engine) if entry.failure)


def read_partials(engine: SearchEngine) -> tuple[Failure, ...]:
    """Return the files whose report is indexed but only partly read; none without an index."""
    return tuple(entry.partial for entry in _current_entries(engine) if entry.partial)


def _current_entries(engine: SearchEngine) -> Iterable[Entry]:
    try:
        ledger = read_ledger(engine)
    except (IndexMissing, IndexOutdated):
        return ()
    return ledger.entries.values() if ledger else ()


def paths_by_id(entries: Mapping[str, Entry]) -> dict[str, list[str]]:
    """Return for each report the files that hold it, in the order of their paths."""
    paths: dict[str, list[str]] = {}
    for path, entry in sorted(entries.items()):
        if entry.id:
            paths.setdefault(entry.id, []).append(path)
    return paths


def program_version() -> str:
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


def _entry(data: Mapping[str, Any]) -> Entry:
    failure, partial = data["failure"], data.get("partial")
    return Entry(
        data["stamp"],
        data["id"],
        Failure(**failure) if failure else None,
        data["sha256"],
        Failure(**partial) if partial else None,
    )
