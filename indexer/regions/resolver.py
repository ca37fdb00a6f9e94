"""Finds where a publishing body is, from what a report prints, and says what each level of the answer rests on.

The clues are weighed in order: the name in the title; where the body names itself (由高安市田南镇…编制, the signature);
addresses and contacts; the site, what it says and its address; a township name that the country has only once; the superiors that the narrative names.
A later clue only chooses among what the earlier ones left open. What is still open then is said to be ambiguous: about a
third of the townships share their name with others, so a bare name decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from indexer.records import Division, Evidence, Region
from indexer.regions.domains import find_hosts
from indexer.regions.gazetteer import Area, AreaLevel, gazetteer
from indexer.regions.names import Reading, known_names, read_name
from indexer.regions.narrated import is_named, named_with_superior
from indexer.regions.zones import find_zone
from indexer.text import fold

_LEVELS: tuple[AreaLevel, ...] = ("province", "prefecture", "county", "zone", "township")
_LOCAL = re.compile("$|[省市县区旗州盟镇乡我本]")


@dataclass(frozen=True, slots=True)
class Clues:
    """What a report says of its body's place, folded (`text.fold`). Each passage begins with the name it is given for.

    `title` is the body's name as the title has it; `own` where the body names itself; `near` addresses, contacts and
    sites of its superiors; `source` what the page says around the report; `narrative` all of the text; `origin` is the
    page's address; `year` the year reported on.
    """

    title: str = ""
    own: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    narrative: str = ""
    origin: str = ""
    year: int | None = None

    @property
    def printed(self) -> str:
        """All that the report itself prints, for looking up whether a name stands there."""
        return "\n".join((self.title, *self.own, *self.near, self.narrative))


@dataclass(frozen=True, slots=True)
class Location:
    """Where a body is: `areas` are the places that it can still be or lie in, `zone` and `township` its printed names.

    `astray` are the places of the township's name when none of them lies where the body says it is. `hosted` says that the
    site's address decided.
    """

    areas: tuple[Area, ...] = ()
    zone: str | None = None
    township: str | None = None
    astray: tuple[Area, ...] = ()
    hosted: bool = False


def place_names() -> tuple[str, ...]:
    """Return all names of the tables that can be told from common words, folded and sorted: for a segmenter's dictionary."""
    return tuple(sorted(known_names()))


def find_areas(name: str) -> tuple[Area, ...]:
    """Return the places that a name alone can mean, with its suffix or without: 宜春市, 宜春, 街道办事处 for 街道.

    >>> [area.path for area in find_areas("宜春")], find_areas("高安市教育局")
    (['江西省宜春市'], ())
    """
    reading = read_name(fold(name).replace("街道办事处", "街道"))
    return () if reading.rest else reading.areas


def find_by_code(code: str) -> Area | None:
    """Return the division with this code of six or nine digits, by the first table that has it; None if none has."""
    return gazetteer().by_code.get(code)


def resolve(clues: Clues) -> Region:
    """Return the region of a body, each level known with its evidence, ambiguous with its candidates, or None."""
    return build_region(locate(clues), clues)


def locate(clues: Clues) -> Location:
    """Return where a body is, by the clues in their order."""
    titled = read_name(clues.title)
    own = tuple(read_name(passage) for passage in clues.own)
    base = next((reading for reading in (titled, *own) if reading.areas or reading.township or reading.zone), Reading())
    others = [reading for reading in own if reading is not base]
    near = [_without_township(read_name(passage)) for passage in clues.near]
    source = [_without_township(read_name(passage)) for passage in clues.source]
    found = Location(_confirmed(base, clues), base.zone, base.township)
    if not found.areas:
        found = replace(
            found, areas=_first_areas([*others, *(near if _is_local(titled) else ()), *source], found.township, clues)
        )
    found = _narrowed(found, base, [*others, *map(read_name, clues.near)])
    found = _chosen(found, source)
    found = _hosted(replace(found, areas=_one_of_each(found.areas, clues.year)), titled, clues)
    if len(found.areas) > 1:
        found = replace(found, areas=named_with_superior(found.areas, clues.narrative) or found.areas)
    return found


