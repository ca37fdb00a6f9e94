from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.records import STATUSES
from indexer.search.catalogue.figure_names import figure_name
from indexer.search.catalogue.figures import figures
from indexer.search.language.parser import parse_query
from indexer.search.language.query_text import print_query
from indexer.search.query import (
    And,
    BodyName,
    FacetFilter,
    FigureFilter,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    UnquotedText,
)

WORDS = st.sampled_from(["拆迁", "征地", "2019年", "办结率100%", "C++", "a-b"])
TEXTS = st.sampled_from(["保密 审查", '他说"好"', "a OR b", "（一）", "x", "公开:问题", "\\"])
NUMBERS = st.integers(-999, 10**9) | st.decimals(-999, 999, places=2).map(float)
LEAVES: st.SearchStrategy[Node] = st.one_of(
    WORDS.map(UnquotedText),
    TEXTS.map(Phrase),
    st.sampled_from(["信访", "公开"]).map(Prefix),
    st.sampled_from(["田南镇", "某 局"]).map(BodyName),
    st.builds(
        FacetFilter,
        st.just("level"),
        st.sampled_from([("township",), ("county", "province")]),
        st.booleans(),
    ),
    st.builds(
        FacetFilter,
        st.just("year"),
        st.sampled_from([("2019",), ("2019..",), ("..2020",)]),
        st.booleans(),
    ),
    st.builds(
        FacetFilter, st.just("region"), st.sampled_from([("宜春市",), ("360900",)]), st.booleans()
    ),
    st.builds(
        FacetFilter,
        st.just("finding"),
        st.sampled_from([("contradiction",), ("requests.row_sum",)]),
    ),
    st.builds(
        lambda key, low, opened, negated: FigureFilter(
            key, low=low, low_open=opened, negated=negated
        ),
        st.sampled_from(sorted(figures())),
        NUMBERS,
        st.booleans(),
        st.booleans(),
    ),
    st.builds(
        lambda key, ends, negated: FigureFilter(key, min(ends), max(ends), negated=negated),
        st.sampled_from(sorted(figures())),
        st.tuples(NUMBERS, NUMBERS),
        st.booleans(),
    ),
    st.builds(
        lambda key, statuses: FigureFilter(key, statuses=tuple(statuses)),
        st.sampled_from(sorted(figures())),
        st.lists(st.sampled_from(STATUSES), min_size=1, max_size=2, unique=True),
    ),
)


def conditions(text: str) -> list[Node]:
    query = parse_query(text)
    root = query.root.parts if isinstance(query.root, And) else (query.root,) if query.root else ()
    return sorted([*root, *query.filters, *query.figures], key=repr)


@given(LEAVES)
def test_a_printed_condition_means_what_it_meant(node: Node) -> None:
    assert conditions(print_query([node])) == [node]


@given(
    st.lists(
        st.one_of(WORDS.map(UnquotedText), TEXTS.map(Phrase)), min_size=2, max_size=3, unique=True
    ),
    st.booleans(),
)
def test_alternatives_and_their_opposite_mean_what_they_meant(
    parts: list[Node], negated: bool
) -> None:
    node: Node = Or(tuple(parts))

    assert conditions(print_query([Not(node) if negated else node])) == [
        Not(node) if negated else node
    ]


@pytest.mark.parametrize(
    "text",
    [
        "拆迁 征地 -微信",
        "章节:问题 拆迁 征地",
        "(章节:问题 拆迁) 微信",
        "(拆迁 征地) OR (微信 AND 微博) 层级:乡镇",
        "-(拆迁 征地) 信访*",
        "行政诉讼>0 OR 行政复议>0",
        "-章节:问题 微信",
        "章节:问题,总体 微信",
        "机构:田南镇 地区:宜春 地区:江西",
    ],
)
def test_a_query_printed_asks_for_the_same(text: str) -> None:
    assert conditions(print_query(conditions(text))) == conditions(text)


def test_every_figure_has_a_name_by_which_it_is_found() -> None:
    for key in figures():
        assert parse_query(f"{figure_name(key)}>=1").figures == (FigureFilter(key, low=1),)
