"""The divisions of the country: the union of the tables, indexed by name, code and superior.

Two rows are the same place if their paths of names are equal, whatever their codes: codes are
given anew to other places over the years, and issuers differ. A place keeps the code of the first
table that has it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, TypeAlias

from indexer.places.division_tables import Table, read_successors, read_tables

AreaLevel: TypeAlias = Literal["province", "prefecture", "county", "zone", "township"]

_PSEUDO = re.compile("(?:市辖区|县|.*直辖县级行政区划)$")
"""Rows that only carry a code and are no places: their parts lie in what is above them."""

_ZONE_CODE = re.compile(r"\d{4}7[1-9]|320576")
"""The Bureau's codes of development zones, which look like those of counties."""

LAST_YEAR_OF_OLDER = 2015
"""The last whole year before the oldest table, whose counties are those of mid-2016."""


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """A division; its code has six digits for a county and above, nine for a township."""

    name: str
    code: str
    level: AreaLevel
    parent: Area | None = field(repr=False)

    @property
    def path(self) -> str:
        """The names from the province down: 江西省宜春市高安市."""
        return (self.parent.path if self.parent else "") + self.name

    def at(self, level: AreaLevel) -> Area | None:
        """Return the division of a level that this area is or lies in, None if there is none."""
        area: Area | None = self
        while area is not None and area.level != level:
            area = area.parent
        return area

    @property
    def province(self) -> Area | None:
        """The province it is or lies in."""
        return self.at("province")

    def lies_in(self, other: Area) -> bool:
        """Return whether this is `other` or lies in it."""
        area: Area | None = self
        while area is not None:
            if area is other:
                return True
            area = area.parent
        return False


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All divisions with their indexes.

    `successors` maps an abolished county to the one of today. `older` are the counties of the last
    table, which is the oldest.
    """

    areas: tuple[Area, ...]
    by_name: Mapping[str, tuple[Area, ...]]
    by_code: Mapping[str, Area]
    by_parent: Mapping[Area, tuple[Area, ...]]
    successors: Mapping[Area, Area]
    older: frozenset[Area] = frozenset()

    def children(self, area: Area) -> tuple[Area, ...]:
        """Return what lies directly in an area."""
        return self.by_parent.get(area, ())

    def today(self, area: Area, year: int | None = None) -> Area:
        """Return the area's successor of today, or the area itself if none is known.

        Given a year, return the area as it was then if the oldest table shows that it existed.
        """
        county = area.at("county")
        successor = self.successors.get(county) if county else None
        is_still_there = year is not None and year <= LAST_YEAR_OF_OLDER and county in self.older
        if successor is None or is_still_there:
            return area
        if area is county:
            return successor
        return next((child for child in self.children(successor) if child.name == area.name), area)


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer of this folder's tables, read once."""
    return build_gazetteer(read_tables(), read_successors())


def build_gazetteer(tables: Iterable[Table], successors: Mapping[str, str]) -> Gazetteer:
    """Return the union of the tables; in a conflict over a code the earlier table has it."""
    builder = _GazetteerBuilder()
    for table in tables:
        builder.add(table)
    return builder.build(successors)


class _GazetteerBuilder:
    """Collects areas by parent and name, so that a table adds only what it alone has."""

    def __init__(self) -> None:
        self.known: dict[tuple[Area | None, str], Area] = {}
        self.by_code: dict[str, Area] = {}
        self.last: frozenset[Area] = frozenset()

    def add(self, table: Table) -> None:
        """Add a table sorted by code, in which a place comes after what it lies in."""
        here: dict[str, Area] = {}
        for code, name in table:
            if len(code) == 9:
                self._know(name, code, "township", here.get(code[:6]))
                continue
            parent = _above(code, here)
            # A row with its superior's name (直辖市) is the same place again.
            if not _PSEUDO.match(name) and (parent is None or parent.name != name):
                here[code] = self._know(name, code, _level(code), parent)
            elif parent is not None:
                here[code] = parent
        self.last = frozenset(area for area in here.values() if area.level == "county")

    def build(self, successors: Mapping[str, str]) -> Gazetteer:
        """Return the gazetteer of all that was added."""
        by_name: dict[str, list[Area]] = defaultdict(list)
        by_parent: dict[Area, list[Area]] = defaultdict(list)
        for (parent, name), area in self.known.items():
            by_name[name].append(area)
            if parent is not None:
                by_parent[parent].append(area)
        counties = {area.path: area for area in self.known.values() if area.level == "county"}
        return Gazetteer(
            tuple(self.known.values()),
            {name: tuple(areas) for name, areas in by_name.items()},
            self.by_code,
            {parent: tuple(areas) for parent, areas in by_parent.items()},
            {counties[old]: counties[new] for old, new in successors.items()},
            self.last,
        )

    def _know(self, name: str, code: str, level: AreaLevel, parent: Area | None) -> Area:
        area = self.known.get((parent, name))
        if area is None:
            area = self.known[parent, name] = Area(name, code, level, parent)
        self.by_code.setdefault(code, area)
        return area


def _above(code: str, here: Mapping[str, Area]) -> Area | None:
    if code.endswith("0000"):
        return None
    prefecture = None if code.endswith("00") else here.get(code[:4] + "00")
    return prefecture or here.get(code[:2] + "0000")


def _level(code: str) -> AreaLevel:
    if code.endswith("0000"):
        return "province"
    if code.endswith("00"):
        return "prefecture"
    return "zone" if _ZONE_CODE.fullmatch(code) else "county"
