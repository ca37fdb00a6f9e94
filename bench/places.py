"""The publishing bodies of the benchmark, drawn by seed from the division tables."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache

from indexer.places.gazetteer import Area, gazetteer
from indexer.records import Division, Level, Region

_OFFICES = (
    "财政局",
    "教育局",
    "司法局",
    "民政局",
    "水利局",
    "交通运输局",
    "自然资源局",
    "卫生健康委员会",
    "农业农村局",
)
_DEPARTMENTS = 0.3
"""The share of counties for which one of the departments reports instead of the government."""


@dataclass(frozen=True, slots=True)
class Reporter:
    """A publishing body: `short` is its name in its reports, `above` the place it answers to."""

    body: str
    short: str
    above: str
    level: Level
    parent_level: Level | None
    region: Region


@lru_cache(maxsize=4)
def shuffled_areas(seed: int) -> tuple[Area, ...]:
    """Return every township, county and prefecture of the tables once, shuffled by seed."""
    kept = [
        area for area in gazetteer().areas if area.level in ("township", "county", "prefecture")
    ]
    areas = list({area.path: area for area in kept}.values())
    random.Random(f"{seed} areas").shuffle(areas)
    return tuple(areas)


def build_reporter(area: Area, draw: random.Random) -> Reporter:
    """Return the body that reports for an area: its government, for some counties a department."""
    if area.level == "county" and draw.random() < _DEPARTMENTS:
        office = draw.choice(_OFFICES)
        body = f"{area.name}{office}"
        return Reporter(
            body, f"我{office[-1]}", area.name, "department", "county", build_region(area)
        )
    level: Level = (
        "township"
        if area.level == "township"
        else "county"
        if area.level == "county"
        else "prefecture"
    )
    body = area.name if area.name.endswith("街道") else f"{area.name}人民政府"
    above = area.parent.name if area.parent else area.name
    return Reporter(body, area.name, above, level, None, build_region(area))


@lru_cache(maxsize=4)
def shuffled_names(seed: int) -> tuple[str, ...]:
    """Return the name of each of those areas once."""
    return tuple(dict.fromkeys(area.name for area in shuffled_areas(seed)))


def build_region(area: Area) -> Region:
    """Return an area with all areas that contain it."""
    found = {
        level: _division(area.at(level))
        for level in ("province", "prefecture", "county", "zone", "township")
    }
    return Region(**found)


def _division(area: Area | None) -> Division | None:
    return None if area is None else Division(area.name, area.code, "gazetteer")
