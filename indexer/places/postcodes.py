"""Chooses among places of one name by the postcode that a report prints.

The first four digits of a postcode are a county or a city with its districts, the first two a
province. Like an address, a postcode alone finds no place.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from indexer.places.gazetteer import Area

POSTCODES = "postcodes.tsv.gz"
"""Paths of counties, or prefectures without counties, with four digits of their postcode."""

_PRINTED = re.compile(r"(?:邮编|邮政编码|邮码)(?:为|是)?[:：]?\s*(?P<code>\d{6})(?!\d)")


def of_postcode(areas: tuple[Area, ...], narrative: str) -> tuple[Area, ...]:
    """Return those of the places where the one postcode of the text is used, if in one county.

    A place of unknown postcode may be meant too, unless its province has other postcodes: as long
    as it may, nothing is returned.
    """
    printed = {match["code"] for match in _PRINTED.finditer(narrative)}
    if len(printed) != 1:
        return ()
    (code,) = printed
    used = {area: postcodes().get(_county(area).path) for area in areas}
    if any(known is None and _may_have(area, code) for area, known in used.items()):
        return ()
    fitting = tuple(area for area, known in used.items() if known == code[:4])
    return fitting if len(set(map(_county, fitting))) == 1 else ()


def _may_have(area: Area, code: str) -> bool:
    return code[:2] in _beginnings().get(area.path[:2], ())


def _county(area: Area) -> Area:
    return area.at("county") or area.at("prefecture") or area


@cache
def _beginnings() -> Mapping[str, frozenset[str]]:
    """Return the first two digits of a province's postcodes by the start of its name."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, code in postcodes().items():
        found[path[:2]].add(code[:2])
    return {province: frozenset(codes) for province, codes in found.items()}


@cache
def postcodes() -> Mapping[str, str]:
    """Return the first four digits of the postcode of each county, by its path."""
    text = gzip.decompress((files("indexer.places") / POSTCODES).read_bytes()).decode("utf-8")
    return dict(line.split("\t") for line in text.splitlines())
