"""The origin of a report: file, hash, dates, address; and the other years of its body."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.bodies.keys import body_of, date_of, may_be_same_body
from indexer.filetypes import file_type
from indexer.records import Message, Report
from webapp.names import Text, label_of
from webapp.permalinks import report_path, source_path


@dataclass(frozen=True, slots=True)
class OriginShape:
    """What the box of a report's origin shows. `origin_link`: the address may be linked to."""

    name: str
    media: Text
    size: int
    sha256: str
    copies: tuple[str, ...]
    origin: str
    origin_link: bool
    retrieved: str
    period: Text
    published: str
    path: str
    json: str
    address: str
    download: str


@dataclass(frozen=True, slots=True)
class YearShape:
    """A year of the same body.

    It is the one shown, one in the corpus, or a neighbour that is absent or uncertain.
    """

    year: int
    text: Text
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
        period=Message.of("page.origin.period", first=identity.period[0], last=identity.period[1])
        if identity.period
        else "",
        published=identity.published.isoformat() if identity.published else "",
        path=report_path(report.id),
        json=report_path(report.id, suffix=".json"),
        address=address,
        download=source_path(report.id),
    )


def shape_years(report: Report, others: Iterable[Report]) -> tuple[YearShape, ...]:
    """Return the years of a body; those before and after the one shown say if they are absent.

    `others` are all reports that are or may be of the same body, and perhaps more. A year without
    a report that certainly is, but with one that may be, is uncertain. Of several versions of a
    year the current one is linked.
    """
    shown = report.identity.year
    if shown is None or not report.identity.body:
        return ()
    same, doubtful = _sort_by_certainty(report, others)
    found = {shown: YearShape(shown, str(shown), current=True)}
    for year, other in same.items():
        found[year] = YearShape(year, str(year), report_path(other.id))
    for year in (shown - 1, shown + 1):
        certain = body_of(report) is not None and not doubtful & {year, None}
        found.setdefault(year, _neighbour(year, shown, "absent" if certain else "unknown"))
    return tuple(found[year] for year in sorted(found))


def _sort_by_certainty(
    report: Report, others: Iterable[Report]
) -> tuple[dict[int, Report], set[int | None]]:
    """Return the newest version of each other year of the body, and the years that may be its."""
    body = body_of(report)
    same: dict[int, Report] = {}
    doubtful: set[int | None] = set()
    for other in others:
        year = other.identity.year
        if other.id == report.id or year == report.identity.year:
            continue
        if body is not None and body_of(other) == body and year is not None:
            same[year] = max(other, same.get(year, other), key=_version)
        elif may_be_same_body(report, other):
            doubtful.add(year)
    return same, doubtful


def shape_unknown_years(report: Report) -> tuple[YearShape, ...]:
    """Return the adjacent years as uncertain; none without a year."""
    year = report.identity.year
    if year is None:
        return ()
    shown = YearShape(year, str(year), current=True)
    return (_neighbour(year - 1, year, "unknown"), shown, _neighbour(year + 1, year, "unknown"))


def _neighbour(year: int, shown: int, state: str) -> YearShape:
    text = Message.of(f"page.years.{state}", year=year)
    side = "page.years.earlier" if year < shown else "page.years.later"
    return YearShape(year, Message.of(side, text=text))


def _version(report: Report) -> tuple[str, str]:
    return date_of(report), report.id


def _media(media_type: str | None) -> Text:
    known = file_type(media_type)
    if known:
        return label_of("filetype", known)
    return media_type or Message.of("page.origin.unknown_type")
