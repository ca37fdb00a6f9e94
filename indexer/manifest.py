"""The manifest of the corpus: where each file came from, as a person has entered it."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from indexer.errors import ConfigError
from indexer.records import SourceFile

MANIFEST = "manifest.csv"
_COLUMNS = ("file", "title", "origin", "retrieved", "sha256")


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """What the manifest says of a file. Unknown is None; `sha256` is the hash that the file had when it was entered."""

    title: str | None
    origin: str | None
    retrieved: str | None
    sha256: str | None

    def describe(self, source: SourceFile) -> SourceFile:
        """Return the record of a file with what is said of it here; as it is, if that was said of other bytes."""
        if not self.is_about(source.sha256):
            return source
        retrieved = self.retrieved if self.has_time() else None
        return replace(source, origin=self.origin, retrieved=retrieved, title=self.title)

    def is_about(self, digest: str) -> bool:
        """Say whether this was said of a file with this SHA-256."""
        return self.sha256 is None or self.sha256.lower() == digest

    def has_time(self) -> bool:
        """Say whether `retrieved` is a day or a time in ISO 8601."""
        try:
            return bool(datetime.fromisoformat(self.retrieved or ""))
        except ValueError:
            return False


def read_manifest(corpus: Path) -> Mapping[str, ManifestEntry]:
    """Return the manifest by file; empty without one. ConfigError names the line at fault."""
    file = corpus / MANIFEST
    if not file.exists():
        return {}
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            lacking = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
            if lacking:
                raise ConfigError(f"{file} 第 1 行缺少列 {'、'.join(lacking)}；应有 {','.join(_COLUMNS)}。")
            return {row["file"]: _entry(row) for row in reader}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigError(f"{file} 读不出来：{error}。应是 UTF-8 的 CSV，列为 {','.join(_COLUMNS)}。") from error


def check_manifest(
    manifest: Mapping[str, ManifestEntry], digests: Mapping[str, str | None], closed: Collection[str]
) -> Iterator[str]:
    """Yield what is wrong with the manifest, a sentence each, with what to do.

    `digests` has every file of the corpus, with its SHA-256 where it is known; in the folders of `closed` there may be others.
    """
    for path, entry in manifest.items():
        if path not in digests and not path.startswith(tuple(closed)):
            yield f"{MANIFEST} 的 {path}：语料里没有这个文件。请核对文件名，或删去这一行。"
        if (digest := digests.get(path)) and not entry.is_about(digest):
            yield (
                f"{MANIFEST} 的 {path}：sha256 与文件不符，这一行没有采用。请核对文件；文件无误时把 sha256 改为 {digest}。"
            )
        if entry.retrieved and not entry.has_time():
            yield (
                f"{MANIFEST} 的 {path}：retrieved 的“{entry.retrieved}”不是日期，没有采用。请写成 2021-02-03 这样的日期或时间。"
            )


def _entry(row: dict[str, str]) -> ManifestEntry:
    values = {name: (row[name] or "").strip() or None for name in _COLUMNS}
    return ManifestEntry(values["title"], values["origin"], values["retrieved"], values["sha256"])
