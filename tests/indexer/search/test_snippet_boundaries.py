"""Texts are cut for show between words: no number and no word is ever halved."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from random import Random

import pytest
from hypothesis import given, settings

from indexer.records import Paragraph, Section
from indexer.search.analysis.segmenter import tokens
from indexer.search.highlight import build_snippets
from indexer.search.query import Phrase, UnquotedText
from indexer.search.snippet_boundaries import shorten, whole_end, whole_start
from indexer.search.terms import build_term
from indexer.text.folding import fold_with_offsets
from tests.strategies import randoms

NUMBERS = (
    "303条",
    "1,234件",
    "12,345,678.90元",
    "3.5%",
    "２０２１年",
    "９８．５％",
    "二〇二一年",
    "三百零三件",
    "1.2万条",
    "-3.5%",
)
NUMBERS += (
    "2020-01-31",
    "10:30",
    "1 234 567元",
    "第15条",
    "第二十三条",
    "百分之五十",
    "3‰",
    "５，０００元",
    "0.5个",
)
LETTERS = (
    "GDP",
    "ＧＤＰ",
    "www.example.gov.cn",
    "covid-19",
    "office@example.cn",
    "Café",
    "PDF文件",
    "P2P",
)
WORDS = (
    "依申请公开",
    "政府信息",
    "政務公開",
    "行政诉讼",
    "行政 复议",
    "答复",
    "办\u3000理",
    "拆迁",
    "和",
    "的",
    "保密审查",
)
SIGNS = ("，", "。", "、", "（", "）", "；", "：", "“", "”", " ", "")


def make_line(random: Random) -> str:
    """A line of words, numbers and letters, with many signs between them or hardly any."""
    rarity = random.choice((1, 1, 3, 12))
    kinds = random.choice(((NUMBERS, WORDS), (NUMBERS, LETTERS, WORDS), (WORDS,), (NUMBERS,)))
    parts = []
    for _ in range(random.randint(1, 40)):
        parts.append(random.choice(random.choice(kinds)))
        parts.append(random.choice(SIGNS) if random.randrange(rarity) == 0 else "")
    return "".join(parts)


def is_halved(line: str, at: int) -> bool:
    """Say whether a cut in a line goes through a number, a foreign or a segmented word."""
    before, after = line[:at], line[at:]
    if not before or not after:
        return False
    if re.search(r"\d[,.，．]?$", before) and re.match(r"[,.，．]?\d|[%％‰]", after):
        return not (before[-1] in ",.，．" and after[0] in ",.，．")
    if re.search(r"[A-Za-zＡ-Ｚ]$", before) and re.match(r"[A-Za-zＡ-Ｚ\u0301]", after):
        return True
    return any(start < at < end for start, end in _words(line))


@lru_cache(64)
def _words(line: str) -> tuple[tuple[int, int], ...]:
    folded = fold_with_offsets(line)
    return tuple(folded.span(one.start, one.end) for one in tokens(folded.text))


@settings(max_examples=100, deadline=None)
@given(randoms())
def test_no_place_to_cut_halves_anything_and_the_nearest_on_each_side_is_found(
    random: Random,
) -> None:
    line = make_line(random)
    for at in random.sample(range(len(line) + 1), min(20, len(line) + 1)):
        start, end = whole_start(line, at), whole_end(line, at)

        assert 0 <= start <= at <= end <= len(line)
        assert not is_halved(line, start), (line[:start], line[start:])
        assert not is_halved(line, end), (line[:end], line[end:])
        assert (start == at) == (end == at)


@settings(max_examples=100, deadline=None)
@given(randoms())
def test_no_snippet_begins_or_ends_within_a_number_or_a_word(random: Random) -> None:
    lines = [make_line(random) for _ in range(random.randint(1, 3))]
    section = Section(
        "overview", None, tuple(Paragraph(number, line) for number, line in enumerate(lines, 1))
    )
    line = random.choice(lines)
    at = random.randrange(len(line))
    sought = random.choice(
        [
            UnquotedText("拆迁"),
            UnquotedText("保密审查"),
            Phrase("303"),
            Phrase(line[at : at + random.randint(1, 6)]),
        ]
    )
    ends = [0, *accumulate(len(line) + 1 for line in lines)]
    for snippet in build_snippets(section, [build_term(sought)]):
        assert any(
            _is_whole(section.text, ends, place, place + len(snippet.text))
            for place in _places(section.text, snippet.text)
        ), f"{snippet.text!r} of {section.text!r}"


def _is_whole(text: str, ends: list[int], start: int, end: int) -> bool:
    """Say whether neither end of a span halves anything within its line."""
    first = max(one for one in ends if one <= start)
    last = max(one for one in ends if one < end)
    begun = not is_halved(text[first:].partition("\n")[0], start - first)
    return begun and not is_halved(text[last:].partition("\n")[0], end - last)


def _places(text: str, part: str) -> list[int]:
    return [match.start() for match in re.finditer(f"(?={re.escape(part)})", text)]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_stays_whole_with_what_it_counts(number: str) -> None:
    line = f"本年共收到并办理{number}，其余不计"
    begun = line.index(number)

    for at in range(begun + 1, begun + len(number)):
        assert whole_start(line, at) <= begun
        assert whole_end(line, at) >= begun + len(number)


def test_a_line_break_is_a_place_to_cut() -> None:
    assert whole_start("甲30\n3条", 4) == 4
    assert whole_end("甲30\n3条", 3) == 3


def test_what_is_no_word_by_its_length_is_cut_all_the_same() -> None:
    assert whole_start("9" * 5000, 2000) == 2000


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("见附件", "见附件"),
        ("按收费标准收取1,234元", "按收费标准收取……"),
        ("123456789012件", "123456789012件……"),
    ],
)
def test_a_text_is_shortened_before_the_word_that_is_too_much(text: str, shown: str) -> None:
    assert shorten(text, 9) == shown
