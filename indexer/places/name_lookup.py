"""Looks up places by the names printed for them: full, without a class, or with another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from indexer.places.gazetteer import Area, gazetteer
from indexer.text.folding import HAN, fold

_PEOPLES = (
    "蒙古族|回族|藏族|维吾尔族|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|傣族|黎族|傈僳族|佤族|畲族|"
    "拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|普米族|塔吉克族|怒族|"
    "鄂温克族|保安族|裕固族|独龙族|鄂伦春族|各族|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯|达斡尔|鄂温克"
)
_AUTONOMOUS = re.compile(rf"(?:{_PEOPLES}|壮|回|维吾尔)*自治.$")
_CLASS = re.compile("(?:特别行政区|地区|林区|矿区|省|市|县|区|旗|盟)$")
_ETHNIC = re.compile(rf"(?P<name>{HAN}{{2,}}?)(?:{_PEOPLES}|民族)+(?P<kind>[乡镇])")
MANAGED = "街道|街|镇|乡|苏木|农场|林场|牧场|渔场|垦殖场|原种场|良种场"
_TOWNSHIP_NAME = re.compile(rf"{HAN}+(?:{MANAGED}|团|地区|办事处)$")
NAMELESS = re.compile(
    "(?:农|林|牧|渔|盐|茶|园艺|种畜|畜牧|良种|原种|国营农|国营林)场|街道|城区|社区|苗圃|(?:城镇|城区)街道|城镇|城乡|乡镇|镇"
)
"""Township rows that say what they are but not which: no name to look a place up by."""


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
    """Return the places for a name whose class is in no table: 延边州, or 密云县 for 密云区."""
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
    """Return the folded names that are no common words, with the places that bear them."""
    found: dict[str, tuple[Area, ...]] = {}
    for name, areas in gazetteer().by_name.items():
        if _is_telling(name, areas):
            folded = fold(name)
            found[folded] = found.get(folded, ()) + areas
    return found


@cache
def short_townships() -> Mapping[str, tuple[Area, ...]]:
    """Return the places for an ethnic township named without its peoples: 杨柳乡."""
    found: dict[str, list[Area]] = defaultdict(list)
    for area in gazetteer().areas:
        match = _ETHNIC.fullmatch(area.name) if area.level == "township" else None
        if match:
            found[fold(match["name"] + match["kind"])].append(area)
    return {name: tuple(areas) for name, areas in found.items()}


def _is_telling(name: str, areas: tuple[Area, ...]) -> bool:
    if any(area.level != "township" for area in areas):
        return True
    return NAMELESS.fullmatch(name) is None and _TOWNSHIP_NAME.match(name) is not None


def stem(name: str) -> str:
    """Return a place's name without its class: 宜春 of 宜春市, 延边 of 延边朝鲜族自治州, 内蒙古 of 内蒙古自治区."""
    if "自治" not in name:
        return _CLASS.sub("", name, count=1)
    if name == "内蒙古自治区":
        return "内蒙古"
    return _AUTONOMOUS.sub("", name, count=1)


def _other_classes(area: Area) -> tuple[str, ...]:
    """Return the former and short classes that may be printed instead of a place's own."""
    if area.name.endswith("自治州"):
        return ("州", "自治州")
    if area.name.endswith("自治县"):
        return ("县", "自治县")
    if area.name.endswith("自治旗"):
        return ("旗", "自治旗")
    if area.level == "prefecture" and area.name.endswith("市"):
        return ("地区", "盟")
    if area.level == "county":
        return {"区": ("县", "市"), "市": ("县",)}.get(area.name[-1], ())
    return ()
