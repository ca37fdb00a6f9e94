import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from bench.bars import FTS5, TANTIVY
from bench.changes import _timed, measure_changes
from bench.corpus import Corpus
from bench.fts5.searcher import Searcher
from bench.fts5.writer import open_database
from bench.generator import generate_report
from bench.kept import Builder
from bench.memory import peak_megabytes, resident_megabytes
from bench.questions import draw_questions
from bench.rates import (
    OURS,
    OURS_UNPACKED,
    index_fts5,
    index_ours,
    index_tantivy,
    measure_parts,
    without_packing,
)
from bench.roundtrips import address_of
from bench.sizes import size_of_fts5, size_of_ours, size_of_tantivy
from bench.stopwatch import Stopwatch
from indexer.search.documents import build_document
from indexer.serialise.report_json import report_to_dict
from webapp.arguments.parsing import parse_search

SEED, REPORTS = 5, 30


@pytest.fixture(scope="module")
def rates():
    return []


@pytest.fixture(scope="module")
def paths(tmp_path_factory, rates):
    paths = {name: tmp_path_factory.mktemp(name) for name in (OURS, TANTIVY, FTS5)}
    for name, index in ((OURS, index_ours), (TANTIVY, index_tantivy), (FTS5, index_fts5)):
        rates.extend(index(paths[name], Corpus(REPORTS, SEED)))
    rates.extend(measure_parts(Corpus(REPORTS, SEED)))
    return paths


def test_what_is_stored_is_taken_off_the_size_of_every_index(paths):
    stored = (
        sum(
            len(json.dumps(report_to_dict(document.report), ensure_ascii=False).encode())
            for document in Corpus(REPORTS, SEED)
        )
        / 1_000_000
    )
    ours, fts5, tantivy = (
        size_of_ours(paths[OURS]),
        size_of_fts5(paths[FTS5]),
        size_of_tantivy(paths[TANTIVY]),
    )
    assert stored < fts5.all - fts5.bare < 1.5 * stored
    assert 0 < tantivy.bare < tantivy.all
    assert 0 < ours.bare < ours.all


def test_the_stages_of_fts5_are_added_up_and_packing_is_taken_off_ours(paths, rates):
    known = {rate.label: rate.seconds for rate in rates}
    fts5 = [seconds for label, seconds in known.items() if label.startswith("FTS5")]
    assert fts5 == sorted(fts5)
    assert without_packing(rates).label == OURS_UNPACKED
    assert without_packing(rates).seconds == pytest.approx(
        known[OURS] - known["pack reports for storing"]
    )


def test_a_changed_report_is_found_by_every_engine(paths):
    cost = measure_changes(paths, SEED)
    assert list(cost.values) == [OURS, TANTIVY, FTS5]
    assert min(cost.values.values()) > 0


def test_a_change_that_is_not_found_is_an_error():
    document = build_document(generate_report(0, SEED))
    with pytest.raises(RuntimeError):
        list(_timed(document, lambda changed: None, lambda query: ()))


def test_an_index_is_built_once_in_a_process_of_its_own(tmp_path):
    first = Builder(tmp_path, REPORTS, SEED, 1).build(TANTIVY)
    assert Builder(tmp_path, REPORTS, SEED, 2).build(TANTIVY) == first
    assert 0 < first.before_mb <= first.peak_mb
    assert Builder(tmp_path, REPORTS, SEED + 1, 1).build(TANTIVY).path != first.path


def test_every_question_has_the_address_of_a_page_that_asks_the_same(paths):
    database = open_database(paths[FTS5] / "fts5.db")
    for question in draw_questions(Searcher(database), SEED, 6):
        query = parse_search(
            parse_qsl(urlsplit(address_of(question.query)).query, keep_blank_values=True)
        )
        asked = question.query
        assert (query.figures, query.sort) == (asked.figures, asked.sort)
        assert query.root == asked.root
    database.close()


def test_a_stopwatch_adds_up_by_stage(monkeypatch):
    clock = iter([1.0, 3.0, 10.0, 11.0, 20.0, 24.0])
    monkeypatch.setattr("bench.stopwatch.time.thread_time", lambda: next(clock))
    watch = Stopwatch()
    for name in ("a", "b", "a"):
        with watch.stage(name):
            pass
    assert watch.seconds == {"a": 6.0, "b": 1.0}


def test_no_more_is_this_process_s_alone_than_is_resident_and_that_no_more_than_its_peak():
    resident, own = resident_megabytes()
    assert 0 < own <= resident <= peak_megabytes() + 1
