"""Which reports are of the same body, however much of its place each prints."""

from __future__ import annotations

import pytest

from indexer.bodies.keys import body_of, may_be_same_body, search_name
from indexer.records import Division, Identity, Level, Region, Report, SourceFile

GAOAN = ("江西省", "宜春市", "高安市")
FENGCHENG = ("江西省", "宜春市", "丰城市")
AMBIGUOUS = "?"


def of(
    body: str | None,
    *places: str | None,
    level: Level | None = "township",
    parent: Level | None = None,
) -> Report:
    candidates = Division(None, status="ambiguous", candidates=("甲", "乙"))
    divisions = [
        candidates if name == AMBIGUOUS else name and Division(name, None, "text")
        for name in places
    ]
    identity = Identity("题", True, body, level, parent, Region(*divisions), 2020, None, None)
    return Report("a", identity, "none", (), (), (), (), (SourceFile("x", "0" * 64, 1),))


TIANNAN = of("田南镇人民政府", *GAOAN, None, "田南镇")


@pytest.mark.parametrize(
    "other",
    [
        of("高安市田南镇人民政府", *GAOAN, None, "田南镇"),
        of("江西省宜春市高安市田南镇人民政府", *GAOAN, None, "田南镇"),
        of("田南镇人民政府", *GAOAN),
        of("田南镇人民政府", *GAOAN, "高安高新技术产业园区", "田南镇"),
        of("高安高新技术产业园区田南镇人民政府", *GAOAN, "高安高新技术产业园区", "田南镇"),
        of("高安高新区田南镇人民政府", *GAOAN, "高安高新技术产业园区", "田南镇"),
        of("高安高新技术产业园区田南镇人民政府", *GAOAN, "高安高新技术产业园区"),
    ],
)
def test_how_much_of_its_place_a_body_prints_makes_no_other_body(other: Report) -> None:
    assert body_of(other) == body_of(TIANNAN)
    assert may_be_same_body(TIANNAN, other)


@pytest.mark.parametrize(
    "other",
    [
        of("田南镇人民政府", *FENGCHENG, None, "田南镇"),
        of("荷岭镇人民政府", *GAOAN, None, "荷岭镇"),
        of("田南镇人民政府", *GAOAN, None, "田南镇", level="department", parent="township"),
        of("荷岭镇人民政府"),
        of("田南镇人民政府", "四川省", AMBIGUOUS, AMBIGUOUS),
        of("田南镇人民政府", "江西省", "宜春市", AMBIGUOUS, None, "荷岭镇"),
        of(None, *GAOAN),
    ],
)
def test_what_is_known_to_be_elsewhere_or_has_another_name_is_another_body(other: Report) -> None:
    assert body_of(other) != body_of(TIANNAN)
    assert not may_be_same_body(TIANNAN, other)
    assert not may_be_same_body(other, TIANNAN)


@pytest.mark.parametrize(
    "other",
    [
        of("田南镇人民政府"),
        of("高安市田南镇人民政府", level=None),
        of("田南镇人民政府", "江西省", "宜春市", AMBIGUOUS, None, AMBIGUOUS),
        of("田南镇人民政府", "江西省", "宜春市"),
        of("江西省田南镇人民政府", "江西省"),
        of("田南镇人民政府", *GAOAN, level=None),
    ],
)
def test_what_says_less_may_be_the_same_body_and_is_found_by_its_name(other: Report) -> None:
    assert body_of(other) != body_of(TIANNAN)
    assert may_be_same_body(TIANNAN, other)
    assert may_be_same_body(other, TIANNAN)
    assert search_name(TIANNAN) in (other.identity.body or "")
    assert body_of(other) is None or search_name(other) in (TIANNAN.identity.body or "")


def test_a_government_keeps_its_own_place_in_its_name() -> None:
    gaoan = of("高安市人民政府", *GAOAN, level="county")
    assert not may_be_same_body(gaoan, of("丰城市人民政府", level="county"))
    assert may_be_same_body(gaoan, of("高安市人民政府", level="county"))
    assert search_name(gaoan) == "高安市人民政府"
    assert body_of(gaoan) != body_of(of("丰城市人民政府", *FENGCHENG, level="county"))


def test_the_zones_of_a_county_are_bodies_of_their_own() -> None:
    zones = [
        of(f"{name}管理委员会", *GAOAN, name, level="zone")
        for name in ("高新技术产业园区", "工业园区")
    ]
    assert len({body_of(zone) for zone in zones}) == 2
    assert body_of(of("管理委员会", *GAOAN, "工业园区", level="zone")) == body_of(zones[1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            of("文岭镇人民政府", "福建省", "福州市", "长乐区", None, "文岭镇"),
            of("福建省福州市长乐市文岭镇人民政府", "福建省", "福州市", "长乐市", None, "文岭镇"),
        ),
        (
            of("长乐市人民政府", "福建省", "福州市", "长乐市", level="county"),
            of("福州市长乐区人民政府", "福建省", "福州市", "长乐区", level="county"),
        ),
        (
            of(
                "公主岭市财政局",
                "吉林省",
                "四平市",
                "公主岭市",
                level="department",
                parent="county",
            ),
            of(
                "公主岭市财政局",
                "吉林省",
                "长春市",
                "公主岭市",
                level="department",
                parent="county",
            ),
        ),
    ],
)
def test_a_county_that_got_another_rank_or_prefecture_makes_no_other_body(
    one: Report, other: Report
) -> None:
    assert body_of(one) == body_of(other)
    assert may_be_same_body(one, other)


def test_a_county_that_another_took_over_is_another_body_while_its_townships_are_the_same() -> None:
    taken, taker = ("山东省", "烟台市", "长岛县"), ("山东省", "烟台市", "蓬莱区")
    one, other = (
        of("长岛县人民政府", *taken, level="county"),
        of("蓬莱区人民政府", *taker, level="county"),
    )
    assert body_of(one) != body_of(other)
    assert not may_be_same_body(one, other)
    townships = (
        of("砣矶镇人民政府", *taken, None, "砣矶镇"),
        of("砣矶镇人民政府", *taker, None, "砣矶镇"),
    )
    assert body_of(townships[0]) == body_of(townships[1])
