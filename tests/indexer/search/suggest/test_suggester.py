from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.places.pinyin import readings
from indexer.search.suggest.pinyin_steps import read_typed
from indexer.search.suggest.suggester import Suggester
from tests.strategies import randoms

PLACES = {
    "高安县": 3, "高安市": 30, "360983": 30, "重庆市": 2, "厦门市": 2, "长沙市": 2, "六安市": 2,
    "西安市": 9, "先锋镇": 1,
    "田南镇": 4, "息陬镇": 5, "朝阳区": 7, "吕梁市": 1,
}  # fmt: skip
BODIES = {
    "高安市人民政府": 20,
    "田南镇人民政府": 4,
    "息陬镇人民政府": 5,
    "长沙市信访局": 2,
    '"甲"乙局': 1,
    "AB管委会": 1,
}
NAMES = Suggester(BODIES, PLACES)


def labels(text: str, limit: int = 8) -> list[str]:
    return [one.label for one in NAMES.suggest(text, limit)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("高安", "高安市"), ("南镇", "田南镇"), ("ａｂ", "AB管委会"), ("息陬鎮", "息陬镇"),
        ("gaoan", "高安市"), ("gao an", "高安市"), ("GaoAn", "高安市"), ("gāo'ān", "高安市"),
        ("gao1an1", "高安市"), ("gaoanx", "高安县"),
        ("gax", "高安县"), ("tnz", "田南镇"), ("xzz", "息陬镇"), ("xzzh", "息陬镇"),
        ("chq", "重庆市"),
        ("chongqing", "重庆市"), ("zhongqing", "重庆市"), ("xiamen", "厦门市"),
        ("shamen", "厦门市"), ("changsha", "长沙市"),
        ("zhangsha", "长沙市"), ("luan", "六安市"), ("liuan", "六安市"), ("zouzhen", "息陬镇"),
        ("zhaoyang", "朝阳区"),
        ("lvliang", "吕梁市"), ("lǚliáng", "吕梁市"), ("luliang", "吕梁市"), ("高an", "高安市"),
        ("息zz", "息陬镇"), ("xinfangju", "长沙市信访局"),
        ("xian", "西安市"), ("xi'an", "西安市"), ("高案", "高安市"), ("信仿", "长沙市信访局"),
    ],
)  # fmt: skip
def test_finds_a_name_by_characters_by_pinyin_and_by_initials(typed, first):
    assert labels(typed)[:1] == [first]


@pytest.mark.parametrize(
    "typed",
    ["", " ", "'", "\n", "360983", "xyzxyz", "gaon", "gao nshi", "xia1n", "公开", "\U0001f600"],
)
def test_finds_nothing_else(typed):
    assert labels(typed) == []


def test_a_syllable_ends_where_a_space_or_a_tone_stands():
    assert "先锋镇" in labels("xian")
    assert "先锋镇" not in labels("xi an")
    assert labels("xian1feng1") == ["先锋镇"]


def test_what_begins_so_stands_before_what_contains_it_and_then_the_commonest():
    assert labels("高安") == ["高安市", "高安市人民政府", "高安县"]
    assert labels("镇") == ["息陬镇", "息陬镇人民政府", "田南镇", "田南镇人民政府", "先锋镇"]
    assert labels("安市") == ["高安市", "高安市人民政府", "西安市", "六安市"]


def test_a_whole_reading_stands_before_one_that_only_begins_so():
    names = Suggester({}, {"先锋镇": 1, "下湾镇": 90, "夏湾镇": 5, "西昂镇": 9})
    assert [one.label for one in names.suggest("xian", 2)] == ["先锋镇", "西昂镇"]


def test_can_ask_for_one_kind_alone():
    assert [one.label for one in NAMES.suggest("tn", 8, "body")] == ["田南镇人民政府"]
    assert [one.label for one in NAMES.suggest("tn", 8, "region")] == ["田南镇"]
    assert {one.kind for one in NAMES.suggest("tn", 8)} == {"body", "region"}


def test_what_is_put_into_the_box_is_read_as_the_name():
    assert [one.query for one in NAMES.suggest("甲", 1)] == ['机构:"\\"甲\\"乙局"']
    assert [(one.query, one.count) for one in NAMES.suggest("tnz", 1)] == [("地区:田南镇", 4)]


def test_sound_alike_only_where_there_is_nothing_else():
    assert Suggester({}, {"高安市": 1, "高桉镇": 9}).suggest("高安", 8)[0].label == "高安市"
    assert len(Suggester({}, {"高安市": 1, "高桉镇": 9}).suggest("高安", 8)) == 1


# ── the same as reading every name ──────────────────────────────────────────────────────────────


def spelled(name: str, typed: str) -> bool:
    """Try every way of reading every part of a name."""
    for start, length in product(range(len(name)), range(1, 5)):
        ways = [
            readings().get(character, (character,)) for character in name[start : start + length]
        ]
        for way in product(*ways):
            if "".join(way).startswith(typed) and len("".join(way[:-1])) < len(typed):
                return True
            if "".join(part[0] for part in way) == typed:
                return True
    return False


@settings(max_examples=200, deadline=None)
@given(random=randoms(), letters=st.text("aghnxzuio", max_size=4))
def test_letters_find_the_names_that_trying_every_reading_finds(random: Random, letters: str):
    characters = "高安长沙重庆厦门六息陬西先贺"
    names = ["".join(random.choices(characters, k=random.randint(1, 4))) for _ in range(6)]
    typed = letters
    if random.random() < 0.7:
        spelt = (random.choice(readings()[one]) for one in random.choice(names))
        typed = "".join(spelt)[: random.randint(1, 8)]
    counts = {name: random.randint(1, 3) for name in names}
    found = {one.label for one in Suggester({}, counts).suggest(typed, 99)}
    expected = {name for name in names if typed and spelled(name, typed)}
    if has_initial_of_two_letters(typed):
        assert found >= expected  # `spelled` does not try these initials
    else:
        assert found == expected


def has_initial_of_two_letters(typed: str) -> bool:
    return any(two in typed for two in ("zh", "ch", "sh"))


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_takes_whatever_is_typed(text):
    typed = read_typed(text)
    assert all(0 <= end <= len(typed.text) for end in typed.ends)
    assert len(NAMES.suggest(text, 5)) <= 5
