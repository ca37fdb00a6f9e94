from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import ConfigError
from indexer.search.analysis.synonym_file import read_synonyms
from indexer.search.analysis.synonyms import Synonyms, build_synonyms, with_synonyms
from indexer.search.language.parser import parse_query
from indexer.search.query import Synonym
from indexer.settings import Settings
from tests.saying import raises_saying

OURS = build_synonyms(
    [
        (("发改委", "发展和改革委员会"), ("发改委", "发展和改革委员会")),
        (("申请公开", "依申请公开"), ("申请公开", "依申请公开")),
        (("打官司",), ("行政诉讼",)),
    ]
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    return tmp_path


def read(folder: Path, text: str) -> Synonyms:
    (folder / "synonyms.txt").write_text(text, encoding="utf-8")
    return read_synonyms(Settings(corpus=folder / "corpus"))


# ── the file ────────────────────────────────────────────────────────────────────────────────────


def test_the_programs_own_file_can_be_read_and_knows_the_words_of_the_field(folder: Path) -> None:
    table = read_synonyms(Settings(corpus=folder / "corpus")).table

    assert "申请公开" in table["依申请公开"]
    assert "结果纠正" in table["败诉"]
    assert "政务服务热线" in table["12345"]
    assert "发展和改革委员会" in table["发改委"]
    assert "打官司" not in table.get("行政诉讼", ())


def test_a_file_beside_the_corpus_adds_groups_both_ways_and_one_way(folder: Path) -> None:
    table = read(folder, "\ufeff# 我的\n甲乙 ～ 丙丁~ＧＤＰ  # 三个\n\n戊己＞庚辛 ~ “壬”癸\n").table

    assert table["甲乙"] == ("丙丁", "ＧＤＰ")
    assert table["gdp"] == ("甲乙", "丙丁")
    assert table["戊己"] == ("庚辛", "“壬”癸")
    assert "庚辛" not in table
    assert "败诉" in table


def test_of_a_word_in_two_groups_the_synonyms_of_both_count(folder: Path) -> None:
    table = read(folder, "甲乙 ~ 丙丁\n甲乙 ~ 戊己\n甲乙 ~ 丙丁").table

    assert table["甲乙"] == ("丙丁", "戊己")
    assert table["丙丁"] == ("甲乙",)


def test_a_word_can_be_taken_out_of_what_comes_with_the_program_or_all_of_it(folder: Path) -> None:
    table = read(folder, "! 敗訴\n").table
    assert not table.get("败诉")
    assert all("败诉" not in others for others in table.values())
    assert "发展和改革委员会" in table["发改委"]

    assert read(folder, "!*\n败诉 ~ 被撤销").table == {"败诉": ("被撤销",), "被撤销": ("败诉",)}


def test_the_setting_names_another_file_which_must_be_there(folder: Path) -> None:
    named = Settings(corpus=folder / "corpus", synonyms=folder / "mine.txt")
    with raises_saying(ConfigError, "mine.txt 读不出来.*NIANBAO_SYNONYMS"):
        read_synonyms(named)
    (folder / "mine.txt").write_text("甲乙 ~ 丙丁", encoding="utf-8")
    assert read_synonyms(named).table["甲乙"] == ("丙丁",)
    (folder / "mine.txt").write_text("甲乙 ~ 丙丁", encoding="gb18030")
    with raises_saying(ConfigError, "不是 UTF-8"):
        read_synonyms(named)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("甲乙", "只有一个词"),
        ("甲乙 ~", "太短"),
        ("甲乙 ~ 丙", "“丙”太短"),
        ("甲乙 > ", "太短"),
        ("甲乙 > 丙丁 > 戊己", "最多一个"),
        ("甲乙 ~ 丙丁 > 戊己", "左边应只有一个词"),
        ("甲乙 ~ 丙丁 ~ 甲乙", "写了两遍"),
        ("征地 > 徵地", "写了两遍"),
        ("甲 乙 > 丙丁", "因为有“ ”"),
        ("层级:乡镇 ~ 丙丁", "因为有“:”"),
        (" ~ ".join(f"词{number:02}" for number in range(13)), "最多 12 个"),
        ("! 丙", "太短"),
    ],
)
def test_a_fault_names_the_line_and_what_to_do(folder: Path, line: str, fault: str) -> None:
    with raises_saying(ConfigError, f"synonyms.txt 第 3 行.*{fault}"):
        read(folder, f"# 我的\n甲甲 ~ 乙乙\n{line}\n")


# ── the synonyms of a query ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("发改委", [("发改委", "发展和改革委员会")]),
        ("發改委", [("发改委", "发展和改革委员会")]),
        ("县发改委工作", [("发改委", "发展和改革委员会")]),
        ("打官司 OR (章节:问题 发改委)", [("打官司", "行政诉讼"), ("发改委", "发展和改革委员会")]),
        ("依申请公开", [("依申请公开", "申请公开")]),
        ("申请公开", []),
        ("行政诉讼", []),
        ('"发改委" 发改* 机构:发改委 -发改委', []),
        ("发改委 发展和改革委员会", []),
        ('发改委 -"发展和改革委员会"', []),
        ("年份:2019", []),
    ],
)
def test_unquoted_words_have_synonyms_and_nothing_else_has(
    text: str, found: list[tuple[str, str]]
) -> None:
    query = with_synonyms(parse_query(text), OURS)

    assert [(one.word, one.also) for one in query.synonyms] == found


@pytest.mark.parametrize("refused", [("*",), ("發展和改革委員會",)])
def test_what_is_refused_is_off_and_still_said(refused: tuple[str, ...]) -> None:
    query = with_synonyms(replace(parse_query("发改委"), refused=refused), OURS)

    assert query.synonyms == (Synonym("发改委", "发展和改革委员会", on=False),)
