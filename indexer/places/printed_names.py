"""Parses a printed name from the left into places, a township and an organ.

济南市历下区大明湖街道办事处 is two places, a township and an organ. Places are looked up along
their path: of two names that fit, the longer; of the places with that name, those that lie in the
place named before it. Nothing is decided here: the result keeps every place that the name can mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from indexer.places.gazetteer import Area, gazetteer
from indexer.places.name_lookup import (
    MANAGED,
    NAMELESS,
    known_names,
    other_names,
    short_names,
    short_townships,
)
from indexer.places.unlisted import areas_above, find_lost
from indexer.text.folding import HAN

_MAX_NAME_LENGTH = 20
"""Characters of the longest name that is looked up."""

_GOVERNED = "人民政府|政府|办事处|办$|党政|党工委|管理委员会|管委会|财政|便民|$"
_TOWNSHIP = re.compile(rf"(?P<name>{HAN}{{1,12}}?(?:{MANAGED}))(?=(?:{_GOVERNED}))")
_BEYOND_COUNTY = re.compile(rf"{HAN}{{2,9}}?(?:市|县|旗|区)(?P<name>{HAN}{{2,}})$")
_ANY_TOWNSHIP = re.compile("^(?:各|全|本|我|该|每|所有|有关|相关|下属|所属|属地)|乡镇$")
_ZONE = re.compile(
    rf"(?P<head>(?:国家级?)?{HAN}{{0,10}}?)"
    r"(?P<kind>经济技术开发区|经济开发区|高新技术产业(?:开发|园)区|高新技术开发区|高技术产业开发区"
    r"|新技术开发区|经开区|高新区|开发区|经济区|工业园区|产业园区|产业集聚区|示范区|新区|管理区|园区"
    r"|风景名胜区|风景区|度假区|保税港?区|试验区|实验区|合作区|工业园|产业园|科技园|科技城|生态城|新城"
    r"|商务区|自贸区|贸易区)"
    r"(?!街道|镇|乡|路|村|建设局|管理局|分局)"
)
_ORGAN = re.compile(
    r"(?:人民政府|政府|行政公署|行署|管理委员会|管委会|办事处)"
    r"|.{0,30}(?:局|委员会|委|厅|办公室|办|中心|院|队|站|所|会|处|馆|校|公司|台|社|联|部|署|学|海关|支行)$"
)

_CLASS = re.compile("[市县区旗州盟](?!场|容|域|划)|地区")
_OF_WATERS = re.compile("流域|航道|水系|海域")
"""What follows the stem of a county's name that is a lake or a river: 太湖流域管理局."""

_ABOVE = re.compile(
    "^(?:国家税务总局|国家统计局|中国人民银行|中华人民共和国|中国共产党|中共|共青团(?!镇|农场)"
    "|(?:新疆生产建设)?兵团(?!路|街|镇|乡))?"
    "(?:第[一二三四五六七八九十]+师(?!..?[镇乡村]))?"
)
"""What precedes the place in the name of a central authority's office: 国家税务总局高安市税务局."""


_ORDER = ("province", "prefecture", "county", "zone", "township")


@dataclass(frozen=True, slots=True)
class ParsedPlaceName:
    """A printed name, parsed: `areas` is all that its last known place can be.

    `places` are the place names as printed, from the highest. `zone` and `township` are printed
    names; of a township that no table has, `areas` is what is above it. `rest` is what follows: an
    organ, a street, nothing. `short` says that `areas` rests on a name without its 市, 县 or 区 and
    nothing above it. `lost` is the last of the places if no table has it: then `areas` is what is
    printed above it.
    """

    places: tuple[str, ...] = ()
    areas: tuple[Area, ...] = ()
    zone: str | None = None
    township: str | None = None
    rest: str = ""
    short: bool = False
    lost: str | None = None

    @property
    def placed(self) -> bool:
        """Return whether the tables have the township at the printed place."""
        return bool(self.areas) and self.areas[0].level == "township"

    @property
    def located(self) -> bool:
        """Return whether a county or something above it is printed."""
        return len(self.places) > (1 if self.placed else 0)


