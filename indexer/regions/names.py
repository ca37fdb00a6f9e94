"""Reading a printed name from the left: 济南市历下区大明湖街道办事处 is two places, a township and an organ.

Places are looked up along their path: of two names that fit, the longer; of the places that bear a name, those that lie in
the place named before it. Nothing is decided here: a reading keeps every place that it can mean.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from indexer.regions.gazetteer import Area, gazetteer
from indexer.text import HAN, fold

_LONGEST = 20

_PEOPLES = (
    "蒙古族|回族|藏族|维吾尔族|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|傣族|黎族|傈僳族|佤族|畲族|"
    "拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|普米族|塔吉克族|怒族|"
    "鄂温克族|保安族|裕固族|独龙族|鄂伦春族|各族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯|达斡尔|鄂温克"
)
_AUTONOMOUS = re.compile(rf"(?:{_PEOPLES}|壮|回|维吾尔)*自治.$")
_CLASS = re.compile("(?:特别行政区|地区|林区|矿区|省|市|县|区|旗|盟)$")
_ETHNIC = re.compile(rf"(?P<name>{HAN}{{2,}}?)(?:{_PEOPLES}|民族)+(?P<kind>[乡镇])")
_MANAGED = "街道|街|镇|乡|苏木|农场|林场|牧场|渔场|垦殖场|原种场|良种场"
_GOVERNED = "人民政府|政府|办事处|办$|党政|党工委|管理委员会|管委会|财政|便民|$"
_TOWNSHIP = re.compile(rf"(?P<name>{HAN}{{1,12}}?(?:{_MANAGED}))(?=(?:{_GOVERNED}))")
_BEYOND_COUNTY = re.compile(rf"{HAN}{{2,9}}?(?:市|县|旗|区)(?P<name>{HAN}{{2,}})$")
_TOWNSHIP_NAME = re.compile(rf"{HAN}+(?:{_MANAGED}|团|地区|办事处)$")
_NAMELESS = re.compile(
    "(?:农|林|牧|渔|盐|茶|园艺|种畜|畜牧|良种|原种|国营农|国营林)场|街道|城区|社区|苗圃|(?:城镇|城区)街道|城镇|城乡|乡镇|镇"
)
"""Township rows that say what they are but not which: no name to look a place up by."""

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


_ABOVE = re.compile(
    "^(?:国家税务总局|国家统计局|中国人民银行|中华人民共和国|中国共产党|中共|共青团(?!镇|农场)|(?:新疆生产建设)?兵团(?!路|街|镇|乡))?"
    "(?:第[一二三四五六七八九十]+师(?!..?[镇乡村]))?"
)
"""What stands before the place in the name of an office that answers to the centre: 国家税务总局高安市税务局."""

_CUSTOMARY = {
    "科右中旗": "科尔沁右翼中旗",
    "科右前旗": "科尔沁右翼前旗",
    "科左中旗": "科尔沁左翼中旗",
    "科左后旗": "科尔沁左翼后旗",
    "察右前旗": "察哈尔右翼前旗",
    "察右中旗": "察哈尔右翼中旗",
    "察右后旗": "察哈尔右翼后旗",
    "达茂旗": "达尔罕茂明安联合旗",
    "土左旗": "土默特左旗",
    "土右旗": "土默特右旗",
    "阿左旗": "阿拉善左旗",
    "阿右旗": "阿拉善右旗",
    "东乌旗": "东乌珠穆沁旗",
    "西乌旗": "西乌珠穆沁旗",
}
"""Banners that their own governments call by a shorter name."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A printed name as read. `areas` is everything its last known place can be, each within the places before it.

    `places` are the place names as printed, from the highest. `zone` and `township` are printed names, whether or not the
    tables know them; a township that they do not know leaves `areas` with what is above it. `rest` is what follows: an
    organ, a street, nothing. `short` says that `areas` rests on a name without its 市, 县 or 区 and nothing above it.
    """

    places: tuple[str, ...] = ()
    areas: tuple[Area, ...] = ()
    zone: str | None = None
    township: str | None = None
    rest: str = ""
    short: bool = False

    @property
    def placed(self) -> bool:
        """Whether the tables know the township where it is said to be."""
        return bool(self.areas) and self.areas[0].level == "township"

    @property
    def located(self) -> bool:
        """Whether a county or something above it is printed."""
        return len(self.places) > (1 if self.placed else 0)


def read_name(text: str) -> Reading:
    """Return the reading of a folded name. What names no place gives the empty reading with all of it as `rest`.

    >>> reading = read_name("高安市田南镇人民政府")
    >>> reading.places, reading.rest
    (('高安市', '田南镇'), '人民政府')
    """
    state = Reading(rest=_ABOVE.sub("", text, count=1) or text)
    while True:
        following = _step(state)
        if following is None:
            return state
        state = following


@cache
def short_names() -> Mapping[str, tuple[Area, ...]]:
    """Return what can be meant by a name without its class: 宜春 for 宜春市, 青龙 for 青龙满族自治县."""
    found: dict[str, list[Area]] = defaultdict(list)
    for area in gazetteer().areas:
        bare = fold(stem(area.name))
        if area.level in ("province", "prefecture", "county") and len(bare) > 1:
            found[bare].append(area)
    return {name: tuple(areas) for name, areas in found.items()}


@cache
def other_names() -> Mapping[str, tuple[Area, ...]]:
    """Return what is meant by a name with a class that is in no table: 延边州, or 密云县 for what is now 密云区."""
    known = known_names()
    found: dict[str, list[Area]] = defaultdict(list)
    for stem, areas in short_names().items():
        for area in areas:
            for name in (stem + suffix for suffix in _other_classes(area)):
                if name not in known:
                    found[name].append(area)
    for name, full in _CUSTOMARY.items():
        found[name].extend(known[full])
    return {name: tuple(areas) for name, areas in found.items()}


@cache
def known_names() -> Mapping[str, tuple[Area, ...]]:
    """Return all names of the tables that can be told from common words, folded, with the places that bear them."""
    found: dict[str, tuple[Area, ...]] = {}
    for name, areas in gazetteer().by_name.items():
        if _is_telling(name, areas):
            folded = fold(name)
            found[folded] = found.get(folded, ()) + areas
    return found


@cache
def short_townships() -> Mapping[str, tuple[Area, ...]]:
    """Return what can be meant by the name of an ethnic township without its peoples: 杨柳乡 for 杨柳白族彝族乡."""
    found: dict[str, list[Area]] = defaultdict(list)
    for area in gazetteer().areas:
        match = _ETHNIC.fullmatch(area.name) if area.level == "township" else None
        if match:
            found[fold(match["name"] + match["kind"])].append(area)
    return {name: tuple(areas) for name, areas in found.items()}


def _is_telling(name: str, areas: tuple[Area, ...]) -> bool:
    if any(area.level != "township" for area in areas):
        return True
    return _NAMELESS.fullmatch(name) is None and _TOWNSHIP_NAME.match(name) is not None


def stem(name: str) -> str:
    """Return a place's name without its class: 宜春 of 宜春市, 延边 of 延边朝鲜族自治州."""
    return (_AUTONOMOUS if "自治" in name else _CLASS).sub("", name, count=1)


