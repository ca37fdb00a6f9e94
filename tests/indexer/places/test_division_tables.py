"""The stored tables, their union, and the script that makes them."""

from __future__ import annotations

import csv
import json
from importlib.resources import files
from pathlib import Path

import pytest

from indexer.places import derive
from indexer.places.division_tables import FILES, parse_table, read_successors, read_tables
from indexer.places.gazetteer import build_gazetteer, gazetteer


def test_every_table_has_all_provinces_and_no_villages() -> None:
    for table in read_tables():
        codes = [code for code, _ in table]
        assert len({code for code in codes if code.endswith("0000") and len(code) == 6}) >= 31
        assert {len(code) for code in codes} == {6, 9}
        assert codes == sorted(codes, key=lambda code: (code[:6], code[6:]))


def test_the_stored_tables_are_small() -> None:
    assert sum(len((files("indexer.places") / name).read_bytes()) for name in FILES) < 1_000_000


def test_the_same_place_in_two_tables_is_one_with_the_code_of_the_first() -> None:
    tables = [
        parse_table("360000\t江西省\n360983\t高安市\n101\t荷岭镇\n"),
        parse_table("360000\t江西省\n360983\t高安市\n102\t荷岭镇\n"),
    ]
    union = build_gazetteer(tables, {})
    assert [(area.path, area.code) for area in union.by_name["荷岭镇"]] == [
        ("江西省高安市荷岭镇", "360983101")
    ]
    assert union.by_code["360983102"] is union.by_code["360983101"]


def test_one_code_of_two_places_is_two_places() -> None:
    tables = [
        parse_table("360000\t江西省\n360983\t高安市\n101\t荷岭镇\n"),
        parse_table("360000\t江西省\n360983\t高安市\n101\t八景镇\n"),
    ]
    union = build_gazetteer(tables, {})
    assert union.by_code["360983101"].name == "荷岭镇"
    assert [area.path for area in union.by_name["八景镇"]] == ["江西省高安市八景镇"]


@pytest.mark.parametrize("pseudo", ["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"])
def test_rows_that_only_carry_a_code_are_no_places(pseudo: str) -> None:
    assert pseudo not in gazetteer().by_name


@pytest.mark.parametrize(
    ("name", "prefecture", "county"),
    [
        ("海淀区", None, "海淀区"),
        ("仙桃市", None, "仙桃市"),
        ("石碣镇", "东莞市", None),
        ("峪泉镇", "嘉峪关市", None),
        ("荷岭镇", "宜春市", "高安市"),
    ],
)
def test_a_level_that_a_place_does_not_have_is_none(
    name: str, prefecture: str | None, county: str | None
) -> None:
    (area,) = gazetteer().by_name[name]
    assert [above and above.name for above in (area.at("prefecture"), area.at("county"))] == [
        prefecture,
        county,
    ]


def test_development_zones_of_the_bureau_are_zones_and_no_counties() -> None:
    assert {area.level for area in gazetteer().by_name["苏州工业园区"]} == {"zone"}
    assert {area.level for area in gazetteer().by_name["浦东新区"]} == {"county"}


def test_a_county_that_is_no_more_leads_to_the_one_that_took_it_over() -> None:
    successors = read_successors()
    assert successors["江西省九江市九江县"] == "江西省九江市柴桑区"
    assert successors["山东省莱芜市钢城区"] == "山东省济南市钢城区"
    (old,) = (
        area
        for area in gazetteer().by_name["梅林镇"]
        if area.parent is not None and area.parent.name == "赣县"
    )
    assert gazetteer().today(old).path == "江西省赣州市赣县区梅林镇"


