"""What is known of a body's place: a missing level is unknown unless it cannot exist."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from indexer.bodies.localities import locality_of, parse_locality
from indexer.records import REGION_LEVELS, Division, Identity, Level, Region
from tests.strategies import make_report, randoms

AMBIGUOUS = Division(None, status="ambiguous", candidates=("甲", "乙"))


def unknown(level: Level | None, *places: str | None, parent: Level | None = None) -> set[str]:
    divisions = [
        AMBIGUOUS if name == "?" else name and Division(name, None, "text") for name in places
    ]
    identity = Identity("题", True, "某机构", level, parent, Region(*divisions), 2020, None, None)
    return set(locality_of(identity).unknown)


@pytest.mark.parametrize(
    ("level", "places", "expected"),
    [
        ("township", ("江西省", "宜春市", "高安市", None, "荷岭镇"), set()),
        ("township", ("江西省", "宜春市", "?", None, "?"), {"county", "township"}),
        ("township", ("江西省", "宜春市"), {"county", "township"}),
        ("township", ("江西省", "宜春市", None, None, "荷岭镇"), {"county"}),
        ("township", ("江西省", "宜春市", "高安市"), set()),
        ("township", ("江西省",), {"prefecture", "county", "township"}),
        ("township", (), set(REGION_LEVELS)),
        ("township", ("北京市", None, "延庆区"), set()),
        ("township", ("北京市",), {"county", "township"}),
        ("township", ("河南省", None, "济源市"), set()),
        ("township", ("广东省", "东莞市"), set()),
        ("township", ("海南省", "儋州市"), set()),
        ("township", ("江西省", "宜春市", None, "宜春经济技术开发区"), set()),
        ("county", ("江西省", "宜春市", "高安市"), set()),
        ("county", ("江西省", "宜春市"), {"county"}),
        ("county", (), {"province", "prefecture", "county"}),
        ("prefecture", ("江西省", "宜春市"), set()),
        ("prefecture", ("江西省",), {"prefecture"}),
        ("province", ("江西省",), set()),
        ("province", ("北京市",), set()),
        ("province", (), {"province"}),
        (None, ("江西省", "宜春市", "高安市"), set()),
        (None, ("江西省",), {"prefecture", "county", "township"}),
    ],
)
def test_a_level_that_must_be_there_and_is_not_found_is_unknown(
    level: Level | None, places: tuple[str | None, ...], expected: set[str]
) -> None:
    assert unknown(level, *places) == expected


def test_a_department_is_where_its_government_is() -> None:
    assert unknown("department", "江西省", parent="province") == set()
    assert unknown("department", "江西省", "宜春市", parent="prefecture") == set()
    assert unknown("department", "江西省", "宜春市", parent="county") == {"county"}
    assert unknown("department", "江西省") == {"prefecture", "county", "township"}


@settings(max_examples=100, deadline=None)
@given(random=randoms())
def test_a_locality_comes_back_as_it_was_written(random) -> None:
    locality = locality_of(make_report(random).identity)
    again = parse_locality(locality.dump())
    assert again.unknown == locality.unknown
    for level in REGION_LEVELS:
        assert again.state(level) == locality.state(level)
        assert level in again.unknown or again.names[level] == locality.names[level]
