"""Reads counties and above that no table has: misspelt, long abolished, or unknown.

Such a place is kept as printed and never taken for a similar one: 沐阳县 is not 沭阳县. Only its
class says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.places.gazetteer import Area, AreaLevel
from indexer.text.folding import HAN

_NAME = re.compile(
    rf"{HAN}{{2,16}}?自治[县旗州]|{HAN}{{1,10}}?县|{HAN}{{2,10}}?(?:地区|[市区旗盟])"
)
_MAX_CLASS_CHARACTERS = 3
"""Class characters in a name at which its end is tried: 北市区 ends with the second one."""

_COMMON = re.compile(
    "^(?:[各全本我该每省市县区旗州盟乡镇村]|所有|有关|相关|下属|所属|属地|国家|中国|中华|中央|人民|老区"
    "|革命老区|县级|地级)"
    "|(?:社|小|园|校|景|灌|库|辖|片|街|厂|营|学|保护|开发|示范|试验|实验|合作|度假|风景|保税|综保|自贸"
    "|贸易|港口|管理|集聚|聚集|功能|商务|经济|经开|高新|工业|产业|物流|自治|行政|战|军|防|特|新|湾|林|矿"
    "|垦|油|源|滩|疫|灾|核心|中心|流域)区$"
    "|^(?:主|老|中心)?(?:城|郊|市|山|矿|林|牧)区$|^(?:大|中|小|超大|智慧|文明|卫生|森林)*城市$"
    "|^(?:直辖|地级|县级|副省级|超|都|菜|股|楼|夜|集|门)市$"
    "|^[红国党军锦]旗$|联盟$|同盟$"
    "|(?:华[东北南中]|中南|[东西][南北]|[东西南北中]部|民族|边远|贫困|偏远|沿海|周边|农村)地区$"
    "|(?:贫困|百强|示范|试点)县$"
    "|政府|公开|信息|政务|工作|年度|管理|服务|部门|单位|机关|委员|办公|[局厅处路街村]|报告|关于|的|认真"
    "|贯彻|落实|推进|加强|配合|按照|根据|做好|以及|通过|依托|指导"
)
"""Words that end like a place's name and are none, or only name its kind."""

_OF_NO_PREFECTURE = re.compile("管理|办事处")
"""What follows a 地区 that is part of a city: 天安门地区管理委员会, 管庄地区办事处."""

_GOES_ON = re.compile("域|划|位|间|场|容|情|块链|地区|[县区旗盟]|市(?![场容政民])")
"""What follows a class character inside a word: 区域, 市场."""

_FORMER_CITIES: dict[str, AreaLevel] = {
    "襄樊市": "prefecture",
    "胶南市": "county",
    "潞西市": "county",
    "米泉市": "county",
    "北宁市": "county",
}
"""The cities of GB/T 2260 (2002 to 2014) not in the tables; 市 does not tell their level."""


def find_lost(text: str) -> Iterator[tuple[str, str]]:
    """Yield readings of a folded name as a county or above and the rest, shortest first.

    >>> list(find_lost("沐阳县人民政府")), list(find_lost("城市管理局"))
    ([('沐阳县', '人民政府')], [])
    """
    end = 0
    for _ in range(_MAX_CLASS_CHARACTERS):
        match = next((m for m in _ends(text) if m > end), None)
        if match is None:
            return
        end = match
        name, rest = text[:end], text[end:]
        part = name.endswith("地区") and _OF_NO_PREFECTURE.match(rest)
        if not part and not _COMMON.search(name) and not _GOES_ON.match(rest):
            yield name, rest


def _ends(text: str) -> Iterator[int]:
    for end in range(2, min(len(text), 18) + 1):
        if _NAME.fullmatch(text, 0, end):
            yield end


def areas_above(
    name: str, rest: str, above: tuple[Area, ...], lost: str | None
) -> tuple[Area, ...] | None:
    """Return what a lost place lies in, by what is printed before it; None if that cannot be."""
    if lost and level_of_lost(lost) == "county":
        return None
    levels = {area.level for area in above}
    if levels - {"province", "prefecture"}:
        return _provinces(above) if _was_in_prefecture(name, rest, above) else None
    if level_of_lost(name, above) != "prefecture":
        return above
    return above if not lost and levels <= {"province"} else None


def _was_in_prefecture(name: str, rest: str, above: tuple[Area, ...]) -> bool:
    """Return whether a district is printed below a county-level city (巢湖市居巢区).

    The city was a prefecture then, so that what it lay in is its province.
    """
    is_governed = not rest or rest.startswith("人民政府")
    is_city = all(area.level == "county" and area.name.endswith("市") for area in above)
    return is_governed and is_city and name.endswith("区")


def _provinces(areas: tuple[Area, ...]) -> tuple[Area, ...]:
    return tuple(dict.fromkeys(area.province for area in areas if area.province))


def level_of_lost(name: str, above: tuple[Area, ...] = ()) -> AreaLevel | None:
    """Return the level that the class of a place tells. A 市 is a county only below a prefecture.

    >>> level_of_lost("沐阳县"), level_of_lost("昌都地区"), level_of_lost("沐阳市")
    ('county', 'prefecture', None)
    """
    if name.endswith(("自治州", "地区", "盟")):
        return "prefecture"
    if name.endswith(("县", "区", "旗")):
        return "county"
    if above and all(area.level == "prefecture" for area in above):
        return "county"
    return _FORMER_CITIES.get(name)
