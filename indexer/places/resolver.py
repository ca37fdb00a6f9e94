"""Finds where a publishing body is, from what a report prints, and says what each level of the answer rests on.

The clues are weighed in order: the name in the title; where the body names itself (由高安市田南镇…编制, the signature);
addresses and contacts; the site, what it says and its address; a township name that the country has only once; the superiors that the narrative names; a postcode.
A later clue only chooses among what the earlier ones left open. What is still open then is said to be ambiguous: about a
third of the townships share their name with others, so a bare name decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from indexer.places.clues import BodyLocation, PlaceClues
from indexer.places.divisions import build_region
from indexer.places.domains import find_by_initials, find_hosts
from indexer.places.gazetteer import Area, AreaLevel, gazetteer
from indexer.places.name_lookup import known_names, short_names
from indexer.places.narrated import is_named, named_with_superior
from indexer.places.postcodes import of_postcode
from indexer.places.printed_names import ParsedPlaceName, read_name
from indexer.places.unlisted import level_of_lost
from indexer.records import Region
from indexer.text.folding import fold

_LOCAL = re.compile(
    "$|[省市县区旗州盟镇乡我本]|自治|(?!国|中|全国|最高|民航|民用|铁路|外汇|铁道)(?!.*(?:总局|总署|部|署)$).{2,16}(?:局|委|委员会|大队|中心)$"
)
"""How a name without a place begins, or is as a whole, if it is a place's: 教育局, but not 教育部 or 国家统计局."""

_SCHOOL = re.compile("(?:大学|学院|学校|中学|医院)")
_BRANCH = re.compile("(?:.{0,30}局)(?P<place>[^局]{2,10}?)分局$")


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


def resolve(clues: PlaceClues) -> Region:
    """Return the region of a body, each level known with its evidence, ambiguous with its candidates, or None."""
    return build_region(locate(clues), clues)


def locate(clues: PlaceClues) -> BodyLocation:
    """Return where a body is, by the clues in their order."""
    titled = _of_branch(read_name(clues.title, lost=True))
    own = tuple(_of_branch(read_name(passage, lost=True)) for passage in clues.own)
    base = next((reading for reading in (titled, *own) if _says_where(reading)), ParsedPlaceName())
    if base.lost is not None:
        return _located_above(base, own, clues)
    others = [reading for reading in own if reading is not base]
    near = [_without_township(read_name(passage)) for passage in clues.near]
    source = [_without_township(read_name(passage)) for passage in clues.source]
    found = BodyLocation(_confirmed(base, clues), base.zone, base.township)
    if not found.areas:
        found = replace(
            found,
            areas=_first_areas(
                [*others, *(near if _is_local(titled) else ()), *source], found.township, clues
            ),
        )
    found = _narrowed(found, base, [*others, *map(read_name, clues.near)])
    found = _chosen(found, source)
    found = _hosted(replace(found, areas=_one_of_each(found.areas, clues.year)), titled, clues)
    if len(found.areas) > 1:
        found = replace(
            found, areas=named_with_superior(found.areas, clues.narrative) or found.areas
        )
    if len(found.areas) > 1:
        found = replace(found, areas=of_postcode(found.areas, clues.narrative) or found.areas)
    return found


def _says_where(reading: ParsedPlaceName) -> bool:
    return bool(reading.areas or reading.township or reading.zone or reading.lost)


def _located_above(
    base: ParsedPlaceName, own: Iterable[ParsedPlaceName], clues: PlaceClues
) -> BodyLocation:
    """Return where a body of a county is that no table has: in what is printed above the county, never in one of a like name."""
    areas = base.areas or next(
        (other.areas for other in own if other.lost == base.lost and other.areas), ()
    )
    areas = _confirmed(replace(base, areas=areas), clues)
    if not areas:
        passages = (read_name(passage) for passage in (*clues.near, *clues.source))
        around = next((reading.areas for reading in passages if reading.areas), ())
        below: AreaLevel = (
            "prefecture" if level_of_lost(base.lost or "") == "county" else "province"
        )
        areas = tuple(
            dict.fromkeys(above for area in around if (above := area.at(below) or area.province))
        )
        areas = areas if len(areas) == 1 else ()
    return BodyLocation(areas, base.zone, base.township)


def _of_branch(reading: ParsedPlaceName) -> ParsedPlaceName:
    """Return the reading of a bureau's branch with the district it is for: 温州市公安局鹿城分局 is in 鹿城区."""
    branch = _BRANCH.fullmatch(reading.rest)
    if branch is None or not reading.areas or reading.township or reading.zone:
        return reading
    named = (*known_names().get(branch["place"], ()), *short_names().get(branch["place"], ()))
    inside = {
        area
        for area in named
        if area.level == "county" and any(area.lies_in(above) for above in reading.areas)
    }
    return replace(reading, areas=tuple(inside)) if len(inside) == 1 else reading


