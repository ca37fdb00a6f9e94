"""Where on the site a page of a report is, and where its links lead from there."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.records import SECTION_KEYS
from webapp.arguments.parsing import ReportArguments
from webapp.arguments.record import Pairs
from webapp.permalinks import report_path, section_path


@dataclass(frozen=True, slots=True)
class Location:
    """The page of a report, or of one `section` of it, as asked for by `arguments`.

    `heading` is that of the section.
    """

    report_id: str
    arguments: ReportArguments
    section: str | None = None
    heading: str = ""
    listed: tuple[str, ...] = tuple(
        key for key in SECTION_KEYS if key not in ("preamble", "closing")
    )
    """The sections that the list of contents has even without a heading."""

    @property
    def all_linked(self) -> bool:
        """Whether every cell is a link."""
        return self.arguments.all_linked

    @property
    def whole(self) -> str:
        """The whole report, with the same words marked."""
        return report_path(self.report_id, self.arguments.marked)

    @property
    def json(self) -> str:
        """The same content for machines."""
        return self._here((), ".json")

    @property
    def more_links(self) -> str:
        """The same page with every cell a link."""
        return self._here((*self.arguments.marked, ("cells", "links")))

    @property
    def fewer_links(self) -> str:
        """The same page with links on the telling cells alone."""
        return self._here(self.arguments.marked)

    def to(self, section: str | None, anchor: str) -> str:
        """Return the address of an anchor: on this page if it is here, else in the report."""
        return f"#{anchor}" if self.section in (None, section) else f"{self.whole}#{anchor}"

    def section_link(self, section: str) -> str:
        """Return where the list of contents leads: down the page, or to that section's own."""
        return (
            f"#{section}"
            if self.section is None
            else section_path(self.report_id, section, self.arguments.marked)
        )

    def section_hash(self, section: str) -> str:
        """Return the address to copy of a section."""
        return f"#{section}" if self.section is None else section_path(self.report_id, section)

    def _here(self, arguments: Pairs, suffix: str = "") -> str:
        if self.section:
            return section_path(self.report_id, self.section, arguments, suffix)
        return report_path(self.report_id, arguments, suffix)
