"""Parses a body's name as printed, completes it, and tells the body's kind and level.

A place that reports is its government: 高安市 is 高安市人民政府, 建章路街道 its 街道办事处,
鞍山高新区 its 管理委员会. An office (政府办公室, 办公厅, 党政办) is a department unless it speaks
for its government; a township has no departments that report, so its office always does. A school
or a hospital reports too, but is at no level of government.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from indexer.places.printed_names import ParsedPlaceName, read_name
from indexer.places.unlisted import level_of_lost
from indexer.records import Level
from indexer.text.folding import fold

Kind: TypeAlias = Literal[
    "place", "government", "zone", "office", "department", "institution", "corps", "unknown"
]

HAN_AND = r"[\u4e00-\u9fff、()]"
"""Characters of an organ's name."""
_GOVERNMENT = re.compile("(?:人民)?政府|行政公署|行署|(?:行政)?专员公署")
_STREET_OFFICE = re.compile("(?:街道|地区)?办事处|街道办|街办|办")
_ZONE = re.compile(r".{0,20}(?:管理委员会|管委会|管委)")
_OFFICE = re.compile(
    "(?:人民政府|政府|行政公署|行署|管理委员会|管委会|街道办事处|办事处)?(?:党政|综合|党委|党群|和|与|及)*"
    "(?:办公室|办公厅|党政办|综合办|(?<=党政)办|(?<=政府)办)"
)
GROUP = re.compile(
    "(?:领导小组|(?:政务|信息|政府信息)公开).{0,12}(?:办公室|办|科|股)$"
    "|党政综合(?:办公室|办)$|党政办(?:公室)?$"
)
_DEPARTMENT = re.compile(
    rf"{HAN_AND}{{0,40}}(?:局|委员会|委|厅|办公室|办|中心|队|站|所|会|处|馆|台|社|联|部|署|室|库|狱|海关|支行|小组)"
)
_ENTERPRISE = "公司|集团|银行(?:.{1,20}[支分]行)?|(?:供|自来|污水|水|热|电|净化|处理).{0,4}厂"
_INSTITUTION = re.compile(
    rf"{HAN_AND}{{0,40}}(?:大学|学院|分院|医院|保健院|疗养院|卫生院|福利院|院|中学|小学|学|校"
    rf"|(?:幼儿|保育|动物|植物|公)园|卫生服务(?:中心|站)|{_ENTERPRISE})(?:(?<=大学|学院)\([\u4e00-\u9fff]{{2,4}}\))?"
)
OFFICE_OF_INSTITUTION = re.compile(
    rf"(?P<whole>{HAN_AND}{{0,40}}(?:大学|学院|医院|中学|小学|学校|公司|集团))"
    "(?:党政|综合|党委|学校|校长|院长|医院|行政|信息公开|政务公开|工作|领导小组|和|与|、|党群)*"
    "(?:办公室|办)"
)
_ORGANS_ALL_THE_SAME = re.compile(
    "法院|检察院|国务院|人民银行|中国(?:社会)?科学院|中国工程院|考试院|仲裁院|参事室"
)
"""Authorities whose names end like a school's or a bank's."""

_CORPS = re.compile(
    r"(?:(?:新疆生产建设)?兵团)?(?:(?:第|农)?[一二三四五六七八九十]+师)?"
    r"(?:\d{1,3}|[〇○零一二三四五六七八九十百]{1,5})团(?:场|[\u4e00-\u9fff]{2,8}镇)?"
)
"""A regiment of the Xinjiang corps, which governs like a township; also with division or town."""

