from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from indexer.search.catalogue.figures import figures
from indexer.search.language.parser import parse_query
from indexer.search.language.query_size import MAX_CONDITIONS
from tests.webapp.reading import href, soup, text, texts

LITIGATION = "disputes.litigation.total"


def test_results_name_body_place_level_and_year_and_lead_to_the_sections(
    client: FlaskClient,
) -> None:
    page = soup(client, "/search", q='"保密审查"')

    assert text(page, ".found").startswith("3 份报告")
    first = page.select("ol.hits > li")[0]
    assert re.search(r"镇|市", text(first, "h2"))
    assert "年" in text(first, ".meta")
    assert "保密审查" in texts(first, ".secs mark")
    section = href(first, ".secs dt a")
    assert "?q=%22" in section
    assert "保密审查" in texts(soup(client, section), "mark")


def test_a_snippet_leads_to_its_paragraph(client: FlaskClient) -> None:
    page = soup(client, "/search", q='"信息公开保密审查"')
    link = href(page, ".secs dd a.hash")
    path, _, anchor = link.partition("#")

    assert "信息公开保密审查" in text(soup(client, path), f"[id={anchor}]")


def test_townships_with_nonzero_litigation_say_how_many_were_judged(client: FlaskClient) -> None:
    page = soup(client, "/search", q="层级:乡镇 行政诉讼>0")

    assert text(page, ".found") == "没有报告符合全部条件"
    assert "在 4 份乡镇报告里没有「行政诉讼·总计 > 0」的：4 份全部能判断。" in text(page, ".alert")


def test_what_cannot_be_judged_is_said_beside_what_was_found(client: FlaskClient) -> None:
    page = soup(client, "/search", **{"requests.received.total_min": "1"})

    assert text(page, ".found") == "2 份报告，另有 1 份无法判断"
    assert "其余条件下 5 份里能判断 4 份" in text(page, "main")
    assert "这一格是空的" in text(page, "#unjudged")
    assert page.select_one("#unjudged a[href$='#requests.received.total']") is not None


def test_the_unjudged_can_be_listed_among_the_hits(client: FlaskClient) -> None:
    page = soup(client, "/search", **{"requests.received.total_min": "1", "unjudged": "1"})

    assert len(page.select("ol.hits > li")) == 3
    assert "无法判断" in texts(page, "ol.hits > li .meta")[-1]
    assert page.select_one("input[name=unjudged][checked]") is not None


def test_nothing_found_but_something_unjudged_is_not_called_none(client: FlaskClient) -> None:
    page = soup(client, "/search", q="机构:荷岭 新收申请>=1")

    assert "但有 1 份无法判断，不能说“没有”" in text(page, ".alert")


def test_of_the_conditions_to_let_go_of_the_one_that_finds_most_comes_first(
    client: FlaskClient,
) -> None:
    page = soup(client, "/search", q='"政务公开" 机构:田南镇 年份:2020')

    assert texts(page, "#relax ~ ul a") == [
        "不限「机构 田南镇」",
        "不限「年份 2020」",
        "不限「原文 “政务公开”」",
    ]


