import pytest

from bench.fts5.searcher import Searcher
from bench.fts5.writer import join_pairs, open_database, write_pairs, write_reports
from bench.generator import generate_reports
from bench.latencies import find_faults
from bench.questions import draw_questions
from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh_engine.engine import WhooshEngine
from indexer.search.documents import build_document

SEED, REPORTS, EACH = 5, 50, 6
DOCUMENTS = [build_document(report) for report in generate_reports(REPORTS, SEED)]


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    database = open_database(tmp_path_factory.mktemp("fts5") / "fts5.db")
    write_reports(database, DOCUMENTS)
    write_pairs(database, DOCUMENTS)
    yield Searcher(database)
    database.close()


@pytest.fixture(scope="module", params=["memory", "whoosh"])
def engine(request, tmp_path_factory):
    engine = (
        MemoryEngine() if request.param == "memory" else WhooshEngine(tmp_path_factory.mktemp("ours") / "index", 30)
    )
    engine.replace(DOCUMENTS)
    yield engine
    engine.close()


def test_fts5_gives_the_same_answers_to_every_kind_of_question(engine, searcher):
    questions = draw_questions(searcher, REPORTS, SEED, EACH)
    assert len(questions) == 10 * EACH
    faults = {
        question: faults
        for question in questions
        if (faults := list(find_faults(question, engine.search(question.query), searcher.search(question.query, question.table))))
    }  # fmt: skip
    assert faults == {}


def test_questions_are_drawn_by_seed(searcher):
    assert draw_questions(searcher, REPORTS, SEED, 2) == draw_questions(searcher, REPORTS, SEED, 2)
    assert draw_questions(searcher, REPORTS, SEED, 2) != draw_questions(searcher, REPORTS, SEED + 1, 2)


def test_pairs_reach_over_spaces_and_keep_them():
    assert join_pairs("a b") == "a\ue000 \ue000b"
