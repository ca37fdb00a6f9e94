"""Looks up places by the names printed for them: full, without a class, or with another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from indexer.places.ethnic_groups import ETHNIC_GROUPS
from indexer.places.gazetteer import Area, gazetteer
from indexer.text.folding import HAN, fold

# Groups that names also print without 族; any other bare character is part of a name (长白).
_PRINTED_BARE = ("蒙古", "哈萨克", "柯尔克孜", "塔吉克", "锡伯", "达斡尔", "鄂温克")
_PEOPLES = "|".join((*(f"{group}族" for group in ETHNIC_GROUPS), "各族", *_PRINTED_BARE))
_AUTONOMOUS = re.compile(rf"(?:{_PEOPLES}|壮|回|维吾尔)*自治.$")
_CLASS = re.compile("(?:特别行政区|地区|林区|矿区|省|市|县|区|旗|盟)$")
_ETHNIC = re.compile(rf"(?P<name>{HAN}{{2,}}?)(?:{_PEOPLES}|民族)+(?P<kind>[乡镇])")
MANAGED = "街道|街|镇|乡|苏木|农场|林场|牧场|渔场|垦殖场|原种场|良种场"
_TOWNSHIP_NAME = re.compile(rf"{HAN}+(?:{MANAGED}|团|地区|办事处)$")
NAMELESS = re.compile(
    "(?:农|林|牧|渔|盐|茶|园艺|种畜|畜牧|良种|原种|国营农|国营林)场|街道|城区|社区|苗圃"
    "|(?:城镇|城区)街道|城镇|城乡|乡镇|镇"
)
"""Names of townships that say their kind alone (农场): no place is looked up by them."""

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
"""Banners by the shorter names that their own governments use."""


@cache
def short_names() -> Mapping[str, tuple[Area, ...]]:
    """Return the places by their names without class: 宜春 for 宜春市, 青龙 for 青龙满族自治县."""
    found: dict[str, list[Area]] = defaultdict(list)
    for area in gazetteer().areas:
        bare = fold(stem(area.name))
        if area.level in ("province", "prefecture", "county") and len(bare) > 1:
            found[bare].append(area)
    return {name: tuple(areas) for name, areas in found.items()}


@cache
def other_names() -> Mapping[str, tuple[Area, ...]]:
    """Return the places by names with a class that no table has: 延边州, or 密云县 for 密云区."""
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
    """Return the places by their folded names, without names that are common words."""
    found: dict[str, tuple[Area, ...]] = {}
    for name, areas in gazetteer().by_name.items():
        if _is_telling(name, areas):
            folded = fold(name)
            found[folded] = found.get(folded, ()) + areas
    return found


@cache
def short_townships() -> Mapping[str, tuple[Area, ...]]:
    """Return ethnic townships by their names without the peoples, or without 民族 alone: 杨柳乡."""
    found: dict[str, list[Area]] = defaultdict(list)
    for area in gazetteer().areas:
        match = _ETHNIC.fullmatch(area.name) if area.level == "township" else None
        if match:
            shorter = (match["name"] + match["kind"], area.name.replace("民族", ""))
            for name in {fold(name) for name in shorter if name != area.name}:
                found[name].append(area)
    return {name: tuple(areas) for name, areas in found.items()}


def _is_telling(name: str, areas: tuple[Area, ...]) -> bool:
    if any(area.level != "township" for area in areas):
        return True
    return NAMELESS.fullmatch(name) is None and _TOWNSHIP_NAME.match(name) is not None


def stem(name: str) -> str:
    """Return a place's name without its class.

    >>> stem("宜春市"), stem("延边朝鲜族自治州"), stem("内蒙古自治区")
    ('宜春', '延边', '内蒙古')
    """
    if "自治" not in name:
        return _CLASS.sub("", name, count=1)
    if name == "内蒙古自治区":
        return "内蒙古"
    return _AUTONOMOUS.sub("", name, count=1)


def _other_classes(area: Area) -> tuple[str, ...]:
    """Return the former and the short classes that may be printed instead of a place's own."""
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