def _other_classes(area: Area) -> tuple[str, ...]:
    """Return the classes that a place may be printed with instead of its own: what it was, or what it is for short."""
    if area.name.endswith("自治州"):
        return ("州",)
    if area.name.endswith("自治县"):
        return ("县",)
    if area.level == "county":
        return {"区": ("县", "市"), "市": ("县",)}.get(area.name[-1], ())
    return ()


def _step(state: Reading) -> Reading | None:
    """Return the state with one more name read, or None at the end of the names."""
    if state.township is not None or not state.rest:
        return None
    text = state.rest
    if state.places and text.startswith("人民政府"):
        beyond = _step(Reading(state.places, state.areas, state.zone, None, text[4:], state.short))
        return beyond if beyond is not None and beyond.township is not None else None
    return _known(state, text) or _alias(state, text) or _zone(state, text) or _unknown_township(state, text)


def _known(state: Reading, text: str) -> Reading | None:
    for length in range(min(_LONGEST, len(text)), 1, -1):
        name = text[:length]
        known = known_names().get(name, ()) or other_names().get(name, ())
        areas = _within((*known, *short_townships().get(name, ())), state)
        if not areas and state.areas and _NAMELESS.fullmatch(name):
            areas = _within(gazetteer().by_name.get(name, ()), state)
        if areas and areas[0].level == "township" and name.endswith("街") and text.startswith("道", length):
            return _with_place(state, name + "道", areas, length + 1)
        if areas:
            return _with_place(state, name, areas, length)
    return None


