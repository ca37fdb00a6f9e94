"""The records that pass between the rooms. Frozen, slotted, tuples inside; standard library only.

The names of the fields of a report are the published contract of the JSON, the exports and the permalinks.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

Status: TypeAlias = Literal[
    "reported", "blank", "not_applicable", "missing", "suspect", "unreadable"
]
"""What is known of a cell; only `reported` is a number that may be counted."""

LOST = "\ufffd"
"""Stands in any text for bytes of the file that could not be decoded."""

Severity: TypeAlias = Literal["contradiction", "doubt", "unjudged"]
Level: TypeAlias = Literal[
    "province", "prefecture", "county", "township", "zone", "department", "institution"
]
FormName: TypeAlias = Literal["2019", "2021", "hybrid", "none"]
Evidence: TypeAlias = Literal["title", "text", "source", "gazetteer"]
Number: TypeAlias = int | Decimal

Param: TypeAlias = "str | int | float | Decimal | date | Message | tuple[Param, ...]"
"""What a message speaks of. A tuple is a list of things, a message in a message is a part of its sentence."""

SECTION_KEYS = (
    "preamble",
    "overview",
    "proactive",
    "requests",
    "disputes",
    "problems",
    "other",
    "closing",
)
"""The sections of a report, in the printed order."""

STATUSES: tuple[Status, ...] = (
    "reported",
    "blank",
    "not_applicable",
    "missing",
    "suspect",
    "unreadable",
)
LEVELS: tuple[Level, ...] = (
    "province",
    "prefecture",
    "county",
    "township",
    "zone",
    "department",
    "institution",
)


# ── what is said to people ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for people as a code and parameters; `messages.render` writes it out in a language.

    >>> Message.of("source.too_large", path="某镇.txt", limit=1024).params
    (('path', '某镇.txt'), ('limit', 1024))
    """

    code: str
    params: tuple[tuple[str, Param], ...] = ()

    @classmethod
    def of(cls, code: str, /, **params: Param) -> Message:
        """Return the message of a code with named parameters."""
        return cls(code, tuple(params.items()))


# ── the source and the document read from it ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A report file as it lies in the corpus. `path` is relative to the corpus, with `/` between its parts."""

    path: str
    sha256: str
    size: int
    media_type: str | None = None
    origin: str | None = None
    retrieved: str | None = None
    title: str | None = None
    """The title the manifest gives, if any; used only as it stands in `manifest.csv`, never for cells."""

    @property
    def report_id(self) -> str:
        """The first 12 base32 characters, lower case, of the SHA-256 of the bytes."""
        return base64.b32encode(bytes.fromhex(self.sha256)).decode("ascii").lower()[:12]


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """Where in the source something stands, for a person to find it: all counts start at 1."""

    line: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of prose, as printed, outer white space removed."""

    text: str
    place: SourcePlace = SourcePlace()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table where it begins. `column` counts from 0 with the spans of the rows above resolved."""

    text: str
    column: int
    colspan: int = 1
    rowspan: int = 1
    place: SourcePlace = SourcePlace()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: for each row the cells that begin in it, left to right; row lengths may differ.

    `spans_known` is False for text, where a merged cell shows only as empty cells, or not at all.
    `rows_marked` is False where the text does not mark row ends and the forms' words cut the rows.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    spans_known: bool = False
    rows_marked: bool = True


Block: TypeAlias = Line | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of a file, whatever its format. `title`, `published`, `origin` are the page's own metadata.

    `site` is what the page says around the article of whose site it is: its name, the way to the page, who runs it.
    `lost` counts the places of the file that could not be decoded, U+FFFD at each. `pictures` are the places of
    pictures large enough to hold a table or a page of text, which no reader reads.
    """

    blocks: tuple[Block, ...]
    media_type: str
    title: str | None = None
    published: date | None = None
    origin: str | None = None
    site: tuple[str, ...] = ()
    lost: int = 0
    pictures: tuple[SourcePlace, ...] = ()


# ── the report ──────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the form. `value` is None unless the status is `reported` or `suspect`; amounts are yuan.

    `as_printed` says that `raw` shows the value itself, apart from width, thousands separators and
    a counting word (9个); elsewhere a page adds what the text was read as (1.2万元: 12,000).
    """

    key: str
    value: Number | None
    status: Status
    raw: str | None
    unit: str | None = None
    where: SourcePlace | None = None
    # Not compared: the published JSON leaves it out, and a cell read from it is the same cell.
    as_printed: bool = field(default=True, compare=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the narrative. `number` counts from 1 over the whole report and is its anchor `#p<number>`.

    `kind` is `note` for what stands in a table but is no part of the form (notes, unknown rows).
    """

    number: int
    text: str
    kind: Literal["text", "note"] = "text"


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report. `table_at` is the number of its paragraphs before the form's table, None without one."""

    key: str
    heading: str | None
    paragraphs: tuple[Paragraph, ...] = ()
    table_at: int | None = None

    @property
    def text(self) -> str:
        """What is searched of this section: its paragraphs, one a line, without the marks of Markdown.

        The heading is not part of it.
        """
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Division:
    """One level of a region: a name with its code and evidence, or `ambiguous` with candidates and no name."""

    name: str | None
    code: str | None = None
    evidence: Evidence | None = None
    status: Literal["known", "ambiguous"] = "known"
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """Where the publishing body is. None: there is no such level, or nothing is known of it."""

    province: Division | None = None
    prefecture: Division | None = None
    county: Division | None = None
    zone: Division | None = None
    township: Division | None = None


REGION_LEVELS = ("province", "prefecture", "county", "zone", "township")


@dataclass(frozen=True, slots=True)
class Passage:
    """A printed sentence that a finding speaks of: the paragraph's number and the span `[start, end)` in its text."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not add up. A fact about the report, never an error. `message` is Chinese, for any reader.

    `reports` are the ids of the other reports whose figures it compares, none for a finding within one report.
    """

    rule: str
    severity: Severity
    message: str
    cells: tuple[str, ...] = ()
    expected: Number | None = None
    found: Number | None = None
    passages: tuple[Passage, ...] = ()
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedLabel:
    """How this report prints a head: `key` is `requests.granted` for a row, `requests.*.total` for a column."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports on which year. A None is a fact not found, never a guess."""

    title: str | None
    title_printed: bool
    body: str | None
    level: Level | None
    parent_level: Level | None
    region: Region
    year: int | None
    period: tuple[date, date] | None
    published: date | None


@dataclass(frozen=True, slots=True)
class Report:
    """A report as read. `sources` are the files that hold these very bytes, the first being the one that was read."""

    id: str
    identity: Identity
    form: FormName
    sections: tuple[Section, ...]
    cells: tuple[Cell, ...]
    labels: tuple[PrintedLabel, ...]
    findings: tuple[Finding, ...]
    sources: tuple[SourceFile, ...]

    def cell(self, key: str) -> Cell | None:
        """Return the cell of a key; None where the report has none."""
        return next((cell for cell in self.cells if cell.key == key), None)
