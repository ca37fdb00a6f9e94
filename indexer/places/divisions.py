"""Makes the published region of a body's location: names, codes, and the evidence of each level."""

from __future__ import annotations

from indexer.places.clues import BodyLocation, PlaceClues
from indexer.places.domains import find_by_initials, find_hosts
from indexer.places.gazetteer import Area, AreaLevel
from indexer.places.zones import find_zone
from indexer.records import Division, Evidence, Region
from indexer.text.folding import fold

_LEVELS: tuple[AreaLevel, ...] = ("province", "prefecture", "county", "zone", "township")


def build_region(found: BodyLocation, clues: PlaceClues) -> Region:
    """Return the region of a location; the evidence of a name is where the report prints it."""
    divisions = {level: _division(found, level, clues) for level in _LEVELS}
    if found.zone is not None:
        divisions["zone"] = _zone_division(found, clues)
    if found.astray:
        divisions["township"] = _ambiguous(found.astray)
    elif found.township is not None and divisions["township"] is None:
        divisions["township"] = Division(found.township, None, _evidence(found.township, clues))
    return Region(**divisions)


def _division(found: BodyLocation, level: AreaLevel, clues: PlaceClues) -> Division | None:
    here = [area.at(level) for area in found.areas]
    known = tuple(dict.fromkeys(filter(None, here)))
    if not known:
        return None
    is_certain = len(known) == 1 and None not in here
    if not is_certain and not _is_split(found.areas):
        return _ambiguous(known)
    area, evidence = known[0], _evidence(known[0].name, clues)
    if found.hosted and evidence != "title" and _is_spelled(clues.origin, area):
        evidence = "source"
    return Division(area.name, area.code, evidence)


def _is_spelled(origin: str, area: Area) -> bool:
    return area in find_hosts(origin) or area in find_by_initials(origin)


def _is_split(areas: tuple[Area, ...]) -> bool:
    """Return whether the places are one township that two tables place differently.

    One has it in a county, another in a zone of the same prefecture.
    """
    return (
        len({(area.name, area.level, area.at("prefecture")) for area in areas}) == 1
        and len({area.at("county") for area in areas} - {None}) == 1
        and len({area.at("zone") for area in areas} - {None}) == 1
    )


def _ambiguous(areas: tuple[Area, ...]) -> Division:
    return Division(None, status="ambiguous", candidates=tuple(sorted(area.path for area in areas)))


def _zone_division(found: BodyLocation, clues: PlaceClues) -> Division:
    assert found.zone is not None
    zone = find_zone(found.zone, found.areas, clues.printed)
    evidence: Evidence = "title" if found.zone in clues.title else _evidence(zone.name, clues)
    return Division(zone.name, zone.code, evidence)


def _evidence(name: str, clues: PlaceClues) -> Evidence:
    name = fold(name)
    if name in clues.title:
        return "title"
    if name in clues.printed:
        return "text"
    return "source" if any(name in passage for passage in clues.source) else "gazetteer"