_PARENT_BY_PREFIX: dict[str, Level] = {
    "自治区": "province",
    "自治州": "prefecture",
    "自治县": "county",
    "自治旗": "county",
    "省": "province",
    "州": "prefecture",
    "盟": "prefecture",
    "县": "county",
    "旗": "county",
    "区": "county",
    "镇": "township",
    "乡": "township",
}
_BY_SUFFIX: tuple[tuple[str, Level], ...] = (
    ("省", "province"),
    ("自治区", "province"),
    ("自治州", "prefecture"),
    ("地区", "prefecture"),
    ("盟", "prefecture"),
    ("县", "county"),
    ("旗", "county"),
    ("区", "county"),
)
_ZONE_PREFIX = re.compile(
    "经济技术开发区|经济开发区|经开区|高新区|开发区|示范区|新区|度假区|风景区|产业园区|工业园区|集聚区"
    "|园区|管委会"
)
_FOR_GOVERNMENT = re.compile("(?:我|全)(?:省|市|县|区|旗|州|盟|自治区)")
_FOR_OFFICE = re.compile("(?:我|本)(?:办|厅|室|单位|委|局)(?!事)")


@dataclass(frozen=True, slots=True)
class ParsedBodyName:
    """A body's name as printed and parsed, with its kind; `organ` follows the last place."""

    printed: str
    reading: ParsedPlaceName
    kind: Kind
    organ: str

    @property
    def stem(self) -> str:
        """The printed name without its organ."""
        return self.printed[: len(self.printed) - len(self.organ)]


@dataclass(frozen=True, slots=True)
class PublishingBody:
    """The publishing body; of a department, `parent_level` is the level of its government."""

    name: str | None = None
    level: Level | None = None
    parent_level: Level | None = None


def parse_name(printed: str) -> ParsedBodyName:
    """Parse the printed name of a body; what is none gets the kind `unknown`.

    >>> parse_name("高安市教育局").kind, parse_name("高安市田南镇").kind
    ('department', 'place')
    """
    reading = read_name(fold(printed), lost=True)
    return ParsedBodyName(printed, reading, _kind(reading), reading.rest)


def complete(name: ParsedBodyName) -> str:
    """Return the full name of a body, with the organ written out that is left out or cut short.

    >>> complete(parse_name("田南镇")), complete(parse_name("田南镇政府"))
    ('田南镇人民政府', '田南镇人民政府')
    >>> complete(parse_name("白云街"))
    '白云街道办事处'
    """
    stem = name.stem
    if name.kind in ("place", "government") and name.reading.township is not None:
        return _complete_township(stem, name)
    if name.kind == "place":
        return stem + _organ_of_place(stem, name.reading)
    if name.kind == "government":
        return stem + {"政府": "人民政府", "行署": "行政公署"}.get(name.organ, name.organ)
    if name.kind == "zone":
        return re.sub("(?:管委会|管委)$", "管理委员会", name.printed)
    return name.printed


def _organ_of_place(stem: str, reading: ParsedPlaceName) -> str:
    if reading.zone:
        return "管理委员会"
    return "行政公署" if stem.endswith(("盟", "地区")) else "人民政府"


def build_body(name: ParsedBodyName | None, narrative: str) -> PublishingBody:
    """Return the body of a name. The folded `narrative` tells for whom an office speaks."""
    if name is None or name.kind == "unknown":
        return PublishingBody()
    if name.kind == "place" and _is_short(name.reading):
        return _body_of_short_name(name.reading)
    printed, place = _as_in_tables(complete(name), name.reading), place_level(name.reading)
    levels: dict[Kind, Level | None] = {
        "institution": "institution",
        "corps": "township",
        "zone": "zone",
        "place": place,
        "government": place,
    }
    if name.kind == "office" and (place == "township" or speaks_for_government(narrative)):
        levels["office"] = place
    if name.kind in levels:
        return PublishingBody(printed, levels[name.kind])
    return PublishingBody(printed, "department", place or _parent_level(name.organ))


def _is_short(reading: ParsedPlaceName) -> bool:
    return reading.short and not (reading.zone or reading.township or reading.lost)


def _parent_level(organ: str) -> Level | None:
    """Return the level of the government of a department without a place: 市 tells none."""
    if _ZONE_PREFIX.match(organ):
        return "zone"
    return _PARENT_BY_PREFIX.get(organ[:3]) or _PARENT_BY_PREFIX.get(organ[:1])