@pytest.fixture
def packages(tmp_path: Path) -> list[str]:
    """Three packages in the form of the real ones, of one county that changed its class and one
    township.
    """
    for folder in ("first", "second/dist", "third/data"):
        (tmp_path / folder).mkdir(parents=True)
    rows = [
        ("360000", "江西省", 0),
        ("360704", "赣县区", 0),
        ("360704", "梅林镇 ", "100000"),
        ("710000", "台湾省", 0),
    ]
    first = [{"code": code, "name": name, "town": town} for code, name, town in rows]
    (tmp_path / "first/data.json").write_text(json.dumps(first), "utf-8")
    second = {
        "provinces": [("36", "江西省")],
        "cities": [("3607", "赣州市")],
        "areas": [("360704", "赣县区")],
        "streets": [
            ("360704001", "梅林街道办事处"),
            ("360704100", "赣县区茅店镇"),
            ("360704101", "?溪镇"),
        ],
    }
    for name, lines in second.items():
        with (tmp_path / f"second/dist/{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("code", "name"), *lines])
    county = {"code": "360721", "region": "赣县", "regionEntitys": []}
    third = [
        {
            "code": "360000",
            "region": "江西省",
            "regionEntitys": [{"code": "360700", "region": "赣州市", "regionEntitys": [county]}],
        }
    ]
    (tmp_path / "third/data/level3.json").write_text(json.dumps(third), "utf-8")
    (tmp_path / "third/data/level4.txt").write_text(
        "360721100000,茅店镇\n360999100000,无主镇\n", "utf-8"
    )
    return [str(tmp_path / name) for name in ("first", "second", "third")]


def test_the_tables_are_made_from_the_packages(packages: list[str]) -> None:
    readers = (derive.read_civil_affairs, derive.read_statistics, derive.read_older)
    texts = [
        derive.build_table(reader(Path(package)))
        for reader, package in zip(readers, packages, strict=True)
    ]
    assert texts == [
        "360000\t江西省\n360704\t赣县区\n100\t梅林镇\n710000\t台湾省\n",
        "360000\t江西省\n360700\t赣州市\n360704\t赣县区\n001\t梅林街道\n100\t茅店镇\n",
        "360000\t江西省\n360700\t赣州市\n360721\t赣县\n100\t茅店镇\n",
    ]


def test_successors_are_found_by_name_and_by_townships(packages: list[str]) -> None:
    older = parse_table(derive.build_table(derive.read_older(Path(packages[2]))))
    current = parse_table(derive.build_table(derive.read_statistics(Path(packages[1]))))
    found = derive.build_successors(
        build_gazetteer([current, older], {}), build_gazetteer([current], {})
    )
    assert found == "江西省赣州市赣县,江西省赣州市赣县区\n"


def test_postcodes_are_given_to_the_places_of_today(tmp_path: Path) -> None:
    names = ["南康县", "于都县", "章贡市", "无名县", *(f"{n}县" for n in "甲乙丙")]
    rows = [("江西省", "赣州市", name, f"34{at}000") for at, name in enumerate(names, 100)]
    rows = [(*row[:3], row[3][:6]) for row in rows] + [
        ("江西省", "赣州市", "信丰县", "990000"),
        ("江西省", "赣州市", "崇义县", ""),
    ]
    (tmp_path / "china_region").mkdir()
    with (tmp_path / "china_region/region.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("province", "city", "county", "zipCode"), *rows])
    counties = "".join(
        f"36070{at}\t{name}\n"
        for at, name in enumerate(["南康区", "于都县", "章贡区", "信丰县", "崇义县"], 1)
    )
    union = build_gazetteer([parse_table("360000\t江西省\n360700\t赣州市\n" + counties)], {})
    found = derive.build_postcodes(tmp_path, union, "江西省赣州市于都县,江西省赣州市新都区\n")
    assert dict(line.split("\t") for line in found.splitlines()) == {
        "江西省赣州市南康区": "3410",
        "江西省赣州市于都县": "3410",
        "江西省赣州市新都区": "3410",
        "江西省赣州市章贡区": "3410",
    }


def test_making_the_tables_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        derive.write_table(tmp_path / name, "360000\t江西省\n")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
