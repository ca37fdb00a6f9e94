"""Answers do not depend on what was asked before, on what of it is still kept in memory, or on how
much may be.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings

from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.reader import snapshot
from indexer.engines.whoosh.reader.snapshot import CacheBudgets
from indexer.errors import ReportNotFound
from indexer.search.documents import TEXT_FIELDS
from indexer.search.query import BodyName, InSections, Or, Phrase, Prefix, UnquotedText
from tests.indexer.engines.contract import page_of
from tests.indexer.engines.whoosh.disk import change_often, new_world
from tests.strategies import NEEDLES, make_query, randoms

BOUNDS = (0, 2_000, 20_000, 1 << 20)


@contextmanager
def engines_of(world):
    """An engine over the world's folder for each bound of what it keeps."""
    with pytest.MonkeyPatch.context() as patch:
        engines = []
        for bound in BOUNDS:
            patch.setattr(snapshot, "BUDGETS", CacheBudgets(bound, bound // 4, bound // 4))
            engine = WhooshEngine(world.folder, query_seconds=60)
            engine.stats()  # opens it, with this bound
            engines.append(engine)
        yield engines
        for engine in engines:
            engine.close()


def make_question(random, ids, texts):
    """Something to ask of an engine, as a function of it."""
    needle, report_id = random.choice(texts), random.choice(ids)
    query = (
        replace(make_query(random), root=make_kindred(random, texts))
        if random.random() < 0.8
        else make_query(random)
    )
    facet = random.choice(["year", "level", "body", "region"])
    return random.choice(
        [
            lambda engine: page_of(engine, query),
            lambda engine: page_of(engine, query),
            lambda engine: engine.find(query),
            lambda engine: engine.count(query),
            lambda engine: engine.explain(query, report_id),
            lambda engine: engine.max_doc_freq(needle),
            lambda engine: engine.facet_values(facet),
            lambda engine: engine.suggest(needle),
            lambda engine: engine.get(report_id),
        ]
    )


def make_kindred(random, texts):
    """A node about one of few texts: so what is kept of one query is at hand for another that means
    something else by it.
    """
    node = random.choice([UnquotedText, Phrase, Prefix, BodyName])(random.choice(texts))
    if random.random() < 0.6:
        node = InSections(tuple(random.sample(TEXT_FIELDS, random.choice([1, 1, 2, 5]))), node)
    return Or((node, make_kindred(random, texts))) if random.random() < 0.2 else node


def make_questions(random, world, count=12):
    """Some that are akin."""
    texts = random.sample(NEEDLES, 2)
    return [make_question(random, sorted(world.documents) or ["aaaa"], texts) for _ in range(count)]


@settings(max_examples=15, deadline=None)
@given(random=randoms())
def test_answers_do_not_depend_on_what_is_cached(random):
    with new_world() as world:
        change_often(world, random, random.randint(1, 8))
        questions = make_questions(random, world)
        answers = [told_by(world.oracle, question) for question in questions]
        with engines_of(world) as engines:
            for _ in range(40):
                engine, at = random.choice(engines), random.randrange(len(questions))
                if random.random() < 0.3:
                    engine.clear_caches()
                assert told_by(engine, questions[at]) == answers[at]


def told_by(engine, question):
    """The answer, or that there is no such report."""
    try:
        return question(engine)
    except ReportNotFound:
        return ReportNotFound


@settings(max_examples=5, deadline=None)
@given(random=randoms())
def test_no_answer_survives_a_change_in_the_caches(random):
    with new_world() as world:
        change_often(world, random, 4)
        questions = make_questions(random, world, 8)
        for _ in range(4):
            for question in questions:
                assert told_by(world.engine, question) == told_by(world.oracle, question)
            known = sorted(world.documents)
            world.apply([], random.sample(known, min(len(known), 1)))


@pytest.mark.parametrize("bound", [2_000, 20_000])
def test_threads_that_ask_while_another_forgets_get_the_same_answers(bound, monkeypatch):
    random = Random(6)
    with new_world() as world:
        change_often(world, random, 12)
        questions = make_questions(random, world, 30)
        answers = [told_by(world.oracle, question) for question in questions]
        world.engine.close()
        monkeypatch.setattr(snapshot, "BUDGETS", CacheBudgets(bound, bound // 4, bound // 4))
        wrong, asking = [], threading.Semaphore(0)

        def ask(start):
            for at in range(start, start + len(questions)):
                if (
                    told_by(world.engine, questions[at % len(questions)])
                    != answers[at % len(questions)]
                ):
                    wrong.append(at % len(questions))
            asking.release()

        def forget():
            while not asking.acquire(blocking=False):
                world.engine.clear_caches()

        threads = [threading.Thread(target=ask, args=(start * 7,)) for start in range(3)]
        threads.append(threading.Thread(target=forget))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wrong == []
