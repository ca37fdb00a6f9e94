"""The segmenter against jieba itself: the same words and lexicon, whatever is cut."""

from __future__ import annotations

import re
from random import Random

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.search.analysis.lexicon import added_terms, lexicon
from indexer.search.analysis.segmenter import (
    characters,
    clauses,
    is_word_prefix,
    next_characters,
    pieces,
    tokenize_clause,
    word_frequency,
)
from indexer.text.folding import HAN, fold
from tests.golden import CORPUS
from tests.strategies import FRAGMENTS, randoms

RARE = "〇々〡⺀⽅㐀㙍䢺䶿一龥鿕鿖鿿豈\U00020000\U0002a628\U0002c288\U0002cd8d\U0003ffff"
OTHERS = "aZ09+#&._%-\r\n\t 　é，。“”\ud800\0"


@pytest.fixture(scope="module")
def cutter():
    """Jieba with what we add, as its own documentation has it."""
    cutter = jieba.Tokenizer()
    cutter.FREQ, cutter.total = cutter.gen_pfdict(cutter.get_dict_file())
    cutter.initialized = True
    for term, frequency in added_terms().items():
        cutter.add_word(term, max(frequency, cutter.FREQ.get(term, 0)))
    return cutter


@pytest.fixture(scope="module")
def known(cutter):
    return sorted(word for word, frequency in cutter.FREQ.items() if frequency)


def make_run(random: Random, known: list[str]) -> str:
    """A run of words, parts of words, or characters, with or without what jieba cannot cut."""
    single = sorted(characters())
    makers = (
        lambda: random.choice(known),
        lambda: random.choice(known)[random.randint(0, 1) : random.randint(1, 4)],
        lambda: random.choice(single),
        lambda: random.choice(FRAGMENTS),
        lambda: random.choice(RARE),
        lambda: random.choice(OTHERS),
    )
    chosen = random.choices(
        makers, weights=[random.choice([0, 1, 5]) + 0.01 for _ in makers], k=random.randint(1, 30)
    )
    return "".join(make() for make in chosen)


@settings(max_examples=2000, deadline=None)
@given(randoms())
def test_every_text_is_cut_as_jieba_cuts_it(cutter, known, random):
    text = make_run(random, known)
    assert pieces(text) == tuple(cutter.cut(text, HMM=False))


@settings(max_examples=10, deadline=None)
@given(randoms(), st.sampled_from(["", "㙍", "\n"]))
def test_very_long_texts_are_cut_as_jieba_cuts_them(cutter, known, random, between):
    text = between.join(random.choices(known, k=random.randint(1500, 3000)))
    assert pieces(text) == tuple(cutter.cut(text, HMM=False))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_characters_are_cut_as_jieba_cuts_them(cutter, text):
    assert pieces(text) == tuple(cutter.cut(text, HMM=False))


def test_the_clauses_of_real_reports_are_cut_as_jieba_cuts_them(cutter):
    found = {
        clause
        for path in CORPUS.glob("*.txt")
        for clause in clauses(fold(path.read_text(encoding="utf-8")))
    }
    assert len(found) > 500
    for clause in found:
        assert pieces(clause) == tuple(cutter.cut(clause, HMM=False))


@settings(max_examples=200, deadline=None)
@given(randoms())
def test_real_reports_put_together_otherwise_are_cut_as_jieba_cuts_them(cutter, random):
    texts = [
        "".join(clauses(fold(path.read_text(encoding="utf-8"))))
        for path in sorted(CORPUS.glob("*.txt"))
    ]
    parts = [
        text[at : at + random.randint(1, 12)]
        for text in texts
        for at in random.sample(range(len(text)), 8)
    ]
    random.shuffle(parts)
    text = "".join(parts)
    assert pieces(text) == tuple(cutter.cut(text, HMM=False))


def test_the_lexicon_has_the_words_of_jieba_and_their_frequencies(cutter, known):
    assert lexicon().total == cutter.total
    assert len(list(lexicon().frequencies)) == len(known)
    assert {word: word_frequency(word) for word in known} == {
        word: cutter.FREQ[word] for word in known
    }


def test_the_lexicon_knows_the_beginnings_of_its_words_and_no_others(cutter, known):
    begun = Random(1).sample(sorted(cutter.FREQ), 5000)
    assert all(map(is_word_prefix, begun))
    turned = [word[::-1] for word in begun]
    assert [is_word_prefix(word) for word in turned] == [word in cutter.FREQ for word in turned]
    assert characters() == frozenset("".join(word for word in known if len(word) > 1))


def test_the_lexicon_knows_how_a_beginning_goes_on(cutter):
    for begun in ("", "政", "政府信", "阿", "龥龥", "公开"):
        longer = {
            word[len(begun)] for word in cutter.FREQ if word.startswith(begun) and word != begun
        }
        assert sorted(next_characters(begun)) == sorted(longer)


def test_within_a_word_stand_the_words_into_which_jieba_would_cut_it_had_it_not_known_it(
    cutter, known
):
    def within(word: str) -> list[str]:
        frequency = cutter.FREQ[word]
        cutter.FREQ[word] = 0
        cut = [inner for inner in cutter.cut(word, HMM=False) if len(inner) > 1]
        cutter.FREQ[word] = frequency
        return [one for inner in cut for one in (inner, *(within(inner) if len(inner) > 2 else ()))]

    words = [word for word in known if len(word) > 2 and re.fullmatch("[\u4e00-\u9fd5]+", word)]
    for word in Random(2).sample(words, 10_000):
        if pieces(word) == (word,):
            assert tokenize_clause(word).terms == (word, *within(word))


def test_no_word_that_is_not_chinese_has_words_within(cutter):
    folded = [
        word
        for word in cutter.FREQ
        if len(word) > 2 and fold(word) == word and not re.match(HAN, word)
    ]
    assert [word for word in folded if clauses(word) == [word]] == []