@pytest.mark.parametrize(
    "word",
    ['"{}"', "-{}", "公{}*", "机构:{}", "地区:{}", "行政诉讼>{}", "-行政诉讼={}", "(甲 OR {})"],
)
def test_a_page_reads_its_query_once_and_stays_of_a_size(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    read: list[str] = []
    monkeypatch.setattr(
        "webapp.arguments.text_arguments.parse_query",
        lambda text: read.append(text) or parse_query(text),
    )
    query = " ".join(word.format(number) for number in range(100, 100 + MAX_CONDITIONS - 1))
    response = client.get("/search", query_string={"q": query})

    assert response.status_code == 200
    assert read == [query]
    assert len(response.data) < 500_000


def test_a_query_of_too_many_words_is_refused_with_what_to_do(client: FlaskClient) -> None:
    query = " ".join(f"甲{number}" for number in range(MAX_CONDITIONS + 1))

    assert "请删去一些" in text(soup(client, "/search", 400, q=query), ".alert")


def test_a_long_query_is_not_repeated_in_every_link_to_a_report(client: FlaskClient) -> None:
    page = soup(client, "/search", q=f"政务公开 OR {'长' * 300}")

    assert len(page.select("ol.hits > li")) == 5
    assert not page.select("ol.hits a[href*='?q=']")


def test_every_condition_has_a_chip_that_lets_go_of_it(client: FlaskClient) -> None:
    page = soup(
        client, "/search", q="微信 层级:乡镇 -章节:问题", year="2019", **{f"{LITIGATION}_max": "9"}
    )
    chips = page.select(".chip:has(a)")
    kinds = [text(chip, "i") for chip in chips]

    assert len(chips) >= 4
    assert {"层级", "年份", "行政诉讼·总计"} <= set(kinds)
    for chip in chips:
        loose = soup(client, href(chip, "a"))
        assert len(loose.select(".chip:has(a)")) == len(chips) - 1


@pytest.mark.parametrize(
    ("query", "label"),
    [("", "筛选"), ("q=微信 公开", "筛选"), ("q=微信 层级:乡镇", "筛选（已用 1 项）"),
     (f"q=微信&year=2019&-level=county&{LITIGATION}_min=0&unjudged=1", "筛选（已用 3 项）")],
)  # fmt: skip
def test_the_drawer_counts_the_filters_in_force_not_the_words(
    client: FlaskClient, query: str, label: str
) -> None:
    assert text(soup(client, f"/search?{query}"), ".drawer.f > summary") == label


def test_a_repair_is_shown(client: FlaskClient) -> None:
    assert "引号" in text(soup(client, "/search", q='"保密审查'), ".chip.fix")


def test_choosing_excluding_and_letting_go_of_a_facet(client: FlaskClient) -> None:
    page = soup(client, "/search")
    county = next(item for item in page.select("#fc-level ~ ul > li") if "县" in item.get_text())
    chosen = soup(client, href(county, "a.fv"))
    excluded = soup(client, href(county, "a.ex"))

    assert (text(chosen, ".found"), text(excluded, ".found")) == ("1 份报告", "4 份报告")
    assert "县" in text(chosen, "#fc-level ~ ul a[aria-current]")
    assert "已排除：" in text(excluded, "a.fv.no")
    assert (
        text(soup(client, href(chosen, "#fc-level ~ ul a[aria-current]")), ".found") == "5 份报告"
    )
    assert text(soup(client, href(excluded, "#fc-level ~ ul a.fv.no")), ".found") == "5 份报告"


@pytest.mark.parametrize(
    ("argument", "count"),
    [
        ("province=360000", 4),
        ("province=36", 4),
        ("q=省:360000", 4),
        ("q=市:3609", 3),
        ("prefecture=３６０９００", 3),
        ("county=360983000000", 3),
        ("-province=360000", 1),
        ("province=360000&province=山东省", 5),
        ("province=990000", 0),
    ],
)  # fmt: skip
def test_a_place_is_found_by_its_code_at_its_level_too(
    client: FlaskClient, argument: str, count: int
) -> None:
    assert client.get(f"/search.json?{argument}").get_json()["total"] == count
    page = soup(client, f"/search?{argument}")
    assert not [name for name in texts(page, "a.fv span") if name.isdigit() and len(name) > 4]


def test_a_code_of_another_level_is_refused_with_the_argument_that_takes_it(
    client: FlaskClient,
) -> None:
    problem = client.get("/search.json?-province=360983").get_json()

    assert (problem["status"], problem["nearest"]) == (400, ["-county"])
    assert client.get(problem["fixed"]).status_code == 200
    assert "county" in text(soup(client, "/search?province=360983", 400), "main p .btn.go")


def test_regions_open_from_province_to_county(client: FlaskClient) -> None:
    page = soup(client, "/search")
    province = soup(
        client,
        next(str(a["href"]) for a in page.select("#fc-region ~ ul a.fv") if "江西" in a.get_text()),
    )
    prefecture = soup(
        client,
        next(
            str(a["href"])
            for a in province.select("#fc-region ~ ul ul a.fv")
            if "宜春" in a.get_text()
        ),
    )
    county = soup(client, href(prefecture, "#fc-region ~ ul ul ul a.fv"))

    assert [text(one, ".found") for one in (province, prefecture, county)] == [
        "4 份报告",
        "3 份报告",
        "3 份报告",
    ]
    assert [text(chip, "b") for chip in county.select(".chip:has(a)")] == [
        "江西省",
        "宜春市",
        "高安市",
    ]


def test_the_figure_form_is_answered_with_the_address_it_means(client: FlaskClient) -> None:
    page = soup(client, "/search", q="政务公开", level="township")
    fields = {
        str(one["name"]): str(one.get("value", ""))
        for one in page.select(".figform input[type=hidden]")
    }
    response = client.get(
        "/search", query_string={**fields, "figure": LITIGATION, "min": "0", "max": ""}
    )

    assert response.status_code == 302
    assert (
        response.location
        == f"/search?q=%E6%94%BF%E5%8A%A1%E5%85%AC%E5%BC%80&level=township&{LITIGATION}_min=0"
    )
    again = soup(client, response.location)
    assert again.select_one(f"option[value='{LITIGATION}'][selected]") is not None
    assert again.select_one("input[name=min][value='0']") is not None


def submit(client: FlaskClient, path: str, figure: str, low: str, high: str = "") -> str:
    """Fill in the figure form of a page and return the address that it leads to."""
    page = soup(client, path)
    fields = [
        (str(one["name"]), str(one.get("value", "")))
        for one in page.select(".figform input[type=hidden]")
    ]
    response = client.get(
        "/search", query_string=[*fields, ("figure", figure), ("min", low), ("max", high)]
    )
    assert response.status_code == 302, response.text[:500]
    return unquote(response.location)


RECEIVED = "requests.received.total"


@pytest.mark.parametrize(
    ("before", "figure", "low", "high", "after"),
    [
        (f"{LITIGATION}_min=1&q=-火&level=county", RECEIVED, "1", "",
         f"q=-火&level=county&{RECEIVED}_min=1&{LITIGATION}_min=1&figure="),
        (f"{LITIGATION}_min=1&{LITIGATION}_max=9", LITIGATION, "2", "", f"{LITIGATION}_min=2"),
        (
            f"{LITIGATION}_min=1&{LITIGATION}_status=reported",
            LITIGATION,
            "",
            "",
            f"{LITIGATION}_status=reported",
        ),
        (
            "q=行政诉讼>0 微信",
            RECEIVED,
            "1",
            "",
            f"q=行政诉讼>0 微信&{RECEIVED}_min=1&figure={RECEIVED}",
        ),
        (
            "q=行政诉讼>0 行政诉讼<30 微信",
            LITIGATION,
            "2",
            "9",
            f"q=微信&{LITIGATION}_min=2&{LITIGATION}_max=9",
        ),
        ("q=行政诉讼!=3 行政诉讼>0", LITIGATION, "2", "", f"q=行政诉讼!=3&{LITIGATION}_min=2"),
        ("", RECEIVED, "1万", "１亿", f"{RECEIVED}_min=10000&{RECEIVED}_max=100000000"),
    ],
)  # fmt: skip
def test_the_figure_form_sets_the_range_of_its_own_figure_and_leaves_the_others(
    client: FlaskClient, before: str, figure: str, low: str, high: str, after: str
) -> None:
    assert (
        submit(client, f"/search?{before}", figure, low, high)
        == f"/search?{after.removesuffix('&figure=')}"
    )


def test_each_of_two_figures_has_a_chip_that_lets_go_of_it_alone(client: FlaskClient) -> None:
    page = soup(
        client, submit(client, f"/search?{LITIGATION}_min=1&q=-火&level=county", RECEIVED, "0")
    )
    assert {"行政诉讼·总计", "新收申请·总计"} <= set(texts(page, ".chip i"))

    chip = next(one for one in page.select(".chip") if "行政诉讼" in one.get_text())
    assert "行政诉讼·总计" not in texts(soup(client, href(chip, "a")), ".chip i")
    assert "新收申请·总计" in texts(soup(client, href(chip, "a")), ".chip i")


def test_the_distribution_has_a_bar_for_what_cannot_be_judged(client: FlaskClient) -> None:
    page = soup(client, "/search", figure="requests.received.total")

    assert texts(page, ".hist th") == ["0", "1–9", "无法判断"]
    assert texts(page, ".hist td:last-child") == ["2", "2", "1"]
    assert "合计 4，中位数 0.5" in text(page, ".figform ~ .sum")
    assert text(soup(client, href(page, ".hist tr:last-child a")), ".found") == "1 份报告"


def test_every_figure_can_be_chosen_by_its_name(client: FlaskClient) -> None:
    page = soup(client, "/search")

    assert {str(one["value"]) for one in page.select("select[name=figure] option")} == set(
        figures()
    )
    assert len(page.select("select[name=figure] option[selected]")) == 1
    assert len({str(group["label"]) for group in page.select("optgroup")}) == len(
        page.select("optgroup")
    )


def test_results_can_be_put_in_order_by_a_figure(client: FlaskClient) -> None:
    page = soup(client, "/search", figure="requests.received.total")
    order = next(
        str(a["href"])
        for a in page.select("nav[aria-label=排序] a")
        if "新收申请 ↓" in a.get_text()
    )
    figures = texts(soup(client, order), ".fig b")

    assert figures == ["3", "1", "0", "0", "空"]


def test_pages_lead_on_and_back(client: FlaskClient) -> None:
    first = soup(client, "/search", size="2")
    second = soup(client, href(first, ".pager a[rel=next]"))
    third = soup(client, href(second, ".pager a[rel=next]"))
    titles = [title for page in (first, second, third) for title in texts(page, "ol.hits h2")]

    assert len(set(titles)) == 5
    assert third.select_one(".pager a[rel=next]") is None
    assert second.select_one("ol.hits[start='3']") is not None


def test_a_page_behind_the_last_says_so(client: FlaskClient) -> None:
    page = soup(client, "/search", page="9")

    assert "没有第 9 页" in page.get_text()
    assert len(soup(client, href(page, ".say1 a")).select("ol.hits > li")) == 5


def test_new_words_keep_the_other_conditions(client: FlaskClient) -> None:
    page = soup(client, "/search", q="微信", level="township", page="1")

    assert [
        (str(one["name"]), str(one["value"])) for one in page.select(".top .ask input[type=hidden]")
    ] == [("level", "township")]


def test_a_value_of_which_nothing_is_left_is_shown_only_where_it_is_in_force(
    client: FlaskClient,
) -> None:
    page = soup(client, "/search", level="county", year="2018")
    counts = {text(link, "span"): text(link, "b") for link in page.select(".fv")}

    assert counts.get("县（市、区）") == "0"
    assert "乡镇" not in counts
    assert not [
        name
        for name, count in counts.items()
        if count == "0" and name not in ("县（市、区）", "2018")
    ]


def test_a_hit_without_findings_says_nothing_of_findings(client: FlaskClient) -> None:
    assert "没有发现" not in client.get("/search").text


def test_amounts_have_their_unit_in_hits_and_sums(client: FlaskClient) -> None:
    key = "proactive.procurement.amount_yuan"
    page = soup(client, "/search", figure=key, sort=f"-{key}")

    assert text(page, ".fig b").endswith(" 元") or text(page, ".fig b").endswith("元")
    assert "," in text(page, ".fig b")
    assert " 元，中位数 " in text(page, ".figform ~ .sum")


def test_a_filter_by_status_does_not_say_that_there_are_no_reports(odd_client: FlaskClient) -> None:
    page = soup(odd_client, "/search", **{"requests.received.business_status": "blank"})

    assert "份这一格都是“空”，没有数可以合计" in text(page, ".figform ~ .sum")


def test_the_hits_come_before_the_filters(client: FlaskClient) -> None:
    page = soup(client, "/search", q="政务公开")
    order = [one.get("id") or one.get("class") for one in page.select(".hits, #filters")]

    assert order == [["hits"], "filters"]
