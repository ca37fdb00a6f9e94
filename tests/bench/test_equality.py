from dataclasses import replace

import pytest

from bench.answer import Answer, find_faults
from bench.fts5.searcher import Searcher
from bench.fts5.writer import join_pairs, open_database, write_reports
from bench.generator import generate_reports
from bench.questions import draw_questions
from bench.stopwatch import Stopwatch
from bench.tantivy_.searcher import open_searcher
from bench.tantivy_.writer import open_index, write_documents
from indexer.engines.memory.engine import MemoryEngine
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.search.documents import build_document
from indexer.search.query import FigureFilter, Phrase, Query, UnquotedText
from tests.changes import change_index

SEED, REPORTS, EACH = 5, 50, 6
DOCUMENTS = [build_document(report) for report in generate_reports(REPORTS, SEED)]


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    database = open_database(tmp_path_factory.mktemp("fts5") / "fts5.db")
    write_reports(database, DOCUMENTS, Stopwatch())
    yield Searcher(database)
    database.close()


@pytest.fixture(scope="module")
def tantivy_searcher(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tantivy")
    write_documents(open_index(folder), folder, DOCUMENTS, Stopwatch())
    return open_searcher(folder)


@pytest.fixture(scope="module", params=["memory", "whoosh"])
def engine(request, tmp_path_factory):
    engine = (
        MemoryEngine()
        if request.param == "memory"
        else WhooshEngine(tmp_path_factory.mktemp("ours") / "index", 30)
    )
    change_index(engine, DOCUMENTS)
    yield engine
    engine.close()


def test_every_yardstick_gives_the_same_answers_to_every_kind_of_question(
    engine, searcher, tantivy_searcher
):
    questions = draw_questions(searcher, SEED, EACH)
    assert len(questions) == 11 * EACH
    by_column = replace(tantivy_searcher, inverted=False)
    for question in questions:
        page, found = engine.search(question.query), engine.find(question.query)
        for yardstick in (searcher, tantivy_searcher, by_column):
            for ours, answer in (
                (page, yardstick.search(question.query, question.table)),
                (found, yardstick.find(question.query, question.table)),
            ):
                assert list(find_faults(ours, answer, ordered=question.ordered)) == []


def test_the_newest_reports_of_a_figure_are_the_same_whichever_way_they_are_gone_through(
    engine, searcher
):
    for low in range(200):
        query = Query(figures=(FigureFilter("requests.received.total", low=low),), size=3)
        answer = searcher.find(query)
        assert list(find_faults(engine.find(query), answer, ordered=True)) == []


def test_all_of_tantivy_is_one_segment(tantivy_searcher):
    assert tantivy_searcher.index.searcher().num_segments == 1


def test_another_total_another_facet_and_another_order_are_faults(searcher):
    query = Query(root=UnquotedText("公开"), facets=("year",))
    answer = searcher.search(query)
    page = MemoryEngine(DOCUMENTS).search(query)
    other = Answer(answer.total + 1, answer.ids[::-1], {"year": {}})
    assert len(list(find_faults(page, other, ordered=True))) == 3
    assert len(list(find_faults(page, other, ordered=False))) == 2


def test_a_phrase_never_runs_from_one_field_into_the_next(tantivy_searcher):
    title, body = (DOCUMENTS[0].texts[field] for field in ("title", "body"))
    assert tantivy_searcher.search(Query(root=Phrase(title[-2:])), "pairs").total
    assert tantivy_searcher.search(Query(root=Phrase(title[-2:] + body[:2])), "pairs").total == 0


def test_questions_are_drawn_by_seed(searcher):
    assert draw_questions(searcher, SEED, 2) == draw_questions(searcher, SEED, 2)
    assert draw_questions(searcher, SEED, 2) != draw_questions(searcher, SEED + 1, 2)


def test_pairs_reach_over_spaces_and_keep_them():
    assert join_pairs("a b") == "a\ue000 \ue000b"
