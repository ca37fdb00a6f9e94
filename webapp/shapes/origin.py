"""Where a report comes from: its file, hash, dates and address; and the other years of the same body."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.records import Report
from indexer.search.documents import file_type
from indexer.search.fields import value_label
from webapp.permalinks import report_path, source_path


@dataclass(frozen=True, slots=True)
class OriginShape:
    """What the box of a report's origin shows. `origin_link`: the address may be linked to."""

    name: str
    media: str
    size: int
    sha256: str
    copies: tuple[str, ...]
    origin: str
    origin_link: bool
    retrieved: str
    period: str
    published: str
    path: str
    address: str
    download: str


@dataclass(frozen=True, slots=True)
class YearShape:
    """A year of the same body: the one shown, one in the corpus, or a neighbour that is not."""

    year: int
    text: str
    url: str = ""
    current: bool = False


def shape_origin(report: Report, address: str) -> OriginShape:
    """Return where a report comes from; `address` is its absolute address."""
    source = report.sources[0]
    identity = report.identity
    origin = source.origin or ""
    return OriginShape(
        name=source.path.rpartition("/")[2],
        media=_media(source.media_type),
        size=source.size,
        sha256=source.sha256,
        copies=tuple(copy.path for copy in report.sources[1:]),
        origin=origin,
        origin_link=origin.startswith(("http://", "https://")),
        retrieved=source.retrieved or "",
        period=f"{identity.period[0]} 至 {identity.period[1]}" if identity.period else "",
        published=identity.published.isoformat() if identity.published else "",
        path=report_path(report.id),
        address=address,
        download=source_path(report.id),
    )


def shape_years(report: Report, others: Iterable[Report]) -> tuple[YearShape, ...]:
    """Return the years of a body around the one shown; the years before and after say so where they are not there.

    `others` are reports of a body of the same name; those of another place or level are left out.
    """
    year = report.identity.year
    if year is None or not report.identity.body:
        return ()
    found = {year: YearShape(year, str(year), current=True)}
    for other in others:
        shown = other.identity.year
        if other.id != report.id and shown is not None and shown not in found and _same_body(report, other):
            found[shown] = YearShape(shown, str(shown), report_path(other.id))
    for neighbour, text in ((year - 1, f"← {year - 1} 未收录"), (year + 1, f"{year + 1} 未收录 →")):
        found.setdefault(neighbour, YearShape(neighbour, text))
    return tuple(found[key] for key in sorted(found))


def _same_body(one: Report, other: Report) -> bool:
    mine, theirs = one.identity, other.identity
    return (mine.body, mine.level) == (theirs.body, theirs.level) and mine.region == theirs.region


def _media(media_type: str | None) -> str:
    known = file_type(media_type)
    return value_label("filetype", known) if known else media_type or "格式未记录"
