"""Chooses among places of one name by the superiors that a report's narrative names."""

from __future__ import annotations

import re

from indexer.places.gazetteer import Area
from indexer.places.name_lookup import known_names
from indexer.text.folding import fold

_NAME = re.compile("[\u4e00-\u9fff]")


def named_with_superior(areas: tuple[Area, ...], narrative: str) -> tuple[Area, ...]:
    """Return the one place whose county, else whose prefecture, the narrative names.

    Nothing is returned unless exactly one fits.
    """
    for superior in (_county_above, _prefecture_above):
        named = tuple(
            area
            for area in areas
            if (above := superior(area)) is not None and is_named(above, narrative)
        )
        if len(named) == 1:
            return named
        areas = named or areas
    return ()


def _county_above(area: Area) -> Area | None:
    county = area.at("county")
    return None if county is area else county


def _prefecture_above(area: Area) -> Area | None:
    """Return the prefecture, or the province of a place that has none or is one."""
    prefecture = area.at("prefecture") or area.at("province")
    return area.at("province") if prefecture is area else prefecture


def is_named(area: Area, narrative: str) -> bool:
    """Return whether the text names a place, and no namesake elsewhere (北京市朝阳区)."""
    for match in re.finditer(re.escape(fold(area.name)), narrative):
        before = narrative[max(0, match.start() - 12) : match.start()]
        if _stands_alone(before, area) and not narrative.startswith(
            ("路", "街道", "镇", "乡"), match.end()
        ):
            return True
    return False


def _stands_alone(before: str, area: Area) -> bool:
    # The longest name that ends here is what the place is said to lie in.
    for length in range(len(before), 1, -1):
        named = [a for a in known_names().get(before[-length:], ()) if a.level != "township"]
        if named:
            return any(area.lies_in(a) for a in named)
    return len(area.name) > 2 or not before or not _NAME.match(before[-1])
