"""What the Whoosh engine promises beyond the contract: generations, locks, threads, time limits,
what lies on disk.
"""

from __future__ import annotations

import gc
import hashlib
import json
import multiprocessing
import os
import threading
import zlib
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage
from whoosh.index import open_dir
from whoosh.query import Phrase as WhooshPhrase
from whoosh.query import Term as WhooshTerm

from indexer.engines.memory.engine import MemoryEngine
from indexer.engines.whoosh import checksums
from indexer.engines.whoosh import generations as folders
from indexer.engines.whoosh.analyzer import WordTokenizer
from indexer.engines.whoosh.checksums import write_sealed
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.engines.whoosh.generations import IndexFolder
from indexer.errors import EngineBusy, EngineError, IndexMissing, IndexOutdated, QueryError
from indexer.messages import render
from indexer.search.documents import build_document
from indexer.search.language.parser import parse_query
from indexer.search.query import Query
from tests.changes import change_index
from tests.saying import raises_saying
from tests.strategies import make_query, make_report


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def engine(folder):
    engine = WhooshEngine(folder, clock=lambda: datetime(2021, 1, 29, 8, 0, tzinfo=UTC))
    yield engine
    engine.close()


def ids(engine):
    return sorted(hit.id for hit in engine.search(Query(size=100)).hits)


def generations(folder):
    return sorted(path.name for path in folder.glob("gen-*"))


# ── generations ──


def test_a_change_is_seen_by_every_engine_on_the_folder(folder, engine, build):
    change_index(engine, [build(key="a")])
    other = WhooshEngine(folder)
    assert ids(other) == ["a"]
    change_index(engine, [build(key="b")])
    assert ids(other) == ["a", "b"]
    assert other.stats().generation == engine.stats().generation == "gen-2"
    assert other.stats().updated == "2021-01-29T08:00:00+00:00"
    other.close()


@pytest.mark.parametrize("which", range(9))
def test_a_change_that_is_interrupted_anywhere_leaves_one_generation_whole(
    folder, engine, build, monkeypatch, which
):
    change_index(engine, [build(key="a")])
    steps = iter(range(which + 1))

    def stop(path):
        if next(steps) == which:
            raise KeyboardInterrupt

    monkeypatch.setattr(folders, "_sync", stop)
    with suppress(KeyboardInterrupt):
        change_index(engine, [build(key="b")])
    monkeypatch.undo()
    other = WhooshEngine(folder)
    assert ids(other) in (["a"], ["a", "b"])
    change_index(other, [build(key="c")])
    assert ids(other)[-1] == "c"
    other.close()


def test_a_folder_made_anew_is_not_taken_for_the_old_one(folder, engine, build, tmp_path):
    change_index(engine, [build(key="a")])
    assert ids(engine) == ["a"]
    folder.rename(tmp_path / "old")
    change_index(WhooshEngine(folder), [build(key="b")])
    assert ids(engine) == ["b"]


def test_keeps_the_generation_before_and_removes_the_older(folder, engine, build):
    for key in "abcd":
        change_index(engine, [build(key=key)])
    assert generations(folder) == ["gen-3", "gen-4"]


def test_a_reader_keeps_what_it_has_open_whatever_is_changed(folder, engine, build):
    change_index(engine, [build(key="a", overview="拆迁")])
    reader = engine._live()
    for key in "bcd":
        change_index(engine, [build(key=key)])
    assert not (folder / reader.name).exists()
    assert reader.report_ids(np.array([0])) == ("a",)
    assert reader.docs_with("text", "拆迁").tolist() == [0]
    assert reader.report(0).id == "a"


def test_a_change_never_touches_the_files_of_the_generation_before(folder, engine, build):
    change_index(engine, [build(key="a"), build(key="b")], ledger=b"one")
    before = digests(folder / "gen-1")
    change_index(engine, [build(key="c")], remove=["a"], ledger=b"two")
    assert digests(folder / "gen-1") == before


def digests(path):
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in path.iterdir()
        if file.is_file()
    }


def test_a_change_that_fails_leaves_nothing_behind(folder, engine, build):
    change_index(engine, [build(key="a")])

    def failing():
        yield build(key="b")
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        change_index(engine, failing())
    assert generations(folder) == ["gen-1"]
    assert ids(engine) == ["a"]


