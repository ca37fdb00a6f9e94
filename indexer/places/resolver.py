"""Finds where a publishing body is, from what a report prints, with the evidence of each level.

The clues are weighed in order: the name in the title; where the body names itself
(由高安市田南镇…编制, the signature); addresses and contacts; the site, what it says and its
address; a township's name that the country has only once; the superiors that the narrative names;
a postcode. A later clue only chooses among what the earlier ones left open. What is still open then
is ambiguous: about a third of the townships share their name with others, so a bare name decides
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
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
    "$|[省市县区旗州盟镇乡我本]|自治"
    "|(?!国|中|全国|最高|民航|民用|铁路|外汇|铁道)(?!.*(?:总局|总署|部|署)$)"
    ".{2,16}(?:局|委|委员会|大队|中心)$"
)
"""A name without a place that is a local body's: 教育局, but not 教育部 or 国家统计局."""

_SCHOOL = re.compile("(?:大学|学院|学校|中学|医院)")
_BRANCH = re.compile("(?:.{0,30}局)(?P<place>[^局]{2,10}?)分局$")


def place_names() -> tuple[str, ...]:
    """Return all names that are no common words, folded and sorted, for a segmenter."""
    return tuple(sorted(known_names()))


def find_areas(name: str) -> tuple[Area, ...]:
    """Return the places that a name alone can mean: 宜春市, 宜春, 街道办事处 for 街道.

    >>> [area.path for area in find_areas("宜春")], find_areas("高安市教育局")
    (['江西省宜春市'], ())
    """
    reading = read_name(fold(name).replace("街道办事处", "街道"))
    return () if reading.rest else reading.areas


def find_by_code(code: str) -> Area | None:
    """Return the division with a code of six or nine digits, by the first table that has it."""
    return gazetteer().by_code.get(code)


def resolve(clues: PlaceClues) -> Region:
    """Return the region of a body: each level is known, ambiguous with candidates, or None."""
    return build_region(locate(clues), clues)


def locate(clues: PlaceClues) -> BodyLocation:
    """Return where a body is, by the clues in their order."""
    titled = _of_branch(read_name(clues.title, lost=True))
    own = tuple(_of_branch(read_name(passage, lost=True)) for passage in clues.own)
    base = next(filter(_says_where, (titled, *own)), ParsedPlaceName())
    if base.lost is not None:
        return _located_above(base, own, clues)
    others = [name for name in own if name is not base]
    near = list(map(read_name, clues.near))
    source = [_without_township(read_name(passage)) for passage in clues.source]
    found = BodyLocation(_confirmed(base, clues), base.zone, base.township)
    if not found.areas:
        around = [*map(_without_township, near), *source] if _is_local(titled) else source
        found = replace(found, areas=_first_areas([*others, *around], found.township, clues))
    found = _narrowed(found, base, [*others, *near])
    found = _chosen(found, source)
    found = replace(found, areas=_one_of_each(found.areas, clues.year))
    return _by_late_clues(_hosted(found, titled, clues), clues)


def _by_late_clues(found: BodyLocation, clues: PlaceClues) -> BodyLocation:
    """Return what the superiors in the narrative, and then the postcode, leave of a location."""
    for choose in (named_with_superior, of_postcode):
        if len(found.areas) > 1:
            found = replace(found, areas=choose(found.areas, clues.narrative) or found.areas)
    return found


def _says_where(reading: ParsedPlaceName) -> bool:
    return bool(reading.areas or reading.township or reading.zone or reading.lost)


def _located_above(
    base: ParsedPlaceName, own: Iterable[ParsedPlaceName], clues: PlaceClues
) -> BodyLocation:
    """Return where a body of a county is that no table has.

    It is in what is printed above the county, and never in a county of a similar name.
    """
    same = (other.areas for other in own if other.lost == base.lost and other.areas)
    areas = base.areas or next(same, ())
    areas = _confirmed(replace(base, areas=areas), clues) or _around(base.lost or "", clues)
    return BodyLocation(areas, base.zone, base.township)


def _around(lost: str, clues: PlaceClues) -> tuple[Area, ...]:
    """Return the one place above a lost county that its surroundings name, if any."""
    names = (read_name(passage) for passage in (*clues.near, *clues.source))
    around = next((name.areas for name in names if name.areas), ())
    level: AreaLevel = "prefecture" if level_of_lost(lost) == "county" else "province"
    above = dict.fromkeys(filter(None, (area.at(level) or area.province for area in around)))
    return tuple(above) if len(above) == 1 else ()


def _of_branch(reading: ParsedPlaceName) -> ParsedPlaceName:
    """Return a bureau's branch with the district it is for: 温州市公安局鹿城分局 is in 鹿城区."""
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
    """Return the places of a name; without 市 or 县 only those with more evidence.

    The text has the full name, or the site's address its initials; else it has to be a prefecture.
    东湖 in 东湖高新区 is a lake of Wuhan, and no district of Nanchang unless it says 东湖区. A
    school may bear the name of a prefecture elsewhere (中山大学), and seldom that of a province.
    """
    if not reading.short:
        return reading.areas
    tops = {area: _top(area, reading) for area in reading.areas}
    full = _in_full(tops, clues)
    levels = ("province",) if _SCHOOL.search(reading.rest) else ("province", "prefecture")
    return full or _above_counties(tops, levels)


def _above_counties(tops: Mapping[Area, Area], levels: Sequence[str]) -> tuple[Area, ...]:
    """Return the places whose first name is of one of the levels, and others elsewhere.

    A county in the prefecture of its own name (宜春市 and its former 宜春县) is not meant.
    """
    above = {area: top for area, top in tops.items() if top.level in levels}
    if not above:
        return ()
    return tuple(a for a in tops if a in above or not _lies_in_any(a, above.values()))


