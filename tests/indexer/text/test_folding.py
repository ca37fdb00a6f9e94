"""Folding: the same for a report and a query, stable under cutting, and with the way back to the
printed text.
"""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.text.folding import fold, fold_all, fold_digits, fold_with_offsets
from tests.strategies import texts

any_text = st.text(max_size=40) | texts() | st.lists(texts() | st.text(max_size=4)).map("".join)

DIGITS_AND_COMMA = "0123456789,"
odd_characters = st.characters() | st.sampled_from(
    " \n\u3000\u200b\0\ud83d\ude00\uffff\ufffd\u303f\U0010ffff㈠…a信。"
)
long_texts = st.lists(odd_characters | texts(), min_size=20, max_size=90).map("".join)


@cache
def folded_alone(character: str) -> str:
    """What a character folds to between letters, where white space is a space."""
    return fold(f"x{character}x")[1:-1]


@cache
def is_tight(character: str) -> bool:
    """Whether white space beside a folded character means nothing."""
    return " " not in fold(f"x {character}x")


def fold_slowly(text: str) -> str:
    """The definition of folding: character by character, then white space by its neighbours."""
    loose = re.sub(" +", " ", "".join(map(folded_alone, text))).strip(" ")
    idle = (
        at
        for at, character in enumerate(loose)
        if character == " " and any(map(is_tight, loose[at - 1 : at + 2 : 2]))
    )
    dropped = set(idle)
    tight = "".join(character for at, character in enumerate(loose) if at not in dropped)
    return "".join(map(without_commas, re.split("([0-9,]+)", tight)))


def without_commas(run: str) -> str:
    """A run of figures and commas, each number of it that commas divide into thousands without
    them.
    """
    groups = run.split(",")
    out = groups[0]
    for at, group in enumerate(groups[1:], start=1):
        joins = len(group) == 3 and 1 <= len(groups[at - 1]) <= 3
        out += group if joins else f",{group}"
    return out


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("ＧＤＰ１２３", "gdp123"),
        ("２０１９年", "2019年"),
        ("政府資訊公開條例", "政府资讯公开条例"),
        ("政 府　信\n息", "政府信息"),
        ("Open  Data\n2019", "open data 2019"),
        ("共 39 件", "共39件"),
        ("（一） 予以公开", "(一)予以公开"),
        ("公开；\n2019年", "公开;2019年"),
        ("3.5 %", "3.5 %"),
        ("信\u200b息\ufeff", "信息"),
        ("葛\U000e0100城", "葛城"),
        ("①", "1"),
        ("㈠", "(一)"),
        ("⼀般", "一般"),
        ("ﬁne Straße", "fine strasse"),
        ("é", "e"),
        ("cafe\u0301", "cafe"),
        ("⻩石市⻄塞山区⺠⻔⻓", "黄石市西塞山区民门长"),
        ("⾭年、⼾口、㐀", "青年、户口、㐀"),
        ("3,000", "3000"),
        ("３，０００件，1，234，567", "3000件,1234567"),
        ("1,2、1,20、1,2345", "1,2、1,20、1,2345"),
        ("2020,100", "2020,100"),
        ("5\u0336", "5\u0336"),
        ("信\u00ad息\u2028公开\ufe0f", "信息公开"),
        ("  ", ""),
        ("\ud800", "\ufffd"),
    ],
)
def test_folds_width_case_script_and_white_space(printed, folded):
    assert fold(printed) == folded


