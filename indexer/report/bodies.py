"""The publishing body: its name as printed, in full where the print is short of an organ, and what kind of body it is.

A place that reports is its government: 高安市 is 高安市人民政府, 建章路街道 its 街道办事处, 鞍山高新区 its 管理委员会. An office
(政府办公室, 办公厅, 党政办) is a department unless it speaks for its government; a township has no departments that report, so
its office always does. A school or a hospital reports too, but is at no level of government.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from indexer.records import Level
from indexer.regions.names import Reading, read_name
from indexer.text import fold

Kind: TypeAlias = Literal["place", "government", "zone", "office", "department", "institution", "unknown"]

_GOVERNMENT = re.compile("(?:人民)?政府|行政公署|行署")
_STREET_OFFICE = re.compile("(?:街道|地区)?办事处|街道办|街办|办")
_ZONE = re.compile(r".{0,20}(?:管理委员会|管委会|管委)")
_OFFICE = re.compile(
    "(?:人民政府|政府|行政公署|行署|管理委员会|管委会|街道办事处|办事处)?(?:党政|综合|党委|党群|和|与|及)*(?:办公室|办公厅|党政办|综合办|(?<=党政)办|(?<=政府)办)"
)
_GROUP = re.compile(
    "(?:领导小组|(?:政务|信息|政府信息)公开).{0,12}(?:办公室|办|科|股)$|党政综合(?:办公室|办)$|党政办(?:公室)?$"
)
_DEPARTMENT = re.compile(
    r"[\u4e00-\u9fff、()]{0,40}(?:局|委员会|委|厅|办公室|办|中心|队|站|所|会|处|馆|台|社|联|部|署|室|库|狱|海关|支行|小组)"
)
_COMPANY = re.compile("(?:公司|集团|银行)$")
_INSTITUTION = re.compile(r"[\u4e00-\u9fff、()]{1,40}(?:院|学|校|园|公司|集团|银行)")
_GENERIC = re.compile("^(?:[省市县区旗州盟镇乡我本全]|街道)")
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
_PART = re.compile(
    "(?P<whole>.+(?:局|厅|(?<!管理)委员会))(?:(?:党政|政务公开|综合)?(?:办公室|办)|办公厅|.{0,16}[科处股室])"
)
_ZONE_PREFIX = re.compile(
    "经济技术开发区|经济开发区|经开区|高新区|开发区|示范区|新区|度假区|风景区|产业园区|工业园区|集聚区|园区|管委会"
)
_BRANCH = re.compile("(?P<whole>.+政府)(?:办公室|办公厅)(?:政府信息|信息|政务|电子政务).{0,14}")
_FOR_GOVERNMENT = re.compile("(?:我|全)(?:省|市|县|区|旗|州|盟|自治区)")
_FOR_OFFICE = re.compile("(?:我|本)(?:办|厅|室|单位|委|局)(?!事)")
_MADE_FOR_OFFICE = re.compile("(?:我|本)(?:办|厅|室)(?!事)")
"""本单位 is what a government calls itself too, when its office made the report."""

_ITSELF = re.compile("(?:局|厅|委员会|委|办公室|中心)$")
_PARTY = re.compile("(?:省|市|县|区|旗|州|盟|镇|乡|街道|[党工])委$|党(?:工委|组)|委员会办公室$")
_SELF = re.compile("我([局厅委办院校镇乡街])(?!事)")
_CALLS = {
    "department": "局厅委办",
    "office": "办",
    "place": "镇乡街办",
    "government": "市县区旗州盟镇乡街办",
    "zone": "委",
}
"""What a body of each kind calls itself behind 我."""


@dataclass(frozen=True, slots=True)
class Name:
    """A body's name as printed, as read, and its kind. `organ` is what stands behind the last place."""

    printed: str
    reading: Reading
    kind: Kind
    organ: str

    @property
    def stem(self) -> str:
        """The printed name without its organ."""
        return self.printed[: len(self.printed) - len(self.organ)]


@dataclass(frozen=True, slots=True)
class Body:
    """The publishing body. `parent_level` is the level of the government of a department, None for all others."""

    name: str | None = None
    level: Level | None = None
    parent_level: Level | None = None


def parse_name(printed: str) -> Name:
    """Return a printed name as a body's, of kind `unknown` if it is none.

    >>> parse_name("高安市教育局").kind, parse_name("高安市田南镇").kind
    ('department', 'place')
    """
    reading = read_name(fold(printed))
    return Name(printed, reading, _kind(reading), reading.rest)


