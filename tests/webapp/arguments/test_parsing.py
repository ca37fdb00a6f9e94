from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import QueryError
from indexer.messages import render
from indexer.records import STATUSES
from indexer.search.catalogue.facets import facets, find_value
from indexer.search.catalogue.figures import figures
from indexer.search.language.query_size import MAX_CONDITIONS
from indexer.search.query import FacetFilter, FigureFilter, Query, Sort
from tests.saying import raises_saying
from webapp.arguments.catalogue import search_arguments
from webapp.arguments.option_arguments import default_figure, is_form
from webapp.arguments.parsing import parse_report, parse_search
from webapp.arguments.printing import build_search
from webapp.arguments.record import ArgumentError
from webapp.permalinks import search_path

KEYS = st.sampled_from(sorted(figures()))
LITIGATION = "disputes.litigation.total"
RECEIVED = "requests.received.total"


@st.composite
def facet_pairs(draw: st.DrawFn) -> list[tuple[str, str]]:
    facet = draw(st.sampled_from(list(facets().values())))
    names = (
        st.sampled_from(sorted(facet.values.values()))
        if facet.values
        else st.sampled_from(["2019", "2020", "3609"])
    )
    values = draw(
        st.lists(names.filter(lambda name: find_value(facet, name) is not None), max_size=3)
    )
    return [(draw(st.sampled_from(["", "-"])) + facet.name, value) for value in values]


@st.composite
def figure_pairs(draw: st.DrawFn) -> list[tuple[str, str]]:
    key = draw(KEYS)
    bound = st.one_of(st.integers(-(10**12), 10**12), st.decimals(-(10**6), 10**6, places=2))
    low, high = sorted(draw(st.tuples(bound, bound)), key=float)
    ends = [(f"{key}_min", f"{low}"), (f"{key}_max", f"{high}")]
    chosen = draw(st.lists(st.sampled_from(ends), unique=True))
    return chosen + [
        (f"{key}_status", status)
        for status in draw(st.lists(st.sampled_from(STATUSES), max_size=2))
    ]


