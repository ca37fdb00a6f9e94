from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.search.analysis import segmenter
from indexer.search.suggest.near_words import characters_alike, words_alike, words_near


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("信仿", "信访"),
        ("攻势", "公示"),
        ("政府信息工开", "政府信息公开"),
        ("行政速讼", "行政诉讼"),
        ("息邹镇", "息陬镇"),
        ("虫庆", "重庆"),
        ("下门", "厦门"),
    ],
)
def test_a_word_that_sounds_the_same_is_near(slip, word):
    assert word in [near.text for near in words_alike(slip)]


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("政府信公开", "政府信息公开"),
        ("政府信息公开开", "政府信息公开"),
        ("政府息信公开", "政府信息公开"),
        ("行政诉松", "行政诉讼"),
        ("访信", "信访"),
    ],
)
def test_a_word_one_slip_away_is_near(slip, word):
    assert word in [near.text for near in words_near(slip)]


def test_by_its_rare_readings_a_character_sounds_like_no_other():
    assert "提前" not in [near.text for near in words_alike("拆千")]


def test_of_two_characters_another_in_the_place_of_one_is_no_slip():
    assert "信访" not in [near.text for near in words_near("信了")]


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("信访仿工公开政府息行诉讼镇田南"), max_size=5))
def test_what_is_near_is_another_word_and_not_far(text):
    for near in (*words_alike(text), *words_near(text)):
        assert near.text != text
        assert segmenter.word_frequency(near.text) == near.common > 0
        assert abs(len(near.text) - len(text)) <= 1
    for near in words_alike(text):
        assert all(
            mine == other or other in characters_alike(mine)
            for mine, other in zip(text, near.text, strict=True)
        )
        assert sum(mine != other for mine, other in zip(text, near.text, strict=True)) == near.edits
