from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from indexer.search.port import Histogram, ResultPage, SearchEngine
from tests.webapp.reading import in_chinese
from webapp.arguments.parsing import parse_search
from webapp.shapes.figure_panel import condition_words, shape_figures, short_number

condition_words = in_chinese(condition_words)
shape_figures = in_chinese(shape_figures)
short_number = in_chinese(short_number)

AMOUNT = "proactive.procurement.amount_yuan"
BINS = (
    (-9.0, -1.0, 1),
    (0.0, 0.0, 2),
    (0.01, 0.09, 0),
    (0.1, 0.99, 0),
    (1.0, 9.99, 3),
    (10.0, 99.99, 0),
    (100.0, 999.99, 1),
)


def page_with(
    engine: SearchEngine, arguments: list[tuple[str, str]], histogram: Histogram
) -> ResultPage:
    page = engine.search(parse_search(arguments))
    return replace(page, histograms={histogram.key: histogram})


def test_bars_leave_out_what_is_empty_just_above_zero(engine: SearchEngine) -> None:
    page = page_with(engine, [("figure", AMOUNT)], Histogram(AMOUNT, BINS, 4, 7, 12, 2.5))
    panel = shape_figures(page)

    assert [(bar.label, bar.count) for bar in panel.bars] == [
        ("-9–-1", 1), ("0", 2), ("1–10", 3), ("10–100", 0), ("100–1,000", 1), ("无法判断", 4),
    ]  # fmt: skip
    assert panel.caption == "其余条件下 11 份的分布"
    assert panel.summary == "范围内 7 份：合计 12 元，中位数 2.5 元；没有印单位的照印出的数计入"
    assert panel.bars[-1].width == 100


def test_bars_outside_the_range_are_hollow(engine: SearchEngine) -> None:
    page = page_with(engine, [(f"{AMOUNT}_min", "50")], Histogram(AMOUNT, BINS, 0, 1, 100, 100.0))

    assert [bar.kind for bar in shape_figures(page).bars] == ["b2", "b2", "b2", "b1", "b1", "b4"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("行政诉讼>0", "1", ""),
        ("行政诉讼<=9", "", "9"),
        ("行政诉讼<9", "", "8"),
        ("采购金额>100", "100", ""),
    ],
)
def test_an_open_end_of_a_count_is_shown_as_the_closed_one_it_means(
    engine: SearchEngine, text: str, low: str, high: str
) -> None:
    panel = shape_figures(engine.search(parse_search([("q", text)])))

    assert (panel.low, panel.high) == (low, high)


def test_the_form_keeps_everything_that_is_in_force(
    client: FlaskClient, engine: SearchEngine
) -> None:
    arguments = [
        ("q", "微信 行政诉讼>0"),
        ("level", "county"),
        ("requests.received.total_max", "9"),
        ("page", "2"),
    ]
    panel = shape_figures(
        engine.search(parse_search([*arguments, ("figure", "disputes.litigation.total")]))
    )

    assert panel.kept == (
        ("q", "微信 行政诉讼>0"),
        ("level", "county"),
        ("requests.received.total_max", "9"),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("行政诉讼=3", "= 3"),
        ("行政诉讼!=3", "不是 3"),
        ("采购金额:1万..448000000", "1万 至 4.48亿"),
        ("行政诉讼:空,缺", "空 或 缺"),
        ("行政诉讼<3", "< 3"),
    ],
)
def test_a_condition_is_said_in_words(text: str, words: str) -> None:
    assert condition_words(parse_search([("q", text)]).figures[0]) == words


def test_round_numbers_are_said_short() -> None:
    assert [short_number(value) for value in (0, 10_000, 12_345, -20_000, 1e8)] == [
        "0",
        "1万",
        "12,345",
        "-2万",
        "1亿",
    ]
