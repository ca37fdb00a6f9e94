"""Tells for each level of a body's place whether it is known, does not exist, or is unknown.

A missing division alone does not tell the last two apart: 北京市 has no prefectures, but a township
has a county whether or not it was found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from indexer.records import REGION_LEVELS, Division, Identity

State: TypeAlias = Literal["known", "none", "unknown"]

_RANKS: Mapping[str | None, int] = {
    "province": 0,
    "prefecture": 1,
    "county": 2,
    "zone": 3,
    "township": 4,
}
_WITHOUT_PREFECTURES = frozenset(
    {"北京市", "天津市", "上海市", "重庆市", "香港特别行政区", "澳门特别行政区"}
)
_WITHOUT_COUNTIES = frozenset({"东莞市", "中山市", "儋州市", "嘉峪关市", "三沙市"})
_UNKNOWN, _BETWEEN = "?", "|"


@dataclass(frozen=True, slots=True)
class Locality:
    """The name of the body's division at each of `REGION_LEVELS`, and the unknown levels.

    A name is None where the level does not exist or is unknown.
    """

    names: Mapping[str, str | None]
    unknown: frozenset[str]

    def state(self, level: str) -> State:
        """Return whether the division of a level is known, known not to exist, or unknown."""
        if level in self.unknown:
            return "unknown"
        return "none" if self.names[level] is None else "known"

    def dump(self) -> str:
        """Return the locality as one string, which `parse_locality` reads."""
        names = (
            _UNKNOWN if level in self.unknown else self.names[level] or ""
            for level in REGION_LEVELS
        )
        return _BETWEEN.join(name.replace(_BETWEEN, " ") for name in names)


def parse_locality(dumped: str) -> Locality:
    """Return the locality that `Locality.dump` wrote."""
    names = dict(zip(REGION_LEVELS, dumped.split(_BETWEEN), strict=True))
    unknown = frozenset(level for level, name in names.items() if name == _UNKNOWN)
    return Locality(
        {level: None if level in unknown else name or None for level, name in names.items()},
        unknown,
    )


def locality_of(identity: Identity) -> Locality:
    """Return what is known of where a body is."""
    own = identity.parent_level if identity.level == "department" else identity.level
    divisions = {level: getattr(identity.region, level) for level in REGION_LEVELS}
    names = {level: _name(division) for level, division in divisions.items()}
    unknown = {
        level
        for level, division in divisions.items()
        if names[level] is None
        and (division is not None or _is_open(level, _RANKS.get(own), divisions, names))
    }
    return Locality(names, frozenset(unknown))


def _name(division: Division | None) -> str | None:
    return division.name or None if division is not None and division.status == "known" else None


def _is_open(
    level: str,
    own: int | None,
    divisions: Mapping[str, Division | None],
    names: Mapping[str, str | None],
) -> bool:
    """Return whether a body of rank `own` may lie in a division of `level` that was not found."""
    if level == "province":
        return True
    if own is not None and own < _RANKS[level]:
        return False
    if names["province"] is None:
        return True
    if level == "prefecture":
        return names["province"] not in _WITHOUT_PREFECTURES and divisions["county"] is None
    return level != "zone" and _may_be_in_county(level, divisions, names)


def _may_be_in_county(
    level: str, divisions: Mapping[str, Division | None], names: Mapping[str, str | None]
) -> bool:
    """Return whether a county or a township may be missing: some cities and zones have none."""
    if level == "township" and divisions["county"] is not None:
        return names["county"] is None
    return names["prefecture"] not in _WITHOUT_COUNTIES and divisions["zone"] is None
