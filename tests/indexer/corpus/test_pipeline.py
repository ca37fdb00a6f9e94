from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.corpus import pipeline
from indexer.corpus.ledger import read_failed_files
from indexer.corpus.pipeline import RunOptions, RunOutcome, index_corpus
from indexer.corpus.sources import FoundFile, read_original
from indexer.corpus.workers.pool import WorkerPool
from indexer.corpus.workers.task import Job
from indexer.engines.memory.engine import MemoryEngine
from indexer.engines.whoosh.checksums import write_sealed
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.errors import (
    BrokenFile,
    EngineError,
    RemovalRefused,
    ReportNotFound,
    SourceError,
    UnreadableFile,
)
from indexer.messages import render
from indexer.records import Report
from indexer.search.language.parser import parse_query
from indexer.search.port import SearchEngine
from indexer.settings import Settings
from tests.changes import change_index
from tests.golden import CORPUS
from tests.saying import raises_saying

XIZOU, TIANNAN = "yw2x5g7q2nwy", "sr4rklhwq2la"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CORPUS, tmp_path / "corpus"))


@pytest.fixture(params=["memory", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> SearchEngine:
    return MemoryEngine() if request.param == "memory" else WhooshEngine(tmp_path / ".index")


def run(corpus: Path, engine: SearchEngine, options: RunOptions = RunOptions()) -> RunOutcome:
    return index_corpus(Settings(corpus=corpus), engine, options)


def counts(outcome: RunOutcome) -> tuple[int, int, int, int]:
    return outcome.indexed, outcome.unchanged, outcome.removed, len(outcome.failures)


SCANDIR, READ_BYTES = os.scandir, pipeline.read_bytes


def close(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Take the right to read from a file, or from a folder whose path ends in a slash."""

    def scandir(folder: Path | int) -> object:
        if str(folder).endswith(f"/{path.rstrip('/')}"):
            raise PermissionError(13, "Permission denied")
        return SCANDIR(folder)

    def read_bytes(found: FoundFile, limit: int) -> bytes:
        if found.path == path:
            raise UnreadableFile(path, f"{path}：没有读取权限。请改权限。")
        return READ_BYTES(found, limit)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(pipeline, "read_bytes", read_bytes)


def ids(engine: SearchEngine) -> set[str]:
    return {hit.id for hit in engine.search(replace(parse_query(""), size=100)).hits}


def test_dropping_a_file_in_and_running_is_all_it_takes(corpus: Path, engine: SearchEngine) -> None:
    (corpus / "息陬镇-2019.txt").rename(corpus.parent / "later.txt")
    assert run(corpus, engine).reports == 4
    (corpus / "新").mkdir()
    (corpus.parent / "later.txt").rename(corpus / "新" / "随便什么名字")
    outcome = run(corpus, engine)
    assert (outcome.indexed, outcome.unchanged, outcome.reports) == (1, 4, 5)
    assert engine.get(XIZOU).sources[0].path == "新/随便什么名字"


def test_unchanged_files_are_not_read_again(
    corpus: Path, engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, engine)
    monkeypatch.setattr(
        pipeline, "read_bytes", lambda found, limit: pytest.fail(f"read {found.path}")
    )
    outcome = run(corpus, engine)
    assert (outcome.indexed, outcome.unchanged, outcome.failures) == (0, 5, ())


def test_a_rebuild_from_nothing_gives_the_same_ids_and_reports(
    corpus: Path, engine: SearchEngine
) -> None:
    run(corpus, engine)
    again = MemoryEngine()
    run(corpus, again)
    assert ids(engine) == ids(again)
    assert all(engine.get(report_id) == again.get(report_id) for report_id in ids(engine))


def test_a_changed_file_is_a_new_report_and_the_old_one_goes(
    corpus: Path, engine: SearchEngine
) -> None:
    run(corpus, engine)
    file = corpus / "息陬镇-2019.txt"
    file.write_text(file.read_text(encoding="utf-8") + "\n补充说明。", encoding="utf-8")
    assert run(corpus, engine).indexed == 1
    assert XIZOU not in ids(engine)
    assert len(ids(engine)) == 5


def test_a_file_taken_out_takes_its_report_along(corpus: Path, engine: SearchEngine) -> None:
    run(corpus, engine)
    (corpus / "息陬镇-2019.txt").unlink()
    outcome = run(corpus, engine)
    assert (outcome.removed, outcome.reports) == (1, 4)
    with pytest.raises(ReportNotFound, match=XIZOU):
        engine.get(XIZOU)


def test_the_same_text_under_two_names_is_one_report_with_two_sources(
    corpus: Path, engine: SearchEngine
) -> None:
    shutil.copy(corpus / "息陬镇-2019.txt", corpus / "副本.txt")
    outcome = run(corpus, engine)
    assert (outcome.indexed, outcome.reports) == (6, 5)
    assert [source.path for source in engine.get(XIZOU).sources] == ["副本.txt", "息陬镇-2019.txt"]
    (corpus / "副本.txt").unlink()
    run(corpus, engine)
    assert [source.path for source in engine.get(XIZOU).sources] == ["息陬镇-2019.txt"]


def test_what_the_manifest_says_of_a_file_reaches_its_report(
    corpus: Path, engine: SearchEngine
) -> None:
    run(corpus, engine)
    lines = (corpus / "manifest.csv").read_text(encoding="utf-8").splitlines()
    lines = [
        line.replace(",,,c5b57", ",http://www.example.gov.cn/1,2020-02-01,c5b57") for line in lines
    ]
    (corpus / "manifest.csv").write_text("\n".join(lines), encoding="utf-8")
    assert run(corpus, engine).indexed == 1
    assert engine.get(XIZOU).sources[0].origin == "http://www.example.gov.cn/1"


YEARLY = """{body}{year}年政府信息公开工作年度报告
一、总体情况
{year}年工作有序。
三、收到和处理政府信息公开申请情况
\t申请人情况\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计
\t一、本年新收政府信息公开申请数量\t0\t0\t0\t0\t0\t0\t0
\t二、上年结转政府信息公开申请数量\t{carried_in}\t0\t0\t0\t0\t0\t{carried_in}
\t四、结转下年度继续办理\t{carried_out}\t0\t0\t0\t0\t0\t{carried_out}
"""


CHENGGUAN = "甘肃省兰州市城关区人民政府"


def write_year(
    corpus: Path, body: str, year: int, carried: tuple[int, int], name: str = ""
) -> Path:
    text = YEARLY.format(body=body, year=year, carried_in=carried[0], carried_out=carried[1])
    path = corpus / (name or f"{body}-{year}.txt")
    path.write_text(text, encoding="utf-8")
    return path


def across_years(engine: SearchEngine) -> dict[tuple[str | None, int | None], list[str]]:
    reports = [engine.get(report_id) for report_id in ids(engine)]
    found = {
        (r.identity.body, r.identity.year): [
            f.rule for f in r.findings if f.rule == "years.carried"
        ]
        for r in reports
    }
    return {key: rules for key, rules in found.items() if rules}


def test_findings_across_years_follow_whatever_report_comes_changes_or_goes(
    tmp_path: Path, engine: SearchEngine
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    write_year(corpus, CHENGGUAN, 2022, (2, 1), "a.txt")
    assert run(corpus, engine).failures == ()
    assert across_years(engine) == {}
    before = write_year(corpus, CHENGGUAN, 2021, (0, 3), "b.txt")
    write_year(corpus, "甘肃省兰州市安宁区人民政府", 2021, (0, 9), "c.txt")
    run(corpus, engine)
    wrong = {(CHENGGUAN, 2022): ["years.carried"] * 2}
    assert across_years(engine) == wrong
    again = MemoryEngine()
    run(corpus, again)
    assert across_years(again) == wrong
    assert ids(again) == ids(engine)
    write_year(corpus, CHENGGUAN, 2021, (0, 2), "b.txt")
    run(corpus, engine)
    assert across_years(engine) == {}
    write_year(corpus, CHENGGUAN, 2021, (0, 3), "b.txt")
    run(corpus, engine, RunOptions(full=True))
    assert across_years(engine) == wrong
    before.unlink()
    run(corpus, engine)
    assert across_years(engine) == {}


BAD = {
    "空.txt": (b"", "NotAReport"),
    "程序.txt": (b"\x7fELF\x02\x01\x01" + bytes(2000), "UnsupportedFormat"),
    "决算.txt": ("某局2020年部门决算\n收入100万元。\n".encode(), "NotAReport"),
    "乱码.txt": (b"\xff\xa0\x80" * 500, "UndecodableText"),
}


def test_bad_files_are_named_with_reason_and_remedy_and_the_run_goes_on(
    corpus: Path, engine: SearchEngine
) -> None:
    for name, (data, _) in BAD.items():
        (corpus / name).write_bytes(data)
    with (corpus / "巨大.txt").open("wb") as file:
        file.truncate(200_000_000)
    outcome = run(corpus, engine)
    kinds = {failure.path: failure.kind for failure in outcome.failures}
    assert kinds == {name: kind for name, (_, kind) in BAD.items()} | {"巨大.txt": "TooLarge"}
    assert all(
        render(failure.message).startswith(f"{failure.path}：") and "请" in render(failure.message)
        for failure in outcome.failures
    )
    assert all("\n" not in render(failure.message) for failure in outcome.failures)
    assert outcome.reports == 5
    assert {failure.path for failure in read_failed_files(engine).unread} == set(kinds)


def test_a_failure_is_told_again_although_the_file_is_not_read_again(
    corpus: Path, engine: SearchEngine
) -> None:
    (corpus / "空.txt").write_bytes(b"")
    run(corpus, engine)
    outcome = run(corpus, engine)
    assert [failure.path for failure in outcome.failures] == ["空.txt"]
    (corpus / "空.txt").unlink()
    assert run(corpus, engine).failures == ()


def test_a_report_without_its_tables_is_indexed_and_noted_as_read_in_part(
    corpus: Path, engine: SearchEngine
) -> None:
    text = (
        "高安市云岭镇2022年政府信息公开工作年度报告\n一"
        "、总体情况\n2022年依法公开。\n二、主动公开政府信息情况\n略。\n"
    )
    (corpus / "云岭镇.txt").write_text(text)
    for _ in range(2):
        outcome = run(corpus, engine)
        assert (outcome.failures, outcome.reports) == ((), 6)
        (noted,) = read_failed_files(engine).partly_read
        assert (noted.path, noted.kind) == ("云岭镇.txt", "form.unread")
        assert render(noted.message).startswith("云岭镇.txt：")
        assert "请" in render(noted.message)
    (corpus / "云岭镇.txt").write_text(text.replace("2022", "2017"))
    run(corpus, engine)
    assert read_failed_files(engine).partly_read == ()


def test_a_report_whose_file_goes_bad_stays_served(corpus: Path, engine: SearchEngine) -> None:
    run(corpus, engine)
    (corpus / "息陬镇-2019.txt").write_bytes(b"")
    for _ in range(2):
        outcome = run(corpus, engine)
        assert [failure.path for failure in outcome.failures] == ["息陬镇-2019.txt"]
        assert engine.get(XIZOU).identity.body == "息陬镇人民政府"
    shutil.copy(CORPUS / "息陬镇-2019.txt", corpus)
    assert run(corpus, engine).failures == ()
    assert ids(engine) >= {XIZOU, TIANNAN}


def test_reports_below_a_folder_that_is_closed_stay_served(
    corpus: Path, engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "曲阜").mkdir()
    (corpus / "息陬镇-2019.txt").rename(corpus / "曲阜" / "息陬镇-2019.txt")
    run(corpus, engine)
    close(monkeypatch, "曲阜/")
    outcome = run(corpus, engine)
    assert [(failure.path, failure.kind) for failure in outcome.failures] == [
        ("曲阜/", "UnreadableFile")
    ]
    assert "权限" in render(outcome.failures[0].message)
    assert read_failed_files(engine).unread == outcome.failures
    assert XIZOU in ids(engine)
    assert counts(outcome) == (0, 4, 0, 1)
    monkeypatch.undo()
    assert counts(run(corpus, engine)) == (0, 5, 0, 0)
    assert read_failed_files(engine).unread == ()


@pytest.mark.parametrize("closed", ["曲阜/", "曲阜/息陬镇-2019.txt"])
@pytest.mark.parametrize("why", ["full", "program"])
def test_reports_that_cannot_be_read_now_stay_served_when_all_is_read_anew(
    corpus: Path, engine: SearchEngine, monkeypatch: pytest.MonkeyPatch, closed: str, why: str
) -> None:
    (corpus / "曲阜").mkdir()
    (corpus / "息陬镇-2019.txt").rename(corpus / "曲阜" / "息陬镇-2019.txt")
    run(corpus, engine)
    before = engine.get(XIZOU)
    close(monkeypatch, closed)
    if why == "program":
        monkeypatch.setattr(pipeline, "program_version", lambda: "another")
    for again in range(2):
        outcome = run(corpus, engine, RunOptions(full=why == "full"))
        assert counts(outcome) == ((0, 4, 0, 1) if again and why == "program" else (4, 0, 0, 1))
        assert [failure.path for failure in outcome.failures] == [closed]
        assert (engine.get(XIZOU), outcome.reports, len(ids(engine))) == (before, 5, 5)
    monkeypatch.setattr(os, "scandir", SCANDIR)
    monkeypatch.setattr(pipeline, "read_bytes", READ_BYTES)
    assert counts(run(corpus, engine)) == (1, 4, 0, 0)


def test_reports_of_an_index_that_cannot_be_kept_are_named_while_they_are_missing(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = WhooshEngine(tmp_path / ".index")
    run(corpus, engine)
    meta = tmp_path / ".index" / "gen-1" / "meta.json"
    write_sealed(meta, {**json.loads(meta.read_text(encoding="utf-8")), "format": "0"})
    close(monkeypatch, "息陬镇-2019.txt")
    outcome = run(corpus, engine, RunOptions(only=("田南镇-2019.txt",)))
    assert (outcome.indexed, outcome.reports, len(ids(engine))) == (4, 4, 4)
    (warning,) = outcome.warnings
    assert "检索不到：息陬镇-2019.txt。请" in render(warning)


def test_reports_that_a_damaged_index_cannot_give_are_named(
    corpus: Path, engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(report_id: str) -> Report:
        raise EngineError("坏了")

    run(corpus, engine)
    close(monkeypatch, "息陬镇-2019.txt")
    monkeypatch.setattr(engine, "get", damaged)
    outcome = run(corpus, engine, RunOptions(full=True))
    assert (outcome.reports, len(ids(engine))) == (4, 4)
    assert "息陬镇-2019.txt" in render(outcome.warnings[0])


def test_reading_some_paths_anew_keeps_the_others(
    corpus: Path, engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, engine)
    assert counts(run(corpus, engine, RunOptions(full=True, only=("息陬镇-2019.txt",)))) == (
        1,
        0,
        0,
        0,
    )
    assert len(ids(engine)) == 5
    monkeypatch.setattr(pipeline, "program_version", lambda: "another")
    assert counts(run(corpus, engine, RunOptions(only=("息陬镇-2019.txt",)))) == (1, 0, 0, 0)
    assert len(ids(engine)) == 5
    assert counts(run(corpus, engine)) == (4, 1, 0, 0)


def test_a_damaged_ledger_is_said_and_a_full_run_mends_it(
    corpus: Path, engine: SearchEngine
) -> None:
    run(corpus, engine)
    change_index(engine, ledger=b'{"program": ')
    with raises_saying(EngineError, "nianbao index --full"):
        run(corpus, engine)
    assert run(corpus, engine, RunOptions(full=True)).reports == 5


def test_every_file_counts_once_and_every_failure_is_told_by_its_own_name(
    corpus: Path, engine: SearchEngine
) -> None:
    for name in ("空1.txt", "空2.txt"):
        (corpus / name).write_bytes(b"")
    first = run(corpus, engine)
    assert counts(first) == (5, 0, 0, 2)
    assert [
        (failure.path, render(failure.message).split("：")[0]) for failure in first.failures
    ] == [
        ("空1.txt", "空1.txt"),
        ("空2.txt", "空2.txt"),
    ]
    shutil.copy(corpus / "息陬镇-2019.txt", corpus / "副本.txt")
    os.mkfifo(corpus / "管道")
    outside = corpus.parent / "外.txt"
    outside.write_text("x")
    (corpus / "链接.txt").symlink_to(outside)
    dry = run(corpus, engine, RunOptions(dry_run=True))
    second = run(corpus, engine)
    assert counts(dry) == counts(second) == (1, 5, 0, 4)
    assert [failure.path for failure in second.failures] == [
        "空1.txt",
        "空2.txt",
        "管道",
        "链接.txt",
    ]
    assert read_failed_files(engine).unread == second.failures
    assert counts(run(corpus, engine)) == (0, 6, 0, 4)


def test_a_name_that_is_not_utf8_is_indexed_like_any_other(
    corpus: Path, engine: SearchEngine
) -> None:
    (corpus / "息陬镇-2019.txt").rename(corpus / os.fsdecode("曲阜息陬.txt".encode("gbk")))
    shutil.copy(corpus / "田南镇-2019.txt", corpus / os.fsdecode(b"bad\xff.txt"))
    outcome = run(corpus, engine)
    assert (outcome.indexed, outcome.failures, outcome.reports) == (6, (), 5)
    (source,) = engine.get(XIZOU).sources
    assert source.path == "曲阜息陬.txt"
    assert read_original(corpus, source) == (CORPUS / "息陬镇-2019.txt").read_bytes()
    assert [source.path for source in engine.get(TIANNAN).sources] == [
        "bad\\xff.txt",
        "田南镇-2019.txt",
    ]
    assert counts(run(corpus, engine)) == (0, 6, 0, 0)


def test_a_manifest_line_that_is_not_used_is_spoken_of_in_every_run(
    corpus: Path, engine: SearchEngine
) -> None:
    assert run(corpus, engine).warnings == ()
    with (corpus / "manifest.csv").open("a", encoding="utf-8") as file:
        file.write("没有.txt,,,,\n")
    (corpus / "息陬镇-2019.txt").write_bytes(b"")
    for _ in range(2):
        outcome = run(corpus, engine)
        assert [render(warning).split("：")[0] for warning in outcome.warnings] == [
            "manifest.csv 的 息陬镇-2019.txt",
            "manifest.csv 的 没有.txt",
        ]


def test_an_error_of_ours_in_one_file_does_not_stop_the_others(
    corpus: Path, engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = WorkerPool.run

    def fragile(pool: WorkerPool[Report], jobs: Iterable[Job]) -> Iterator[Report | SourceError]:
        for job, answer in zip(jobs := list(jobs), read(pool, jobs), strict=True):
            yield (
                BrokenFile(job.found.path, "坏了")
                if job.found.path.startswith("息陬镇")
                else answer
            )

    monkeypatch.setattr(WorkerPool, "run", fragile)
    outcome = run(corpus, engine)
    assert [(failure.path, failure.kind) for failure in outcome.failures] == [
        ("息陬镇-2019.txt", "BrokenFile")
    ]
    assert len(ids(engine)) == 4


def test_a_dry_run_says_what_would_be_and_changes_nothing(
    corpus: Path, engine: SearchEngine
) -> None:
    run(corpus, engine)
    (corpus / "息陬镇-2019.txt").unlink()
    outcome = run(corpus, engine, RunOptions(dry_run=True))
    assert (outcome.removed, outcome.reports) == (1, 4)
    assert XIZOU in ids(engine)


def test_a_run_on_some_paths_leaves_the_others_as_they_are(
    corpus: Path, engine: SearchEngine
) -> None:
    run(corpus, engine)
    for name in ("息陬镇-2019.txt", "田南镇-2019.txt"):
        (corpus / name).write_text(
            (corpus / name).read_text(encoding="utf-8") + "\n补充。", encoding="utf-8"
        )
    run(corpus, engine, RunOptions(only=("息陬镇-2019.txt",)))
    assert TIANNAN in ids(engine)
    assert XIZOU not in ids(engine)


def test_what_another_version_of_the_program_read_is_read_anew(
    corpus: Path, engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, engine)
    monkeypatch.setattr(pipeline, "program_version", lambda: "another")
    assert run(corpus, engine).indexed == 5


def reports(corpus: Path, count: int) -> list[Path]:
    """Put so many reports of different townships into an empty corpus."""
    shutil.rmtree(corpus)
    corpus.mkdir()
    files = [corpus / f"{number}.txt" for number in range(count)]
    for number, file in enumerate(files):
        file.write_text(
            f"高安市第{number}镇人民政府2019年政府信息公开工作年度报告\n一、总体情况\n本镇。\n",
            encoding="utf-8",
        )
    return files


@pytest.mark.parametrize(
    ("before", "removed", "refused"),
    [(1, 1, True), (10, 9, False), (10, 10, True), (12, 6, False), (12, 7, True)],
)
def test_a_run_that_would_remove_most_of_the_index_is_refused_with_the_number(
    corpus: Path, engine: SearchEngine, before: int, removed: int, refused: bool
) -> None:
    files = reports(corpus, before)
    run(corpus, engine)
    for file in files[:removed]:
        file.unlink()
    if refused:
        says = f"{before} 份报告有 {removed} 份.*--allow-removals"
        with raises_saying(RemovalRefused, says):
            run(corpus, engine)
        assert len(ids(engine)) == before
        (warning,) = run(corpus, engine, RunOptions(dry_run=True)).warnings
        assert f"{removed} 份" in render(warning)
    assert run(corpus, engine, RunOptions(allow_removals=True)).removed == removed
    assert len(ids(engine)) == before - removed


@pytest.mark.parametrize("full", [True, False])
def test_an_empty_corpus_does_not_empty_an_index_even_when_all_is_read_anew(
    corpus: Path, engine: SearchEngine, full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(corpus, engine)
    shutil.rmtree(corpus)
    corpus.mkdir()
    monkeypatch.setattr(pipeline, "program_version", lambda: "another")
    with pytest.raises(RemovalRefused):
        run(corpus, engine, RunOptions(full=full))
    assert len(ids(engine)) == 5


def test_moving_every_file_or_changing_every_file_removes_nothing(
    corpus: Path, engine: SearchEngine
) -> None:
    files = reports(corpus, 12)
    run(corpus, engine)
    (corpus / "江西").mkdir()
    for file in files:
        file.rename(corpus / "江西" / file.name)
    assert run(corpus, engine).reports == 12
    for file in (corpus / "江西").iterdir():
        file.write_text(file.read_text(encoding="utf-8") + "又及。\n", encoding="utf-8")
    assert run(corpus, engine).reports == 12


def test_a_damaged_index_is_not_replaced_by_an_empty_one(corpus: Path, tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path / ".index")
    run(corpus, engine)
    engine.close()
    live = (
        tmp_path / ".index" / (tmp_path / ".index" / "CURRENT").read_text(encoding="utf-8").strip()
    )
    (live / "meta.json").write_bytes(b"{}")
    shutil.rmtree(corpus)
    corpus.mkdir()
    with raises_saying(RemovalRefused, "读不出来"):
        run(corpus, WhooshEngine(tmp_path / ".index"), RunOptions(full=True))
    assert live.is_dir()


def test_a_run_that_is_not_refused_does_not_warn_that_it_would_be(
    corpus: Path, tmp_path: Path
) -> None:
    engine = WhooshEngine(tmp_path / ".index")
    run(corpus, engine)
    engine.close()
    live = (
        tmp_path / ".index" / (tmp_path / ".index" / "CURRENT").read_text(encoding="utf-8").strip()
    )
    (live / "meta.json").write_bytes(b"{}")
    shutil.rmtree(corpus)
    corpus.mkdir()
    (corpus / "决算.txt").write_text("某局2020年部门决算\n收入100万元。\n", encoding="utf-8")
    outcome = run(corpus, WhooshEngine(tmp_path / ".index"), RunOptions(full=True))
    assert [failure.kind for failure in outcome.failures] == ["NotAReport"]
    assert not [warning for warning in outcome.warnings if "拒绝" in render(warning)]


def test_what_the_manifest_said_stays_while_it_cannot_be_read(
    corpus: Path, engine: SearchEngine
) -> None:
    good = "file,title,origin,retrieved,sha256\n息陬镇-2019.txt,题,http://a.gov.cn/1,2020/2/3,\n"
    (corpus / "manifest.csv").write_text(good, encoding="gb18030")
    assert run(corpus, engine).warnings == ()
    (corpus / "manifest.csv").write_bytes(b"\xff\xff\xff")
    outcome = run(corpus, engine)
    assert (outcome.unchanged, len(outcome.warnings)) == (5, 1)
    source = engine.get(XIZOU).sources[0]
    assert (source.origin, source.retrieved) == ("http://a.gov.cn/1", "2020-02-03")
    (corpus / "manifest.csv").unlink()
    run(corpus, engine)
    assert engine.get(XIZOU).sources[0].origin is None