def complete(name: Name) -> str:
    """Return the full name of a body: with the organ that the print leaves out, and with no organ cut short.

    >>> complete(parse_name("田南镇")), complete(parse_name("田南镇政府")), complete(parse_name("白云街"))
    ('田南镇人民政府', '田南镇人民政府', '白云街道办事处')
    """
    stem = name.stem
    if name.kind in ("place", "government") and name.reading.township is not None:
        return _complete_township(stem, name)
    if name.kind == "place":
        return stem + (
            "管理委员会" if name.reading.zone else "行政公署" if stem.endswith(("盟", "地区")) else "人民政府"
        )
    if name.kind == "government":
        return stem + {"政府": "人民政府", "行署": "行政公署"}.get(name.organ, name.organ)
    if name.kind == "zone":
        return re.sub("(?:管委会|管委)$", "管理委员会", name.printed)
    return name.printed


def build_body(name: Name | None, narrative: str) -> Body:
    """Return the body of a name. `narrative` is the folded text, which tells for whom an office speaks."""
    if name is None or name.kind == "unknown":
        return Body()
    if name.kind == "place" and name.reading.short and not (name.reading.zone or name.reading.township):
        return _body_of_short_name(name.reading)
    printed, place = _as_in_tables(complete(name), name.reading), place_level(name.reading)
    if name.kind == "institution":
        return Body(printed, "department", place) if place and not _COMPANY.search(printed) else Body(printed)
    if name.kind in ("place", "government", "zone"):
        return Body(printed, "zone" if name.kind == "zone" else place)
    if name.kind == "office" and (place == "township" or speaks_for_government(narrative)):
        return Body(printed, place)
    prefixed = _PARENT_BY_PREFIX.get(name.organ[:3]) or _PARENT_BY_PREFIX.get(name.organ[:1])
    prefixed = "zone" if _ZONE_PREFIX.match(name.organ) else prefixed
    return Body(printed, "department", place or prefixed)


def _body_of_short_name(reading: Reading) -> Body:
    """Return the government that a title means by 宜春 alone; none if that can be more than one, or a county's stem."""
    above = [area for area in reading.areas if area.level in ("province", "prefecture")]
    if len(above) != 1 or not all(area.lies_in(above[0]) for area in reading.areas):
        return Body()
    return Body(complete(parse_name(above[0].name)), place_level(replace(reading, areas=(above[0],))))


def place_level(reading: Reading) -> Level | None:
    """Return the level of the place that a reading ends with, by the tables or else by its class; None if not certain."""
    if reading.township is not None:
        return "township"
    if reading.zone is not None:
        return "zone"
    levels: set[Level] = {area.level for area in reading.areas}
    if len(levels) == 1:
        return levels.pop()
    last = reading.places[-1] if reading.places else ""
    return next((level for suffix, level in _BY_SUFFIX if last.endswith(suffix)), None)


def speaks_for_government(narrative: str) -> bool:
    """Whether an office's report speaks of 我市 and 全市 more than of 我办, and so for its government."""
    return len(_FOR_GOVERNMENT.findall(narrative)) > 2 * len(_FOR_OFFICE.findall(narrative))


@dataclass(frozen=True, slots=True)
class Named:
    """The names that a report gives beside its title, in the order in which they are trusted."""

    signed: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


def choose_signatures(lines: Iterable[tuple[str, bool]]) -> Iterator[str]:
    """Yield those last lines that are a body's name: dated, or of an organ whose place they name.

    依托政务服务大厅 alone on a line is prose, though it ends like a department.
    """
    for printed, dated in lines:
        name = parse_name(printed)
        placed = bool(name.reading.areas or name.reading.township or name.reading.zone) and not name.reading.short
        if name.kind in ("government", "zone") or (name.kind != "unknown" and (dated or placed)):
            yield printed


def choose_name(titled: str, named: Named, narrative: str) -> Name | None:
    """Return the body's name: the title's, else the signature's, else that of who made the report or answers for it.

    A title that names a bare place, a general 区科技局 or a mere 科技局 is made up by a signature, or by a maker, that has it in full. An
    office that made the report made it for its government, unless the text speaks for the office (我办).
    """
    name = parse_name(titled)
    signatures = [parse_name(printed) for printed in named.signed]
    if name.kind == "place":
        return next((other for other in signatures if _is_organ_of(other, name)), name)
    alone = name.kind == "department" and not (name.reading.areas or name.reading.township or name.reading.zone)
    if name.kind != "unknown" and not _is_generic(name) and not alone:
        return name
    makers = [_master_of(parse_name(printed), narrative) for printed in named.made]
    contacts = [_master_of(parse_name(printed), narrative) for printed in named.contacts]
    others = [*signatures, *makers, *(contact for contact in contacts if _answers_for_itself(contact))]
    others += [parse_name(printed) for printed in named.subjects]
    others = [other for other in others if other.kind != "unknown" and not _is_generic(other)]
    if name.kind != "unknown":
        ending = name.printed[1:] if _is_generic(name) else name.printed
        return next((other for other in others if other.printed.endswith(ending)), name)
    return others[0] if others else None


