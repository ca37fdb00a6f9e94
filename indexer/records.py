"""The records that pass between the rooms: frozen and slotted, standard library only.

Field names of a report are published in the JSON, the exports and the permalinks.
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
"""A parameter of a message: a tuple is a list of things, a message is a part of the sentence."""

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


# ── what is said to people ──


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for people as a code and parameters; `messages.render` puts it into a language.

    >>> Message.of("source.too_large", path="某镇.txt", limit=1024).params
    (('path', '某镇.txt'), ('limit', 1024))
    """

    code: str
    params: tuple[tuple[str, Param], ...] = ()

    @classmethod
    def of(cls, code: str, /, **params: Param) -> Message:
        """Return the message of a code with named parameters."""
        return cls(code, tuple(params.items()))


# ── the source and the document read from it ──


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A report file in the corpus. `path` is relative to the corpus, with `/` as separator."""

    path: str
    sha256: str
    size: int
    media_type: str | None = None
    origin: str | None = None
    retrieved: str | None = None
    title: str | None = None
    """The title in `manifest.csv`, if any; never used for cells."""

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
    """A table cell at its top left corner.

    `column` counts from 0, with the spans of the rows above resolved.
    """

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
    """The content of a file, whatever its format. `title`, `published`, `origin` are page metadata.

    `site` is text around the article that identifies the site: its name, breadcrumb and operator.
    `lost` counts the undecodable places, each of which is U+FFFD. `pictures` are the places of
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


# ── the report ──


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the form; amounts are yuan.

    `value` is None unless the status is `reported` or `suspect`.
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
    """A paragraph of the narrative. `number` counts from 1 and is its anchor `#p<number>`.

    `kind` is `note` for table text that is no part of the form (notes, unknown rows).
    """

    number: int
    text: str
    kind: Literal["text", "note"] = "text"


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report.

    `table_at` is the number of paragraphs before the form's table, None without a table.
    """

    key: str
    heading: str | None
    paragraphs: tuple[Paragraph, ...] = ()
    table_at: int | None = None

    @property
    def text(self) -> str:
        """The searchable text: the paragraphs, one a line, without Markdown marks or heading."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Division:
    """One level of a region: a name with code and evidence, or `ambiguous` with candidates."""

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
    """A printed sentence of a finding: paragraph number and span `[start, end)` in its text."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not add up: a fact about the report, never an error.

    `reports` are the ids of the other reports whose figures it compares; empty within one report.
    """

    rule: str
    severity: Severity
    message: Message
    cells: tuple[str, ...] = ()
    expected: Number | None = None
    found: Number | None = None
    passages: tuple[Passage, ...] = ()
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedLabel:
    """How this report prints a head.

    `key` is `requests.granted` for a row, `requests.*.total` for a column.
    """

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
    """A report as read. `sources` are all files with these very bytes; the first was read."""

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