def build_region(found: Location, clues: Clues) -> Region:
    """Return the region of a location: names, codes, and for each the place where the report prints it, if it does."""
    divisions = {level: _division(found, level, clues) for level in _LEVELS}
    if found.zone is not None:
        divisions["zone"] = _zone_division(found, clues)
    if found.astray:
        divisions["township"] = _ambiguous(found.astray)
    elif found.township is not None and divisions["township"] is None:
        divisions["township"] = Division(found.township, None, _evidence(found.township, clues))
    return Region(**divisions)


def _confirmed(reading: Reading, clues: Clues) -> tuple[Area, ...]:
    """Return the places of a reading. A name without 市 or 县 is one only if the text has it in full, or it is a prefecture.

    东湖 in 东湖高新区 is a lake of Wuhan, and no district of Nanchang unless the report says 东湖区.
    """
    if not reading.short:
        return reading.areas
    tops = {area: _top(area, reading) for area in reading.areas}
    printed = clues.printed
    full = tuple(area for area in reading.areas if fold(tops[area].name) in printed)
    above = tuple(area for area in reading.areas if tops[area].level in ("province", "prefecture"))
    if full or not above:
        return full
    return tuple(a for a in reading.areas if a in above or not any(a.lies_in(tops[b]) for b in above))


def _is_local(titled: Reading) -> bool:
    """Whether the body is where its address is: not a ministry, whose name has no place because it is the country's."""
    return bool(titled.township or titled.zone or titled.areas or _LOCAL.match(titled.rest))


def _top(area: Area, reading: Reading) -> Area:
    """Return the place that the first printed name of a reading means, given what the last one means."""
    chain = [area]
    while len(reading.places) > 1 and chain[-1].parent is not None:
        chain.append(chain[-1].parent)
    first = reading.places[0][:2] if reading.places else ""
    return next((above for above in reversed(chain) if fold(above.name).startswith(first)), area)


def _first_areas(readings: Iterable[Reading], township: str | None, clues: Clues) -> tuple[Area, ...]:
    """Return the places of the first reading that has any; of another township only what it lies in."""
    for reading in readings:
        areas = _confirmed(reading, clues)
        if areas and reading.placed and reading.township != township and township is not None:
            areas = _parents(areas)
        if areas:
            return areas
    return ()


def _without_township(reading: Reading) -> Reading:
    """Return a reading of an address as far as the county: a county's bureau has its door in some township."""
    return replace(reading, areas=_parents(reading.areas)) if reading.placed else reading


def _parents(areas: tuple[Area, ...]) -> tuple[Area, ...]:
    parents = tuple(dict.fromkeys(area.parent for area in areas if area.parent is not None))
    return parents if len(parents) == 1 else ()


def _narrowed(found: Location, base: Reading, readings: Iterable[Reading]) -> Location:
    """Return what the readings leave of a location, each choosing among what the one before left.

    A reading that names a county where the township does not lie stands against a bare name in the title: the county is
    where the body says it is, and the township is open. It does not stand against a title that names the county itself.
    """
    for reading in readings:
        fitting = tuple(a for a in found.areas if any(a.lies_in(b) or b.lies_in(a) for b in reading.areas))
        if fitting:
            found = replace(found, areas=fitting)
        elif found.areas and reading.areas and _contradicts(reading, base, found):
            return replace(
                found, areas=_parents(reading.areas) if reading.placed else reading.areas, astray=found.areas
            )
    if found.township is not None and found.areas and found.areas[0].level != "township":
        known = tuple(area for area in known_names().get(found.township, ()) if area.level == "township")
        found = replace(found, astray=known)
    return found


def _contradicts(reading: Reading, base: Reading, found: Location) -> bool:
    counties = {area.at("county") for area in reading.areas}
    return (
        base.placed
        and not base.located
        and base.zone is None
        and reading.located
        and len(counties) == 1
        and None not in counties
    )


