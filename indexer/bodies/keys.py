"""Tells which reports are of the same body, for years, counts and findings across years.

A name alone is no evidence: hundreds of townships are called 城关镇. Places are compared by name,
for codes differ between issuers and years.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.bodies.localities import locality_of
from indexer.bodies.renamed import Path, is_renamed, path_today
from indexer.records import REGION_LEVELS, Division, Identity, Region, Report

_PLACES_BEFORE = re.compile(r"^.+[省市区州县盟旗](?=..)")
_ABOVE = ("province", "prefecture", "county")


def body_of(report: Report) -> str | None:
    """Return the body's key: its name, level and place; None if one of them is not certain.

    Neither the places that a body prints before its name count, which differ from year to year,
    nor whether it prints its county's name of today or an older one.
    """
    identity, region = report.identity, report.identity.region
    divisions = [_division(region, level) for level in REGION_LEVELS]
    certain = all(division is None or division.status == "known" for division in divisions)
    if not identity.body or not identity.level or not region.province or not certain:
        return None
    province, prefecture, county = _place_today(identity)
    # A body in a zone may not print its county.
    within = county or _name(region, "zone")
    return "|".join(
        (
            _own_name(identity),
            identity.level,
            identity.parent_level or "",
            province,
            prefecture,
            within,
        )
    )


def may_be_same_body(one: Report, other: Report) -> bool:
    """Return whether two reports may be of the same body.

    They are if their keys are equal. If one says less of its place, they may be if their names
    agree, with or without places before them, and the levels and places known of both do not
    differ.
    """
    keys = body_of(one), body_of(other)
    is_same = None not in keys and keys[0] == keys[1]
    if is_same or (None not in keys and not (is_incomplete(one) or is_incomplete(other))):
        return is_same
    mine, theirs = one.identity, other.identity
    return _agree_in_place(mine, theirs) and _agree_in_name(mine, theirs)


def _agree_in_place(mine: Identity, theirs: Identity) -> bool:
    """Return whether no level or place that both know differs."""
    pairs = [
        (mine.level, theirs.level),
        (mine.parent_level, theirs.parent_level),
        *zip(_place_today(mine), _place_today(theirs), strict=True),
        (_name(mine.region, "township"), _name(theirs.region, "township")),
    ]
    return all(not left or not right or left == right for left, right in pairs)


def _agree_in_name(mine: Identity, theirs: Identity) -> bool:
    """Return whether one name ends with the other, without the places above the bodies."""
    levels = _superiors(mine if mine.level else theirs)
    above = [_name(identity.region, level) for level in levels for identity in (mine, theirs)]
    first, second = (_name_today(identity, above) for identity in (mine, theirs))
    if not first or not second:
        return False
    return first.endswith(second) or second.endswith(first)


def _name_today(identity: Identity, above: Iterable[str]) -> str:
    name = _from_township(identity, _stripped(identity.body or "", above))
    return _with_county_today(identity, name)


def is_incomplete(report: Report) -> bool:
    """Return whether another report of the same body may tell more of its level or place.

    In a zone the county may be named by one report and left out by another.
    """
    region = report.identity.region
    in_zone = region.zone is not None and region.county is None and report.identity.level != "zone"
    return body_of(report) is None or in_zone or bool(locality_of(report.identity).unknown)


def date_of(report: Report) -> str:
    """Return the date that orders versions of a year: of publication, or else of retrieval."""
    if report.identity.published:
        return report.identity.published.isoformat()
    return max((source.retrieved or "" for source in report.sources), default="")


def search_name(report: Report) -> str:
    """Return a part of the name that every report possibly of the same body has.

    Another report may leave out the places before the name, even those that this one does not know
    as places.
    """
    identity = report.identity
    if identity.level not in ("township", "department"):
        return _stripped(
            identity.body or "", [_name(identity.region, level) for level in _superiors(identity)]
        )
    name = _without_places(identity)
    return _PLACES_BEFORE.sub("", name) or name if is_incomplete(report) else name


def _superiors(identity: Identity) -> tuple[str, ...]:
    """Return the levels above a body's own; their names do not tell it from other bodies."""
    own = identity.parent_level if identity.level == "department" else identity.level
    if own is None:
        return ()
    return _ABOVE[: _ABOVE.index(own)] if own in _ABOVE else _ABOVE


def _own_name(identity: Identity) -> str:
    """Return the body's name without places above it, but with its township or zone."""
    name = _without_places(identity)
    zone = (
        _name(identity.region, "zone") if "zone" in (identity.level, identity.parent_level) else ""
    )
    place = _name(identity.region, "township") or zone
    return name if place in name else place + name


def _place_today(identity: Identity) -> Path:
    """Return the names of a body's places today; a county taken over by another keeps its own."""
    path = _path(identity.region)
    today = path_today(path)
    own = identity.parent_level if identity.level == "department" else identity.level
    is_taken_over = path[2] != today[2] and not is_renamed(path[2], today[2])
    return path if own == "county" and is_taken_over else today


def _with_county_today(identity: Identity, name: str) -> str:
    """Return the name of a county's own body with the county's name of today."""
    county, today = _path(identity.region)[2], _place_today(identity)[2]
    return today + name.removeprefix(county) if county and name.startswith(county) else name


def _without_places(identity: Identity) -> str:
    """Return the body's name without the places above it; a township's from its own name on."""
    region = identity.region
    is_zone = "zone" in (identity.level, identity.parent_level)
    above = [_name(region, level) for level in (*_ABOVE, *(() if is_zone else ("zone",)))]
    return _from_township(identity, _stripped(identity.body or "", above))


def _from_township(identity: Identity, name: str) -> str:
    """Return a name from its township on; whatever is printed before that is a place above."""
    township = _name(identity.region, "township")
    return name[name.index(township) :] if township and township in name else name


def _stripped(body: str, above: Iterable[str]) -> str:
    for name in above:
        body = body.removeprefix(name)
    return body


def _division(region: Region, level: str) -> Division | None:
    division: Division | None = getattr(region, level)
    return division


def _path(region: Region) -> Path:
    return _name(region, "province"), _name(region, "prefecture"), _name(region, "county")


def _name(region: Region, level: str) -> str:
    division = _division(region, level)
    return division.name or "" if division is not None and division.status == "known" else ""
