"""How the built-in facets are read from a report, one function each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, partial

from indexer.bodies.keys import body_of, is_incomplete
from indexer.bodies.localities import Locality, locality_of
from indexer.filetypes import file_type
from indexer.records import REGION_LEVELS, SECTION_KEYS, Division, Identity, Report
from indexer.search.catalogue.place_names import UNKNOWN

INCOMPLETE = "incomplete"
"""The second value of `body_key` where a report says less of its body than others may."""


def read_year(report: Report) -> Iterable[str]:
    """Return the year reported on, nothing where it is not known."""
    year = report.identity.year
    return () if year is None else (str(year),)


def read_level(report: Report) -> Iterable[str]:
    """Return the level of the body, `unknown` where it is not known."""
    return (report.identity.level or UNKNOWN,)


def _read_place(level: str, report: Report) -> Iterable[str]:
    """Return the place at a level: `unknown` if there must be one, nothing where there is none."""
    locality = _locality(report.identity)
    if level in locality.unknown:
        return (UNKNOWN,)
    return _present(locality.names[level])


read_province = partial(_read_place, "province")
read_prefecture = partial(_read_place, "prefecture")
read_county = partial(_read_place, "county")


def read_form(report: Report) -> Iterable[str]:
    """Return the form that the report's tables follow."""
    return (report.form,)


def read_sections(report: Report) -> Iterable[str]:
    """Return the sections that hold text; a search narrows them to those in which it matches."""
    held = {section.key for section in report.sections if section.text}
    return (key for key in SECTION_KEYS if key in held)


def read_severities(report: Report) -> Iterable[str]:
    """Return the severities of the findings, `none` without findings."""
    return [finding.severity for finding in report.findings] or ("none",)


def read_rules(report: Report) -> Iterable[str]:
    """Return the rules that have a finding."""
    return (finding.rule for finding in report.findings)


def read_file_types(report: Report) -> Iterable[str]:
    """Return the kinds of the files that hold the report."""
    kinds = (file_type(source.media_type) for source in report.sources)
    return (kind for kind in kinds if kind)


def read_region(report: Report) -> Iterable[str]:
    """Yield the names and codes of every certain level, most general first, then `unknown`."""
    for level in REGION_LEVELS:
        division: Division | None = getattr(report.identity.region, level)
        if division is not None and division.status == "known":
            yield from _present(division.name)
            yield from _present(division.code)
    if _locality(report.identity).unknown:
        yield UNKNOWN


def read_body(report: Report) -> Iterable[str]:
    """Return the name of the publishing body as printed."""
    return _present(report.identity.body)


def read_id(report: Report) -> Iterable[str]:
    """Return the report's id."""
    return (report.id,)


def read_body_key(report: Report) -> Iterable[str]:
    """Return the key of the report's body, `unknown` if it is not certain, then `INCOMPLETE`."""
    key = body_of(report) or UNKNOWN
    return (key, INCOMPLETE) if is_incomplete(report) else (key,)


def read_locality(report: Report) -> Iterable[str]:
    """Return the dumped locality where a level of the place is unknown."""
    locality = _locality(report.identity)
    return (locality.dump(),) if locality.unknown else ()


@lru_cache(maxsize=1)
def _locality(identity: Identity) -> Locality:
    """Return the locality of the report whose facets are being read: five of them ask for it."""
    return locality_of(identity)


def _present(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()
