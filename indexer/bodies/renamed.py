"""Gives the names of counties today: 长乐市 of 2015 is 长乐区, with the same townships."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Path = tuple[str, str, str]
"""The names of a province, prefecture and county, each empty where there is none."""

_PREFECTURE = re.compile(r"(?P<prefecture>.+?(?:市|自治州|地区|盟))(?P<county>.+)")
_KIND = re.compile(r"(?:自治)?[市县区旗]$")


def path_today(path: Path) -> Path:
    """Return the path of a county's successor of today, or the path itself if none is known.

    >>> path_today(("福建省", "福州市", "长乐市")), path_today(("江西省", "宜春市", "高安市"))
    (('福建省', '福州市', '长乐区'), ('江西省', '宜春市', '高安市'))
    """
    province, prefecture, _ = path
    successor = _successors().get("".join(path))
    if not province or successor is None or not successor.startswith(province):
        return path
    rest = successor.removeprefix(province)
    if prefecture and rest.startswith(prefecture):
        return province, prefecture, rest.removeprefix(prefecture)
    parts = _PREFECTURE.fullmatch(rest)
    return (
        (province, parts["prefecture"], parts["county"])
        if parts and prefecture
        else (province, prefecture, rest)
    )


def is_renamed(county: str, today: str) -> bool:
    """Return whether a county only changed its class, so that its government is the same.

    >>> is_renamed("长乐市", "长乐区"), is_renamed("长岛县", "蓬莱区")
    (True, False)
    """
    return county != today and _KIND.sub("", county) == _KIND.sub("", today)


@cache
def _successors() -> Mapping[str, str]:
    text = (files("indexer.places") / "successors.csv").read_text("utf-8")
    return dict(line.split(",") for line in text.splitlines())