def _in_full(tops: Mapping[Area, Area], clues: PlaceClues) -> tuple[Area, ...]:
    """Return the places whose first name the text has in full, or the address by its initials."""
    printed, hosts = clues.printed, find_by_initials(clues.origin)
    return tuple(area for area, top in tops.items() if fold(top.name) in printed or top in hosts)


def _lies_in_any(area: Area, others: Iterable[Area]) -> bool:
    return any(area.lies_in(other) for other in others)


def _is_local(titled: ParsedPlaceName) -> bool:
    """Return whether a body is where its address is, unlike a ministry."""
    return bool(titled.township or titled.zone or titled.areas or _LOCAL.match(titled.rest))


def _top(area: Area, reading: ParsedPlaceName) -> Area:
    """Return the place that the first printed name means, given what the last one means."""
    chain = [area]
    while len(reading.places) > 1 and chain[-1].parent is not None:
        chain.append(chain[-1].parent)
    first = reading.places[0][:2] if reading.places else ""
    return next((above for above in reversed(chain) if fold(above.name).startswith(first)), area)


def _first_areas(
    readings: Iterable[ParsedPlaceName], township: str | None, clues: PlaceClues
) -> tuple[Area, ...]:
    """Return the places of the first name that has any; of another township what it lies in."""
    for reading in readings:
        areas = _confirmed(reading, clues)
        if areas and reading.placed and reading.township != township and township is not None:
            areas = _parents(areas)
        if areas:
            return areas
    return ()


def _without_township(reading: ParsedPlaceName) -> ParsedPlaceName:
    """Return an address as far as the county: a county's bureau stands in some township."""
    return replace(reading, areas=_parents(reading.areas)) if reading.placed else reading


def _parents(areas: tuple[Area, ...]) -> tuple[Area, ...]:
    parents = tuple(dict.fromkeys(area.parent for area in areas if area.parent is not None))
    return parents if len(parents) == 1 else ()


def _narrowed(
    found: BodyLocation, base: ParsedPlaceName, readings: Iterable[ParsedPlaceName]
) -> BodyLocation:
    """Return what the names leave of a location, each choosing among what the one before left.

    A name of a county where the township does not lie stands against a bare name in the title: the
    county is where the body says it is, and the township is open. It does not stand against a title
    that names the county itself.
    """
    for reading in readings:
        fitting = _fitting(found.areas, reading)
        if fitting:
            found = replace(found, areas=fitting)
        elif found.areas and reading.areas and _contradicts(reading, base):
            areas = _parents(reading.areas) if reading.placed else reading.areas
            return replace(found, areas=areas, astray=found.areas)
    is_above_township = found.areas and found.areas[0].level != "township"
    return _with_astray(found, found.township) if found.township and is_above_township else found


def _with_astray(found: BodyLocation, township: str) -> BodyLocation:
    """Return a location with the townships of the printed name, none of which lies in it."""
    named = known_names().get(township, ())
    return replace(found, astray=tuple(area for area in named if area.level == "township"))


def _fitting(areas: tuple[Area, ...], reading: ParsedPlaceName) -> tuple[Area, ...]:
    """Return those of the places that lie in a place of the name, or that such a place lies in."""
    return tuple(
        area
        for area in areas
        if any(area.lies_in(other) or other.lies_in(area) for other in reading.areas)
    )


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
        found = replace(found, areas=_fitting(found.areas, reading) or found.areas)
    return found


def _hosted(found: BodyLocation, titled: ParsedPlaceName, clues: PlaceClues) -> BodyLocation:
    """Return what the site's address leaves of a location.

    Of several places it leaves those on whose site the report stands. Where nothing else says where
    the body is, it is the one place that the address spells and the report names in full. An
    address that spells none of them may have their initials.
    """
    if not clues.origin or len(found.areas) == 1 or not _is_local(titled):
        return found
    for hosts in (find_hosts(clues.origin), find_by_initials(clues.origin)):
        if found.areas:
            chosen = tuple(area for area in found.areas if _lies_in_any(area, hosts))
        else:
            chosen = _named_host(hosts, titled, clues)
        if chosen:
            return replace(found, areas=chosen, hosted=True)
    return found


def _named_host(
    hosts: Iterable[Area], titled: ParsedPlaceName, clues: PlaceClues
) -> tuple[Area, ...]:
    """Return the lowest place of an address that the report names in full, if it is just one."""
    named = [h for h in hosts if is_named(h, clues.narrative) and _may_be_meant(titled, h)]
    lowest = tuple(
        host
        for host in named
        if not any(other is not host and other.lies_in(host) for other in named)
    )
    return lowest if len(lowest) == 1 else ()


def _may_be_meant(titled: ParsedPlaceName, host: Area) -> bool:
    """Return whether a site's place can be that of 区科技局: a district, or the city above it."""
    prefix = titled.rest[:1]
    if not prefix or prefix not in "县区旗镇乡省市州盟" or host.name.endswith(prefix):
        return True
    if prefix in "省市州盟":
        return False
    return host.level == "prefecture" or (prefix in "镇乡" and host.level == "county")


def _one_of_each(areas: tuple[Area, ...], year: int | None) -> tuple[Area, ...]:
    """Return the places once each, though they changed hands, name or character (濛江乡).

    Of a county and its successor the one stays that existed in the report's year, where the tables
    tell.
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
