"""Which of several places a report's postcode can be that of.

A postcode's first four digits are a county or a city with its districts, the first two a province. Like an address, a postcode
finds no place alone: it chooses among places of one name.
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
"""The paths of counties, and of prefectures without any, with the first four digits of their postcode."""

_PRINTED = re.compile(r"(?:邮编|邮政编码|邮码)(?:为|是)?[:：]?\s*(?P<code>\d{6})(?!\d)")


def of_postcode(areas: tuple[Area, ...], narrative: str) -> tuple[Area, ...]:
    """Return those of the places that lie where the one postcode of the text is used; nothing unless it is one county.

    A place whose postcode the table does not have may be meant, unless the text's is one of another province.
    """
    printed = {match["code"] for match in _PRINTED.finditer(narrative)}
    if len(printed) != 1:
        return ()
    (code,) = printed
    known = postcodes()
    fitting = tuple(area for area in areas if known.get(_county(area).path) == code[:4])
    unknown = [area for area in areas if _county(area).path not in known]
    if any(code[:2] in _beginnings().get(_province(area), ()) for area in unknown):
        return ()
    return fitting if len({_county(area) for area in fitting}) == 1 else ()


def _county(area: Area) -> Area:
    return area.at("county") or area.at("prefecture") or area


def _province(area: Area) -> str:
    return area.path[:2]


@cache
def _beginnings() -> Mapping[str, frozenset[str]]:
    """Return the two digits with which the postcodes of a province begin, by the first two characters of its name."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, code in postcodes().items():
        found[path[:2]].add(code[:2])
    return {province: frozenset(codes) for province, codes in found.items()}


@cache
def postcodes() -> Mapping[str, str]:
    """Return the first four digits of the postcode of each county, by its path."""
    text = gzip.decompress((files("indexer.places") / POSTCODES).read_bytes()).decode("utf-8")
    return dict(line.split("\t") for line in text.splitlines())
