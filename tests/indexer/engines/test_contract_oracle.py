"""Whatever is asked, every engine answers as the memory engine does; the memory engine is the
oracle of the others.
"""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from indexer.engines.memory.engine import MemoryEngine
from indexer.search.documents import build_document
from indexer.search.query import Phrase, Query
from indexer.search.ranking import Ranking
from indexer.text.folding import fold
from tests.changes import change_index
from tests.indexer.engines.contract import (
    ENGINES,
    OTHERS,
    facts_of,
    make_documents,
    new_engine,
    page_of,
    reworded,
)
from tests.strategies import NEEDLES, compared, make_query, randoms


@pytest.mark.parametrize("name", OTHERS)
@settings(max_examples=30, deadline=None)
@given(random=randoms())
def test_answers_as_the_oracle_does(name, random):
    documents = make_documents(random, random.randint(0, 12))
    oracle = MemoryEngine(documents)
    with new_engine(name) as engine:
        change_index(engine, documents)
        for _ in range(20):
            query = make_query(random)
            assert page_of(engine, query) == page_of(oracle, query)
            assert engine.find(query) == oracle.find(query)


@pytest.mark.parametrize("name", OTHERS)
@settings(max_examples=10, deadline=None)
@given(random=randoms())
def test_ranks_and_explains_as_the_oracle_does_whatever_the_ranking(name, random):
    documents = make_documents(random, random.randint(2, 12))
    ranking = Ranking(**{field.name: random.choice((0.1, 0.5, 0.9)) for field in fields(Ranking)})
    oracle = MemoryEngine(documents, ranking=ranking)
    with new_engine(name, ranking) as engine:
        change_index(engine, documents)
        for _ in range(10):
            query = make_query(random)
            page = page_of(engine, query)
            assert page == page_of(oracle, query)
            for hit in page.hits[:2]:
                assert engine.explain(query, hit.id) == oracle.explain(query, hit.id)
                assert engine.explain(query, hit.id).score == hit.score


@pytest.mark.parametrize("name", OTHERS)
@settings(max_examples=10, deadline=None)
@given(random=randoms())
def test_answers_as_the_oracle_does_after_any_changes(name, random):
    known: list[str] = []
    oracle = MemoryEngine()
    with new_engine(name) as engine:
        for number in range(random.randint(1, 5)):
            removed = random.sample(known, random.randint(0, len(known) // 2))
            again = [build_document(oracle.get(report_id)) for report_id in known[:1]]
            replaced = [*make_documents(random, random.randint(0, 4)), *again]
            old = [
                build_document(oracle.get(report_id))
                for report_id in known[-1:]
                if report_id not in removed
            ]
            revised = [
                reworded(document) for document in random.sample(replaced, min(2, len(replaced)))
            ]
            revised = [document for document in revised if document.id not in removed] + old
            for one in (engine, oracle):
                change_index(
                    one,
                    replaced,
                    remove=removed,
                    ledger=b"%d" % number,
                    fresh=number == 0,
                    revise=revised,
                )
            known = [hit.id for hit in oracle.search(Query(size=100)).hits]
            assert engine.ledger() == oracle.ledger()
            assert facts_of(engine) == facts_of(oracle)
            assert engine.facet_values("region") == oracle.facet_values("region")
            for typed in ("镇", "gaoan", "hlz", random.choice(NEEDLES)):
                assert engine.suggest(typed) == oracle.suggest(typed)
            for _ in range(5):
                query = make_query(random)
                assert page_of(engine, query) == page_of(oracle, query)


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=15, deadline=None)
@given(random=randoms())
def test_a_quoted_phrase_finds_every_report_that_contains_it_and_no_other(name, random):
    documents = make_documents(random, 8)
    with new_engine(name) as engine:
        change_index(engine, documents)
        for _ in range(20):
            text = random.choice(
                [text for document in documents for text in document.texts.values()]
            )
            start = random.randrange(len(text))
            phrase = text[start : start + random.randint(1, 8)]
            expected = {
                document.id
                for document in documents
                if fold(phrase)
                and any(compared(phrase) in compared(text) for text in document.texts.values())
            }
            page = engine.search(Query(root=Phrase(phrase), size=100))
            assert page.total == len(expected)
            assert {hit.id for hit in page.hits} == expected


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=15, deadline=None)
@given(random=randoms())
def test_an_explanation_adds_up_to_the_score_of_the_hit_in_every_engine(name, random):
    documents = make_documents(random, random.randint(1, 6))
    oracle = MemoryEngine(documents)
    with new_engine(name) as engine:
        change_index(engine, documents)
        for _ in range(8):
            query = replace(make_query(random), page=1, size=100, include_unjudged=True)
            hits = {hit.id: hit for hit in engine.search(query).hits}
            for document in documents:
                told = engine.explain(query, document.id)
                assert told == oracle.explain(query, document.id)
                assert told.matches is (
                    hits[document.id].judged or None if document.id in hits else False
                )
                assert sum(
                    Decimal(str(worth)) for clue in told.details for _, worth in clue.scores
                ) == Decimal(str(told.score))
                if document.id in hits:
                    assert told.score == hits[document.id].score
