"""What stands before what, and how an explanation says it, on every engine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.errors import ReportNotFound
from indexer.search.language.parser import parse_query
from indexer.search.query import Sort
from tests.changes import change_index
from tests.indexer.engines.contract import COMMISSION, ids


def test_the_order_is_total(engine, three):
    change_index(engine, three)
    assert ids(engine, "") == ["c", "b", "a"]
    assert ids(engine, "", Sort("year", descending=False)) == ["a", "b", "c"]
    assert ids(engine, "", Sort("disputes.litigation.total")) == ["b", "a", "c"]
    assert ids(engine, "", Sort("disputes.litigation.total", descending=False)) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("run", "scattered"),
    [
        ("征地补偿安置", "征地。补偿。安置。"),
        ("征地陬补偿", "征地陬。补偿。"),
        ("征地某补偿某", "征地某。补偿某。"),
    ],
)
def test_a_literal_run_stands_before_scattered_words_however_many(engine, build, run, scattered):
    often = build(key="a", overview=scattered * 30, year=2022)
    literal = build(key="b", overview="公开。" * 200 + run + "。", year=2019)
    change_index(engine, [often, literal])
    assert ids(engine, run) == ["b", "a"]


@pytest.mark.parametrize(
    "query", ["怎么申请政府信息公开", "请问 政府信息公开 申请", "政府信息公开是怎么申请的？"]
)
def test_a_question_finds_what_it_asks_about_and_first_where_it_stands_as_typed(
    engine, build, query
):
    scattered = build(key="a", overview="申请，政府信息公开。" * 30, year=2022)
    literal = build(key="b", overview="工作。" * 200 + "怎么申请政府信息公开。", year=2019)
    change_index(
        engine, [scattered, literal, build(key="c", overview="政府信息公开，怎么，请问。")]
    )
    assert sorted(ids(engine, query)) == ["a", "b"]
    assert ids(engine, "怎么申请政府信息公开") == ["b", "a"]
    assert ids(engine, '"怎么申请政府信息公开"') == ["b"]
    assert sorted(ids(engine, "-怎么申请政府信息公开")) == ["a", "c"]


def test_near_stands_before_far(engine, build):
    far = build(key="a", overview="拆迁" + "，工作" * 40 + "，信访。", year=2022)
    near = build(key="b", overview="工作，" * 40 + "拆迁，信访。", year=2019)
    change_index(engine, [far, near])
    assert ids(engine, "拆迁 信访") == ["b", "a"]


def test_the_title_stands_before_the_text(engine, build):
    text = build(key="a", overview="拆迁。", year=2022)
    title = build(key="b", title="拆迁专项报告", overview="工作。", year=2019)
    change_index(engine, [text, title])
    assert ids(engine, "拆迁") == ["b", "a"]


@pytest.mark.parametrize("query", ["电子烟摸排", "摸排", "摸排*", '"烟摸"', "章节:总体情况 摸排"])
def test_a_sub_heading_stands_before_the_text(engine, build, query):
    text = build(
        key="a", overview="（一）其他工作\n电子烟摸排，电子烟摸排，电子烟摸排。", year=2022
    )
    headed = build(
        key="b", overview="（一）电子烟摸排\n此项工作已经完成，名单张贴七天。", year=2019
    )
    led = build(
        key="c", overview="工作已完成。\n2.电子烟摸排。此项工作已经完成，名单张贴七天。", year=2018
    )
    change_index(engine, [text, headed, led])
    assert ids(engine, query) == ["b", "c", "a"]


def test_what_is_held_to_a_section_takes_nothing_from_the_headings_of_another(engine, build):
    elsewhere = build(key="a", overview="（一）摸排", problems="摸排不细。", year=2022)
    nowhere = build(key="b", overview="（一）工作", problems="摸排不细。", year=2022)
    change_index(engine, [elsewhere, nowhere])
    first, second = engine.search(parse_query("章节:问题 摸排")).hits
    assert (first.id, first.score) == ("a", second.score)


def test_an_explanation_tells_what_the_sub_headings_bring_in(engine, build):
    change_index(
        engine,
        [
            build(key="a", overview="（一）摸排情况\n摸排已经完成。"),
            build(key="b", overview="工作。"),
        ],
    )
    (clue,) = engine.explain(parse_query("摸排"), "a").details
    assert clue.freqs == (("overview", 2), ("heading_overview", 1))
    assert dict(clue.scores)["heading"] > dict(clue.scores)["text"] > 0


def test_an_explanation_says_what_was_found_where_how_often_and_how_many_have_it(engine, build):
    change_index(
        engine,
        [
            build(
                key="a",
                title="拆迁年报",
                overview="拆迁，拆迁和信访。",
                problems="发展和改革委员会",
            ),
            build(key="b", overview="信访"),
            build(key="c", overview="征地"),
        ],
    )
    told = engine.explain(replace(parse_query("拆迁 信访 发改委"), synonyms=COMMISSION), "a")
    assert [(clue.kind, clue.text, clue.freqs, clue.doc_freq) for clue in told.details] == [
        ("word", "拆迁", (("title", 1), ("overview", 2)), 1),
        ("word", "信访", (("overview", 1),), 2),
        ("word", "发改委", (), 0),
        ("synonym", "发展和改革委员会", (("problems", 1),), 1),
        ("near", "拆迁", (("overview", 1),), None),
    ]
    assert told.details[0].score > told.details[1].score > told.details[2].score == 0
    assert (told.details[3].stands_for, told.details[4].beside, told.details[4].distance) == (
        "发改委",
        "信访",
        2,
    )
    assert (told.matches, told.reports) == (True, 3)
    assert engine.explain(parse_query("拆迁"), "b").matches is False
    with pytest.raises(ReportNotFound):
        engine.explain(parse_query("拆迁"), "nothing")