def read_name(text: str, *, lost: bool = False) -> ParsedPlaceName:
    """Parse a folded name; a text that names no place is all `rest`.

    With `lost`, a county that no table has is read too, by its class: only for a body's name.

    >>> reading = read_name("高安市田南镇人民政府")
    >>> reading.places, reading.rest
    (('高安市', '田南镇'), '人民政府')
    """
    state = ParsedPlaceName(rest=_ABOVE.sub("", text, count=1) or text)
    while True:
        following = _step(state, lost)
        if following is None:
            return state
        state = following


def _step(state: ParsedPlaceName, lost: bool) -> ParsedPlaceName | None:
    """Return the state with one more name read, or None at the end of the names."""
    if state.township is not None or not state.rest:
        return None
    text = state.rest
    if state.places and text.startswith("人民政府"):
        return _beyond_government(state, lost)
    return _place(state, text, lost) or _zone(state, text) or _unknown_township(state, text)


def _place(state: ParsedPlaceName, text: str, lost: bool) -> ParsedPlaceName | None:
    """Return the state with a place read, of the tables or lost; below a lost one, a lost one."""
    place = None
    if state.lost is None:
        place = _known(state, text) or _alias(state, text, lost)
    if place is None and state.zone is None and (lost or state.lost is not None):
        return _lost(state, text)
    return place


def _beyond_government(state: ParsedPlaceName, lost: bool) -> ParsedPlaceName | None:
    """Return the state with the township read whose name follows its county's 人民政府."""
    beyond = _step(replace(state, rest=state.rest.removeprefix("人民政府")), lost)
    return beyond if beyond is not None and beyond.township is not None else None


def _lost(state: ParsedPlaceName, text: str) -> ParsedPlaceName | None:
    """Return the state with a county read that no table has, if what follows proves it."""
    for name, rest in find_lost(text):
        areas = areas_above(name, rest, state.areas, state.lost)
        if areas is None:
            continue
        read = ParsedPlaceName((*state.places, name), areas, None, None, rest, state.short, name)
        goes_on = _ORGAN.match(rest) or _TOWNSHIP.match(rest)
        if not rest or goes_on or _zone(read, rest) or _lost(read, rest):
            return read
    return None


def _known(state: ParsedPlaceName, text: str) -> ParsedPlaceName | None:
    """Return the state with the longest name read that the tables have there."""
    for length in range(min(_MAX_NAME_LENGTH, len(text)), 1, -1):
        name = text[:length]
        areas = _named(state, name)
        if not areas:
            continue
        # 某街 with 道办事处 behind it is 某街道.
        is_cut = areas[0].level == "township" and name.endswith("街")
        if is_cut and text.startswith("道", length):
            return _with_place(state, name + "道", areas, length + 1)
        return _with_place(state, name, areas, length)
    return None


def _named(state: ParsedPlaceName, name: str) -> tuple[Area, ...]:
    known = known_names().get(name, ()) or other_names().get(name, ())
    areas = _within((*known, *short_townships().get(name, ())), state)
    if not areas and state.areas and NAMELESS.fullmatch(name):
        return _within(gazetteer().by_name.get(name, ()), state)
    return areas


def _alias(state: ParsedPlaceName, text: str, lost: bool = False) -> ParsedPlaceName | None:
    for length in range(min(_MAX_NAME_LENGTH, len(text)), 1, -1):
        areas = _inside(short_names().get(text[:length], ()), state)
        if areas:
            places = (*state.places, text[:length])
            read = ParsedPlaceName(
                places, areas, None, None, text[length:], state.short or not state.places
            )
            if _is_apt(read, lost):
                return read
    return None


