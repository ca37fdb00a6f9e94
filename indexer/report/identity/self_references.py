"""Tells the level of a body without a name by what it calls itself: 我乡, 我局.

A body speaks of its superior in the same way (我县 in a township's report), so only what can mean
nothing else counts: the lowest that is said, and nothing where two exclude each other.
"""

from __future__ import annotations

import re

from indexer.records import Level

_SELF = re.compile(
    r"(?:我|(?<![基根资成版日样原剧脚书])本)(?P<own>街道办事处|街道办|街道|办事处|乡镇|乡(?![村土里])|镇(?!定)|街|苏木"
    r"|局(?![部面限])|厅|委(?![托会员])|办(?![法事理好学公])|县|旗|市(?!场)|区(?!域)|省|州|盟"
    r"|大学|学院|学校|医院|公司|集团|企业|校|院|司"
    r"|单位|机关|部门|中心|站|所|队|馆)"
)
_TOWNSHIP = frozenset(("街道办事处", "街道办", "街道", "办事处", "乡镇", "乡", "镇", "街", "苏木"))
_DEPARTMENT = frozenset(("局", "厅"))
_INSTITUTION = frozenset(("大学", "学院", "学校", "校", "医院", "公司", "集团"))
_COUNTY = frozenset(("县", "旗"))
_TERRITORY = frozenset(("县", "旗", "市", "区", "省", "州", "盟"))
_ANY = frozenset(("单位", "机关", "部门"))
_PART = frozenset(("中心", "站", "所", "队", "馆", "院", "司", "企业"))
"""Names that a part of a body calls itself by; its 我镇 is its superior."""

_ZONE = re.compile("开发区|高新区|经开区|管委会|管理委员会|园区|新区")
_STREET = re.compile("街道|社区|办事处")
_BELOW_A_COUNTY = re.compile(
    "[县旗](?:委|人民政府|政府)(?:办公室|办)?[^。]{0,12}(?:领导|指导|要求|部署|安排|统一)"
)
_WHOLE_COUNTY = re.compile("全[县旗]|各(?:乡镇|镇|乡|苏木)|[县旗]直")


def find_own_level(narrative: str) -> Level | None:
    """Return the level of the body that speaks in a folded text; None where that is not certain.

    >>> find_own_level("我乡公开信息。我县领导重视。"), find_own_level("我局推进公开。")
    ('township', 'department')
    >>> find_own_level("我市推进公开。") is None
    True
    """
    said = {match["own"] for match in _SELF.finditer(narrative)}
    own = said - _TERRITORY - _ANY
    if not own:
        return "county" if said and said <= _COUNTY and _speaks_for_county(narrative) else None
    if own <= _TOWNSHIP:
        return "township"
    if own <= _INSTITUTION | {"院", "企业"} and own & _INSTITUTION:
        return "institution"
    return "department" if _is_department(own, narrative) else None


def _is_department(own: set[str], narrative: str) -> bool:
    """Return whether 我局, 我委 or 我办 is a department, and no zone or street."""
    if not own <= _DEPARTMENT | {"委", "办"}:
        return False
    if own & _DEPARTMENT:
        return True
    return not _ZONE.search(narrative) if own == {"委"} else not _STREET.search(narrative)


def _speaks_for_county(narrative: str) -> bool:
    """Return whether the report is of the whole county, and not of a body that is led by it."""
    return bool(_WHOLE_COUNTY.search(narrative)) and not _BELOW_A_COUNTY.search(narrative)
