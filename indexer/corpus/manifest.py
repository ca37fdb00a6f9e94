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
from indexer.records import Message, Param, SourceFile

MANIFEST = "manifest.csv"
_COLUMNS = ("file", "title", "origin", "retrieved", "sha256")
_CHARSETS = ("utf-8-sig", "gb18030")
_DELIMITERS = ",\t;"
"""Excel writes CSV with the system's list separator, and “Unicode text” with tabs."""
_TIME = r"(?:\s+(\d{1,2}:\d{2}(?::\d{2})?))?"
_DAYS = (
    re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?" + _TIME),
    re.compile(r"(\d{4})(\d{2})(\d{2})" + _TIME),
)


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """What the manifest says of a file; None where unknown.

    `sha256` is the hash of the file when it was entered.
    """

    title: str | None
    origin: str | None
    retrieved: str | None
    sha256: str | None

    def describe(self, source: SourceFile) -> SourceFile:
        """Return the record of a file with these facts, if they are about its bytes."""
        if not self.is_about(source.sha256):
            return source
        retrieved = self.retrieved if self.has_time() else None
        return replace(source, origin=self.origin, retrieved=retrieved, title=self.title)

    def is_about(self, digest: str) -> bool:
        """Say whether this entry is about a file with this SHA-256."""
        return self.sha256 is None or self.sha256.lower() == digest

    def has_time(self) -> bool:
        """Say whether `retrieved` is a day or a time in ISO 8601."""
        try:
            return bool(datetime.fromisoformat(self.retrieved or ""))
        except ValueError:
            return False


@dataclass(frozen=True, slots=True)
class Manifest:
    """The entries by path in the corpus, and the faults of the manifest.

    `readable` is False if it could not be read to its end; then nothing is known of other files.
    """

    entries: Mapping[str, ManifestEntry] = field(default_factory=dict)
    faults: tuple[Message, ...] = ()
    readable: bool = True

    def get(self, path: str) -> ManifestEntry | None:
        """Return the entry of a file, or None."""
        return self.entries.get(path)


def read_manifest(corpus: Path) -> Manifest:
    """Return the manifest of a corpus, empty without one, in any charset that Excel writes."""
    file = corpus / MANIFEST
    try:
        text = _decode(file.read_bytes())
    except FileNotFoundError:
        return Manifest()
    except (OSError, UnicodeDecodeError) as error:
        reason = (
            error.strerror or str(error)
            if isinstance(error, OSError)
            else Message.of("manifest.undecodable")
        )
        fault = Message.of("manifest.unreadable", file=MANIFEST, reason=reason)
        return Manifest({}, (fault,), readable=False)
    return _parse(text, corpus)


def _decode(data: bytes) -> str:
    """Return the text of a CSV; UnicodeDecodeError if it is in none of the charsets of Excel."""
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
    faults: list[Message] = []
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        faults += _missing_columns(names)
        if "file" not in names:
            return Manifest({}, tuple(faults) if text else (), readable=not text)
        for row in reader:
            values = {name: value.strip() for name, value in zip(names, row, strict=False)}
            if not values.get("file"):
                continue
            path = _corpus_path(values["file"], corpus)
            if path in entries:
                faults.append(_fault("repeated", path=path, line=reader.line_num))
            entries[path] = _entry(values)
    except csv.Error as error:
        faults.append(_fault("broken_off", line=reader.line_num, reason=str(error)))
        return Manifest(entries, tuple(faults), readable=False)
    return Manifest(entries, tuple(faults))


def _missing_columns(names: Collection[str]) -> Iterator[Message]:
    missing = tuple(name for name in _COLUMNS if name not in names)
    if missing:
        kind = "without_file_column" if "file" in missing else "without_columns"
        yield _fault(kind, missing=missing, columns=",".join(_COLUMNS))


def _fault(kind: str, **params: Param) -> Message:
    return Message.of(f"manifest.{kind}", file=MANIFEST, **params)


def _corpus_path(written: str, corpus: Path) -> str:
    """Return a path as the corpus names it. A backslash separates folders or belongs to a name."""
    if find_shown(corpus, written).exists():
        return written
    return written.replace("\\", "/").removeprefix("./")


def _entry(values: Mapping[str, str]) -> ManifestEntry:
    retrieved = _iso_time(values.get("retrieved", ""))
    known = {name: values.get(name) or None for name in ("title", "origin", "sha256")}
    return ManifestEntry(known["title"], known["origin"], retrieved or None, known["sha256"])


def _iso_time(written: str) -> str:
    """Return a day or time, as Excel writes it, in ISO 8601; anything else unchanged.

    >>> _iso_time("2023/1/31"), _iso_time("2023年1月31日"), _iso_time("2023/1/31 8:05")
    ('2023-01-31', '2023-01-31', '2023-01-31T08:05')
    >>> _iso_time("2023/2/30")
    '2023/2/30'
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
) -> Iterator[Message]:
    """Yield the faults of the manifest itself, and those of its entries.

    `digests` maps every file of the corpus to its SHA-256, None where unknown; folders in `closed`
    could not be listed and may hold more files.
    """
    yield from manifest.faults
    for path, entry in manifest.entries.items():
        if path not in digests and not path.startswith(tuple(closed)):
            yield _fault("no_such_file", path=path)
        if (digest := digests.get(path)) and not entry.is_about(digest):
            yield _fault("other_bytes", path=path, sha256=digest)
        if entry.retrieved and not entry.has_time():
            yield _fault("no_date", path=path, retrieved=entry.retrieved)
