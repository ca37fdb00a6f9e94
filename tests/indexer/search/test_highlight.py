"""Marks that cover exactly what is printed, and the pieces of text around them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from indexer.records import Paragraph, Section
from indexer.search import highlight
from indexer.search.highlight import MAX_SNIPPETS, build_snippets, find_marks
from indexer.search.query import Phrase, Prefix, UnquotedText
from indexer.search.terms import build_term
from indexer.text.folding import fold
from tests.strategies import compared, make_node, make_text, randoms


def marked(text, *leaves):
    shown = text
    for start, end in reversed(find_marks(text, [build_term(leaf) for leaf in leaves])):
        shown = f"{shown[:start]}[{shown[start:end]}]{shown[end:]}"
    return shown


@pytest.mark.parametrize(
    ("text", "leaf", "shown"),
    [
        ("办结率均为100%。", Phrase("率均"), "办结[率均]为100%。"),
        ("办 结\n率均为100%。", Phrase("办结率"), "[办 结\n率]均为100%。"),
        ("全区ＧＤＰ增长", Phrase("gdp"), "全区[ＧＤＰ]增长"),
        ("政府資訊公開", UnquotedText("资讯公开"), "政府[資訊公開]"),
        ("行政、复议与行政诉讼", UnquotedText("行政复议"), "行政、复议与行政诉讼"),
        ("征地。补偿。安置", UnquotedText("征地补偿"), "[征地]。[补偿]。安置"),
        ("征地补偿。征地", UnquotedText("征地补偿"), "[征地补偿]。征地"),
        ("依申请公开", UnquotedText("申请公开"), "依[申请公开]"),
        ("信访投诉举报，来信", Prefix("信"), "[信访投诉举报]，来信"),
        ("公开公开公开", UnquotedText("公开"), "[公开][公开][公开]"),
        ("无", UnquotedText("有"), "无"),
    ],
)
def test_marks_whole_words_and_exact_phrases(text, leaf, shown):
    assert marked(text, leaf) == shown


def test_marks_that_overlap_are_one():
    assert (
        marked("信息公开保密审查", Phrase("信息公开保"), Phrase("保密审查")) == "[信息公开保密审查]"
    )


def section_of(*lines):
    return Section(
        "overview", None, tuple(Paragraph(number, line) for number, line in enumerate(lines, 1))
    )


def test_a_snippet_begins_at_the_sentence_and_says_what_is_cut():
    section = section_of("第一句在前。" * 10 + "这里说到拆迁工作。" + "后面还有许多话，" * 20)
    (snippet,) = build_snippets(section, [build_term(UnquotedText("拆迁"))])
    assert snippet.text.startswith("第一句在前。第一句在前。") or snippet.text.startswith(
        "这里说到拆迁工作。"
    )
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["拆迁"]
    assert (snippet.cut_left, snippet.cut_right, snippet.paragraph) == (True, True, 1)


@pytest.mark.parametrize(
    ("before", "first"),
    [
        ("他说“到此为止。”", "拆"),
        ("十" * 29 + "、" + "九" * 29, "九"),
        ("《通知》〔2019〕" + "八" * 29, "八"),
    ],
)
def test_a_snippet_that_is_cut_begins_with_no_sign_that_belongs_to_what_is_left_out(
    before: str, first: str
) -> None:
    (snippet,) = build_snippets(section_of(before + "拆迁"), [build_term(UnquotedText("拆迁"))])

    assert snippet.text[0] == first
    assert snippet.cut_left
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["拆迁"]


def test_a_paragraph_that_begins_with_a_sign_is_shown_with_it() -> None:
    (snippet,) = build_snippets(section_of("——拆迁"), [build_term(UnquotedText("拆迁"))])

    assert snippet.text == "——拆迁"


def test_a_snippet_stays_in_its_paragraph_unless_the_match_runs_over():
    section = section_of("甲", "拆迁", "乙")
    (snippet,) = build_snippets(section, [build_term(UnquotedText("拆迁"))])
    assert (snippet.text, snippet.cut_left, snippet.cut_right, snippet.paragraph) == (
        "拆迁",
        False,
        False,
        2,
    )
    (snippet,) = build_snippets(section_of("甲拆", "迁乙"), [build_term(Phrase("拆迁"))])
    assert (snippet.text, snippet.marks, snippet.paragraph) == ("甲拆\n迁乙", ((1, 4),), 1)


def test_shows_few_snippets_and_of_them_those_with_most_of_the_terms():
    section = section_of(*["只有拆迁。"] * 9, "拆迁和征地。")
    snippets = build_snippets(
        section, [build_term(UnquotedText("拆迁")), build_term(UnquotedText("征地"))]
    )
    assert len(snippets) == MAX_SNIPPETS
    assert snippets[-1].text == "拆迁和征地。"
    assert [snippet.paragraph for snippet in snippets] == [1, 2, 10]


@settings(deadline=None)
@given(randoms())
def test_every_mark_folds_to_text_that_was_sought_and_lies_in_its_snippet(random):
    lines = [make_text(random) for _ in range(random.randint(1, 4))]
    leaf = make_node(random, depth=0)
    if not isinstance(leaf, Phrase):
        leaf = Phrase(random.choice(lines)[:3])
    section = section_of(*lines)
    snippets = build_snippets(section, [build_term(leaf)])
    assert bool(snippets) == (
        bool(fold(leaf.text)) and compared(leaf.text) in compared(section.text)
    )
    for snippet in snippets:
        assert snippet.text in section.text
        for start, end in snippet.marks:
            assert 0 <= start < end <= len(snippet.text)
            assert compared(leaf.text) in compared(snippet.text[start:end])


@settings(deadline=None)
@given(randoms())
def test_the_snippets_are_the_best_of_all_that_there_are(random):
    text = "\n".join(make_text(random) for _ in range(random.randint(1, 30)))
    terms = [build_term(Phrase(phrase)) for phrase in ("公开", "信息", "行政", "。")]
    occurrences = sorted(highlight._occurrences(text, terms))
    every = list(highlight._windows(text, occurrences))
    best = sorted(every, key=lambda window: (-len(window.found), window.start))[:MAX_SNIPPETS]
    assert highlight._best(text, occurrences) == best
    assert [mark for window in every for mark in window.found] or not occurrences
