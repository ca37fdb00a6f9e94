"""Counties and above that no table has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.places.clues import PlaceClues
from indexer.places.gazetteer import gazetteer
from indexer.places.printed_names import read_name
from indexer.places.resolver import resolve
from indexer.places.unlisted import find_lost, level_of_lost
from indexer.records import REGION_LEVELS
from indexer.text.folding import fold

KNOWN = sorted({area.name for area in gazetteer().areas if area.level in ("county", "prefecture")})


def names(clues: PlaceClues) -> str:
    divisions = (getattr(resolve(clues), level) for level in REGION_LEVELS)
    return "/".join("-" if d is None else d.name or "?" for d in divisions)


@pytest.mark.parametrize(
    "text",
    [
        "城市管理局",
        "老区建设办公室",
        "京津冀区域协同发展办公室",
        "市场监督管理局",
        "我县教育局",
        "全市",
        "示范区教育局",
        "社区学院",
        "区科技局",
        "红旗中学",
    ],
)
def test_a_common_word_is_no_place(text: str) -> None:
    assert read_name(text, lost=True).lost is None


@pytest.mark.parametrize(
    ("clues", "expected"),
    [
        (PlaceClues("沐阳县人民政府"), "-/-/-/-/-"),
        (PlaceClues("沐阳县人民政府", near=("江苏省宿迁市沭阳县人民路",)), "江苏省/宿迁市/-/-/-"),
        (PlaceClues("沐阳县桑墟镇人民政府", own=("沭阳县桑墟镇人民政府",)), "-/-/-/-/桑墟镇"),
        (PlaceClues("襄樊市教育局", near=("湖北省襄阳市人民路",)), "湖北省/-/-/-/-"),
        (PlaceClues("青岛市胶南市琅琊镇"), "山东省/青岛市/-/-/琅琊镇"),
        (PlaceClues("胶南市教育局", own=("青岛市胶南市教育局",)), "山东省/青岛市/-/-/-"),
        (PlaceClues("内蒙古哲里木盟行政公署"), "内蒙古自治区/-/-/-/-"),
    ],
)
def test_a_place_that_no_table_has_is_never_taken_for_one_of_a_like_name(
    clues: PlaceClues, expected: str
) -> None:
    assert names(clues) == expected


@given(st.sampled_from(KNOWN), st.sampled_from(["人民政府", "教育局", "石桥镇人民政府", ""]))
def test_a_known_place_is_never_lost(name: str, organ: str) -> None:
    assert read_name(fold(name) + organ, lost=True).lost is None


@given(st.text("某山水江石北市县区旗镇乡局", min_size=1, max_size=9))
def test_a_lost_place_is_the_beginning_of_the_name(text: str) -> None:
    for name, rest in find_lost(text):
        assert name + rest == text
        assert level_of_lost(name) in ("county", "prefecture", None)