def _as_in_tables(printed: str, reading: Reading) -> str:
    """Return a name with its places written as the tables write them, should folding have changed a character (乾县)."""
    area = reading.areas[0] if len(reading.areas) == 1 else None
    while area is not None:
        printed = printed.replace(fold(area.name), area.name)
        area = area.parent
    return printed


def _kind(reading: Reading) -> Kind:
    place = bool(reading.areas or reading.township or reading.zone)
    organ = reading.rest
    if not organ:
        return "place" if place else "unknown"
    if (place and _GOVERNMENT.fullmatch(organ)) or (reading.township is not None and _STREET_OFFICE.fullmatch(organ)):
        return "government"
    if place and _OFFICE.fullmatch(organ):
        return "office"
    if _is_zone(reading):
        return "zone"
    if _INSTITUTION.fullmatch(organ):
        return "institution"
    if _DEPARTMENT.fullmatch(organ):
        return "office" if reading.township and _GROUP.search(organ) else "department"
    return "unknown"


def _is_zone(reading: Reading) -> bool:
    if reading.township is not None or not _ZONE.fullmatch(reading.rest):
        return False
    return reading.zone is not None or reading.rest in ("管理委员会", "管委会", "管委")


def _complete_township(stem: str, name: Name) -> str:
    township = name.reading.township or ""
    if township.endswith("街道"):
        return re.sub("街(?:道)?$", "街道", stem) + "办事处"
    if township.endswith("地区") or name.organ.endswith("办事处"):
        return stem + "办事处"
    if name.kind == "place" and not township.endswith(("镇", "乡", "苏木")):
        return stem
    return stem + "人民政府"


def _is_generic(name: Name) -> bool:
    """Whether a name says 市教育局, 我局 or 政务公开办公室 without saying whose."""
    reading = name.reading
    placeless = not (reading.areas or reading.township or reading.zone)
    return placeless and bool(_GENERIC.match(name.organ) or _GROUP.search(name.organ))


def _is_organ_of(name: Name, place: Name) -> bool:
    if name.kind not in ("government", "zone"):
        return False
    if place.reading.township is not None:
        return name.reading.township == place.reading.township
    if place.reading.zone is not None:
        return name.kind == "zone" and (name.reading.zone or "")[:2] == place.reading.zone[:2]
    return name.reading.zone is None and name.reading.places[-1:] == place.reading.places[-1:]


def _master_of(name: Name, narrative: str) -> Name:
    """Return for whom an office works: 高安市田南镇推行政务公开领导小组办公室 for 高安市田南镇, 某局党政办公室 for 某局."""
    part = _PART.fullmatch(name.printed) if name.kind in ("department", "office") else None
    if part and parse_name(part["whole"]).kind == "department":
        return parse_name(part["whole"])
    branch = _BRANCH.fullmatch(name.printed)
    if branch and not _MADE_FOR_OFFICE.search(narrative):
        return parse_name(branch["whole"])
    office = name.kind == "office" and (name.reading.township is not None or not _MADE_FOR_OFFICE.search(narrative))
    if name.stem and (office or _GROUP.search(name.organ)):
        return parse_name(name.stem)
    return name


def is_subject(name: Name, titled: str, narrative: str) -> bool:
    """Whether the subject of a report's first sentence is its body: 2021年，冲口街道认真…, but not 高安市认真… or 市委认真….

    It must be what the report calls itself (我局), and what the title calls it, if it does (卫健局 for 宁安市卫生健康局).
    """
    reading = name.reading
    organ = reading.township is not None or name.kind in ("office", "zone") or bool(_ITSELF.search(name.printed))
    organ = organ or (not titled and name.kind == "government" and name.printed.endswith("人民政府"))
    if name.kind in ("unknown", "institution") or not organ or not (reading.areas or reading.township):
        return False
    if (
        _PARTY.search(name.printed)
        or _GROUP.search(name.organ)
        or not all(letter in _CALLS.get(name.kind, "") for letter in set(_SELF.findall(narrative)))
    ):
        return False
    rest = iter(fold(name.printed))
    return all(character in rest for character in fold(titled))


def _answers_for_itself(name: Name) -> bool:
    """Whether a contact is the body rather than some centre or office of it."""
    return name.kind != "department" or name.printed.endswith(("局", "厅", "委员会"))