def one_of_each(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Drop what may be given only once and is given again."""
    seen: set[str] = set()
    return [
        pair
        for pair in pairs
        if not (pair[0].endswith(("_min", "_max")) and (pair[0] in seen or seen.add(pair[0])))
    ]


ORDERS = st.one_of(st.sampled_from(["relevance", "year", "-year"]), KEYS, KEYS.map("-{}".format))
SINGLES = st.fixed_dictionaries(
    {},
    optional={
        "q": st.sampled_from(
            [
                "微信",
                '拆迁 "保密审查"',
                "行政诉讼>0 层级:乡镇",
                "年份:2019.. -微博",
                "章节:问题 人员",
                "",
            ]
        ),
        "sort": ORDERS,
        "page": st.integers(1, 1000).map(str),
        "size": st.integers(1, 100).map(str),
        "unjudged": st.sampled_from(["1", "0", ""]),
        "figure": KEYS,
        "synonyms": st.sampled_from(["on", "off", ""]),
    },
).map(lambda found: list(found.items()))
REFUSED = st.lists(
    st.tuples(st.just("-synonym"), st.sampled_from(["政府网站", "申请公开", " 发改局 ", ""])),
    max_size=3,
)
PAIRS = st.tuples(
    SINGLES, st.lists(facet_pairs(), max_size=3), st.lists(figure_pairs(), max_size=3), REFUSED
).map(
    lambda parts: one_of_each(
        [pair for part in (parts[0], *parts[1], *parts[2], parts[3]) for pair in part]
    )
)


@given(PAIRS)
def test_the_address_built_of_a_search_asks_for_that_very_search(
    pairs: list[tuple[str, str]],
) -> None:
    try:
        query = parse_search(pairs)
    except ArgumentError as error:
        assert "大于最大值" in render(error.message)
        return

    assert parse_search(build_search(query)) == query


@given(PAIRS)
def test_an_address_survives_being_an_address(pairs: list[tuple[str, str]]) -> None:
    assert parse_qsl(urlsplit(search_path(pairs)).query, keep_blank_values=True) == pairs


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*list(search_arguments())[:30], "level", "x"]) | st.text(max_size=20),
            st.text(),
        )
    )
)
def test_no_arguments_whatever_do_more_than_be_refused_by_name(
    pairs: list[tuple[str, str]],
) -> None:
    try:
        query = parse_search(pairs)
    except ArgumentError as error:
        assert error.pairs == tuple(pairs)
        assert 0 <= error.at < len(pairs)
    except QueryError as error:
        assert ("q", error.text) in [(name, value.strip()) for name, value in pairs]
    else:
        assert isinstance(query, Query)


def test_reads_every_kind_of_argument() -> None:
    query = parse_search(
        [
            ("q", "保密审查"),
            ("level", "township"),
            ("level", "乡镇"),
            ("level", "county"),
            ("-year", "2019"),
            (f"{LITIGATION}_min", "１"),
            (f"{LITIGATION}_max", "1,000"),
            ("requests.received.total_status", "blank"),
            ("requests.received.total_status", "缺"),
            ("sort", f"-{LITIGATION}"),
            ("page", "2"),
            ("size", "50"),
            ("unjudged", "1"),
        ]
    )

    assert query.text == "保密审查"
    assert query.filters == (
        FacetFilter("year", ("2019",), True),
        FacetFilter("level", ("township", "county")),
    )
    assert query.figures == (
        FigureFilter("requests.received.total", statuses=("blank", "missing")),
        FigureFilter(LITIGATION, 1, 1000),
    )
    assert (query.sort, query.page, query.size) == (Sort(LITIGATION, True), 2, 50)
    assert query.include_unjudged
    assert "level" in query.facets


def test_amounts_may_be_given_with_their_unit() -> None:
    assert (
        parse_search([("proactive.procurement.amount_yuan_min", "4.48亿")]).figures[0].low
        == 448_000_000
    )


@pytest.mark.parametrize(
    ("name", "value", "nearest"),
    [
        (f"{LITIGATION}_mn", "1", f"{LITIGATION}_min"),
        ("levl", "township", "level"),
        ("Level", "township", "level"),
        ("pages", "2", "page"),
        ("requests.recieved.total_max", "2", "requests.received.total_max"),
    ],
)
def test_an_unknown_argument_is_refused_with_the_nearest_right_one(
    name: str, value: str, nearest: str
) -> None:
    with pytest.raises(ArgumentError) as caught:
        parse_search([("q", "x"), (name, value)])

    assert name in render(caught.value.message)
    assert caught.value.near[0].name == nearest
    assert caught.value.fixed == (("q", "x"), (nearest, value))


@pytest.mark.parametrize(
    ("name", "value", "fixed"),
    [
        ("level", "townshp", "township"),
        ("year", "二零一九", "2019"),
        ("page", "0", "1"),
        ("page", "一", "1"),
        ("page", "99999999999999999999", "1000000"),
        ("size", "101", "100"),
        ("size", "-3", "20"),
        ("sort", "-yaer", "-year"),
        ("sort", "-relevance", "relevance"),
        ("unjudged", "yes", "1"),
        (f"{LITIGATION}_min", "一", "1"),
        (f"{LITIGATION}_min", "nan", "1"),
        (f"{LITIGATION}_max", "1e9", "1"),
        (f"{LITIGATION}_max", "9" * 400, "1"),
        (f"{LITIGATION}_status", "blnk", "blank"),
        ("figure", "disputes.litigation.totl", LITIGATION),
    ],
)
def test_a_malformed_value_is_refused_with_one_that_works(
    name: str, value: str, fixed: str
) -> None:
    with pytest.raises(ArgumentError) as caught:
        parse_search([(name, value)])

    assert name in render(caught.value.message)
    assert caught.value.fixed == ((name, fixed),)
    assert parse_search(caught.value.fixed)


def test_what_may_be_given_once_is_refused_twice() -> None:
    with raises_saying(ArgumentError, "不止一次") as caught:
        parse_search([("q", "a"), ("page", "2"), ("q", "b")])

    assert caught.value.fixed == (("q", "a"), ("page", "2"))


@pytest.mark.parametrize("name", ["county", "-region", "id"])
def test_more_conditions_than_a_search_can_have_are_refused_and_the_last_let_go_of(
    name: str,
) -> None:
    pairs = [
        ("q", "微信 拆迁"),
        *((name, f"某地{number}") for number in range(MAX_CONDITIONS - 1)),
    ]
    with raises_saying(ArgumentError, f"最多 {MAX_CONDITIONS} 个") as caught:
        parse_search(pairs)

    assert (caught.value.at, caught.value.fixed) == (len(pairs) - 1, None)
    assert len(parse_search(pairs[:-1]).filters[0].values) == MAX_CONDITIONS - 2


def test_a_range_the_wrong_way_round_is_refused_and_turned() -> None:
    with raises_saying(ArgumentError, "大于最大值") as caught:
        parse_search([(f"{LITIGATION}_min", "9"), (f"{LITIGATION}_max", "1")])

    assert caught.value.fixed == ((f"{LITIGATION}_min", "1"), (f"{LITIGATION}_max", "9"))


def test_the_figure_form_means_the_range_of_its_figure_and_takes_the_place_of_the_old_one() -> None:
    pairs = [(f"{LITIGATION}_min", "7"), ("figure", LITIGATION), ("min", "1"), ("max", "")]

    assert is_form(pairs)
    assert parse_search(pairs).figures == (FigureFilter(LITIGATION, 1, None),)
    assert build_search(parse_search(pairs)) == ((f"{LITIGATION}_min", "1"),)


def test_the_figure_form_without_a_range_asks_for_the_distribution_alone() -> None:
    query = parse_search([("figure", LITIGATION), ("min", ""), ("max", "")])

    assert query.figures == ()
    assert query.histograms == (LITIGATION,)
    assert build_search(query) == (("figure", LITIGATION),)


def test_a_range_without_a_figure_is_refused() -> None:
    with raises_saying(ArgumentError, "figure"):
        parse_search([("min", "1")])


def test_empty_fields_of_a_form_ask_for_nothing() -> None:
    query = parse_search([("q", " "), (f"{LITIGATION}_min", ""), ("page", "")])

    assert query == parse_search([])
    assert build_search(query) == ()
    assert default_figure(query) == "requests.received.total"


def test_a_filter_typed_and_then_let_go_of_is_gone_from_the_text() -> None:
    query = parse_search([("q", "拆迁 层级:乡镇 行政诉讼>0")])
    loose = Query(query.text, query.root, (), query.figures, histograms=query.histograms)

    assert build_search(loose) == (("q", "拆迁 行政诉讼>0"),)


def test_two_conditions_on_one_facet_stay_two() -> None:
    query = parse_search([("q", "地区:江西 地区:宜春 微信")])
    smaller = Query("", None, query.filters)
    again = parse_search(build_search(smaller))

    assert sorted(one.values for one in again.filters) == [("宜春",), ("江西",)]


def test_a_report_takes_words_and_a_wish_for_links() -> None:
    arguments = parse_report([("q", " 微信 "), ("cells", "links")])

    assert (arguments.words, arguments.all_linked) == ("微信", True)


@pytest.mark.parametrize(
    "hung", [("from", "singlemessage"), ("cells", "all"), ("page", "2"), ("q", "公开")]
)
def test_a_report_passes_over_what_sharing_hangs_on_its_address(hung: tuple[str, str]) -> None:
    assert parse_report([("q", "微信"), hung]) == parse_report([("q", "微信")])


def test_several_figures_may_be_looked_at_and_the_first_has_the_form(client: FlaskClient) -> None:
    pairs = [("figure", LITIGATION), ("figure", RECEIVED), ("figure", LITIGATION), ("min", "0")]
    query = parse_search(pairs)
    page = client.get("/search", query_string=pairs[:2])

    assert query.histograms == (LITIGATION, RECEIVED)
    assert [(one.key, one.low) for one in query.figures] == [(LITIGATION, 0)]
    assert parse_search(build_search(query)).histograms == query.histograms
    assert page.status_code == 200
    assert f'<option value="{LITIGATION}" selected>' in page.text
    assert list(client.get("/search.json", query_string=pairs[:2]).get_json()["histograms"]) == [
        LITIGATION,
        RECEIVED,
    ]


@pytest.mark.parametrize("further", [["nosuch"], [RECEIVED] * 20])
def test_each_of_several_figures_is_checked(client: FlaskClient, further: list[str]) -> None:
    pairs = [("figure", LITIGATION), *(("figure", key) for key in further)]

    assert client.get("/search", query_string=pairs).status_code == 400
