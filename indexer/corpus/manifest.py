"""The manifest of the corpus: where each file came from, as a person has entered it.

It is optional: whatever is wrong with it is a warning, and the reports are read without it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from indexer.corpus.filenames import find_shown
from indexer.records import SourceFile

MANIFEST = "manifest.csv"
_COLUMNS = ("file", "title", "origin", "retrieved", "sha256")
_CHARSETS = ("utf-8-sig", "gb18030")
_DELIMITERS = ",\t;"
"""Of a CSV as Excel saves it: by the list separator of the system, or tabs as “Unicode text”."""
_TIME = r"(?:\s+(\d{1,2}:\d{2}(?::\d{2})?))?"
_DAYS = (
    re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?" + _TIME),
    re.compile(r"(\d{4})(\d{2})(\d{2})" + _TIME),
)


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


@dataclass(frozen=True, slots=True)
class Manifest:
    """The entries by file, as the corpus names it, and what is wrong with the manifest, a sentence each.

    `readable` is False if it could not be read to its end: of a file that it does not name nothing is known.
    """

    entries: Mapping[str, ManifestEntry] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    readable: bool = True

    def get(self, path: str) -> ManifestEntry | None:
        """Return what is said of a file, None if nothing is."""
        return self.entries.get(path)


def read_manifest(corpus: Path) -> Manifest:
    """Return the manifest of a corpus, empty without one. UTF-8, UTF-16 and GB18030 are read, as Excel saves them."""
    file = corpus / MANIFEST
    try:
        text = _decode(file.read_bytes())
    except FileNotFoundError:
        return Manifest()
    except (OSError, UnicodeDecodeError) as error:
        reason = (
            error.strerror if isinstance(error, OSError) else "按 UTF-8、UTF-16、GB18030 都解不开"
        )
        return Manifest(
            {},
            (f"{MANIFEST} 读不出来（{reason}），没有采用。请检查权限，或另存为 UTF-8 的 CSV。",),
            False,
        )
    return _parse(text, corpus)


def _decode(data: bytes) -> str:
    """Return the text of a CSV; UnicodeDecodeError if it is in none of the charsets that Excel writes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode(_CHARSETS[0])
    except UnicodeDecodeError:
        return data.decode(_CHARSETS[1])


def _parse(text: str, corpus: Path) -> Manifest:
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    entries: dict[str, ManifestEntry] = {}
    faults: list[str] = []
    names: list[str] | None = None
    try:
        for row in reader:
            if names is None:
                names = [name.strip().lower() for name in row]
                faults += _missing_columns(names)
                if "file" not in names:
                    return Manifest({}, tuple(faults), False)
                continue
            values = {name: value.strip() for name, value in zip(names, row, strict=False)}
            if not values.get("file"):
                continue
            path = _corpus_path(values["file"], corpus)
            if path in entries:
                faults.append(
                    f"{MANIFEST} 的 {path}：有不止一行，采用最后一行（第 {reader.line_num} 行）。请只留一行。"
                )
            entries[path] = _entry(values)
    except csv.Error as error:
        faults.append(
            f"{MANIFEST} 第 {reader.line_num} 行起读不下去（{error}），以下各行没有采用。请检查引号。"
        )
        return Manifest(entries, tuple(faults), False)
    return Manifest(entries, tuple(faults))


def _missing_columns(names: Collection[str]) -> Iterator[str]:
    missing = [name for name in _COLUMNS if name not in names]
    if missing:
        effect = "整份没有采用" if "file" in missing else "按空白处理"
        yield (
            f"{MANIFEST} 第 1 行缺少列 {'、'.join(missing)}，{effect}。应有 {','.join(_COLUMNS)}；请补上。"
        )


def _corpus_path(written: str, corpus: Path) -> str:
    """Return a path as the corpus names it. A backslash separates folders on Windows, but may be part of a name here."""
    if find_shown(corpus, written).exists():
        return written
    return written.replace("\\", "/").removeprefix("./")


def _entry(values: Mapping[str, str]) -> ManifestEntry:
    retrieved = _iso_time(values.get("retrieved", ""))
    known = {name: values.get(name) or None for name in ("title", "origin", "sha256")}
    return ManifestEntry(known["title"], known["origin"], retrieved or None, known["sha256"])


def _iso_time(written: str) -> str:
    """Return a day or time as Excel writes it in ISO 8601; what is no such day as it is.

    >>> _iso_time("2023/1/31"), _iso_time("2023年1月31日"), _iso_time("2023/1/31 8:05"), _iso_time("2023/2/30")
    ('2023-01-31', '2023-01-31', '2023-01-31T08:05', '2023/2/30')
    """
    match = next(filter(None, (day.fullmatch(written) for day in _DAYS)), None)
    if not match:
        return written
    try:
        day = date(*map(int, match.group(1, 2, 3))).isoformat()
    except ValueError:
        return written
    time = match[4]
    return f"{day}T{time.rjust(5 if time.count(':') == 1 else 8, '0')}" if time else day


def check_manifest(
    manifest: Manifest, digests: Mapping[str, str | None], closed: Collection[str]
) -> Iterator[str]:
    """Yield what is wrong with the manifest, a sentence each, with what to do.

    `digests` has every file of the corpus, with its SHA-256 where it is known; in the folders of `closed` there may be others.
    """
    yield from manifest.faults
    for path, entry in manifest.entries.items():
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
