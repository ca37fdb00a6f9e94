"""The names and codes of places as people type them: without 省, 市, 县 …, codes of any length."""

from __future__ import annotations

import re

from indexer.places.ethnic_groups import ETHNIC_GROUPS
from indexer.text.folding import fold

UNKNOWN = "unknown"
"""The value of a place or a level that is not known, in the facets and in queries."""

PLACE_LEVELS = ("province", "prefecture", "county")
"""The levels of places that have a facet each."""

ANY_PLACE = "region"
"""The facet of places of every level."""

PLACE_FACETS = (*PLACE_LEVELS, ANY_PLACE)

_PROVINCES = """
    北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南
    湖北 湖南 广东 广西 海南
    重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 台湾 香港 澳门
"""
_PROVINCE = re.compile("(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)$")
_AUTONOMOUS = re.compile(
    rf"(?:(?:{'|'.join(ETHNIC_GROUPS)})族?|各族)+(?:自治[区州县旗]|民族[乡镇])$"
)
_KIND = re.compile(
    r"(?:族?自治[区州县旗]|族?民族[乡镇]|特别行政区|(?:经济技术|高新技术产业|经济)?开发区"
    r"|林区|特区|新区|地区|街道办事处|街道|省|市|县|区|镇|乡|盟|旗|州)$"
)


def short_name(name: str) -> str:
    """Return a place's name as people say it; a name stays whole if one character would be left.

    >>> [short_name(name) for name in ("宜春市", "恩施土家族苗族自治州", "内蒙古自治区")]
    ['宜春', '恩施', '内蒙古']
    >>> [short_name(name) for name in ("道县", "高安")]
    ['道县', '高安']
    """
    for pattern in (_AUTONOMOUS, _KIND):
        shorter = pattern.sub("", name)
        if 2 <= len(shorter) < len(name):
            return shorter
    return name


def is_named_like_a_province(name: str) -> bool:
    """Say whether a place that is no province has a province's short name: 河南街道, 吉林市.

    >>> [is_named_like_a_province(name) for name in ("河南街道", "吉林市", "河南省", "绵阳市")]
    [True, True, False, False]
    """
    short = short_name(name)
    if short not in _PROVINCES.split() or name == short:
        return False
    return not _PROVINCE.fullmatch(name.removeprefix(short)) or name == "吉林市"


def plain_code(code: str) -> str:
    """Return a division code without trailing zeros: six digits to the county, nine to a township.

    >>> plain_code("36"), plain_code("360983000000"), plain_code("360983101000")
    ('360000', '360983', '360983101')
    """
    if len(code) < 6:
        return code.ljust(6, "0")
    township = code[6:9].rstrip("0") and code[6:9]
    return code[:6] + township if not code[9:].strip("0") else code


def is_code(text: str) -> bool:
    """Say whether a place is asked for by its division code; full-width digits are digits."""
    plain = fold(text)
    return plain.isascii() and plain.isdigit()


def code_level(code: str) -> str:
    """Return the level of the place that a division code stands for.

    >>> [code_level(code) for code in ("36", "360900", "360983000000", "360983101")]
    ['province', 'prefecture', 'county', 'township']
    """
    plain = plain_code(fold(code))
    if len(plain) > 6:
        return "township"
    return (
        "province" if plain.endswith("0000") else "prefecture" if plain.endswith("00") else "county"
    )
