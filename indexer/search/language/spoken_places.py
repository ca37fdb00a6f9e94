"""Whether a plain word names a place: what a person may mean by 四川, but not by 公安 or 和平."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from indexer.places.gazetteer import Area, gazetteer
from indexer.places.resolver import find_areas
from indexer.search.analysis import segmenter
from indexer.search.catalogue.facet_matching import matches_value
from indexer.search.catalogue.place_names import short_name
from indexer.text.folding import fold

_COMMON_FREQUENCY = 100
"""A name that the language uses so often is a word first: 公安, 解放, 资源."""
_MIN_NAME_LENGTH, _MAX_NAME_LENGTH = 2, 16
_MIN_ELSEWHERE = 2
"""So many places elsewhere with the name of a prefecture make it no prefecture's first."""
_ABOVE = ("province", "prefecture")
_NAMED_SHORT = (*_ABOVE, "county")


@dataclass(frozen=True, slots=True)
class SpokenPlace:
    """A place that a word names: the value to ask for, and the divisions that it may be.

    `sure` is False for a word that is first of all a word: it is a place only beside one it lies
    in.
    """

    value: str
    areas: tuple[Area, ...]
    sure: bool = True

    def lies_in(self, other: SpokenPlace) -> bool:
        """Say whether it can be a part of another place."""
        return any(
            area is not above and area.lies_in(above)
            for area in self.areas
            for above in other.areas
        )


@lru_cache(maxsize=1024)
def find_place(word: str) -> SpokenPlace | None:
    """Return the place that a folded word can name.

    Without its 省, 市, 县 … a name is certainly a place only for a province, a prefecture, or a
    county whose name is no common word.

    >>> find_place("四川").sure, find_place("公安").sure, find_place("公安县").sure
    (True, False, True)
    """
    if not _can_be_name(word):
        return None
    common = segmenter.word_frequency(word) > _COMMON_FREQUENCY
    areas = _areas_called(word)
    if any(fold(area.name) == word for area in areas):
        return SpokenPlace(word, areas, sure=len(word) > _MIN_NAME_LENGTH or not common)
    areas = areas or _short_names().get(word, ())
    if not areas:
        return None
    known = any(matches_value("region", area.name, word) for area in areas)
    return SpokenPlace(word if known else areas[0].name, areas, not common or _is_first(areas))


def _can_be_name(word: str) -> bool:
    return _MIN_NAME_LENGTH <= len(word) <= _MAX_NAME_LENGTH and not word.isascii()


def _areas_called(word: str) -> tuple[Area, ...]:
    """Return the divisions of this very name; a zone is none."""
    found = find_areas(word)
    return tuple(area for area in found if area.level != "zone" and not _is_path(word, area))


def _is_first(areas: tuple[Area, ...]) -> bool:
    """Say whether a common word is first of all a place's name: a province's or a prefecture's."""
    return any(area.level == "province" for area in areas) or _is_prefecture(areas)


def _is_path(word: str, area: Area) -> bool:
    """Say whether a word is a place with one it lies in before it: 四川绵阳."""
    above = area.parent
    while above is not None:
        if word.startswith(fold(short_name(above.name))) and word not in (
            fold(area.name),
            fold(short_name(area.name)),
        ):
            return True
        above = above.parent
    return False


def _is_prefecture(areas: tuple[Area, ...]) -> bool:
    """Say whether a name is first a prefecture's: 大同, but not 朝阳, which several cities have."""
    tops = [area for area in areas if area.level == "prefecture"]
    elsewhere = [area for area in areas if not any(area.lies_in(top) for top in tops)]
    return bool(tops) and len(elsewhere) < _MIN_ELSEWHERE


@cache
def _short_names() -> Mapping[str, tuple[Area, ...]]:
    found: dict[str, list[Area]] = defaultdict(list)
    for area in gazetteer().areas:
        if area.level in _NAMED_SHORT:
            found[fold(short_name(area.name))].append(area)
    return {name: tuple(areas) for name, areas in found.items()}