def _confirmed(reading: ParsedPlaceName, clues: PlaceClues) -> tuple[Area, ...]:
    """Return the places of a reading. A name without 市 or 县 is one only if the text has it in full, or it is a prefecture.

    东湖 in 东湖高新区 is a lake of Wuhan, and no district of Nanchang unless the report says 东湖区. A school may bear the name of a
    prefecture elsewhere (中山大学), and is seldom in another province than it says.
    """
    if not reading.short:
        return reading.areas
    tops = {area: _top(area, reading) for area in reading.areas}
    printed = clues.printed
    hosts = find_by_initials(clues.origin)
    full = tuple(
        area for area in reading.areas if fold(tops[area].name) in printed or tops[area] in hosts
    )
    levels = ("province",) if _SCHOOL.search(reading.rest) else ("province", "prefecture")
    above = tuple(area for area in reading.areas if tops[area].level in levels)
    if full or not above:
        return full
    return tuple(
        a for a in reading.areas if a in above or not any(a.lies_in(tops[b]) for b in above)
    )


def _is_local(titled: ParsedPlaceName) -> bool:
    """Whether the body is where its address is: not a ministry, whose name has no place because it is the country's."""
    return bool(titled.township or titled.zone or titled.areas or _LOCAL.match(titled.rest))


def _top(area: Area, reading: ParsedPlaceName) -> Area:
    """Return the place that the first printed name of a reading means, given what the last one means."""
    chain = [area]
    while len(reading.places) > 1 and chain[-1].parent is not None:
        chain.append(chain[-1].parent)
    first = reading.places[0][:2] if reading.places else ""
    return next((above for above in reversed(chain) if fold(above.name).startswith(first)), area)


def _first_areas(
    readings: Iterable[ParsedPlaceName], township: str | None, clues: PlaceClues
) -> tuple[Area, ...]:
    """Return the places of the first reading that has any; of another township only what it lies in."""
    for reading in readings:
        areas = _confirmed(reading, clues)
        if areas and reading.placed and reading.township != township and township is not None:
            areas = _parents(areas)
        if areas:
            return areas
    return ()


def _without_township(reading: ParsedPlaceName) -> ParsedPlaceName:
    """Return a reading of an address as far as the county: a county's bureau has its door in some township."""
    return replace(reading, areas=_parents(reading.areas)) if reading.placed else reading


def _parents(areas: tuple[Area, ...]) -> tuple[Area, ...]:
    parents = tuple(dict.fromkeys(area.parent for area in areas if area.parent is not None))
    return parents if len(parents) == 1 else ()


def _narrowed(
    found: BodyLocation, base: ParsedPlaceName, readings: Iterable[ParsedPlaceName]
) -> BodyLocation:
    """Return what the readings leave of a location, each choosing among what the one before left.

    A reading that names a county where the township does not lie stands against a bare name in the title: the county is
    where the body says it is, and the township is open. It does not stand against a title that names the county itself.
    """
    for reading in readings:
        fitting = tuple(
            a for a in found.areas if any(a.lies_in(b) or b.lies_in(a) for b in reading.areas)
        )
        if fitting:
            found = replace(found, areas=fitting)
        elif found.areas and reading.areas and _contradicts(reading, base):
            return replace(
                found,
                areas=_parents(reading.areas) if reading.placed else reading.areas,
                astray=found.areas,
            )
    if found.township is not None and found.areas and found.areas[0].level != "township":
        known = tuple(
            area for area in known_names().get(found.township, ()) if area.level == "township"
        )
        found = replace(found, astray=known)
    return found


def _contradicts(reading: ParsedPlaceName, base: ParsedPlaceName) -> bool:
    counties = {area.at("county") for area in reading.areas}
    return (
        base.placed
        and not base.located
        and base.zone is None
        and reading.located
        and len(counties) == 1
        and None not in counties
    )


def _chosen(found: BodyLocation, readings: Iterable[ParsedPlaceName]) -> BodyLocation:
    for reading in readings:
        fitting = tuple(
            a for a in found.areas if any(a.lies_in(b) or b.lies_in(a) for b in reading.areas)
        )
        found = replace(found, areas=fitting or found.areas)
    return found


def _hosted(found: BodyLocation, titled: ParsedPlaceName, clues: PlaceClues) -> BodyLocation:
    """Return what the site's address leaves of a location: of several places those on whose site the report stands.

    Where nothing else says where the body is, it is the one place that the address spells and the report names in full.
    An address that spells none of them may have their initials.
    """
    if not clues.origin or len(found.areas) == 1 or not _is_local(titled):
        return found
    for hosts in (find_hosts(clues.origin), find_by_initials(clues.origin)):
        if found.areas:
            chosen = tuple(
                area for area in found.areas if any(area.lies_in(host) for host in hosts)
            )
        else:
            named = [
                host
                for host in hosts
                if is_named(host, clues.narrative) and _may_be_meant(titled, host)
            ]
            lowest = [
                host
                for host in named
                if not any(other is not host and other.lies_in(host) for other in named)
            ]
            chosen = tuple(lowest) if len(lowest) == 1 else ()
        if chosen:
            return replace(found, areas=chosen, hosted=True)
    return found


def _may_be_meant(titled: ParsedPlaceName, host: Area) -> bool:
    """Whether the place of a site can be the one of 区科技局: a district, or a city that the district lies in."""
    prefix = titled.rest[:1]
    if prefix in ("县", "区", "旗", "镇", "乡"):
        return (
            host.level == "prefecture"
            or host.name.endswith(prefix)
            or (prefix in "镇乡" and host.level == "county")
        )
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
