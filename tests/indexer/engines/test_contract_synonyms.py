"""What synonyms bring, on every engine: more reports, none less, behind those with the word that
was typed.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from indexer.search.language.parser import parse_query
from indexer.search.query import (
    And,
    BodyName,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Synonym,
    UnquotedText,
)
from indexer.text.folding import fold
from tests.changes import change_index
from tests.indexer.engines.contract import (
    COMMISSION,
    ENGINES,
    found_by,
    ids_of,
    make_documents,
    new_engine,
)
from tests.strategies import NEEDLES, make_synonyms, randoms


@settings(max_examples=30, deadline=None)
@given(random=randoms())
@pytest.mark.parametrize("name", ENGINES)
def test_a_synonym_brings_what_contains_it_and_takes_nothing_away(name, random):
    documents = make_documents(random, 8)
    word, also = random.sample([needle for needle in NEEDLES if len(fold(needle)) > 1], 2)
    synonyms = (Synonym(word, also), Synonym(word, "办理", on=False))
    with new_engine(name) as engine:
        change_index(engine, documents)
        typed, quoted = (
            found_by(engine, Query(root=root)) for root in (UnquotedText(word), Phrase(also))
        )
        assert found_by(engine, Query(root=UnquotedText(word), synonyms=synonyms)) == typed | quoted
        for root in (Phrase(word), Prefix(word), BodyName(word), Not(UnquotedText(word))):
            assert found_by(engine, Query(root=root, synonyms=synonyms)) == found_by(
                engine, Query(root=root)
            )


@settings(max_examples=20, deadline=None)
@given(random=randoms())
@pytest.mark.parametrize("name", ENGINES)
def test_with_synonyms_a_word_that_is_not_ruled_out_finds_what_it_found_before(name, random):
    documents = make_documents(random, 8)
    with new_engine(name) as engine:
        change_index(engine, documents)
        for _ in range(10):
            words = tuple(
                UnquotedText("".join(random.choices(NEEDLES, k=random.randint(1, 3))))
                for _ in range(2)
            )
            query = Query(root=random.choice([And, Or])(words), synonyms=make_synonyms(random))
            assert found_by(engine, replace(query, synonyms=())) <= found_by(engine, query)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("发改委", ["a", "b", "d"]),
        ("发改委印发", ["a", "b"]),
        ("县发改委", ["b", "d"]),
        ('"发改委"', ["a"]),
        ("发改*", ["a"]),
        ("-发改委", ["b", "c", "d"]),
        ("章节:问题 发改委", ["d"]),
        ("-(发改委 OR 印发)", ["c", "d"]),
    ],
)
def test_a_synonym_stands_literally_where_the_word_may_stand(engine, build, text, found):
    change_index(
        engine,
        [
            build(key="a", overview="发改委和信访局印发"),
            build(key="b", overview="由县发展和改革\n委员会主办，文件已印发"),
            build(key="c", overview="发展经济，改革开放，和委员会一起"),
            build(key="d", problems="县发展和改革委员会"),
        ],
    )
    query = replace(parse_query(text), synonyms=COMMISSION, size=10)
    assert sorted(found_by(engine, query)) == found


def test_a_synonym_is_marked_and_said_where_it_stands(engine, build):
    change_index(
        engine,
        [
            build(
                key="a",
                title="发展和改革委员会年报",
                overview="无。",
                problems="发展和改革委员会人少。",
            )
        ],
    )
    query = replace(parse_query("发改委"), synonyms=COMMISSION, facets=("section",))
    page = engine.search(query)
    (hit,) = page.hits
    assert hit.title_marks == ((0, 8),)
    assert [(section.key, section.snippets[0].marks) for section in hit.sections] == [
        ("problems", ((0, 8),))
    ]
    assert [count.value for count in page.facets["section"]] == ["problems"]


@pytest.mark.parametrize(
    ("word", "also"), [("发改委", "发展和改革委员会"), ("拆迁工作", "征地"), ("一二三四", "征地")]
)
def test_a_synonym_counts_less_than_the_word_that_was_typed(engine, build, word, also):
    """Even where it is the rarer of the two, and the newer report."""
    change_index(
        engine,
        [
            build(key="typed", overview=f"今年，{word}，无。", year=2019),
            build(key="again", overview=f"无，{word}，今年。", year=2018),
            build(key="synonym", overview=f"今年，{also}，无。", year=2022),
        ],
    )
    page = engine.search(replace(parse_query(word), synonyms=(Synonym(word, also),)))
    assert [hit.id for hit in page.hits] == ["typed", "again", "synonym"]
    assert page.hits[2].score < page.hits[0].score / 2 + 0.001


def test_a_synonym_within_the_word_that_was_typed_does_not_count_again(engine, build):
    change_index(
        engine,
        [
            build(key="a", overview="依申请公开。", title=None),
            build(key="b", overview="申请公开。", title=None),
        ],
    )
    plain = parse_query("依申请公开")
    query = replace(plain, synonyms=(Synonym("依申请公开", "申请公开"),))
    assert ids_of(engine, query) == ["a", "b"]
    assert engine.search(query).hits[0].score == engine.search(plain).hits[0].score
    assert [(clue.text, clue.freqs) for clue in engine.explain(query, "a").details] == [
        ("依申请公开", (("overview", 1),)),
        ("申请公开", ()),
    ]
