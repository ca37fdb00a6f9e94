"""Words as the index and the query know them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from indexer.search.analysis.segmenter import clauses, pieces, tokenize_clause, tokens, words
from indexer.text.folding import fold
from tests.strategies import texts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ＧＤＰ１２３增长6.1%", ["gdp123", "增长", "6.1"]),
        ("依申请公开", ["依申请公开"]),
        ("危及“三安全一稳定”", ["危及", "三安全一稳定"]),
        ("，。、", []),
        ("covid-19", ["covid", "19"]),
        ("caf\u00e9", ["cafe"]),
    ],
)
def test_cuts_text_into_words(text, found):
    assert words(fold(text)) == found


def test_finds_the_words_of_which_a_longer_one_is_made_at_its_position():
    found = [(token.text, token.position) for token in tokens("政府信息公开工作")]
    assert found == [
        ("政府信息公开", 0),
        ("政府", 0),
        ("信息公开", 0),
        ("信息", 0),
        ("公开", 0),
        ("工作", 1),
    ]


def test_does_not_find_words_that_only_seem_to_be_in_a_longer_one():
    assert "民政" not in [token.text for token in tokens("人民政府")]


@settings(deadline=None)
@given(texts())
def test_every_word_stands_where_it_is_said_to(text):
    folded = fold(text)
    found = list(tokens(folded))
    outermost = {token.position: token for token in reversed(found)}
    assert all(folded[token.start : token.end] == token.text for token in found)
    assert [outermost[position].text for position in sorted(outermost)] == words(folded)
    assert all(
        outermost[token.position].start <= token.start < token.end <= outermost[token.position].end
        for token in found
    )


@settings(deadline=None)
@given(texts())
def test_the_clauses_of_a_text_cut_one_by_one_have_its_tokens(text):
    folded = fold(text)
    found, before = [], 0
    for cut in map(tokenize_clause, clauses(folded)):
        found += [
            (term, before + position)
            for term, position in zip(cut.terms, cut.positions, strict=True)
        ]
        before += cut.size
    assert found == [(token.text, token.position) for token in tokens(folded)]
    assert before == len(words(folded))


@settings(deadline=None)
@given(texts())
def test_the_pieces_of_a_text_joined_are_the_text(text):
    assert "".join(pieces(text)) == text