def _chosen(found: Location, readings: Iterable[Reading]) -> Location:
    for reading in readings:
        fitting = tuple(a for a in found.areas if any(a.lies_in(b) or b.lies_in(a) for b in reading.areas))
        found = replace(found, areas=fitting or found.areas)
    return found


def _hosted(found: Location, titled: Reading, clues: Clues) -> Location:
    """Return what the site's address leaves of a location: of several places those on whose site the report stands.

    Where nothing else says where the body is, it is the one place that the address spells and the report names in full.
    """
    hosts = find_hosts(clues.origin) if clues.origin and len(found.areas) != 1 and _is_local(titled) else frozenset()
    if found.areas:
        fitting = tuple(area for area in found.areas if any(area.lies_in(host) for host in hosts))
        return replace(found, areas=fitting, hosted=True) if fitting else found
    named = [host for host in hosts if is_named(host, clues.narrative) and _may_be_meant(titled, host)]
    lowest = [host for host in named if not any(other is not host and other.lies_in(host) for other in named)]
    return replace(found, areas=tuple(lowest), hosted=True) if len(lowest) == 1 else found


def _may_be_meant(titled: Reading, host: Area) -> bool:
    """Whether the place of a site can be the one of 区科技局: a district, or a city that the district lies in."""
    prefix = titled.rest[:1]
    if prefix in ("县", "区", "旗", "镇", "乡"):
        return host.level == "prefecture" or host.name.endswith(prefix) or (prefix in "镇乡" and host.level == "county")
    return prefix not in ("省", "市", "州", "盟") or host.name.endswith(prefix)


def _one_of_each(areas: tuple[Area, ...], year: int | None) -> tuple[Area, ...]:
    """Return the places with those left out that are the same place before it changed hands, name or character (濛江乡).

    Of a county and its successor the one stays that was there in the report's year, where the tables tell.
    """
    if len(areas) < 2:
        return areas
    tables = gazetteer()
    present = set(areas)
    found: dict[tuple[Area | None, str], Area] = {}
    for area in areas:
        today = tables.today(area)
        then = tables.today(area, year)
        place = then if then is not today else today if today in present else area
        if then is not today:
            found[today.parent, fold(today.name)] = place
        found.setdefault((place.parent, fold(place.name)), place)
    return tuple(dict.fromkeys(found.values()))


def _division(found: Location, level: AreaLevel, clues: Clues) -> Division | None:
    areas, hosted = found.areas, found.hosted
    here = [area.at(level) for area in areas]
    known = tuple(dict.fromkeys(area for area in here if area is not None))
    if not known:
        return None
    if (len(known) == 1 and None not in here) or _is_split(areas):
        evidence = _evidence(known[0].name, clues)
        decided = hosted and evidence != "title" and known[0] in find_hosts(clues.origin)
        return Division(known[0].name, known[0].code, "source" if decided else evidence)
    return _ambiguous(known)


def _is_split(areas: tuple[Area, ...]) -> bool:
    """Whether the places are one township that one table has in a county and another in a zone of the same prefecture."""
    return (
        len({(area.name, area.level, area.at("prefecture")) for area in areas}) == 1
        and len({area.at("county") for area in areas} - {None}) == 1
        and len({area.at("zone") for area in areas} - {None}) == 1
    )


def _ambiguous(areas: tuple[Area, ...]) -> Division:
    return Division(None, status="ambiguous", candidates=tuple(sorted(area.path for area in areas)))


def _zone_division(found: Location, clues: Clues) -> Division:
    assert found.zone is not None
    zone = find_zone(found.zone, found.areas, clues.printed)
    evidence: Evidence = "title" if found.zone in clues.title else _evidence(zone.name, clues)
    return Division(zone.name, zone.code, evidence)


def _evidence(name: str, clues: Clues) -> Evidence:
    name = fold(name)
    if name in clues.title:
        return "title"
    if name in clues.printed:
        return "text"
    return "source" if any(name in passage for passage in clues.source) else "gazetteer"