def _is_apt(read: ParsedPlaceName, lost: bool) -> bool:
    """Return whether what follows a short name proves it one: in 宜春教育局, but not in 宜春路.

    With `lost`, a class behind it makes it another place, which no table has: 宜春县教育局.
    """
    rest = read.rest
    if _OF_WATERS.match(rest):
        return False
    if not rest or _known(read, rest):
        return True
    if lost and _CLASS.match(rest):
        return False
    return _goes_on(read, lost)


def _goes_on(read: ParsedPlaceName, lost: bool) -> bool:
    """Return whether a zone, a place or an organ follows, and no township that no table has."""
    rest = read.rest
    if _zone(read, rest):
        return True
    if _TOWNSHIP.match(rest):
        return False
    place = _alias(read, rest, lost) or (_lost(read, rest) if lost else None)
    return place is not None or _ORGAN.match(rest) is not None


def _zone(state: ParsedPlaceName, text: str) -> ParsedPlaceName | None:
    match = _ZONE.match(text)
    if match is None or state.zone is not None or "政府" in match["head"] or "局" in match["head"]:
        return None
    printed = match.group()
    # 高安市高新区 and 宜春经开区: the place before is part of the zone's name.
    if state.places and (not match["head"] or _is_short(state.places[-1])):
        printed = state.places[-1] + printed
    elif not state.places and not match["head"]:
        return None
    return replace(state, zone=printed, rest=text[match.end() :])


def _is_short(name: str) -> bool:
    return name not in known_names() and name not in other_names()


def _unknown_township(state: ParsedPlaceName, text: str) -> ParsedPlaceName | None:
    """Return the state with a township read that no table has there.

    A county that no table has may stand before it; then the township is read without it.
    """
    match = _TOWNSHIP.match(text)
    if match is None:
        return None
    name, rest = match["name"], text[match.end() :]
    is_any = _ANY_TOWNSHIP.search(name) is not None
    if state.lost is not None and not is_any:
        return replace(state, township=name, rest=rest)
    if name.endswith("街"):
        return _street(state, name, rest)
    beyond = _BEYOND_COUNTY.match(name)
    if beyond is not None and not state.places:
        return _known(state, text[beyond.start("name") :]) or ParsedPlaceName(
            township=beyond["name"], rest=rest
        )
    if is_any or NAMELESS.fullmatch(name):
        return None
    return ParsedPlaceName(state.places, state.areas, state.zone, name, rest, state.short)


def _street(state: ParsedPlaceName, name: str, rest: str) -> ParsedPlaceName | None:
    """Return the state with a street read as the 街道 of its name, if the tables have that."""
    township = name + "道"
    known = _within(known_names().get(township, ()), state)
    if not known:
        return None
    places = (*state.places, name)
    return ParsedPlaceName(places, known, state.zone, township, rest, state.short)


def _with_place(
    state: ParsedPlaceName, name: str, areas: tuple[Area, ...], length: int
) -> ParsedPlaceName:
    """Return the state with a place read; a zone of the tables is read as the zone."""
    rest = state.rest[length:]
    level = areas[0].level
    places = (*state.places, name)
    if level == "township":
        return ParsedPlaceName(places, areas, state.zone, name, rest, state.short)
    if level == "zone":
        return ParsedPlaceName(state.places, areas, name, None, rest, False)
    is_short = state.short and bool(state.places)
    return ParsedPlaceName(places, areas, state.zone, None, rest, is_short)


def _within(areas: tuple[Area, ...], state: ParsedPlaceName) -> tuple[Area, ...]:
    """Return those that lie in what was read before, and only the highest: no township."""
    inside = _inside(areas, state)
    highest = min((_ORDER.index(area.level) for area in inside), default=0)
    return tuple(area for area in inside if _ORDER.index(area.level) == highest)


def _inside(areas: tuple[Area, ...], state: ParsedPlaceName) -> tuple[Area, ...]:
    if state.areas:
        return tuple(
            area
            for area in areas
            if any(area is not above and area.lies_in(above) for above in state.areas)
        )
    if state.zone is not None:
        return tuple(area for area in areas if area.level == "township")
    return areas