@settings(deadline=None)
@given(any_text, st.data())
def test_the_fold_of_any_piece_occurs_in_the_fold_of_the_whole(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if not any(cuts_a_number(text, at) for at in (start, end)):
        assert fold(text[start:end]) in fold(text)


def cuts_a_number(text: str, at: int) -> bool:
    """Whether a figure, or a comma beside one, stands on either side of a cut; white space does
    not part them.
    """
    before, behind = fold(text[:at])[-1:], fold(text[at:])[:1]
    return before in DIGITS_AND_COMMA and behind in DIGITS_AND_COMMA and bool(before and behind)


@settings(deadline=None)
@given(any_text)
def test_figures_for_chinese_digits_stand_in_the_same_places(text):
    folded = fold(text)
    compared = fold_digits(folded)
    assert len(compared) == len(folded)
    assert all(
        new == old or new in "0123456789()" for old, new in zip(folded, compared, strict=True)
    )


def test_brackets_around_a_year_are_compared_as_one():
    printed = (
        "函〔2021〕30号",
        "函[2021]30号",
        "函［2021］30号",
        "函【2021】30号",
        "函（2021）30号",
        "函(2021)30号",
    )
    assert {fold_digits(fold(text)) for text in printed} == {"函(2021)30号"}


@settings(deadline=None)
@given(any_text)
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(any_text)
def test_width_does_not_matter(text):
    full = "".join(
        chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else "\u3000" if c == " " else c for c in text
    )
    assert fold(full) == fold(text)


@settings(deadline=None)
@given(any_text)
def test_the_offsets_belong_to_the_same_fold_and_lead_back_in_order(text):
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    assert list(folded.starts) == sorted(folded.starts)
    assert all(
        0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True)
    )


@settings(deadline=None)
@given(any_text, st.data())
def test_a_span_of_the_fold_leads_back_to_print_that_folds_to_it(text, data):
    folded = fold_with_offsets(text)
    if folded.text:
        start = data.draw(st.integers(0, len(folded.text) - 1))
        end = data.draw(st.integers(start + 1, len(folded.text)))
        first, last = folded.span(start, end)
        assert folded.text[start:end].strip() in fold(text[first:last])


@pytest.mark.parametrize(
    ("printed", "sought", "span"),
    [
        ("办 结\n率为", "办结率", (0, 5)),
        ("见ＧＤＰ。", "gdp", (1, 4)),
        ("開資訊", "资讯", (1, 3)),
        ("第㈠条", "(一)", (1, 2)),
        ("葛\U000e0100城", "葛", (0, 2)),
        ("a\u200bb", "ab", (0, 3)),
        ("共１，２３４件", "1234", (1, 6)),
        ("共1,234件", "234", (3, 6)),
        ("cafe\u0301s", "cafe", (0, 5)),
    ],
)
def test_a_match_covers_exactly_what_is_printed(printed, sought, span):
    folded = fold_with_offsets(printed)
    at = folded.text.index(sought)
    assert folded.span(at, at + len(sought)) == span


@settings(deadline=None)
@given(long_texts)
def test_long_texts_are_folded_as_their_characters_are(text):
    assert fold(text) == fold_slowly(text)


@pytest.mark.parametrize("plane", [0, 1, 2, 3, 14, 16])
def test_every_character_is_folded_in_a_long_text_as_alone(plane):
    for first in range(plane << 16, (plane + 1) << 16, 1 << 12):
        characters = list(map(chr, range(first, first + (1 << 12))))
        text = "x".join(["", *characters, ""])
        when_first_met = fold(text)
        assert when_first_met == fold(text) == "x".join(["", *map(folded_alone, characters), ""])


@settings(deadline=None)
@given(
    st.lists(
        any_text | long_texts | st.sampled_from(["", " ", "\u303f", "\n信", "open data "]),
        max_size=8,
    )
)
def test_texts_are_folded_together_as_one_by_one(several):
    assert fold_all(several) == [fold(text) for text in several]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["1", "23", "456", ",", "，", " ", "年", "7890"]), max_size=60).map(
        "".join
    )
)
def test_commas_go_from_between_thousands_alone(text):
    assert fold(text) == fold_slowly(text)
    assert fold_with_offsets(text).text == fold(text) == fold(fold(text))


@settings(deadline=None)
@given(
    st.lists(st.sampled_from("〇○零一二三四五六七八九年公0a\U00020000"), max_size=120).map("".join)
)
def test_in_texts_of_any_length_the_same_figures_stand_for_chinese_digits(text):
    assert fold_digits(text) == "".join(map(fold_digits, text))
