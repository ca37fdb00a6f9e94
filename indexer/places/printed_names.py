"""Reading a printed name from the left: 济南市历下区大明湖街道办事处 is two places, a township and an organ.

Places are looked up along their path: of two names that fit, the longer; of the places that bear a name, those that lie in
the place named before it. Nothing is decided here: a reading keeps every place that it can mean.
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

_LONGEST = 20

_GOVERNED = "人民政府|政府|办事处|办$|党政|党工委|管理委员会|管委会|财政|便民|$"
_TOWNSHIP = re.compile(rf"(?P<name>{HAN}{{1,12}}?(?:{MANAGED}))(?=(?:{_GOVERNED}))")
_BEYOND_COUNTY = re.compile(rf"{HAN}{{2,9}}?(?:市|县|旗|区)(?P<name>{HAN}{{2,}})$")
_ANY_TOWNSHIP = re.compile("^(?:各|全|本|我|该|每|所有|有关|相关|下属|所属|属地)|乡镇$")
_ZONE = re.compile(
    rf"(?P<head>(?:国家级?)?{HAN}{{0,10}}?)"
    r"(?P<kind>经济技术开发区|经济开发区|高新技术产业(?:开发|园)区|高新技术开发区|高技术产业开发区|新技术开发区|经开区|高新区|开发区"
    r"|经济区|工业园区|产业园区|产业集聚区|示范区|新区|管理区|园区|风景名胜区|风景区|度假区|保税港?区|试验区|实验区|合作区|工业园"
    r"|产业园|科技园|科技城|生态城|新城|商务区|自贸区|贸易区)"
    r"(?!街道|镇|乡|路|村|建设局|管理局|分局)"
)
_ORGAN = re.compile(
    r"(?:人民政府|政府|行政公署|行署|管理委员会|管委会|办事处)|.{0,30}(?:局|委员会|委|厅|办公室|办|中心|院|队|站|所|会|处|馆|校|公司|台|社|联|部|署|学|海关|支行)$"
)


_CLASS = re.compile("[市县区旗州盟](?!场|容|域|划)|地区")
_OF_WATERS = re.compile("流域|航道|水系|海域")
"""How a name goes on in which a county's stem is a lake or a river: 太湖流域管理局."""

_ABOVE = re.compile(
    "^(?:国家税务总局|国家统计局|中国人民银行|中华人民共和国|中国共产党|中共|共青团(?!镇|农场)|(?:新疆生产建设)?兵团(?!路|街|镇|乡))?"
    "(?:第[一二三四五六七八九十]+师(?!..?[镇乡村]))?"
)
"""What stands before the place in the name of an office that answers to the centre: 国家税务总局高安市税务局."""


@dataclass(frozen=True, slots=True)
class ParsedPlaceName:
    """A printed name as read. `areas` is everything its last known place can be, each within the places before it.

    `places` are the place names as printed, from the highest. `zone` and `township` are printed names, whether or not the
    tables know them; a township that they do not know leaves `areas` with what is above it. `rest` is what follows: an
    organ, a street, nothing. `short` says that `areas` rests on a name without its 市, 县 or 区 and nothing above it.
    `lost` is the last of the places if no table has it: then `areas` is what is printed above it.
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
        """Whether the tables know the township where it is said to be."""
        return bool(self.areas) and self.areas[0].level == "township"

    @property
    def located(self) -> bool:
        """Whether a county or something above it is printed."""
        return len(self.places) > (1 if self.placed else 0)


def read_name(text: str, *, lost: bool = False) -> ParsedPlaceName:
    """Return the reading of a folded name. What names no place gives the empty reading with all of it as `rest`.

    With `lost`, a county that no table has is read too, by its class: only for what is surely a body's name.

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
        beyond = _step(replace(state, rest=text[4:]), lost)
        return beyond if beyond is not None and beyond.township is not None else None
    if state.lost is not None:
        return (
            (_lost(state, text) if state.zone is None else None)
            or _zone(state, text)
            or _unknown_township(state, text)
        )
    known = _known(state, text) or _alias(state, text, lost)
    if known is None and lost and state.zone is None:
        known = _lost(state, text)
    return known or _zone(state, text) or _unknown_township(state, text)