def die_while_writing(folder, document):
    def dying():
        yield document
        os._exit(9)

    change_index(WhooshEngine(folder), dying())


def test_a_writer_that_dies_leaves_the_old_index_and_no_lock(folder, engine, build):
    change_index(engine, [build(key="a")])
    process = multiprocessing.get_context("fork").Process(
        target=die_while_writing, args=(folder, build(key="b"))
    )
    process.start()
    process.join()
    assert process.exitcode == 9
    assert generations(folder) == ["gen-1", "gen-2"]
    assert ids(engine) == ["a"]
    change_index(engine, [build(key="c")])
    assert ids(engine) == ["a", "c"]
    assert generations(folder) == ["gen-1", "gen-2"]


def test_only_one_writes_at_a_time(folder, engine, build):
    change_index(engine, [build(key="a")])
    with IndexFolder(folder).writing(), raises_saying(EngineBusy, "另一个进程"):
        change_index(engine, [build(key="b")])
    change_index(engine, [build(key="b")])
    assert ids(engine) == ["a", "b"]


# ── what cannot be served ──


@pytest.mark.parametrize(
    "ask",
    [
        lambda engine: engine.search(Query()),
        lambda engine: engine.get("a"),
        lambda engine: engine.suggest("镇"),
        lambda engine: engine.facet_values("year"),
        lambda engine: engine.stats(),
        lambda engine: engine.ledger(),
    ],
)
def test_says_that_there_is_no_index_and_what_to_do(engine, ask):
    with raises_saying(IndexMissing, "nianbao index"):
        ask(engine)


def as_before_seals(meta):
    """Write what a version wrote that knew no checksum of this file."""
    meta.write_text(json.dumps({"format": "0", "updated": "2021-01-29T08:00:00+00:00"}))


def as_another_version(meta):
    write_sealed(
        meta, {"format": "0", "updated": "2021-01-29T08:00:00+00:00", "files": {}, "more": 1}
    )


@pytest.mark.parametrize("write", [as_before_seals, as_another_version])
def test_refuses_an_index_of_another_version_until_it_is_built_anew(folder, engine, build, write):
    change_index(engine, [build(key="a")])
    write(folder / "gen-1" / "meta.json")
    other = WhooshEngine(folder)
    for ask in (
        lambda: other.search(Query()),
        other.ledger,
        lambda: change_index(other, [build(key="b")]),
    ):
        with raises_saying(IndexOutdated, "--full"):
            ask()
    change_index(other, [build(key="b")], fresh=True)
    assert ids(other) == ["b"]
    other.close()


def test_refuses_a_damaged_index(folder, engine, build):
    change_index(engine, [build(key="a")])
    (folder / "CURRENT").write_text("gen-7")
    with raises_saying(EngineError, "gen-7"):
        engine.search(Query())
    change_index(engine, [build(key="b")], fresh=True)
    assert ids(engine) == ["b"]


@pytest.mark.parametrize("junk", [b"junk", b"", b"gen-x", b"\xff\n", b"../index/gen-1"])
def test_is_rebuilt_whatever_its_folder_contains(folder, engine, build, junk):
    change_index(engine, [build(key="a")], ledger=b"{}")
    (folder / "CURRENT").write_bytes(junk)
    for ask in (
        lambda: engine.search(Query()),
        engine.ledger,
        lambda: change_index(engine, [build(key="b")]),
    ):
        with raises_saying(EngineError, "CURRENT.*nianbao index --full"):
            ask()
    change_index(engine, [build(key="b")], fresh=True)
    assert ids(engine) == ["b"]