def _alias(state: Reading, text: str) -> Reading | None:
    for length in range(min(_LONGEST, len(text)), 1, -1):
        areas = _inside(short_names().get(text[:length], ()), state)
        if areas:
            places = (*state.places, text[:length])
            read = Reading(places, areas, None, None, text[length:], state.short or not state.places)
            if _is_apt(read):
                return read
    return None


def _is_apt(read: Reading) -> bool:
    """Whether what follows a short name shows that it is a name: 宜春 in 宜春教育局, but not in 宜春路."""
    if not read.rest or _known(read, read.rest) or _zone(read, read.rest):
        return True
    if _TOWNSHIP.match(read.rest):
        return False
    return bool(_alias(read, read.rest) or _ORGAN.match(read.rest))


def _zone(state: Reading, text: str) -> Reading | None:
    match = _ZONE.match(text)
    if match is None or state.zone is not None or "政府" in match["head"] or "局" in match["head"]:
        return None
    printed = match.group()
    if state.places and (not match["head"] or _is_short(state.places[-1])):
        printed = state.places[-1] + printed
    elif not state.places and not match["head"]:
        return None
    return Reading(state.places, state.areas, printed, None, text[match.end() :], state.short)


def _is_short(name: str) -> bool:
    return name not in known_names() and name not in other_names()


def _unknown_township(state: Reading, text: str) -> Reading | None:
    """Return the state with a township read that is not in the tables, or not under what was read before it.

    A county that no table knows may stand before it; then the township is read without it.
    """
    match = _TOWNSHIP.match(text)
    if match is None:
        return None
    name, rest = match["name"], text[match.end() :]
    if name.endswith("街"):
        known = _within(known_names().get(name + "道", ()), state)
        return Reading((*state.places, name), known, state.zone, name + "道", rest, state.short) if known else None
    beyond = _BEYOND_COUNTY.match(name)
    if beyond is not None and not state.places:
        return _known(state, text[beyond.start("name") :]) or Reading(township=beyond["name"], rest=rest)
    if _NAMELESS.fullmatch(name) or _ANY_TOWNSHIP.search(name):
        return None
    return Reading(state.places, state.areas, state.zone, name, rest, state.short)


def _with_place(state: Reading, name: str, areas: tuple[Area, ...], length: int) -> Reading:
    """Return the state with a place read. A zone that the tables list counts as a zone, not as a place."""
    rest = state.rest[length:]
    lowest = areas[0].level
    places = (*state.places, name)
    if lowest == "township":
        return Reading(places, areas, state.zone, name, rest, state.short)
    if lowest == "zone":
        return Reading(state.places, areas, name, None, rest, False)
    return Reading(places, areas, state.zone, None, rest, False if not state.places else state.short)


def _within(areas: tuple[Area, ...], state: Reading) -> tuple[Area, ...]:
    """Return those that lie in what was read before, and of those only the highest: a county rather than a township."""
    inside = _inside(areas, state)
    highest = min((_ORDER.index(area.level) for area in inside), default=0)
    return tuple(area for area in inside if _ORDER.index(area.level) == highest)


def _inside(areas: tuple[Area, ...], state: Reading) -> tuple[Area, ...]:
    if state.areas:
        return tuple(area for area in areas if any(area is not above and area.lies_in(above) for above in state.areas))
    if state.zone is not None:
        return tuple(area for area in areas if area.level == "township")
    return areas


_ORDER = ("province", "prefecture", "county", "zone", "township")