def _body_of_short_name(reading: ParsedPlaceName) -> PublishingBody:
    """Return the one government that a title means by 宜春 alone; a county is not named so."""
    above = [area for area in reading.areas if area.level in ("province", "prefecture")]
    if len(above) != 1 or not all(area.lies_in(above[0]) for area in reading.areas):
        return PublishingBody()
    return PublishingBody(
        complete(parse_name(above[0].name)), place_level(replace(reading, areas=(above[0],)))
    )


def place_level(reading: ParsedPlaceName) -> Level | None:
    """Return the level of a name's last place, by the tables, else by its class, if certain."""
    if reading.township is not None:
        return "township"
    if reading.zone is not None:
        return "zone"
    if reading.lost is not None:
        return level_of_lost(reading.lost, reading.areas)
    levels: set[Level] = {area.level for area in reading.areas}
    if len(levels) == 1:
        return levels.pop()
    last = reading.places[-1] if reading.places else ""
    return next((level for suffix, level in _BY_SUFFIX if last.endswith(suffix)), None)


def speaks_for_government(narrative: str) -> bool:
    """Return whether an office speaks for its government: of 我市 and 全市 more than of 我办."""
    return len(_FOR_GOVERNMENT.findall(narrative)) > 2 * len(_FOR_OFFICE.findall(narrative))


def _as_in_tables(printed: str, reading: ParsedPlaceName) -> str:
    """Return a name with its places as in the tables, where folding changed a character (乾县)."""
    area = reading.areas[0] if len(reading.areas) == 1 else None
    while area is not None:
        printed = printed.replace(fold(area.name), area.name)
        area = area.parent
    return printed


def _kind(reading: ParsedPlaceName) -> Kind:
    organ = reading.rest
    if not organ:
        return "place" if is_placed(reading) else "unknown"
    kind = _kind_of_government(reading) if is_placed(reading) else None
    if kind is not None:
        return kind
    if _is_zone(reading):
        return "zone"
    if _is_institution(organ):
        return "institution"
    if _CORPS.fullmatch(organ) and not reading.township:
        return "corps"
    return _kind_of_department(reading)


def _kind_of_department(reading: ParsedPlaceName) -> Kind:
    """Return whether another organ is a department, a township's office, or no organ at all."""
    organ = reading.rest
    if not (_DEPARTMENT.fullmatch(organ) or _ORGANS_ALL_THE_SAME.search(organ)):
        return "unknown"
    return "office" if reading.township and GROUP.search(organ) else "department"


def _kind_of_government(reading: ParsedPlaceName) -> Kind | None:
    """Return the kind of a place's government or of its office; None for another organ."""
    organ, is_township = reading.rest, reading.township is not None
    if _GOVERNMENT.fullmatch(organ) or (is_township and _STREET_OFFICE.fullmatch(organ)):
        return "government"
    return "office" if _OFFICE.fullmatch(organ) else None


def is_placed(reading: ParsedPlaceName) -> bool:
    """Return whether a name says where its body is, in the tables or not."""
    return bool(reading.areas or reading.township or reading.zone or reading.lost)


def _is_institution(organ: str) -> bool:
    if _ORGANS_ALL_THE_SAME.search(organ):
        return False
    return bool(_INSTITUTION.fullmatch(organ) or OFFICE_OF_INSTITUTION.fullmatch(organ))


def _is_zone(reading: ParsedPlaceName) -> bool:
    if reading.township is not None or not _ZONE.fullmatch(reading.rest):
        return False
    return reading.zone is not None or reading.rest in ("管理委员会", "管委会", "管委")


def _complete_township(stem: str, name: ParsedBodyName) -> str:
    township = name.reading.township or ""
    if township.endswith("街道"):
        return re.sub("街(?:道)?$", "街道", stem) + "办事处"
    if township.endswith("地区") or name.organ.endswith("办事处"):
        return stem + "办事处"
    if name.kind == "place" and not township.endswith(("镇", "乡", "苏木")):
        return stem
    return stem + "人民政府"
