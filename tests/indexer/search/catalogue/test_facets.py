"""The catalogue of facets and statuses, and their names."""

from __future__ import annotations

from indexer.records import LEVELS, SECTION_KEYS, STATUSES
from indexer.search.catalogue.facets import facets, find_facet, find_value, value_label
from indexer.search.catalogue.statuses import find_status


def test_finds_facets_and_their_values_in_both_languages():
    assert find_facet("年份") == find_facet("year") == facets()["year"]
    for level in LEVELS:
        assert (
            find_value(facets()["level"], level)
            == find_value(facets()["level"], value_label("level", level))
            == level
        )
    for section in SECTION_KEYS:
        assert find_value(facets()["section"], value_label("section", section)) == section
    assert find_value(facets()["level"], "无此层级") is None
    assert find_value(facets()["region"], "任何地方") == "任何地方"


def test_finds_statuses_by_key_label_and_everyday_word():
    assert [find_status(status) for status in STATUSES] == list(STATUSES)
    words = ("空", "缺", "无此格", "疑", "存疑", "不适用", "不识", "无法识别")
    assert [find_status(word) for word in words] == [
        "blank", "missing", "missing", "suspect", "suspect", "not_applicable", "unreadable",
        "unreadable",
    ]  # fmt: skip
    assert find_status("别的") is None
