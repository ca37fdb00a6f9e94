"""Which reports are of the same body: the one rule for the years of a body, for counts of bodies and for findings across years.

A name alone says nothing: hundreds of townships are called 城关镇. Names count, not codes, which differ
between issuers and years.
"""

from __future__ import annotations

from collections.abc import Iterable

from indexer.records import REGION_LEVELS, Division, Identity, Region, Report

_ABOVE = ("province", "prefecture", "county")


def body_of(report: Report) -> str | None:
    """Return the key of the publishing body: its name, level and place. None where one of them is not certain.

    Whether a body prints its region before its name differs from year to year and does not count.
    """
    identity, region = report.identity, report.identity.region
    divisions = [_division(region, level) for level in REGION_LEVELS]
    certain = all(division is None or division.status == "known" for division in divisions)
    if not identity.body or not identity.level or not region.province or not certain:
        return None
    names = [_name(region, level) for level in _ABOVE]
    within = names[2] or _name(region, "zone")
    own = _own_name(identity, names)
    return "|".join((own, identity.level, identity.parent_level or "", names[0], names[1], within))


def may_be_same_body(one: Report, other: Report) -> bool:
    """Return whether two reports may be of the same body, be it certain or not.

    They have the same name, and what is known of the level and place of both does not differ.
    """
    mine, theirs = one.identity, other.identity
    if not mine.body or not theirs.body:
        return False
    above = [_name(identity.region, level) for level in _ABOVE for identity in (mine, theirs)]
    if _stripped(mine.body, above) != _stripped(theirs.body, above):
        return False
    pairs = [
        (mine.level, theirs.level),
        (mine.parent_level, theirs.parent_level),
        *((_name(mine.region, level), _name(theirs.region, level)) for level in (*_ABOVE, "township")),
    ]
    return all(not left or not right or left == right for left, right in pairs)


def date_of(report: Report) -> str:
    """Return by what the versions of one body and year are ordered: when it was published, or else retrieved."""
    if report.identity.published:
        return report.identity.published.isoformat()
    return max((source.retrieved or "" for source in report.sources), default="")


def search_name(report: Report) -> str:
    """Return a part of the body's name that every report which may be of the same body has in its body's name."""
    identity = report.identity
    return _stripped(identity.body or "", [_name(identity.region, level) for level in _ABOVE])


def _own_name(identity: Identity, above: Iterable[str]) -> str:
    """Return the body's name without the places above it, with its township or zone even where the print lacks it."""
    name = _stripped(identity.body or "", above)
    is_zone = "zone" in (identity.level, identity.parent_level)
    place = _name(identity.region, "township") or (_name(identity.region, "zone") if is_zone else "")
    return name if place in name else place + name


def _stripped(body: str, above: Iterable[str]) -> str:
    for name in above:
        body = body.removeprefix(name)
    return body


def _division(region: Region, level: str) -> Division | None:
    division: Division | None = getattr(region, level)
    return division


def _name(region: Region, level: str) -> str:
    division = _division(region, level)
    return division.name or "" if division is not None and division.status == "known" else ""