def _lost(state: ParsedPlaceName, text: str) -> ParsedPlaceName | None:
    """Return the state with a county read that no table has, if what follows shows that it is one."""
    for name, rest in find_lost(text):
        areas = areas_above(name, rest, state.areas, state.lost)
        if areas is None:
            continue
        read = ParsedPlaceName((*state.places, name), areas, None, None, rest, state.short, name)
        if (
            not rest
            or _ORGAN.match(rest)
            or _TOWNSHIP.match(rest)
            or _zone(read, rest)
            or _lost(read, rest)
        ):
            return read
    return None


def _known(state: ParsedPlaceName, text: str) -> ParsedPlaceName | None:
    for length in range(min(_LONGEST, len(text)), 1, -1):
        name = text[:length]
        known = known_names().get(name, ()) or other_names().get(name, ())
        areas = _within((*known, *short_townships().get(name, ())), state)
        if not areas and state.areas and NAMELESS.fullmatch(name):
            areas = _within(gazetteer().by_name.get(name, ()), state)
        if (
            areas
            and areas[0].level == "township"
            and name.endswith("街")
            and text.startswith("道", length)
        ):
            return _with_place(state, name + "道", areas, length + 1)
        if areas:
            return _with_place(state, name, areas, length)
    return None


def _alias(state: ParsedPlaceName, text: str, lost: bool = False) -> ParsedPlaceName | None:
    for length in range(min(_LONGEST, len(text)), 1, -1):
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
    """Whether what follows a short name shows that it is a name: 宜春 in 宜春教育局, but not in 宜春路.

    The class that is printed with it is not that of the place where a table has no such place:
    宜春县教育局 (`lost`).
    """
    if _OF_WATERS.match(read.rest):
        return False
    if not read.rest or _known(read, read.rest):
        return True
    if lost and _CLASS.match(read.rest):
        return False
    if _zone(read, read.rest):
        return True
    if _TOWNSHIP.match(read.rest):
        return False
    if lost and _lost(read, read.rest):
        return True
    return bool(_alias(read, read.rest, lost) or _ORGAN.match(read.rest))


def _zone(state: ParsedPlaceName, text: str) -> ParsedPlaceName | None:
    match = _ZONE.match(text)
    if match is None or state.zone is not None or "政府" in match["head"] or "局" in match["head"]:
        return None
    printed = match.group()
    if state.places and (not match["head"] or _is_short(state.places[-1])):
        printed = state.places[-1] + printed
    elif not state.places and not match["head"]:
        return None
    return replace(state, zone=printed, rest=text[match.end() :])


def _is_short(name: str) -> bool:
    return name not in known_names() and name not in other_names()


def _unknown_township(state: ParsedPlaceName, text: str) -> ParsedPlaceName | None:
    """Return the state with a township read that is not in the tables, or not under what was read before it.

    A county that no table knows may stand before it; then the township is read without it.
    """
    match = _TOWNSHIP.match(text)
    if match is None:
        return None
    name, rest = match["name"], text[match.end() :]
    if state.lost is not None and not _ANY_TOWNSHIP.search(name):
        return replace(state, township=name, rest=rest)
    if name.endswith("街"):
        known = _within(known_names().get(name + "道", ()), state)
        return (
            ParsedPlaceName(
                (*state.places, name), known, state.zone, name + "道", rest, state.short
            )
            if known
            else None
        )
    beyond = _BEYOND_COUNTY.match(name)
    if beyond is not None and not state.places:
        return _known(state, text[beyond.start("name") :]) or ParsedPlaceName(
            township=beyond["name"], rest=rest
        )
    if NAMELESS.fullmatch(name) or _ANY_TOWNSHIP.search(name):
        return None
    return ParsedPlaceName(state.places, state.areas, state.zone, name, rest, state.short)


def _with_place(
    state: ParsedPlaceName, name: str, areas: tuple[Area, ...], length: int
) -> ParsedPlaceName:
    """Return the state with a place read. A zone that the tables list counts as a zone, not as a place."""
    rest = state.rest[length:]
    lowest = areas[0].level
    places = (*state.places, name)
    if lowest == "township":
        return ParsedPlaceName(places, areas, state.zone, name, rest, state.short)
    if lowest == "zone":
        return ParsedPlaceName(state.places, areas, name, None, rest, False)
    return ParsedPlaceName(
        places, areas, state.zone, None, rest, False if not state.places else state.short
    )


def _within(areas: tuple[Area, ...], state: ParsedPlaceName) -> tuple[Area, ...]:
    """Return those that lie in what was read before, and of those only the highest: a county rather than a township."""
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


_ORDER = ("province", "prefecture", "county", "zone", "township")
