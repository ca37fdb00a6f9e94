from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.query import FacetFilter, FigureFilter, Query
from webapp.arguments.parsing import parse_search
from webapp.arguments.printing import build_search
from webapp.arguments.query_steps import (
    choose_place,
    chosen,
    is_chosen,
    toggle,
    with_figure,
    without_figure,
)

TEXTS = st.sampled_from(
    [
        "微信",
        "层级:乡镇 微信",
        "年份:2019..2020",
        "年份:2019..",
        "行政诉讼>0 -层级:部门",
        "地区:宜春 -年份:2019",
        "",
    ]
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [("level", "township"), ("level", "county"), ("year", "2019"), ("form", "2021")]
        ),
        st.booleans(),
    ),
    max_size=5,
)


@given(TEXTS, STEPS)
def test_whatever_is_chosen_the_address_asks_for_it(
    text: str, steps: list[tuple[tuple[str, str], bool]]
) -> None:
    query = parse_search([("q", text)])
    for (field, value), excluded in steps:
        query = toggle(query, field, value, excluded)
    again = parse_search(build_search(query))

    assert again.root == query.root
    assert sorted(again.filters, key=repr) == sorted(query.filters, key=repr)
    assert again.figures == query.figures


@given(TEXTS, st.sampled_from([("level", "township"), ("year", "2019")]), st.booleans())
def test_choosing_and_letting_go_leaves_the_value_unchosen(
    text: str, value: tuple[str, str], excluded: bool
) -> None:
    query = toggle(parse_search([("q", text)]), *value, excluded)
    if not is_chosen(query, *value, excluded):
        query = toggle(query, *value, excluded)

    assert is_chosen(query, *value, excluded)
    assert not is_chosen(query, *value, not excluded)
    assert not is_chosen(toggle(query, *value, excluded), *value, excluded)


def test_a_second_value_of_a_facet_joins_the_first() -> None:
    query = toggle(toggle(Query(), "level", "township"), "level", "county")

    assert query.filters == (FacetFilter("level", ("township", "county")),)


def test_a_place_brings_those_it_lies_in_and_takes_those_below_along() -> None:
    county = choose_place(
        Query(), [("province", "江西省"), ("prefecture", "宜春市"), ("county", "高安市")]
    )
    assert [chosen(county, name) for name in ("province", "prefecture", "county")] == [
        ("江西省",),
        ("宜春市",),
        ("高安市",),
    ]

    loose = choose_place(county, [("province", "江西省")])
    assert loose.filters == ()


def test_a_place_typed_by_its_short_name_is_chosen_already() -> None:
    query = parse_search([("q", "省:江西")])

    assert is_chosen(query, "province", "江西省")
    assert toggle(query, "province", "江西省").filters == ()


@pytest.mark.parametrize("text", ["行政诉讼>0", "行政诉讼:空 行政诉讼<9"])
def test_a_new_condition_on_a_figure_takes_the_place_of_the_old(text: str) -> None:
    wanted = FigureFilter("disputes.litigation.total", 1, 9)
    query = with_figure(parse_search([("q", text), ("page", "3")]), wanted)

    assert (query.figures, query.page) == ((wanted,), 1)
    assert without_figure(query, wanted.key).figures == ()


@pytest.mark.parametrize("excluded", [False, True])
def test_a_place_asked_for_by_name_alone_is_chosen_in_the_tree_and_can_be_let_go_of_there(
    excluded: bool,
) -> None:
    query = parse_search([("q", "-地区:江西 微信" if excluded else "地区:江西 微信")])
    assert is_chosen(query, "province", "江西省", excluded)

    other = toggle(query, "province", "江西省", not excluded)
    assert not is_chosen(other, "province", "江西省", excluded)
    assert is_chosen(other, "province", "江西省", not excluded)

    assert build_search(toggle(query, "province", "江西省", excluded)) == (("q", "微信"),)


def test_below_a_place_asked_for_by_name_alone_another_is_chosen_beside_it() -> None:
    query = choose_place(
        parse_search([("q", "地区:江西")]), [("province", "江西省"), ("prefecture", "宜春市")]
    )

    assert query.filters == (
        FacetFilter("region", ("江西",)),
        FacetFilter("prefecture", ("宜春市",)),
    )
