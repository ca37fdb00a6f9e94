"""The limits on what one file may cost, and the allowance that a reader gets for it.

Readers take an `Allowance` or its `Limits` as an argument; none has a limit of its own.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Self

SETTABLE = {"settable": True}
"""Marks a limit that operators may change as `NIANBAO_<NAME>`; the others guard against attacks
and are far above what any report needs."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds on the resources that one file may take. Sizes are bytes, times are seconds."""

    max_file_bytes: int = field(default=64 * 1024 * 1024, metadata=SETTABLE)
    """A larger file is not opened."""
    file_seconds: float = field(default=15.0, metadata=SETTABLE)
    """Processor time for reading a file, and elapsed time for a program started to convert it."""
    file_wait_seconds: float = field(default=300.0, metadata=SETTABLE)
    """Elapsed time after which a file is given up, e.g. on a disk that no longer answers."""
    file_memory_bytes: int = field(default=1024 * 1024 * 1024, metadata=SETTABLE)
    """The address space of a process that reads files."""

    # ── packages: DOCX, MHTML, DOC ──
    max_unpacked_bytes: int = field(default=512_000_000, metadata=SETTABLE)
    """What a ZIP may claim to unpack to, with its pictures, which are never unpacked."""
    max_part_bytes: int = 32_000_000
    """One unpacked XML part; a report's largest has 1 MB."""
    max_part_tags: int = 600_000
    """Tags of one XML part: each takes hundreds of bytes as a tree. A report has 50,000."""
    max_embedded_pages: int = 20
    """Web pages that a DOCX includes by `altChunk`; a report has none or one."""
    max_archive_parts: int = 2000
    """MIME parts of an MHTML that are looked at; a page with its pictures has dozens."""
    max_doc_characters: int = 4_000_000
    """Characters of a DOC's main text; a report has 20,000."""
    max_converted_bytes: int = 256_000_000
    """The DOCX that LibreOffice writes; it is read under the limits above."""
    max_inheritance_depth: int = 20
    """Word styles or PDF form fields that inherit from one another; also ends cycles."""

    # ── tables ──
    max_cell_span: int = 100
    """Columns or rows that one cell may span; the widest form has 15 columns."""
    max_table_columns: int = 500
    """Row spans of an HTML table are not followed beyond this column."""

    # ── PDF ──
    max_pdf_pages: int = field(default=300, metadata=SETTABLE)
    """A longer PDF is refused; the longest report known has 60 pages."""
    max_page_glyphs: int = 20_000
    """Glyphs on a page; a dense table has 4,000."""
    max_page_operations: int = 60_000
    """Glyphs, pictures and subpaths drawn on a page, longer paths counting more."""
    max_page_fields: int = 3000
    """Annotations of a page that are looked at for form fields."""
    max_page_rulings: int = 1500
    """Merged ruling lines on a page: comparing them takes quadratic time."""
    max_lattice_cells: int = 40_000
    """Elementary cells of one ruled table."""
    max_page_boxes: int = 700
    """Filled or framed boxes that may be cells: comparing them takes quadratic time."""
    max_region_words: int = 1500
    """Words of one table without ruling lines: its labels are matched in quadratic time."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the reader of one file may use: the limits, and when its time is up.

    `lifeline` is a file descriptor that reaches its end when the run ends, however it ends: a
    program started for the file must not outlive that. None outside of a run.
    """

    limits: Limits
    processor_deadline: float
    elapsed_deadline: float
    lifeline: int | None = None

    @classmethod
    def start(cls, limits: Limits = Limits(), lifeline: int | None = None) -> Self:
        """Return the allowance of a file whose reading begins now."""
        seconds = limits.file_seconds
        return cls(limits, time.process_time() + seconds, time.monotonic() + seconds, lifeline)

    def is_spent(self) -> bool:
        """Say whether this process has used up its processor time for the file."""
        return time.process_time() > self.processor_deadline

    def seconds_left(self) -> float:
        """Return how long a program may still run for the file, in elapsed seconds."""
        return max(self.elapsed_deadline - time.monotonic(), 0.0)