def truncate(file):
    os.truncate(file, file.stat().st_size // 2)


def empty(file):
    os.truncate(file, 0)


def scramble(file):
    file.write_bytes(bytes(255 - byte for byte in file.read_bytes()))


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # files that Whoosh leaves open
@pytest.mark.parametrize("spoil", [truncate, empty, scramble, os.unlink])
@pytest.mark.parametrize("pattern", ["*.seg", "*.toc", "ledger.json", "meta.json"])
def test_whatever_is_damaged_is_said_with_the_cure(folder, engine, build, spoil, pattern):
    change_index(engine, [build(key=key, overview="拆迁工作") for key in "abc"], ledger=b"{}")
    for file in list((folder / "gen-1").glob(pattern)):
        spoil(file)
    damaged = WhooshEngine(folder)
    asks = (
        lambda: ids(damaged),
        lambda: damaged.search(parse_query("拆迁工作")),
        lambda: damaged.get("a"),
        lambda: damaged.suggest("镇"),
        lambda: damaged.facet_values("year"),
        damaged.stats,
        damaged.ledger,
        lambda: change_index(damaged, [build(key="d")]),
    )
    said = [render(error.message) for ask in asks if (error := error_of(ask))]
    assert said
    assert all(str(folder) in message and "nianbao index --full" in message for message in said)
    change_index(damaged, [build(key="e")], fresh=True)
    assert ids(damaged) == ["e"]
    damaged.close()
    gc.collect()


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # files that Whoosh leaves open
@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 3),
    which=st.integers(0, 99),
    place_of_byte=st.floats(0, 1, exclude_max=True),
    bit=st.integers(0, 7),
)
def test_a_bit_that_has_flipped_anywhere_is_said_and_never_answered_from(
    seed, which, place_of_byte, bit
):
    with TemporaryDirectory() as place:
        folder = Path(place) / "index"
        random = Random(seed)
        written = WhooshEngine(folder)
        change_index(written, [build_document(make_report(random)) for _ in range(3)], ledger=b"{}")
        change_index(written, [build_document(make_report(random))])
        files = sorted(file for file in (folder / "gen-2").iterdir() if file.stat().st_size)
        file = files[which % len(files)]
        content = bytearray(file.read_bytes())
        content[int(place_of_byte * len(content))] ^= 1 << bit
        os.unlink(file)
        file.write_bytes(content)
        damaged = WhooshEngine(folder)
        for ask in (
            lambda: damaged.search(Query()),
            damaged.stats,
            damaged.ledger,
            lambda: change_index(damaged, remove=["a"]),
        ):
            with raises_saying(EngineError, "nianbao index --full") as raised:
                ask()
            assert not isinstance(raised.value, IndexOutdated)
        written.close()


def test_files_that_stay_are_not_read_again_for_their_checksum(folder, engine, build, monkeypatch):
    change_index(engine, [build(key="a")])
    ids(engine)
    read = []
    monkeypatch.setattr(
        checksums, "_crc", lambda file: read.append(file.name) or zlib.crc32(file.read_bytes())
    )
    change_index(engine, [build(key="b")])
    ids(engine)
    segments = [name for name in read if name.endswith(".seg")]
    assert len(segments) == 2
    assert len(set(segments)) == 1


def test_a_change_opens_no_segment_that_queries_have_open(folder, engine, build, monkeypatch):
    change_index(engine, [build(key="a"), build(key="b")])
    ids(engine)
    opened = []
    open_file = FileStorage.open_file

    def noted(storage, name, *args, **kwargs):
        opened.append(name)
        return open_file(storage, name, *args, **kwargs)

    monkeypatch.setattr(FileStorage, "open_file", noted)
    change_index(engine, [build(key="a")])
    assert sorted(ids(engine)) == ["a", "b"]
    assert len([name for name in opened if name.endswith(".seg")]) == 1


def test_nothing_that_a_change_leaves_behind_is_a_folder_or_a_lock(folder, engine, build):
    change_index(engine, [build(key="a")], ledger=b"{}")
    (live,) = folder.glob("gen-*")
    assert sorted(file.suffix for file in live.iterdir()) == [".json", ".json", ".seg", ".toc"]


def error_of(ask):
    try:
        ask()
    except EngineError as error:
        return error
    return None


def test_a_report_that_is_damaged_says_so_when_it_is_asked_for(folder, engine, build, monkeypatch):
    change_index(engine, [build(key="a")])
    monkeypatch.setattr(engine._live()._reader, "blob", lambda name, number: b"no report")
    with raises_saying(EngineError, "损坏.*nianbao index --full"):
        engine.get("a")


def test_a_folder_that_cannot_be_written_to_is_said(folder, engine, build):
    folder.write_text("no folder")
    with raises_saying(EngineError, "读写不成"):
        change_index(engine, [build(key="a")])


def test_makes_a_folder_for_itself_alone_and_refuses_one_that_others_write_to(
    folder, engine, build
):
    change_index(engine, [build(key="a")])
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o770)
    for ask in (
        lambda: WhooshEngine(folder).search(Query()),
        lambda: change_index(engine, [build(key="b")]),
    ):
        with raises_saying(EngineError, "chmod"):
            ask()
    folder.chmod(0o755)
    assert ids(engine) == ["a"]


