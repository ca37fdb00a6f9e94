"""Names of development zones: 赣州经开区 is 赣州经济技术开发区 if the report or a table says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.places.gazetteer import Area, gazetteer

_SHORT = re.compile("(?P<head>.+?)(?:国家级?)?(?P<kind>经开区|高新区|开发区)$")
_FULL = {
    "经开区": "经济技术开发区|经济开发区",
    "高新区": "高新技术产业开发区|高新技术产业园区|高新技术开发区|高技术产业开发区|新技术开发区",
    "开发区": "经济技术开发区|经济开发区|高新技术产业开发区",
}
_KIND = re.compile(
    "(?:经济技术|经济|高新技术产业|高新技术|高技术产业|新技术)?(?:开发区|园区)|经开区|高新区"
)


@dataclass(frozen=True, slots=True)
class Zone:
    """A development zone: its full name, and its code where the Bureau's table has it."""

    name: str
    code: str | None = None


def find_zone(printed: str, areas: tuple[Area, ...], text: str) -> Zone:
    """Return the zone of a printed name, in full if the text or a table has just one full name.

    A short name is not written out by rule: 经开区 is 经济技术开发区 in one place and 经济开发区 in
    another.
    """
    names = _full_names(printed, text)
    found = _named(printed, names, _listed(areas))
    known = found[0] if len(found) == 1 else None
    if len(names) == 1:
        return Zone(names.pop(), known.code if known else None)
    return Zone(known.name, known.code) if known else Zone(printed)


def _named(printed: str, names: set[str], listed: Sequence[Area]) -> list[Area]:
    """Return the zones of the tables with the printed or a full name, else those meant by it."""
    found = [area for area in listed if area.name in names or printed in (area.name, _bare(area))]
    if found or len(names) == 1:
        return found
    return [area for area in listed if _is_short_for(printed, area)]


def _full_names(printed: str, text: str) -> set[str]:
    match = _SHORT.fullmatch(printed)
    if match is None or _KIND.sub("", printed) + match["kind"] != printed:
        return set()
    head = re.escape(match["head"].removesuffix("市"))
    return {found.group() for found in re.finditer(f"{head}(?:{_FULL[match['kind']]})", text)}


def _listed(areas: tuple[Area, ...]) -> list[Area]:
    prefectures = dict.fromkeys(area.at("prefecture") or area.at("province") for area in areas)
    if len(prefectures) != 1:
        return []
    return [
        area
        for above in prefectures
        if above
        for area in gazetteer().children(above)
        if area.level == "zone"
    ]


def _bare(area: Area) -> str:
    """Return the name without the province before it: 唐山海港经济开发区."""
    province = area.at("province")
    return area.name.removeprefix(province.name[:2]) if province else area.name


def _is_short_for(printed: str, area: Area) -> bool:
    match = _SHORT.fullmatch(printed)
    if match is None or match["kind"] == "开发区":
        return False
    head = match["head"].removesuffix("市")
    return re.fullmatch(f"(?:{head}市?)(?:{_FULL[match['kind']]})", _bare(area)) is not None