def test_gives_up_a_query_that_takes_too_long(folder, engine, build):
    change_index(engine, [build(key="a", overview="政府信息公开")])
    hurried = WhooshEngine(folder, query_seconds=0)
    with raises_saying(QueryError, "时限"):
        hurried.search(parse_query("信息公开"))
    hurried.close()


# ── threads ──


def test_threads_that_share_it_get_the_same_answers_as_one_alone(engine):
    random = Random(1)
    documents = [build_document(make_report(random)) for _ in range(30)]
    change_index(engine, documents)
    oracle = MemoryEngine(documents)
    queries = [make_query(random) for _ in range(40)]
    expected = [replace(oracle.search(query), took_ms=0.0) for query in queries]
    wrong: list[object] = []

    def ask(start):
        for at in range(start, start + len(queries)):
            found = replace(engine.search(queries[at % len(queries)]), took_ms=0.0)
            if found != expected[at % len(queries)]:
                wrong.append(queries[at % len(queries)])

    run_together([threading.Thread(target=ask, args=(start * 7,)) for start in range(6)])
    assert wrong == []


def test_every_answer_while_the_index_changes_is_of_one_generation(engine, build):
    change_index(
        engine, [build(key=f"r{number}", overview="拆迁", year=2000) for number in range(4)]
    )
    seen = set()
    done = threading.Event()

    def ask():
        while not done.is_set():
            page = engine.search(replace(parse_query("拆迁"), facets=("year",), size=10))
            seen.add(
                (page.total, tuple((count.value, count.count) for count in page.facets["year"]))
            )

    def change():
        for year in range(2001, 2006):
            change_index(
                engine, [build(key=f"r{number}", overview="拆迁", year=year) for number in range(4)]
            )
        done.set()

    run_together(
        [threading.Thread(target=ask) for _ in range(3)] + [threading.Thread(target=change)]
    )
    assert seen <= {(4, ((str(year), 4),)) for year in range(2000, 2006)}
    assert len(seen) >= 1


def run_together(threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


# ── what lies on disk ──


def test_the_index_is_whooshs_own_with_a_field_for_each_section(folder, engine, build):
    change_index(engine, [build(key="a", overview="拆迁工作", problems="征地")])
    index = open_dir(str(folder / "gen-1"))
    with index.searcher() as searcher:
        found = {
            (field, word): [hit.docnum for hit in searcher.search(WhooshTerm(field, word))]
            for field in ("overview", "problems")
            for word in ("拆迁", "征地")
        }
        phrase = searcher.search(WhooshPhrase("overview", ["拆迁", "工作"]))
        assert len(phrase) == 1
    assert found == {
        ("overview", "拆迁"): [0],
        ("overview", "征地"): [],
        ("problems", "拆迁"): [],
        ("problems", "征地"): [0],
    }
    index.close()


def test_positions_are_those_of_words_and_full_width_letters_are_kept():
    found = [(token.text, token.pos) for token in WordTokenizer()("全区ＧＤＰ１２３，拆迁工作")]
    assert found == [("全区", 0), ("gdp123", 1), ("拆迁", 2), ("工作", 3)]


def test_merges_segments_without_losing_anything(engine):
    random = Random(2)
    documents = [build_document(make_report(random)) for _ in range(24)]
    for document in documents:
        change_index(engine, [document])
    oracle = MemoryEngine(documents)
    assert len(engine._live()._reader._leaves) < 24
    for _ in range(40):
        query = make_query(random)
        assert replace(engine.search(query), took_ms=0.0) == replace(
            oracle.search(query), took_ms=0.0
        )


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 1 << 30))
def test_an_answer_leaves_nothing_for_the_garbage_collector(seed):
    random = Random(seed)
    queries = [make_query(random) for _ in range(20)]
    with TemporaryDirectory() as place:
        engine = WhooshEngine(Path(place) / "index")
        change_index(engine, [build_document(make_report(random)) for _ in range(5)])
        for query in queries:
            engine.search(query)
        gc.collect()
        gc.disable()
        try:
            for query in queries:
                engine.search(query)
            assert gc.collect() == 0
        finally:
            gc.enable()
        engine.close()
